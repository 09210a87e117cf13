"""Reports in a list: which of them, in which order, and what each row says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from postmortem_archive.archive.catalogue import day
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.ordering import MOST, digits
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import DayMark, Link, SeverityMark

_FEW = 12
UNDATED = "pa-undated"
"""The anchor of the reports without a date, on the explorer's page."""
WHOLE = 200
"""An archive of so many reports is listed whole; of a larger one, the newest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A report in a list."""

    href: str | None
    title: str
    id: str
    summary: Markup | None
    date: DayMark | None
    severity: SeverityMark | None
    kind: str | None
    services: tuple[Link, ...]
    took: str | None
    flawed: bool
    places: tuple[tuple[str, str], ...]
    """Where this row stands in each order, by the order's name, counted from 1, in digits."""
    untold: str
    """The orders in which this row has no value, and stands last."""


@dataclass(frozen=True, slots=True)
class Period:
    """The rows of a year, under a link to it."""

    title: str
    href: str | None
    count: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Reports, newest first, by year; a `plain` one is short enough to do without headings.

    A `long` one has more rows than can be put in order without a script. `rest` leads to all of
    them, where some are left out, and `years` to the lists of the years that they are in, where no
    page lists all reports.
    """

    periods: tuple[Period, ...]
    count: str
    name: str
    plain: bool
    sortable: bool
    long: bool
    rest: Link | None = None
    years: tuple[Link, ...] = ()


def newest_first(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Turn the archive's order around; reports without a day stay last."""
    every = tuple(reports)
    dated = [report for report in every if day(report)]
    return (*reversed(dated), *(report for report in every if not day(report)))


def rows(reports: Sequence[Report], point: Viewpoint) -> tuple[Row, ...]:
    """Return a row for each report; they are given with the newest first."""
    keys = _keys(point)
    names = ("newest", *keys)
    orders = (range(1, len(reports) + 1), *(_places(reports, key) for key in keys.values()))
    return tuple(
        _row(report, point, tuple(zip(names, map(digits, places), strict=True)))
        for report, *places in zip(reports, *orders, strict=True)
    )


def _keys(point: Viewpoint) -> Mapping[str, Callable[[Report], Any]]:
    """Return what the orders go by, by their names; what is not told comes last."""
    scale = {name: rank for rank, name in enumerate(point.reading.severities.names)}

    def took(report: Report) -> timedelta | None:
        return _took(report, point)

    def services(report: Report) -> list[str]:
        return [point.service(name).text.casefold() for name in report.services]

    return {
        "severity": lambda report: scale.get(report.severity or "", len(scale)),
        "longest": lambda report: (took(report) is None, -(took(report) or timedelta())),
        "title": lambda report: report.title.casefold(),
        "services": lambda report: (not report.services, services(report)),
    }


def _places(reports: Sequence[Report], key: Callable[[Report], Any]) -> list[int]:
    """Return the place of each report in the order of a key; equals keep their order."""
    order = sorted(range(len(reports)), key=lambda number: key(reports[number]))
    places = [0] * len(reports)
    for place, number in enumerate(order, start=1):
        places[number] = place
    return places


def _took(report: Report, point: Viewpoint) -> timedelta | None:
    return point.archive.clocks(report).get("ttr")


def _row(report: Report, point: Viewpoint, places: tuple[tuple[str, str], ...]) -> Row:
    took = _took(report, point)
    on = day(report)
    told = {
        "newest": on is not None,
        "severity": report.severity is not None,
        "longest": took is not None,
        "services": bool(report.services),
    }
    return Row(
        href=point.report(report).href,
        title=report.title,
        id=report.id,
        summary=point.summary(report),
        date=DayMark(on.isoformat(), on.isoformat()) if on else None,
        severity=point.severity(report.severity),
        kind=words.KINDS.title(report.kind) if report.kind != "incident" else None,
        services=tuple(point.service(name) for name in report.services),
        took=wording.duration(took) if took is not None else None,
        flawed=report.has_errors,
        places=places,
        untold=" ".join(name for name, has in told.items() if not has),
    )


def listing(reports: Sequence[Report], point: Viewpoint, name: str) -> Listing:
    """Return reports, given with the newest first, by year.

    `name` tells the lists of one page apart.
    """
    by_year: dict[str, list[Row]] = {}
    for report, row in zip(reports, rows(reports, point), strict=True):
        on = day(report)
        by_year.setdefault(f"{on.year:04}" if on else "", []).append(row)
    periods = tuple(_period(year, found, point) for year, found in by_year.items())
    plain = len(periods) == 1 or len(reports) <= _FEW
    return Listing(
        periods,
        counted(reports),
        name,
        plain=plain,
        sortable=len(reports) > 1,
        long=len(reports) > MOST,
    )


def _period(year: str, found: list[Row], point: Viewpoint) -> Period:
    return Period(
        title=year or "Without a date",
        href=point.period(year).href if year else None,
        count=wording.count_of(len(found), "report"),
        rows=tuple(found),
    )


def years(reports: Iterable[Report], point: Viewpoint) -> tuple[Link, ...]:
    """Return the ways to reports without a script, the last year first, but for the page itself.

    None in an archive that the explorer's page lists whole.
    """
    if len(point.archive.reports) <= WHOLE:
        return ()
    days = [day(report) for report in reports]
    names = sorted({f"{on.year:04}" for on in days if on}, reverse=True)
    page, address = point.here.page, point.addresses.period
    found = [point.period(name) for name in names if address(name) != page]
    if None in days:
        href = point.here.href(point.addresses.incidents, UNDATED)
        found.append(Link("without a date", href))
    return tuple(found)


def counted(reports: Sequence[Report]) -> str:
    """Return how many reports there are, and how many of them are of incidents."""
    incidents = sum(1 for report in reports if report.kind == "incident")
    text = wording.count_of(len(reports), "report")
    if incidents == len(reports):
        return text
    others = Counter(report.kind for report in reports if report.kind != "incident")
    told = wording.kinds({"incident": incidents, **others})
    return f"{text}: {wording.listed(told)}"
