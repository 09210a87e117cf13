"""What is worth reading again of a period: the gravest, the nearest, luck, and what went well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in, reports_in
from postmortem_archive.report.record import Item, Report

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "major_incidents": "The incidents of a major severity that began in the period.",
        "near_misses": "The reports of near misses in the period.",
        "lucky": "What the reports of the period name as luck.",
        "went_well": "What the reports of the period name as gone well.",
    }
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A line that a report's authors wrote in a list of what went well, or of their luck."""

    report: Report
    item: Item


@dataclass(frozen=True, slots=True)
class MajorsFacts:
    """Major incidents and near misses in the order of time, and remarks.

    Of the remarks the first of each report come first, those on the gravest incidents ahead.
    """

    majors: tuple[Report, ...]
    near_misses: tuple[Report, ...]
    lucky: tuple[Remark, ...]
    went_well: tuple[Remark, ...]


def majors(archive: Archive, period: Period) -> MajorsFacts | None:
    """Return what of a period is worth reading again, None where there is nothing."""
    settings, reports = archive.settings, reports_in(archive, period)
    facts = MajorsFacts(
        majors=tuple(r for r in incidents_in(archive, period) if settings.is_major(r.severity)),
        near_misses=tuple(report for report in reports if report.kind == "near_miss"),
        lucky=_remarks(archive, reports, lambda report: report.lucky),
        went_well=_remarks(archive, reports, lambda report: report.went_well),
    )
    found = facts.majors or facts.near_misses or facts.lucky or facts.went_well
    return facts if found else None


def _remarks(
    archive: Archive, reports: tuple[Report, ...], items: Callable[[Report], tuple[Item, ...]]
) -> tuple[Remark, ...]:
    names = archive.settings.reading.severities.names
    ranks: Mapping[str | None, int] = {name: rank for rank, name in enumerate(names)}

    def place(told: tuple[int, Remark]) -> tuple[int, int, int]:
        number, remark = told
        latest = (day(remark.report) or date.min).toordinal()
        return number, ranks.get(remark.report.severity, len(ranks)), -latest

    every = [
        (number, Remark(report, item))
        for report in reports
        for number, item in enumerate(items(report))
    ]
    return tuple(remark for _, remark in sorted(every, key=place))


def figures(facts: MajorsFacts) -> tuple[Figure, ...]:
    """Return how many there are of each."""
    counts = (
        ("major_incidents", len(facts.majors), "incidents"),
        ("near_misses", len(facts.near_misses), "reports"),
        ("lucky", len(facts.lucky), "remarks"),
        ("went_well", len(facts.went_well), "remarks"),
    )
    return tuple(Figure(name, "", count, unit, n=count) for name, count, unit in counts if count)
