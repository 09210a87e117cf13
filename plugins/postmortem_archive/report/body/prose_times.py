"""Moments that the summary's sentences tell: when harm began, when it ended, what ended it.

“At 09:30 UTC, the shop began to return errors” opens with when harm began; “the outage was resolved
at 10:15” ends with when it did. A remedy with its time, told before the end, is when harm was
first reduced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.outline import Part
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.grammar.moments import CLOCK, may_hold_clock
from postmortem_archive.report.languages import LANGUAGES, joined
from postmortem_archive.report.markup.blocks import ListBlock, ParagraphBlock, QuoteBlock
from postmortem_archive.report.markup.markdown import Segment
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Moment

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ0-9“\"])")
_AT = r"(?:at|around|starting at|from|um|gegen|ab|à|vers)"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How sentences of all languages tell the time of what they tell.

    `opening` is “At 14:02” or “On 4 March 2025 at 14:02”; the date is of the incident's day or
    reads by itself.
    """

    opening: re.Pattern[str]
    harm: re.Pattern[str]
    began: re.Pattern[str]
    ended: re.Pattern[str]
    remedied: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    # They take a while to compile, which a run that finds every report in the cache does without.
    clock = rf"(?P<at>{CLOCK.pattern})"
    about = r"(?:about\s|around\s)?"
    harm, began, ended, remedied = (
        joined(tuple(told))
        for told in (
            (lang.harm for lang in LANGUAGES),
            (lang.began for lang in LANGUAGES),
            (lang.ended for lang in LANGUAGES),
            (lang.remedied for lang in LANGUAGES),
        )
    )
    return _Patterns(
        *(
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                rf"^\W*(?:(?:on|am|le)\s[^:;]{{3,28}}?,?\s)?{_AT}\s{about}{clock}",
                rf"\b(?:{harm})\b",
                rf"(?:{began})\s{about}{clock}",
                rf"(?:{ended})\s{about}{clock}",
                rf"\b(?:{remedied})\b[^.;:]{{0,120}}?\s(?:at|um|à)\s{clock}",
            )
        )
    )


_FAILED = re.compile(joined(tuple(lang.failed for lang in LANGUAGES)), re.IGNORECASE)

Read = Callable[[str, str], Moment | None]


def times_in_prose(parts: Iterable[Part], read: Read, reading: Reading) -> dict[str, Fact]:
    """Return when harm began and ended, as sentences of these sections tell it.

    `read` gives the moment that a text begins with, from what stands before it as well.
    """
    patterns = _patterns()
    found: dict[str, Fact] = {}
    for segment in _lines(parts):
        if not may_hold_clock(segment.plain):
            continue
        for sentence in _SENTENCE.split(segment.plain):
            began = patterns.opening.match(sentence)
            if began and not patterns.harm.search(sentence, began.end()):
                began = None
            for name, match in (
                ("started", began or patterns.began.search(sentence)),
                ("resolved", patterns.ended.search(sentence)),
            ):
                at = match.start("at") if match else 0
                moment = read(sentence[at:], sentence[:at]) if match else None
                if match and moment and name not in found:
                    column = reading.source.column_of(segment.line, match["at"])
                    found[name] = Fact(moment, Place(segment.line, column))
    return found


def remedied_at(fields: Iterable[Field], read: Read, told: Mapping[str, Fact]) -> Fact | None:
    """Return when the remedy was applied that a field names with one time, before the end."""
    resolved = told["resolved"].value if "resolved" in told else None
    for held in fields:
        match = _patterns().remedied.search(held.plain)
        if not match or len(CLOCK.findall(held.plain)) > 1 or _FAILED.search(held.plain):
            continue
        at = match.start("at")
        moment = read(held.plain[at:], held.plain[:at])
        if moment and resolved and resolved.exact and moment.at < resolved.at:
            return Fact(moment, held.place)
    return None


def _lines(parts: Iterable[Part]) -> Iterator[Segment]:
    for part in parts:
        for block in part.blocks:
            inner = block.blocks if isinstance(block, QuoteBlock) else (block,)
            for paragraph in inner:
                if isinstance(paragraph, ParagraphBlock):
                    yield from paragraph.segments
                elif isinstance(paragraph, ListBlock):
                    yield from (
                        s for item in paragraph.items if item.lead for s in item.lead.segments
                    )
