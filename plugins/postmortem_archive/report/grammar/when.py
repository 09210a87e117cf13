"""Times at the start of a line, and the days that clock times without a date belong to.

A clock time is carried over midnight: within one table or list a time much earlier than the one
before belongs to the next day, while a little earlier is a row out of order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from postmortem_archive.report.grammar.dateorder import UNSETTLED, DateOrder
from postmortem_archive.report.grammar.moments import (
    CLOCK_HERE,
    DATE,
    MONTH_DAY,
    WEEKDAY,
    Clock,
    clock_of,
    date_of,
    is_approximate,
    make_date,
    minutes_between,
    moment_at,
    month_day_of,
    weekday_of,
)
from postmortem_archive.report.grammar.zones import find_zone
from postmortem_archive.report.record import Moment, Precision

# A clock this many minutes earlier than the row before is the next day's.
_NEXT_DAY = 180
# A first row that would lie this long before or after the start is of the next day, or the evening
# before.
_NEARLY_A_DAY = timedelta(hours=21)
_HALF_A_YEAR = 183
_FEW_DAYS = 4

_LEAD = re.compile(
    r"[ ~≈*_`(\[<]*(?:(?:about|approx(?:imately|\.)?|around|circa|ca\.?|roughly|etwa|ungefähr|gegen"
    r"|environ|vers|um|à)\s)?[ ~≈]*",
    re.IGNORECASE,
)
# These spare most texts the rest: no time is told without a digit, and no date begins so.
_DIGIT = re.compile(r"\d")
_CLOCK_ALONE = re.compile(r"\d\d?:")
_OFFSET = re.compile(r"-\d\d:?\d\d(?![\d:])")
_JOINT = re.compile(r"[\sT,@·|–-]*(?:(?:at|um|gegen|à|vers)\s)?[~≈(]?\s*")
_TO = re.compile(r"\s*(?:-|–|—|to|until|till|bis|à|au|jusqu['’]à)\s*(?:[~≈]\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """What a line begins with: a date, a clock, the end of a range; `end` is where it stops.

    `days_on` is how many days after the first one the clock is said to be (“00:10 (+1 day)”).
    """

    day: date | None
    clock: Clock | None
    until: Clock | None
    end: int
    about: bool = False
    weekday: int | None = None
    month_day: tuple[int, int] | None = None
    days_on: int = 0


def read_when(text: str, order: DateOrder = UNSETTLED, *, whole: bool = False) -> When | None:
    """Return the date and time that `text` begins with (and, if `whole`, all that it holds).

    `order` is that of the file's numeric dates.
    """
    if not _DIGIT.search(text):
        return None
    opening = _LEAD.match(text)
    lead = opening.end() if opening else 0
    days_on, lead = _next_day_here(text, lead)
    named, found, partly = _day_here(text, lead)
    lead = named.end() if named else lead
    day = date_of(found, order) if found else None
    if found and day is None:
        return None
    position = end = found.end() if found else lead
    if begun := found or partly:
        joint = _JOINT.match(text, begun.end())
        position = joint.end() if joint else begun.end()
    clock = until = None
    if first := CLOCK_HERE.match(text, position):
        clock, until, marked, end = _clocks_at(text, position, first)
        days_on = marked or days_on
    if clock and not day and not partly and (after := _day_after(text, end, order)):
        day, named, partly, end = after
    if clock is None and day is None:
        return None
    if whole and not _is_all(text, end):
        return None
    weekday = weekday_of(named) if named and not day else None
    month_day = month_day_of(partly) if partly and clock else None
    return When(
        day, clock, until, end, is_approximate(text[: end + 1]), weekday, month_day, days_on
    )


def _clocks_at(
    text: str, position: int, first: re.Match[str]
) -> tuple[Clock | None, Clock | None, int, int]:
    """Return a clock, the end of its range, how many days on it is, and where all that stops."""
    clock, until, end = clock_of(first), None, first.end()
    # Where a day and a “T” stand before, a minus is an offset's and not a range's.
    offset = _OFFSET.match(text, end) if text[position - 1 : position] == "T" else None
    if clock and offset:
        clock, end = replace(clock, zone=offset.group()), offset.end()
    joint = _TO.match(text, end)
    if joint and (second := CLOCK_HERE.match(text, joint.end())):
        until, end = clock_of(second), second.end()
    marked = _DAYS_ON.match(text, end)
    if not marked:
        return clock, until, 0, end
    return clock, until, int(marked["days"] or marked["bare"] or 1), marked.end()


def _is_all(text: str, end: int) -> bool:
    """Whether nothing stands behind a time, or only its zone."""
    rest = text[end:].strip(" *_`()]>.:~")
    return not rest or find_zone(rest) is not None


# “+1d”, “(+1 day)”, “(next day)”; a bare “+1” has nothing but the cell's end behind it.
_DAYS_ON = re.compile(
    r"\s*\(?(?:\+\s?(?:(?P<days>[1-9])\s?d(?:ays?)?\b|(?P<bare>[1-3])(?=\s*\)?\s*(?:$|[:–—|])))"
    r"|(?:the )?(?:next|following) day\b|am nächsten Tag\b|le lendemain\b)\s*\)?",
    re.IGNORECASE,
)
_NEXT_DAY_FIRST = re.compile(
    r"(?:on )?(?:the )?(?:next|following) day,?\s+(?:at\s+)?|am nächsten Tag,?\s+(?:um\s+)?"
    r"|le lendemain,?\s+(?:à\s+)?",
    re.IGNORECASE,
)


def _next_day_here(text: str, start: int) -> tuple[int, int]:
    """Return 1 and where it ends for “next day” at a place, else 0 and the place."""
    if text[start : start + 1].isdigit():
        return 0, start
    match = _NEXT_DAY_FIRST.match(text, start)
    return (1, match.end()) if match else (0, start)


_Match: TypeAlias = re.Match[str] | None


def _day_here(text: str, start: int) -> tuple[_Match, _Match, _Match]:
    """Return what names a day at a place: a weekday, then a date, or a month and a day."""
    if _CLOCK_ALONE.match(text, start):
        return None, None, None
    named = WEEKDAY.match(text, start)
    start = named.end() if named else start
    found = DATE.match(text, start)
    return named, found, None if found else MONTH_DAY.match(text, start)


_DAY_AFTER = re.compile(r"[\s,]+(?:on\s|am\s|le\s)?")
_ENDS = re.compile(r"\s*(?:[:–—]|-\s|$)")


def _day_after(
    text: str, end: int, order: DateOrder
) -> tuple[date | None, _Match, _Match, int] | None:
    """Return the day that stands right behind a clock and is all there (“2:30 PM Sat Oct 30th:”).

    None where the words go on: “10:05 May 4 release rolled back” tells of a release.
    """
    joint = _DAY_AFTER.match(text, end)
    if not joint or not text[joint.end() : joint.end() + 1].isalnum():
        return None
    named, found, partly = _day_here(text, joint.end())
    told = found or partly
    if not told or not _ENDS.match(text, told.end()):
        return None
    day = date_of(found, order) if found else None
    return None if found and day is None else (day, named, partly, told.end())


def whole_day(day: date, zone: tzinfo, *, about: bool = False) -> Moment:
    """Return the moment that stands for a whole day."""
    at = datetime.combine(day, time(), zone)
    return Moment(at, Precision.DAY, zone_assumed=True, approximate=about)


class Days:
    """Gives clock times their dates, in the order of the text.

    `start` is when the incident is said to have started, to the minute, where that is known: the
    first clock time without a day is near it. `zone_of_start` holds for all where no row, and
    nothing above them, names a zone.
    """

    def __init__(
        self,
        day: date | None,
        zone: tzinfo | None,
        site_zone: tzinfo,
        start: Moment | None = None,
        zone_of_start: tzinfo | None = None,
    ) -> None:
        self.day = day
        self.zone = zone
        self.site_zone = site_zone
        self._start = start
        self._zone_of_start = zone_of_start
        self._before: Moment | None = None
        self._opening: tuple[date, Moment] | None = None
        self._is_first = True

    def begin(self, day: date | None) -> None:
        """Let the times that follow belong to that day, or to none: a heading names it."""
        self.day, self._before, self._opening, self._start = day, None, None, None

    def begin_near(self, month_day: tuple[int, int] | None, weekday: int | None) -> None:
        """Let the times that follow belong to a day that a heading names without its year."""
        self.begin(self._named(month_day, weekday))

    def start_table(self) -> None:
        """Go back to the first row's day: a second table may begin before the first one's end."""
        if self._opening:
            self.day, self._before = self._opening

    def moments(self, when: When) -> tuple[Moment | None, Moment | None]:
        """Return the moment of a line, and the end of its range if it has one."""
        if when.day:
            self.day, self._before, self._start = when.day, None, None
        elif (when.month_day or when.weekday is not None) and self.day:
            named = self._named(when.month_day, when.weekday)
            if named is None:
                return None, None
            self._start = None
            if named != self.day:
                self.day, self._before = named, None
        if self.day is None:
            return None, None
        self.day = self._days_on(self.day, when.days_on)
        if when.clock is None:
            return whole_day(self.day, self.zone or self.site_zone, about=when.about), None
        clock, until = _share_zone(when.clock, when.until)
        if self._is_first:
            self.day = self._settle(self.day, clock)
        start = self._in_order(self.day, clock, about=when.about)
        self._before = start
        self._opening = self._opening or (self.day, start)
        if until is None:
            return start, None
        day = _after(self.day) if until.at < clock.at else self.day
        return start, moment_at(day, until, self.zone, self.site_zone, about=when.about)

    def _in_order(self, day: date, clock: Clock, *, about: bool) -> Moment:
        """Return the moment of a clock, on the next day where it lies long before the last one."""
        start = moment_at(day, clock, self.zone, self.site_zone, about=about)
        back = minutes_between(start, self._before) if self._before else 0
        if self._before is None or back <= 0:
            return start
        if back <= _NEXT_DAY:
            return _second_time(start, self._before)
        self.day = _after(day)
        return moment_at(self.day, clock, self.zone, self.site_zone, about=about)

    def _days_on(self, day: date, count: int) -> date:
        """Return the day so many days after the first one, where it is not there yet."""
        first = self._opening[0] if self._opening else day
        return max(day, first + timedelta(days=count)) if count else day

    def _settle(self, day: date, clock: Clock) -> date:
        """Let the first clock time settle the zone, and return its day."""
        self._is_first = False
        if self.zone is None:
            # Who names the zone in the first row means it for those below.
            self.zone = find_zone(clock.zone) if clock.zone else self._zone_of_start
        return self._day_near(self._start, clock) if self._start else day

    def _day_near(self, start: Moment, clock: Clock) -> date:
        """Return the day of the first clock time, by the start as the clocks there told it."""
        zone = (find_zone(clock.zone) if clock.zone else None) or self.zone or self.site_zone
        there = start.at if start.zone_assumed else start.at.astimezone(zone)
        day = there.date()
        ahead = datetime.combine(day, clock.at) - there.replace(tzinfo=None)
        if ahead > _NEARLY_A_DAY and day > date.min:
            return day - timedelta(days=1)
        return _after(day) if ahead < -_NEARLY_A_DAY else day

    def _named(self, month_day: tuple[int, int] | None, weekday: int | None) -> date | None:
        """Return the day that a month and day, or a weekday, name near the day before."""
        if self.day is None:
            return None
        if month_day:
            years = (self.day.year, self.day.year - 1, self.day.year + 1)
            days = [day for year in years if (day := make_date(year, *month_day))]
            near = [day for day in days if abs((day - self.day).days) < _HALF_A_YEAR]
            return near[0] if near else None
        # A weekday further away may as well be of the week before.
        days = [self.day + timedelta(days=n) for n in range(_FEW_DAYS)]
        return next((day for day in days if day.weekday() == weekday), None)


def _second_time(moment: Moment, before: Moment) -> Moment:
    """Return a moment in the second of an hour that a night has twice, if it is after `before`."""
    later = replace(moment, at=moment.at.replace(fold=1))
    return later if minutes_between(before, later) >= 0 else moment


def _share_zone(clock: Clock, until: Clock | None) -> tuple[Clock, Clock | None]:
    """Let both ends of a range have the zone that stands after one of them."""
    if until is None:
        return clock, None
    zone = clock.zone or until.zone
    return replace(clock, zone=zone), replace(until, zone=until.zone or zone)


def sharing_zone(first: When, second: When) -> tuple[When, When]:
    """Let both ends of a range that is written in words have the zone that one of them names."""
    if first.clock is None or second.clock is None:
        return first, second
    start, end = _share_zone(first.clock, second.clock)
    return replace(first, clock=start), replace(second, clock=end)


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
