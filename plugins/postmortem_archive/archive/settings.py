"""What a site says about how its reports are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.report.rules.levels import Levels
from postmortem_archive.report.settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of a week in which people are at work.

    `days` are weekdays, 0 for Monday. `time_zone` is an IANA name; None is the site's own zone.
    """

    days: frozenset[int] = frozenset(range(5))
    start: time = time(9)
    end: time = time(17)
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """The day that the archive speaks of, and who it is for.

    `as_of` is the day from which ages and overdue actions are counted. A report whose visibility is
    above `publish_up_to` is left out. `reading` holds the vocabularies, in their order, and the
    time zone. `levels` says how what is wrong is told. A report that is published more than
    `publish_within` days after its incident is late.

    Years, and the quarters in them, begin in the month `year_starts`. Each period of `trend_kinds`
    since the first incident has a page of trends, and so has each of the `spans`. `mitigate_within`
    is the number of minutes in which an incident is to be mitigated. Means are computed only with
    `show_mean`.
    """

    as_of: date
    publish_up_to: str = "AMBER"
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    levels: Levels = field(default_factory=Levels)
    publish_within: int = 14
    year_starts: int = 1
    trend_kinds: tuple[PeriodKind, ...] = (PeriodKind.YEAR, PeriodKind.QUARTER)
    spans: tuple[Period, ...] = ()
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    mitigate_within: int = 30
    show_mean: bool = False

    def is_major(self, severity: str | None) -> bool:
        """Tell whether a severity is among the highest that count as major."""
        return self.reading.is_major(severity)
