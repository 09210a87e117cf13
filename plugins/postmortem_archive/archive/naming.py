"""What a new report of an archive is called, and where its file goes: as those that are there."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import TypeVar

from postmortem_archive.archive.catalogue import day as day_of
from postmortem_archive.report.record import Report

_NUMBERED = re.compile(
    r"(?P<lead>(?:.*?\D)?)(?:(?P<year>(?:19|20)\d\d)(?P<joint>[-_./]))?(?P<number>\d{1,6})"
)
_DATED = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
# An id of a moment and an alert goes on with no number: what ends it is the alert's.
_OF_ALERT = re.compile(r"INCIDENT-\d{8}-\d{4}-.+", re.IGNORECASE)
# What a file can be called on every system, and in every address.
_FILE_NAME = re.compile(r"\w(?:[\w.+-]{0,98}[\w+-])?")
_LONGEST = 80
# Pages of folders, which are never reports.
_RESERVED = frozenset({"index", "readme"})

_Shape = TypeVar("_Shape", bound=Hashable)


def slug(name: str) -> str:
    """Return a name as it stands in an address: lower case, words joined by hyphens."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", text).strip("-")[:_LONGEST].rstrip("-")


@dataclass(frozen=True, slots=True)
class Ids:
    """The shape of an archive's ids: `lead`, the year and a `joint` if `yearly`, and a number.

    The number has at least `width` digits. Where `titled`, an id is a day and a title instead.
    """

    lead: str = "INC-"
    yearly: bool = True
    joint: str = "-"
    width: int = 3
    titled: bool = False

    def before_number(self, day: date) -> str:
        """Return what stands before the number of an id of that day."""
        return f"{self.lead}{day:%Y}{self.joint}" if self.yearly else self.lead


@dataclass(frozen=True, slots=True)
class Naming:
    """How the reports of one archive are named, and which names are taken.

    `folder` is the path of a report's folder from the docs root, with `{year}` and `{month}` where
    the incident's stand. Where `dated_files`, a file's name begins with the day; else it is the id.
    """

    ids: Ids = Ids()
    folder: str = "{year}"
    dated_files: bool = False
    taken: frozenset[str] = frozenset()
    learnt: bool = False
    """Whether the archive's own ids have a shape, and `ids` is not just the usual one."""

    @classmethod
    def of(
        cls, reports: Iterable[Report], taken: Iterable[str] = (), *, otherwise: str = "{year}"
    ) -> Naming:
        """Learn from an archive's reports how they are named: as most of them are.

        `taken` are further paths that a new file must not have; `otherwise` is the folder where
        there are no reports to learn from.
        """
        known = sorted(reports, key=lambda report: (day_of(report) or date.min, report.path))
        folder, ids = _most(_folder(report) for report in known), _ids(known)
        return cls(
            ids=ids or Ids(),
            folder=otherwise if folder is None else folder,
            dated_files=bool(_most(_has_dated_file(report) for report in known)),
            taken=frozenset(
                name.casefold()
                for name in (
                    *(report.id for report in known),
                    *(report.path for report in known),
                    *(PurePosixPath(report.path).stem for report in known),
                    *taken,
                )
            ),
            learnt=ids is not None,
        )

    def next_id(self, day: date, title: str = "") -> str:
        """Return the next free id for a report of that day."""
        if self.ids.titled:
            return self._numbered("-".join(filter(None, (day.isoformat(), slug(title)))))
        lead = self.ids.before_number(day)
        pattern = re.compile(rf"{re.escape(lead.casefold())}(\d{{1,6}})")
        used = [int(match[1]) for name in self.taken if (match := pattern.fullmatch(name))]
        return f"{lead}{max(used, default=0) + 1:0{self.ids.width}}"

    def path_of(self, id: str, day: date, title: str = "") -> str:  # noqa: A002 -- the archive's word
        """Return the path of the file of a report, from the docs root: one that is free."""
        folder = self.folder.format(year=f"{day:%Y}", month=f"{day:%m}")
        name = id if _FILE_NAME.fullmatch(id) else slug(id) or "report"
        if self.dated_files and not _DATED.match(name):
            name = f"{day.isoformat()}-{slug(title) or name}"
        if name.casefold() in _RESERVED:
            name = f"{name}-report"
        stem, number = name, 2
        while posixpath.join(folder, f"{stem}.md").casefold() in self.taken:
            stem, number = f"{name}-{number}", number + 1
        return posixpath.join(folder, f"{stem}.md")

    def goes_on(self, id: str) -> bool:  # noqa: A002 -- the archive's word
        """Whether an id has the shape of the archive's own."""
        found = _shape(id)
        return found is not None and found[0] == replace(self.ids, width=0)

    def is_free(self, id: str) -> bool:  # noqa: A002 -- the archive's word
        """Whether no report has this id, in upper or lower case."""
        return id.casefold() not in self.taken

    def with_report(self, id: str, path: str) -> Naming:  # noqa: A002 -- the archive's word
        """Return this naming with one more report."""
        new = {id.casefold(), path.casefold(), PurePosixPath(path).stem.casefold()}
        return replace(self, taken=self.taken | new)

    def _numbered(self, stem: str) -> str:
        name, number = stem, 2
        while name.casefold() in self.taken:
            name, number = f"{stem}-{number}", number + 1
        return name


def _ids(reports: Sequence[Report]) -> Ids | None:
    shapes = [shape for report in reports if (shape := _shape(report.id))]
    most = _most(shape for shape, _ in shapes)
    if most is None:
        return None
    return replace(most, width=min(width for shape, width in shapes if shape == most))


def _shape(id: str) -> tuple[Ids, int] | None:  # noqa: A002 -- the archive's word
    """Return the shape of an id, and how many digits its number has; None for any other id."""
    if _DATED.match(id):
        return Ids("", yearly=False, joint="", titled=True), 0
    match = _NUMBERED.fullmatch(id)
    if match is None or _OF_ALERT.fullmatch(id):
        return None
    yearly = match["year"] is not None
    return Ids(match["lead"], yearly, match["joint"] or "", 0), len(match["number"])


def _folder(report: Report) -> str | None:
    """Return a report's folder, with its day's year and month taken out of it."""
    day = day_of(report)
    if day is None:
        return None
    parts = PurePosixPath(report.path).parent.parts
    spelled = {f"{day:%Y}": "{year}", f"{day:%m}": "{month}", f"{day:%Y-%m}": "{year}-{month}"}
    return "/".join(
        spelled.get(part) or part.replace("{", "{{").replace("}", "}}") for part in parts
    )


def _has_dated_file(report: Report) -> bool:
    return bool(_DATED.match(PurePosixPath(report.path).stem))


def _most(shapes: Iterable[_Shape | None]) -> _Shape | None:
    """Return what occurs most often; of two that do, the one that was last to begin."""
    counted = Counter(shape for shape in shapes if shape is not None)
    return max(reversed(counted), key=counted.__getitem__, default=None)
