"""Milestones: taken from fields, from a stated range, or from what a timeline's rows say.

`started` is the first harm to users and not the trigger, so no row is taken for it unless the row
says that harm begins. `resolved` is the end of the stated duration, else full recovery, and not
the all-clear that comes later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.outline import Part
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.grammar.moments import CLOCK, minutes_between
from postmortem_archive.report.grammar.placeholders import is_missing
from postmortem_archive.report.grammar.when import Days, When, read_when
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import MILESTONES, Entry, Moment

_RANGE = re.compile(
    r"(?:\bfrom\s+|\bbetween\s+|^\W*)(?P<a>[^,;()]{0,40}?)\s*(?:\bto\b|\band\b|\buntil\b|-|–|—)\s*"
    r"(?P<b>[^,;()]{0,40})",
    re.IGNORECASE,
)
_PROSE_RANGE = re.compile(
    rf"\b(?:from|between)\s+(?P<range>(?:[A-Za-z0-9, -]{{0,24}}?){CLOCK.pattern})", re.IGNORECASE
)


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(re.sub(r"\n\s+", "", pattern), re.IGNORECASE) for pattern in patterns)


# What a row says when it tells a milestone; the first pattern that any row matches decides.
# White space in a pattern is folded, so that long ones can be written on several lines.
_ROWS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "started": _patterns(
        r"""\binitial trigger\b|\bfirst signs?\b
        |\b(?:incident|outage|impact|harm) (?:starts?|began|begins?|started)\b"""
    ),
    "acknowledged": _patterns(
        r"\back(?:nowledge[sd]?|nowledging|ed|s)?\b(?!\s+(?:that|the problem|their|our|its))"
    ),
    "detected": _patterns(
        r"^(?:first )?(?:alerts?|alarms?|detection)\b",
        r"""\b(?:alerts?|alarms?|pages?|pagerduty|pingdom)\b.*\b(?:fire[sd]?|firing|sent|triggers?
        |triggered|raised|received|detects?|went off|goes off|opened|pages?|paged)\b
        |\b(?:on-call|engineer|team)\b.{0,30}\b(?:is|was|were|gets?|got)?\s?paged\b
        |\bfirst (?:alerts?|external reports?|reports?|customer)\b
        |\b(?:customers?|users?|support(?: desk)?|depot|venue)\b.{0,40}\b(?:reports?|reported
        |phones?|phoned|calls?|called|complain(?:s|ed)?)\b
        |\breport(?:ed|s)? (?:by|from) (?:a )?(?:customers?|users?|support)\b
        |\bdetect(?:ed|s)\b""",
    ),
    "mitigated": _patterns(
        r"""^(?:first )?mitigation\b|\bmitigat(?:ed|es)\b
        |\bmitigation (?:applied|complete|in place)|\btemporary fix\b""",
        r"""\b(?:rollback|roll-back|failover) (?:is )?(?:complete[sd]?|finished|done)\b
        |\brolled back\b""",
    ),
    "resolved": _patterns(
        r"""\ball metrics (?:are )?(?:back to )?normal|\bback to normal\b|\bfully recovered\b
        |\bfull recovery\b|\bservice (?:is |was )?(?:fully )?(?:restored|recovered)\b""",
        r"\b(?:incident|issue)\b.{0,30}\bresolved\b|^resolved\b|\bmarked as resolved\b",
    ),
}
_DENIED = re.compile(r"\b(?:not|no|never|without|un)\b|\bnot yet\b", re.IGNORECASE)
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
        found: dict[str, Fact] = {}
        for _, held in fields:
            if held.key in MILESTONES and not is_missing(held.plain):
                moment = self._moment(held.plain)
                if moment and (moment.exact or held.key not in found):
                    found.setdefault(held.key, Fact(moment, held.place))
        for part, held in fields:
            if held.key == "time" and part.name in _BLOCKS and (moment := self._moment(held.plain)):
                found.setdefault(_BLOCKS[part.name], Fact(moment, held.place))
        ranges = [
            (held.plain, held.place) for _, held in fields if held.key in ("duration", "when")
        ]
        for text, place in ranges:
            self._take_range(text, place, found)
        if "started" not in found and "resolved" not in found:
            for part in prose:
                self._take_prose(part, found)
        return found

    def _moment(self, text: str) -> Moment | None:
        when = read_when(text.strip())
        return self._place_in_time(when)[0] if when else None

    def _place_in_time(self, when: When) -> tuple[Moment | None, Moment | None]:
        return Days(self.day, self.zone, self.reading.settings.zone).moments(when)

    def _take_range(self, text: str, place: Place, found: dict[str, Fact]) -> bool:
        """Take “2024-02-27 10:30 to 11:42”, the second half with or without a date."""
        when = read_when(text)
        if when and when.clock and when.until:
            start, end = self._place_in_time(when)
        else:
            match = _RANGE.search(text)
            first = read_when(match["a"].strip()) if match else None
            second = read_when(match["b"].strip()) if match else None
            if not (first and second and first.clock and second.clock):
                return False
            days = Days(self.day, self.zone, self.reading.settings.zone)
            start, end = days.moments(first)[0], days.moments(second)[0]
        if start and end and end.at >= start.at:
            found.setdefault("started", Fact(start, place))
            found.setdefault("resolved", Fact(end, place))
        return bool(start and end)

    def _take_prose(self, part: Part, found: dict[str, Fact]) -> None:
        if not part.blocks:
            return
        first, last = part.blocks[0].line, part.blocks[-1].end_line
        for number in range(first, last):
            line = self.reading.source.lines[number - 1]
            match = _PROSE_RANGE.search(line)
            if match:
                place = Place(number, match.start("range") + 1)
                if self._take_range(line[match.start("range") :], place, found):
                    return


def from_rows(entries: Sequence[Entry], known: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the milestones that rows of a timeline tell, for those not known already."""
    found: dict[str, Fact] = {}
    timed = [entry for entry in entries if entry.time and entry.time.exact]
    taken: set[Place] = set()
    for name in ("acknowledged", "detected", "mitigated", "resolved", "started"):
        if name in known:
            continue
        for pattern in _ROWS[name]:
            row = next((e for e in timed if e.place not in taken and _says(e, pattern)), None)
            if name == "detected" and row and _declared_before(row, timed):
                break
            if row and row.time and _fits(name, row.time, {**known, **found}):
                found[name] = Fact(row.time, row.place)
                taken.add(row.place)
                break
    return found


