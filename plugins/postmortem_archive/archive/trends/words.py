"""What was decided about a period and before it, and how that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.actions import OPEN_STATUSES, days_overdue
from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.report.record import Action, Decided

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "decisions": "The decisions on an author's page about a period.",
        "decisions_open": "Those of the decisions that are open or in progress.",
        "decisions_overdue": "Those of the open decisions whose due date is before the day that the"
        " archive speaks of.",
        "decisions_done": "Those of the decisions that are done.",
        "decisions_dropped": "Those of the decisions that will not be carried out.",
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; `overdue` is the number of days since its due date, 0 where it is not overdue."""

    action: Action
    overdue: int

    @property
    def is_open(self) -> bool:
        """Whether it is not carried out yet, and is meant to be."""
        return self.action.status in OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class DecidedIn:
    """The decisions of one period's page; of an older one only those that are still open.

    `total` counts all that the page has.
    """

    period: Period
    path: str
    decisions: tuple[Decision, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WordsFacts:
    """The decisions of a period's own page, and those of others up to its end, the latest first."""

    own: tuple[Decision, ...]
    earlier: tuple[DecidedIn, ...]


def words(archive: Archive, period: Period) -> WordsFacts | None:
    """Return what a period's page decides, and what became of earlier decisions.

    All decisions of the period before are told, and all of shorter periods within this one; of
    those before that, and of all time, only what is still open.
    """
    own: tuple[Decision, ...] = ()
    earlier: list[DecidedIn] = []
    for other, page in reversed(tuple(archive.decided.items())):
        decisions = _decisions(page, archive)
        if other == period:
            own = decisions
        elif other.end <= period.end:
            told = decisions if _is_near(other, period) else tuple(filter(_is_open, decisions))
            if told:
                earlier.append(DecidedIn(other, page.path, told, len(decisions)))
    return WordsFacts(own, tuple(earlier)) if own or earlier else None


def _is_near(other: Period, period: Period) -> bool:
    if period.kind is PeriodKind.ALL:
        return False
    return other == period.before() or other.start >= period.start


def _is_open(decision: Decision) -> bool:
    return decision.is_open


def _decisions(page: Decided, archive: Archive) -> tuple[Decision, ...]:
    as_of = archive.settings.as_of
    return tuple(
        Decision(action, days_overdue(action, as_of) if action.status in OPEN_STATUSES else 0)
        for action in page.decisions
    )


def figures(facts: WordsFacts) -> tuple[Figure, ...]:
    """Return how many decisions there are in each state: the period's own, and earlier ones."""
    earlier = [decision for told in facts.earlier for decision in told.decisions]
    return (*_counted("", facts.own), *_counted("earlier", earlier))


def _counted(of: str, decisions: Iterable[Decision]) -> tuple[Figure, ...]:
    every = tuple(decisions)
    if not every:
        return ()
    counts = {
        "decisions": len(every),
        "decisions_open": sum(decision.is_open for decision in every),
        "decisions_overdue": sum(decision.overdue > 0 for decision in every),
        "decisions_done": sum(decision.action.status == "done" for decision in every),
        "decisions_dropped": sum(decision.action.status == "not_doing" for decision in every),
    }
    return tuple(
        Figure(name, of, count, "decisions", n=len(every)) for name, count in counts.items()
    )
