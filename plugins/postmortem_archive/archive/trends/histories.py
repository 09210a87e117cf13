"""What is known of a service, a root cause or a trigger over the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.clocks import CLOCKS, Clock
from postmortem_archive.archive.durations import minutes
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.periods import Period, PeriodKind, periods_between
from postmortem_archive.archive.recurrences import Recurrence
from postmortem_archive.archive.statistics.quantiles import Quantile, median, p90
from postmortem_archive.archive.statistics.rates import Mtbf, Rate, mtbf, rate
from postmortem_archive.archive.trends.tallies import Tallies
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import Service

MOST_QUARTERS = 12
"""So many quarters are told one by one: the last ones, of those watched for half their days."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An incident with one of its clocks, in minutes."""

    report: Report
    minutes: float


@dataclass(frozen=True, slots=True)
class ClockHistory:
    """A clock of all incidents of a group that have it; quantiles in minutes."""

    clock: Clock
    timed: tuple[Timed, ...]
    median: Quantile | None
    p90: Quantile | None


@dataclass(frozen=True, slots=True)
class QuarterRate:
    """The incidents of a quarter, and their rate a day over the days of it that were watched."""

    period: Period
    rate: Rate


@dataclass(frozen=True, slots=True)
class History:
    """The incidents of a group from the day that it was watched to `as_of`.

    The archive watches from its first incident on, a service from the day that it was in use, to
    the day that it was retired. `rate` is in incidents a day, `mtbf` in days. Both leave the
    `folded` ones out: recurrences of one cause within a few days count once. They leave out the
    `opening` one too, with which the watch began, if it began with one of the group.
    """

    first: date
    last: date
    incidents: tuple[Report, ...]
    folded: int
    opening: Report | None
    rate: Rate
    mtbf: Mtbf
    quarters: tuple[QuarterRate, ...]
    clocks: tuple[ClockHistory, ...]
    recurrences: tuple[Recurrence, ...]


def history(group: Group, archive: Archive) -> History | None:
    """Return the history of a group, or None where there was no day to watch it on."""
    watched = _watched(group, archive)
    if watched is None:
        return None
    first, last = watched
    incidents = tuple(
        report for report in group.incidents if (on := day(report)) and first <= on <= last
    )
    apart = tuple(Tallies(archive).apart(incidents))
    opening = _opening(group, archive, apart, first)
    counted = tuple(report for report in apart if report is not opening)
    days = (last - first).days + 1
    told, between = rate(len(counted), days), mtbf(len(counted), days)
    if told is None or between is None:
        return None
    members = {report.path for report in incidents}
    return History(
        first=first,
        last=last,
        incidents=incidents,
        folded=len(incidents) - len(apart),
        opening=opening,
        rate=told,
        mtbf=between,
        quarters=tuple(_quarters(counted, first, last, archive))[-MOST_QUARTERS:],
        clocks=tuple(_clocks(incidents, archive)),
        recurrences=tuple(r for r in archive.recurrences if r.report.path in members),
    )


def _watched(group: Group, archive: Archive) -> tuple[date, date] | None:
    """Return the first and the last day on which an incident of a group would be in the archive."""
    as_of = archive.settings.as_of
    first, last = archive.calendar.first_incident, as_of
    if first is None:
        return None
    if isinstance(group.term, Service):
        # A report about a service is believed before its dates in the settings.
        own = [on for report in group.incidents if (on := day(report)) and on <= as_of]
        if group.term.since:
            first = max(first, min([group.term.since, *own]))
        if group.term.retired:
            last = min(last, max([group.term.retired, *own]))
    return (first, last) if first <= last else None


def _opening(
    group: Group, archive: Archive, incidents: tuple[Report, ...], first: date
) -> Report | None:
    """Return the incident that a group's watch began with, None where it began on a day of its own.

    A service that was harmed before it was in use is watched from that incident on.
    """
    term, opening = group.term, archive.calendar.opening
    if isinstance(term, Service) and term.since and first < term.since:
        return next((report for report in incidents if day(report) == first), None)
    return next((report for report in incidents if report is opening), None)


def _quarters(
    incidents: tuple[Report, ...], first: date, last: date, archive: Archive
) -> Iterator[QuarterRate]:
    starts = archive.settings.year_starts
    for period in periods_between(PeriodKind.QUARTER, first, last, starts):
        begin, end = max(period.start, first), min(period.last, last)
        count = sum(1 for report in incidents if period.holds(day(report)))
        days = (end - begin).days + 1
        found = rate(count, days)
        # The interval of a few days would dwarf all others.
        if found and days >= period.days / 2:
            yield QuarterRate(period, found)


def _clocks(incidents: tuple[Report, ...], archive: Archive) -> Iterator[ClockHistory]:
    told = [(report, archive.clocks(report)) for report in incidents]
    for clock in CLOCKS:
        timed = tuple(
            Timed(report, minutes(found[clock.name]))
            for report, found in told
            if clock.name in found
        )
        if timed:
            values = [one.minutes for one in timed]
            yield ClockHistory(clock, timed, median(values), p90(values))
