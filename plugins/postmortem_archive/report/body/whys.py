"""The five whys: questions with their answers, in a list or in lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.grammar.placeholders import is_placeholder
from postmortem_archive.report.markup.blocks import ListBlock, ListItem, ParagraphBlock
from postmortem_archive.report.markup.markdown import Segment
from postmortem_archive.report.markup.trim import cut, unfolded
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Text, Why

_BECAUSE = re.compile(r"^[\s–—:→>-]*(?:because\b[\s,]*)?", re.IGNORECASE)
_QUESTION = re.compile(r"^(?:why\b|what happened\b|warum\b|pourquoi\b)|\?$", re.IGNORECASE)
_ASKED = re.compile(r"^\W*(?:why|what happened|warum|pourquoi)\b[^?]{0,200}\?", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:why|warum|pourquoi)\s?#?\d{1,2}|\d{1,2}(?:st|nd|rd|th)? why", re.IGNORECASE
)
_ANSWER = re.compile(r"\s*answer\s*:\s*", re.IGNORECASE)

_Children = Sequence[Token]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and the tokens behind it; `bold` where its markup sets it apart."""

    question: str
    behind: tuple[Token, ...]
    bold: bool


@dataclass(frozen=True, slots=True)
class WhyReader:
    """Reads the whys of one body; `text` makes prose of tokens, `place` gives a line its place."""

    text: Callable[[_Children], Text]
    place: Callable[[int], Place]

    def read(self, outline: Outline) -> tuple[Why, ...]:
        """Return the whys of the first section that asks more than one.

        Below a heading of their own they may stand in any list, or in paragraphs; elsewhere in the
        root cause only in a numbered list.
        """
        for name in ("five_whys", "primary_cause", "root_cause"):
            for part in outline.parts:
                if part.name == name:
                    for whys in self._in_part(part, alone=name == "five_whys"):
                        if len(whys) > 1:
                            return whys
        return ()

    def _in_part(self, part: Part, *, alone: bool) -> Iterator[tuple[Why, ...]]:
        for block in part.blocks:
            if isinstance(block, ListBlock) and (block.ordered or alone):
                yield tuple(why for item in block.items if (why := self._of_item(item)))
        if alone:
            yield tuple(self._in_lines(part))

    def _in_lines(self, part: Part) -> Iterator[Why]:
        """Yield the questions of a section's paragraphs, each with what follows up to the next."""
        paragraphs = (b for b in part.blocks if isinstance(b, ParagraphBlock))
        asked: tuple[_Asked, int] | None = None
        told: list[Token] = []
        for segment in (segment for block in paragraphs for segment in block.segments):
            if found := _asked(segment):
                if asked and (why := self._why(asked[0], told, asked[1])):
                    yield why
                asked, told = (found, segment.line), list(found.behind)
            else:
                told += [*([_space()] if told else []), *segment.children]
        if asked and (why := self._why(asked[0], told, asked[1])):
            yield why

    def _of_item(self, item: ListItem) -> Why | None:
        asked = _asked(item.lead.segments[0]) if item.lead else None
        if not asked or not item.lead:
            return None
        rest = [t for s in item.lead.segments[1:] for t in (_space(), *s.children)]
        return self._why(asked, [*asked.behind, *rest], item.line, item)

    def _why(
        self, asked: _Asked, told: _Children, line: int, item: ListItem | None = None
    ) -> Why | None:
        bare = _BECAUSE.match(unfolded(told))
        answer = self.text(cut(told, bare.end()) if bare else told)
        question = asked.question
        below = self._below(item, marked=bool(answer.plain) or asked.bold) if item else None
        if below and answer.plain:
            question = f"{question} {answer.plain}"
        final = below or answer
        if is_placeholder(final.plain):
            return None
        html = question.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return Why(Text(question, html), final if final.plain else None, self.place(line))

    def _below(self, item: ListItem, *, marked: bool) -> Text | None:
        """Return the answer in the first line below an item, or in the one marked as such."""
        for block in item.rest:
            leads = [below.lead for below in block.items] if isinstance(block, ListBlock) else []
            leads += [block] if isinstance(block, ParagraphBlock) else []
            for lead in leads:
                children = lead.token.children or [] if lead else []
                mark = _ANSWER.match(unfolded(children))
                if mark or (children and not marked):
                    return self.text(cut(children, mark.end()) if mark else children)
        return None


def _asked(segment: Segment) -> _Asked | None:
    """Return the question that a line begins with: in bold, or up to its question mark."""
    label = split_label(segment)
    if label and _NUMBER.fullmatch(label[0]) and (asked := _plainly(label[1])):
        return asked
    if label and _QUESTION.search(label[0].rstrip("?") + "?"):
        return _Asked(f"{label[0].rstrip('?')}?", label[1], bold=True)
    return None if label else _plainly(segment.children)


def _plainly(children: _Children) -> _Asked | None:
    match = _ASKED.match(unfolded(children))
    if not match:
        return None
    return _Asked(match.group().strip(), cut(children, match.end()), bold=False)


def _space() -> Token:
    return Token("softbreak", "br", 0)
