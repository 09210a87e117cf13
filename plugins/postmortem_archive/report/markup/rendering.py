"""The body as safe HTML, with slots where the archive shows what it read there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.context import Reading
from postmortem_archive.report.markup.anchors import anchor_headings
from postmortem_archive.report.markup.direction import direct
from postmortem_archive.report.markup.emptied import Range, indexes, left_empty
from postmortem_archive.report.markup.markdown import SOURCE_SCHEME, source_address, without_lines
from postmortem_archive.report.markup.quick import is_text
from postmortem_archive.report.markup.rawhtml import as_text, left_open, raw_links
from postmortem_archive.report.markup.sanitise import block_html
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Body, Html, Lifted, Slot


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a page does not show where it is written.

    Of each slot the ranges go, and the slot stands where its first range was. `dropped` ranges go
    without a slot: the title, and headings of which nothing is left. `headings` (the indexes of
    their tokens) go where all that stands under them does; `bold` are the paragraphs in bold that
    serve as headings.
    """

    slots: Mapping[str, Sequence[Range]]
    dropped: Sequence[Range]
    headings: Collection[int] = ()
    bold: Collection[int] = ()

    @property
    def indexes(self) -> set[int]:
        """The indexes of all tokens that go."""
        return indexes([*self.dropped, *(r for ranges in self.slots.values() for r in ranges)])

    @property
    def firsts(self) -> Mapping[str, Range]:
        """The range at which each slot stands."""
        return {name: min(ranges) for name, ranges in self.slots.items() if ranges}

    @property
    def filled(self) -> set[int]:
        """The indexes of the tokens in whose place a slot stands."""
        return indexes(list(self.firsts.values()))


@dataclass(frozen=True, slots=True)
class Lift:
    """A text that goes from the body to the top of the page: what it leaves, and what is shown.

    `name` is the key that it tells. Of the paragraph in `ranges`, only its `lines` go where there
    are any; they count from 0.
    """

    name: str
    ranges: tuple[Range, ...]
    shown: Sequence[Token]
    lines: range | None = None


def render_body(
    tokens: Sequence[Token],
    env: dict[str, Any],
    cuts: Cuts,
    lifts: Sequence[Lift],
    reading: Reading,
) -> Body:
    """Render the tokens without the cuts, and the lifts apart.

    With the lifts and with what is dropped go the lists and headings that are empty then.
    """
    tokens, partly = _without_lines(tokens, lifts)
    gone = cuts.indexes | indexes([r for lift in lifts if lift not in partly for r in lift.ranges])
    starts = [lift.ranges[0][0] for lift in lifts] + [start for start, _ in cuts.dropped]
    emptied = left_empty(tokens, gone - cuts.filled, starts, cuts.headings, cuts.bold)
    gone |= indexes([r for ranges in emptied for r in ranges])
    headings = anchor_headings(tokens, gone)
    direct(tokens, reading.source.body)
    anchors = [
        tuple(str(tokens[start].attrs["id"]) for start, _ in ranges if "id" in tokens[start].attrs)
        for ranges in emptied[: len(lifts)]
    ]
    links = _links(tokens, reading)
    closed = _closed(tokens, reading)
    shown = [as_text(lift.shown) if closed is not tokens else lift.shown for lift in lifts]
    tokens = closed
    firsts = {first[0]: name for name, first in cuts.firsts.items()}
    # The mark can not be written by a report, because it depends on the whole of its text.
    seal = hashlib.sha256("\n".join(reading.source.lines).encode("utf-8", "replace")).hexdigest()[
        :32
    ]
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        if name := firsts.get(index):
            kept.append(Token("html_block", "", 0, content=f"<div>{seal}{name}</div>\n"))
        if index not in gone:
            kept.append(token)
    tops = [_address_raw_html(block_html(part, env), reading.path).strip() for part in shown]
    html = _address_raw_html(block_html(kept, env), reading.path)
    html = _without_dead_backrefs(html, "".join(tops))
    pieces: list[Html | Slot] = []
    for number, part in enumerate(re.split(rf"<div>{seal}(\w+)</div>", html)):
        if number % 2:
            pieces.append(Slot(part))
        elif part.strip():
            pieces.append(Html(part.strip() + "\n"))
    kept_ids = set(_HEADING_ID.findall(html))
    return Body(
        tuple(pieces),
        tuple(h for h in headings if h.anchor in kept_ids),
        links,
        tuple(map(Lifted, (lift.name for lift in lifts), tops, anchors)),
    )


