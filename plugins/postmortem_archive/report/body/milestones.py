"""Milestones: taken from fields, from a stated range, or from what a timeline's rows say.

`started` is the first harm to users and not the trigger, so no row is taken for it unless the row
says that harm begins. `resolved` is the end of the stated duration, else full recovery, and not
the all-clear that comes later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, tzinfo

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.outline import Part
from postmortem_archive.report.body.prose_times import remedied_at, times_in_prose
from postmortem_archive.report.body.zone_checks import is_ambiguous, is_off
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.grammar.moments import CLOCK, find_date, minutes_between
from postmortem_archive.report.grammar.placeholders import is_missing
from postmortem_archive.report.grammar.when import Days, When, read_when, sharing_zone
from postmortem_archive.report.grammar.zones import find_zone, zone_in
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import MILESTONES, Moment

_RANGE = re.compile(
    r"(?:\b(?:from|between|von|zwischen|de|entre)\s+|^\W*)(?P<a>[^,;()]{0,40}?)\s*"
    r"(?:\b(?:to|and|until|till|bis|und|au|et|à)\b|\s-\s|[–—])\s*(?P<b>[^,;()]{0,40})",
    re.IGNORECASE,
)
_PROSE_RANGE = re.compile(
    r"\b(?:from|between|von|zwischen|de|entre)\s+"
    rf"(?P<range>(?:[A-Za-zÀ-ÿ0-9, .-]{{0,24}}?){CLOCK.pattern})",
    re.IGNORECASE,
)
# The ends of a range that its text parts in one place: “Sat, 4 Oct, 11 PM – Sun, 5 Oct, 1 AM”.
_BETWEEN = re.compile(r"\s(?:to|and|until|till|bis|und|au|et|à|-)\s|\s?[–—]\s?", re.IGNORECASE)
_LONGEST_RANGE = 120
# A clock time of a field this many minutes before the start is the next day's.
_HALF_A_DAY = 12 * 60
_HEAD = (None, "incident_details", "summary")
_BLOCKS = {
    "timeline_detection": "detected",
    "timeline_response": "acknowledged",
    "timeline_resolution": "resolved",
}


class MilestoneReader:
    """Finds the milestones that one body tells, with the day and zone of its timeline."""

    def __init__(self, day: date | None, zone: tzinfo | None, reading: Reading) -> None:
        self.day = day
        self.zone = zone
        self.reading = reading

    def stated(
        self, fields: Sequence[tuple[Part, Field]], prose: Iterable[Part]
    ) -> dict[str, Fact]:
        """Return the milestones that fields, a stated range or the summary's prose tell."""
        found = self._of_fields(fields)
        for part, held in fields:
            # At the head of a report “Time” is that of the incident.
            if held.key in ("duration", "when") or (held.key == "time" and part.name in _HEAD):
                self._take_range(held.plain, held.place, found)
        prose = list(prose)
        if "started" not in found and "resolved" not in found:
            for part in prose:
                self._take_prose(part, found)
        found = {**times_in_prose(prose, self._moment, self.reading), **found}
        if "mitigated" not in found:
            remedies = [held for _, held in fields if held.key in ("mitigation", "resolution")]
            remedy = remedied_at(remedies, self._moment, found)
            found |= {"mitigated": remedy} if remedy else {}
        return found

    def _of_fields(self, fields: Sequence[tuple[Part, Field]]) -> dict[str, Fact]:
        """Return what labelled lines tell, and the `Time:` of a phase's own block."""
        found: dict[str, Fact] = {}
        for _, held in fields:
            if held.key in MILESTONES and not is_missing(held.plain):
                moment = self._moment(held.plain, zone=self._zone_of_label(held))
                self._check_zone(held, moment)
                if moment and held.key != "started":
                    moment = self._over_midnight(held, moment, found.get("started"))
                if moment and (moment.exact or held.key not in found):
                    found.setdefault(held.key, Fact(moment, held.place))
        for part, held in fields:
            if held.key == "time" and part.name in _BLOCKS and (moment := self._moment(held.plain)):
                found.setdefault(_BLOCKS[part.name], Fact(moment, held.place))
        return found

    def _check_zone(self, held: Field, moment: Moment | None) -> None:
        when = read_when(held.plain, self.reading.dates)
        name = when.clock.zone if when and when.clock else None
        if moment and name and not is_ambiguous(name, held.place.line, self.reading):
            zone = find_zone(name)
            if zone:
                is_off(zone, moment, held.place.line, self.reading)

    def _over_midnight(self, held: Field, moment: Moment, started: Fact | None) -> Moment:
        """Return a moment on the next day, where it names none and lies long before the start."""
        when = read_when(held.plain.strip(), self.reading.dates)
        if started is None or not started.value.exact or not moment.exact or when is None:
            return moment
        named = when.day or when.month_day or when.weekday is not None or when.days_on
        if named or self.day is None or minutes_between(moment, started.value) < _HALF_A_DAY:
            return moment
        days = Days(self.day, self._zone_of_label(held) or self.zone, self.reading.settings.zone)
        return days.moments(replace(when, days_on=1))[0] or moment

    def _zone_of_label(self, held: Field) -> tzinfo | None:
        """Return the zone that a label names: “Start Time (UTC)”."""
        name = zone_in(held.label)
        if name is None or is_ambiguous(name, held.place.line, self.reading):
            return None
        return find_zone(name)

    def _moment(self, text: str, before: str = "", zone: tzinfo | None = None) -> Moment | None:
        """Return the moment that a text begins with; `before` may name its day."""
        when = read_when(text.strip(), self.reading.dates)
        return self._days(before, zone).moments(when)[0] if when else None

    def _days(self, before: str = "", zone: tzinfo | None = None) -> Days:
        """Return what gives clock times their day: the one named before them, or the incident's."""
        day = find_date(before, self.reading.dates) or self.day
        return Days(day, zone or self.zone, self.reading.settings.zone)

    def _take_range(
        self, text: str, place: Place, found: dict[str, Fact], before: str = ""
    ) -> bool:
        """Take “2024-02-27 10:30 to 11:42”, the second half with or without a date."""
        when = read_when(text, self.reading.dates)
        if when and when.clock and when.until:
            start, end = self._days(before).moments(when)
        else:
            ends = self._ends_of(text)
            if ends is None:
                return False
            first, second = sharing_zone(*ends)
            days = self._days(before)
            start, end = days.moments(first)[0], days.moments(second)[0]
        if start and end and end.at >= start.at:
            found.setdefault("started", Fact(start, place))
            found.setdefault("resolved", Fact(end, place))
        return bool(start and end)

    def _ends_of(self, text: str) -> tuple[When, When] | None:
        """Return the two ends of a range that is written in words."""
        match = _RANGE.search(text)
        # A zone may stand in parentheses behind the second.
        halves = [(match["a"], text[match.start("b") :])] if match else []
        if len(text) <= _LONGEST_RANGE:
            halves += [(text[: m.start()], text[m.end() :]) for m in _BETWEEN.finditer(text)]
        for one, other in halves:
            first = read_when(one.strip(), self.reading.dates)
            second = read_when(other.strip(), self.reading.dates)
            if first and second and first.clock and second.clock:
                return first, second
        return None

    def _take_prose(self, part: Part, found: dict[str, Fact]) -> None:
        if not part.blocks:
            return
        first, last = part.blocks[0].line, part.blocks[-1].end_line
        for number in range(first, last):
            line = self.reading.source.lines[number - 1]
            match = _PROSE_RANGE.search(line)
            if match:
                place = Place(number, match.start("range") + 1)
                before = line[: match.start("range")]
                if self._take_range(line[match.start("range") :], place, found, before):
                    return


