"""Where a timeline stands in a body, and which column of its tables holds what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from postmortem_archive.report.body.labels import counts_rows, fold_label
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.grammar.when import read_when
from postmortem_archive.report.languages import LANGUAGES
from postmortem_archive.report.markup.blocks import ListBlock, ParagraphBlock, TableBlock

_TIME_HEADERS = frozenset(fold_label(h) for language in LANGUAGES for h in language.times)
_DATE_HEADERS = frozenset(fold_label(h) for language in LANGUAGES for h in language.days)
_ACTOR_HEADERS = frozenset(fold_label(h) for language in LANGUAGES for h in language.actors)


def timeline_parts(outline: Outline) -> list[Part]:
    """Return the first section named timeline, with the sections below it.

    Where none has that name, it is the first whose list, table or lines are ones of times.
    """
    parts: list[Part] = []
    for part in outline.parts:
        if parts and part.level <= parts[0].level:
            break
        if parts or part.name == "timeline":
            parts.append(part)
    return parts or [part for part in outline.parts if _tells_times(part)][:1]


FEWEST_TIMES = 3


_NO_TIMELINE = frozenset({"actions", "lessons", "metrics"})
_WORDS = re.compile(r"[^\W\d_]{2,}\W+(?:\w+\W+){0,3}[^\W\d_]{2,}")


def _tells_times(part: Part) -> bool:
    """Whether a section has a list or table, or lines, of which nearly all begin with a time."""
    if not _NO_TIMELINE.isdisjoint((part.name, *part.parents)):
        return False
    for block in part.blocks:
        if isinstance(block, ListBlock) and _are_times([item.plain for item in block.items]):
            return True
        if isinstance(block, TableBlock) and _is_of_events(block):
            return True
    paragraphs = (block for block in part.blocks if isinstance(block, ParagraphBlock))
    return _are_times([segment.plain for block in paragraphs for segment in block.segments])


def _are_times(texts: list[str]) -> bool:
    if len(texts) < FEWEST_TIMES:
        return False
    timed = sum(1 for text in texts if (when := read_when(text)) and when.clock)
    return timed >= FEWEST_TIMES and timed * 5 >= len(texts) * 4


def _is_of_events(table: TableBlock) -> bool:
    """Whether a table tells what happened when; one of figures over time does not."""
    columns = columns_of(table)
    if columns is None or columns.time is None:
        return False
    told = [" ".join(row[n].plain for n in columns.text) for row in table.rows]
    wordy = sum(1 for text in told if _WORDS.search(text))
    return wordy * 5 >= len(told) * 4 and _are_times(
        [row[columns.time].plain for row in table.rows]
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a timeline table."""

    time: int | None
    day: int | None
    actor: int | None
    text: tuple[int, ...]


def columns_of(table: TableBlock) -> Columns | None:
    """Return which column is which, None where the table is no timeline."""
    heads = [fold_label(cell.plain) for cell in table.header]
    time = _find(heads, _TIME_HEADERS)
    day = _find(heads, _DATE_HEADERS)
    if time is None and day is None:
        column = [row[0].plain for row in table.rows]
        timed = sum(1 for text in column if (when := read_when(text)) and when.clock)
        if not timed or timed * 2 < len(column):
            return None
        time = 0
    actor = _find(heads, _ACTOR_HEADERS)
    named = (time, day, actor)
    text = tuple(n for n in range(len(heads)) if n not in named and not counts_rows(table, n))
    if not text and actor is not None:
        text, actor = (actor,), None
    return Columns(time, day, actor, text) if text else None


def _find(heads: list[str], wanted: frozenset[str]) -> int | None:
    return next((n for n, head in enumerate(heads) if head in wanted), None)
