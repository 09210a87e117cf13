"""Which reports resemble a report most, found without a look at every pair.

Candidates are the reports that share a rare term or a rare fact, or two facts that are rare
together; of them, only those are compared in full that may resemble each other at all. What many
reports have in common leads to none, so that the time grows with the number of reports and not with
that of the pairs. An index of other reports is made from one that there is: it is the same as one
from scratch, and only what the difference touches is computed again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import fsum, sqrt
from typing import TypeVar

from postmortem_archive.archive.similarity.features import Facts, Features, Key
from postmortem_archive.archive.similarity.scoring import PER_BIT, Match, place, score
from postmortem_archive.archive.similarity.weighing import (
    bits,
    count_terms,
    is_boilerplate,
    rounded,
    vector,
)

FAINTEST = 0.15
"""The least score that is kept. What is told begins higher: see `scoring`."""

# A term or a pair of facts leads to candidates where no more reports than this have it.
_RARE = range(2, 65)
# More than all sums of products can be out by.
_TOLERANCE = 1e-6
# Kinds of facts of which one alone says little.
_PAIRED = frozenset({"cause", "service", "trigger"})

T = TypeVar("T", str, Facts)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Index:
    """Reports by what they share, by path. Equal reports give equal indexes.

    `said`, `held` and `known` count the reports with a sentence, a term, a fact or a pair of facts;
    `worth` is what a term or fact tells, in bits. `counts` has how often a report tells each of its
    terms, `vectors` what they weigh, `rests` the length of the part of these that leads nowhere.
    `keys` are what leads from a report to others, `holders` the
    reports that each leads to, both with weights. `found` are the matches that were asked for.
    """

    features: Mapping[str, Features] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    known: Counter[Facts] = field(default_factory=Counter)
    worth: Mapping[Key, int] = field(default_factory=dict)
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    vectors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    keys: Mapping[str, Mapping[Key, float]] = field(default_factory=dict)
    rests: Mapping[str, float] = field(default_factory=dict)
    holders: Mapping[Key, dict[str, float]] = field(default_factory=dict)
    found: dict[str, tuple[Match, ...]] = field(default_factory=dict, compare=False)


def index(features: Mapping[str, Features], before: Index | None = None) -> Index:
    """Return the index of reports by path, made from one of other reports if there is one."""
    before = before or Index()
    change = _Change(features, before)
    return change.index() if change.gone or change.new else before


class _Change:
    """What has to be computed again between an index and the next, step by step."""

    def __init__(self, features: Mapping[str, Features], before: Index) -> None:
        self.features = features
        self.before = before
        self.gone = {p for p, told in before.features.items() if features.get(p) != told}
        self.new = {p for p, told in features.items() if before.features.get(p) != told}
        # Where the number of reports itself is rounded otherwise, nothing weighs what it did.
        self.everything = rounded(len(features)) != rounded(len(before.features))

    def index(self) -> Index:
        """Return the index after the change."""
        before, features = self.before, self.features
        said = _recounted(
            before.said,
            (before.features[path].sentences for path in self.gone),
            (features[path].sentences for path in self.new),
        )
        counts, recounted = self._counts(said)
        again = self.gone | (recounted & before.counts.keys())
        held = _recounted(
            before.held, (before.counts[p] for p in again), (counts[p] for p in recounted)
        )
        known = _recounted(
            before.known,
            (_facts(before.features[path]) for path in self.gone),
            (_facts(features[path]) for path in self.new),
        )
        worth, weighed = self._worth(counts, again, recounted, held, known)
        vectors, keys = self._kept(before.vectors), self._kept(before.keys)
        rests = self._kept(before.rests)
        for path in weighed:
            vectors[path] = weights = vector(counts[path], worth, bits(1, len(features)))
            keys[path] = self._keys(path, weights, worth)
            rests[path] = sqrt(fsum(w * w for term, w in weights.items() if term not in keys[path]))
        holders = self._holders(weighed, keys)
        made = Index(features, said, held, known, worth, counts, vectors, keys, rests, holders)
        return made if self.everything else replace(made, found=self._found(weighed, made))

    def _found(self, weighed: set[str], made: Index) -> dict[str, tuple[Match, ...]]:
        """Return the matches that were asked for, with those of the reports that weigh otherwise.

        No pair of other reports is affected.
        """
        changed = self.gone | weighed
        others = {
            path: [match for match in found if match.path not in changed]
            for path, found in self.before.found.items()
            if path not in changed
        }
        for path in weighed if others else ():
            for match in matches(path, made):
                if match.path in others:
                    others[match.path].append(Match(path, match.score))
        sorted_again = {path: tuple(sorted(found, key=place)) for path, found in others.items()}
        return made.found | sorted_again

    def _kept(self, items: Mapping[str, V]) -> dict[str, V]:
        """Return what is known of reports that have not changed."""
        if not self.gone:
            return dict(items)
        return {path: item for path, item in items.items() if path not in self.gone}

    def _counts(self, said: Counter[str]) -> tuple[dict[str, Counter[str]], set[str]]:
        """Return how often each report tells each term, and for which reports that is new.

        A sentence that has become a habit is counted no more in any report.
        """
        before, total, before_total = self.before, len(self.features), len(self.before.features)
        changed = [before.features[path].sentences for path in self.gone]
        changed += [self.features[path].sentences for path in self.new]
        moved = {
            sentence
            for sentences in changed
            for sentence in sentences
            if is_boilerplate(said[sentence], total)
            != is_boilerplate(before.said[sentence], before_total)
        }
        counts = self._kept(before.counts)
        if self.everything:
            recounted = set(self.features)
        else:
            recounted = self.new.copy()
            if moved:
                recounted |= {p for p in counts if _touches(self.features[p].sentences, moved)}
        habits = {s for s, count in said.items() if is_boilerplate(count, total)}
        for path in recounted:
            counts[path] = count_terms(self.features[path].sentences, habits)
        return counts, recounted

    def _worth(
        self,
        counts: Mapping[str, Counter[str]],
        again: Iterable[str],
        recounted: set[str],
        held: Counter[str],
        known: Counter[Facts],
    ) -> tuple[dict[Key, int], set[str]]:
        """Return what each term and fact tells, and the reports for which that has changed."""
        before, total = self.before, len(self.features)
        if self.everything:
            terms, facts = set(held), set(known)
            worth: dict[Key, int] = {}
        else:
            terms = {t for path in again for t in before.counts[path]}
            terms |= {t for path in recounted for t in counts[path]}
            facts = {f for path in self.gone for f in _facts(before.features[path])}
            facts |= {f for path in self.new for f in _facts(self.features[path])}
            worth = dict(before.worth)
        _value(terms, held, total, worth)
        _value(facts, known, total, worth)
        if self.everything:
            return worth, set(self.features)
        moved_terms = {t for t in terms if worth.get(t) != before.worth.get(t)}
        moved_facts = {f for f in facts if worth.get(f) != before.worth.get(f)}
        weighed = {
            path
            for path, told in counts.items()
            if not moved_terms.isdisjoint(told)
            or (moved_facts and not moved_facts.isdisjoint(_facts(self.features[path])))
        }
        return worth, weighed | recounted

    def _keys(
        self, path: str, weights: Mapping[str, float], worth: Mapping[Key, int]
    ) -> dict[Key, float]:
        """Return what leads from a report to others: terms with their weights, and facts."""
        total = rounded(len(self.features))
        keys: dict[Key, float] = {
            term: weight for term, weight in weights.items() if total >> worth[term] in _RARE
        }
        for facts in _facts(self.features[path]):
            if worth[facts] and total >> worth[facts] in _RARE:
                keys[facts] = 0
        return keys

    def _holders(
        self, weighed: set[str], keys: Mapping[str, Mapping[Key, float]]
    ) -> dict[Key, dict[str, float]]:
        """Return the reports that each key leads to."""
        before = self.before
        holders = {} if self.everything else dict(before.holders)
        copied: set[Key] = set()
        if not self.everything:
            for path in (self.gone | weighed) & before.keys.keys():
                for key in before.keys[path]:
                    _own(holders, key, copied).pop(path, None)
        for path in weighed:
            for key, weight in keys[path].items():
                _own(holders, key, copied)[path] = weight
        for key in [key for key in copied if not holders[key]]:
            del holders[key]
        return holders


def _own(holders: dict[Key, dict[str, float]], key: Key, copied: set[Key]) -> dict[str, float]:
    """Return the holders of a key as a mapping that may be changed."""
    if key not in copied:
        holders[key] = dict(holders.get(key, {}))
        copied.add(key)
    return holders[key]


def _recounted(
    old: Counter[T], less: Iterable[Iterable[T]], more: Iterable[Iterable[T]]
) -> Counter[T]:
    """Return counts of reports with those of some taken away and those of others added."""
    counts = Counter(old)
    for items in more:
        counts.update(iter(items))
    for items in less:
        for item in items:
            if counts[item] == 1:
                del counts[item]
            else:
                counts[item] -= 1
    return counts


def _value(items: Iterable[T], counts: Counter[T], total: int, worth: dict[Key, int]) -> None:
    for item in items:
        if item in counts:
            worth[item] = bits(counts[item], total)
        else:
            worth.pop(item, None)


def _touches(items: Iterable[str], moved: set[str]) -> bool:
    return not moved.isdisjoint(items)


def _facts(told: Features) -> Iterator[Facts]:
    """Yield a report's facts, and the pairs of those kinds of which one alone says little."""
    facts = sorted(told.facts)
    for fact in facts:
        yield (fact,)
    yield from combinations([fact for fact in facts if fact[0] in _PAIRED], 2)


