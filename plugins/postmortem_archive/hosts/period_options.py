"""Kinds of option that speak of the calendar: months, periods and the hours of a week."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from postmortem_archive.archive.naming import slug
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.settings import WorkingHours
from postmortem_archive.hosts.option_types import read_day, read_text, read_time_zone, wrong

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KINDS = {"years": PeriodKind.YEAR, "quarters": PeriodKind.QUARTER, "months": PeriodKind.MONTH}
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Pages:
    """The periods that have a page of trends."""

    kinds: tuple[PeriodKind, ...] = (PeriodKind.YEAR, PeriodKind.QUARTER)
    spans: tuple[Period, ...] = ()


def read_month(value: object) -> int:
    """Read a month, by its number or its English name (three letters will do)."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 12:
        return value
    if isinstance(value, str) and len(value.strip()) > 2:
        word = value.strip().casefold()
        found = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word)]
        if len(found) == 1:
            return found[0]
    raise wrong(value, "a month, from 1 to 12 or by name", _MONTHS)


def read_pages(value: object) -> Pages:
    """Read which periods have a page: kinds of period by name, and stretches of days."""
    if isinstance(value, Pages):
        return value
    if not isinstance(value, list | tuple):
        raise wrong(value, "a list of years, quarters, months, or mappings of name, from and to")
    kinds: list[PeriodKind] = []
    spans: list[Period] = []
    for item in value:
        if isinstance(item, Mapping):
            spans.append(_span(item))
        elif isinstance(item, str) and item in _KINDS:
            kinds.append(_KINDS[item])
        else:
            raise wrong(item, "years, quarters, months, or name, from and to", _KINDS)
    names = [span.name for span in spans]
    twice = next((span for span in spans if names.count(span.name) > 1), None)
    if twice:
        raise wrong(twice.title, "a name that no other period has")
    return Pages(tuple(dict.fromkeys(kinds)), tuple(spans))


def _span(told: Mapping[str, object]) -> Period:
    for key in told:
        if key not in {"name", "from", "to"}:
            raise wrong(key, "name, from or to", ("name", "from", "to"))
    title = read_text(told.get("name"))
    name = slug(title)
    start, last = read_day(told.get("from")), read_day(told.get("to"))
    if start is None or last is None or last < start or last == date.max:
        raise wrong(dict(told), "a name, a day `from` and a day `to` that is not before it")
    # A name such as “2025” or “2025-q3” is that of a year or quarter.
    if not name or name == "all" or re.fullmatch(r"(fy)?\d{4}(-q\d|-\d\d)?", name):
        raise wrong(title, "a name in words, which is no year, quarter or month")
    return Period(PeriodKind.SPAN, name, title, start, last + timedelta(days=1))


def read_working_hours(value: object) -> WorkingHours:
    """Read the hours of a week in which people are at work."""
    if isinstance(value, WorkingHours):
        return value
    keys = ("days", "from", "to", "time_zone")
    if not isinstance(value, Mapping):
        raise wrong(value, "a mapping of days, from, to and time_zone")
    for key in value:
        if key not in keys:
            raise wrong(key, "days, from, to or time_zone", keys)
    usual = WorkingHours()
    start = _time(value["from"]) if "from" in value else usual.start
    end = _time(value["to"]) if "to" in value else usual.end
    if end <= start:
        raise wrong(dict(value), "hours that end after they start, on one day")
    return WorkingHours(
        days=_weekdays(value["days"]) if "days" in value else usual.days,
        start=start,
        end=end,
        time_zone=read_time_zone(value["time_zone"]) if "time_zone" in value else None,
    )


def _time(value: object) -> time:
    # YAML 1.1 reads 12:30 without quotes as a number in base 60.
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        return time(value // 60, value % 60)
    match = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise wrong(value, "a time of day such as “09:00”")
    return time(int(match[1]), int(match[2]))


def _weekdays(value: object) -> frozenset[int]:
    """Read weekdays: `mon-fri`, or a list of them."""
    words = value if isinstance(value, list | tuple) else re.split(r"[\s,]+", str(value).strip())
    found: set[int] = set()
    for word in words:
        first, _, last = str(word).strip().casefold().partition("-")
        numbers = [_WEEKDAYS.index(d[:3]) for d in (first, last or first) if d[:3] in _WEEKDAYS]
        if len(numbers) < 2:
            raise wrong(word, "weekdays such as mon-fri", _WEEKDAYS)
        start, end = numbers
        found |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return frozenset(found)
