"""The authors' pages about periods, read for what they decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from postmortem_archive.archive.periods import Period, names_within
from postmortem_archive.hosts.texts import Source
from postmortem_archive.report.problem import Level, Place, Problem, nearest
from postmortem_archive.report.record import Decided
from postmortem_archive.site.addresses import name_at, period_at
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


# What begins with a year, and goes on as the name of a quarter or month might.
_LIKE_A_PERIOD = re.compile(r"(?:fy)?[1-9]\d{3}[-_. ]?q?\d{0,2}", re.ASCII | re.IGNORECASE)


def strays_in(paths: Iterable[str], settings: SiteSettings) -> tuple[Problem, ...]:
    """Warn of pages whose names are nearly those of periods: nobody would tell their authors."""
    return tuple(
        _stray(path, name, settings)
        for path in paths
        if (name := name_at(path, settings.at)) is not None
        and _LIKE_A_PERIOD.fullmatch(name)
        and period_of(path, settings) is None
    )


def _stray(path: str, name: str, settings: SiteSettings) -> Problem:
    year = re.search(r"\d{4}", name)
    known = names_within(int(year[0]) if year else date.min.year, settings.archive.year_starts)
    quarter = next(word for word in known if "q" in word)
    return Problem(
        path, Place(1), Level.WARNING, "unknown-period",
        f"“{name}” is no period, so this is a page like any other", found=name,
        expected=f"the name of a quarter, a year or a month, such as {quarter}, {known[-1]} or"
        f" {known[0]}",
        suggestion=nearest(name, known),
    )  # fmt: skip


def _read(source: Source, settings: SiteSettings) -> Decided:
    # The reader is by far the largest import, and an archive without such pages does without it.
    from postmortem_archive.report.decisions import read_decisions

    if source.error is None:
        return read_decisions(source.data, source.path, settings.reading)
    message = f"the file cannot be read: {source.error}"
    problem = Problem(source.path, Place(1), Level.ERROR, "unreadable-file", message)
    # Nobody knows whom the page is for.
    return Decided(source.path, visibility="RED", problems=(problem,))
