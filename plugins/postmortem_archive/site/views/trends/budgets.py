"""The error budgets of a period: window by window, or as a grid where there are many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from postmortem_archive.archive.budgets.budgets import Budget
from postmortem_archive.archive.budgets.policy import HeavyCause, HeavyIncident
from postmortem_archive.archive.budgets.stated import StatedShare
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.budgets import BudgetFacts, Kept
from postmortem_archive.report import vocabulary as words
from postmortem_archive.site import wording
from postmortem_archive.site.charts import Bar, Caption, Chart, Part, Table, Tone, meters
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.budgets import (
    ASSUMED,
    MOST,
    LeftOutList,
    WindowRow,
    and_more,
    computed_share,
    finely,
    left_out,
    limit,
    listed_pledges,
    minutes,
    month,
    objective,
    percent,
    quarter_link,
    share,
    short_window,
    tone,
    window_row,
    window_title,
)
from postmortem_archive.site.views.marks import Link

_METHOD = (
    "An incident uses a budget by its minutes times the fraction of requests that failed. Where"
    " incidents overlap, each minute counts once, for the largest fraction. A request that failed"
    " counts against every objective of its service."
)

# More rows than this repeat the chart only for who asks.
_HANDFUL = 5


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: what was used of a window, over as many columns as the window has."""

    columns: int
    text: str
    note: str | None
    href: str | None
    hover: str | None
    tone: int
    in_progress: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """An objective in a grid."""

    service: Link
    objective: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Objectives against months, or against years; `reading` says what a cell holds."""

    reading: str
    heads: tuple[Link, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Heavy:
    """Something that used over a fifth of a budget."""

    what: Link
    of: str
    share: str
    minutes: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A share that a report states, beside the one that its impact comes to."""

    report: Link
    told: str
    computed: str
    differs: bool


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The error budgets of a period.

    A short period has a `chart` and `rows` of the windows that were used, of which those that the
    chart draws are `folded` where they are many; a long one has a `grid`.
    """

    reading: str
    chart: Chart | None
    rows: tuple[WindowRow, ...]
    folded: tuple[WindowRow, ...]
    grid: Grid | None
    untouched: str | None
    incidents: tuple[Heavy, ...]
    more_incidents: str | None
    causes: tuple[Heavy, ...]
    stated: tuple[Stated, ...]
    stated_reading: str
    differs: bool
    left_out: LeftOutList
    notes: tuple[str, ...]


def budgets_view(facts: BudgetFacts, period: Period, point: Viewpoint) -> BudgetView:
    """Return the section on error budgets."""
    budgets = [budget for kept in facts.kept for budget in kept.budgets]
    touched = sorted((budget for budget in budgets if budget.spent), key=_most_used_first)
    stated = tuple(_stated(found, point) for found in facts.stated)
    differs = sum(found.differs for found in stated)
    drawn = [] if facts.months else [budget for budget in touched if budget.share]
    folded = drawn if len(drawn) > _HANDFUL else []
    rows = [window_row(budget, point) for budget in touched if budget not in folded]
    rows += [
        window_row(kept.worst, point, "the worst that ends in the period")
        for kept in facts.kept
        if kept.worst and _tells_worst(kept)
    ]
    idle = [kept.pledge for kept in facts.kept if not any(b.spent for b in kept.budgets)]
    return BudgetView(
        reading=_reading(budgets, touched, facts, period),
        chart=_chart(drawn, period, point) if drawn else None,
        rows=() if facts.months else tuple(rows),
        folded=tuple(window_row(budget, point) for budget in folded),
        grid=_grid(facts, period, point) if facts.months else None,
        untouched=f"Untouched: {listed_pledges(idle)}." if idle else None,
        incidents=tuple(_incident(heavy, point) for heavy in facts.incidents[:MOST]),
        more_incidents=and_more(len(facts.incidents)),
        causes=tuple(_cause(heavy, point) for heavy in facts.causes),
        stated=stated,
        stated_reading=_stated_reading(len(stated), differs),
        differs=bool(differs),
        left_out=left_out([(service.title, found) for service, found in facts.uncounted], point),
        notes=_notes(facts, budgets),
    )


def _most_used_first(budget: Budget) -> tuple[bool, Fraction]:
    """Sort by the share used; what is over where nothing may fail comes first."""
    return budget.share is not None, -(budget.share or Fraction(0))


def _tells_worst(kept: Kept) -> bool:
    """Tell whether the worst rolling window is another than the last."""
    return kept.worst is not None and kept.worst.window != kept.budgets[-1].window


def _reading(
    budgets: list[Budget], touched: list[Budget], facts: BudgetFacts, period: Period
) -> str:
    over = sum(budget.over for budget in budgets)
    count = wording.count_of(len(budgets), "window")
    objectives = wording.count_of(len(facts.kept), "objective")
    spent = wording.listed(
        [
            f"{over} used more than there was" if over else "none used more than there was",
            f"{len(touched) - over} used a part",
            f"{len(budgets) - len(touched)} used nothing",
        ]
    )
    where = "in all" if period.kind is PeriodKind.ALL else f"in {period.title}"
    return f"{count} of {objectives} {where}: {spent}."


def _chart(drawn: list[Budget], period: Period, point: Viewpoint) -> Chart:
    first = drawn[0]
    reading = (
        f"Most was used of {first.pledge.service.title}, {first.pledge.objective.name}, in"
        f" {window_title(first)}: {share(first)}. Each part of a bar is an incident."
    )
    caption = Caption(f"budgets-{period.name}", "Error budgets that were used", reading)
    chart = meters(caption, tuple(_bar(budget, point) for budget in drawn))
    # The table of windows below it says all that the chart's own would.
    return replace(chart, table=Table())


def _bar(budget: Budget, point: Viewpoint) -> Bar:
    pledge = budget.pledge
    parts = tuple(
        Part(
            float((budget.share_of(spent.minutes) or Fraction(0)) * 100),
            f"{spent.report.title}: {minutes(spent.minutes)}",
            Tone.of_severity(point.severity(spent.report.severity)),
            point.report(spent.report).href,
        )
        for spent in budget.spent
    )
    label = f"{pledge.service.title}, {pledge.objective.name}, {short_window(budget)}"
    return Bar(Link(label), parts, share(budget))


def _grid(facts: BudgetFacts, period: Period, point: Viewpoint) -> Grid:
    used = [kept for kept in facts.kept if any(budget.spent for budget in kept.budgets)]
    if period.kind is PeriodKind.ALL:
        years = _years(facts.months, point)
        return Grid(
            "The most that was used of one window, which it was, and in how many of the year more"
            " was used than there was. Of rolling windows, those count that end with a month.",
            tuple(point.trend(year) for year in years),
            tuple(
                _grid_row(kept, tuple(_year_cell(kept, year, point) for year in years), point)
                for kept in used
            ),
        )
    return Grid(
        "What was used of each window. Of rolling windows, those are shown that end with a month.",
        tuple(Link(month(column)) for column in facts.months),
        tuple(_grid_row(kept, _month_cells(kept, facts.months, point), point) for kept in used),
    )


def _grid_row(kept: Kept, cells: tuple[GridCell, ...], point: Viewpoint) -> GridRow:
    return GridRow(point.service(kept.pledge.service.name), objective(kept.pledge), cells)


def _years(months: tuple[Period, ...], point: Viewpoint) -> tuple[Period, ...]:
    starts = point.archive.settings.year_starts
    years = (period_of(PeriodKind.YEAR, column.start, starts) for column in months)
    return tuple(dict.fromkeys(years))


def _year_cell(kept: Kept, year: Period, point: Viewpoint) -> GridCell:
    """Return how the windows of an objective that end in a year were used."""
    known = [budget for budget in kept.budgets if year.holds(budget.window.until)]
    if not known:
        return GridCell(1, "–", None, None, None, 0, in_progress=False)
    over = sum(budget.over for budget in known)
    worst = min(known, key=_most_used_first)
    return GridCell(
        columns=1,
        text=share(worst) if worst.spent else "0",
        note=f"{short_window(worst)}; {over} of {len(known)} over" if worst.spent else None,
        href=quarter_link(worst, point) if worst.spent else None,
        hover=window_title(worst) if worst.spent else None,
        tone=tone(worst),
        in_progress=any(budget.in_progress for budget in known),
    )


def _month_cells(kept: Kept, months: tuple[Period, ...], point: Viewpoint) -> tuple[GridCell, ...]:
    """Return a cell for each window; a quarter's stretches over its months."""
    holders = [
        next((n for n, budget in enumerate(kept.budgets) if _is_of(budget, column)), None)
        for column in months
    ]
    return tuple(
        _month_cell(None if number is None else kept.budgets[number], len(list(run)), point)
        for number, run in groupby(holders)
    )


