"""Reports that came long after their incident, or are still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Report

UNPUBLISHED = ("draft", "in_review")
"""The statuses of a report that is still to come."""


def awaited(report: Report, as_of: date) -> int | None:
    """Return the days from recovery, else from the incident's day, to its report's publication.

    Of a report that is not published yet, and says so by its status, the days up to `as_of`; None
    where a day is missing, and for other kinds than incidents.
    """
    resolved = report.milestones.get("resolved")
    end = resolved.day if resolved else day(report)
    if report.kind != "incident" or end is None:
        return None
    if report.published is not None:
        return (report.published - end).days
    return (as_of - end).days if report.status in UNPUBLISHED else None


def late(reports: Iterable[Report], settings: ArchiveSettings) -> Iterator[Problem]:
    """Find incidents whose report came, or is still missing, after `publish_within` days.

    A report that has to be filled in still is not told that it is to be published as well.
    """
    for report in reports:
        days = awaited(report, settings.as_of)
        if days is None or days <= settings.publish_within:
            continue
        if report.published is not None:
            yield Problem(
                report.path,
                report.sources.get("published", Place(1)),
                Level.HINT,
                "published-late",
                f"the report was published {days} days after the incident",
                found=report.published.isoformat(),
                expected=f"at most {settings.publish_within} days",
            )
        elif not _is_to_be_filled_in(report):
            yield Problem(
                report.path,
                report.sources.get("status", Place(1)),
                Level.HINT,
                "never-published",
                f"the incident was {days} days ago, and the report is not published",
                found=report.status,
                expected=f"a report after at most {settings.publish_within} days",
            )


def _is_to_be_filled_in(report: Report) -> bool:
    return any(problem.rule == "not-filled-in" for problem in report.problems)
