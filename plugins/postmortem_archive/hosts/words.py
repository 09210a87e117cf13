"""The authors' pages about periods, read for what they decide."""

from __future__ import annotations

from collections.abc import Iterable

from postmortem_archive.archive.periods import Period
from postmortem_archive.hosts.texts import Source
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Decided
from postmortem_archive.site.addresses import period_at
from postmortem_archive.site.settings import SiteSettings


def period_of(path: str, settings: SiteSettings) -> Period | None:
    """Return the period that a page speaks of, by its path from the docs root."""
    return period_at(path, settings.at, settings.archive)


def decided_in(sources: Iterable[Source], settings: SiteSettings) -> dict[Period, Decided]:
    """Read the pages of periods; of two for one period the first is its page, as for MkDocs."""
    found: dict[Period, Decided] = {}
    for source in sources:
        period = period_of(source.path, settings)
        if period is not None and period not in found:
            found[period] = _read(source, settings)
    return found


def _read(source: Source, settings: SiteSettings) -> Decided:
    # The reader is by far the largest import, and an archive without such pages does without it.
    from postmortem_archive.report.decisions import read_decisions

    if source.error is None:
        return read_decisions(source.data, source.path, settings.reading)
    message = f"the file cannot be read: {source.error}"
    problem = Problem(source.path, Place(1), Level.ERROR, "unreadable-file", message)
    # Nobody knows whom the page is for.
    return Decided(source.path, visibility="RED", problems=(problem,))
