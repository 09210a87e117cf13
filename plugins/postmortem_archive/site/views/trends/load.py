"""When the incidents of a period began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.settings import WorkingHours
from postmortem_archive.archive.trends.load import (
    WEEKDAYS,
    Begun,
    LoadFacts,
    Week,
    hour_span,
)
from postmortem_archive.site import wording
from postmortem_archive.site.charts import Caption, Cell, Chart, Link, matrix
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.trends.named import MOST, Named, and_more, named, titles
from postmortem_archive.site.views.trends.telling import (
    INTERVALS,
    Headline,
    percent,
    share_text,
)

_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class LoadView:
    """When incidents began; `judged_by` tells the working hours, in their zone."""

    headlines: tuple[Headline, ...]
    judged_by: str | None
    week: Chart | None
    lists: tuple[Named, ...]


def load_view(facts: LoadFacts, period: Period, point: Viewpoint) -> LoadView:
    """Return when the incidents of a period began."""
    return LoadView(
        headlines=tuple(_headlines(facts)),
        judged_by=_judged_by(facts) if facts.begun else None,
        week=_chart(facts, period, point) if facts.begun else None,
        lists=tuple(_lists(facts, point)),
    )


def _headlines(facts: LoadFacts) -> Iterator[Headline]:
    n = len(facts.begun)
    outside, off = facts.outside_share, facts.off_share
    if outside and facts.even_outside:
        yield Headline(
            f"{outside.k:,} of {n:,}",
            "began outside working hours",
            f"{share_text(outside)}; of all hours, {percent(facts.even_outside)} are",
        )
    if off and facts.even_off:
        yield Headline(
            f"{off.k:,} of {n:,}",
            f"began {_days_off(facts.hours)}",
            f"{share_text(off)}; of all days, {percent(facts.even_off)} are",
        )
    if facts.longest:
        week = facts.longest
        yield Headline(
            wording.duration(week.spent),
            "with an incident under way, in the longest week",
            f"{_span(week)}, {wording.count_of(len(week.incidents), 'incident')}",
        )


def _days_off(hours: WorkingHours) -> str:
    off = frozenset(range(7)) - hours.days
    return "at the weekend" if off == _WEEKEND else f"on days off ({_weekdays(sorted(off))})"


def _weekdays(days: Sequence[int]) -> str:
    """Return days of the week, the names of a run by its ends: `Mon–Fri`."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return wording.listed([_run(run) for run in runs])


def _run(days: Sequence[int]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    if len(days) == 1:
        return first
    return f"{first} and {last}" if len(days) == 2 else f"{first}–{last}"


def _span(week: Week) -> str:
    last = week.monday + timedelta(days=6)
    _, number, _ = week.monday.isocalendar()
    return f"{wording.day(week.monday)} to {wording.day(last)}, week{wording.NBSP}{number}"


def _judged_by(facts: LoadFacts) -> str:
    hours = facts.hours
    days = _weekdays(sorted(hours.days))
    span = f"{hours.start:%H:%M}–{hours.end:%H:%M}"
    return f"Working hours: {days}, {span} {facts.zone}. {INTERVALS}"


def _chart(facts: LoadFacts, period: Period, point: Viewpoint) -> Chart:
    n = len(facts.begun)
    columns = [Link(hour_span(part)) for part in range(len(facts.cells[0]))]
    rows = [
        (
            Link(WEEKDAYS[weekday]),
            [
                _cell(f"{WEEKDAYS[weekday]} {hour_span(part)}", cell, point)
                for part, cell in enumerate(row)
            ],
        )
        for weekday, row in enumerate(facts.cells)
    ]
    told = "1 incident" if n == 1 else f"{n:,} incidents"
    caption = Caption(
        f"load-{period.name}",
        "The week in which incidents begin",
        f"The day of the week and the hours at which {told} began, by the clocks of {facts.zone}.",
    )
    return matrix(caption, "", columns, rows)


def _cell(when: str, begun: Sequence[Begun], point: Viewpoint) -> Cell | None:
    """Return a cell; one incident is led to, of several the titles are told."""
    if not begun:
        return None
    href = point.report(begun[0].report).href if len(begun) == 1 else None
    return Cell(len(begun), f"{when}: {titles([one.report for one in begun])}", href)


def _lists(facts: LoadFacts, point: Viewpoint) -> Iterator[Named]:
    if facts.outside:
        newest = tuple(reversed(facts.outside))[:MOST]
        links = tuple(
            Link(f"{_when(one)}: {one.report.title}", point.report(one.report).href)
            for one in newest
        )
        yield Named(
            f"{len(facts.outside):,} outside working hours", links, and_more(len(facts.outside))
        )
    if facts.longest:
        count = wording.count_of(len(facts.longest.incidents), "incident")
        yield named(f"{count} of the longest week", facts.longest.incidents, point)
    if facts.unjudged:
        count = wording.count_of(len(facts.unjudged), "incident")
        verb = "does" if len(facts.unjudged) == 1 else "do"
        yield named(f"{count} left out: {verb} not tell the time of day", facts.unjudged, point)


def _when(one: Begun) -> str:
    return f"{WEEKDAYS[one.at.weekday()]} {wording.day(one.at.date())}, {one.at:%H:%M}"
