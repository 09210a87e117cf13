"""What a site says about how its reports are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from postmortem_archive.report.settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """The day that the archive speaks of, and who it is for.

    `as_of` is the day from which ages and overdue actions are counted. The `major` highest
    severities count as major. A report whose visibility is above `publish_up_to` is left out.
    `reading` holds the vocabularies, in their order, and the time zone.
    """

    as_of: date
    major: int = 2
    publish_up_to: str = "AMBER"
    reading: ReadingSettings = field(default_factory=ReadingSettings)

    def is_major(self, severity: str | None) -> bool:
        """Tell whether a severity is among the highest that count as major."""
        return severity is not None and severity in self.reading.severities.names[: self.major]