def matches(path: str, among: Index) -> tuple[Match, ...]:
    """Return the reports of an index that resemble one of them, the closest first.

    Among equals the path decides.
    """
    if path not in among.found:
        among.found[path] = tuple(sorted(_matches(path, among), key=place))
    return among.found[path]


def _matches(path: str, among: Index) -> Iterator[Match]:
    mine, told, rest = among.vectors[path], among.features[path], among.rests[path]
    worth = {fact: PER_BIT * among.worth[fact,] for fact in told.facts}
    for other, shared in _candidates(path, among).items():
        facts = among.features[other].facts
        # No product of the rests is larger than that of their lengths (Cauchy and Schwarz).
        bound = shared + rest * among.rests[other] + sum(worth[f] for f in worth if f in facts)
        if bound > FAINTEST - _TOLERANCE:
            its = among.features[other]
            found = score(mine, told, among.vectors[other], its, among.worth)
            if found >= FAINTEST:
                yield Match(other, found)


def _candidates(path: str, among: Index) -> Mapping[str, float]:
    """Return the reports that a report's keys lead to, with what these keys add to their score."""
    shared: defaultdict[str, float] = defaultdict(float)
    holders = among.holders
    for key, weight in among.keys[path].items():
        for other, its in holders[key].items():
            shared[other] += weight * its
    shared.pop(path, None)
    return shared