def _is_of(budget: Budget, column: Period) -> bool:
    """Tell whether a window is shown in a month: where it lies, or where a rolling one ends."""
    period = budget.window.period
    if period.kind is PeriodKind.SPAN:
        return column.holds(budget.window.until)
    return period.holds(column.start)


def _month_cell(budget: Budget | None, columns: int, point: Viewpoint) -> GridCell:
    if budget is None:
        return GridCell(columns, "–", None, None, None, 0, in_progress=False)
    return GridCell(
        columns=columns,
        text=share(budget) if budget.spent else "0",
        note=None,
        href=quarter_link(budget, point) if budget.spent else None,
        hover=f"{window_title(budget)}: {minutes(budget.used)} of {minutes(budget.minutes)}",
        tone=tone(budget),
        in_progress=budget.in_progress,
    )


def _incident(heavy: HeavyIncident, point: Viewpoint) -> Heavy:
    status = heavy.report.status
    told = words.STATUSES.title(status).lower() if status else "no status"
    note = f"{told}, assumed in part" if heavy.assumed else told
    return Heavy(
        point.report(heavy.report),
        f"{heavy.pledge.service.title}, {objective(heavy.pledge)}",
        finely(heavy.share),
        minutes(heavy.minutes),
        note,
    )


def _cause(heavy: HeavyCause, point: Viewpoint) -> Heavy:
    pledge = heavy.budget.pledge
    count = wording.count_of(len(heavy.spent), "incident")
    return Heavy(
        point.cause(heavy.cause),
        f"{pledge.service.title}, {objective(pledge)}, {window_title(heavy.budget)}",
        finely(heavy.share),
        minutes(heavy.minutes),
        count,
    )


def _stated(found: StatedShare, point: Viewpoint) -> Stated:
    service = point.service(found.told.service).text if found.told.service else None
    of = ", ".join(part for part in (service, found.told.window) if part)
    told = percent(found.stated)
    return Stated(
        point.report(found.report),
        f"{told} of {of}" if of else told,
        computed_share(found),
        found.contradicts,
    )


def _stated_reading(count: int, differs: int) -> str:
    told = wording.count_of(count, "statement of a share", "statements of shares")
    if not differs:
        return f"{told} in reports, none contradicted by its own times"
    return f"{told} in reports, {differs} contradicted by its own times"


def _notes(facts: BudgetFacts, budgets: Iterable[Budget]) -> tuple[str, ...]:
    assumed = any(budget.assumed for budget in budgets)
    limits = (limit(pledge) for pledge in facts.untold)
    return (_METHOD, *((ASSUMED,) if assumed else ()), *limits)
