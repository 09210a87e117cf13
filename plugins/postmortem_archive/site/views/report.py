"""A report's page: its head, what ended the incident, and everything around the body."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.naming import slug
from postmortem_archive.archive.recurrences import RECURRENCE
from postmortem_archive.archive.relations import Basis, Related
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.problem import Level, Problem
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.facts import (
    Fact,
    facts,
    impact_lines,
    record_lines,
    remedy_lines,
    shown,
)
from postmortem_archive.site.views.lifecycle import (
    ClocksView,
    PhaseView,
    StatedView,
    clocks_view,
    milestone_lines,
    phase_views,
    stated_views,
)
from postmortem_archive.site.views.marks import DayMark, Line, Link, SeverityMark
from postmortem_archive.site.views.recurrences import ChainView, chain_view
from postmortem_archive.site.views.similar import SimilarView, similar_views

_MEANING = {
    Level.ERROR: "What has an error is left out of this page; the rest of the report is shown.",
    Level.WARNING: "The report is shown in full; these places are worth a correction.",
}


_BASES = {Basis.LINK: "A link in the text", Basis.NAME: "Named in the text"}


@dataclass(frozen=True, slots=True)
class Notice:
    """The line at the top of a report that has problems."""

    level: str
    counts: str
    meaning: str
    link: Link


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A related incident, under the words of the relation."""

    word: str
    href: str | None
    title: str
    severity: SeverityMark | None
    date: DayMark | None
    note: str | None


@dataclass(frozen=True, slots=True)
class NeighboursView:
    """The incidents before and after this one: all of them, or those on one service."""

    title: str
    label: str
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class Outlink:
    """A link that belongs to the incident, with its kind."""

    kind: str
    link: Link


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that a report's page prints; `body` is safe HTML with its slots filled."""

    id: str
    anchor: str
    title: str
    summary: Markup | None
    severity: SeverityMark | None
    kind: str | None
    status: str | None
    date: DayMark | None
    authors: str | None
    facts: tuple[Fact, ...]
    unconfirmed: str | None
    notice: Notice | None
    remedy: tuple[Line, ...]
    impact: tuple[Line, ...]
    phases: tuple[PhaseView, ...]
    milestones: tuple[Line, ...]
    measured: ClocksView
    stated: tuple[StatedView, ...]
    history: ChainView | None
    related: tuple[RelatedView, ...]
    similar: tuple[SimilarView, ...]
    body: tuple[Markup, ...]
    mermaid: str | None
    record: tuple[Line, ...]
    links: tuple[Outlink, ...]
    neighbours: tuple[NeighboursView, ...]
    sources: tuple[Link, ...]


def report_view(
    report: Report,
    point: Viewpoint,
    body: tuple[Markup, ...],
    mermaid: str | None,
    source_url: str | None,
) -> ReportView:
    """Return the page of a report; `source_url` is where its file can be seen, if anywhere.

    `mermaid` is the address of the script that draws its diagrams, if the archive has it.
    """
    on = day(report)
    return ReportView(
        id=report.id,
        anchor=free_anchor(report, slug(report.title) or "report"),
        title=report.title,
        summary=_summary(report, point),
        severity=point.severity(report.severity),
        kind=words.KINDS.title(report.kind) if report.kind != "incident" else None,
        status=words.STATUSES.title(report.status) if report.status else None,
        date=DayMark(wording.long_day(on), on.isoformat()) if on else None,
        authors=", ".join(report.authors) or None,
        facts=facts(report, point),
        unconfirmed=wording.listed([key.replace("_", " ") for key in report.unconfirmed]) or None,
        notice=_notice(report, point),
        remedy=remedy_lines(report, point),
        impact=impact_lines(report, point),
        phases=phase_views(report),
        milestones=milestone_lines(report),
        measured=clocks_view(report, point),
        stated=stated_views(report),
        history=_history(report, point),
        related=tuple(
            _related(found, point)
            for found in point.archive.relations(report)
            if found.relation != RECURRENCE  # its whole history is shown
        ),
        similar=similar_views(report, point),
        body=body,
        mermaid=mermaid,
        record=record_lines(report, point),
        links=_outlinks(report, point),
        neighbours=_neighbours(report, point),
        sources=_sources(report, point, source_url),
    )


