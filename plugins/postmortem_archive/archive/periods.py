"""Months, quarters, years and other stretches of days that incidents are counted over."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_TITLES = ("", "January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December")  # fmt: skip


_NAME = re.compile(
    r"(?:fy)?(?P<year>(?!0000)\d{4})(?:-q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.ASCII
)


class PeriodKind(StrEnum):
    """What a period is: a part of the calendar, a stretch with a name of its own, or all of it."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SPAN = "span"
    ALL = "all"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, from `start` to the day before `end`.

    `name` is unique among an archive's periods and stands in addresses: `2025-q3`. `year_starts` is
    the month (1 to 12) in which the years begin that it is counted by.
    """

    kind: PeriodKind
    name: str
    title: str
    start: date
    end: date
    year_starts: int = 1

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - _DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def holds(self, day: date | None) -> bool:
        """Tell whether a day is in the period; no day is in none."""
        return day is not None and self.start <= day < self.end

    def in_progress(self, as_of: date) -> bool:
        """Tell whether days of the period are still to come after `as_of`."""
        return self.start <= as_of < self.last

    def until(self, as_of: date) -> Period:
        """Return the days of the period up to `as_of`, that day included; maybe none."""
        if as_of >= self.last:
            return self
        return replace(self, end=max(self.start, as_of + _DAY))

    def before(self, count: int = 1) -> Period | None:
        """Return the period of the same kind `count` places earlier, or None for one of no kind."""
        if self.kind in _MONTHS:
            months = _MONTHS[self.kind] * count
            return _calendar(self.kind, _add_months(self.start, -months), self.year_starts)
        return None

    def year_before(self) -> Period | None:
        """Return the same period of the year before; None where a year holds no such period."""
        if self.kind in _MONTHS:
            return self.before(12 // _MONTHS[self.kind])
        return None

    def trailing(self, months: int = 12) -> Period:
        """Return the stretch of `months` that ends with this period; itself, if that is longer."""
        start = min(self.start, _add_months(self.end, -months))
        title = f"the {months} months to {self.last.day} {_TITLES[self.last.month]} {self.last:%Y}"
        return Period(
            PeriodKind.SPAN, f"{self.name}-trailing", title, start, self.end, self.year_starts
        )

    def preceding(self, months: int) -> Period:
        """Return the stretch of `months` that ends before this period begins."""
        start = _add_months(self.start, -months)
        title = f"the {months} months before {self.title}"
        return Period(
            PeriodKind.SPAN, f"{self.name}-preceding", title, start, self.start, self.year_starts
        )


def period_of(kind: PeriodKind, day: date, year_starts: int = 1) -> Period:
    """Return the month, quarter or year that a day is in.

    A year that starts in January is named for itself (`2025`), any other for the calendar year in
    which it ends (`FY2026`), as companies name their fiscal years.
    """
    offset = (day.month - year_starts) % _MONTHS[kind]
    return _calendar(kind, _add_months(day.replace(day=1), -offset), year_starts)


def periods_between(
    kind: PeriodKind, first: date, last: date, year_starts: int = 1
) -> Iterator[Period]:
    """Give the months, quarters or years from the one of `first` to the one of `last`."""
    period = period_of(kind, first, year_starts)
    while period.start <= last and period.days:
        yield period
        period = _calendar(kind, period.end, year_starts)


def period_named(name: str, year_starts: int = 1) -> Period | None:
    """Return the month, quarter or year of a name such as `2025-q3`; None where it is no name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    first, months = date(int(match["year"]), 1, 1), 0
    kind = PeriodKind.YEAR
    if match["quarter"]:
        kind, months = PeriodKind.QUARTER, 3 * (int(match["quarter"]) - 1)
    elif match["month"]:
        kind, months = PeriodKind.MONTH, int(match["month"]) - 1
    if kind is not PeriodKind.MONTH and year_starts > 1:
        # A fiscal year is named for the calendar year in which it ends.
        months += year_starts - 13
    found = _calendar(kind, _add_months(first, months), year_starts)
    return found if found.name == name else None


def names_within(year: int, year_starts: int = 1) -> tuple[str, ...]:
    """Return the names of the months, quarters and years with days in a calendar year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return tuple(
        period.name
        for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
        for period in periods_between(kind, first, last, year_starts)
    )


def _calendar(kind: PeriodKind, start: date, year_starts: int) -> Period:
    end = _add_months(start, _MONTHS[kind])
    if kind is PeriodKind.MONTH:
        return Period(
            kind,
            f"{start:%Y-%m}",
            f"{_TITLES[start.month]} {start:%Y}",
            start,
            end,
            year_starts,
        )
    quarter = (start.month - year_starts) % 12 // 3
    year_start = _add_months(start, -3 * quarter)
    if year_starts == 1:
        name = title = f"{year_start:%Y}"
    else:
        number = _add_months(year_start, 11).year
        name, title = f"fy{number:04}", f"FY{number:04}"
    if kind is PeriodKind.QUARTER:
        name, title = f"{name}-q{quarter + 1}", f"Q{quarter + 1} {title}"
    return Period(kind, name, title, start, end, year_starts)


def _add_months(on: date, months: int) -> date:
    """Return a day some months on; the calendar's own ends are as far as it goes.

    A day that its month does not have, such as 29 February, is the month's last.
    """
    number = on.year * 12 + on.month - 1 + months
    number = min(max(number, 12), 9999 * 12 + 11)
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))
