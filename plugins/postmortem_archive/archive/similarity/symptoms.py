"""Past incidents that tell what an error message or a log tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import quantiles

from postmortem_archive.archive.similarity.index import Index
from postmortem_archive.archive.similarity.reasons import Reason, of_terms, parts
from postmortem_archive.archive.similarity.scoring import Strength
from postmortem_archive.archive.similarity.weighing import bits
from postmortem_archive.report.terms import IN_TERM, code_terms

_MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Symptom:
    """A report that tells what was looked for: its path, what they share in bits, and why."""

    path: str
    bits: float
    strength: Strength
    reasons: tuple[Reason, ...]


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a log or message, each as its terms; one that repeats is there once."""
    lines = (" ".join(code_terms(line)) for line in text.splitlines()[:_MOST_LINES])
    return tuple(dict.fromkeys(filter(None, lines)))


def search(text: str, among: Index) -> tuple[Symptom, ...]:
    """Return the reports that tell what a text tells, the closest first, then by path.

    What a report shares with the text is the sum of what its terms tell, in bits; a part of a name
    or line that is shared as a whole adds nothing. A long log shares some words with any report, so
    only what exceeds three quarters of the archive counts. It has to single out one report among
    all: that takes the logarithm of their number, in bits. Twice as much is likely to be the same
    thing, and three times as much, or a whole line, is a strong sign.
    """
    asked = lines_of(text)
    total = len(among.features)
    worth = {
        term: told
        for term in dict.fromkeys(term for line in asked for term in line.split(" "))
        if (told := bits(among.held[term], total)) and term in among.held
    }
    inner = {term: frozenset(parts(term)) - {term} for term in worth}
    shared = {
        path: _whole([term for term in worth if term in counts], inner)
        for path, counts in among.counts.items()
    }
    sums = {path: sum(worth[term] for term in found) for path, found in shared.items()}
    usual = quantiles(sums.values(), n=4)[2] if total > 1 else 0
    enough = max(bits(1, total), 1)
    found = []
    for path, told in sums.items():
        rank = _strength(told - usual, enough, shared[path])
        if rank:
            weights = {term: float(worth[term]) for term in shared[path]}
            why = tuple(of_terms(weights, (), asked, among.features[path].sentences))
            found.append(Symptom(path, told - usual, rank, why))
    return tuple(sorted(found, key=lambda symptom: (-symptom.bits, symptom.path)))


def _whole(found: list[str], inner: Mapping[str, frozenset[str]]) -> list[str]:
    """Return shared terms without those that are parts of another."""
    covered = {part for term in found for part in inner[term]}
    return [term for term in found if term not in covered]


def _strength(told: float, enough: int, shared: Iterable[str]) -> Strength | None:
    if told < enough:
        return None
    if told >= 3 * enough or any(IN_TERM in term for term in shared):
        return Strength.STRONG
    return Strength.LIKELY if told >= 2 * enough else Strength.POSSIBLE
