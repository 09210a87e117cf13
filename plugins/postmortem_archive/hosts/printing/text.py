"""Problems for a person: a line each, and one for all."""

from __future__ import annotations

from postmortem_archive.hosts.checking import Outcome
from postmortem_archive.hosts.printing.line import printable
from postmortem_archive.report.problem import Level


def dumps(outcome: Outcome) -> str:
    """Return the problems, and a last line that counts them."""
    return "\n".join([*(printable(str(problem)) for problem in outcome.problems), summary(outcome)])


def summary(outcome: Outcome) -> str:
    """Return the last line: `3 errors, 2 warnings in 2 of 16 reports`."""
    told = [counted(count, str(level)) for level in Level if (count := outcome.count(level))]
    reports = counted(outcome.reports, "report")
    known = f" ({outcome.known} known from the baseline)" if outcome.known else ""
    if not told:
        return f"no {'new ' if outcome.known else ''}problems in {reports}{known}"
    mendable = sum(problem.fix is not None for problem in outcome.problems)
    fix = f"; --fix may mend {mendable}" if mendable else ""
    return f"{', '.join(told)} in {outcome.faulty} of {reports}{known}{fix}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 report`, `2 reports`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
