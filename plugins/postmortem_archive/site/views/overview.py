"""The archive's state in numbers, and its incidents on a line of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.periods import PeriodKind
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.problem import Level
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.charts import Table
from postmortem_archive.site.search.links import explore
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.bars import Bar, Tally, bars, reading, table, tally
from postmortem_archive.site.views.marks import Link, SeverityMark

# The line of time ends on the day after the last one that counts.
_LAST = date.max - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure with its label, a note under it, and where it leads."""

    value: str
    label: str
    note: str | None
    href: str | None
    note_href: str | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The archive's state: figures, the time it spans, and what its counts leave out.

    `lately` leads to the trends of the present quarter and of the one before it.
    """

    numbers: tuple[Number, ...]
    span: str | None
    left_out: str | None
    as_of: str
    lately: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """An incident on the line of time, at `left` percent of its width."""

    left: str
    title: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Lane:
    """The incidents of one severity; no mark for those that tell none.

    Many are bars, few are points: the other one is empty.
    """

    severity: SeverityMark | None
    count: int
    points: tuple[Point, ...]
    bars: tuple[Bar, ...] = ()

    @property
    def total(self) -> str:
        """How many there are, as it is printed."""
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year on the line of time."""

    left: str
    width: str
    year: Link


@dataclass(frozen=True, slots=True)
class History:
    """All dated incidents, by severity, over the years; with bars, their numbers in a table."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    sentence: str
    data: Table | None = None


def numbers_view(point: Viewpoint) -> Numbers:
    """Return the archive's state in numbers."""
    archive = point.archive
    days = sorted(on for on in map(day, archive.reports) if on)
    first = (_since_major(point), _incidents(point), _actions(point), _problems(point))
    return Numbers(
        numbers=tuple(number for number in first if number),
        span=f"{wording.day(days[0])} to {wording.day(days[-1])}" if days else None,
        left_out=_left_out(point),
        as_of=wording.day(point.as_of),
        lately=tuple(_lately(point)),
    )


def _since_major(point: Viewpoint) -> Number | None:
    last = point.archive.last_major
    if last is None:
        return None
    severity = point.reading.severities.title(last.report.severity or "")
    label = f"{'day' if last.days == 1 else 'days'} since the last major incident"
    href = point.report(last.report).href
    return Number(f"{last.days:,}", label, f"{severity}: {last.report.title}", None, href)


def _incidents(point: Viewpoint) -> Number:
    archive = point.archive
    count = len(archive.incidents)
    reports = wording.count_of(len(archive.reports), "report")
    href = point.here.href(point.addresses.incidents)
    return Number(f"{count:,}", "incident" if count == 1 else "incidents", f"in {reports}", href)


def _actions(point: Viewpoint) -> Number:
    every = point.archive.open_actions
    late = sum(1 for item in every if item.overdue)
    label = "open action item" if len(every) == 1 else "open action items"
    note = f"{late} overdue" if late else "none overdue" if every else None
    query = explore(any_of={"actions": ("open",)})
    href = point.explorer(label, query).href if every else None
    return Number(f"{len(every):,}", label, note, href)


def _problems(point: Viewpoint) -> Number | None:
    # Hints are for authors.
    found = [problem for problem in point.archive.problems if problem.level is not Level.HINT]
    count = len(found)
    if not count:
        return None
    flawed = len({problem.path for problem in found})
    label = "problem in the reports" if count == 1 else "problems in the reports"
    href = point.here.href(point.addresses.problems)
    return Number(f"{count:,}", label, f"in {wording.count_of(flawed, 'report')}", href)


def _left_out(point: Viewpoint) -> str | None:
    """Return what counts and clocks leave out, in a sentence."""
    others = {kind: n for kind, n in point.archive.kinds.items() if kind != "incident"}
    if not others:
        return None
    return f"Not counted as incidents: {wording.listed(wording.kinds(others))}."


def _lately(point: Viewpoint) -> Iterator[Link]:
    """Yield how many incidents the last two quarters had, the present one first, with no verdict.

    A quarter in progress is counted to `as_of`, and says so.
    """
    quarters = [
        period
        for period in point.trends.periods
        if period.kind is PeriodKind.QUARTER and period.start <= point.as_of
    ]
    for quarter in reversed(quarters[-2:]):
        count = wording.count_of(len(incidents_in(point.archive, quarter)), "incident")
        so_far = " so far" if quarter.in_progress(point.as_of) else ""
        yield replace(point.trend(quarter), text=f"{count} in {quarter.title}{so_far}")


def history_view(point: Viewpoint) -> History | None:
    """Return the dated incidents on a line of time, or None where there are none."""
    dated = [(on, report) for report in point.archive.incidents if (on := day(report))]
    if not dated:
        return None
    first = date(min(on for on, _ in dated).year, 1, 1)
    last = max(*(on for on, _ in dated), min(point.as_of, _LAST)) + timedelta(days=1)
    width = (last - first).days
    many = tally(dated, point)
    lanes = tuple(
        _barred(name, many, first, last, point)
        if many and name in many.many
        else _lane(name, dated, point, first, width)
        for name in (*point.reading.severities.names, None)
    )
    years = range(first.year, last.year + 1)
    told = _sentence(lanes, first, last)
    return History(
        lanes=tuple(lane for lane in lanes if lane.count or lane.severity),
        ticks=tuple(_tick(year, first, last, point) for year in years),
        sentence=f"{told} {reading(many, point)}" if many else told,
        data=table(many, point) if many else None,
    )


def _barred(name: str | None, many: Tally, first: date, last: date, point: Viewpoint) -> Lane:
    count = sum(found[name] for found in many.counts.values())
    return Lane(point.severity(name), count, (), bars(many, name, first, last, point))


def _lane(
    severity: str | None,
    dated: list[tuple[date, Report]],
    point: Viewpoint,
    first: date,
    width: int,
) -> Lane:
    points = tuple(
        Point(_percent((on - first).days, width), point.dated(report), point.report(report).href)
        for on, report in dated
        if report.severity == severity
    )
    return Lane(point.severity(severity), len(points), points)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}"


def _tick(year: int, first: date, last: date, point: Viewpoint) -> Tick:
    start = date(year, 1, 1)
    end = min(date(year + 1, 1, 1), last) if year < date.max.year else last
    width = (last - first).days
    known = {group.name for group in point.archive.years}
    name = f"{year:04}"
    return Tick(
        _percent((start - first).days, width),
        _percent((end - start).days, width),
        point.period(name) if name in known else Link(name),
    )


def _sentence(lanes: tuple[Lane, ...], first: date, last: date) -> str:
    counts = [
        f"{lane.count:,} {lane.severity.title if lane.severity else 'without a severity'}"
        for lane in lanes
        if lane.count
    ]
    return f"Incidents from {first.year} to {last.year} by severity: {wording.listed(counts)}."
