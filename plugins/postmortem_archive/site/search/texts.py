"""Safe HTML as the texts that people read in it, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

# The sanitiser writes attributes in double quotes, and leaves a `>` in one as it is.
_TAG = re.compile(r'<(/?[a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>')
_ALT = re.compile(r'\balt="([^"]*)"')
_SPACE = re.compile(r"\s+")
_CODE = frozenset({"code", "kbd", "samp"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What stands within a block; any other element is a block.
_WITHIN = _CODE | frozenset(
    {
        "a", "abbr", "b", "br", "cite", "del", "dfn", "em", "i", "img", "input", "ins", "mark", "q",
        "s", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block: prose, or code."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, cell or list item, a heading, or a block of code with its lines."""

    kind: str
    runs: tuple[Run, ...]


def blocks_of(html: str, kind: str = "prose") -> Iterator[TextBlock]:
    """Yield the blocks of safe HTML; `kind` is that of those which are neither heading nor code."""
    if "<" not in html:
        if text := _folded(unescape(html)).strip():
            yield TextBlock(kind, (Run(text),))
        return
    block = _Block(kind)
    pieces = _TAG.split(html)
    block.add(pieces[0])
    for index in range(1, len(pieces), 3):
        tag, attributes, text = pieces[index : index + 3]
        name = tag.removeprefix("/")
        if name not in _WITHIN:
            yield from block.ended()
        block.enter(name, attributes, opens=tag[0] != "/")
        block.add(text)
    yield from block.ended()


class _Block:
    """The block that is being read."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._depth = 0
        self._runs: list[tuple[list[str], bool]] = []
        self._preformatted = self._heading = False

    def enter(self, tag: str, attributes: str, *, opens: bool) -> None:
        """Go into an element, or leave it."""
        if tag in _CODE:
            self._depth = max(0, self._depth + (1 if opens else -1))
        elif tag == "pre":
            self._preformatted = opens
        elif tag in _HEADINGS:
            self._heading = opens
        elif tag == "br":
            self.add("\n")
        elif tag == "img" and (alt := _ALT.search(attributes)):
            self.add(f" {alt[1]} ")

    def add(self, text: str) -> None:
        if not text:
            return
        code = self._depth > 0 or self._preformatted
        if not self._runs or self._runs[-1][1] != code:
            self._runs.append(([], code))
        self._runs[-1][0].append(text)

    def ended(self) -> Iterator[TextBlock]:
        """Yield the block if it says anything, and begin another."""
        runs, self._runs = self._runs, []
        if not runs:
            return
        texts = [unescape("".join(parts)) for parts, _ in runs]
        if self._preformatted:
            texts = [texts[0].lstrip("\n"), *texts[1:]]
        else:
            texts = list(map(_folded, texts))
            texts[0] = texts[0].lstrip()
        texts[-1] = texts[-1].rstrip()
        told = tuple(Run(text, code) for text, (_, code) in zip(texts, runs, strict=True) if text)
        if told:
            kind = "code" if self._preformatted else "heading" if self._heading else self._kind
            yield TextBlock(kind, told)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text)
