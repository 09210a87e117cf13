"""What a period comes to, for three sentences: what happened, what was left, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.actions import OPEN_STATUSES, days_overdue
from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.budgets.budgets import Budget
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.recurrences import Recurrence
from postmortem_archive.archive.statistics.quantiles import median
from postmortem_archive.archive.trends.changes import Changes, changes
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.tallies import Tallies
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.record import Report

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "came_back": "The incidents of the period whose reports name an earlier incident that came"
        " back.",
        "came_back_unmended": "Those of them that came back while an action item of the earlier"
        " incident, or of one before it, was open.",
        "promised": "The action items in the reports of the period's incidents.",
        "promised_open": "Those of them that are open or in progress.",
        "promised_overdue": "Those of the open ones whose due date is before the day that the"
        " archive speaks of.",
        "budgets_overspent": "The error budgets whose window ends in the period, or is in progress"
        " at its end, and that used more than there was.",
    }
)


@dataclass(frozen=True, slots=True)
class Promised:
    """How many action items there are, how many of them are open, and how many of these late."""

    total: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """What a period comes to.

    `overspent` are those of the `budgets` that used more than there was, the worst first; `most` is
    the one that used the greatest part, where any used something.
    """

    changes: Changes
    came_back: tuple[Recurrence, ...]
    promised: Promised
    budgets: int
    overspent: tuple[Budget, ...]
    most: Budget | None

    @property
    def n(self) -> int:
        """How many incidents the period has."""
        return self.changes.now.incidents.count

    @property
    def measured(self) -> bool:
        """Whether it has incidents enough for a median."""
        return median([0.0] * self.n) is not None


def verdict(archive: Archive, period: Period) -> VerdictFacts | None:
    """Return what a period comes to; None for one before the first incident, or still to come."""
    settings = archive.settings
    tallies = Tallies(archive)
    known = period.until(settings.as_of)
    if tallies.first is None or not known.days or known.last < tallies.first:
        return None
    incidents = incidents_in(archive, period)
    paths = {report.path for report in incidents}
    budgets = [
        budget
        for pledge in archive.budgets.pledges
        for budget in archive.budgets.within(pledge, period)
    ]
    used = sorted((budget for budget in budgets if budget.used), key=_share, reverse=True)
    return VerdictFacts(
        changes=changes(tallies, period),
        came_back=tuple(one for one in archive.recurrences if one.report.path in paths),
        promised=_promised(archive, incidents),
        budgets=len(budgets),
        overspent=tuple(budget for budget in used if budget.over),
        most=used[0] if used else None,
    )


def _share(budget: Budget) -> float:
    share = budget.share
    return float("inf") if share is None else float(share)


def _promised(archive: Archive, incidents: Iterable[Report]) -> Promised:
    as_of = archive.settings.as_of
    actions = [action for report in incidents for action in report.actions]
    still_open = [action for action in actions if action.status in OPEN_STATUSES]
    late = sum(days_overdue(action, as_of) > 0 for action in still_open)
    return Promised(len(actions), len(still_open), late)


def figures(facts: VerdictFacts) -> tuple[Figure, ...]:
    """Return the figures of the verdict that no other section has."""
    return tuple(_figures(facts))


def _figures(facts: VerdictFacts) -> Iterator[Figure]:
    unmended = sum(bool(one.open_actions) for one in facts.came_back)
    promised = facts.promised
    yield Figure("came_back", "", len(facts.came_back), "incidents", n=facts.n)
    yield Figure("came_back_unmended", "", unmended, "incidents", n=facts.n)
    yield Figure("promised", "", promised.total, "actions", n=facts.n)
    yield Figure("promised_open", "", promised.open, "actions", n=promised.total)
    yield Figure("promised_overdue", "", promised.overdue, "actions", n=promised.total)
    if facts.budgets:
        yield Figure("budgets_overspent", "", len(facts.overspent), "windows", n=facts.budgets)
