"""What a period tells of error budgets: its windows, the 20 % rules, and what reports state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.budgets.budgets import Budget, Pledge, Uncounted
from postmortem_archive.archive.budgets.policy import (
    HeavyCause,
    HeavyIncident,
    heavy_causes,
    heavy_incidents,
)
from postmortem_archive.archive.budgets.stated import StatedShare, stated_shares
from postmortem_archive.archive.budgets.windows import Window, rolling, rolling_days
from postmortem_archive.archive.periods import Period, PeriodKind, periods_between
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.vocabulary import Service

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "budget_allowed": "Minutes in which all requests may fail in a window: its minutes times"
        " what the objective allows to fail.",
        "budget_used": "Minutes times the fraction of requests that failed, in a window;"
        " overlapping minutes count once, for the largest fraction.",
        "budget_left": "What a window allows, less what was used of it.",
        "budget_used_share": "What was used of a window's budget, in percent.",
        "worst_window_share": "What was used, in percent, of the rolling window that used the most"
        " of those that end on a day of the period.",
        "four_weeks_share": "What an incident used of its service's budget in four weeks, in"
        " percent; those over 20 % are listed.",
        "cause_quarter_share": "What the incidents of one root cause used of a quarter's budget, in"
        " percent; those over 20 % are listed.",
        "stated_share": "The part of a budget that a report says its incident used, in percent.",
        "computed_share": "The part of the same budget that its impact comes to, in percent.",
    }
)

# A longer period is told as a grid of its months.
_LONGEST = timedelta(days=100).days


@dataclass(frozen=True, slots=True)
class Kept:
    """The budgets of one objective in a period, in the order of time.

    `worst` is the rolling window that used the most, of those that end on a day of a short period.
    """

    pledge: Pledge
    budgets: tuple[Budget, ...]
    worst: Budget | None


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """The error budgets of a period.

    `kept` has every objective with a window in the period; `months` are those of a long period, of
    which the last is the one in progress. `untold` are objectives that are no share of requests.
    The rules are not told of all time: the years tell of them.
    """

    kept: tuple[Kept, ...]
    months: tuple[Period, ...]
    untold: tuple[Pledge, ...]
    uncounted: tuple[tuple[Service, Uncounted], ...]
    incidents: tuple[HeavyIncident, ...]
    causes: tuple[HeavyCause, ...]
    stated: tuple[StatedShare, ...]


def budgets(archive: Archive, period: Period) -> BudgetFacts | None:
    """Return what a period tells of error budgets; None where no objective had a window in it."""
    counted, settings = archive.budgets, archive.settings
    months = _months(archive, period)
    kept = tuple(
        Kept(pledge, found, None if months else counted.worst(pledge, period))
        for pledge in counted.pledges
        if (found := _windows(archive, pledge, period, months))
    )
    if not kept:
        return None
    all_time = period.kind is PeriodKind.ALL
    incidents = incidents_in(archive, period)
    services = {item.pledge.service.name: item.pledge.service for item in kept}
    return BudgetFacts(
        kept=kept,
        months=months,
        untold=tuple(pledge for pledge in counted.pledges if not pledge.has_budget),
        uncounted=tuple(
            (service, found)
            for service in services.values()
            for found in counted.uncounted(service.name, period.until(settings.as_of))
        ),
        incidents=() if all_time else heavy_incidents(counted, incidents),
        causes=() if all_time else tuple(_causes(archive, period)),
        stated=tuple(
            found
            for report in incidents
            for found in stated_shares(report, settings)
            if not all_time or found.contradicts
        ),
    )


def _months(archive: Archive, period: Period) -> tuple[Period, ...]:
    if period.days <= _LONGEST:
        return ()
    last = min(period.last, archive.settings.as_of)
    return tuple(periods_between(PeriodKind.MONTH, period.start, last))


def _windows(
    archive: Archive, pledge: Pledge, period: Period, months: tuple[Period, ...]
) -> tuple[Budget, ...]:
    """Return an objective's budgets; of rolling ones in a long period, one for each month's end."""
    if rolling_days(pledge.objective.window) is None or not months:
        return archive.budgets.within(pledge, period)
    last = min(period.last, archive.settings.as_of)
    ends = (min(month.last, last) for month in months)
    found = (archive.budgets.of(pledge, rolling(pledge.objective.window, end)) for end in ends)
    return tuple(budget for budget in found if budget)


def _causes(archive: Archive, period: Period) -> Iterator[HeavyCause]:
    """Give the heavy causes of the quarters that lie in a period."""
    settings = archive.settings
    last = min(period.last, settings.as_of)
    if last < period.start:
        return
    for quarter in periods_between(PeriodKind.QUARTER, period.start, last, settings.year_starts):
        if period.start <= quarter.start and quarter.end <= period.end:
            yield from heavy_causes(archive.budgets, quarter)


def figures(facts: BudgetFacts) -> tuple[Figure, ...]:
    """Return every figure of a period's error budgets."""
    return (
        *(figure for kept in facts.kept for budget in kept.budgets for figure in _budget(budget)),
        *(_worst(kept.worst) for kept in facts.kept if kept.worst),
        *(
            Figure(
                "four_weeks_share",
                f"{heavy.report.id} {_of(heavy.pledge)}",
                _percent(heavy.share),
                "%",
                1,
                note="assumed in part" if heavy.assumed else "",
            )
            for heavy in facts.incidents
        ),
        *(
            Figure(
                "cause_quarter_share",
                f"{heavy.cause} {_of(heavy.budget.pledge)} {heavy.budget.window.period.name}",
                _percent(heavy.share),
                "%",
                len(heavy.spent),
            )
            for heavy in facts.causes
        ),
        *(figure for found in facts.stated for figure in _stated(found)),
    )


def _budget(budget: Budget) -> Iterator[Figure]:
    of = f"{_of(budget.pledge)} {_window(budget.window)}"
    n = len(budget.spent)
    notes = [
        f"of which {float(budget.assumed):g} minutes are assumed" if budget.assumed else "",
        f"in progress, to {budget.window.until.isoformat()}" if budget.in_progress else "",
        "for the days on which the service was in use" if budget.clipped else "",
    ]
    note = "; ".join(filter(None, notes))
    yield Figure("budget_allowed", of, float(budget.minutes), "min", note=note)
    yield Figure("budget_used", of, float(budget.used), "min", n, note=note)
    yield Figure("budget_left", of, float(budget.remaining), "min", n, note=note)
    if budget.share is None:
        note = "; ".join(filter(None, ("nothing may fail, so there is no share", note)))
    yield Figure("budget_used_share", of, _percent(budget.share), "%", n, note=note)


def _worst(budget: Budget) -> Figure:
    of = f"{_of(budget.pledge)} {_window(budget.window)}"
    return Figure("worst_window_share", of, _percent(budget.share), "%", len(budget.spent))


def _stated(found: StatedShare) -> Iterator[Figure]:
    of = f"{found.report.id} {found.told.service or ''} {found.told.window or ''}".strip()
    note = found.silence.value if found.silence else ""
    if found.assumed:
        note = "assumed in part, so it contradicts nothing"
    yield Figure("stated_share", of, found.told.percent, "%", 1)
    yield Figure("computed_share", of, _percent(found.share), "%", 1, note=note)


def _of(pledge: Pledge) -> str:
    return f"{pledge.service.name} {pledge.objective.name}"


def _window(window: Window) -> str:
    return window.period.name


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else float(100 * share)
