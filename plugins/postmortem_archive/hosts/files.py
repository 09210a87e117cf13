"""Which files there are in a docs folder, and which of them are reports."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

from postmortem_archive.archive.attachments import PAGE_SUFFIXES
from postmortem_archive.report.rules.registry import RULES

if TYPE_CHECKING:
    from postmortem_archive.site.settings import SiteSettings

__all__ = [
    "PAGE_SUFFIXES",
    "all_files",
    "matcher",
    "matcher_of",
    "new_folder",
    "pages_at",
    "report_paths",
]

# The page of a folder, as MkDocs has it.
_FOLDER_PAGES = frozenset({"index", "README"})
_MAGIC = re.compile(r"[*?\[!\\]")
_PERIOD = re.compile(r"\d{4}(-\d{2})?\.md")

Matcher = Callable[[str], bool]


def pages_at(globs: Sequence[str]) -> Matcher:
    """Return the test of whether a path from the docs root is that of a page at these patterns.

    `globs` are in the syntax of a .gitignore: `**` stands for any folders, a pattern without a
    slash holds at any depth, and one that starts with `!` takes files out again.
    Raises ValueError where a pattern is not in this syntax.
    """
    spec = GitIgnoreSpec.from_lines(globs)
    return lambda path: path.endswith(PAGE_SUFFIXES) and spec.match_file(path)


def matcher(globs: Sequence[str]) -> Matcher:
    """Return the test of whether a path from the docs root is that of a report.

    A report is a page at one of the patterns `globs` that is not the page of its folder.
    """
    matches = pages_at(globs)
    return lambda path: matches(path) and PurePosixPath(path).stem not in _FOLDER_PAGES


def new_folder(globs: Sequence[str]) -> str:
    """Return the folder for the first report of an archive, with `{year}` where its year stands.

    It is the first that the patterns take a report in: below their fixed part, in a folder of the
    year if that may be.
    """
    matches = matcher(globs)
    for glob in globs:
        fixed = list(takewhile(lambda part: not _MAGIC.search(part), glob.split("/")[:-1]))
        parts = [part.replace("{", "{{").replace("}", "}}") for part in fixed if part]
        for folder in ("/".join([*parts, "{year}"]), "/".join(parts)):
            if matches(f"{folder.format(year=2025)}/INC-2025-001.md".lstrip("/")):
                return folder
    return "{year}"


def matcher_of(settings: SiteSettings) -> Matcher:
    """Return the test of whether a path is that of a report on a site.

    A page that takes the place of one of the archive's own is none.
    """
    matches, is_place = matcher(settings.reports), _places(settings)
    return lambda path: matches(path) and not is_place(path)


def _places(settings: SiteSettings) -> Matcher:
    # This takes the rest of the archive to import, which reading one report does without.
    from postmortem_archive.archive.naming import slug
    from postmortem_archive.site.addresses import period_at

    at = f"{settings.at}/" if settings.at else ""
    reading = settings.reading
    groups = (
        ("services", reading.services),
        ("causes", reading.root_causes),
        ("triggers", reading.triggers),
    )
    places = ("incidents", "map", "problems", "trends", *(name for name, _ in groups))
    pages = {f"{at}{name}.md" for name in places}
    pages |= {f"{at}problems/{rule}.md" for rule in RULES}
    for name, terms in groups:
        pages |= {f"{at}{name}/{slug(term.name)}.md" for term in terms.terms}
    periods = f"{at}incidents/"
    return lambda path: (
        path in pages
        or period_at(path, settings.at, settings.archive) is not None
        or bool(path.startswith(periods) and _PERIOD.fullmatch(path.removeprefix(periods)))
    )


def all_files(docs_dir: Path) -> tuple[str, ...]:
    """Return every file of a docs folder as a sorted path from it, with forward slashes.

    Names that start with a dot are left out. Links to folders are followed, as MkDocs follows
    them, but never back into a folder that they are in.
    """
    return tuple(sorted(_walk(docs_dir, "", (os.path.realpath(docs_dir),))))


def _walk(folder: Path, prefix: str, trail: tuple[str, ...]) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # a folder that may not be read, as MkDocs passes it over too
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        is_link = entry.is_symlink()
        # Links may lead to each other, and then the entry's own test fails.
        if not (os.path.isdir(entry.path) if is_link else entry.is_dir()):  # noqa: PTH112 -- a string
            # A pipe or a socket has no end to read to. A link to nothing is told as unreadable.
            if is_link or entry.is_file():
                yield f"{prefix}{entry.name}"
            continue
        real = os.path.realpath(entry.path) if is_link else f"{trail[-1]}/{entry.name}"
        if real not in trail:
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/", (*trail, real))


def report_paths(
    docs_dir: Path,
    reports: Sequence[str] | Matcher,
    files: Iterable[str] | None = None,
) -> tuple[str, ...]:
    """Return the reports of a docs folder as sorted paths from it.

    `reports` are patterns, or a test of paths. `files` are the files to choose from; without them
    the folder is searched.
    """
    matches = reports if callable(reports) else matcher(reports)
    return tuple(sorted(filter(matches, all_files(docs_dir) if files is None else files)))
