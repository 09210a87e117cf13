"""What every step of reading one report needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from postmortem_archive.report.grammar.dateorder import UNSETTLED, DateOrder
from postmortem_archive.report.problem import Level, Place, Problems, nearest
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.source import Source
from postmortem_archive.report.vocabulary import Term, Vocabulary


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
        """Return the term that a word stands for; an unknown word is an error."""
        term = words.find(word)
        if term is None:
            self.error(
                place,
                f"unknown-{key.rpartition('.')[2].replace('_', '-')}",
                f"“{word}” is no {key.rpartition('.')[2].replace('_', ' ')} of this archive",
                found=word,
                expected="one of " + ", ".join(words.names),
                suggestion=nearest(word, words.spellings),
            )
        return term
