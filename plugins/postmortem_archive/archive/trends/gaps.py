"""The days between major incidents, and since the last."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.durations import instant
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.statistics.tchart import TChart, tchart
from postmortem_archive.archive.trends.tallies import Tallies
from postmortem_archive.report.record import Report

_MOST = 40
"""So many gaps, the last ones, are charted: limits of long ago say little of now."""

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Gap:
    """The days up to a major incident from the one before it."""

    report: Report
    end: date
    days: float


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps between major incidents up to the end of a period, in the order of time.

    `last` is the last major incident, `since` the days from its day to `until`, the period's last
    day or `as_of`. `chart` has the limits of the gaps, where they are enough to have some.
    """

    last: Report
    since: int
    until: date
    gaps: tuple[Gap, ...]
    chart: TChart | None


def gaps(tallies: Tallies, period: Period) -> Gaps | None:
    """Return the gaps between major incidents up to a period's end; None where there was none.

    Incidents of one cause within 7 days count once.
    """
    settings = tallies.archive.settings
    known = period.until(settings.as_of)
    if tallies.first is None or not known.days or known.last < tallies.first:
        return None
    every = Period(known.kind, known.name, known.title, tallies.first, known.end)
    majors = [
        (report, on)
        for report in tallies.apart(
            [
                report
                for report in tallies.reports(every)
                if report.kind == "incident" and settings.is_major(report.severity)
            ]
        )
        if (on := day(report))
    ]
    if not majors:
        return None
    found = tuple(
        Gap(report, on, _days(earlier, before, report, on))
        for (earlier, before), (report, on) in itertools.pairwise(majors[-_MOST - 1 :])
    )
    last, last_day = majors[-1]
    return Gaps(
        last=last,
        since=(known.last - last_day).days,
        until=known.last,
        gaps=found,
        chart=tchart([gap.days for gap in found]),
    )


def _days(earlier: Report, before: date, report: Report, on: date) -> float:
    """Return the days between two incidents: from start to start where both are told."""
    first, second = earlier.milestones.get("started"), report.milestones.get("started")
    if first and second and first.exact and second.exact:
        between = instant(second.at) - instant(first.at)
        return max(0.0, between.total_seconds() / _SECONDS_A_DAY)
    return float((on - before).days)
