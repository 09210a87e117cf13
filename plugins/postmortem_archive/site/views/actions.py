"""Action items: those of one report, and the open ones of the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.archive.actions import OpenAction
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Action, Report
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint, state
from postmortem_archive.site.views.marks import DayMark, Line, Link, SeverityMark, StateMark


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action item on its report's page."""

    state: StateMark
    text: Markup
    facts: tuple[Line, ...]
    href: str | None
    reason: str | None
    verification: Markup | None
    details: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """The action items of one horizon; no title where the report tells none."""

    title: str | None
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class ActionsView:
    """A report's action items; `heading` is given where they stand outside the body's sections."""

    count: str
    groups: tuple[ActionGroup, ...]
    heading: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class OpenActionView:
    """An open action item in a list over the archive."""

    state: StateMark
    text: Markup
    owner: str | None
    due: DayMark | None
    overdue: str | None
    report: Link
    severity: SeverityMark | None


@dataclass(frozen=True, slots=True)
class OpenActionsView:
    """Open action items by due date, with how many there are and how many are shown.

    `rest` leads to the reports of all of them, where some are left out.
    """

    actions: tuple[OpenActionView, ...]
    summary: str
    shown: str | None
    rest: Link | None = None


def actions_view(
    report: Report, point: Viewpoint, heading: str | None = None, anchor: str | None = None
) -> ActionsView:
    """Return a report's action items, grouped by horizon."""
    by_horizon: dict[str | None, list[ActionView]] = {
        name: [] for name in (*words.HORIZONS.names, None)
    }
    for action in report.actions:
        known = action.horizon if action.horizon in by_horizon else None
        by_horizon[known].append(_action(action, report, point))
    told = any(found for name, found in by_horizon.items() if name)
    groups = tuple(
        ActionGroup(_horizon(name, told=told), tuple(found))
        for name, found in by_horizon.items()
        if found
    )
    return ActionsView(_count(report.actions), groups, heading, anchor)


def _horizon(name: str | None, *, told: bool) -> str | None:
    if name is None:
        return "Without a horizon" if told else None
    title = words.HORIZONS.title(name)
    return title if name == "immediate" else f"{title} term"


def _count(actions: Sequence[Action]) -> str:
    """Return how many action items there are, and how many in each state."""
    counts = Counter(action.status for action in actions)
    states = [
        f"{counts[name]} {words.ACTION_STATUSES.title(name).lower()}"
        for name in words.ACTION_STATUSES.names
        if counts[name]
    ]
    return f"{wording.count_of(len(actions), 'action item')}: {wording.listed(states)}"


def _action(action: Action, report: Report, point: Viewpoint) -> ActionView:
    told = (
        ("Owner", action.owner),
        ("Due", wording.day(action.due) if action.due else None),
        ("Closed", wording.day(action.closed) if action.closed else None),
        ("Priority", action.priority),
        ("To", words.ACTION_TYPES.title(action.type).lower() if action.type else None),
    )
    facts = [Line(label, text) for label, text in told if text]
    return ActionView(
        state=state(action.status),
        text=point.here.html(action.text.html),
        facts=tuple(facts),
        href=point.outward(action.url, report),
        reason=action.reason,
        verification=point.here.prose(action.verification),
        details=tuple(point.here.html(detail.html) for detail in action.details),
    )


def open_actions_view(
    actions: Iterable[OpenAction], point: Viewpoint, limit: int | None = None
) -> OpenActionsView:
    """Return open action items, the earliest due date first."""
    every = tuple(actions)
    late = sum(1 for item in every if item.overdue)
    summary = f"{wording.count_of(len(every), 'open action item')}"
    if every:
        summary += f", {late} overdue" if late else ", none overdue"
    shown = every[:limit] if limit else every
    more = f"The {len(shown)} that are due first are shown." if len(shown) < len(every) else None
    return OpenActionsView(tuple(_open(item, point) for item in shown), summary, more)


def _open(item: OpenAction, point: Viewpoint) -> OpenActionView:
    return OpenActionView(
        state=state(item.action.status),
        text=point.here.html(item.action.text.html),
        owner=item.action.owner,
        due=point.day(item.action.due),
        overdue=f"{wording.days(item.overdue)} overdue" if item.overdue else None,
        report=point.report(item.report),
        severity=point.severity(item.report.severity),
    )
