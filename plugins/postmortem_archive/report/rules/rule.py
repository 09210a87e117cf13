"""A rule: what it finds, how much that matters by default, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem_archive.report.problem import Level

# What a rule is about, in the order in which the rules are listed.
TOPICS = {
    "file": "The file and its front matter",
    "words": "The archive's words",
    "times": "Times and milestones",
    "text": "What the text leaves open",
    "archive": "Between the reports",
    "actions": "Action items",
    "analysis": "The analysis",
    "language": "The language",
}
# Topics of how good a report is, and not of whether it can be read.
ADVICE = frozenset({"actions", "analysis", "language"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `about` is one line without a full stop; `why` and `mend` are inline Markdown."""

    name: str
    topic: str
    level: Level
    about: str
    why: str
    mend: str
