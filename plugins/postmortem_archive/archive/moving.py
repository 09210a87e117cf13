"""What a report refers to when its file goes to another place: what comes along, what breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from postmortem_archive.archive.attachments import PAGE_SUFFIXES
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Report


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that a report shows: where it is, where it has to be, and the link to it."""

    source: str
    target: str
    place: Place


def follow(
    before: Report, after: Report, moved: Mapping[str, str], files: Collection[str]
) -> Iterator[Copy | Problem]:
    """Yield what the links of a moved report need, or why they break: its text stays as it is.

    `before` and `after` are one report, read at its old and at its new path. `moved` has the new
    paths of reports by their old ones, and `files` are all that there are around the old path.
    Places are those of the new file.
    """
    pairs = zip(before.body.links, after.body.links, strict=True)
    for (old_link, _), (new_link, place) in pairs:
        old, new = old_link.partition("#")[0], new_link.partition("#")[0]
        page = next((path for path in (old, f"{old}.md") if path in moved), None)
        if page is not None:
            if new not in (moved[page], moved[page].removesuffix(".md")):
                yield _broken(after, place, old, f"that report is now “{moved[page]}”")
        elif old.startswith("../"):
            yield _broken(after, place, old, "it lies outside the folder that is imported")
        elif old not in files:
            yield _broken(after, place, old, "there was no such file before either")
        elif old.endswith(PAGE_SUFFIXES):
            yield _broken(after, place, old, "that page is not imported")
        elif new.startswith("../"):
            yield _broken(after, place, old, "its place would be outside the archive")
        else:
            yield Copy(old, new, place)


def _broken(report: Report, place: Place, link: str, why: str) -> Problem:
    return Problem(
        report.path, place, Level.WARNING, "broken-link",
        f"the link to “{link}” leads nowhere: {why}", found=link,
    )  # fmt: skip
