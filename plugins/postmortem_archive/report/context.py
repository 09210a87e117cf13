"""What every step of reading one report needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from postmortem_archive.report.grammar.dateorder import UNSETTLED, DateOrder
from postmortem_archive.report.problem import Level, Place, Problems, nearest
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.source import Source
from postmortem_archive.report.vocabulary import Term, Vocabulary

# The rule that tells of an unknown word, by the key that the word stands under.
UNKNOWN = {
    "actions.horizon": "unknown-horizon",
    "actions.status": "unknown-action-status",
    "actions.type": "unknown-action-type",
    "contributing_factors.category": "unknown-factor-category",
    "detection": "unknown-detection",
    "detection.source": "unknown-detection",
    "kind": "unknown-kind",
    "related.relation": "unknown-relation-type",
    "root_cause": "unknown-root-cause",
    "root_cause.category": "unknown-root-cause",
    "service": "unknown-service",
    "severity": "unknown-severity",
    "status": "unknown-status",
    "trigger": "unknown-trigger",
    "trigger.category": "unknown-trigger",
    "visibility": "unknown-visibility",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with the place it was read from."""

    value: Any
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """The report being read: its path and source, the site's settings, the problems so far.

    `dates` is the order in which the file writes numeric dates.
    """

    path: str
    source: Source
    settings: ReadingSettings
    problems: Problems
    dates: DateOrder = UNSETTLED

    def error(self, place: Place, rule: str, message: str, **more: str | None) -> None:
        """Record an error: the fact is dropped."""
        self.problems.add(place, Level.ERROR, rule, message, **more)

    def warn(self, place: Place, rule: str, message: str, **more: str | None) -> None:
        """Record a warning."""
        self.problems.add(place, Level.WARNING, rule, message, **more)

    def hint(self, place: Place, rule: str, message: str, **more: str | None) -> None:
        """Record a hint."""
        self.problems.add(place, Level.HINT, rule, message, **more)

    def term(self, word: str, words: Vocabulary, key: str, place: Place) -> Term | None:
        """Return the term that a word of the front matter stands for.

        An unknown word is an error; another spelling than the term's own name is told in a hint.
        """
        term = words.find(word)
        if term is None:
            self.error(
                place,
                UNKNOWN[key],
                f"“{word}” is no {key.rpartition('.')[2].replace('_', ' ')} of this archive",
                found=word,
                expected="one of " + ", ".join(words.names),
                suggestion=nearest(word, words.spellings),
            )
        elif term.name != word:
            self.hint(
                place, "alias-used", f"“{word}” is read as “{term.name}”",
                found=word, fix=term.name,
            )  # fmt: skip
        return term
