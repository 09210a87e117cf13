"""Which facts of a text its new front matter tells too: those that change no other fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from postmortem_archive.report.importing.opening import Opened
from postmortem_archive.report.importing.values import Told, spelled
from postmortem_archive.report.problem import Level, Place
from postmortem_archive.report.record import MILESTONES, Report
from postmortem_archive.report.writing.front_matter import front_matter

# Facts of the body that front matter tells too, so that they can be seen, sorted and corrected in
# one place. Prose, amounts, the timeline and the actions stay in the body alone.
_COPIED = ("severity", "status", "published", "updated", "next_review", "version")
_COPIED_LISTS = ("services", "authors", "reviewers", "tags")
# What reading a report at another line or under another name may change.
_OF_THE_FILE = frozenset({"path", "id", "problems", "sources", "unconfirmed"})


_TIMES = frozenset({*MILESTONES, "date"})

ReadText = Callable[[bytes], Report]


def text_of(opened: Opened, facts: Mapping[str, Any]) -> bytes:
    """Return a file with these facts for front matter."""
    return opened.with_front(front_matter(facts))


def has(report: Report, rule: str) -> bool:
    """Whether a report has a problem of this rule."""
    return any(problem.rule == rule for problem in report.problems)


def settled(opened: Opened, told: Told, first: Report, read_text: ReadText) -> dict[str, Any]:
    """Return the facts to write: all that the body tells too, where that changes no other fact.

    `first` is the report with what its front matter told alone.
    """
    extra = {key: value for key, value in _copies(first).items() if key not in told.facts}

    def changes_nothing(added: Mapping[str, Any]) -> bool:
        again = read_text(text_of(opened, {**told.facts, **added}))
        return same_facts(first, again) and not _new_problems(first, again)

    if changes_nothing(extra):
        return {**told.facts, **extra}
    # Mostly it is a time that changes another, so all the rest is tried at once.
    rest = {key: value for key, value in extra.items() if key not in _TIMES}
    kept = rest if changes_nothing(rest) else {}
    for key, value in extra.items():
        if key not in kept and changes_nothing({**kept, key: value}):
            kept[key] = value
    # Without these a file under another name would tell something else.
    if not {"started", "date"} & {*told.facts, *kept} and has(first, "date-from-file"):
        kept["date"] = first.date
    return {**told.facts, "title": first.title, **kept}


def _copies(report: Report) -> dict[str, Any]:
    """Return the facts of a report that front matter is to tell, as plain values."""
    facts: dict[str, Any] = {"title": report.title}
    if "id" in report.sources:
        facts["id"] = report.id
    for key in _COPIED:
        if (value := getattr(report, key)) is not None:
            facts[key] = value
    facts |= {key: list(getattr(report, key)) for key in _COPIED_LISTS if getattr(report, key)}
    facts |= {name: spelled(report.milestones[name]) for name in report.milestones}
    if "started" not in report.milestones:
        facts["date"] = report.date
    return facts


def same_facts(one: object, other: object) -> bool:
    """Whether two readings tell the same facts, wherever their lines are."""
    if isinstance(one, Place) and isinstance(other, Place):
        return True
    if is_dataclass(one) and is_dataclass(other):
        return type(one) is type(other) and all(
            same_facts(getattr(one, part.name), getattr(other, part.name))
            for part in fields(one)
            if not (isinstance(one, Report) and part.name in _OF_THE_FILE)
        )
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same_facts, one, other))
    return one == other


def _new_problems(before: Report, after: Report) -> bool:
    """Whether a report has a warning or an error that it had not."""
    known = {problem.rule for problem in before.problems}
    return any(
        problem.rule not in known for problem in after.problems if problem.level is not Level.HINT
    )