def _summary(report: Report, point: Viewpoint) -> Markup | None:
    if any(lifted.name == "summary" for lifted in report.body.lifted):
        return shown("summary", report.summary, report, point)
    return point.summary(report)


def free_anchor(report: Report, wanted: str) -> str:
    """Return the id for a heading of the archive's own, which no heading of the body has."""
    taken = {heading.anchor for heading in report.body.headings}
    taken |= {anchor for lifted in report.body.lifted for anchor in lifted.anchors}
    anchor = wanted
    while anchor in taken:
        anchor = f"archive-{anchor}"
    return anchor


def counted(problems: tuple[Problem, ...]) -> str:
    """Return how many problems there are of each level: `2 errors and 1 hint`."""
    counts = Counter(problem.level for problem in problems)
    return wording.listed(
        [wording.count_of(counts[level], level.value) for level in Level if counts[level]]
    )


def worst(problems: tuple[Problem, ...]) -> Level:
    """Return the highest level among problems."""
    levels = {problem.level for problem in problems}
    return next(level for level in Level if level in levels)


def _notice(report: Report, point: Viewpoint) -> Notice | None:
    problems = point.archive.problems_of(report)
    level = worst(problems) if problems else Level.HINT
    if level is Level.HINT:
        return None  # for its author, who finds it at the foot
    href = point.here.href(point.addresses.problems, problem_anchor(report.path))
    show = "Show it, with its line" if len(problems) == 1 else "Show them, with their lines"
    told = f"{counted(problems)} in this report."
    return Notice(level.value, told, _MEANING[level], Link(show, href))


def problem_anchor(path: str) -> str:
    """Return the id of a report's part of the page of problems.

    Paths that differ in case alone come to the same slug, and are still told apart.
    """
    return f"in-{slug(path)}-{zlib.crc32(path.encode()):08x}"


def _history(report: Report, point: Viewpoint) -> ChainView | None:
    chain = point.archive.chain(report)
    return chain_view(chain, point, report) if chain else None


def _related(related: Related, point: Viewpoint) -> RelatedView:
    other = related.report
    return RelatedView(
        word=wording.capital(related.words),
        href=point.report(other).href,
        title=other.title,
        severity=point.severity(other.severity),
        date=point.day(day(other)),
        note=related.note or _BASES.get(related.basis),
    )


def _outlinks(report: Report, point: Viewpoint) -> tuple[Outlink, ...]:
    return tuple(
        Outlink(
            wording.capital(link.kind.replace("_", " ")),
            Link(link.title or link.url, point.outward(link.url, report)),
        )
        for link in report.links
    )


def _neighbours(report: Report, point: Viewpoint) -> tuple[NeighboursView, ...]:
    archive: Archive = point.archive
    rows = [("All incidents", archive.neighbours(report))]
    groups = {group.name: group for group in map(archive.service, report.services) if group}
    rows += [(group.title, archive.neighbours_on(report, group)) for group in groups.values()]
    views = (
        NeighboursView(
            title,
            f"Before and after, {title}",
            _titled(found.previous, point),
            _titled(found.next, point),
        )
        for title, found in rows
    )
    return tuple(view for view in views if view.previous or view.next)


def _titled(report: Report | None, point: Viewpoint) -> Link | None:
    return Link(point.dated(report), point.report(report).href) if report else None


def _sources(report: Report, point: Viewpoint, source_url: str | None) -> tuple[Link, ...]:
    problems = point.archive.problems_of(report)
    anchor = problem_anchor(report.path)
    links = [
        Link("Source file", source_url) if source_url else None,
        Link("Facts as JSON", point.here.href(point.addresses.facts(report.path))),
        Link(
            f"Problems: {counted(problems)}", point.here.href(point.addresses.problems, anchor)
        ) if problems else None,
    ]  # fmt: skip
    return tuple(link for link in links if link)
