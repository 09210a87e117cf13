"""The stretch of days that the quantiles and shares of a period are taken over."""

from __future__ import annotations

from datetime import date

from postmortem_archive.archive.periods import Period, PeriodKind


def window(period: Period, as_of: date) -> Period:
    """Return the four quarters that end with a period, or the period itself if that is no shorter.

    A period in progress ends on `as_of`. All time is its own window.
    """
    known = period.until(as_of)
    return known if period.kind is PeriodKind.ALL else known.trailing()
