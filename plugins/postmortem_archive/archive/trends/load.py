"""When the incidents of a period began, and what they cost the people on call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.durations import instant
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.settings import WorkingHours
from postmortem_archive.archive.statistics.shares import Share, share
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.record import Moment, Report

HOURS = 3
"""How many hours a cell of the week spans."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_DAY = timedelta(days=1)
_WEEK = 7

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "begun_outside_working_hours": "The share of the incidents of the period that began outside"
        " working hours, of those that tell the time of day at which they began.",
        "evenly_outside_working_hours": "The part of a week that is outside working hours: the"
        " share to be expected if incidents began at any hour alike.",
        "begun_on_days_off": "The share of the incidents of the period that began on a day of the"
        " week that is no working day, of those that tell the time of day at which they began.",
        "evenly_on_days_off": "The part of a week that is days off: the share to be expected if"
        " incidents began on any day alike.",
        "begun_at_unknown_time": "Incidents of the period that do not tell the time of day at which"
        " they began.",
        "incidents_by_hour": "Incidents of the period that began in three hours of a day of the"
        " week, in the time zone of the working hours.",
        "longest_week": "The time in which at least one incident of the period was under way, from"
        " started to resolved, overlaps counted once, in the calendar week (Monday to Sunday) that"
        " has most of it. Incidents without both times are left out.",
    }
)


@dataclass(frozen=True, slots=True)
class Begun:
    """An incident with the moment it began, on the clocks of the working hours' zone."""

    report: Report
    at: datetime


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week, with the time in which an incident was under way and the incidents."""

    monday: date
    spent: timedelta
    incidents: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class LoadFacts:
    """When incidents began. `unjudged` are those that do not tell the time of day.

    `outside` and `off` are those begun outside working hours and on days off, `even_outside` and
    `even_off` the parts of a week (0 to 1) that these are. `cells` has for each weekday, Monday
    first, the incidents that began in each `HOURS` hours. `hours` and `zone` are what was judged
    by.
    """

    hours: WorkingHours
    zone: str
    begun: tuple[Begun, ...]
    unjudged: tuple[Report, ...]
    outside: tuple[Begun, ...]
    off: tuple[Begun, ...]
    even_outside: float
    even_off: float
    cells: tuple[tuple[tuple[Begun, ...], ...], ...]
    longest: Week | None

    @property
    def outside_share(self) -> Share | None:
        """The share begun outside working hours, with its interval."""
        return share(len(self.outside), len(self.begun))

    @property
    def off_share(self) -> Share | None:
        """The share begun on days off, with its interval."""
        return share(len(self.off), len(self.begun))


def load(archive: Archive, period: Period) -> LoadFacts | None:
    """Return when the incidents of a period began, or None where there are none."""
    incidents = incidents_in(archive, period)
    if not incidents:
        return None
    hours = archive.settings.working_hours
    zone_name = hours.time_zone or archive.settings.reading.time_zone
    zone = ZoneInfo(zone_name)
    begun: list[Begun] = []
    unjudged: list[Report] = []
    for report in incidents:
        at = _local(report.milestones.get("started"), zone)
        if at is None:
            unjudged.append(report)
        else:
            begun.append(Begun(report, at))
    length = timedelta(hours=hours.end.hour - hours.start.hour) + timedelta(
        minutes=hours.end.minute - hours.start.minute
    )
    return LoadFacts(
        hours=hours,
        zone=zone_name,
        begun=tuple(begun),
        unjudged=tuple(unjudged),
        outside=tuple(one for one in begun if not _at_work(one.at, hours)),
        off=tuple(one for one in begun if one.at.weekday() not in hours.days),
        even_outside=1 - len(hours.days) * length / (_WEEK * _DAY),
        even_off=1 - len(hours.days) / _WEEK,
        cells=_cells(begun),
        longest=_longest(begun, zone, archive.settings.as_of),
    )


def figures(facts: LoadFacts) -> tuple[Figure, ...]:
    """Return the section's figures."""
    found = [
        *_share("begun_outside_working_hours", facts.outside_share),
        Figure("evenly_outside_working_hours", "", facts.even_outside, "share"),
        *_share("begun_on_days_off", facts.off_share),
        Figure("evenly_on_days_off", "", facts.even_off, "share"),
        Figure("begun_at_unknown_time", "", len(facts.unjudged), "incidents"),
    ]
    found += [
        Figure(
            "incidents_by_hour", f"{WEEKDAYS[weekday]} {hour_span(part)}", len(cell), "incidents"
        )
        for weekday, row in enumerate(facts.cells)
        for part, cell in enumerate(row)
        if cell
    ]
    if facts.longest:
        week = facts.longest
        found.append(
            Figure(
                "longest_week",
                f"week of {week.monday.isoformat()}",
                week.spent / timedelta(minutes=1),
                "minutes",
                n=len(week.incidents),
            )
        )
    return tuple(found)


