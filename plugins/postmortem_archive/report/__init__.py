"""The ground floor: one text to a report, or to every problem in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import MILESTONES, Report
from postmortem_archive.report.settings import ReadingSettings

if TYPE_CHECKING:
    from postmortem_archive.report.reader import read

__all__ = ["MILESTONES", "Level", "Place", "Problem", "ReadingSettings", "Report", "read"]


def __getattr__(name: str) -> object:
    """Import the reader where it is asked for: records from a cache do without it."""
    if name != "read":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from postmortem_archive.report.reader import read

    return read
