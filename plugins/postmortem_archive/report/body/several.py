"""Whether one file tells of several incidents, whose milestones must not be mixed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.moments import CLOCK, DATE, MONTH_DAY
from postmortem_archive.report.markup.blocks import HeadingBlock
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import MILESTONES

# What a heading has that sets one incident apart from the next.
_NUMBERED = re.compile(
    r"\b(?:incident|outage|vorfall|störung|ausfall|panne)\s*(?:#|no\.?\s?|nr\.?\s?|n°\s?)?"
    r"(?:\d+|[A-D]\b|one\b|two\b|three\b)|^\W*(?:first|second|third) (?:incident|outage)\b",
    re.IGNORECASE,
)
# A line after every file's last.
_NO_LINE = 10**9
_TOLD = frozenset({*MILESTONES, "duration", "when"})


def first_of_several(
    outline: Outline, fields: Sequence[tuple[Part, Field]], reading: Reading
) -> int | None:
    """Return the line of the first incident where a file tells of several, and say so.

    None where it tells of one: no sections of one level are incidents each.

    They are where their headings name a day or a number each, or are titles with another day each
    in a field below, and below two or more of them stand milestones, or a timeline, of their own.
    """
    own: dict[int, dict[int, HeadingBlock]] = {}
    telling = {held.place for _, held in fields if held.key in _TOLD and CLOCK.search(held.plain)}
    for heading in _incident_headings(outline, telling, _dated_titles(fields)):
        own.setdefault(heading.level, {})[heading.start] = heading
    several = next((list(found.values()) for found in own.values() if len(found) > 1), None)
    if several is None:
        return None
    second = several[1]
    reading.warn(
        Place(second.line, reading.source.column_of(second.line, second.title)),
        "several-incidents",
        f"the file tells of {len(several)} incidents; no milestones are taken from its text",
        found=second.title,
        expected="a file for each incident",
    )
    return several[0].line


def _dated_titles(fields: Sequence[tuple[Part, Field]]) -> set[int]:
    """Return the lines of the titles of one level that have a day each, and not the same one."""
    days: dict[int, dict[int, str]] = {}
    for part, held in fields:
        if part.heading and part.name is None and held.key == "date" and DATE.search(held.plain):
            days.setdefault(part.level, {}).setdefault(part.line, held.plain)
    several = (found for found in days.values() if len(set(found.values())) > 1)
    return {line for found in several for line in found}


def _incident_headings(
    outline: Outline, telling: set[Place], dated: set[int]
) -> Iterator[HeadingBlock]:
    """Yield the headings that set an incident apart, for each thing told below them."""
    lines = sorted({place.line for place in telling})
    around: list[HeadingBlock] = []
    timelines = {part.line for part in outline.parts if part.name == "timeline" and part.heading}
    parts = [part for part in outline.parts if part.heading]
    for part, following in zip_longest(parts, parts[1:]):
        while around and around[-1].level >= part.level:
            around.pop()
        around += [part.heading] if part.heading else []
        end = following.line if following else _NO_LINE
        told = part.line in timelines or any(part.line <= line < end for line in lines)
        if told:
            yield from (
                h
                for h in around
                if h.line in dated or (h.level > 1 and _sets_apart(h.title, h, part))
            )


def _sets_apart(title: str, heading: HeadingBlock, telling: Part) -> bool:
    """Whether a heading is an incident's own; one that is itself the timeline's day is not."""
    if heading is telling.heading and telling.name == "timeline":
        return False
    return bool(DATE.search(title) or MONTH_DAY.search(title) or _NUMBERED.search(title))
