"""Raw HTML in a body: where its links lead, and how much of it is left open.

An element that is never closed goes on into all that follows. A browser's rules repeat the open
ones in every block, so that a few kilobytes of them would become gigabytes of page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape, unescape

from markdown_it.token import Token

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)\b[^<>]*>")
# Elements without content, and those that the next of their kind closes.
_NEVER_OPEN = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"}
)  # fmt: skip
_MOST_OPEN = 100
_LINK = re.compile(r"""\b(?:href|src)\s?=\s?(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)


def _raw(token: Token) -> bool:
    return token.type in ("html_block", "html_inline")


def left_open(tokens: Sequence[Token]) -> int | None:
    """Return the index of the token at which too many elements are open, None if that never is."""
    opened: Counter[str] = Counter()
    total = 0
    for index, token in enumerate(tokens):
        for part in (token, *(token.children or ())):
            for match in _TAG.finditer(part.content) if _raw(part) else ():
                name = match["name"].lower()
                if name in _NEVER_OPEN or (match["end"] and not opened[name]):
                    continue
                step = -1 if match["end"] else 1
                opened[name] += step
                total += step
        if total > _MOST_OPEN:
            return index
    return None


def as_text(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with their raw HTML to be shown as it was written."""
    return [_shown(token) for token in tokens]


def _shown(token: Token) -> Token:
    if token.type == "html_block":
        return Token("html_block", "", 0, content=f"<p>{escape(token.content)}</p>\n")
    if token.children and any(map(_raw, token.children)):
        return replace(token, children=[_inline_shown(child) for child in token.children])
    return token


def _inline_shown(token: Token) -> Token:
    return Token("text", "", 0, content=token.content) if _raw(token) else token


def raw_links(token: Token) -> Iterator[tuple[str, int]]:
    """Yield the addresses in a raw block, each with how many lines of the block lie before it."""
    lines = end = 0
    for match in _LINK.finditer(token.content):
        lines += token.content.count("\n", end, match.start())
        end = match.start()
        yield unescape(match[1] or match[2] or ""), lines
