"""Where a body's action items stand, and which good intentions are none.

Only where a report has no action section are its preventive measures taken for actions; there a
tick is the bullet's decoration and does not mean done. Other lists of good intentions are
improvements: promises without an owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.body.action_lists import (
    ActionList,
    is_action_label,
    is_ticked_lines,
    without_marks,
)
from postmortem_archive.report.body.action_tables import ActionTable, columns_of, is_of_promises
from postmortem_archive.report.body.details import DetailReader
from postmortem_archive.report.body.headings import section_name
from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.body.labels import counts_rows
from postmortem_archive.report.body.outline import Outline, Part, is_bold
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.placeholders import is_missing
from postmortem_archive.report.grammar.states import read_state
from postmortem_archive.report.markup.blocks import (
    Block,
    ListBlock,
    ListItem,
    ParagraphBlock,
    RuleBlock,
    TableBlock,
)
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action, Improvement

_HORIZON_SECTIONS = {
    "immediate_actions": "immediate",
    "short_term_actions": "short",
    "medium_term_actions": "medium",
    "long_term_actions": "long",
}
_IMPROVEMENT_SECTIONS = (
    "preventive_measures", "prevention", "prevent_this", "prevent_similar", "process_improvements",
    "technical_improvements", "monitoring_improvements", "new_alerts", "monitoring_gaps",
    "dashboards", "code_review", "testing", "deployment", "documentation", "to_improve",
)  # fmt: skip


@dataclass(slots=True)
class Actions:
    """What was read: action items, improvements, and the token ranges taken up.

    The `headings` (their tokens) say a horizon, and go where something else takes what is left
    below them.
    """

    actions: list[Action] = field(default_factory=list)
    improvements: list[Improvement] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)


def read_actions(
    outline: Outline, tokens: Sequence[Token], env: dict[str, Any], reading: Reading
) -> Actions:
    """Return the body's action items and improvements."""
    reader = _ActionReader(DetailReader(tokens, env, reading.path), reading)
    for part in outline.within("actions"):
        reader.read_part(part, ticks_decorate=False)
    reader.read_labelled(outline)
    if not reader.found.actions:
        for part in _horizons(outline):
            reader.read_part(part, ticks_decorate=False)
    scope: tuple[str, ...] = _IMPROVEMENT_SECTIONS
    if not reader.found.actions:
        for part in outline.within("preventive_measures"):
            reader.read_part(part, ticks_decorate=True)
        scope = tuple(name for name in scope if name != "preventive_measures")
    for part in outline.parts:
        in_actions = part.name == "actions" or "actions" in part.parents
        if not in_actions and part.name in scope:
            reader.read_improvements(part)
    if not reader.found.actions:
        reader.read_tables(outline)
    return reader.found


def read_action_parts(
    parts: Iterable[Part], tokens: Sequence[Token], env: dict[str, Any], reading: Reading
) -> tuple[Action, ...]:
    """Return the action items of sections that hold nothing else."""
    reader = _ActionReader(DetailReader(tokens, env, reading.path), reading)
    for part in parts:
        reader.read_part(part, ticks_decorate=False)
    return tuple(reader.found.actions)


# What was done at once during an incident stands under such headings as well.
_TELLS_OF_THE_RESPONSE = frozenset(
    {"timeline", "response", "resolution", "mitigation", "detection", "root_cause", "actions"}
)
_FEWEST_HORIZONS = 2


def _horizons(outline: Outline) -> list[Part]:
    """Return the sections by horizon that stand below another heading than one of actions."""
    parts = [
        part for part in outline.parts
        if part.heading and part.name in _HORIZON_SECTIONS
        and _TELLS_OF_THE_RESPONSE.isdisjoint(part.parents)
    ]  # fmt: skip
    return parts if len({part.name for part in parts}) >= _FEWEST_HORIZONS else []


# “Immediate actions (completed)”: the heading tells the state of what stands below.
_REMARK = re.compile(r"\(([^()]{1,40})\)\W*$")


def _status_below(title: str) -> str:
    """Return the state of the items below a heading that tell none themselves."""
    remark = _REMARK.search(title)
    state = read_state(remark[1]) if remark else None
    return state.status if state else "open"


def _line_above(block: Block) -> str | None:
    """Return what a line in bold, or one that ends with a colon, says of the items below it."""
    if not isinstance(block, ParagraphBlock) or len(block.segments) > 1:
        return None
    announces = block.plain.endswith(":") or is_bold(block.token.children or ())
    return block.plain.rstrip(": ") if announces else None


def _horizon_of(title: str) -> str | None:
    return _HORIZON_SECTIONS.get(section_name(title) or "")


