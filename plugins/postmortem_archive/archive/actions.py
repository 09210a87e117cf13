"""What was promised and is not done yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from postmortem_archive.archive.catalogue import day
from postmortem_archive.report.record import Action, Report

OPEN_STATUSES = frozenset({"open", "in_progress"})


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
    """Return the day an action was opened: its own, else the report's publication, else its day."""
    return action.opened or report.published or day(report)


def open_actions(reports: Iterable[Report], as_of: date) -> tuple[OpenAction, ...]:
    """Return the open actions of all reports, by due date; those without one come last."""
    found = [
        OpenAction(report, action, number, opened(report, action), days_overdue(action, as_of))
        for report in reports
        for number, action in enumerate(report.actions, start=1)
        if action.status in OPEN_STATUSES
    ]
    return tuple(sorted(found, key=lambda item: item.action.due or date.max))


def days_overdue(action: Action, as_of: date) -> int:
    """Return the days since an open action's due date; 0 where it has none or it is to come."""
    return max((as_of - action.due).days, 0) if action.due else 0
