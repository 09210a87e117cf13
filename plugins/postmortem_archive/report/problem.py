"""What is wrong in a report, and where."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem matters.

    An error drops the fact (or refuses the report) and stops a strict build; a warning is worth a
    correction; a hint is worth a look.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a report's file; line and column both count from 1."""

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a report.

    `rule` is the name of the rule that found it. `found` is the text in question, `expected` says
    what would have been right, and `suggestion` is the nearest right word, where there is one.
    `fix` is what may be written in place of `found` without a person's judgement.
    """

    path: str
    place: Place
    level: Level
    rule: str
    message: str
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None
    fix: str | None = None

    def __str__(self) -> str:
        """Return the line that `postmortem check` prints."""
        place = f"{self.path}:{self.place.line}:{self.place.column}"
        return f"{place}: {self.level}: {self.sentence} [{self.rule}]"

    @property
    def sentence(self) -> str:
        """The message with what was expected and the nearest right word."""
        text = self.message
        if self.expected:
            text += f"; expected {self.expected}"
        if self.suggestion:
            text += f"; did you mean “{self.suggestion}”?"
        return text


# A slip of the pen is short; a whole sentence is no misspelt word, and is slow to compare.
_LONGEST_WORD = 40
_CLOSE = 0.7
# Less than any two ratios of such short words differ by.
_SAME_OPENING = 1e-4


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that `word` was most likely meant to be.

    None if no word is close, or if two are equally so: a guess would be right by chance alone. Of
    two, the one that begins with the same letter is closer: few slips are made there.
    """
    return closest(close_words(word, words))


def closest(found: Iterable[tuple[float, str]]) -> str | None:
    """Return the one closest of what `close_words` found, None where there is none."""
    ranked = sorted(found, key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def close_words(word: str, words: Iterable[str]) -> list[tuple[float, str]]:
    """Return the words that `word` may have been meant to be, each after how close it is (to 1)."""
    if not word or len(word) > _LONGEST_WORD:
        return []
    folded = word.casefold()
    counts = Counter(folded)
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    found: list[tuple[float, str]] = []
    for known in words:
        other = known.casefold()
        both = len(folded) + len(other)
        # Upper bounds that cost next to nothing: the shorter word, and the characters in common.
        if 2 * min(len(folded), len(other)) / both < _CLOSE:
            continue
        common = 0
        for character, count in counts.items():
            there = other.count(character)
            common += min(there, count)
        if 2 * common / both < _CLOSE:
            continue
        matcher.set_seq1(other)
        if (ratio := matcher.ratio()) >= _CLOSE:
            found.append((ratio + (_SAME_OPENING if other[0] == folded[0] else 0), known))
    return found


def shortened(text: str, longest: int = 80) -> str:
    """Return text at a length that fits into a message."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


class Problems:
    """Collects the problems of one report while it is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        # A dict for its order: the same problem at the same place counts once.
        self._found: dict[Problem, None] = {}

    def add(
        self,
        place: Place,
        level: Level,
        rule: str,
        message: str,
        *,
        found: str | None = None,
        expected: str | None = None,
        suggestion: str | None = None,
        fix: str | None = None,
    ) -> None:
        """Record a problem; the same problem at the same place counts once."""
        message, found = shortened(message, 300), shortened(found) if found else found
        problem = Problem(self.path, place, level, rule, message, found, expected, suggestion, fix)
        self._found.setdefault(problem)

    def all(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the text."""
        return tuple(sorted(self._found, key=lambda problem: (problem.place, problem.rule)))
