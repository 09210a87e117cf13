"""Cutting a stretch of text off the front of inline tokens, markup and all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from postmortem_archive.report.markup.quick import token_of

_SEPARATOR = re.compile(r"^[\s\-–—:|,;.)*\]]+")
_TRAILING = " ,;–—-"
_PAIRS = {"strong_open": "strong_close", "em_open": "em_close", "s_open": "s_close"}


def unfolded(children: Sequence[Token]) -> str:
    """Return the text of tokens without markup, white space as it stands."""
    return "".join(
        " " if c.type in ("softbreak", "hardbreak") else c.content
        for c in children
        if c.type in ("text", "code_inline", "text_special", "softbreak", "hardbreak")
    )


def cut(children: Sequence[Token], length: int) -> tuple[Token, ...]:
    """Return the tokens without the first `length` characters of their text.

    Separators that follow (“: ”, “– ”) and markup left empty go too.
    """
    kept: list[Token] = []
    for child in children:
        if length > 0 and child.type in ("text", "code_inline", "text_special"):
            if len(child.content) > length and child.type == "text":
                kept.append(_text(child.content[length:]))
            elif len(child.content) > length:
                kept.append(child)
            length -= len(child.content)
        elif length > 0 and child.type in ("softbreak", "hardbreak"):
            length -= 1
        else:
            kept.append(child)
    return _without_lead(kept)


def cut_end(children: Sequence[Token], length: int) -> tuple[Token, ...]:
    """Return the tokens without the last `length` characters of their text.

    Separators that stand before it and markup left empty go too.
    """
    kept = list(children)
    closers: list[Token] = []
    while kept:
        last = kept[-1]
        if last.type in ("text", "code_inline", "text_special"):
            if last.type == "text" and len(last.content) > length:
                left = last.content[: len(last.content) - length].rstrip(_TRAILING)
                length = 0
                if left:
                    kept[-1] = _text(left)
                    break
            elif length <= 0:
                break
            length -= len(last.content) if length else 0
        elif last.type in ("softbreak", "hardbreak"):
            length -= 1
        elif last.nesting < 0:
            closers.append(last)
        elif last.nesting > 0 and closers:
            closers.pop()
        kept.pop()
    return (*kept, *reversed(closers))


def _without_lead(children: list[Token]) -> tuple[Token, ...]:
    """Strip separators and empty pairs from the front until something is left standing."""
    while children:
        first = children[0]
        if first.type == "text":
            stripped = _SEPARATOR.sub("", first.content)
            if stripped:
                children[0] = _text(stripped)
                break
            children = children[1:]
        elif first.type in _PAIRS:
            inner = children[1:]
            if inner and inner[0].type == "text":
                inner[0] = _text(_SEPARATOR.sub("", inner[0].content))
                if not inner[0].content:
                    inner = inner[1:]
            if inner and inner[0].type == _PAIRS[first.type]:
                children = inner[1:]
                continue
            children = [first, *inner]
            break
        elif first.type in ("softbreak", "hardbreak"):
            children = children[1:]
        else:
            break
    return tuple(children)


def _text(content: str) -> Token:
    return token_of("text", content=content)
