"""How figures, dates and durations read on a page."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from postmortem_archive.report.record import Amount, Moment, Precision

# A no-break space keeps a number and its unit on one line.
NBSP = "\N{NO-BREAK SPACE}"
_TEN_MINUTES = 600
# The locale of the machine has no say in what a page reads.
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December")  # fmt: skip


def day(value: date) -> str:
    """Return a date as prose has it: `30 Sep 2025`."""
    return f"{value.day}{NBSP}{_MONTHS[value.month][:3]}{NBSP}{value.year:04}"


def long_day(value: date) -> str:
    """Return a date as a heading has it: `30 September 2025`."""
    return f"{value.day}{NBSP}{_MONTHS[value.month]}{NBSP}{value.year:04}"


def short_month(value: date) -> str:
    """Return the month of a date as an axis has it: `Sep`."""
    return _MONTHS[value.month][:3]


def period(name: str) -> str:
    """Return a year or month as a heading has it: `2025`, `September 2025`."""
    year, _, month = name.partition("-")
    return f"{_MONTHS[int(month)]} {year}" if month else year


def clock(moment: Moment) -> str:
    """Return the time of day of a moment, as far as it was told; empty for a whole day."""
    if not moment.exact:
        return ""
    second = moment.precision is Precision.SECOND
    text = moment.at.strftime("%H:%M:%S" if second else "%H:%M")
    return f"≈{NBSP}{text}" if moment.approximate else text


def offset(zone: tzinfo | None, at: datetime) -> str:
    """Return the name of an offset as people write it: `UTC`, `UTC+02:00`."""
    shift = zone.utcoffset(at) if zone else None
    if not shift:
        return "UTC"
    minutes = round(shift.total_seconds() / 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def zone(moment: Moment) -> str:
    """Return the zone of a moment."""
    return offset(moment.at.tzinfo, moment.at)


def moment(value: Moment) -> str:
    """Return a moment in full: `30 Sep 2025, 14:32 UTC`."""
    if not value.exact:
        return day(value.day)
    return f"{day(value.day)}, {clock(value)}{NBSP}{zone(value)}"


def span(start: Moment, end: Moment) -> str:
    """Return two moments as a span of clock times: the day is told where it changes."""
    if not (start.exact and end.exact):
        return f"{moment(start)} → {moment(end)}"
    last = clock(end) if end.day == start.day else moment(end)
    return f"{clock(start)} → {last}"


def duration(value: timedelta) -> str:
    """Return a duration in its two largest units, rounded down: `6 min`, `2 h 13 min`, `3 d 4 h`.

    Seconds are told only under ten minutes; no time at all is `0 min`.
    """
    seconds = int(abs(value).total_seconds())
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        parts = [(days, "d"), (hours, "h")]
    elif hours:
        parts = [(hours, "h"), (minutes, "min")]
    elif seconds < _TEN_MINUTES:
        parts = [(minutes, "min"), (seconds % 60, "s")]
    else:
        parts = [(minutes, "min")]
    told = NBSP.join(f"{amount}{NBSP}{unit}" for amount, unit in parts if amount)
    sign = "−" if value < timedelta() else ""
    return f"{sign}{told}" if told else f"0{NBSP}min"


def duration_range(low: timedelta, high: timedelta) -> str:
    """Return an interval of durations: `47 min to 3 h`.

    Its upper end is rounded up, so that what is printed holds as much as what was computed.
    """
    seconds = high.total_seconds()
    unit = 3600 if seconds >= 86_400 else 60 if seconds >= _TEN_MINUTES else 1
    # What is left of a whole number after a division must not push it over that.
    upper = timedelta(seconds=math.ceil(seconds / unit - 1e-9) * unit)
    return f"{duration(low)} to {duration(upper)}"


def days(count: int) -> str:
    """Return a number of days: `1 day`, `43 days`."""
    return count_of(count, "day")


def number(value: float) -> str:
    """Return a number with its thousands apart: `480,000`, `0.5`."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def amount(value: Amount) -> str:
    """Return an amount as a range or a single figure, with its unit."""
    low, high = number(value.minimum), number(value.maximum)
    figure = low if value.minimum == value.maximum else f"{low}–{high}"
    if value.unit == "percent":
        figure += f"{NBSP}%"
    elif value.unit != "count":
        figure += f"{NBSP}{value.unit}"
    return f"{figure} (estimated)" if value.estimated else figure


def count_of(count: int, singular: str, plural: str | None = None) -> str:
    """Return a count with its noun: `1 report`, `16 reports`."""
    return f"{count:,}{NBSP}{singular if count == 1 else plural or singular + 's'}"


def ordinal(number: int) -> str:
    """Return a number as a place in an order: `2nd`, `3rd`, `11th`."""
    teens = number // 10 % 10 == 1
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


_KINDS = {
    "incident": ("incident", "incidents"),
    "near_miss": ("near miss", "near misses"),
    "drill": ("drill", "drills"),
    "maintenance": ("maintenance window", "maintenance windows"),
}


def kinds(counts: Mapping[str, int]) -> list[str]:
    """Return how many reports of each kind there are: `4 drills`, `1 near miss`."""
    return [count_of(count, *_KINDS[kind]) for kind, count in counts.items()]


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, which ends before a capital letter or a figure."""
    return re.split(r"(?<=[.!?])\s+(?=[^\W_a-z])", text, maxsplit=1)[0]


def capital(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
