"""Action items in checklists, bullets and ticked lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.body.action_tables import COLUMNS
from postmortem_archive.report.body.details import DetailReader
from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.body.labels import fold_label
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.dateorder import DateOrder
from postmortem_archive.report.grammar.moments import DATE, date_of, find_date
from postmortem_archive.report.grammar.placeholders import is_missing, is_placeholder
from postmortem_archive.report.grammar.states import opening_state, read_state, strip_marks
from postmortem_archive.report.markup.blocks import Block, ListBlock, ListItem, ParagraphBlock
from postmortem_archive.report.markup.markdown import Segment
from postmortem_archive.report.markup.trim import cut, cut_end, unfolded
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action

_CLOSERS = {")": "(", "]": "["}
_DONE_ON = re.compile(r"\b(?:done|completed|closed|finished|shipped|merged)\b", re.IGNORECASE)
_DUE = re.compile(
    r"^(?:by|due(?:\s+date|\s+by|\s+on)?|until|before|deadline|eta"
    r"|bis(?:\s+zum)?|fällig(?:\s+am)?|frist|spätestens"
    r"|d['’]ici(?:\s+le|\s+au)?|avant(?:\s+le)?|pour\s+le|échéance|jusqu['’]au)\b[:\s]*",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^(?:owner|assignee|assigned to|responsible|who|verantwortlich|zuständig|wer|responsable|qui)"
    r"\s?[::]\s?",
    re.IGNORECASE,
)
_STATUS = re.compile(r"^(?:status|state)\s?[::]\s*", re.IGNORECASE)
# Where a sentence of labels begins, behind a promise.
_LABELS = re.compile(
    r"[.;,(–—-]\s+(?P<name>owner|assignee|assigned to|responsible|due(?: date| by| on)?|deadline"
    r"|eta|status|priority|prio|verantwortlich|zuständig|frist|fällig(?: am)?|responsable|échéance"
    r"|statut|priorité|priorität)\s?[::]\s",
    re.IGNORECASE,
)
_PRIORITY_FIRST = re.compile(r"\s*(?:\[(P[0-4])\]|\((P[0-4])\)|(P[0-4])(?=\s?(?::|[–—-]\s)))\s*")
_PRIORITY_ALONE = re.compile(r"P[0-4]:?")
_PRIORITY = re.compile(r"^(?:priority|prio)\s?[::]\s?(.+)$|^(P[0-4])$", re.IGNORECASE)
_NAME = re.compile(
    r"^(?:@[\w./-]+|[A-ZÀ-Þ][\w'’.-]*(?:\s(?:[a-z]{1,3}\s)?[A-ZÀ-Þ][\w'’.-]*){0,3})$"
)
_LONGEST_TAIL = 200
_PARTS = re.compile(r"[,;|]|\s/\s")
_DASH = re.compile(r"\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class ActionList:
    """Reads action items from lists and lines; `horizon` is that of the section around them.

    `status` is that of an item that tells none. With `ticks_decorate` an emoji in front is a bullet
    and tells no state.
    """

    horizon: str | None
    ticks_decorate: bool
    details: DetailReader
    reading: Reading
    status: str = "open"

    def from_item(self, item: ListItem) -> Action | None:
        """Return the action item that a list item holds; None for a placeholder."""
        if not item.lead or is_placeholder(item.plain) or not item.plain:
            return None
        action = self._from_children(_without_label(item.lead), item.line, ticked=item.ticked)
        return self._with_notes(action, item.rest) if action else None

    def from_segment(self, segment: Segment) -> Action | None:
        """Return the action item that a line holds."""
        return self._from_children(segment.children, segment.line, ticked=None)

    def _from_children(
        self, children: Sequence[Token], line: int, *, ticked: bool | None
    ) -> Action | None:
        marks = marks_of(unfolded(children))
        marked = read_state(marks) if marks and not self.ticks_decorate else None
        status = "done" if ticked else marked.status if marked and ticked is None else self.status
        status = "open" if ticked is False else status
        children = cut(children, len(marks)) if marks else tuple(children)
        if _is_struck(children):
            status = "not_doing"
        elif opening := opening_state(unfolded(children)):
            status = opening[0].status
            children = cut(children, opening[1])
        priority, children = _with_priority(children)
        text = self.details.text(children)
        if not text.plain:
            return None
        place = Place(line, self.reading.source.column_of(line, text.plain))
        return self._with_tail(
            Action(text, place, status, priority=priority, horizon=self.horizon), children
        )

    def _with_tail(self, action: Action, children: Sequence[Token]) -> Action:
        """Read what stands in parentheses or behind dashes at the end: owner, due date, state."""
        written = unfolded(children)
        told, length = _tail_of(written, self.reading.dates)
        if not told:
            return action
        length += len(written) - len(written.rstrip())
        return replace(action, text=self.details.text(cut_end(children, length)), **told)

    def _with_notes(self, action: Action, below: Sequence[Block]) -> Action:
        """Read `Owner:`, `Due:`, `Status:` and the like below an item, and keep the rest."""
        kept: list[Block] = []
        known = {name for name in ("owner", "due", "priority") if getattr(action, name)}
        for block in below:
            for part in block.items if isinstance(block, ListBlock) else (block,):
                told = _read_note(part, self.reading.dates) if isinstance(part, ListItem) else {}
                if told and not known & set(told):
                    action = replace(action, **told)
                    known |= set(told)
                elif isinstance(part, ListItem):
                    kept.extend(part.blocks)
                else:
                    kept.append(part)
        return replace(action, details=tuple(self.details.read(kept))) if kept else action


def _tail_start(text: str) -> int | None:
    """Return where the parentheses open that a text ends with."""
    text = text.rstrip(" .")
    opener = _CLOSERS.get(text[-1:])
    start = text.rfind(opener) if opener else -1
    return start if start >= 0 and len(text) - start <= _LONGEST_TAIL else None


def _tail_of(text: str, order: DateOrder) -> tuple[dict[str, Any], int]:
    """Return what the end of a text tells, and how long that end is."""
    start = _tail_start(text)
    if start is not None and (told := _read_tail(text.rstrip(" .")[start + 1 : -1], order)):
        return told, len(text.rstrip()) - start
    # “Cap the retries — Ana — by 2025-03-04”: all parts from a dash on tell something.
    for dash in _DASH.finditer(text, max(0, len(text) - _LONGEST_TAIL)):
        if dash.start() and (told := _read_tail(_DASH.sub("; ", text[dash.end() :]), order)):
            return told, len(text.rstrip()) - dash.start()
    # “Size the pool. Owner: Ana. Due: 2025-03-04.”: all from a label on is labelled.
    labels = list(_LABELS.finditer(text, max(0, len(text) - _LONGEST_TAIL)))
    if labels and labels[0].start():
        ends = [label.start() for label in labels[1:]] + [len(text)]
        pieces = (text[label.start("name") : end] for label, end in zip(labels, ends, strict=True))
        told = _read_pieces((piece.strip(" .;,–—-)*") for piece in pieces), order, listed=True)
        if told:
            return told, len(text.rstrip()) - labels[0].start()
    return {}, 0


def _read_tail(text: str, order: DateOrder) -> dict[str, Any]:
    """Return what the parts of “Priya Raman, by 2023-05-26” tell; empty if one tells nothing."""
    whole = read_state(text)
    if whole and whole.status == "not_doing":
        return {"status": whole.status, "reason": whole.reason}
    # A date in words may have a comma of its own.
    text = DATE.sub(lambda match: str(date_of(match, order) or match.group()), text)
    pieces = (piece.strip() for piece in _PARTS.split(text))
    return _read_pieces(pieces, order, listed=bool(_PARTS.search(text)))


def _read_pieces(pieces: Iterable[str], order: DateOrder, *, listed: bool) -> dict[str, Any]:
    """Return what the pieces of a tail tell; empty if one of them tells nothing."""
    told: dict[str, Any] = {}
    for part in pieces:
        read = _read_part(part, told, order, listed=listed)
        if not read:
            return {}
        told |= read
    return told


def _read_part(
    part: str, told: dict[str, Any], order: DateOrder, *, listed: bool
) -> dict[str, Any]:
    """Return what one part of a tail tells; a bare name is an owner only beside other parts."""
    day = find_date(part, order)
    if priority := _PRIORITY.match(part):
        return {"priority": priority[1] or priority[2]}
    if day and _DONE_ON.search(part):
        return {"status": "done", "closed": day}
    if day and (_DUE.match(part) or not DATE.sub("", part).strip("() .")):
        return {"due": day}
    if owner := _OWNER.match(part):
        return {"owner": part[owner.end() :]}
    if state := read_state(_STATUS.sub("", part)):
        return {"status": state.status} | ({"closed": state.done_on} if state.done_on else {})
    if "owner" not in told and _NAME.match(part) and (told or listed or part[0] == "@"):
        return {"owner": part}
    return {}


def _read_note(item: ListItem, order: DateOrder) -> dict[str, Any]:
    """Return what a bullet such as “Owner: Ana” tells, empty for any other."""
    name, colon, value = item.plain.partition(":")
    value, folded = value.strip(), fold_label(name)
    if not colon or is_missing(value) or item.rest:
        return {}
    if folded in COLUMNS["owner"]:
        return {"owner": value}
    if (folded in COLUMNS["due"] or folded == "timeline") and (day := find_date(value, order)):
        return {"due": day}
    if folded in COLUMNS["priority"]:
        return {"priority": value}
    if folded in COLUMNS["status"] and (state := read_state(value)):
        told: dict[str, Any] = {"status": state.status}
        told |= {"closed": state.done_on} if state.done_on else {}
        return told | ({"reason": state.reason} if state.reason else {})
    return {}


def is_ticked_lines(block: ParagraphBlock) -> bool:
    """Whether every line of a paragraph begins with a tick or emoji."""
    return all(strip_marks(s.plain) != s.plain for s in block.segments)


def _is_struck(children: Sequence[Token]) -> bool:
    """Whether the whole of a promise is struck through."""
    told = [c for c in children if c.type != "text" or c.content.strip()]
    return len(told) > 1 and told[0].type == "s_open" and told[-1].type == "s_close"


def marks_of(text: str) -> str:
    """Return the ticks and emoji that a text begins with."""
    return text[: len(text) - len(strip_marks(text))]


def without_marks(children: Sequence[Token]) -> tuple[Token, ...]:
    """Return inline tokens without the ticks and emoji in front."""
    marks = marks_of(unfolded(children))
    return cut(children, len(marks)) if marks else tuple(children)


def _with_priority(children: Sequence[Token]) -> tuple[str | None, tuple[Token, ...]]:
    """Return the priority that a promise begins with (“**P1** …”, “P1: …”), and the rest."""
    children = [c for c in children if c.type != "text" or c.content]
    if len(children) > 3 and children[0].type == "strong_open":
        word = children[1].content.strip()
        if children[2].type == "strong_close" and _PRIORITY_ALONE.fullmatch(word):
            return word.rstrip(":"), cut(children[3:], 0)
        return None, tuple(children)
    match = _PRIORITY_FIRST.match(unfolded(children[:1]))
    if not match:
        return None, tuple(children)
    return match[1] or match[2] or match[3], cut(children, match.end())


def is_action_label(label: str) -> bool:
    """Whether a label announces an action item."""
    return fold_label(label) in ("action item", "action")


def _without_label(lead: ParagraphBlock) -> tuple[Token, ...]:
    first = split_label(lead.segments[0])
    if not first or not is_action_label(first[0]):
        return tuple(lead.token.children or ())
    return (*first[1], *_later_lines(lead))


def _later_lines(lead: ParagraphBlock) -> Iterator[Token]:
    for segment in lead.segments[1:]:
        yield Token("softbreak", "br", 0)
        yield from segment.children
