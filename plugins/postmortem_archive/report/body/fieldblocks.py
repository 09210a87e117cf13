"""The blocks of labelled lines that a page shows in its own way, and what else stood in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from postmortem_archive.report.body.fields import Field, FieldReader, is_field_table
from postmortem_archive.report.body.labelled import parted
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.body.people import names_in
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.moments import DATE, Clock
from postmortem_archive.report.grammar.placeholders import is_choice, is_placeholder
from postmortem_archive.report.grammar.when import read_when
from postmortem_archive.report.grammar.zones import find_zone, is_out_of_season, zone_in
from postmortem_archive.report.markup.blocks import (
    Block,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    RuleBlock,
    TableBlock,
)
from postmortem_archive.report.markup.markdown import text_of
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import MILESTONES, Statement
from postmortem_archive.report.vocabulary import STATUSES, fold

# Keys whose value a page always shows, so that the line itself may go.
_DAYS = frozenset({"date", "updated", "published", "next_review"})
_NAMES = frozenset({"services", "authors", "reviewers"})
_SHOWN = frozenset(
    {"id", "date", "started", "resolved", "detected", "acknowledged", "mitigated", "severity",
     "status", "document_status", "services", "authors", "reviewers", "updated", "published",
     "next_review", "version"}
)  # fmt: skip
# So are these, but a section of nothing else is no footer.
_AT_THE_TOP = frozenset({"mitigation", "resolution", "verification"})


@dataclass(slots=True)
class FieldBlocks:
    """Token ranges of the field blocks, of headings left empty, and the lines of other labels."""

    slots: list[tuple[int, int]] = field(default_factory=list)
    dropped: list[tuple[int, int]] = field(default_factory=list)
    others: list[Statement] = field(default_factory=list)


def find_field_blocks(
    outline: Outline,
    read_at: Collection[Place],
    env: dict[str, Any],
    reading: Reading,
) -> FieldBlocks:
    """Return the field blocks: at the head of a report, under its details, and at its foot.

    `read_at` are the places of the facts that were understood; a line that was not understood, or
    that says more than its fact, is kept among the others, so that no sentence is lost.
    """
    found = FieldBlocks()
    told: set[tuple[str | None, str]] = set()
    reader = FieldReader(reading.source)
    last = [part for part in outline.parts if not part.label][-1]
    for part in outline.parts:
        head = _is_head(part, outline)
        details = part.name == "incident_details"
        if not (head or details or part is last):
            continue
        taken = []
        for block in part.blocks:
            fields = tuple(_whole(block, reader))
            if not fields or not (head or details or _is_footer(fields)):
                continue
            taken.append(block)
            (found.slots if head or details else found.dropped).append((block.start, block.stop))
            told |= {(f.key, f.plain) for f in fields if f.place in read_at}
            found.others += [
                Statement(f.label, text_of(f.value, env, reading.path), f.place)
                for f in fields
                if f.plain and not _is_left_over(f)
                and not ((f.key, f.plain) in told and is_wholly_told(f, reading))
            ]  # fmt: skip
        found.dropped += _rules_around(part, taken)
        if details and part.heading and part.whole and len(taken) == len(_telling(part.blocks)):
            found.dropped.append((part.heading.start, part.heading.stop))
    return found


def _is_head(part: Part, outline: Outline) -> bool:
    """Whether a section is what stands before the first heading below the title."""
    return (part.heading is None and not part.label) or part is outline.title


def _whole(block: Block, reader: FieldReader) -> Iterator[Field]:
    """Yield a block's fields if it holds nothing else."""
    fields = tuple(reader.of_block(block))
    if isinstance(block, ParagraphBlock):
        lines = sum(len(parted(segment)) for segment in block.segments)
        complete = bool(fields) and len(fields) == lines
    elif isinstance(block, ListBlock):
        complete = len(fields) == len(block.items) and not any(f.below for f in fields)
    elif isinstance(block, QuoteBlock):
        inner = [tuple(_whole(quoted, reader)) for quoted in block.blocks]
        complete = bool(fields) and all(inner)
    else:
        complete = isinstance(block, TableBlock) and is_field_table(block)
    # A label without a value announces what stands below it.
    if complete and all(f.plain for f in fields):
        yield from fields


def _is_left_over(held: Field) -> bool:
    choice = held.key in ("severity", "status", "document_status") and is_choice(held.plain)
    return choice or is_placeholder(held.plain)


def is_wholly_told(held: Field, reading: Reading) -> bool:
    """Whether a page's own rendering of a field's fact says all that the field says."""
    text = held.plain.strip("` ")
    if held.key not in _SHOWN | _AT_THE_TOP:
        return False
    if held.key in _DAYS:
        return not re.search(r"\w", DATE.sub("", text, count=1))
    if held.key in MILESTONES:
        when = read_when(text, reading.dates, whole=True)
        zone = zone_in(held.label)
        return (
            when is not None
            and not (when.clock and _has_doubtful_zone(when.clock, when.day))
            and not (zone and find_zone(zone) is None)
        )
    if held.key == "severity":
        return text.isdigit() or reading.settings.severities.find(text) is not None
    if held.key in ("status", "document_status"):
        return STATUSES.find(text) is not None
    known = reading.settings.services
    if held.key == "services" and known.terms and not all(map(known.find, names_in(text))):
        return False
    if held.key in _NAMES:
        return fold("".join(names_in(text))) == fold(text.replace(" and ", " "))
    return True


def _has_doubtful_zone(clock: Clock, day: date | None) -> bool:
    """Whether a clock names a zone that was not used, so that its name must stay on the page."""
    if not clock.zone:
        return False
    zone = find_zone(clock.zone)
    return zone is None or bool(day and is_out_of_season(zone, datetime.combine(day, clock.at)))


def _is_footer(fields: Sequence[Field]) -> bool:
    return all(f.key in _SHOWN for f in fields)


def _telling(blocks: Sequence[Block]) -> list[Block]:
    return [b for b in blocks if isinstance(b, ParagraphBlock | ListBlock | TableBlock)]


def _rules_around(part: Part, taken: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the rules (`---`) that set a taken block apart."""
    stops = {block.stop for block in taken}
    starts = {block.start for block in taken}
    for block in part.blocks:
        if isinstance(block, RuleBlock) and (block.start in stops or block.stop in starts):
            yield (block.start, block.stop)
