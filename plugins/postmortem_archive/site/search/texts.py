"""Safe HTML as the texts that people read in it, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

Run = tuple[str, bool]
"""A stretch of a text, and whether it is code."""

# The sanitiser writes attributes in double quotes, and leaves a `>` in one as it is.
_TAG = re.compile(r'<(/?[a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>')
_ALT = re.compile(r'\balt="([^"]*)"')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MUCH_SPACE = re.compile(r"[\t\r\n\f]|  ")
_CODE = frozenset({"code", "kbd", "samp"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What stands within a block; any other element is a block.
_WITHIN = _CODE | frozenset(
    {
        "a", "abbr", "b", "br", "cite", "del", "dfn", "em", "i", "img", "input", "ins", "mark", "q",
        "s", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    }
)  # fmt: skip


def blocks_of(html: str, kind: str = "prose") -> Iterator[tuple[str, list[Run]]]:
    """Yield the blocks of safe HTML, each with its kind and its text.

    A block is a paragraph, a cell, an item, a heading, or a block of code with its lines; `kind` is
    that of those which are neither heading nor code.
    """
    if "<" not in html:
        if text := _folded(unescape(html)).strip():
            yield kind, [(text, False)]
        return
    block = _Block(kind)
    pieces = _TAG.split(html)
    block.add(pieces[0])
    for index in range(1, len(pieces), 3):
        tag = pieces[index]
        name = tag.removeprefix("/")
        if name not in _WITHIN:
            if block.runs:
                yield from block.ended()
            block.enter(name, opens=tag[0] != "/")
        elif name in _CODE:
            block.depth += 1 if tag[0] != "/" else -1
        elif name == "br":
            block.add("\n")
        elif name == "img":
            block.add(_alternative(pieces[index + 1]))
        if text := pieces[index + 2]:
            block.add(text)
    yield from block.ended()


def _alternative(attributes: str) -> str:
    alt = _ALT.search(attributes)
    return f" {alt[1]} " if alt else ""


class _Block:
    """The block that is being read."""

    __slots__ = ("_heading", "_kind", "_preformatted", "depth", "runs")

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._preformatted = self._heading = False
        self.depth = 0
        """How many elements of code it is in."""
        self.runs: list[Run] = []

    def enter(self, tag: str, *, opens: bool) -> None:
        """Go into an element that is a block, or leave it."""
        if tag == "pre":
            self._preformatted = opens
        elif tag in _HEADINGS:
            self._heading = opens

    def add(self, text: str) -> None:
        code = self.depth > 0 or self._preformatted
        runs = self.runs
        if runs and runs[-1][1] == code:
            runs[-1] = (runs[-1][0] + text, code)
        else:
            runs.append((text, code))

    def ended(self) -> Iterator[tuple[str, list[Run]]]:
        """Yield the block if it says anything, and begin another."""
        runs, self.runs = self.runs, []
        if self._preformatted:
            told = [(unescape(text), code) for text, code in runs]
            kind = "code"
        else:
            told = [(_folded(unescape(text)), code) for text, code in runs]
            kind = "heading" if self._heading else self._kind
        if told:
            told[0] = (told[0][0].lstrip(None if kind != "code" else "\n"), told[0][1])
            told[-1] = (told[-1][0].rstrip(), told[-1][1])
        told = [run for run in told if run[0]]
        if told:
            yield kind, told


def _folded(text: str) -> str:
    """Return a text with its white space as a browser shows it."""
    return _SPACE.sub(" ", text) if _MUCH_SPACE.search(text) else text
