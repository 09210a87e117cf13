"""Labelled lines of a body: bold fields, `Label: value` bullets and metadata tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from postmortem_archive.report.body.labelled import parted, split_label
from postmortem_archive.report.body.labels import fold_label, is_figure_label, key_of
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.languages import LANGUAGES
from postmortem_archive.report.markup.blocks import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
)
from postmortem_archive.report.markup.markdown import Segment, plain
from postmortem_archive.report.problem import Place
from postmortem_archive.report.source import Source

_COLONS = ":\uff1a "
_FIELD_HEADERS = frozenset(
    (fold_label(label), fold_label(value))
    for language in LANGUAGES
    for label, value in language.fields
)


@dataclass(frozen=True)
class Field:
    """A labelled value: what the label stands for, the value's tokens and place.

    `below` are the blocks under the line (a nested list), which may hold the value.
    """

    key: str | None
    label: str
    value: tuple[Token, ...]
    place: Place
    block: Block
    below: tuple[Block, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The value without markup."""
        return plain(self.value)

    @property
    def told(self) -> tuple[Token, ...]:
        """The value, or where its line holds none the paragraph or list right below it."""
        if self.plain or not self.below:
            return self.value
        return tuple(inline_of(self.below[0]))


def inline_of(block: Block) -> Iterator[Token]:
    """Yield the inline content of a paragraph, or of a list's items with semicolons between."""
    if isinstance(block, ParagraphBlock):
        yield from block.token.children or []
    for number, item in enumerate(block.items if isinstance(block, ListBlock) else ()):
        if number and item.lead:
            yield Token("text", "", 0, content="; ")
        yield from item.lead.token.children or [] if item.lead else ()


class FieldReader:
    """Reads the labelled lines of one body."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def of_segment(
        self,
        segment: Segment,
        block: Block,
        below: tuple[Block, ...] = (),
        *,
        bold_only: bool = True,
        after: int = 0,
    ) -> Field | None:
        """Return the field that one line holds, or what stands on it `after` a column."""
        found = split_label(segment, bold_only=bold_only)
        if not found:
            return None
        label, value = found
        key = key_of(label)
        if key is None and not _is_bold(segment) and not is_figure_label(label):
            return None
        if after:
            after = self.source.column_of(segment.line, label, after)
        column = self.source.column_of(segment.line, plain(value) or label, after)
        return Field(key, label, value, Place(segment.line, column), block, below)

    def of_block(self, block: Block) -> Iterator[Field]:
        """Yield the fields of a paragraph, a list, a metadata table, or a quote of these."""
        if isinstance(block, ParagraphBlock):
            yield from self._of_paragraph(block)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from self.of_item(item)
        elif isinstance(block, TableBlock) and is_field_table(block):
            for name, cell in _pairs(block):
                label = name.plain.rstrip(_COLONS)
                # In its row the value stands behind the label, unless that is in the table's head.
                after = self.source.column_of(cell.line, label) if name.line == cell.line else 0
                column = self.source.column_of(cell.line, cell.plain or label, after)
                place = Place(cell.line, column)
                yield Field(key_of(label), label, cell.segment.children, place, block)
        elif isinstance(block, QuoteBlock):
            quoted = [held for inner in block.blocks for held in self.of_block(inner)]
            if sum(held.key is not None for held in quoted) >= _FEWEST_KNOWN:
                yield from quoted

    def _of_paragraph(self, block: ParagraphBlock) -> Iterator[Field]:
        current: Field | None = None
        bold_only = not _is_plain_block(block)
        for segment in (part for line in block.segments for part in parted(line)):
            on_the_line = current and current.place.line == segment.line
            after = current.place.column if current and on_the_line else 0
            field = self.of_segment(segment, block, bold_only=bold_only, after=after)
            if field:
                if current:
                    yield current
                current = field
            elif current:
                value = (*current.value, Token("softbreak", "br", 0), *segment.children)
                current = Field(current.key, current.label, value, current.place, block)
        if current:
            yield current

    def of_item(self, item: ListItem) -> Iterator[Field]:
        """Yield the field that a list item holds."""
        if not item.lead:
            return
        first, *rest = item.lead.segments
        field = self.of_segment(first, item, item.rest, bold_only=False)
        if field is None:
            return
        value = list(field.value)
        for segment in rest:
            value += [Token("softbreak", "br", 0), *segment.children]
        yield Field(field.key, field.label, tuple(value), field.place, item, item.rest)

    def of_part(self, part: Part) -> Iterator[Field]:
        """Yield the fields of a section's own blocks; a label's value may stand below it."""
        for number, block in enumerate(part.blocks):
            fields = list(self.of_block(block))
            if fields and isinstance(block, ParagraphBlock) and not fields[-1].plain:
                last = fields[-1]
                below = part.blocks[number + 1 : number + 2]
                fields[-1] = Field(last.key, last.label, last.value, last.place, block, below)
            yield from fields


def _is_bold(segment: Segment) -> bool:
    return any(child.type == "strong_open" for child in segment.children[:2])


_FEWEST_KNOWN = 2
_FEWEST_LABELS = 3


def _is_plain_block(paragraph: ParagraphBlock) -> bool:
    """Whether all lines of a paragraph are labels with values, and no prose: `Severity: P2`."""
    if len(paragraph.segments) < _FEWEST_KNOWN:
        return False
    found = [split_label(segment, bold_only=False) for segment in paragraph.segments]
    return (
        all(found) and sum(key_of(told[0]) is not None for told in found if told) >= _FEWEST_KNOWN
    )


def is_field_table(table: TableBlock) -> bool:
    """Whether a table holds fields.

    It has two columns, which are headed Field and Value or not at all, or the first of which holds
    known labels; or it has one row, below heads that are known labels.
    """
    if len(table.header) != 2:
        return _is_across(table)
    header = (fold_label(table.header[0].plain), fold_label(table.header[1].plain))
    return header in _FIELD_HEADERS or _are_labels([row[0] for row in table.rows])


def _is_across(table: TableBlock) -> bool:
    return len(table.rows) == 1 and _are_labels(table.header)


def _are_labels(cells: Sequence[Cell]) -> bool:
    """Whether enough of some cells are labels of facts, and nearly all of them."""
    known = sum(1 for cell in cells if key_of(cell.plain.rstrip(_COLONS)) not in (None, "time"))
    return known >= _FEWEST_LABELS and known * 4 >= len(cells) * 3


def _pairs(table: TableBlock) -> Iterator[tuple[Cell, Cell]]:
    """Yield the labels of a field table with their values; its head may be one of them."""
    if len(table.header) != 2 or (_is_across(table) and not _are_labels(table.rows[0][:1])):
        yield from zip(table.header, table.rows[0], strict=False)
        return
    if key_of(table.header[0].plain.rstrip(_COLONS)) and table.header[1].plain:
        yield table.header[0], table.header[1]
    yield from ((row[0], row[1]) for row in table.rows)


def all_fields(outline: Outline, source: Source) -> tuple[tuple[Part, Field], ...]:
    """Return every labelled line of a body with the section it stands in."""
    reader = FieldReader(source)
    return tuple((part, field) for part in outline.parts for field in reader.of_part(part))
