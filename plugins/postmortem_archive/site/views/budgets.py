"""Error budgets as rows and strips, on the pages of services and of periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from postmortem_archive.archive.budgets.budgets import Budget, Pledge, Uncounted
from postmortem_archive.archive.budgets.ledger import Spent
from postmortem_archive.archive.budgets.stated import StatedShare
from postmortem_archive.archive.budgets.windows import rolling_days
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link

MOST = 30
"""So many incidents of a long list are shown; the files of figures have all."""
_SHOWN = 12
_FIFTH, _HALF = Fraction(1, 5), Fraction(1, 2)
_WHOLE = 100
_OVER = "over"


@dataclass(frozen=True, slots=True)
class Use:
    """What an incident used: its minutes, and whether any of them are assumed."""

    report: Link
    minutes: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window of an objective: what was used of its budget, what is left, and by whom."""

    service: Link
    objective: str
    window: str
    share: str
    over: bool
    used: str
    left: str
    by: tuple[Use, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowMark:
    """A window among others: `tone` from 0 (untouched) to 4 (over).

    `top` and `height` place its bar, in percent.
    """

    label: str
    share: str
    hover: str
    tone: int
    top: str
    height: str
    in_progress: bool


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective: how its present window stands, and the last windows, the earliest first."""

    title: str
    present: str
    over: bool
    marks: tuple[WindowMark, ...]
    rows: tuple[WindowRow, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An incident that a service's budgets do not hold in full, and why."""

    report: Link
    service: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOutList:
    """How many incidents were left out, and the first of them."""

    count: int
    rows: tuple[LeftOut, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class ServiceBudgetView:
    """The budgets of a service; `notes` say what was assumed."""

    objectives: tuple[ObjectiveView, ...]
    left_out: LeftOutList
    notes: tuple[str, ...]


ASSUMED = (
    "≈ marks minutes that are assumed. Where a report tells no impact on services, everything is"
    " taken to have failed from started to resolved; a part of the impact without times has the"
    " incident's."
)


def service_budget(group: Group, point: Viewpoint) -> ServiceBudgetView | None:
    """Return the last windows of a service's objectives; None where it has none with a budget."""
    budgets = point.archive.budgets
    pledges = [pledge for pledge in budgets.pledges if pledge.service.name == group.name]
    found = {pledge: budgets.latest(pledge, _SHOWN) for pledge in pledges}
    views = tuple(_objective(pledge, known, point) for pledge, known in found.items() if known)
    if not views:
        return None
    every = [budget for known in found.values() for budget in known]
    notes = [ASSUMED] if any(budget.assumed for budget in every) else []
    notes += [limit(pledge) for pledge in pledges if not pledge.has_budget]
    first = min(budget.window.period.start for budget in every)
    last = max(budget.window.until for budget in every)
    shown = Period(PeriodKind.SPAN, "", "", first, last + timedelta(days=1))
    return ServiceBudgetView(
        views,
        left_out([(group.title, found) for found in budgets.uncounted(group.name, shown)], point),
        tuple(notes),
    )


def _objective(pledge: Pledge, known: tuple[Budget, ...], point: Viewpoint) -> ObjectiveView:
    present = known[0]
    return ObjectiveView(
        title=wording.capital(f"{objective(pledge)} {_every(pledge)}"),
        present=_present(present),
        over=present.over,
        marks=tuple(_mark(budget) for budget in reversed(known)),
        rows=tuple(window_row(budget, point) for budget in known if budget.spent),
    )


def _present(budget: Budget) -> str:
    lead = wording.capital(window_title(budget))
    if budget.share is None:
        return f"{lead}: {minutes(budget.used)} failed, where nothing may fail."
    left = "over by" if budget.over else "left:"
    return (
        f"{lead}: {share(budget)} used, {left} {minutes(abs(budget.remaining))} of"
        f" {minutes(budget.minutes)}."
    )


def _mark(budget: Budget) -> WindowMark:
    part = budget.share or Fraction(int(budget.over))
    height = float(min(part, Fraction(1)) * 100)
    return WindowMark(
        # Under a narrow bar it may break.
        label=short_window(budget).replace(wording.NBSP, " "),
        share=share(budget),
        hover=f"{wording.capital(window_title(budget))}: {minutes(budget.used)} of"
        f" {minutes(budget.minutes)}",
        tone=tone(budget),
        top=f"{100 - height:.4g}",
        height=f"{height:.4g}",
        in_progress=budget.in_progress,
    )


def window_row(budget: Budget, point: Viewpoint, *notes: str) -> WindowRow:
    """Return a window of an objective as a row of a table."""
    told = [*notes]
    if budget.in_progress:
        told.append(f"in progress, counted to {wording.day(budget.window.until)}")
    if budget.clipped:
        told.append("for the days on which the service was in use")
    left = f"−{minutes(-budget.remaining)}" if budget.over else minutes(budget.remaining)
    return WindowRow(
        service=point.service(budget.pledge.service.name),
        objective=objective(budget.pledge),
        window=window_title(budget),
        share=share(budget),
        over=budget.over,
        used=f"{minutes(budget.used)} of {minutes(budget.minutes)}",
        left=left,
        by=tuple(_use(spent, point) for spent in budget.spent),
        notes=tuple(told),
    )


def _use(spent: Spent, point: Viewpoint) -> Use:
    return Use(point.report(spent.report), minutes(spent.minutes), bool(spent.assumed))


def left_out(uncounted: Sequence[tuple[str, Uncounted]], point: Viewpoint) -> LeftOutList:
    """Return the incidents that a service's budgets do not hold in full, by the service's title."""
    rows = tuple(
        LeftOut(point.report(found.report), service, found.reason.value)
        for service, found in uncounted[:MOST]
    )
    return LeftOutList(len(uncounted), rows, and_more(len(uncounted)))


def and_more(count: int) -> str | None:
    """Return how many of a list are not shown, if any."""
    return f"and {count - MOST:,} more" if count > MOST else None


def objective(pledge: Pledge) -> str:
    """Return an objective with its target: `availability 99.9 %`."""
    return f"{pledge.objective.name} {_exact(pledge.objective.target)}{wording.NBSP}%"


def limit(pledge: Pledge) -> str:
    """Return why an objective with a limit in milliseconds has no budget."""
    target = f"{wording.number(pledge.objective.target)}{wording.NBSP}ms"
    name = f"{pledge.service.title}, {pledge.objective.name}"
    return f"{name}: {target} is a limit and no share of requests, so it has no budget."


def window_title(budget: Budget) -> str:
    """Return a window in full: `September 2025`, `28 days to 30 Sep 2025`."""
    period = budget.window.period
    if period.kind is PeriodKind.SPAN:
        return f"{wording.days(period.days)} to {wording.day(period.last)}"
    return f"{period.title}, so far" if budget.in_progress else period.title


def short_window(budget: Budget) -> str:
    """Return a window's name as it stands in a chart: `Sep 2025`, `Q3 2025`, `to 30 Sep 2025`."""
    period = budget.window.period
    if period.kind is PeriodKind.SPAN:
        return f"to {wording.day(period.last)}"
    return month(period) if period.kind is PeriodKind.MONTH else period.title


def month(period: Period) -> str:
    """Return a month in short: `Sep 2025`."""
    return wording.day(period.start).split(wording.NBSP, 1)[1]


def share(budget: Budget) -> str:
    """Return the part of a budget that was used, as `percent`; without one, all use is over."""
    if budget.share is None:
        return _OVER if budget.over else percent(Fraction(0))
    return percent(budget.share)


def finely(value: Fraction | None) -> str:
    """Return a share of over 20 % in percent to a tenth, so that it never reads as just 20.

    Where nothing may fail there is no share, and all use is over.
    """
    if value is None:
        return _OVER
    exact = float(value * _WHOLE)
    return f"{exact:.1f}{wording.NBSP}%" if exact < _WHOLE else percent(value)


def computed_share(found: StatedShare) -> str:
    """Return the share that was computed beside a stated one, or why there is none."""
    if found.budget is None or found.share is None:
        return f"not compared: {found.silence.value}" if found.silence else "not compared"
    assumed = ", assumed" if found.assumed else ""
    return f"{percent(found.share)} of {window_title(found.budget)}{assumed}"


def percent(value: Fraction) -> str:
    """Return a share in percent: whole, or to a tenth under 10 and where it would read as 100."""
    exact = float(value * _WHOLE)
    rounded = round(exact)
    if value == 0:
        return f"0{wording.NBSP}%"
    if rounded == _WHOLE and value != 1:
        return f"under 100{wording.NBSP}%" if value < 1 else f"over 100{wording.NBSP}%"
    if exact >= 10:
        return f"{rounded:,}{wording.NBSP}%"
    return f"{exact:.1f}{wording.NBSP}%" if exact >= 0.05 else f"under 0.1{wording.NBSP}%"


def minutes(value: Fraction) -> str:
    """Return minutes to a tenth: budgets are counted in tenths of minutes."""
    return f"{float(value):,.1f}{wording.NBSP}min"


def tone(budget: Budget) -> int:
    """Return how much was used: 0 for nothing, then up to 20 %, to 50 %, to 100 %, and over."""
    if budget.over:
        return 4
    bounds = (Fraction(0), _FIFTH, _HALF)
    return sum((budget.share or Fraction(0)) > bound for bound in bounds)


def _every(pledge: Pledge) -> str:
    days = rolling_days(pledge.objective.window)
    return f"per {pledge.objective.window}" if days is None else f"over {wording.days(days)}"


def _exact(target: float) -> str:
    """Return a target with all its nines."""
    return f"{target:.10f}".rstrip("0").rstrip(".")


def quarter_link(budget: Budget, point: Viewpoint) -> str | None:
    """Return where a window is told in full: at its quarter, if that has a page."""
    settings = point.archive.settings
    quarter = period_of(PeriodKind.QUARTER, budget.window.until, settings.year_starts)
    return point.trend(quarter).href


def listed_pledges(pledges: Iterable[Pledge]) -> str:
    """Return objectives in a sentence, those of a service together."""
    by_service: dict[str, list[str]] = {}
    for pledge in pledges:
        by_service.setdefault(pledge.service.title, []).append(pledge.objective.name)
    return "; ".join(f"{title} ({', '.join(names)})" for title, names in by_service.items())
