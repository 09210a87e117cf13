"""How many incidents and other reports a period has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.statistics.rates import Rate, rate
from postmortem_archive.archive.trends.exposure import Exposure, exposure
from postmortem_archive.report.record import Report

FOLD_DAYS = 7
"""An incident counts once for rates with one of the same cause that began so few days before it."""

_SAME = frozenset({"recurrence_of", "same_cause"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Events:
    """Incidents, and how many of them count in tests: those of one cause within 7 days as one.

    `opening` is 1 where the archive's first incident is among them, and else 0.
    """

    count: int
    folded: int
    opening: int = 0

    @property
    def counted(self) -> int:
        """How many count in tests."""
        return self.count - self.folded

    @property
    def rated(self) -> int:
        """How many count in rates, whose time begins with the archive's first incident."""
        return self.counted - self.opening


@dataclass(frozen=True, slots=True)
class Tally:
    """The reports of a period, up to `as_of`, and what they are held against.

    `period` is as it stands in the calendar; `exposure` is of its days from the archive's first
    incident to `as_of`. `whole` says that the archive tells of it from its first day on. `majors`
    are among `incidents`. `severities` has every severity of the scale, then None for the incidents
    that tell none; `kinds` has the kinds that are not counted.
    """

    period: Period
    whole: bool
    exposure: Exposure
    incidents: Events
    majors: Events
    severities: tuple[tuple[str | None, int], ...]
    kinds: tuple[tuple[str, int], ...]

    @property
    def rate(self) -> Rate | None:
        """The incidents per service-day."""
        return rate(self.incidents.rated, self.exposure.total)

    @property
    def major_rate(self) -> Rate | None:
        """The major incidents per service-day."""
        return rate(self.majors.rated, self.exposure.total)


class Tallies:
    """Counts the reports of an archive's periods."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @property
    def first(self) -> date | None:
        """The day of the first incident, from which the archive tells of every one."""
        return self.archive.calendar.first_incident

    def reports(self, period: Period) -> Sequence[Report]:
        """Return the reports of a period, up to `as_of`, in the order of their days."""
        known = period.until(self.archive.settings.as_of)
        return self.archive.calendar.between(known.start, known.end)

    def is_whole(self, period: Period) -> bool:
        """Tell whether a period began when the archive was already being kept."""
        return self.first is not None and self.first <= period.start

    def tally(self, period: Period) -> Tally:
        """Count the reports of a period."""
        settings = self.archive.settings
        reports = self.reports(period)
        incidents = [report for report in reports if report.kind == "incident"]
        majors = [report for report in incidents if settings.is_major(report.severity)]
        known = period.until(settings.as_of)
        severities = Counter(report.severity for report in incidents)
        others = Counter(report.kind for report in reports if report.kind != "incident")
        scale = settings.reading.severities.names
        untold = sum(n for severity, n in severities.items() if severity not in scale)
        return Tally(
            period=period,
            whole=self.is_whole(period),
            exposure=exposure(settings, max(known.start, self.first or known.start), known.end),
            incidents=self._events(incidents),
            majors=self._events(majors),
            severities=(*((name, severities[name]) for name in scale), (None, untold)),
            kinds=tuple(sorted(others.items())),
        )

    def _events(self, incidents: Sequence[Report]) -> Events:
        apart, opening = tuple(self.apart(incidents)), self.archive.calendar.opening
        opened = sum(1 for report in apart if report is opening)
        return Events(len(incidents), len(incidents) - len(apart), opened)

    def apart(self, incidents: Sequence[Report]) -> Iterator[Report]:
        """Give the incidents, in the order of their days, that count in rates.

        One that its report, or the other's, calls a recurrence or of the same cause as one of them
        that began at most 7 days before does not.
        """
        before: dict[str, date] = {}
        for report in incidents:
            on = day(report)
            since = on - FOLD_DAYS * _DAY if on and (on - date.min).days > FOLD_DAYS else date.min
            related = (
                before.get(one.report.path)
                for one in self.archive.relations(report)
                if one.relation in _SAME
            )
            if not any(earlier and earlier >= since for earlier in related):
                yield report
            if on:
                before[report.path] = on