class _ActionReader:
    def __init__(self, details: DetailReader, reading: Reading) -> None:
        self.details = details
        self.reading = reading
        self.found = Actions()
        self.labelled: set[int] = set()

    def read_part(self, part: Part, *, ticks_decorate: bool) -> None:
        """Read a section: every table, list and run of ticked lines in it."""
        horizon = _HORIZON_SECTIONS.get(part.name or "")
        if part.label and horizon and "actions" in part.parents:
            return  # an item of a list that was read whole
        status = _status_below(part.title)
        own = ActionList(horizon, ticks_decorate, self.details, self.reading, status)
        lists = own
        above: Block | None = None
        before = len(self.found.actions)
        whole = part.whole
        for block in part.blocks:
            if title := _line_above(block):
                named = _horizon_of(title)
                above = block if named else None
                lists = replace(own, horizon=named, status=_status_below(title)) if named else own
                whole = whole and bool(named)
            elif self._read_block(block, lists):
                # The horizon's line lives on as a group of the rendered list.
                start = above.start if above else block.start
                self.found.taken.append((start, block.stop))
                above = None
            elif not isinstance(block, RuleBlock):
                whole = False
        whole = whole and above is None
        below = "actions" in part.parents
        if horizon and below and part.heading and len(self.found.actions) > before:
            # The horizon's heading lives on as a group of the rendered list.
            self.found.headings.append(part.heading.start)
            if whole:
                self.found.taken.append((part.heading.start, part.heading.stop))

    def _read_block(self, block: Block, lists: ActionList) -> bool:
        """Read the action items of a block; tell whether they say all that it says."""
        if isinstance(block, TableBlock):
            columns = columns_of(block)
            if columns is None:
                return False
            counts = frozenset(n for n in range(len(block.header)) if counts_rows(block, n))
            table = ActionTable(block, columns, lists.horizon, self.details, self.reading, counts)
            self.found.actions.extend(table.actions())
            return True
        if isinstance(block, ListBlock):
            items = list(_items_of(block, lists))
            read = [readers.from_item(item) for item, readers in items]
            self.found.actions.extend(action for action in read if action)
            pairs = zip(items, read, strict=True)
            return all(action or not _says_more(item) for (item, _), action in pairs)
        if isinstance(block, ParagraphBlock) and is_ticked_lines(block):
            lines = replace(lists, ticks_decorate=True)
            read = [lines.from_segment(segment) for segment in block.segments]
            self.found.actions.extend(action for action in read if action)
            return True
        return False

    def read_tables(self, outline: Outline) -> None:
        """Read the tables whose heads alone say that they hold action items."""
        lists = ActionList(None, ticks_decorate=False, details=self.details, reading=self.reading)
        for part in outline.parts:
            if not _TELLS_OF_THE_RESPONSE.isdisjoint((part.name, *part.parents)):
                continue
            for block in part.blocks:
                if isinstance(block, TableBlock) and is_of_promises(block):
                    self._read_block(block, lists)
                    self.found.taken.append((block.start, block.stop))

    def read_labelled(self, outline: Outline) -> None:
        """Read bullets labelled “Action item”, wherever they stand."""
        lists = ActionList(None, ticks_decorate=False, details=self.details, reading=self.reading)
        for part in outline.parts:
            if part.name == "actions" or "actions" in part.parents:
                continue
            for block in part.blocks:
                for item in block.items if isinstance(block, ListBlock) else ():
                    # Few bullets have any such word, and a look is cheap.
                    if not item.lead or "action" not in item.plain.casefold():
                        continue
                    label = split_label(item.lead.segments[0])
                    if label and is_action_label(label[0]):
                        self.labelled.add(item.start)
                        if action := lists.from_item(item):
                            self.found.actions.append(action)

    def read_improvements(self, part: Part) -> None:
        """Read a section's lists as improvements."""
        for block in part.blocks:
            for item in block.items if isinstance(block, ListBlock) else ():
                if item.start in self.labelled or not item.lead or is_missing(item.plain):
                    continue
                text = self.details.text(without_marks(item.lead.token.children or []))
                place = Place(item.line, self.reading.source.column_of(item.line, text.plain))
                self.found.improvements.append(
                    Improvement(text, part.name or "prevention", place, item.ticked)
                )


def _items_of(block: ListBlock, lists: ActionList) -> Iterator[tuple[ListItem, ActionList]]:
    """Yield a list's items; one that is a horizon alone stands for those of the list below it."""
    for item in block.items:
        title = item.plain.rstrip(": ")
        below = [inner for inner in item.rest if isinstance(inner, ListBlock)]
        horizon = _horizon_of(title) if below and len(below) == len(item.rest) else None
        if horizon:
            nested = replace(lists, horizon=horizon, status=_status_below(title))
            for inner in below:
                yield from ((promise, nested) for promise in inner.items)
        else:
            yield item, lists


def _says_more(item: ListItem) -> bool:
    """Whether an item that is no action still says something: it begins with code, or a list."""
    return not item.lead and bool(item.blocks)
