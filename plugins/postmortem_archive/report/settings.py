"""What a site says about how its reports are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.vocabulary import Vocabulary

_ANY_SERVICE = Vocabulary(())


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """The vocabularies and the time zone of a site, and what a reading is for.

    `severities` runs from the most severe to the least; the `major` highest count as major. An
    empty `services` vocabulary takes any name. `time_zone` is an IANA name; it holds for every time
    that names no zone of its own.

    Without its `page`, a report is read for its problems, and for what they are told by beside
    other reports: these are the same, and what only a page shows is not there. That is the body
    with its sections, its timeline and all lists but the action items, and the words to compare it
    by. It takes less than half the time, and a third of the room in the cache.
    """

    severities: Vocabulary = words.SEVERITIES
    services: Vocabulary = _ANY_SERVICE
    triggers: Vocabulary = words.TRIGGERS
    root_causes: Vocabulary = words.ROOT_CAUSES
    time_zone: str = "UTC"
    major: int = 2
    page: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)

    def is_major(self, severity: str | None) -> bool:
        """Tell whether a severity is among the highest that count as major."""
        return severity is not None and severity in self.severities.names[: self.major]
