"""Stretches of time, measured between moments."""

from __future__ import annotations

from datetime import datetime, timedelta

from postmortem_archive.report.record import Moment

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - compared with wall clocks whose offset is taken off


def instant(at: datetime) -> timedelta:
    """Return the time since 1970-01-01 UTC of a datetime with a zone.

    Two datetimes of one zone are subtracted by their wall clocks in Python, which is an hour off
    across a change of clocks; and a conversion to UTC overflows in the years 1 and 9999. Instants
    have neither trouble.
    """
    return at.replace(tzinfo=None) - _EPOCH - (at.utcoffset() or timedelta())


def elapsed(start: Moment, end: Moment) -> timedelta:
    """Return the time that passed between two moments; negative where they are out of order."""
    return instant(end.at) - instant(start.at)


def minutes(duration: timedelta) -> float:
    """Return a duration in minutes, a whole number where it is one."""
    exact = duration / timedelta(minutes=1)
    return int(exact) if exact.is_integer() else exact
