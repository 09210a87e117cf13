"""What a report resembles, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem_archive.archive.catalogue import day
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import DayMark, Link, SeverityMark


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A report that resembles another: how much, in a word, and why."""

    strength: str
    title: Link
    severity: SeverityMark | None
    date: DayMark | None
    reasons: str


def similar_views(report: Report, point: Viewpoint) -> tuple[SimilarView, ...]:
    """Return the reports that resemble one, the closest first."""
    return tuple(
        SimilarView(
            strength=wording.capital(found.strength),
            title=point.report(found.report),
            severity=point.severity(found.report.severity),
            date=point.day(day(found.report)),
            reasons=wording.capital("; ".join(map(str, found.reasons))),
        )
        for found in point.archive.similar(report)
    )
