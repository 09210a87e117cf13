"""The rules that reports are held to, and what breaks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.report.markup.markdown import text_from
from postmortem_archive.report.rules.levels import OFF
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.report.rules.rule import TOPICS, Rule
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.problems import Flawed, flawed


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule: its own level, the one that this archive sets, and how often it is broken here."""

    name: str
    level: str
    level_here: str | None
    about: Markup
    why: Markup
    mend: Markup
    count: str | None
    href: str | None


@dataclass(frozen=True, slots=True)
class TopicView:
    """The rules on one topic."""

    title: str
    anchor: str
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True)
class BrokenView:
    """A rule, and the reports that break it."""

    rule: RuleView
    summary: str
    reports: tuple[Flawed, ...]
    back: str


def rules_view(point: Viewpoint) -> tuple[TopicView, ...]:
    """Return every rule, by topic."""
    counts = _counts(point)
    return tuple(
        TopicView(
            title,
            f"rules-{topic}",
            tuple(_rule(rule, point, counts) for rule in RULES.values() if rule.topic == topic),
        )
        for topic, title in TOPICS.items()
    )


def broken_view(name: str, point: Viewpoint) -> BrokenView:
    """Return a rule with each problem that it finds in the published reports."""
    counts = _counts(point)
    found = flawed(point, name)
    total = wording.count_of(len(point.archive.reports), "report")
    number = wording.count_of(counts.get(name, 0), "problem")
    return BrokenView(
        _rule(RULES[name], point, counts),
        f"{number} in {len(found)} of {total}.",
        found,
        point.here.href(point.addresses.problems),
    )


def _counts(point: Viewpoint) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for problem in point.archive.problems:
        counts[problem.rule] = counts.get(problem.rule, 0) + 1
    return counts


def _rule(rule: Rule, point: Viewpoint, counts: Mapping[str, int]) -> RuleView:
    told = point.archive.settings.levels.of(rule.name, rule.level)
    level = OFF if told is None else told.value
    count = counts.get(rule.name)
    return RuleView(
        name=rule.name,
        level=rule.level.value,
        level_here=None if level == rule.level.value else level,
        about=_prose(rule.about, point),
        why=_prose(rule.why, point),
        mend=_prose(rule.mend, point),
        count=wording.count_of(count, "problem") if count else None,
        href=point.here.href(point.addresses.rule(rule.name)) if count else None,
    )


def _prose(markdown: str, point: Viewpoint) -> Markup:
    return point.here.html(text_from(markdown, point.here.page).html)
