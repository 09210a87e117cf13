"""Action items that nobody will finish, or that leave the cause in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from postmortem_archive.report.context import Reading
from postmortem_archive.report.lint.english import is_english
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action, Report

_OPEN = frozenset({"open", "in_progress"})
_FEWEST_PRIORITIES = 3

_VAGUE = re.compile(
    r"(?:please )?(?:be (?:more |very |extra )?(?:careful|cautious|mindful|vigilant|aware)"
    r"|take (?:more |better )?care\b|try (?:harder )?to\b|look (?:in)?to\b|consider\b|think about\b"
    r"|improve\b|enhance\b|strengthen\b|explore\b|investigate\b|discuss\b|revisit\b"
    r"|pay (?:more |closer )?attention|raise awareness|keep an eye|remind\b|better\b|more\b)",
    re.IGNORECASE,
)
# What gives an action an end after all: a figure, a name in code, a means, a result.
_MEASURABLE = re.compile(
    r"\d|<code>|<a |\b(?:by \w+ing|so that|until|such that|every|per|at least|at most|no more than"
    r"|always|never|before|instead of|when(?:ever)?)\b",
    re.IGNORECASE,
)
_LONG = 16  # words: whoever writes so many has said what is to be done

_PERSON = re.compile(r"@[\w.-]+|(?:[A-Z]\.? ?)?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}")
_FULL_NAME = re.compile(r"@[\w.-]+|[A-Z]\. ?[A-ZÀ-Þ][\w'’-]+|[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.?")
_SEPARATED = re.compile(r"\s*[,/;]\s*|\s+\+\s+")
_JOINED = re.compile(r"\s+(?:and|&|und|et)\s+")

# What notices sooner, tells others or repairs; and what leaves less to repair.
_AFTERWARDS = re.compile(
    r"\b(?:alert\w*|alarm\w*|monitor\w*|dashboard\w*|log(?:s|ging)?|page|pager\w*|runbook\w*"
    r"|playbook\w*|document\w*|wiki|communicat\w+|notif\w+|status page|post-?mortem\w*|tell|inform"
    r"|apologi[sz]e\w*|refund\w*|roll(?:ed)? ?back|revert\w*|restart\w*|restor\w+|clean ?up"
    r"|investigat\w+|trac(?:e|ing)|metric\w*|graph\w*|train\w*)\b",
    re.IGNORECASE,
)
_BEFOREHAND = re.compile(
    r"\b(?:prevent\w*|avoid\w*|limit\w*|validat\w+|guard\w*|block\w*|test\w*|automat\w+|requir\w+"
    r"|enforc\w+|refus\w+|reject\w*|timeouts?|retr(?:y|ies)|redundan\w+|replica\w*|failover"
    r"|fail over|canar\w+|remov\w+|replac\w+|migrat\w+|upgrad\w+|fix\w*|separat\w+|split\w*|cap\b"
    r"|quota\w*|rate.limit\w*|circuit|check\w*|renew\w*|rotat\w+|isolat\w+|disabl\w+|deny|lint\w*"
    r"|review\w*|chang\w+|mov\w+|pin|autoscal\w+|scal\w+|stop\w*|staged?|rollouts?|default\w*)\b",
    re.IGNORECASE,
)
_PREVENTION = frozenset({"preventive_measures", "prevention", "prevent_this", "prevent_similar"})


@dataclass(frozen=True, slots=True)
class Expected:
    """What an open action item is expected to tell: the rule, and how to say that it does not."""

    rule: str
    value: Callable[[Action], object]
    has: str
    lacks: str


OWNER = Expected("action-without-owner", lambda a: a.owner, "has an owner", "has no owner")
DUE = Expected("action-without-due", lambda a: a.due, "has a due date", "has no due date")
VERIFICATION = Expected(
    "action-without-verification", lambda a: a.verification,
    "says how to see that it worked", "does not say how to see that it worked",
)  # fmt: skip


def check_actions(report: Report, reading: Reading) -> None:
    """Hint at action items that lack what makes somebody finish them."""
    if not report.actions:
        return
    still_open = [action for action in report.actions if action.status in _OPEN]
    owner = OWNER
    if not any(action.owner or action.due for action in report.actions):
        # A format without a place for either is told of once.
        owner = replace(
            OWNER, has="has an owner or a due date", lacks="has no owner and no due date"
        )
    else:
        _check_told(DUE, still_open, report, reading)
    _check_told(owner, still_open, report, reading)
    _check_told(VERIFICATION, still_open, report, reading)
    for action in still_open:
        check_owner(action, reading)
    _check_vague(still_open, reading)
    _check_priorities(report, still_open, reading)
    if report.kind == "incident":
        _check_prevention(report, reading)


def _check_told(
    expected: Expected, still_open: Sequence[Action], report: Report, reading: Reading
) -> None:
    """Hint at each open action that lacks a value; once, where none of the report has it."""
    lacking = [action for action in still_open if not expected.value(action)]
    if any(map(expected.value, report.actions)):
        for action in lacking:
            reading.hint(action.place, expected.rule, f"this open action item {expected.lacks}")
    elif lacking and _has_place_for(expected, report, reading):
        number = len(lacking)
        told = f"none of the {number} open action items {expected.has}"
        if number == 1:
            told = f"the one open action item {expected.lacks}"
        reading.hint(_section(report), expected.rule, told)


def _has_place_for(expected: Expected, report: Report, reading: Reading) -> bool:
    """Few formats have a place for how an action is verified; there a major incident is enough."""
    major = report.kind == "incident" and reading.settings.is_major(report.severity)
    return expected is not VERIFICATION or major


def _section(report: Report) -> Place:
    """Return where a report's action items begin."""
    if "actions" in report.sources:
        return report.sources["actions"]
    headings = (section.place for section in report.sections if section.name == "actions")
    return min(next(headings, report.actions[0].place), report.actions[0].place)


