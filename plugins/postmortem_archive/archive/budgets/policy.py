"""The 20 % rules of an error budget policy.

Site Reliability Workbook, appendix B, "Example Error Budget Policy": a single incident that uses
more than 20 % of a four-week budget is to have a post-mortem, with a P0 action item against its
root cause; a class of outage that uses more than 20 % of a quarter's budget is to have a P0 item on
the plan of the next. The class is here the category of the root cause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from postmortem_archive.archive.budgets.budgets import Budget, Budgets, Pledge
from postmortem_archive.archive.budgets.harm import Stretch
from postmortem_archive.archive.budgets.ledger import Ledger, Spent
from postmortem_archive.archive.budgets.windows import FOUR_WEEKS, Window
from postmortem_archive.archive.periods import Period
from postmortem_archive.report.record import Report

PART = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class HeavyIncident:
    """An incident over the first rule, with the most minutes that it used in any four weeks."""

    report: Report
    pledge: Pledge
    minutes: Fraction
    assumed: bool

    @property
    def share(self) -> Fraction | None:
        """The part of the four-week budget; None where nothing may fail."""
        budget = self.pledge.four_weeks
        return self.minutes / budget if budget else None


@dataclass(frozen=True, slots=True)
class HeavyCause:
    """A category of root cause over the second rule, with what its incidents used of a quarter."""

    cause: str
    budget: Budget
    spent: tuple[Spent, ...]

    @property
    def minutes(self) -> Fraction:
        """The minutes used."""
        return sum((spent.minutes for spent in self.spent), Fraction(0))

    @property
    def share(self) -> Fraction | None:
        """The part of the quarter's budget; None where nothing may fail."""
        return self.budget.share_of(self.minutes)


def heavy_incidents(budgets: Budgets, reports: Iterable[Report]) -> tuple[HeavyIncident, ...]:
    """Return the incidents of some that used over 20 % of four weeks, the largest share first."""
    paths = [report.path for report in reports]
    found = [
        heavy
        for pledge in budgets.pledges
        if pledge.has_budget
        for heavy in _heavy(pledge, budgets.ledger(pledge.service.name), paths)
    ]
    return tuple(sorted(found, key=lambda heavy: _largest(heavy.share)))


def heavy_causes(budgets: Budgets, quarter: Period) -> tuple[HeavyCause, ...]:
    """Return the root causes that used over 20 % of a quarter's budget, the largest share first.

    Incidents without a category have no class in common, and are left out.
    """
    window = Window(quarter, min(quarter.last, budgets.settings.as_of))
    found = [
        heavy
        for budget in (budgets.of(pledge, window) for pledge in budgets.pledges)
        if budget
        for heavy in _by_cause(budget)
        if heavy.minutes > PART * budget.minutes
    ]
    return tuple(sorted(found, key=lambda heavy: _largest(heavy.share)))


def _heavy(pledge: Pledge, ledger: Ledger, paths: Iterable[str]) -> Iterator[HeavyIncident]:
    bound = PART * pledge.four_weeks
    for path in paths:
        own = ledger.by_report.get(path, ())
        minutes = _most(own, timedelta(FOUR_WEEKS)) if own else Fraction(0)
        if minutes > bound:
            assumed = any(piece.assumed for piece in own)
            yield HeavyIncident(own[0].report, pledge, minutes, assumed)


def _most(pieces: Sequence[Stretch], length: timedelta) -> Fraction:
    """Return the most minutes in any stretch of a length: it begins or ends with a piece."""
    if pieces[-1].end - pieces[0].start <= length:
        return sum((piece.minutes for piece in pieces), Fraction(0))
    own = Ledger(pieces)
    return max(
        own.minutes(opens, opens + length)
        for piece in pieces
        for opens in (piece.start, piece.end - length)
    )


def _by_cause(budget: Budget) -> Iterator[HeavyCause]:
    causes: dict[str, list[Spent]] = defaultdict(list)
    for spent in budget.spent:
        cause = spent.report.root_cause
        if cause and cause.category:
            causes[cause.category].append(spent)
    for name, found in causes.items():
        yield HeavyCause(name, budget, tuple(found))


def _largest(share: Fraction | None) -> tuple[bool, Fraction]:
    """Sort by share, the largest first; what has no budget at all comes before."""
    return (share is not None, -(share or Fraction(0)))
