"""A line's label and what stands after it: `**Severity:** HIGH`, `Start: 14:02`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from postmortem_archive.report.body.labels import key_of
from postmortem_archive.report.markup.markdown import Segment, plain
from postmortem_archive.report.markup.quick import token_of
from postmortem_archive.report.record import MILESTONES

_COLONS = ":\uff1a "
_COLON = re.compile(r"^\s*[::]\s*")
_LONGEST_LABEL = 100
_UNBOLD = re.compile(r"^\s*([^\W\d_][\w /&'’()-]{0,38}?)\s*[::]\s+")
# What a label alone has behind it, looked for before the label is.
_MAY_END = re.compile("[:\uff1a]")
_DIGIT = re.compile(r"\d")
_TICK = re.compile(r"^[\s\u2705\u274c\u2714\ufe0f\u2757\u26a0]+")
# A milestone's time may follow without a colon: “Resolved 2025-09-30 16:45”.
_TIMED = re.compile(r"^\s*([A-Za-z][A-Za-z ]{2,28}?)\s(?=\d{4}-\d\d-\d\d|\d{1,2}[:.]\d\d)")


def split_label(
    segment: Segment, *, bold_only: bool = True
) -> tuple[str, tuple[Token, ...]] | None:
    """Return a line's label and the tokens of its value, None if it has no label."""
    children = [c for c in segment.children if c.type != "text" or c.content]
    while children and children[0].type == "text" and not _TICK.sub("", children[0].content):
        children = children[1:]
    if children and children[0].type == "strong_open":
        return _bold_label(children)
    if children and children[0].type == "em_open":
        told = _bold_label(children, "em_close")
        return told if told and key_of(told[0]) else None
    return None if bold_only else _plain_label(children)


# What parts two fields of one line, where more than a space does.
_PARTED = re.compile(r"\s*(?P<mark>[|·•/,;–—]|\s\s)?\s*$")


# Two labels, each with what opens and closes it, and a value.
_FEWEST_TOKENS = 7


def parted(segment: Segment) -> tuple[Segment, ...]:
    """Return the fields of a line that has several: `**Date**: … | **Severity**: …`.

    A line that does not begin with a bold label is one segment, whatever is bold in it. Where
    nothing but a space stands before a label, it has to be one that is known.
    """
    children = segment.children
    if len(children) < _FEWEST_TOKENS:
        return (segment,)
    bold = [n for n, child in enumerate(children) if child.type == "strong_open"]
    if len(bold) < 2 or split_label(segment) is None:
        return (segment,)
    parts: list[Segment] = []
    start = 0
    for n in bold[1:]:
        label, before = _bold_label(children[n:]), children[n - 1]
        end = _PARTED.search(before.content) if before.type == "text" else None
        if label and end and end.group() and (end["mark"] or key_of(label[0])):
            last = (_text(before.content[: end.start()]),)
            parts.append(Segment((*children[start : n - 1], *last), segment.line))
            start = n
    return (*parts, Segment(children[start:], segment.line))


def _bold_label(
    children: Sequence[Token], closer: str = "strong_close"
) -> tuple[str, tuple[Token, ...]] | None:
    """Return a bold label: with its colon inside or outside, or a known one with nothing after."""
    end = next((n for n, c in enumerate(children) if c.type == closer), None)
    if end is None:
        return None
    label, rest = plain(children[1:end]), tuple(children[end + 1 :])
    if len(label) > _LONGEST_LABEL:
        return None
    if label.endswith((":", "\uff1a", "?")):
        return label.rstrip(_COLONS), _without_colon(rest)
    if rest and rest[0].type == "text" and _COLON.match(rest[0].content):
        return label, _without_colon(rest)
    return (label, ()) if not plain(rest) and key_of(label) else None


def _plain_label(children: Sequence[Token]) -> tuple[str, tuple[Token, ...]] | None:
    if not children or children[0].type != "text":
        return None
    text = children[0].content
    match = (
        _UNBOLD.match(text + (" " if len(children) == 1 else "")) if _MAY_END.search(text) else None
    )
    if not match:
        match = _TIMED.match(text) if _DIGIT.search(text) else None
        if not match or key_of(match[1]) not in MILESTONES:
            return None
    return match[1], (_text(text[match.end() :]), *children[1:])


def _without_colon(children: Sequence[Token]) -> tuple[Token, ...]:
    if not children or children[0].type != "text":
        return tuple(children)
    return (_text(_COLON.sub("", children[0].content).lstrip()), *children[1:])


def _text(content: str) -> Token:
    return token_of("text", content=content)
