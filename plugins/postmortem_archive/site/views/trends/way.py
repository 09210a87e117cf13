"""The way between periods: what a period spans, and those before, after, above and below it."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.site import wording
from postmortem_archive.site.search.links import explore
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link


@dataclass(frozen=True, slots=True)
class Way:
    """The days of a period, whether they are over, and where its page leads.

    `above` is the shortest period with a page that holds this one, `parts` are the longest within.
    `explore` leads to its incidents in the explorer.
    """

    span: str
    progress: str | None
    previous: Link | None
    next: Link | None
    above: Link | None
    parts: tuple[Link, ...]
    explore: Link


@dataclass(frozen=True, slots=True)
class PeriodCell:
    """A period in the list of all, with its count of incidents."""

    link: Link
    count: int
    progress: bool


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A year with the periods within it; or, without a year, the spans that have their own name."""

    head: PeriodCell | None
    cells: tuple[PeriodCell, ...]


def way_facts(archive: Archive, period: Period) -> Period | None:
    """Return the period itself: its way is always told, but all time has none."""
    del archive
    return None if period.kind is PeriodKind.ALL else period


def way_view(facts: Period, period: Period, point: Viewpoint) -> Way:
    """Return the way from a period's page to others."""
    del facts
    periods = point.trends.periods
    same = [other for other in periods if other.kind is period.kind]
    place = same.index(period) if period.kind is not PeriodKind.SPAN else -1
    progress = None
    if period.in_progress(point.as_of):
        days = (point.as_of - period.start).days + 1
        progress = (
            f"in progress: {days} of {wording.days(period.days)}, to {wording.day(point.as_of)}"
        )
    return Way(
        span=f"{wording.day(period.start)} to {wording.day(period.last)}",
        progress=progress,
        previous=point.trend(same[place - 1]) if place > 0 else None,
        next=point.trend(same[place + 1]) if 0 <= place < len(same) - 1 else None,
        above=_above(period, point),
        parts=tuple(point.trend(part) for part in _parts(period, periods)),
        explore=point.explorer(
            "Its incidents in the explorer",
            explore(any_of={"kind": ("incident",)}, first=period.start, last=period.last),
        ),
    )


def _above(period: Period, point: Viewpoint) -> Link:
    wider = [other for other in point.trends.periods if _within(period, other)]
    if wider:
        return point.trend(min(wider, key=lambda other: other.days))
    return Link("All time", point.here.href(point.addresses.trends))


def _parts(period: Period, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    within = [other for other in periods if _within(other, period)]
    longest = next(
        (kind for kind in (PeriodKind.QUARTER, PeriodKind.MONTH) if _has(within, kind)), None
    )
    return tuple(other for other in within if other.kind is longest)


def _has(periods: list[Period], kind: PeriodKind) -> bool:
    return any(period.kind is kind for period in periods)


def _within(inner: Period, outer: Period) -> bool:
    """Tell whether a period lies in a longer one of the calendar."""
    return (
        outer.kind is not PeriodKind.SPAN
        and outer.days > inner.days
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def index_view(point: Viewpoint) -> tuple[PeriodRow, ...]:
    """Return every period that has a page, the newest year first."""
    periods = point.trends.periods
    years = [period for period in periods if period.kind is PeriodKind.YEAR]
    rows = [
        PeriodRow(_cell(year, point), tuple(_cell(part, point) for part in _parts(year, periods)))
        for year in reversed(years)
    ]
    told = set(years) | {part for year in years for part in _parts(year, periods)}
    others = tuple(_cell(period, point) for period in reversed(periods) if period not in told)
    return (*rows, *((PeriodRow(None, others),) if others else ()))


def _cell(period: Period, point: Viewpoint) -> PeriodCell:
    count = len(incidents_in(point.archive, period))
    return PeriodCell(point.trend(period), count, period.in_progress(point.as_of))
