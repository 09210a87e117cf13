"""How much there was that could fail: services times the days that they were in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.vocabulary import Service, Term

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the incidents of some days are held against.

    `total` is the service-days: for each of the `services` that were in use, the days on which it
    was. Where the settings name no services, `services` is None and each day counts once.
    """

    days: int
    services: int | None
    total: int


def exposure(settings: ArchiveSettings, start: date, end: date) -> Exposure:
    """Return the exposure of the days from `start` to the day before `end`.

    A service is in use from the day `since` to the day `retired`, both included; without them it
    always was, and still is.
    """
    days = max(0, (end - start).days)
    terms = settings.reading.services.terms
    if not terms:
        return Exposure(days, None, days)
    used = [used for term in terms if (used := _days_of_use(term, start, end)) > 0]
    return Exposure(days, len(used), sum(used))


def _days_of_use(term: Term, start: date, end: date) -> int:
    if isinstance(term, Service):
        start = max(start, term.since or start)
        end = min(end, term.retired + _DAY) if term.retired and term.retired < end else end
    return (end - start).days
