"""The words of a report's texts that read like a report's id, for whoever knows which ids exist.

Code that stands in a line is looked at, as ids are often written so. Blocks of code are evidence
and not the author's words, and comments are not for readers: neither is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.markup.markdown import segments
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import (
    Action,
    Cause,
    Detection,
    Entry,
    Factor,
    FollowUp,
    Text,
)
from postmortem_archive.report.vocabulary import fold

# In capitals with a number (INC-2024-031, PM7), or a file's name that begins with a date. No
# severity or priority is one; and what goes on behind a slash or a dot is an address, or a file.
_ID = re.compile(
    r"(?<![\w/.@#-])(?!(?:SEV-?|P|S)\d(?![\w-]))(?:[A-Z][A-Z0-9]{0,30}[-_]?\d[\w-]{0,80}"
    r"|\d{4}-\d\d(?:-\d\d)?-[A-Za-z][\w-]{0,100})(?![\w/-]|\.\w)"
)


def named_reports(
    front: dict[str, Fact], tokens: Sequence[Token], own_id: str, reading: Reading
) -> tuple[tuple[str, Place], ...]:
    """Return what reads like an id in front matter and body, each with its first place."""
    own = {fold(own_id), fold(reading.path.rpartition("/")[2].removesuffix(".md"))}
    found: dict[str, Place] = {}
    for text, place in _front_texts(front):
        for word in _ids(text, own):
            found.setdefault(word, place)
    # Most reports name no other, and one look at the whole text says so.
    if any(_ids(reading.source.body, own)):
        for token in tokens:
            if token.type == "inline" and any(_ids(token.content, own)):
                _read_inline(token, own, found, reading)
    return tuple(found.items())


def _ids(text: str, own: set[str]) -> Iterator[str]:
    for match in _ID.finditer(text):
        word = match.group()
        if fold(word) not in own:
            yield word


def _read_inline(token: Token, own: set[str], found: dict[str, Place], reading: Reading) -> None:
    for segment in segments(token, reading.source.body_line + (token.map or [0])[0]):
        for child in segment.children:
            for word in _ids(child.content, own) if child.type in ("text", "code_inline") else ():
                if word not in found:
                    column = reading.source.column_of(segment.line, word)
                    found[word] = Place(segment.line, column)


def _front_texts(front: dict[str, Fact]) -> Iterator[tuple[str, Place]]:
    """Give the texts of front matter that a reader is shown."""
    if "title" in front:
        yield str(front["title"].value), front["title"].place
    for fact in front.values():
        for value in fact.value if isinstance(fact.value, tuple) else (fact.value,):
            for text in _texts(value):
                if text:
                    yield str(text), value.place if hasattr(value, "place") else fact.place


def _texts(value: object) -> Iterator[Text | str | None]:
    match value:
        case Text():
            yield value
        case Cause() | Factor():
            yield value.text
        case Detection():
            yield value.note
        case FollowUp():
            yield value.findings
        case Entry():
            yield from (value.text, *value.details)
        case Action():
            yield from (value.text, value.reason, value.verification, *value.details)
        case _:
            return