def impossible(milestones: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the milestones that cannot be: what ends an incident before it started."""
    started = milestones.get("started")
    ends = ("mitigated", "resolved") if started else ()
    return tuple(
        name for name in ends
        if started and name in milestones and _before(milestones[name].value, started.value)
    )  # fmt: skip


def check_order(milestones: dict[str, Fact], reading: Reading) -> None:
    """Report milestones in an impossible order, and drop the impossible ones.

    Mitigated or resolved before started is an error. Detected or acknowledged before started is a
    hint: caught before harm. Any other disorder is a warning.
    """
    for name in impossible(milestones):
        fact, started = milestones[name], milestones["started"]
        reading.error(
            fact.place, "impossible-order", f"“{name}” lies before “started”",
            found=fact.value.isoformat(), expected=f"a time after {started.value.isoformat()}",
        )  # fmt: skip
        del milestones[name]
    told = [name for name in MILESTONES if name in milestones]
    for number, name in enumerate(told):
        later = next((n for n in told[number + 1 :] if _later_is_before(milestones, n, name)), None)
        if later is None:
            continue
        fact = milestones[later]
        if name == "started" and later in ("detected", "acknowledged"):
            reading.hint(fact.place, "caught-before-harm", f"“{later}” lies before “started”")
        else:
            reading.warn(
                fact.place, "milestone-order", f"“{later}” lies before “{name}”",
                found=fact.value.isoformat(), expected=f"a time after “{name}”",
            )  # fmt: skip


def _later_is_before(milestones: Mapping[str, Fact], later: str, name: str) -> bool:
    return _before(milestones[later].value, milestones[name].value)


def _before(one: Moment, other: Moment) -> bool:
    if one.exact and other.exact:
        return minutes_between(other, one) < 0
    return one.day < other.day
