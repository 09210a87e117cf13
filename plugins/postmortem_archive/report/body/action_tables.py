"""Action items in tables: one a row, the columns known by their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from postmortem_archive.report.body.details import DetailReader
from postmortem_archive.report.body.labels import counts_rows, fold_label
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.moments import DATE, find_date
from postmortem_archive.report.grammar.placeholders import is_missing, is_placeholder
from postmortem_archive.report.grammar.states import State, read_cell, read_state
from postmortem_archive.report.languages import LANGUAGES, merged
from postmortem_archive.report.markup.blocks import Cell, TableBlock
from postmortem_archive.report.markup.markdown import web_address
from postmortem_archive.report.problem import Place, nearest
from postmortem_archive.report.record import Action, Text
from postmortem_archive.report.vocabulary import (
    ACTION_STATUSES,
    ACTION_TYPES,
    HORIZONS,
    Vocabulary,
)

# What a column holds -> its heads, in every language.
COLUMNS: Mapping[str, frozenset[str]] = MappingProxyType({
    name: frozenset(map(fold_label, heads))
    for name, heads in merged(tuple(language.columns for language in LANGUAGES)).items()
})  # fmt: skip

_SHIFTING = frozenset({"owner", "due", "status", "priority"})
_OVER = frozenset({"done", "not_doing"})

# Columns whose cell is a fact as it stands.
_VERBATIM = frozenset({"text", "owner", "priority", "verification"})


def columns_of(table: TableBlock) -> dict[str, int] | None:
    """Return which column holds what, None where the table holds no action items."""
    columns: dict[str, int] = {}
    for number, cell in enumerate(table.header):
        folded = fold_label(cell.plain)
        name = next((name for name, heads in COLUMNS.items() if folded in heads), None)
        if name and name not in columns:
            columns[name] = number
    if "text" not in columns:
        free = [
            n for n in range(len(table.header))
            if n not in columns.values() and not counts_rows(table, n)
        ]  # fmt: skip
        if not columns or not free:
            return None
        columns["text"] = free[0]
    return columns


def is_of_promises(table: TableBlock) -> bool:
    """Tell whether a table's heads say, without a heading above it, that it holds action items.

    They name an owner and a due date; or an owner, a status and what is to be done.
    """
    columns = columns_of(table) or {}
    heads = {fold_label(cell.plain) for cell in table.header}
    by_text = "status" in columns and not heads.isdisjoint(COLUMNS["text"])
    return "owner" in columns and ("due" in columns or by_text)


@dataclass(frozen=True, slots=True)
class ActionTable:
    """Reads the action items of one table."""

    table: TableBlock
    columns: Mapping[str, int]
    horizon: str | None
    details: DetailReader
    reading: Reading
    counts: frozenset[int]

    def actions(self) -> Iterator[Action]:
        """Yield an action item for each row that a template's placeholders do not fill."""
        for row in self.table.rows:
            if any(cell.plain for cell in row) and not is_placeholder(self._text(row).plain):
                yield self._action(row)

    def _text(self, row: tuple[Cell, ...]) -> Cell:
        """Return the cell that says what is to be done; where it is empty, the first that tells."""
        cell = row[self.columns["text"]]
        return cell if cell.plain else next((c for c in row if not is_missing(c.plain)), cell)

    def _action(self, row: tuple[Cell, ...]) -> Action:
        told = {
            name: row[number].plain
            for name, number in self.columns.items()
            if not is_missing(row[number].plain)
        }
        text = self._text(row)
        if self._is_shifted(told, text.line):
            # Which cell is whose can not be told, so each is kept under its column's head.
            told = {name: cell for name, cell in told.items() if name not in _SHIFTING}
        due, done = self._due(told.get("due"), text.line)
        state = self._state(told.get("status"), text.line, done)
        reason = state.reason or (told.get("reason") if state.status == "not_doing" else None)
        return Action(
            text=self.details.text(text.segment.children),
            place=Place(text.line, self.reading.source.column_of(text.line, text.plain)),
            status=state.status,
            owner=told.get("owner"),
            priority=told.get("priority"),
            horizon=_term(HORIZONS, told.get("horizon")) or self.horizon,
            type=_term(ACTION_TYPES, told.get("type")),
            opened=find_date(told.get("opened", ""), self.reading.dates),
            due=due,
            closed=find_date(told.get("closed", ""), self.reading.dates) or state.done_on,
            reason=reason,
            verification=self._cell(row, "verification") if "verification" in told else None,
            url=self._url(row),
            details=tuple(self._others(row, told, state)),
        )  # fmt: skip

    def _cell(self, row: tuple[Cell, ...], name: str) -> Text:
        return self.details.text(row[self.columns[name]].segment.children)

    def _url(self, row: tuple[Cell, ...]) -> str | None:
        return (
            web_address(row[self.columns["url"]].segment.children)
            if "url" in self.columns
            else None
        )

    def _others(
        self, row: tuple[Cell, ...], told: Mapping[str, str], state: State
    ) -> Iterator[Text]:
        """Yield the cells that no attribute of the action has taken up, with their headers."""
        names = {number: name for name, number in self.columns.items()}
        for number, cell in enumerate(row):
            name = names.get(number)
            if is_missing(cell.plain) or cell is self._text(row) or number in self.counts:
                continue
            cell_told = told.get(name) if name else None
            if name and cell_told and (name in _VERBATIM or self._is_taken(name, cell_told, state)):
                continue
            yield self.details.labelled(
                self.table.header[number].plain, self.details.text(cell.segment.children)
            )

    def _is_taken(self, name: str, text: str, state: State) -> bool:
        """Whether a cell is wholly told by the action's attributes."""
        match name:
            case "status":
                return read_cell(text) is not None and state.remark is None
            case "due" | "opened" | "closed":
                return find_date(text, self.reading.dates) is not None and not re.search(
                    r"\w", DATE.sub("", text)
                )
            case "horizon":
                return _term(HORIZONS, text) is not None
            case "type":
                return _term(ACTION_TYPES, text) is not None
            case "reason":
                return state.status == "not_doing" and state.reason is None
        return False

    def _is_shifted(self, told: Mapping[str, str], line: int) -> bool:
        """Whether a row seems to lack a cell: a date stands for the owner, and none is due."""
        owner, due = told.get("owner", ""), told.get("due", "")
        if not find_date(owner, self.reading.dates) or DATE.sub("", owner).strip():
            return False
        if find_date(due, self.reading.dates):
            return False
        self.reading.warn(
            Place(line, self.reading.source.column_of(line, owner)), "shifted-row",
            f"“{owner}” is no owner: the row seems to lack a cell", found=owner,
            expected=f"{len(self.table.header)} cells, the owner's before the date",
        )  # fmt: skip
        return True

    def _state(self, text: str | None, line: int, done: State | None) -> State:
        if not text:
            return done or State("open")
        state = read_cell(text)
        if state is None:
            self.reading.warn(
                Place(line, self.reading.source.column_of(line, text)), "unknown-word",
                f"“{text}” is no status of an action item; it counts as open", found=text,
                expected="open, in progress, done or not doing",
                suggestion=nearest(text, ACTION_STATUSES.spellings),
            )  # fmt: skip
        return state or State("open")

    def _due(self, text: str | None, line: int) -> tuple[date | None, State | None]:
        """Return when an action is due, and its state where that stands in place of the date."""
        if not text:
            return None, None
        day = find_date(text, self.reading.dates)
        state = read_state(text)
        if state and state.status in _OVER:
            return None if state.day else day, state
        if day is None:
            self.reading.warn(
                Place(line, self.reading.source.column_of(line, text)), "unreadable-date",
                f"the due date “{text}” is no date that can be read", found=text,
                expected="a date such as 2025-09-30",
            )  # fmt: skip
        return day, None


def _term(words: Vocabulary, text: str | None) -> str | None:
    term = words.find(text) if text else None
    return term.name if term else None
