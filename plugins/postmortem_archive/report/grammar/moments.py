"""The grammar of dates, clock times and durations in reports.

A date that can be read in two ways (03/04/2025) is not read: wrong is worse than missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from postmortem_archive.report.grammar.dateorder import UNSETTLED, DateOrder
from postmortem_archive.report.grammar.zones import (
    ZONE_AFTER_CLOCK,
    ZONE_PATTERN,
    find_zone,
    is_out_of_season,
)
from postmortem_archive.report.languages import LANGUAGES
from postmortem_archive.report.record import Moment, Precision

_MONTHS = {name: number for language in LANGUAGES for name, number in language.months.items()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {name: number for language in LANGUAGES for name, number in language.weekdays.items()}
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))

_ISO_DATE = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
_MONTH_FIRST = (
    rf"(?P<mn>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y2>\d{{4}})"
)
_DAY_FIRST = (
    rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s+(?:of\s)?(?P<mn3>{_MONTH})\.?,?\s+(?P<y3>\d{{4}})"
)
_NUMERIC = r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y4>\d{4})"
DATE = re.compile(
    rf"(?<![\w/.-])(?:{_ISO_DATE}|{_MONTH_FIRST}|{_DAY_FIRST}|{_NUMERIC})(?![\d/-])", re.IGNORECASE
)
# Parts of a date that name a day beside another: “Sun 21:33”, “Jan 14, 10:18 AM”.
WEEKDAY = re.compile(rf"(?P<day>{_WEEKDAY})\b[.,]?\s?(?:(?:the|den|le)\s)?", re.IGNORECASE)
MONTH_DAY = re.compile(
    rf"(?:(?P<mn>{_MONTH})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\.?\s(?P<mn2>{_MONTH})\b\.?)(?!\d)",
    re.IGNORECASE,
)
# “14:02:30”, “2.02 p.m.”, “14h02”, “2 pm”, “14:02 Uhr”; “1h20m” and “1.20 hours” are no clocks.
_CLOCK = (
    r"(?P<h>[01]?\d|2[0-4])(?:[:.h](?P<min>[0-5]\d)|(?=\s?[AaPp]\.?[Mm]\b))"
    r"(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?(?!\s?(?:hours?|m|mins?|minutes?|%)\b)"
    rf"(?:\s?(?P<ampm>[AaPp])\.?[Mm]\.?(?![A-Za-z]))?(?:\s?(?:Uhr|hrs|h)\b)?"
    rf"(?:\s?\(?(?P<zone>{ZONE_AFTER_CLOCK})\)?)?(?!:?\d)"
)
# A clock at a place that is known, and one anywhere in a text.
CLOCK_HERE = re.compile(_CLOCK)
CLOCK = re.compile(rf"(?<![\w:.-]){_CLOCK}")
_PERHAPS_CLOCK = re.compile(r"\d(?:[:.hH]\d|\s?[AaPp])")
_ISO = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<h>\d\d):(?P<min>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?"
    rf"\s?(?P<zone>{ZONE_PATTERN})?)?$"
)
_ABOUT = re.compile(
    r"(?:~|≈|\b(?:about|approx(?:\.|imately)?|around|circa|ca\.|roughly|etwa|ungefähr|gegen|environ"
    r"|vers)\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written: without a date, perhaps with a zone."""

    at: time
    zone: str | None
    seconds: bool
    next_day: bool = False


# The years that a report may speak of; far enough from the calendar's ends to reckon with zones.
_YEARS = range(1970, 2200)


def make_date(year: int, month: int, day: int) -> date | None:
    """Return that date, or None if the calendar has no such day or no report speaks of it."""
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def parse_iso(text: str, zone: tzinfo) -> Moment | None:
    """Return an ISO 8601 date or date and time; `zone` holds where none is written.

    Raises:
        ValueError: the form is right, but the calendar or the clock has no such moment.
    """
    match = _ISO.match(text.strip())
    if not match:
        return None
    day = date.fromisoformat(match["date"])
    if day.year not in _YEARS:
        raise ValueError(f"the year is not within {_YEARS[0]} to {_YEARS[-1]}")
    if match["h"] is None:
        return Moment(datetime.combine(day, time(), zone), Precision.DAY, zone_assumed=True)
    hour, minute, second = int(match["h"]), int(match["min"]), int(match["s"] or 0)
    if hour == 24 and minute == second == 0:
        # ISO 8601 writes the end of a day as 24:00.
        day, hour = day + timedelta(days=1), 0
    named = find_zone(match["zone"]) if match["zone"] else None
    if match["zone"] and named is None:
        raise ValueError(f"the zone {match['zone']} is unknown or ambiguous")
    at = datetime.combine(day, time(hour, minute, second))
    if named and is_out_of_season(named, at):
        raise ValueError(f"the zone {match['zone']} is not the one in use on that day")
    return Moment(
        at.replace(tzinfo=named or zone),
        Precision.SECOND if match["s"] else Precision.MINUTE,
        zone_assumed=named is None,
    )


