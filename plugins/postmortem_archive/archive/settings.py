"""What a site says about how its reports are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from postmortem_archive.report.rules.levels import Levels
from postmortem_archive.report.settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """The day that the archive speaks of, and who it is for.

    `as_of` is the day from which ages and overdue actions are counted. A report whose visibility is
    above `publish_up_to` is left out. `reading` holds the vocabularies, in their order, and the
    time zone. `levels` says how what is wrong is told. A report that is published more than
    `publish_within` days after its incident is late.
    """

    as_of: date
    publish_up_to: str = "AMBER"
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    levels: Levels = field(default_factory=Levels)
    publish_within: int = 14

    def is_major(self, severity: str | None) -> bool:
        """Tell whether a severity is among the highest that count as major."""
        return self.reading.is_major(severity)
