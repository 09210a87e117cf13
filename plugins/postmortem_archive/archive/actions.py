"""What was promised, what of it is not done yet, and what was open on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from postmortem_archive.archive.catalogue import day
from postmortem_archive.report.record import Action, Report

OPEN_STATUSES = frozenset({"open", "in_progress"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """An action item with its report. `number` counts from 1 in it; `opened` is its first day."""

    report: Report
    action: Action
    number: int
    opened: date | None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action item that is not done. `number` counts from 1 in its report.

    `overdue` is the number of days since its due date: 0 where it is not overdue or has none.
    """

    report: Report
    action: Action
    number: int
    opened: date | None
    overdue: int


def opened(report: Report, action: Action) -> date | None:
    """Return the day an action was opened: its own, else the report's publication, else its day.

    One that was closed before had been opened by then.
    """
    since = action.opened or report.published or day(report)
    return min(since, action.closed) if since and action.closed else since


def was_open(action: Action, on: date) -> bool | None:
    """Tell whether an action that had been opened was open at the end of a day.

    None where nobody can tell: it was ended on a day that was not told, or is called open after the
    day on which it was closed.
    """
    is_open = action.status in OPEN_STATUSES
    if action.closed is None:
        return is_open or None
    if action.closed > on:
        return True
    return None if is_open else False


def numbered(reports: Iterable[Report]) -> tuple[Numbered, ...]:
    """Return the actions of all reports, in the order written."""
    return tuple(
        Numbered(report, action, number, opened(report, action))
        for report in reports
        for number, action in enumerate(report.actions, start=1)
    )


def open_actions(actions: Iterable[Numbered], as_of: date) -> tuple[OpenAction, ...]:
    """Return the actions that their reports call open, by due date; those without one come last.

    Overdue days are counted to `as_of`.
    """
    return _by_due((item for item in actions if item.action.status in OPEN_STATUSES), as_of)


def open_on(actions: Iterable[Numbered], on: date) -> tuple[OpenAction, ...]:
    """Return the actions known to have been open at the end of a day, in the same order.

    Days alone decide, so that a day of the past is told as it was: what was closed after it is
    among them. An action without a day on which it was opened is not.
    """
    return _by_due(
        (
            item
            for item in actions
            if item.opened and item.opened <= on and was_open(item.action, on)
        ),
        on,
    )


def _by_due(actions: Iterable[Numbered], on: date) -> tuple[OpenAction, ...]:
    found = [
        OpenAction(
            item.report, item.action, item.number, item.opened, days_overdue(item.action, on)
        )
        for item in actions
    ]
    return tuple(sorted(found, key=lambda item: item.action.due or date.max))


def days_overdue(action: Action, as_of: date) -> int:
    """Return the days since an open action's due date; 0 where it has none or it is to come."""
    return max((as_of - action.due).days, 0) if action.due else 0


class Ledger:
    """How many actions were open, and how many overdue, on any day; it counts as `open_on` does."""

    def __init__(self, actions: Iterable[Numbered]) -> None:
        self._opened: list[date] = []
        self._ended: list[date] = []
        self._late: list[date] = []
        self._late_ended: list[date] = []
        for item in actions:
            self._enter(item)
        for days in (self._opened, self._ended, self._late, self._late_ended):
            days.sort()

    def _enter(self, item: Numbered) -> None:
        end = item.action.closed
        if item.opened is None or (end is None and item.action.status not in OPEN_STATUSES):
            return
        self._opened.append(item.opened)
        if end:
            self._ended.append(end)
        due = item.action.due
        if due is None or due == date.max:
            return
        late = max(item.opened, due + timedelta(days=1))
        if end is None or end > late:
            self._late.append(late)
            if end:
                self._late_ended.append(end)

    def open(self, on: date) -> int:
        """Return how many actions were open at the end of a day."""
        return bisect_right(self._opened, on) - bisect_right(self._ended, on)

    def overdue(self, on: date) -> int:
        """Return how many of them were overdue."""
        return bisect_right(self._late, on) - bisect_right(self._late_ended, on)
