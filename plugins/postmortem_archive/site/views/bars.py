"""Incidents counted by month, where there are too many of a severity for a mark each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from postmortem_archive.archive.periods import Period, PeriodKind, period_of, periods_between
from postmortem_archive.report.record import Report
from postmortem_archive.site.charts import Table
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link

# Of a severity with more incidents than this, marks would cover each other.
MOST_MARKS = 80
# More bars than this are too thin to be hit.
_MOST_BARS = 60
# The part of its place that a bar fills.
_THICK = 0.86

Dated = Sequence[tuple[date, Report]]


@dataclass(frozen=True, slots=True)
class Bar:
    """The incidents of one severity in a period: a place in the width, and a bar, in percent."""

    left: str
    width: str
    inner: str
    thick: str
    top: str
    height: str
    title: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Incidents counted by period and severity, None for those that tell none.

    `many` are the severities with more than `MOST_MARKS`, and `most` is the highest count of a
    period among these: all bars are measured by it.
    """

    counts: Mapping[Period, Counter[str | None]]
    many: frozenset[str | None]
    most: int


def tally(dated: Dated, point: Viewpoint) -> Tally | None:
    """Count by month, or by quarter or year where more than sixty bars would stand side by side.

    None where no severity has more incidents than marks have room for.
    """
    totals = Counter(report.severity for _, report in dated)
    many = frozenset(name for name, count in totals.items() if count > MOST_MARKS)
    if not many:
        return None
    kind, starts = _kind([on for on, _ in dated], point), point.archive.settings.year_starts
    counts: dict[Period, Counter[str | None]] = {}
    for on, report in sorted(dated, key=lambda pair: pair[0]):
        counts.setdefault(period_of(kind, on, starts), Counter())[report.severity] += 1
    most = max(found[name] for found in counts.values() for name in many)
    return Tally(counts, many, most)


def _kind(days: Sequence[date], point: Viewpoint) -> PeriodKind:
    starts = point.archive.settings.year_starts
    for kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
        if len(list(periods_between(kind, min(days), max(days), starts))) <= _MOST_BARS:
            return kind
    return PeriodKind.YEAR


def bars(
    told: Tally, severity: str | None, first: date, last: date, point: Viewpoint
) -> tuple[Bar, ...]:
    """Return the bars of a severity between the first day of the chart and the one after it."""
    whole = (last - first).days
    return tuple(
        _bar(
            100 * (max(period.start, first) - first).days / whole,
            100 * (min(period.end, last) - max(period.start, first)).days / whole,
            100 * found[severity] / told.most,
            f"{period.title}: {found[severity]:,} {_named(severity, point)}",
            _link(period, point).href,
        )
        for period, found in told.counts.items()
        if found[severity]
    )


def _bar(left: float, width: float, height: float, title: str, href: str | None) -> Bar:
    return Bar(
        left=f"{left:.2f}",
        width=f"{width:.2f}",
        inner=f"{left + width * (1 - _THICK) / 2:.2f}",
        thick=f"{width * _THICK:.2f}",
        top=f"{100 - height:.2f}",
        height=f"{height:.2f}",
        title=title,
        href=href,
    )


def _link(period: Period, point: Viewpoint) -> Link:
    """Return the way to a period's incidents: a month's list, or the trends of a longer one."""
    return point.period(period.name) if period.kind is PeriodKind.MONTH else point.trend(period)


def _named(severity: str | None, point: Viewpoint) -> str:
    mark = point.severity(severity)
    return mark.title if mark else "without a severity"


def reading(told: Tally, point: Viewpoint) -> str:
    """Say what a bar stands for, and how much the highest is."""
    period, severity = next(
        (period, name)
        for period, found in told.counts.items()
        for name in found
        if name in told.many and found[name] == told.most
    )
    return (
        f"Of a severity with more than {MOST_MARKS}, each bar is a {period.kind}; the highest is"
        f" {told.most:,} {_named(severity, point)} in {period.title}."
    )


def table(told: Tally, point: Viewpoint) -> Table:
    """Return all counts by severity; a period without an incident is left out."""
    names: list[str | None] = list(point.reading.severities.names)
    titles = [point.reading.severities.title(name) for name in point.reading.severities.names]
    if any(found[None] for found in told.counts.values()):
        names.append(None)
        titles.append("No severity")
    rows: list[tuple[str | Link, ...]] = []
    for period, found in told.counts.items():
        counts = [f"{found[name]:,}" for name in names]
        rows.append((_link(period, point), *counts, f"{found.total():,}"))
    return Table(("Period", *titles, "All"), tuple(rows))
