"""Names as reports list them."""

from __future__ import annotations

import re

_AND = re.compile(r" ?(?:,|;|\||·|•|&| /(?= )|\band\b|\bund\b|\bet\b) ?")
# Bounded, because what is not closed would be looked for again from every opening.
_PARENTHESIS = re.compile(r" ?\([^()]{0,200}\)")
_INITIAL = re.compile(r"\s[A-ZÀ-Þ]$")
_MAILTO = re.compile(r" ?<[^<>@]{0,100}@[^<>@]{0,100}>")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a list such as “Ann Lee, Bo Chen and @kim”."""
    parts = _AND.split(_MAILTO.sub("", without_parentheses(" ".join(text.split()))))
    return tuple(dict.fromkeys(name for part in parts if (name := _stripped(part))))


def _stripped(part: str) -> str:
    """Return a name without what stands around it; the point of an initial is its own."""
    name = part.strip(" -.`*")
    return f"{name}." if _INITIAL.search(name) and f"{name}." in part else name


def without_parentheses(text: str) -> str:
    """Return a text without what stands in parentheses."""
    return _PARENTHESIS.sub("", text)
