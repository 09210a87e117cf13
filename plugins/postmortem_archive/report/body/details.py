"""What stands below an entry or an item, as lines of prose that can stand anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.markup.blocks import (
    Block,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
)
from postmortem_archive.report.markup.markdown import text_of
from postmortem_archive.report.record import Text


class DetailReader:
    """Turns blocks of one body into lines: nested lists are laid flat, code keeps its lines."""

    def __init__(self, tokens: Sequence[Token], env: dict[str, Any], path: str) -> None:
        self.tokens = tokens
        self.env = env
        self.path = path

    def read(self, blocks: Sequence[Block]) -> Iterator[Text]:
        """Yield the lines that blocks hold, in order."""
        for block in blocks:
            match block:
                case ParagraphBlock():
                    yield self.text(block.token.children or [])
                case ListBlock():
                    for item in block.items:
                        yield from self.read(item.blocks)
                case QuoteBlock():
                    yield from self.read(block.blocks)
                case TableBlock():
                    yield from self._rows(block)
                case _:
                    yield from self._opaque(block)

    def text(self, children: Sequence[Token]) -> Text:
        """Return inline tokens as prose."""
        return text_of(children, self.env, self.path)

    def labelled(self, label: str, value: Text) -> Text:
        """Return a value with its label before it."""
        return Text(
            f"{label}: {value.plain}".strip(),
            f"<strong>{escape(label, quote=False)}:</strong> {value.html}".strip(),
        )

    def _rows(self, table: TableBlock) -> Iterator[Text]:
        for row in (table.header, *table.rows):
            cells = [self.text(cell.segment.children) for cell in row]
            told = [cell for cell in cells if cell.plain]
            if told:
                yield Text(" – ".join(c.plain for c in told), " – ".join(c.html for c in told))

    def _opaque(self, block: Block) -> Iterator[Text]:
        """Yield code as code, and the inline content of anything else (a note, an alert)."""
        for token in self.tokens[block.start : block.stop]:
            if token.type in ("fence", "code_block"):
                lines = token.content.rstrip("\n").split("\n")
                html = "<br>".join(f"<code>{escape(line, quote=False)}</code>" for line in lines)
                yield Text(" ".join(token.content.split()), html)
            elif token.type == "inline":
                yield self.text(token.children or [])
