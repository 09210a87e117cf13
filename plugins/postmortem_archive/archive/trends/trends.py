"""The periods that an archive tells of, each fact about one worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar, cast

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.periods import Period, PeriodKind, periods_between
from postmortem_archive.report.record import Report

T = TypeVar("T")

_LONGEST_FIRST = (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH)

_DAY = timedelta(days=1)

Find = Callable[[Archive, Period], T]


class Trends:
    """An archive's periods, and what is found about each."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._found: dict[tuple[object, Period], object] = {}

    def of(self, find: Find[T], period: Period) -> T:
        """Return what a function finds about a period, worked out when first asked for."""
        key = (find, period)
        if key not in self._found:
            self._found[key] = find(self.archive, period)
        return cast("T", self._found[key])

    @cached_property
    def whole(self) -> Period | None:
        """All time from the first incident to `as_of`, or None where there is no incident."""
        days = _days(self.archive)
        if not days:
            return None
        last = min(self.archive.settings.as_of, date.max - _DAY)
        return Period(PeriodKind.ALL, "all", "All time", days[0], last + _DAY)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that have a page of their own: the longest first, then in order of time.

        They run from the first incident to `as_of`, those without an incident among them.
        """
        whole, settings = self.whole, self.archive.settings
        if whole is None:
            return ()
        order = sorted(settings.trend_kinds, key=_LONGEST_FIRST.index)
        found = [
            period
            for kind in order
            for period in periods_between(kind, whole.start, whole.last, settings.year_starts)
        ]
        return (*found, *settings.spans)

    @cached_property
    def by_name(self) -> Mapping[str, Period]:
        """Every period that has a page, by name."""
        every = (*self.periods, *((self.whole,) if self.whole else ()))
        return {period.name: period for period in every}


def _days(archive: Archive) -> list[date]:
    """Return the days of incidents up to `as_of`, in order."""
    days = (day(report) for report in archive.incidents)
    return sorted(on for on in days if on and on <= archive.settings.as_of)


def incidents_in(archive: Archive, period: Period) -> tuple[Report, ...]:
    """Return the incidents that began in a period, up to `as_of`, in the order of time."""
    return tuple(report for report in reports_in(archive, period) if report.kind == "incident")


def reports_in(archive: Archive, period: Period) -> tuple[Report, ...]:
    """Return the reports of every kind whose incident began in a period, up to `as_of`."""
    # A page has a dozen sections, and each of them asks.
    known = period.until(archive.settings.as_of)
    start, end = known.start, known.end
    return tuple(report for on, report in archive.days if start <= on < end)
