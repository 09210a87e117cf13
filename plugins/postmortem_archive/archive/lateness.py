"""Reports that came long after their incident, or are still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Report

_UNPUBLISHED = frozenset({"draft", "in_review"})


def late(reports: Iterable[Report], settings: ArchiveSettings) -> Iterator[Problem]:
    """Find incidents whose report came, or is still missing, after `publish_within` days.

    They are counted from the day of recovery, else from the incident's. A report that has to be
    filled in still is not told that it is to be published as well.
    """
    for report in reports:
        resolved = report.milestones.get("resolved")
        end = resolved.day if resolved else day(report)
        if report.kind != "incident" or end is None:
            continue
        if report.published is not None:
            days = (report.published - end).days
            if days > settings.publish_within:
                yield Problem(
                    report.path,
                    report.sources.get("published", Place(1)),
                    Level.HINT,
                    "published-late",
                    f"the report was published {days} days after the incident",
                    found=report.published.isoformat(),
                    expected=f"at most {settings.publish_within} days",
                )
        elif report.status in _UNPUBLISHED and not _is_to_be_filled_in(report):
            days = (settings.as_of - end).days
            if days > settings.publish_within:
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
