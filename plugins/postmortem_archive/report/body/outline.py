"""The sections of a body, by heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from postmortem_archive.report.body.headings import section_name
from postmortem_archive.report.grammar.placeholders import (
    is_example_mark,
    is_guide_mark,
    is_instruction,
    is_sample_row,
)
from postmortem_archive.report.markup.blocks import (
    Block,
    HeadingBlock,
    ListBlock,
    ListItem,
    ParagraphBlock,
    TableBlock,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its heading (None before the first), its own blocks, and what lies around it.

    `blocks` run to the next heading of any level, without the examples and instructions that a
    template has there (`whole` tells whether it had none). `parents` are the named sections around
    it. In a list whose items are labels with lists of their own, each such item is a section too,
    with a `label` for a heading, `below` which there is no level.
    """

    name: str | None
    heading: HeadingBlock | None
    blocks: tuple[Block, ...]
    parents: tuple[str | None, ...] = ()
    whole: bool = True
    label: str = ""
    below: int = 0

    @property
    def level(self) -> int:
        """The heading's level, 0 for what stands before the first; a label stands below all."""
        return self.heading.level if self.heading else self.below

    @property
    def title(self) -> str:
        """The heading's text, or the label."""
        return self.heading.title if self.heading else self.label

    @property
    def line(self) -> int:
        """The line where the section starts."""
        if self.heading:
            return self.heading.line
        return self.blocks[0].line if self.blocks else 1


@dataclass(frozen=True)
class Outline:
    """All sections of a body, in order."""

    parts: tuple[Part, ...]

    def within(self, name: str) -> Iterator[Part]:
        """Yield the sections of that name, and the sections below them."""
        for part in self.parts:
            if part.name == name or name in part.parents:
                yield part

    def first(self, *names: str) -> Part | None:
        """Return the first section of any of these names."""
        return next((part for part in self.parts if part.name in names), None)

    @cached_property
    def title(self) -> Part | None:
        """The section whose heading is the report's title, None where none is.

        That is a first heading of level 1; or one that the body begins with and that stands above
        all others, as people write where a page has its title elsewhere.
        """
        headed = [part for part in self.parts if part.heading]
        if not headed or headed[0].level == 1:
            return headed[0] if headed else None
        first, *others = headed
        opens = not self.parts[0].blocks and first.name is None
        return first if opens and others and all(p.level > first.level for p in others) else None

    @property
    def bold_headings(self) -> frozenset[int]:
        """The indexes of the paragraphs in bold that serve as headings."""
        headings = (part.heading for part in self.parts if part.heading)
        return frozenset(heading.start for heading in headings if heading.bold)

    def has(self, name: str) -> bool:
        """Whether there is a section of that name."""
        return any(part.name == name for part in self.parts)


def _told(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks without a template's own examples and instructions."""
    example = False
    for block in blocks:
        if example:
            example = False
        elif isinstance(block, ParagraphBlock):
            opening = block.segments[0].plain
            if is_guide_mark(opening):
                return
            # The example stands below its mark, or goes on in the same paragraph.
            example = is_example_mark(opening) and len(block.segments) == 1
            if not is_example_mark(opening) and not is_instruction(block.plain):
                yield block
        elif not (isinstance(block, TableBlock) and _is_sample(block)):
            yield block


def _is_sample(table: TableBlock) -> bool:
    """Whether a table is the one that a template gives as its example."""
    return bool(table.rows) and is_sample_row(table.rows[0][-1].plain)


def outline(blocks: Sequence[Block]) -> Outline:
    """Divide a body's blocks into sections."""
    parts: list[Part] = []
    around: list[tuple[int, str | None]] = []
    heading: HeadingBlock | None = None
    own: list[Block] = []

    def close() -> None:
        told = tuple(_told(own))
        whole = len(told) == len(own)
        if heading is None:
            parts.append(Part(None, None, told, whole=whole))
            return
        while around and around[-1][0] >= heading.level:
            around.pop()
        parents = tuple(name for _, name in around)
        name = section_name(heading.title, parents)
        parts.append(Part(name, heading, told, parents, whole))
        around.append((heading.level, name))

    for block in _with_bold_headings(blocks):
        if isinstance(block, HeadingBlock):
            close()
            heading, own = block, []
        else:
            own.append(block)
    close()
    return Outline(tuple(inner for part in parts for inner in (part, *_labelled_parts(part))))


_LOWEST = 6


def _with_bold_headings(blocks: Sequence[Block]) -> Sequence[Block]:
    """Take lines in bold for headings, where a text names its sections in no other way."""
    if any(isinstance(block, HeadingBlock) and section_name(block.title) for block in blocks):
        return blocks
    bold = {block.start: found for block in blocks if (found := _as_heading(block))}
    if len(bold) < 2:
        return blocks
    return [bold.get(block.start, block) for block in blocks]


def _as_heading(block: Block) -> HeadingBlock | None:
    """Return a paragraph as a heading, if it is the name of a section in bold and nothing else."""
    if not isinstance(block, ParagraphBlock) or len(block.segments) > 1:
        return None
    if not is_bold(block.token.children or []) or not section_name(block.plain):
        return None
    place = (block.start, block.stop, block.line, block.end_line)
    return HeadingBlock(*place, _LOWEST, block.token, block.plain, bold=True)


_BELOW_ALL = 7


def _labelled_parts(part: Part) -> Iterator[Part]:
    """Yield the items of a section's lists that serve as sections, where several of a list do."""
    for block in part.blocks:
        items = block.items if isinstance(block, ListBlock) and not block.ordered else ()
        labels = [(item, _label_of(item)) for item in items if item.rest]
        named = [(item, label, section_name(label)) for item, label in labels if label]
        names = [name for _, _, name in named if name]
        if len(names) > 1 or "key_events" in names:
            parents = (*part.parents, part.name)
            for item, label, name in named:
                told = tuple(_told(item.rest))
                yield Part(name, None, told, parents, label=label, below=_BELOW_ALL)


def _label_of(item: ListItem) -> str | None:
    """Return the bold label that is all that an item's first line says."""
    children = item.lead.token.children or [] if item.lead else []
    return item.plain.rstrip(": ") if is_bold(children) else None


def is_bold(children: Sequence[Token]) -> bool:
    """Tell whether all of a line stands in bold, but for a colon behind it."""
    told = [c for c in children if c.type != "text" or c.content.strip(": ")]
    bold = [n for n, c in enumerate(told) if c.type in ("strong_open", "strong_close")]
    return bool(told) and bold == [0, len(told) - 1]
