"""What a section's opening prose tells: the summary, the root cause, what ended the incident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.body.fields import Field, inline_of
from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.body.labels import key_of
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.grammar.placeholders import is_missing
from postmortem_archive.report.markup.blocks import Block, ListBlock, ParagraphBlock, QuoteBlock
from postmortem_archive.report.markup.markdown import plain, text_of
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Cause, Text

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ0-9“\"])")
_LONGEST = 320
_FEWEST_WORDS = 6

# Facts that a report may leave to a section of their own, the section that says it best first.
_SECTIONS = (
    ("root_cause", ("primary_cause", "root_cause")),
    ("mitigation", ("mitigation",)),
    ("resolution", ("permanent_resolution", "resolution")),
)


def _read_summary(
    outline: Outline,
    fields: Sequence[tuple[Part, Field]],
    env: dict[str, Any],
    reading: Reading,
) -> Fact | None:
    """Return the first sentences of the summary section, or its line “What: …”."""
    for part, held in fields:
        if held.key == "summary" and part.name == "summary" and not is_missing(held.plain):
            return Fact(text_of(held.value, env, reading.path), held.place)
    for part in (*(p for p in outline.parts if p.name == "summary"), *outline.within("summary")):
        for block in flat(part.blocks):
            if isinstance(block, ParagraphBlock) and _is_prose(block) and not _is_field(block):
                return _fact(block, env, reading)
    return None


def read_explanation(
    outline: Outline,
    fields: Sequence[tuple[Part, Field]],
    env: dict[str, Any],
    reading: Reading,
    *,
    known: set[str],
) -> dict[str, Fact]:
    """Return the summary, and the cause and the remedies that sections tell and fields do not."""
    summary = _read_summary(outline, fields, env, reading)
    found = {"summary": summary} if summary else {}
    for key, names in _SECTIONS:
        parts = (part for name in names for part in outline.parts if part.name == name)
        blocks = (_opening(part) for part in parts if key not in known)
        block = next((block for block in blocks if block), None)
        if block:
            fact = _fact(block, env, reading)
            value = Cause(None, fact.value) if key == "root_cause" else fact.value
            found[key] = Fact(value, fact.place)
    return found


def flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, those of a quote in its place: some formats quote their summary."""
    for block in blocks:
        yield from block.blocks if isinstance(block, QuoteBlock) else (block,)


def _opening(part: Part) -> Block | None:
    """Return a section's first paragraph or bullet list, unless its lines carry labels."""
    block = next(iter(part.blocks), None)
    if isinstance(block, ParagraphBlock):
        told = not is_missing(block.plain) and split_label(block.segments[0]) is None
        # “The outage had three causes:” announces what is told below, and tells nothing.
        return block if told and not block.plain.endswith(":") else None
    if isinstance(block, ListBlock) and not block.ordered:
        labelled = any(i.lead and split_label(i.lead.segments[0]) for i in block.items)
        missing = all(is_missing(item.plain) for item in block.items)
        return None if labelled or missing else block
    return None


def _is_prose(block: ParagraphBlock) -> bool:
    text = block.plain
    enough = len(text.split()) >= _FEWEST_WORDS and not text.endswith(("?", ":"))
    return enough and not is_missing(text)


def _is_field(block: ParagraphBlock) -> bool:
    label = split_label(block.segments[0])
    return label is not None and key_of(label[0]) not in (None, "summary")


def _fact(block: Block, env: dict[str, Any], reading: Reading) -> Fact:
    children = tuple(inline_of(block))
    column = reading.source.column_of(block.line, plain(children))
    return Fact(_shortened(children, env, reading), Place(block.line, column))


def _shortened(children: Sequence[Token], env: dict[str, Any], reading: Reading) -> Text:
    """Return the first sentences; with their markup where that is all there is."""
    text = plain(children)
    if len(text) <= _LONGEST:
        return text_of(children, env, reading.path)
    kept = ""
    for sentence in _SENTENCE.split(text):
        if kept and len(kept) + len(sentence) > _LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    return Text(kept, escape(kept, quote=False))
