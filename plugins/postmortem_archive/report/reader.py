"""From a file's text to a report, or to every problem in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from postmortem_archive.report.agreement import check_agreement
from postmortem_archive.report.body.facts import BodyFacts, read_body
from postmortem_archive.report.body.figures import check_figures
from postmortem_archive.report.body.milestones import check_order
from postmortem_archive.report.body.narrative import Narrative
from postmortem_archive.report.body.telling import telling
from postmortem_archive.report.body.titles import id_from_path, title_from_path
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.front.keys import read_front_matter
from postmortem_archive.report.front.visibility import before_the_text, strictest
from postmortem_archive.report.front.yaml_tree import MapValue, read_mapping
from postmortem_archive.report.grammar.dateorder import order_in
from postmortem_archive.report.lint.advice import advise
from postmortem_archive.report.problem import Level, Place, Problem, Problems
from postmortem_archive.report.record import (
    MILESTONES,
    Action,
    Amount,
    Cause,
    FollowUp,
    Impact,
    Moment,
    Report,
    StatedBudget,
)
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.source import split

_DEFAULTS = ReadingSettings()


def read(data: str | bytes, path: str, settings: ReadingSettings = _DEFAULTS) -> Report:
    """Return the report that a file holds; `path` is relative to the docs root.

    Nothing is raised for what a file holds: every mistake is one of the report's problems, and
    what could be read is there.
    """
    problems = Problems(path)
    source = split(data, problems)
    reading = Reading(path, source, settings, problems, order_in(source.body))
    tree = MapValue({}, {}, Place(1))
    if source.front is not None:
        tree = read_mapping(source.front, 2, problems)
    broken = any(problem.level is Level.ERROR for problem in problems.all())
    front = read_front_matter(tree, reading)
    body = read_body(front, reading)
    check_agreement(front, body.stated, reading)
    told = [facts["visibility"].value for facts in (front, body.stated) if "visibility" in facts]
    raw = source.front if source.front is not None else source.unread
    if raw is None:
        raw = before_the_text(source.body)
    report = _build(front, body, reading)
    advise(report, body.tokens, reading)
    if settings.page:
        report = replace(report, telling=telling(report, body.narrative.outline, body.tokens))
    else:
        report = _without_page(report, front)
    return replace(
        report,
        visibility=strictest(raw, *told, broken=broken),
        problems=_ordered(problems.all()),
    )


def _without_page(report: Report, front: Mapping[str, Fact]) -> Report:
    """Return a report without what only its page shows."""
    return replace(
        report,
        # What front matter tells may lead to a file; the links of the body are listed with it.
        timeline=report.timeline if "timeline" in front else (),
        impact=replace(report.impact, told=()),
        figures=(), improvements=(), lucky=(), other_fields=(), sections=(),
        went_poorly=(), went_well=(), whys=(),
    )  # fmt: skip


def _ordered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.place, problem.rule)))


def _build(front: Mapping[str, Fact], body: BodyFacts, reading: Reading) -> Report:
    facts = {**body.inferred, **body.stated, **front}
    milestones = {name: facts[name] for name in MILESTONES if name in facts}
    check_order(milestones, reading)
    check_figures(body.figures, milestones, reading)
    day = _day(front, facts, milestones)
    title = _title(facts, body.heading or Place(1), reading)
    _check_told_once(front, body, reading)
    if day is None:
        reading.error(
            Place(1),
            "missing-date",
            "the report names no day",
            expected="“date:” or “started:” in the front matter",
        )
    published = facts["published"].value if "published" in facts else None
    actions = front["actions"].value if "actions" in front else tuple(body.actions.actions)
    timeline = front["timeline"].value if "timeline" in front else tuple(body.timeline.entries)
    return Report(
        path=reading.path,
        title=title,
        date=day,
        milestones=MappingProxyType({name: fact.value for name, fact in milestones.items()}),
        status=_status(front, body.stated),
        root_cause=_root_cause(front, body.stated),
        impact=_impact(front, body),
        figures=body.figures,
        stated_budgets=_budgets(front, body.stated),
        related=_related(front, body),
        follow_up=_follow_up(front, body),
        timeline=timeline,
        actions=_opened(actions, published or day),
        improvements=tuple(body.actions.improvements),
        other_fields=body.others,
        ignored=front["ignore"].value if "ignore" in front else (),
        body=body.body,
        sources=_sources(facts, milestones),
        **_single_facts(facts, reading),
        **_lists(facts, body.narrative),
    )


# Keys whose value is the report's attribute of the same name, None where it is not told.
_SINGLE = (
    "summary", "severity", "published", "updated", "detection", "trigger", "mitigation",
    "resolution", "verification", "next_review", "version",
)  # fmt: skip
# The same, for lists.
_LISTS = (
    "services", "authors", "reviewers", "approvals", "tags", "not_related", "links",
    "communication", "unconfirmed",
)  # fmt: skip


def _single_facts(facts: Mapping[str, Fact], reading: Reading) -> dict[str, Any]:
    told = {key: facts[key].value for key in (*_SINGLE, "id", "kind") if key in facts}
    return {"id": id_from_path(reading.path), "kind": "incident"} | told


def _lists(facts: Mapping[str, Fact], told: Narrative) -> dict[str, Any]:
    factors = facts.get("contributing_factors")
    stated = facts["stated"].value if "stated" in facts else {}
    return {key: facts[key].value for key in _LISTS if key in facts} | {
        "contributing_factors": factors.value if factors else told.contributing_factors(),
        "stated_slis": stated.get("slis", MappingProxyType({})),
        "whys": told.whys(),
        "went_well": told.went_well(),
        "went_poorly": told.went_poorly(),
        "lucky": told.lucky(),
        "sections": told.sections(),
    }


def _sources(facts: Mapping[str, Fact], milestones: Mapping[str, Fact]) -> Mapping[str, Place]:
    """Return the place of each fact by its key; a milestone that was dropped has none."""
    dropped = set(MILESTONES) - set(milestones)
    return MappingProxyType(
        {key: fact.place for key, fact in facts.items() if "." not in key and key not in dropped}
    )


def _status(front: Mapping[str, Fact], stated: Mapping[str, Fact]) -> str | None:
    """Let a “Document Status” win over a “Status”, which may speak of the incident."""
    for facts, key in ((front, "status"), (stated, "document_status"), (stated, "status")):
        if key in facts:
            return str(facts[key].value)
    return None


def _check_told_once(front: Mapping[str, Fact], body: BodyFacts, reading: Reading) -> None:
    for key, told in (("timeline", body.timeline.entries), ("actions", body.actions.actions)):
        if key in front and told:
            reading.warn(
                front[key].place, "told-twice",
                f"the front matter has “{key}”, and the body too (line {told[0].place.line}); the"
                " front matter's are the report's, the body's stay as written",
                expected=f"“{key}:” only where the body has none",
            )  # fmt: skip


def _title(facts: Mapping[str, Fact], heading: Place, reading: Reading) -> str:
    if "title" in facts:
        return str(facts["title"].value)
    title = title_from_path(reading.path)
    hinted = {p.place.line for p in reading.problems.all() if p.rule == "not-filled-in"}
    if heading.line in hinted:  # a heading that waits for its title was told of
        return title
    reading.warn(
        heading, "missing-title",
        f"the report has no title; “{title}” is taken from its file's name",
        expected="“title:” in the front matter, or a first heading of its own",
    )  # fmt: skip
    return title


def _day(
    front: Mapping[str, Fact], facts: Mapping[str, Fact], milestones: Mapping[str, Fact]
) -> date | None:
    started = milestones.get("started")
    if started and ("started" in front or "date" not in front):
        moment: Moment = started.value
        return moment.day
    if "date" in facts:
        day: date = facts["date"].value
        return day
    first = next(iter(milestones.values()), None)
    return first.value.day if first else None


def _root_cause(front: Mapping[str, Fact], stated: Mapping[str, Fact]) -> Cause | None:
    told = front["root_cause"].value if "root_cause" in front else None
    written = stated["root_cause"].value if "root_cause" in stated else None
    if told and written and told.text is None:
        return Cause(told.category, written.text)
    return told or written


def _impact(front: Mapping[str, Fact], body: BodyFacts) -> Impact:
    parts: dict[str, Any] = {}
    for key, fact in body.stated.items():
        if key.startswith("impact."):
            parts[key.removeprefix("impact.")] = fact.value
    parts |= front["impact"].value if "impact" in front else {}
    # A share of all requests is no number of failed ones.
    failed = parts.get("requests_failed")
    if isinstance(failed, Amount) and failed.unit not in ("count", "percent"):
        del parts["requests_failed"]
    return Impact(told=body.impact_told, **parts)


def _budgets(front: Mapping[str, Fact], stated: Mapping[str, Fact]) -> tuple[StatedBudget, ...]:
    if "stated" in front and "budget" in front["stated"].value:
        budgets: tuple[StatedBudget, ...] = front["stated"].value["budget"]
        return budgets
    if "stated.budget" in stated:
        return (StatedBudget(stated["stated.budget"].value),)
    return ()


def _related(front: Mapping[str, Fact], body: BodyFacts) -> tuple[Any, ...]:
    told = front["related"].value if "related" in front else ()
    return (*told, *body.related)


def _follow_up(front: Mapping[str, Fact], body: BodyFacts) -> FollowUp | None:
    told: FollowUp | None = front["follow_up"].value if "follow_up" in front else None
    due = body.stated.get("follow_up.due")
    questions = body.narrative.questions()
    if told is None and due is None and not questions:
        return None
    told = told or FollowUp()
    return replace(told, due=told.due or (due.value if due else None), questions=questions)


def _opened(actions: Sequence[Action], default: date | None) -> tuple[Action, ...]:
    """Let an action that names no opening day have been opened when the report was published."""
    return tuple(a if a.opened else replace(a, opened=default) for a in actions)