def _without_lines(
    tokens: Sequence[Token], lifts: Sequence[Lift]
) -> tuple[Sequence[Token], list[Lift]]:
    """Return the tokens without the single lines that go, and the lifts that leave others there."""
    shorter = list(tokens)
    partly: list[Lift] = []
    gone: dict[int, set[int]] = {}
    for lift in lifts:
        gone.setdefault(lift.ranges[0][0] + 1, set()).update(lift.lines or ())
    for lift in lifts:
        inline = lift.ranges[0][0] + 1
        if lift.lines and (rest := without_lines(tokens[inline], gone[inline])).children:
            shorter[inline] = rest
            partly.append(lift)
    return (shorter if partly else tokens), partly


def unrendered_body(tokens: Sequence[Token], reading: Reading) -> Body:
    """Return what is told of the body without its page, and find the same problems in it."""
    _closed(tokens, reading)
    return Body(links=_links(tokens, reading))


_HEADING_ID = re.compile(r'<h[1-6] id="([^"]*)"')


def _closed(tokens: Sequence[Token], reading: Reading) -> Sequence[Token]:
    """Return the tokens, their raw HTML as text where it leaves too many elements open."""
    index = left_open(tokens) if "<" in reading.source.body else None
    if index is None:
        return tokens
    line = reading.source.body_line + (tokens[index].map or [0])[0]
    reading.warn(
        Place(line, reading.source.column_of(line, "")), "open-html",
        "raw HTML opens elements that it does not close; all of it is shown as text",
        expected="a closing tag for each opening one",
    )  # fmt: skip
    return as_text(tokens)


_BACKREF = re.compile(r'<a href="#(fnref[\d:]+)" class="footnote-backref"[^<>]*>[^<>]*</a>')
_REFERENCE = re.compile(r'id="(fnref[\d:]+)"')


def _without_dead_backrefs(html: str, top: str) -> str:
    """Drop the way back from a note whose reference now stands in a slot, and not at the `top`."""
    alive = {*_REFERENCE.findall(html), *_REFERENCE.findall(top)}
    return _BACKREF.sub(lambda m: m.group() if m[1] in alive else "", html)


_RELATIVE = re.compile(r'\b(href|src)="(?!#|//|[a-zA-Z][a-zA-Z0-9+.-]*:)([^"]+)"')


def _address_raw_html(html: str, path: str) -> str:
    """Give links and images that were written as raw HTML the addresses that Markdown's have."""
    return _RELATIVE.sub(lambda m: f'{m[1]}="{source_address(m[2], path)}"', html)


def _links(tokens: Sequence[Token], reading: Reading) -> tuple[tuple[str, Place], ...]:
    """Return the addresses within the sources, of the whole body with its slots."""
    found: dict[str, Place] = {}
    last = Place(0)
    for address, line in _addresses(tokens, reading):
        target = address.removeprefix(SOURCE_SCHEME)
        if target != address and target not in found:
            # The links of a line follow each other, so that a long one is read once.
            after = last.column if last.line == line else 0
            last = Place(line, reading.source.column_of(line, target.rpartition("/")[2], after))
            found[target] = last
    return tuple(found.items())


def _addresses(tokens: Sequence[Token], reading: Reading) -> Iterator[tuple[str, int]]:
    line = reading.source.body_line
    for token in tokens:
        if token.map:
            line = token.map[0] + reading.source.body_line
        if token.type == "html_block":
            for address, below in raw_links(token):
                yield source_address(address, reading.path), line + below
        inside = line
        children = token.children or ()
        for child in () if is_text(children) else children:
            if child.type in ("softbreak", "hardbreak"):
                inside += 1
            elif child.type == "html_inline":
                for address, _ in raw_links(child):
                    yield source_address(address, reading.path), inside
            elif child.type in ("link_open", "image"):
                yield str(child.attrs.get("href") or child.attrs.get("src") or ""), inside
