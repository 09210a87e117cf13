"""Reports behind a count: a sentence, and links to the newest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortem_archive.report.record import Report
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link

MOST = 10
"""How many of a list are shown before “and 3 more”."""
_MOST_TITLES = 20


@dataclass(frozen=True, slots=True)
class Named:
    """A count in words, with links to what was counted; `more` tells of those left out."""

    summary: str
    links: tuple[Link, ...]
    more: str | None


def named(summary: str, reports: Sequence[Report], point: Viewpoint) -> Named:
    """Return reports under a sentence, the newest first."""
    newest = tuple(reversed(reports))[:MOST]
    links = tuple(Link(point.dated(report), point.report(report).href) for report in newest)
    return Named(summary, links, and_more(len(reports)))


def titles(reports: Sequence[Report]) -> str:
    """Return the titles of reports that are given in the order of time, of many the latest."""
    told = [report.title for report in reports[-_MOST_TITLES:]]
    more = and_more(len(reports), _MOST_TITLES)
    return "; ".join([*told, more] if more else told)


def and_more(count: int, shown: int = MOST) -> str | None:
    """Return how many of a list are not shown, in words; None where all are."""
    return f"and {count - shown:,} more" if count > shown else None
