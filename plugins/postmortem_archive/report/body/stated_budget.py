"""Lines on an error budget that say no more than the figure which the top of a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from postmortem_archive.report.record import StatedBudget
from postmortem_archive.report.vocabulary import Vocabulary

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_FILLERS = frozenset(
    {"a", "an", "budget", "consumed", "error", "its", "of", "our", "s", "slo", "the", "used"}
)
_UNITS = {
    "m": ("month", "monthly"),
    "q": ("quarter", "quarterly"),
    "d": ("d", "day", "days"),
    "w": ("w", "week", "weeks", "weekly"),
}


def percent_in(text: str) -> float | None:
    """Return the first percentage of a text."""
    match = _PERCENT.search(text)
    return float(match[1]) if match else None


def says_no_more(text: str, told: Iterable[StatedBudget], services: Vocabulary) -> bool:
    """Whether a text says nothing but the share of one of these budgets, its service and window."""
    share = percent_in(text)
    rest = {word.casefold() for word in _WORD.findall(_PERCENT.sub("", text, count=1))}
    return any(
        share == budget.percent and rest <= _FILLERS | _words_of(budget, services)
        for budget in told
    )


def _words_of(budget: StatedBudget, services: Vocabulary) -> set[str]:
    window = [word.casefold() for word in _WORD.findall(budget.window or "")]
    words = {*window, *(known for word in window for known in _UNITS.get(word[:1], ()))}
    if budget.service:
        term = services.find(budget.service)
        names = (budget.service, *((term.name, term.title) if term else ()))
        words |= {word.casefold() for name in names for word in _WORD.findall(name)}
    return words
