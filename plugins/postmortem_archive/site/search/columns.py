"""What reports have in common, in columns: facets to filter and count by, days and durations.

A value's name is the one that front matter has, and that the URL of the explorer uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from postmortem_archive.archive.actions import OPEN_STATUSES
from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.durations import minutes
from postmortem_archive.archive.groups import Group
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import Vocabulary

_EPOCH = date(1970, 1, 1)

BANDS = (
    ("under-15m", "Under 15 minutes", timedelta(minutes=15)),
    ("15m-1h", "15 to 60 minutes", timedelta(hours=1)),
    ("1h-4h", "1 to 4 hours", timedelta(hours=4)),
    ("4h-24h", "4 to 24 hours", timedelta(days=1)),
    ("over-24h", "Over a day", timedelta.max),
)
_UNTOLD = ("untold", "Not told")


@dataclass(frozen=True, slots=True)
class Facet:
    """Something that each report has a value of, several or none, by their places in `values`."""

    title: str
    values: tuple[tuple[str, str], ...]
    of: tuple[int | None, ...] | tuple[tuple[int, ...], ...]

    def plain(self) -> Mapping[str, object]:
        """Return the facet as the file has it."""
        values = [{"name": name, "title": title} for name, title in self.values]
        return {"title": self.title, "values": values, "of": self.of}


def facets(archive: Archive) -> Mapping[str, Facet]:
    """Return the facets by the names that the URL uses, in the order of display.

    Of each, the values that occur.
    """
    reports, reading = archive.reports, archive.settings.reading
    return {
        "severity": _told("Severity", _names(reading.severities), reports, lambda r: r.severity),
        "kind": _told("Kind", _names(words.KINDS), reports, lambda r: r.kind),
        "status": _told("Status", _names(words.STATUSES), reports, lambda r: r.status),
        "service": _grouped("Service", archive.services, reports, several=True),
        "trigger": _grouped("Trigger", archive.triggers, reports),
        "cause": _grouped("Root cause", archive.causes, reports),
        "detection": _told("Detected by", _names(words.DETECTIONS), reports, _detection),
        "year": _grouped("Year", archive.years, reports),
        "tag": _grouped("Tag", _tags(reports), reports, several=True),
        "actions": _told("Action items", (("open", "Has open ones"),), reports, _open),
        "recurring": _told(
            "Recurrence", (("yes", "Came back"),), reports,
            lambda r: "yes" if archive.chain(r) else None,
        ),
        "took": _told(
            "Time to resolve", (*((name, title) for name, title, _ in BANDS), _UNTOLD), reports,
            lambda r: _band(archive.clocks(r).get("ttr")),
        ),
    }  # fmt: skip


def columns(archive: Archive) -> Mapping[str, object]:
    """Return the columns of all reports, in their order."""
    taken = [archive.clocks(report).get("ttr") for report in archive.reports]
    days = [day(report) for report in archive.reports]
    return {
        "facets": {name: facet.plain() for name, facet in facets(archive).items()},
        "day": [(on - _EPOCH).days if on else None for on in days],
        "minutes": {"ttr": [None if time is None else minutes(time) for time in taken]},
    }


def orders(archive: Archive) -> Mapping[str, Sequence[int | None]]:
    """Return the place of each report by title and by services; None for one without services."""

    def services(report: Report) -> tuple[str, ...]:
        groups = filter(None, map(archive.service, report.services))
        return tuple(group.title.casefold() for group in groups)

    return {
        "title": _ranks([(report.title.casefold(),) for report in archive.reports]),
        "service": _ranks([services(report) for report in archive.reports]),
    }


def _ranks(keys: Sequence[tuple[str, ...]]) -> list[int | None]:
    """Return the rank of each key; equal keys have one rank, and an empty one has none."""
    ranks = {key: rank for rank, key in enumerate(sorted(set(filter(None, keys))))}
    return [ranks.get(key) for key in keys]


def _told(
    title: str,
    values: Iterable[tuple[str, str]],
    reports: Sequence[Report],
    told: Callable[[Report], str | None],
) -> Facet:
    """Return a facet of which each report tells one value, or none."""
    found = [told(report) for report in reports]
    known = set(found)
    kept = tuple(value for value in values if value[0] in known)
    places = {name: place for place, (name, _) in enumerate(kept)}
    return Facet(title, kept, tuple(places.get(name or "") for name in found))


def _grouped(
    title: str, groups: Iterable[Group], reports: Sequence[Report], *, several: bool = False
) -> Facet:
    """Return a facet whose values are groups of reports."""
    kept = [group for group in groups if group.reports]
    found: dict[str, list[int]] = {report.path: [] for report in reports}
    for place, group in enumerate(kept):
        for report in group.reports:
            found[report.path].append(place)
    values = tuple((group.name, group.title) for group in kept)
    if several:
        return Facet(title, values, tuple(map(tuple, found.values())))
    return Facet(title, values, tuple(places[0] if places else None for places in found.values()))


def _names(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return [(term.name, term.title) for term in vocabulary.terms]


def _tags(reports: Iterable[Report]) -> list[Group]:
    """Group by tag, in upper or lower case; each is titled as it was written first."""
    titles: dict[str, str] = {}
    tagged: dict[str, dict[str, Report]] = {}
    for report in reports:
        for tag in report.tags:
            name = tag.casefold()
            titles.setdefault(name, tag)
            tagged.setdefault(name, {})[report.path] = report
    return [Group(name, titles[name], tuple(tagged[name].values())) for name in sorted(titles)]


def _detection(report: Report) -> str | None:
    return report.detection.source if report.detection else None


def _open(report: Report) -> str | None:
    return "open" if any(action.status in OPEN_STATUSES for action in report.actions) else None


def _band(took: timedelta | None) -> str:
    if took is None:
        return _UNTOLD[0]
    return next(name for name, _, end in BANDS if took < end)