_DECLARED = re.compile(
    r"\bincident (?:was |is )?(?:declared|opened|created|started)\b", re.IGNORECASE
)


def _declared_before(row: Entry, timed: Sequence[Entry]) -> bool:
    """Whether the incident was declared earlier: it was detected then, if not before."""
    first = next((e for e in timed if _says(e, _DECLARED)), None)
    return bool(first and first.time and row.time and first.time.at < row.time.at)


# A row says at its start what it tells; a page of text in it is not searched to its end.
_LONGEST_START = 400


def _says(entry: Entry, pattern: re.Pattern[str]) -> bool:
    text = entry.text.plain[:_LONGEST_START]
    match = pattern.search(text)
    return match is not None and not _DENIED.search(text[max(0, match.start() - 12) : match.end()])


def _fits(name: str, moment: Moment, known: Mapping[str, Fact]) -> bool:
    """Whether an inferred milestone agrees in order with those around it."""
    position = MILESTONES.index(name)
    before = [known[n].value for n in MILESTONES[:position] if n in known]
    after = [known[n].value for n in MILESTONES[position + 1 :] if n in known]
    return all(m.at <= moment.at for m in before if m.exact) and all(
        moment.at <= m.at for m in after if m.exact
    )


def check_order(milestones: dict[str, Fact], reading: Reading) -> None:
    """Report milestones in an impossible order, and drop the impossible ones.

    Mitigated or resolved before started is an error. Detected or acknowledged before started is a
    hint: caught before harm. Any other disorder is a warning.
    """
    started = milestones.get("started")
    for name in ("mitigated", "resolved"):
        fact = milestones.get(name)
        if started and fact and _before(fact.value, started.value):
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
                found=fact.value.isoformat(),
            )  # fmt: skip


def _later_is_before(milestones: Mapping[str, Fact], later: str, name: str) -> bool:
    return _before(milestones[later].value, milestones[name].value)


def _before(one: Moment, other: Moment) -> bool:
    if one.exact and other.exact:
        return minutes_between(other, one) < 0
    return one.day < other.day
