"""The body as safe HTML, with slots where the archive shows what it read there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.context import Reading
from postmortem_archive.report.markup.anchors import anchor_headings
from postmortem_archive.report.markup.markdown import SOURCE_SCHEME, source_address
from postmortem_archive.report.markup.sanitise import block_html
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Body, Html, Slot

Range = tuple[int, int]


def render_body(
    tokens: Sequence[Token],
    env: dict[str, Any],
    slots: Mapping[str, Sequence[Range]],
    dropped: Sequence[Range],
    reading: Reading,
) -> Body:
    """Render the tokens; each slot's ranges go, and the slot stands where its first range was.

    `dropped` ranges go without a slot: the title, and headings of which nothing is left.
    """
    gone = _indexes([r for ranges in slots.values() for r in ranges]) | _indexes(dropped)
    headings = anchor_headings(tokens, gone)
    firsts = {min(r[0] for r in ranges): name for name, ranges in slots.items() if ranges}
    # The mark can not be written by a report, because it depends on the whole of its text.
    seal = hashlib.sha256("\n".join(reading.source.lines).encode()).hexdigest()[:32]
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        if name := firsts.get(index):
            kept.append(Token("html_block", "", 0, content=f"<div>{seal}{name}</div>\n"))
        if index not in gone:
            kept.append(token)
    html = _address_raw_html(_without_dead_backrefs(block_html(kept, env)), reading.path)
    pieces: list[Html | Slot] = []
    for number, part in enumerate(re.split(rf"<div>{seal}(\w+)</div>", html)):
        if number % 2:
            pieces.append(Slot(part))
        elif part.strip():
            pieces.append(Html(part.strip() + "\n"))
    return Body(tuple(pieces), headings, _links(html, tokens, reading))


def _indexes(ranges: Sequence[Range]) -> set[int]:
    return {index for start, stop in ranges for index in range(start, stop)}


_BACKREF = re.compile(r'\s*<a href="#(fnref[\d:]+)" class="footnote-backref"[^>]*>.*?</a>')


def _without_dead_backrefs(html: str) -> str:
    """Drop the way back from a note whose reference now stands in a slot."""
    return _BACKREF.sub(lambda m: m.group() if f'id="{m[1]}"' in html else "", html)


_RELATIVE = re.compile(r'\b(href|src)="(?!#|//|[a-zA-Z][a-zA-Z0-9+.-]*:)([^"]+)"')
_ADDRESS = re.compile(rf'\b(?:href|src)="{SOURCE_SCHEME}([^"]*)"')


def _address_raw_html(html: str, path: str) -> str:
    """Give links and images that were written as raw HTML the addresses that Markdown's have."""
    return _RELATIVE.sub(lambda m: f'{m[1]}="{source_address(m[2], path)}"', html)


def _links(html: str, tokens: Sequence[Token], reading: Reading) -> tuple[tuple[str, Place], ...]:
    """Return the addresses within the sources, of the whole body with its slots."""
    found: dict[str, Place] = {}
    line = 1
    for token in tokens:
        if token.map:
            line = token.map[0] + reading.source.body_line
        for child in token.children or []:
            for name in ("href", "src"):
                address = str(child.attrs.get(name, ""))
                if address.startswith(SOURCE_SCHEME):
                    target = address.removeprefix(SOURCE_SCHEME)
                    column = reading.source.column_of(line, target.rpartition("/")[2])
                    found.setdefault(target, Place(line, column))
    for match in _ADDRESS.finditer(html):
        target = unescape(match[1])
        if target not in found:
            found[target] = _find(target.rpartition("/")[2], reading)
    return tuple(found.items())


def _find(text: str, reading: Reading) -> Place:
    for number, row in enumerate(reading.source.lines, start=1):
        if text and text in row:
            return Place(number, row.index(text) + 1)
    return Place(reading.source.body_line)