def check_owner(action: Action, reading: Reading) -> None:
    """Hint at an action item that has two owners."""
    if action.owner and len(owners(action.owner)) > 1:
        reading.hint(
            action.place, "action-with-two-owners", f"“{action.owner}” is more than one owner",
            found=action.owner, expected="one person or team",
        )  # fmt: skip


def owners(written: str) -> tuple[str, ...]:
    """Return the owners that a text names.

    “Trust and Safety” may be one team: what “and” joins is two where both are people's names.
    """
    bare = re.sub(r"\([^()]*\)", "", written)
    parts = [part for part in _SEPARATED.split(bare) if part.strip()]
    if len(parts) > 1:
        # “Moreau, A.” is one person, and so is “A. Moreau, Platform team”.
        named = [part for part in parts if _PERSON.fullmatch(part) and not _INITIAL.fullmatch(part)]
        return tuple(named) if len(named) == len(parts) else (written,)
    joined = _JOINED.split(bare)
    if len(joined) > 1 and all(_FULL_NAME.fullmatch(part.strip()) for part in joined):
        return tuple(joined)
    return (written,)


def _check_vague(still_open: Sequence[Action], reading: Reading) -> None:
    found = [action for action in still_open if _is_vague(action)]
    if not found or not is_english(reading.source.body):
        return
    for action in found:
        opening = _VAGUE.match(action.text.plain)
        word = opening.group().casefold() if opening else ""
        reading.hint(
            action.place, "vague-action", f"“{word} …” has no end that somebody could see",
            found=action.text.plain, expected="what will be different, and where",
        )  # fmt: skip


def _is_vague(action: Action) -> bool:
    plain = action.text.plain
    told = action.verification or action.details or _MEASURABLE.search(action.text.html)
    return bool(_VAGUE.match(plain)) and not told and len(plain.split()) < _LONG


def _check_priorities(report: Report, still_open: Sequence[Action], reading: Reading) -> None:
    told = [action.priority for action in report.actions if action.priority]
    if still_open and len(told) >= _FEWEST_PRIORITIES and len({p.casefold() for p in told}) == 1:
        reading.hint(
            _section(report), "same-priority",
            f"all {len(told)} action items have the priority “{told[0]}”", found=told[0],
        )  # fmt: skip


def _check_prevention(report: Report, reading: Reading) -> None:
    if report.improvements or any(section.name in _PREVENTION for section in report.sections):
        return
    if all(map(_is_afterwards, report.actions)) and is_english(reading.source.body):
        reading.hint(
            _section(report), "nothing-preventive",
            "every action item notices sooner or repairs faster; none removes the cause",
        )  # fmt: skip


def _is_afterwards(action: Action) -> bool:
    """Tell whether an action leaves the cause as it is, by its type, else by its words."""
    if action.type is not None:
        return action.type in ("detect", "mitigate", "repair")
    plain = action.text.plain
    return bool(_AFTERWARDS.search(plain)) and not _BEFOREHAND.search(plain)
