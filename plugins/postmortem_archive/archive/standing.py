"""Where an incident's clocks stand among the incidents before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from postmortem_archive.archive.clocks import clocks
from postmortem_archive.archive.durations import instant
from postmortem_archive.report.record import Report

WINDOW_YEARS = 2
FEWEST = 10
"""Under so many incidents to compare with, there is no share."""

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST = date(1 + WINDOW_YEARS, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of the `n` incidents before had a shorter clock, and how many the same.

    `share` is the mid-rank as a fraction of n: (shorter + equal / 2) / n. It is None under n = 10.
    """

    n: int
    shorter: int
    equal: int

    @property
    def share(self) -> float | None:
        """The fraction of the incidents before that this clock is longer than; ties count half."""
        return (self.shorter + self.equal / 2) / self.n if self.n >= FEWEST else None


@dataclass(frozen=True, slots=True)
class _Timed:
    """An incident's clock, with the instants that it is compared by."""

    path: str
    start: timedelta
    duration: timedelta


class Standings:
    """The standing of every clock of the incidents given, worked out once.

    A clock is compared with the same clock of the incidents of the same severity that started in
    the 24 months before this one, so that a later report never changes an earlier one's standing.
    """

    def __init__(self, incidents: Iterable[Report]) -> None:
        groups: dict[tuple[str, str], list[_Timed]] = defaultdict(list)
        for report in incidents:
            started = report.milestones.get("started")
            if report.severity is None or started is None:
                continue
            start = instant(started.at)
            for clock, duration in clocks(report).items():
                groups[report.severity, clock].append(_Timed(report.path, start, duration))
        self._standings = {
            (path, clock): standing
            for (_, clock), group in groups.items()
            for path, standing in _rank(group).items()
        }

    def of(self, report: Report, clock: str) -> Standing | None:
        """Return a clock's standing, or None for one that cannot be measured or compared."""
        return self._standings.get((report.path, clock))


def _rank(group: list[_Timed]) -> dict[str, Standing]:
    """Return each one's standing, with a window that moves over the group in order of start."""
    arrivals = sorted(group, key=lambda timed: timed.start)
    window: list[timedelta] = []
    standings: dict[str, Standing] = {}
    first = last = 0  # arrivals[first:last] are the durations in the window
    for timed in arrivals:
        while arrivals[last].start < timed.start:
            insort(window, arrivals[last].duration)
            last += 1
        opens = _months_before(timed.start)
        while first < last and arrivals[first].start < opens:
            del window[bisect_left(window, arrivals[first].duration)]
            first += 1
        shorter = bisect_left(window, timed.duration)
        equal = bisect_right(window, timed.duration) - shorter
        standings[timed.path] = Standing(len(window), shorter, equal)
    return standings


def _months_before(start: timedelta) -> timedelta:
    """Return the instant 24 months before another, by the calendar of UTC.

    From 29 February it is the end of 28 February: a later start never has an earlier window.
    """
    ordinal = min(max(start.days + _EPOCH, _FIRST), date.max.toordinal())
    day = date.fromordinal(ordinal)
    if (day.month, day.day) == (2, 29):
        return timedelta(days=date(day.year - WINDOW_YEARS, 3, 1).toordinal() - _EPOCH)
    return start - (day - day.replace(year=day.year - WINDOW_YEARS))
