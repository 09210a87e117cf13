"""Reports by the day of their incident."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from postmortem_archive.archive.catalogue import day
from postmortem_archive.report.record import Report


class Calendar:
    """The reports that tell a day, in the order of their days; those of one day as they came."""

    def __init__(self, reports: Sequence[Report]) -> None:
        dated = [(on, report) for report in reports if (on := day(report))]
        dated.sort(key=lambda one: one[0])
        self._days = [on for on, _ in dated]
        self._reports = [report for _, report in dated]
        first = next((one for one in dated if one[1].kind == "incident"), None)
        self.opening = first[1] if first else None
        """The first incident. With it the time begins that others are held against, so that it says
        nothing of how often incidents come: no rate counts it."""
        self.first_incident = first[0] if first else None
        """The day of the first incident: an archive tells of every one since then, and of none
        before."""

    def between(self, start: date, end: date) -> Sequence[Report]:
        """Return the reports of the days from `start` to the day before `end`."""
        return self._reports[bisect_left(self._days, start) : bisect_left(self._days, end)]