def date_of(match: re.Match[str], order: DateOrder = UNSETTLED) -> date | None:
    """Return the date that a match of `DATE` stands for; None if it is ambiguous or impossible.

    `order` is that of the file's numeric dates.
    """
    if match["y"]:
        return make_date(int(match["y"]), int(match["m"]), int(match["d"]))
    if match["y2"]:
        return make_date(int(match["y2"]), _MONTHS[match["mn"].casefold()], int(match["d2"]))
    if match["y3"]:
        return make_date(int(match["y3"]), _MONTHS[match["mn3"].casefold()], int(match["d3"]))
    first, second, year = int(match["a"]), int(match["b"]), int(match["y4"])
    if (first > 12 or second > 12) and match["sep"] != ".":
        day_first: bool | None = first > 12
    else:
        day_first = order.day_first(match["sep"])
    if day_first is None and first != second:
        return None
    return make_date(year, second, first) if day_first else make_date(year, first, second)


def weekday_of(match: re.Match[str]) -> int:
    """Return the weekday that a match of `WEEKDAY` stands for, Monday being 0."""
    return _WEEKDAYS[match["day"].casefold()]


_DAY_NUMBER = re.compile(r"\b(?:day|tag|jour)\s+\d{1,2}\b", re.IGNORECASE)


def is_day_alone(text: str) -> bool:
    """Whether a line names a day and says nothing else (“Monday, 3 March (day 2):”)."""
    rest = text
    for pattern in (DATE, MONTH_DAY, WEEKDAY):
        rest = pattern.sub(" ", rest, count=1)
    return rest != text and not re.search(r"\w", _DAY_NUMBER.sub(" ", rest))


def month_day_of(match: re.Match[str]) -> tuple[int, int]:
    """Return the month and the day that a match of `MONTH_DAY` stands for."""
    return _MONTHS[(match["mn"] or match["mn2"]).casefold()], int(match["d"] or match["d2"])


def find_date(text: str, order: DateOrder = UNSETTLED) -> date | None:
    """Return the first date in `text` that can be read in one way only."""
    return next((day for match in DATE.finditer(text) if (day := date_of(match, order))), None)


def clock_of(match: re.Match[str]) -> Clock | None:
    """Return the time of day that a match of `CLOCK` stands for, None if there is no such time."""
    hour, minute, second = int(match["h"]), int(match["min"] or 0), int(match["s"] or 0)
    half = (match["ampm"] or "").lower()
    # “13:55 PM” says the same thing twice; “13:55 AM” and “0:10 PM” contradict themselves.
    if half and not 1 <= hour <= (23 if half == "p" else 12):
        return None
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    midnight = hour == 24
    if midnight and (minute or second):
        return None
    return Clock(
        time(0 if midnight else hour, minute, second), match["zone"], bool(match["s"]), midnight
    )


def may_hold_clock(text: str) -> bool:
    """Whether a text may hold a clock time: where not, `CLOCK` is nowhere in it."""
    return bool(_PERHAPS_CLOCK.search(text))


def is_approximate(text: str) -> bool:
    """Whether a time is written as approximate (“~14:05”, “about 2 hours”)."""
    return bool(_ABOUT.search(text))


def moment_at(
    day: date, clock: Clock, zone: tzinfo | None, site_zone: tzinfo, *, about: bool = False
) -> Moment:
    """Join a day and a clock; the clock's own zone wins over `zone`, that over the site's.

    A zone that does not hold on that day is not used.
    """
    named = (find_zone(clock.zone) if clock.zone else None) or zone
    if clock.next_day and day < date.max:
        day += timedelta(days=1)
    at = datetime.combine(day, clock.at)
    if named and is_out_of_season(named, at):
        named = None
    return Moment(
        at.replace(tzinfo=named or site_zone),
        Precision.SECOND if clock.seconds else Precision.MINUTE,
        zone_assumed=named is None,
        approximate=about,
    )


_UNITS = {
    "w": 10080, "week": 10080, "d": 1440, "day": 1440, "tag": 1440, "jour": 1440,
    "woche": 10080, "semaine": 10080,
    "h": 60, "hr": 60, "hour": 60, "stunde": 60, "std": 60, "heure": 60,
    "m": 1, "min": 1, "minute": 1, "s": 1 / 60, "sec": 1 / 60, "second": 1 / 60,
    "sek": 1 / 60, "sekunde": 1 / 60, "seconde": 1 / 60,
}  # fmt: skip
_QUANTITY = re.compile(
    r"(?P<n>\d{1,12}(?:[.,]\d{1,6})?) ?-? ?(?:(?:support|business|working|office) )?"
    r"(?P<unit>weeks?|days?|hours?|hrs?|minutes?|mins?"
    r"|seconds?|secs?|wochen?|tage?n?|stunden?|std|minuten|sekunden?|sek|semaines?|jours?|heures?"
    r"|secondes?|[wdhms])(?![A-Za-z])",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?<![\w.,]){_QUANTITY.pattern}", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,]{0,3}(?:(?:and|und|et)\s)?", re.IGNORECASE)


def find_duration(text: str) -> float | None:
    """Return the first duration in `text`, in minutes (“2h05m”, “1 hour 12 minutes”, “90 s”)."""
    total: float | None = None
    match = _FIRST.search(text)
    while match:
        unit = match["unit"].lower()
        minutes = _UNITS.get(unit) or _UNITS.get(unit.rstrip("s")) or _UNITS.get(unit.rstrip("n"))
        if minutes is None:
            break
        total = (total or 0) + float(match["n"].replace(",", ".")) * minutes
        joint = _BETWEEN.match(text, match.end())
        match = _QUANTITY.match(text, joint.end()) if joint else None
    return total


def minutes_between(start: Moment, end: Moment) -> float:
    """Return the minutes from `start` to `end`, negative if they are in the other order."""
    return (end.at.astimezone(UTC) - start.at.astimezone(UTC)).total_seconds() / 60
