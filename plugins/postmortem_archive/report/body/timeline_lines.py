"""The lines of a timeline's lists and paragraphs, each with what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it.token import Token

from postmortem_archive.report.grammar.when import read_when
from postmortem_archive.report.markup.blocks import Block, ListItem, ParagraphBlock
from postmortem_archive.report.markup.markdown import Segment, is_line_break
from postmortem_archive.report.markup.trim import cut, unfolded

# What people type for a bullet, and Markdown takes for text of the line before.
_BULLET = re.compile(r"\s*[–—•‣·●▪*-]\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its tokens, its number in the file, its block, and the blocks below it."""

    children: tuple[Token, ...]
    number: int
    block: Block
    below: tuple[Block, ...] = ()


def lines_of_item(item: ListItem) -> Iterator[Line]:
    """Yield a list item as one line, or as several where each of its lines begins with a time."""
    if not item.lead:
        yield Line((), item.line, item, item.rest)
        return
    yield from _with_below(list(_lines(item.lead, item)), item.rest)


def lines_of_paragraph(block: Block) -> Iterator[Line]:
    """Yield the lines of a paragraph that begin with a time; any other block stands below one."""
    if isinstance(block, ParagraphBlock):
        yield from _lines(block, block)
    else:
        yield Line((), block.line, block, (block,))


def _with_below(lines: list[Line], below: tuple[Block, ...]) -> Iterator[Line]:
    yield from lines[:-1]
    yield replace(lines[-1], below=below)


def _lines(paragraph: ParagraphBlock, block: Block) -> Iterator[Line]:
    """Yield a paragraph's lines, those that begin with no time at the end of the one before."""
    current: Line | None = None
    for segment in _broken(paragraph):
        children = segment.children
        if current is not None:
            bullet = _BULLET.match(unfolded(children))
            bare = cut(children, bullet.end()) if bullet else children
            when = read_when(unfolded(bare))
            if when is None or when.clock is None:
                joint = Token("softbreak", "br", 0)
                current = replace(current, children=(*current.children, joint, *children))
                continue
            yield current
            children = bare
        current = Line(tuple(children), segment.line, block)
    if current is not None:
        yield current


def _broken(paragraph: ParagraphBlock) -> Iterator[Segment]:
    """Yield a paragraph's lines, parted at `<br>` as well."""
    for segment in paragraph.segments:
        yield from broken_at_tags(segment)


def broken_at_tags(segment: Segment) -> Iterator[Segment]:
    """Yield the parts of a line that `<br>` divides it into."""
    part: list[Token] = []
    for child in segment.children:
        if is_line_break(child):
            yield Segment(tuple(part), segment.line)
            part = []
        else:
            part.append(child)
    yield Segment(tuple(part), segment.line)
