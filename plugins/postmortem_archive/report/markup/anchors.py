"""Heading anchors as a forge makes them, and the table of contents of a body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from postmortem_archive.report.markup.markdown import plain
from postmortem_archive.report.record import Heading

_DROPPED = re.compile(r"[^\w\- ]+")


def slug(title: str) -> str:
    """Return a heading's anchor: lower case, spaces to hyphens, punctuation dropped."""
    text = _DROPPED.sub("", title.strip().lower()).replace(" ", "-").strip("-_")
    return text or "section"


def anchor_headings(tokens: Sequence[Token], taken: set[int]) -> tuple[Heading, ...]:
    """Give every heading its anchor and return those that are not in `taken` (token indexes).

    A page has one title of level 1, so a level 1 heading of the body becomes level 2.
    """
    used: dict[str, int] = {}
    found: list[Heading] = []
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        title = plain(tokens[index + 1].children or [])
        anchor = base = slug(title)
        # As a forge counts: the second “Notes” is notes-1, unless a heading “Notes 1” took that.
        while anchor in used:
            used[base] += 1
            anchor = f"{base}-{used[base]}"
        used[anchor] = 0
        level = max(2, int(token.tag[1]))
        token.tag = f"h{level}"
        token.attrs["id"] = anchor
        tokens[index + 2].tag = f"h{level}"
        if index not in taken:
            found.append(Heading(level, title, anchor))
    return tuple(found)
