"""What tells the printer which period a page is of."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period
from postmortem_archive.site.viewpoint import Viewpoint


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the style sheet of the site's sheets is, and which period of it this page is."""

    href: str
    period: str


def paper_facts(archive: Archive, period: Period) -> Period:
    """Return the period itself: every period can be printed."""
    del archive
    return period


def paper_view(facts: Period, period: Period, point: Viewpoint) -> Paper:
    """Return what says which site a sheet is of, of which period, and of which day."""
    del facts
    return Paper(point.here.href(point.sheets), period.name)
