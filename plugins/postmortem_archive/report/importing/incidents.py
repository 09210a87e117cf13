"""Whether a text tells of an incident at all."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from postmortem_archive.report.record import Report

# Pages of a folder of reports that are no reports, by their file's name.
_PAGES = frozenset({"readme", "index", "license", "changelog", "contributing", "template"})
_SECTIONS = frozenset(
    {
        "timeline", "impact", "root_cause", "primary_cause", "five_whys", "trigger", "detection",
        "resolution", "mitigation", "what_happened", "went_well", "went_poorly", "lucky",
        "contributing_factors", "incident_details", "lessons", "actions", "summary",
    }
)  # fmt: skip
_FEWEST_SECTIONS = 2
_NAMES_ONE = re.compile(
    r"\b(?:post-?mortem|incident|outage|störung|ausfall|panne)\b", re.IGNORECASE
)


def why_no_report(report: Report) -> str | None:
    """Return why a text is no report of an incident; None for one that is.

    One that tells of an incident and names no day is a report: it lacks something. So does one
    whose day can be read in two ways.
    """
    stem = PurePosixPath(report.path).name.partition(".")[0].casefold()
    if stem in _PAGES:
        return "its name is that of a page, not of a report"
    if _tells_facts(report):
        return None
    rules = {problem.rule for problem in report.problems}
    dated = report.date is not None or "ambiguous-date" in rules
    if "not-filled-in" in rules and not dated:
        return "it is a template that nobody has filled in"
    named = {section.name for section in report.sections} & _SECTIONS
    if len(named) >= _FEWEST_SECTIONS or (dated and _NAMES_ONE.search(report.title)):
        return None
    if not dated:
        return "it names no day and tells nothing of an incident"
    return "it tells nothing of an incident but a day"


def _tells_facts(report: Report) -> bool:
    """Whether a report tells what only an incident has."""
    entries = any(entry.time for entry in report.timeline)
    impact = report.impact
    return bool(
        report.milestones
        or report.severity
        or entries
        or report.figures
        or report.trigger
        or impact.users
        or impact.requests_failed
        or impact.services
    )
