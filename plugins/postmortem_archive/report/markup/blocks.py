"""A report's body as a tree of blocks, each with its line and its tokens.

Only what facts are read from gets a class of its own: headings, paragraphs, lists, tables, and
quotes (some formats quote their summary). Code and raw HTML stay opaque, so nothing inside them
is taken for a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from postmortem_archive.report.markup.markdown import Segment, plain, segments


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the body: its tokens are `[start, stop)`, its lines `[line, end_line)`."""

    start: int
    stop: int
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class RuleBlock(Block):
    """A rule (`---`), which sets parts of a text apart."""


@dataclass(frozen=True, slots=True)
class HeadingBlock(Block):
    """A heading, or a paragraph in bold that serves as one; `title` is its text alone."""

    level: int
    token: Token
    title: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphBlock(Block):
    """A paragraph, as lines of inline content; `plain` is its text without markup."""

    token: Token
    segments: tuple[Segment, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class ListItem(Block):
    """An item of a list: its tick, if it has a checkbox, and its blocks."""

    ticked: bool | None
    blocks: tuple[Block, ...]

    @property
    def lead(self) -> ParagraphBlock | None:
        """The item's first paragraph, None if it begins with something else."""
        first = self.blocks[0] if self.blocks else None
        return first if isinstance(first, ParagraphBlock) else None

    @property
    def plain(self) -> str:
        """The text of the item's first paragraph."""
        return self.lead.plain if self.lead else ""

    @property
    def rest(self) -> tuple[Block, ...]:
        """The blocks after the first paragraph."""
        return self.blocks[1:] if self.lead else self.blocks


@dataclass(frozen=True, slots=True)
class ListBlock(Block):
    """A bullet list or a numbered one."""

    items: tuple[ListItem, ...]
    ordered: bool


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    token: Token
    line: int

    @cached_property
    def plain(self) -> str:
        """The cell's text without markup."""
        return plain(self.token.children or [])

    @property
    def segment(self) -> Segment:
        """The cell's content as a segment."""
        return Segment(tuple(self.token.children or ()), self.line)


@dataclass(frozen=True, slots=True)
class TableBlock(Block):
    """A table: its header cells, and rows of as many cells."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class QuoteBlock(Block):
    """A block quote, with the blocks in it."""

    blocks: tuple[Block, ...]


def read_blocks(tokens: Sequence[Token], first_line: int) -> tuple[Block, ...]:
    """Return the body's blocks; `first_line` is the line in the file where the body starts."""
    return _Builder(tokens, first_line).blocks(0, len(tokens))


class _Builder:
    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self.tokens = tokens
        self.first_line = first_line
        self.closers = _closers(tokens)

    def span(self, start: int) -> tuple[int, int, int, int]:
        begin, end = self.tokens[start].map or (0, 0)
        stop = self.closers.get(start, start) + 1
        return start, stop, begin + self.first_line, end + self.first_line

    def blocks(self, start: int, stop: int) -> tuple[Block, ...]:
        found: list[Block] = []
        index = start
        while index < stop:
            if self.tokens[index].type == "footnote_block_open":
                break
            block = self.block(index)
            found.append(block)
            index = block.stop
        return tuple(found)

    def block(self, index: int) -> Block:
        token = self.tokens[index]
        span = self.span(index)
        if token.type == "heading_open":
            inline = self.tokens[index + 1]
            return HeadingBlock(*span, int(token.tag[1]), inline, plain(inline.children or []))
        if token.type == "paragraph_open":
            inline = self.tokens[index + 1]
            lines = segments(inline, span[2])
            return ParagraphBlock(*span, inline, lines, plain(inline.children or []))
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = tuple(self.items(index + 1, span[1] - 1))
            return ListBlock(*span, items=items, ordered=token.type == "ordered_list_open")
        if token.type == "table_open":
            return self.table(span)
        if token.type == "hr":
            return RuleBlock(*span)
        if token.type == "blockquote_open":
            return QuoteBlock(*span, blocks=self.blocks(index + 1, span[1] - 1))
        return Block(*span)

    def items(self, start: int, stop: int) -> Iterator[ListItem]:
        index = start
        while index < stop:
            span = self.span(index)
            ticked = self.tokens[index].meta.get("checked")
            yield ListItem(*span, ticked=ticked, blocks=self.blocks(index + 1, span[1] - 1))
            index = span[1]

    def table(self, span: tuple[int, int, int, int]) -> TableBlock:
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        line = span[2]
        for token in self.tokens[span[0] : span[1]]:
            if token.type == "tr_open":
                row, line = [], (token.map or (0,))[0] + self.first_line
            elif token.type == "inline":
                row.append(Cell(token, line))
            elif token.type == "tr_close":
                rows.append(tuple(row))
        return TableBlock(*span, header=rows[0], rows=tuple(rows[1:]))


def _closers(tokens: Sequence[Token]) -> dict[int, int]:
    """Return, for each opening token, the index of the token that closes it."""
    open_at: list[int] = []
    pairs: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            open_at.append(index)
        elif token.nesting == -1 and open_at:
            pairs[open_at.pop()] = index
    return pairs


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks and the blocks inside their list items, in order."""
    for block in blocks:
        yield block
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from walk(item.blocks)
