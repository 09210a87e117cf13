"""Years and months: the ones there are, and the way between them."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.periods import period_named
from postmortem_archive.site import wording
from postmortem_archive.site.search.links import explore
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.listing import UNDATED, WHOLE
from postmortem_archive.site.views.marks import Link


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month of a year: how many reports it has, and a link where it has some."""

    name: str
    title: str
    href: str | None
    count: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year with its twelve months."""

    link: Link
    count: int
    months: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class PeriodsView:
    """All years. `undated` are the reports of none, where no other list of the page has them."""

    years: tuple[YearRow, ...]
    undated: tuple[Link, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class PeriodHead:
    """The head of a year's or month's page: the periods before and after it, and its months.

    `explore` leads to its reports in the explorer.
    """

    previous: Link | None
    next: Link | None
    above: Link
    year: YearRow | None
    explore: Link


def periods_view(point: Viewpoint) -> PeriodsView:
    """Return the years with reports, the last one first."""
    reports = point.archive.reports
    undated = [report for report in reports if not day(report)] if len(reports) > WHOLE else []
    return PeriodsView(
        tuple(_year(group, point) for group in reversed(point.archive.years)),
        tuple(point.report(report) for report in undated),
        UNDATED,
    )


def _year(group: Group, point: Viewpoint) -> YearRow:
    counts = {found.name: len(found.reports) for found in point.archive.months}
    names = [f"{group.name}-{number:02}" for number in range(1, 13)]
    return YearRow(
        link=point.period(group.name),
        count=len(group.reports),
        months=tuple(_month(name, counts.get(name, 0), point) for name in names),
    )


def _month(name: str, count: int, point: Viewpoint) -> MonthCell:
    title = wording.period(name)
    return MonthCell(
        name=title[:3],
        title=f"{title}: {wording.count_of(count, 'report')}",
        href=point.period(name).href if count else None,
        count=count,
    )


def period_head(name: str, point: Viewpoint) -> PeriodHead:
    """Return the head of a period that has reports, a year or a month."""
    is_month = "-" in name
    groups = point.archive.months if is_month else point.archive.years
    names = [group.name for group in groups]
    place = names.index(name)
    year = next(group for group in point.archive.years if group.name == name[:4])
    return PeriodHead(
        previous=point.period(names[place - 1]) if place else None,
        next=point.period(names[place + 1]) if place + 1 < len(names) else None,
        above=point.period(name[:4])
        if is_month
        else Link("All reports", point.here.href(point.addresses.incidents)),
        year=None if is_month else _year(year, point),
        explore=point.explorer("Search and compare in the explorer", explored(name)),
    )


def explored(name: str) -> str:
    """Return the explorer's query for the reports of a year (`2025`) or a month (`2025-09`)."""
    if "-" not in name:
        return explore(any_of={"year": (name,)})
    month = period_named(name)
    return explore(first=month.start, last=month.last) if month else ""