def hour_span(part: int) -> str:
    """Return the hours of a cell of a day: `00–03`."""
    return f"{part * HOURS:02}–{(part + 1) * HOURS:02}"


def _share(name: str, told: Share | None) -> Iterator[Figure]:
    if told:
        yield Figure(name, "", told.value, "share", n=told.n, low=told.low, high=told.high)


def _local(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    """Return a moment on the clocks of a zone; None without a time of day.

    The calendar's first and last days have no other zone to be told in.
    """
    if moment is None or not moment.exact:
        return None
    try:
        return moment.at.astimezone(zone)
    except OverflowError:
        return None


def _at_work(at: datetime, hours: WorkingHours) -> bool:
    return at.weekday() in hours.days and hours.start <= at.time() < hours.end


def _cells(begun: Iterable[Begun]) -> tuple[tuple[tuple[Begun, ...], ...], ...]:
    found: list[list[list[Begun]]] = [[[] for _ in range(24 // HOURS)] for _ in range(_WEEK)]
    for one in begun:
        found[one.at.weekday()][one.at.hour // HOURS].append(one)
    return tuple(tuple(tuple(cell) for cell in row) for row in found)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of time between two instants, from a local day on."""

    first: date
    start: timedelta
    end: timedelta


def _longest(begun: Iterable[Begun], zone: ZoneInfo, as_of: date) -> Week | None:
    """Return the week with the longest time under an incident; the first of equals."""
    # What is still to come on the day that the archive speaks of has not been spent.
    limit = _midnight(as_of.toordinal() + 1, zone)
    under_way = [
        (one, _Stretch(one.at.date(), instant(one.at), min(end, limit)))
        for one in begun
        if (end := _end(one.report)) is not None
    ]
    weeks: dict[int, timedelta] = {}
    for stretch in _union([stretch for _, stretch in under_way]):
        for monday, start, end in _weeks(stretch, zone):
            spent = min(end, stretch.end) - max(start, stretch.start)
            weeks[monday] = weeks.get(monday, timedelta()) + spent
    if not weeks:
        return None
    monday = min(weeks, key=lambda week: (-weeks[week], week))
    start, end = _midnight(monday, zone), _midnight(monday + _WEEK, zone)
    within = tuple(
        one.report
        for one, stretch in under_way
        if stretch.start < end and stretch.end > start and stretch.end > stretch.start
    )
    return Week(date.fromordinal(monday), weeks[monday], within)


def _end(report: Report) -> timedelta | None:
    resolved = report.milestones.get("resolved")
    return instant(resolved.at) if resolved and resolved.exact else None


def _union(stretches: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """Give the time that is in any of the stretches, without overlaps."""
    ordered = sorted(
        (stretch for stretch in stretches if stretch.end > stretch.start),
        key=lambda stretch: (stretch.start, stretch.end),
    )
    joined: _Stretch | None = None
    for stretch in ordered:
        if joined and stretch.start <= joined.end:
            joined = _Stretch(joined.first, joined.start, max(joined.end, stretch.end))
            continue
        if joined:
            yield joined
        joined = stretch
    if joined:
        yield joined


def _weeks(stretch: _Stretch, zone: ZoneInfo) -> Iterator[tuple[int, timedelta, timedelta]]:
    """Give the weeks that a stretch is in: the number of their Monday, and their two ends."""
    monday = stretch.first.toordinal() - stretch.first.weekday()
    start = _midnight(monday, zone)
    while start < stretch.end:
        end = _midnight(monday + _WEEK, zone)
        yield monday, start, end
        monday, start = monday + _WEEK, end


def _midnight(ordinal: int, zone: ZoneInfo) -> timedelta:
    """Return the instant at which a day begins in a zone; there is none after the last day."""
    last = date.max.toordinal()
    beyond = max(ordinal - last, 0)
    at = datetime.combine(date.fromordinal(min(ordinal, last)), time(), zone)
    return instant(at) + beyond * _DAY
