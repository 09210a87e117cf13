"""How much two reports resemble each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from postmortem_archive.archive.similarity.features import Features, Key

PER_BIT = 0.01
"""What a bit of shared facts adds to a score, of which shared words make at most 1."""


class Strength(StrEnum):
    """How much a resemblance is worth, in words."""

    STRONG = "strong"
    LIKELY = "likely"
    POSSIBLE = "possible"


# What the pairs of the example archive that their authors related reach: half of the recurrences
# are strong, three quarters likely. Below the last, what is found is as often wrong as right.
_LEAST = ((0.38, Strength.STRONG), (0.28, Strength.LIKELY), (0.22, Strength.POSSIBLE))


def strength(value: float) -> Strength | None:
    """Return what a score is worth, None for one that is worth nothing."""
    return next((name for least, name in _LEAST if value >= least), None)


@dataclass(frozen=True, slots=True)
class Match:
    """A report that resembles another: its path, and how much."""

    path: str
    score: float


def place(match: Match) -> tuple[float, str]:
    """Return what puts matches in order: the closest first, and among equals the path."""
    return -match.score, match.path


def score(
    mine: Mapping[str, float],
    told: Features,
    its: Mapping[str, float],
    other: Features,
    worth: Mapping[Key, int],
) -> float:
    """Return the cosine of two reports' weighed terms, with what their shared facts add.

    It is the same from either side. `worth` has what each fact tells, in bits.
    """
    # `fsum` gives one sum for any order, so that equal reports stay equal.
    words = fsum(mine[term] * its[term] for term in mine.keys() & its.keys())
    facts = sum(worth.get((fact,), 0) for fact in told.facts if fact in other.facts)
    return round(words + PER_BIT * facts, 9)
