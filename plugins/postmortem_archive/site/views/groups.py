"""Services, root causes and triggers: all of a kind, and each on its own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.groups import Group
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import Objective, Service
from postmortem_archive.site import wording
from postmortem_archive.site.search.links import explore
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import DayMark, Line, Link, SeverityMark

# The largest percentage.
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """How many incidents of a severity a group has."""

    mark: SeverityMark
    count: int


@dataclass(frozen=True, slots=True)
class LastIncident:
    """The incident that happened last, by day."""

    day: DayMark
    href: str | None
    title: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the table of its kind; `share` is its part of the largest one, in percent."""

    link: Link
    owner: str | None
    note: str | None
    count: int
    share: int
    severities: tuple[SeverityCount, ...]
    last: LastIncident | None
    actions: int


@dataclass(frozen=True, slots=True)
class GroupTable:
    """All groups of a kind. `noun` is the kind's name, `actions` whether open ones are counted."""

    noun: str
    rows: tuple[GroupRow, ...]
    left_out: str | None
    actions: bool


@dataclass(frozen=True, slots=True)
class GroupHead:
    """What there is to say of one group before its incidents; `explore` leads to all of them."""

    description: str | None
    facts: tuple[Line, ...]
    severities: tuple[SeverityCount, ...]
    last: LastIncident | None
    count: str
    explore: Link | None


def service_table(point: Viewpoint) -> GroupTable:
    """Return the services, used or not."""
    rows = _rows(point.archive.services, point, point.service)
    untold = sum(1 for report in point.archive.reports if not report.services)
    return GroupTable("service", rows, _left_out(untold, "service"), actions=True)


def cause_table(point: Viewpoint) -> GroupTable:
    """Return the root causes that occur."""
    rows = _rows(point.archive.causes, point, point.cause)
    untold = sum(
        1
        for report in point.archive.reports
        if not (report.root_cause and report.root_cause.category)
    )
    return GroupTable("root cause", rows, _left_out(untold, "root cause"), actions=False)


def trigger_table(point: Viewpoint) -> GroupTable:
    """Return the triggers that occur."""
    rows = _rows(point.archive.triggers, point, point.trigger)
    untold = sum(
        1 for report in point.archive.reports if not (report.trigger and report.trigger.category)
    )
    return GroupTable("trigger", rows, _left_out(untold, "trigger"), actions=False)


def _left_out(count: int, noun: str) -> str | None:
    if not count:
        return None
    verb = "names" if count == 1 else "name"
    return f"{wording.count_of(count, 'report')} {verb} no {noun}."


def _rows(
    groups: Sequence[Group], point: Viewpoint, link: Callable[[str], Link]
) -> tuple[GroupRow, ...]:
    largest = max((len(group.incidents) for group in groups), default=0) or 1
    open_actions = _open_actions(point)
    return tuple(
        GroupRow(
            link=Link(group.title, link(group.name).href),
            owner=group.term.owner if isinstance(group.term, Service) else None,
            note=_note(group),
            count=len(group.incidents),
            share=round(100 * len(group.incidents) / largest),
            severities=severity_counts(group.incidents, point),
            last=last_incident(group.incidents, point),
            actions=sum(open_actions[report.path] for report in group.reports),
        )
        for group in groups
    )


def _open_actions(point: Viewpoint) -> Counter[str]:
    return Counter(item.report.path for item in point.archive.open_actions)


def _note(group: Group) -> str | None:
    if isinstance(group.term, Service):
        return f"retired {wording.day(group.term.retired)}" if group.term.retired else None
    return (group.term.description or None) if group.term else None


def severity_counts(reports: Iterable[Report], point: Viewpoint) -> tuple[SeverityCount, ...]:
    """Return how many of the reports there are of each severity, without those of none."""
    counts = Counter(report.severity for report in reports)
    marks = ((point.severity(name), counts[name]) for name in point.reading.severities.names)
    return tuple(SeverityCount(mark, count) for mark, count in marks if mark and count)


def last_incident(reports: Sequence[Report], point: Viewpoint) -> LastIncident | None:
    """Return the last of the reports that has a day."""
    for report in reversed(reports):
        on = day(report)
        if on:
            mark = DayMark(on.isoformat(), on.isoformat())
            return LastIncident(mark, point.report(report).href, report.title)
    return None


def head(group: Group, facet: str, point: Viewpoint) -> GroupHead:
    """Return what there is to say of a service, a root cause or a trigger: that is the facet."""
    others = len(group.reports) - len(group.incidents)
    count = wording.count_of(len(group.incidents), "incident")
    query = explore(any_of={facet: (group.name,)})
    if others:
        count += f", and {wording.count_of(others, 'report')} of another kind"
    return GroupHead(
        description=(group.term.description or None) if group.term else None,
        facts=_service_facts(group.term) if isinstance(group.term, Service) else (),
        severities=severity_counts(group.incidents, point),
        last=last_incident(group.incidents, point),
        count=count,
        explore=point.explorer("Search and compare in the explorer", query)
        if group.reports
        else None,
    )


def _service_facts(service: Service) -> tuple[Line, ...]:
    told = [
        ("Owner", service.owner),
        ("In use since", wording.day(service.since) if service.since else None),
        ("Retired", wording.day(service.retired) if service.retired else None),
        *((_capital_name(slo), _objective(slo)) for slo in service.slos),
    ]
    return tuple(Line(label, text) for label, text in told if text)


def _capital_name(slo: Objective) -> str:
    return f"Objective: {slo.name}"


def _objective(slo: Objective) -> str:
    """Return an objective's target: a percentage, or milliseconds where it is over 100."""
    unit = "%" if slo.target <= _WHOLE else "ms"
    target = f"{wording.number(slo.target)}{wording.NBSP}{unit}"
    if slo.window.endswith("d") and slo.window[:-1].isdigit():
        return f"{target} over {wording.days(int(slo.window[:-1]))}"
    return f"{target} per {slo.window}"
