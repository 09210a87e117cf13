"""The history of a service, a root cause or a trigger in figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor

from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.naming import slug
from postmortem_archive.archive.statistics.quantiles import Quantile
from postmortem_archive.archive.statistics.rates import Mtbf, Rate
from postmortem_archive.archive.trends.durations import MOST_SHOWN
from postmortem_archive.archive.trends.histories import ClockHistory, History, QuarterRate, history
from postmortem_archive.archive.trends.tallies import FOLD_DAYS
from postmortem_archive.site import wording
from postmortem_archive.site.charts import (
    Band,
    Caption,
    Chart,
    Dot,
    DotRow,
    Interval,
    Link,
    Tone,
    dot_strip,
    interval_columns,
)
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.trends.telling import INTERVALS, Headline

_YEAR = 365.25
_QUARTER = _YEAR / 4


@dataclass(frozen=True, slots=True)
class Return:
    """An incident of a group that had happened before: what it is a recurrence of, and when."""

    link: Link
    day: str
    earlier: Link
    gap: str | None
    promises: str | None


@dataclass(frozen=True, slots=True)
class HistoryView:
    """A group's history: the days watched, how often, how long, and what came back."""

    headlines: tuple[Headline, ...]
    watched: str
    rates: Chart | None
    clocks: Chart | None
    returns: tuple[Return, ...]


def history_of(group: Group, point: Viewpoint) -> HistoryView | None:
    """Return the history of a group, or None where there was no day to watch it on."""
    found = history(group, point.archive)
    if found is None:
        return None
    name = slug(group.name)
    return HistoryView(
        headlines=tuple(_headlines(found)),
        watched=_watched(found),
        rates=_rates(found, name, point) if found.incidents and found.quarters else None,
        clocks=_clocks(found, name, point) if found.clocks else None,
        returns=tuple(_returns(found, point)),
    )


def _headlines(found: History) -> Iterator[Headline]:
    yield Headline(_yearly(found.rate), "incidents a year", _ends(found.rate))
    yield _between(found.mtbf)
    for told in found.clocks:
        if told.clock.name == "ttr" and told.median:
            yield Headline(
                _minutes(told.median.value),
                "median time to resolve",
                f"{_interval(told.median)}, n = {told.median.n}",
            )


def _yearly(rate: Rate) -> str:
    return wording.number(round(rate.value * _YEAR, 1))


def _ends(rate: Rate) -> str:
    # Ends are rounded outwards, so that what is printed holds as much as what was computed.
    low, high = floor(rate.low * _YEAR * 10) / 10, ceil(rate.high * _YEAR * 10) / 10
    return f"{wording.number(low)} to {wording.number(high)}, n = {rate.n:,}"


def _between(told: Mtbf) -> Headline:
    if told.value is None:
        days = wording.days(int(told.low))
        return Headline(f"over {days}", "between incidents", "none yet: a lower bound alone")
    ends = f"{int(told.low):,} to {wording.days(ceil(told.high or 0))}"
    return Headline(
        wording.days(round(told.value)), "between incidents on average", f"{ends}, n = {told.n:,}"
    )


def _watched(found: History) -> str:
    days = (found.last - found.first).days + 1
    text = (
        f"Watched from {wording.day(found.first)} to {wording.day(found.last)}, "
        f"{wording.days(days)}. {INTERVALS}"
    )
    if found.folded:
        noun = wording.count_of(found.folded, "recurrence")
        text += f" {noun} within {wording.days(FOLD_DAYS)} of the one before counts with it."
    if found.opening:
        text += " The incident that the watch began with is not counted in the rate."
    return text


def _rates(found: History, name: str, point: Viewpoint) -> Chart:
    count = len(found.quarters)
    quarters = f"The last {count} quarters" if count > 1 else "One quarter"
    caption = Caption(
        f"rate-{name}",
        "Incidents a quarter",
        f"{quarters}, each with its interval. The line is the rate over all the time watched.",
    )
    points = [_quarter(one, point) for one in found.quarters]
    return interval_columns(
        caption, points, "incidents a quarter", round(found.rate.value * _QUARTER, 2)
    )


def _quarter(one: QuarterRate, point: Viewpoint) -> Interval:
    link = point.trend(one.period)
    quarter, _, year = one.period.title.partition(" ")
    return Interval(
        Link(quarter, link.href),
        one.rate.value * _QUARTER,
        one.rate.low * _QUARTER,
        one.rate.high * _QUARTER,
        f"{wording.count_of(one.rate.n, 'incident')} in {wording.days(round(one.rate.exposure))}",
        year,
        one.period.in_progress(point.as_of),
    )


def _clocks(found: History, name: str, point: Viewpoint) -> Chart:
    caption = Caption(
        f"clocks-{name}",
        "How long it took",
        "Each dot is an incident; medians from five incidents on, and the time that nine of ten "
        "stay under from 29.",
    )
    return dot_strip(caption, [_row(told, found, point) for told in found.clocks])


def _row(told: ClockHistory, found: History, point: Viewpoint) -> DotRow:
    dots = tuple(
        Dot(
            one.minutes,
            point.dated(one.report),
            point.report(one.report).href,
            Tone.of_severity(point.severity(one.report.severity)),
        )
        for one in told.timed[-MOST_SHOWN:]
    )
    bands = tuple(
        Band(name, q.value, q.low, q.high)
        for name, q in (("median", told.median), ("p90", told.p90))
        if q
    )
    title = f"{told.clock.abbreviation}, {told.clock.title}"
    counted = f"n = {len(told.timed):,} of {len(found.incidents):,}"
    if len(dots) < len(told.timed):
        counted += f", the latest {MOST_SHOWN} shown"
    return DotRow(title, counted, dots, bands)


def _returns(found: History, point: Viewpoint) -> Iterator[Return]:
    for one in reversed(found.recurrences):
        promises = len(one.open_actions)
        on = point.day(one.report.date)
        yield Return(
            link=point.report(one.report),
            day=on.text if on else "",
            earlier=point.report(one.earlier),
            gap=f"{wording.days(one.days)} later" if one.days is not None else None,
            promises=f"{wording.count_of(promises, 'action item')} open" if promises else None,
        )


def _minutes(value: float) -> str:
    return wording.duration(timedelta(minutes=value))


def _interval(told: Quantile) -> str:
    return f"{_minutes(told.low)} to {_minutes(told.high)}"
