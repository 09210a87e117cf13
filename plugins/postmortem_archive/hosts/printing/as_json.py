"""Problems as one JSON object, for other programs; the schema of it is `data/check.schema.json`."""

from __future__ import annotations

from postmortem_archive.hosts.checking import Outcome
from postmortem_archive.hosts.commands.answers import dump
from postmortem_archive.report.problem import Level
from postmortem_archive.site.facts import problems_as_facts


def dumps(outcome: Outcome) -> str:
    """Return the problems and their counts."""
    return dump(
        {
            "problems": problems_as_facts(outcome.problems),
            "summary": {
                **{f"{level}s": outcome.count(level) for level in Level},
                "reports": outcome.reports,
                "reports_with_problems": outcome.faulty,
                "known": outcome.known,
            },
        }
    )
