"""The parts of a report as plain values: texts, numbers, lists and objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from postmortem_archive.archive.clocks import Phase
from postmortem_archive.archive.durations import minutes
from postmortem_archive.archive.recurrences import Recurrence
from postmortem_archive.archive.relations import Basis, Related
from postmortem_archive.report.problem import Place, Problem
from postmortem_archive.report.record import (
    Action,
    AffectedService,
    Amount,
    Approval,
    Cause,
    Communication,
    Detection,
    Entry,
    Factor,
    Figure,
    FollowUp,
    Ignored,
    Impact,
    Improvement,
    Item,
    Link,
    Moment,
    Relation,
    Report,
    Section,
    StatedBudget,
    Statement,
    Text,
    Why,
)

Facts = dict[str, object]


def told(values: Mapping[str, object], **always: object) -> Facts:
    """Leave out what is not told."""
    return {
        key: value
        for key, value in values.items()
        if value is not None and value not in ("", [], {})
    } | always


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def moment(value: Moment | None) -> str | None:
    return value.isoformat() if value else None


def text(value: Text | None) -> str | None:
    return value.plain if value else None


def place(value: Place) -> Facts:
    return {"line": value.line, "column": value.column}


def detection(value: Detection | None) -> object:
    """Return the source alone where nothing more is told, as front matter has it."""
    if value is None or not (value.by or value.note):
        return value.source if value else None
    return told({"source": value.source, "by": value.by, "note": value.note})


def cause(value: Cause | None) -> object:
    """Return the category alone where nothing more is told, as front matter has it."""
    if value is None or value.text is None:
        return value.category if value else None
    return told({"category": value.category, "text": value.text.plain})


def factor(value: Factor) -> object:
    if value.category is None:
        return value.text.plain
    return {"category": value.category, "text": value.text.plain}


def why(value: Why) -> Facts:
    return {
        "question": value.question.plain,
        "answer": text(value.answer),
        "line": value.place.line,
    }


def amount(value: Amount | None) -> Facts | None:
    if value is None:
        return None
    return {
        "min": number(value.minimum),
        "max": number(value.maximum),
        "unit": value.unit,
        "estimated": value.estimated,
        "written": value.written,
    }


def number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def impact(value: Impact) -> Facts:
    return told(
        {
            "users": amount(value.users),
            "requests_failed": amount(value.requests_failed),
            "requests_total": amount(value.requests_total),
            "revenue": amount(value.revenue),
            "complaints": amount(value.complaints),
            "data_loss": value.data_loss,
            "regions": list(value.regions),
            "sla_breach": value.sla_breach,
            "services": [affected(service) for service in value.services],
            "told": [statement(said) for said in value.told],
        }
    )


def affected(value: AffectedService) -> Facts:
    return {
        "service": value.service,
        "from": moment(value.start),
        "to": moment(value.end),
        "fraction": value.fraction,
    }


def budget(value: StatedBudget) -> Facts:
    return {
        "service": value.service,
        "percent": number(value.percent),
        "window": value.window,
    }


def approval(value: Approval) -> Facts:
    return {"role": value.role, "by": value.by, "date": day(value.date)}


_REASONS = {
    Basis.TOLD: "told by its author",
    Basis.LINK: "linked in the text",
    Basis.NAME: "named in the text",
}


def relation(value: Relation | Related) -> Facts:
    if isinstance(value, Relation):
        return told(
            {"id": value.target, "relation": value.relation, "note": value.note},
            line=value.place.line,
        )
    return told(
        {
            "id": value.report.id,
            "path": value.report.path,
            "relation": value.relation,
            "words": value.words,
            "note": value.note,
        },
        inverse=value.inverse,
        reason=_REASONS[value.basis],
    )


def named(value: tuple[str, Place]) -> Facts:
    word, where = value
    return {"id": word, "line": where.line}


def recurrence(value: Recurrence) -> Facts:
    """Return what a recurrence came after, and the promises that it met, with their reports."""
    return told(
        {
            "also": [report.id for report in value.also],
            "open_actions": [
                _promise(found.report, found.action, found.number) | {"days": found.days}
                for found in value.open_actions
            ],
            "dropped": [
                _promise(found.report, found.action, found.number) for found in value.dropped
            ],
        },
        id=value.earlier.id,
        path=value.earlier.path,
        days=value.days,
        time=value.time,
    )


def _promise(report: Report, promised: Action, number: int) -> Facts:
    return {
        "id": report.id,
        "number": number,
        "text": promised.text.plain,
        "status": promised.status,
        "closed": day(promised.closed),
    }


def link(value: Link) -> Facts:
    return told({"kind": value.kind, "url": value.url, "title": value.title})


def communication(value: Communication) -> Facts:
    return told(
        {
            "channel": value.channel,
            "at": moment(value.at),
            "url": value.url,
            "text": value.text,
        }
    )


def follow_up(value: FollowUp | None) -> Facts | None:
    if value is None:
        return None
    return told(
        {
            "due": day(value.due),
            "done": day(value.done),
            "findings": value.findings,
            "questions": [item(question) for question in value.questions],
        }
    )


def entry(value: Entry) -> Facts:
    return told(
        {
            "end": moment(value.end),
            "actor": value.actor,
            "group": value.group,
            "details": [detail.plain for detail in value.details],
        },
        time=moment(value.time),
        written=value.written,
        text=value.text.plain,
        line=value.place.line,
    )


def action(value: Action) -> Facts:
    return told(
        {
            "type": value.type,
            "opened": day(value.opened),
            "closed": day(value.closed),
            "reason": value.reason,
            "verification": text(value.verification),
            "url": value.url,
            "details": [detail.plain for detail in value.details],
        },
        text=value.text.plain,
        owner=value.owner,
        priority=value.priority,
        horizon=value.horizon,
        due=day(value.due),
        status=value.status,
        line=value.place.line,
    )


def improvement(value: Improvement) -> Facts:
    return told(
        {"ticked": value.ticked},
        text=value.text.plain,
        section=value.section,
        line=value.place.line,
    )


def item(value: Item) -> Facts:
    return told({"ticked": value.ticked}, text=value.text.plain, line=value.place.line)


def statement(value: Statement) -> Facts:
    return {"label": value.label, "text": value.text.plain, "line": value.place.line}


def figure(value: Figure) -> Facts:
    """Return a stated duration with the milestones its label stands for, null where unknown."""
    return {
        "label": value.label,
        "written": value.written,
        "minutes": None if value.minutes is None else number(value.minutes),
        "start": value.start,
        "end": value.end,
        "line": value.place.line,
    }


def phase(value: Phase) -> Facts:
    return {
        "name": value.name,
        "title": value.title,
        "start": moment(value.start),
        "end": moment(value.end),
        "minutes": minutes(value.duration),
    }


def section(value: Section, *, texts: bool) -> Facts:
    return told(
        {
            "items": [item(part) for part in value.items],
            "text": value.text.strip() if texts else None,
        },
        name=value.name,
        heading=value.heading,
        level=value.level,
        line=value.place.line,
    )


def ignored(value: Ignored) -> Facts:
    return told({"reason": value.reason}, rule=value.rule)


def problem(value: Problem) -> Facts:
    return told(
        {
            "found": value.found,
            "expected": value.expected,
            "suggestion": value.suggestion,
            "fix": value.fix,
        },
        path=value.path,
        line=value.place.line,
        column=value.place.column,
        level=str(value.level),
        rule=value.rule,
        message=value.message,
    )
