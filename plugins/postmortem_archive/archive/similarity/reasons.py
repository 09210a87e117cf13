"""Why two reports resemble each other, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from postmortem_archive.archive.similarity.features import Fact, Features, Key
from postmortem_archive.archive.similarity.index import Index
from postmortem_archive.archive.similarity.weighing import FEWEST_BITS
from postmortem_archive.report.terms import IN_TERM, terms
from postmortem_archive.report.vocabulary import fold

_FEWEST_TERMS, _MOST_TERMS = 2, 4
_MOST_CONSIDERED = 10
_ORDER = ("alert", "cause", "service", "trigger", "tag")
# What one name, and what several names, are said to be.
_WORDS = {
    "alert": ("same alert: {}", "same alerts: {}"),
    "cause": ("same cause: {}", "same causes: {}"),
    "service": ("both on {}", "both on {}"),
    "trigger": ("same trigger: {}", "same triggers: {}"),
    "tag": ("both tagged {}", "both tagged {}"),
    "message": ("same message: “{}”", "same messages: “{}”"),
    "term": ("shared term: {}", "shared terms: {}"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two reports share: its kind, and its names as people write them.

    The kind is one of a fact, or `message` for a line of code or of a log, or `term`.
    """

    kind: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        """Return the reason as a part of a sentence."""
        return _WORDS[self.kind][len(self.names) > 1].format(", ".join(self.names))


def reasons(path: str, other: str, among: Index) -> tuple[Reason, ...]:
    """Return why two reports of an index resemble each other, what tells most first of its kind."""
    mine, its = among.features[path], among.features[other]
    shared = [fact for fact in mine.facts if fact in its.facts]
    told = tuple(_of_facts(shared, mine, among.worth))
    weights, others = among.vectors[path], among.vectors[other]
    words = {term: weights[term] * others[term] for term in weights.keys() & others.keys()}
    chosen = _central(words, among.counts[path], among.counts[other], among.worth)
    folded = {name for _, name in shared}
    # A service that is told by its title is not told by its name once more.
    again = [term for term in chosen if fold(term) in folded]
    names = [*again, *(name for reason in told for name in reason.names)]
    return (*told, *of_terms(chosen, names, mine.sentences, its.sentences))


def _central(
    words: Mapping[str, float],
    mine: Mapping[str, int],
    its: Mapping[str, int],
    worth: Mapping[Key, int],
) -> Mapping[str, float]:
    """Return the terms that one of two reports comes back to, names of code, and the heaviest."""
    told = {term: weight for term, weight in words.items() if worth[term] >= FEWEST_BITS}
    heaviest = sorted(told, key=lambda term: (-told[term], term))[:_FEWEST_TERMS]
    central = (term for term in told if mine[term] + its[term] > 2 or len(parts(term)) > 1)
    return {term: told[term] for term in (*heaviest, *central)}


def _of_facts(shared: Sequence[Fact], mine: Features, worth: Mapping[Key, int]) -> Iterator[Reason]:
    for kind in _ORDER:
        # What half of all reports have is no reason.
        of_kind = [fact for fact in shared if fact[0] == kind and worth[fact,] >= 1]
        of_kind.sort(key=lambda fact: (-worth[fact,], fact))
        if of_kind:
            yield Reason(kind, tuple(mine.facts[fact] for fact in of_kind))


def of_terms(
    weights: Mapping[str, float],
    known: Sequence[str],
    mine: Sequence[str],
    its: Sequence[str],
) -> Iterator[Reason]:
    """Yield reasons from the terms that two reports share, by what they weigh.

    Words that stand next to each other in both are one term. What is a part of a name that is
    `known` already, or of a longer term, is not said again.
    """
    heaviest = sorted(weights, key=lambda term: (-weights[term], term))[:_MOST_CONSIDERED]
    lines = [term for term in heaviest if IN_TERM in term][:1]
    if lines:
        yield Reason("message", tuple(line.replace(IN_TERM, " ") for line in lines))
    words = [term for term in heaviest if IN_TERM not in term]
    names = {part: word for word in words for part in parts(word) if part != word}
    phrases = _phrases([word for word in words if parts(word) == [word]], mine, its)
    said = {part for name in (*known, *lines) for part in parts(name)}
    found: list[str] = []
    for word in dict.fromkeys(names.get(word, word) for word in words):
        if word in said or len(found) == _MOST_TERMS:
            continue
        phrase = next((p for p in phrases if word in p and said.isdisjoint(p)), (word,))
        found.append(" ".join(phrase))
        said |= {part for name in phrase for part in (name, *parts(name))}
    if found:
        yield Reason("term", tuple(found))


def parts(name: str) -> list[str]:
    """Return the terms that a name is made of, itself among them."""
    return terms(name.replace(IN_TERM, " "))


def _phrases(
    words: Sequence[str], mine: Sequence[str], its: Sequence[str]
) -> list[tuple[str, str]]:
    """Return the pairs of words that stand next to each other, in one order, in both reports.

    A name and a part of it are no pair: in small letters only that one holds the other shows it.
    """
    ours, theirs = (f" {' | '.join(said)} " for said in (mine, its))
    return [
        (first, second)
        for first, second in permutations(words, 2)
        if first not in second
        and second not in first
        and f" {first} {second} " in ours
        and f" {first} {second} " in theirs
    ]
