"""The ground floor: one text to a report, or to every problem in it."""

from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.read import read
from postmortem_archive.report.record import MILESTONES, Report
from postmortem_archive.report.settings import ReadingSettings

__all__ = ["MILESTONES", "Level", "Place", "Problem", "ReadingSettings", "Report", "read"]
