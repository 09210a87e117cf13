"""The facts of one report as plain values, for JSON.

They stand under the keys of a report's front matter. What the report does not tell is left out, or
null within an object; it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.clocks import clocks, phases
from postmortem_archive.archive.durations import minutes
from postmortem_archive.report.problem import Problem
from postmortem_archive.report.record import MILESTONES, Report
from postmortem_archive.site import plain
from postmortem_archive.site.plain import Facts


def facts(report: Report, archive: Archive | None = None, *, texts: bool = False) -> Facts:
    """Return everything that a report tells, and what is measured from it.

    With an `archive`, relations are those to published reports, seen from either side, with what is
    told of a recurrence and the ids of its history; and problems include those that the report has
    among the others. With `texts`, each section has its source
    text, with its comments: for its author, and not for a site.
    """
    problems = archive.problems_of(report) if archive else report.problems
    related = archive.relations(report) if archive else report.related
    measured = archive.clocks(report) if archive else clocks(report)
    return plain.told(
        {
            "path": report.path,
            **_heading(report),
            **_milestones(report),
            **_explanation(report),
            "impact": plain.impact(report.impact),
            "stated": _stated(report),
            **_people(report),
            "related": [plain.relation(relation) for relation in related],
            **(_recurrence(report, archive) if archive else {}),
            # These ids may be of reports that the site must not speak of.
            "not_related": [] if archive else list(report.not_related),
            "named": [] if archive else [plain.named(word) for word in report.body.named],
            "links": [plain.link(link) for link in report.links],
            "communication": [plain.communication(said) for said in report.communication],
            "follow_up": plain.follow_up(report.follow_up),
            "ignore": [plain.ignored(ignored) for ignored in report.ignored],
            "timeline": [plain.entry(entry) for entry in report.timeline],
            "actions": [plain.action(action) for action in report.actions],
            **_lists(report),
            "figures": [plain.figure(figure) for figure in report.figures],
            "other_fields": [plain.statement(statement) for statement in report.other_fields],
        },
        # These are always there, so that whoever reads them need not ask.
        date=plain.day(report.date),
        clocks={name: minutes(time) for name, time in measured.items()},
        phases=[plain.phase(phase) for phase in phases(report)],
        sections=[plain.section(section, texts=texts) for section in report.sections],
        problems=[plain.problem(problem) for problem in problems],
        sources={key: plain.place(place) for key, place in report.sources.items()},
    )


def _recurrence(report: Report, archive: Archive) -> Facts:
    found, chain = archive.recurrence(report), archive.chain(report)
    return {
        "recurrence": plain.recurrence(found) if found else None,
        "history": [member.id for member in chain.members] if chain else [],
    }


def _heading(report: Report) -> Facts:
    return {
        "id": report.id,
        "title": report.title,
        "summary": plain.text(report.summary),
        "kind": report.kind,
        "severity": report.severity,
        "status": report.status,
        "visibility": report.visibility,
        "date": plain.day(report.date),
        "version": report.version,
        "tags": list(report.tags),
        "unconfirmed": list(report.unconfirmed),
    }


def _milestones(report: Report) -> Facts:
    told: Facts = {name: plain.moment(report.milestones.get(name)) for name in MILESTONES}
    return told | {
        "published": plain.day(report.published),
        "updated": plain.day(report.updated),
        "next_review": plain.day(report.next_review),
    }


def _explanation(report: Report) -> Facts:
    return {
        "detection": plain.detection(report.detection),
        "services": list(report.services),
        "trigger": plain.cause(report.trigger),
        "root_cause": plain.cause(report.root_cause),
        "contributing_factors": [plain.factor(factor) for factor in report.contributing_factors],
        "whys": [plain.why(why) for why in report.whys],
        "mitigation": plain.text(report.mitigation),
        "resolution": plain.text(report.resolution),
        "verification": plain.text(report.verification),
    }


def _people(report: Report) -> Facts:
    return {
        "authors": list(report.authors),
        "reviewers": list(report.reviewers),
        "approvals": [plain.approval(approval) for approval in report.approvals],
    }


def _lists(report: Report) -> Facts:
    return {
        "improvements": [plain.improvement(improvement) for improvement in report.improvements],
        "went_well": [plain.item(item) for item in report.went_well],
        "went_poorly": [plain.item(item) for item in report.went_poorly],
        "lucky": [plain.item(item) for item in report.lucky],
    }


def _stated(report: Report) -> Facts:
    return plain.told(
        {
            "budget": [plain.budget(budget) for budget in report.stated_budgets],
            "slis": dict(report.stated_slis),
        }
    )


def problems_as_facts(problems: Iterable[Problem]) -> list[Facts]:
    """Return problems as plain values, for JSON."""
    return [plain.problem(problem) for problem in problems]
