"""What is worth reading again: a few of each, and the way to all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.clocks import CLOCKS
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.trends.majors import MajorsFacts, Remark
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import DayMark, Line, Link, SeverityMark

_MOST_REPORTS = 12
_MOST_REMARKS = 6


@dataclass(frozen=True, slots=True)
class AgainView:
    """A report that is worth reading again."""

    report: Link
    day: DayMark | None
    severity: SeverityMark | None
    services: tuple[Link, ...]
    clocks: tuple[Line, ...]
    summary: Markup | None
    ended: Markup | None


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A line of a report, with the way to the report."""

    text: Markup
    report: Link


@dataclass(frozen=True, slots=True)
class AgainList:
    """Reports or remarks under a heading; `more` says how many are not shown, and where they are.

    Only one of `reports` and `remarks` holds any.
    """

    title: str
    reports: tuple[AgainView, ...] = ()
    remarks: tuple[RemarkView, ...] = ()
    more: Link | None = None


def majors_view(facts: MajorsFacts, period: Period, point: Viewpoint) -> tuple[AgainList, ...]:
    """Return the lists of a period that have something in them."""
    lists = (
        _reports("Major incidents", facts.majors, period, point),
        _reports("Near misses", facts.near_misses, period, point),
        _remarks("Where we got lucky", facts.lucky, period, point),
        _remarks("What went well", facts.went_well, period, point),
    )
    return tuple(told for told in lists if told.reports or told.remarks)


def _reports(title: str, reports: Sequence[Report], period: Period, point: Viewpoint) -> AgainList:
    shown = reports[-_MOST_REPORTS:]
    more = _more(len(reports) - len(shown), " before these", period, point)
    return AgainList(title, reports=tuple(_again(report, point) for report in shown), more=more)


def _remarks(title: str, remarks: Sequence[Remark], period: Period, point: Viewpoint) -> AgainList:
    shown = tuple(
        RemarkView(point.here.html(remark.item.text.html), point.report(remark.report))
        for remark in remarks[:_MOST_REMARKS]
    )
    more = _more(len(remarks) - len(shown), "", period, point)
    return AgainList(title, remarks=shown, more=more)


def _again(report: Report, point: Viewpoint) -> AgainView:
    measured = point.archive.clocks(report)
    return AgainView(
        report=point.report(report),
        day=point.day(day(report)),
        severity=point.severity(report.severity),
        services=tuple(point.service(name) for name in report.services),
        clocks=tuple(
            Line(clock.abbreviation, wording.duration(measured[clock.name]))
            for clock in CLOCKS
            if clock.name in measured
        ),
        summary=point.summary(report),
        ended=point.short(report.mitigation),
    )


def _more(count: int, which: str, period: Period, point: Viewpoint) -> Link | None:
    """Return a link to the list of incidents that holds the rest, if there is a rest."""
    if count <= 0:
        return None
    text = f"and {count:,} more{which}"
    if period.kind in {PeriodKind.YEAR, PeriodKind.MONTH}:
        known = {group.name for group in (*point.archive.years, *point.archive.months)}
        if period.name in known:
            return Link(text, point.here.href(point.addresses.period(period.name)))
    return Link(text, point.here.href(point.addresses.incidents))
