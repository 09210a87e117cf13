"""The windows that error budgets are counted over: months, quarters and rolling days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from postmortem_archive.archive.durations import instant
from postmortem_archive.archive.periods import Period, PeriodKind, period_of, periods_between

FOUR_WEEKS = 28

_EPOCH = date(1970, 1, 1).toordinal()
_CALENDAR = {"month": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER}


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a window, and the last of them that is counted.

    `until` lies before the window's last day where the window was seen in progress.
    """

    period: Period
    until: date

    @property
    def in_progress(self) -> bool:
        """Whether days of the window were still to come."""
        return self.until < self.period.last


def begins(day: date, zone: tzinfo) -> timedelta:
    """Return the instant at which a day begins in a time zone."""
    return instant(datetime.combine(day, time(), zone))


def day_at(at: timedelta, zone: tzinfo) -> date:
    """Return the day that an instant is in, in a time zone."""
    ordinal = _EPOCH + at.days
    guesses = (date.fromordinal(n) for n in range(ordinal + 1, ordinal - 2, -1) if n > 0)
    return next(day for day in guesses if begins(day, zone) <= at)


def rolling_days(window: str) -> int | None:
    """Return the number of days of a rolling window such as `28d`; None for another."""
    return None if window in _CALENDAR else int(window.removesuffix("d"))


def windows_in(window: str, period: Period, as_of: date, year_starts: int) -> tuple[Window, ...]:
    """Return the windows that end in a period, and the one that its last day is within.

    A rolling window is the one that ends on the last day. The last day of a period in progress is
    `as_of`. There is no window in a period that has not begun.
    """
    last = min(period.last, as_of)
    return windows_between(window, period.start, last, year_starts) if period.start <= last else ()


def windows_between(window: str, first: date, last: date, year_starts: int) -> tuple[Window, ...]:
    """Return the windows from the one of a day to that of another, as they stood on the latter.

    A rolling window is the one that ends on the latter.
    """
    kind = _CALENDAR.get(window)
    if kind is None:
        return (rolling(window, last),)
    return tuple(
        Window(found, min(found.last, last))
        for found in periods_between(kind, first, last, year_starts)
    )


def rolling(window: str, last: date) -> Window:
    """Return the rolling window that ends on a day; time has no days before the year 1."""
    days = rolling_days(window) or 1
    start = date.fromordinal(max(last.toordinal() - days + 1, 1))
    end = date.fromordinal(min(last.toordinal() + 1, date.max.toordinal()))
    name = f"{last.isoformat()}-{window}"
    return Window(Period(PeriodKind.SPAN, name, f"{days} days", start, end), last)


def latest(window: str, last: date, year_starts: int) -> Iterator[Window]:
    """Give the window that a day is in, then those before it, without overlap."""
    kind = _CALENDAR.get(window)
    if kind is None:
        found = rolling(window, last)
        while True:
            yield found
            if found.period.start.toordinal() <= 1:
                return
            found = rolling(window, found.period.start - timedelta(days=1))
    period = period_of(kind, last, year_starts)
    while True:
        yield Window(period, min(period.last, last))
        earlier = period.before()
        if earlier is None or earlier.start >= period.start:
            return
        period = earlier
