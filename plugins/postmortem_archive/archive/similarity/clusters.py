"""Groups of reports that belong together, named by what their members share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from postmortem_archive.archive.similarity.features import Fact
from postmortem_archive.archive.similarity.index import Index
from postmortem_archive.archive.similarity.reasons import parts
from postmortem_archive.report.record import Report
from postmortem_archive.report.terms import IN_TERM
from postmortem_archive.report.vocabulary import fold

FEWEST = 3
"""A cluster has at least so many members."""

# What this share of the members have in common speaks for all of them.
_SHARED = 2 / 3
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reports that are related, or resemble each other strongly, directly or through others.

    The members are in the order of time. The `name` is made of what most of them share; no two
    clusters of an archive have the same.
    """

    name: str
    members: tuple[Report, ...]


def clusters(
    reports: Sequence[Report], pairs: Iterable[tuple[str, str]], among: Index
) -> tuple[Cluster, ...]:
    """Return the groups that pairs of paths connect, the largest first, then the latest.

    `reports` are in the order of time.
    """
    groups = _connected([report.path for report in reports], pairs)
    order = {report.path: number for number, report in enumerate(reports)}
    members = [
        tuple(reports[order[path]] for path in sorted(group, key=order.__getitem__))
        for group in groups
        if len(group) >= FEWEST
    ]
    members.sort(key=lambda found: (-len(found), -order[found[-1].path]))
    taken: set[str] = set()
    found: list[Cluster] = []
    for group in members:
        name = next(name for name in _names(group, among) if name not in taken)
        taken.add(name)
        found.append(Cluster(name, group))
    return tuple(found)


def _connected(paths: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Iterable[list[str]]:
    """Return the groups of paths that pairs connect."""
    heads = {path: path for path in paths}

    def head(path: str) -> str:
        while heads[path] != path:
            heads[path] = path = heads[heads[path]]
        return path

    for one, other in pairs:
        heads[head(one)] = head(other)
    groups: dict[str, list[str]] = {}
    for path in heads:
        groups.setdefault(head(path), []).append(path)
    return groups.values()


def _names(members: Sequence[Report], among: Index) -> Iterator[str]:
    """Yield names for a group, the most telling first; the last ones are like no other's."""
    paths = [report.path for report in members]
    services = _shared_facts("service", paths, among)
    causes = _shared_facts("cause", paths, among)
    on = f" on {services[0]}" if services else ""
    told = [part for name in services for part in parts(name)]
    topics = [*_shared_terms(paths, told, among), *causes]
    for topic in topics:
        yield f"{topic}{on}"
    title = members[0].title
    yield title
    yield f"{title} ({members[0].id})"
    yield members[0].path


def _shared_facts(kind: str, paths: Sequence[str], among: Index) -> list[str]:
    """Return the names of the facts that most of the reports have, the most telling first."""
    counts = Counter(f for path in paths for f in among.features[path].facts if f[0] == kind)
    shared = [fact for fact, count in counts.items() if count >= _SHARED * len(paths)]
    shown = {f: n for path in paths for f, n in among.features[path].facts.items()}
    titles = [among.features[path].sentences[:1] for path in paths]

    def place(fact: Fact) -> tuple[int, int, int, Fact]:
        named = sum(fact[1] in fold("".join(title)) for title in titles)
        return -counts[fact], -named, -among.worth[fact,], fact

    return [shown[fact] for fact in sorted(shared, key=place)]


def _shared_terms(paths: Sequence[str], known: Sequence[str], among: Index) -> Iterator[str]:
    """Yield the terms that most of the reports have, two words as one where they stand together."""
    weights: defaultdict[str, float] = defaultdict(float)
    holders: Counter[str] = Counter()
    for path in paths:
        for term, weight in among.vectors[path].items():
            if IN_TERM not in term and term not in known:
                weights[term] += weight
                holders[term] += 1
    shared = [term for term in weights if holders[term] >= _SHARED * len(paths)]
    shared.sort(key=lambda term: (-round(weights[term], 9), term))
    del shared[_MOST_NAMES:]
    said = [f" {' | '.join(among.features[path].sentences)} " for path in paths]
    names = {term: frozenset(parts(term)) - {term} for term in shared}
    for term in shared:
        phrase = _phrase(term, shared, names, said)
        # Else an identifier rather than one of its parts.
        yield phrase or next((name for name in shared if term in names[name]), term)


def _phrase(
    term: str,
    others: Sequence[str],
    names: Mapping[str, frozenset[str]],
    said: Sequence[str],
) -> str | None:
    """Return a word with the one that most of the reports have right before or after it.

    Two parts of one name (`names` has each with its parts) are no phrase, and a name is part of
    none.
    """
    if names[term]:
        return None
    # In small letters nothing shows that `PoolError` has parts, but that one holds another.
    words = (
        other for other in others if other not in term and term not in other and not names[other]
    )
    apart = [word for word in words if not any({term, word} <= found for found in names.values())]
    phrases = [f"{a} {b}" for word in apart for a, b in ((term, word), (word, term))]
    counts = {phrase: sum(f" {phrase} " in text for text in said) for phrase in phrases}
    best = max(phrases, key=lambda phrase: counts[phrase], default=None)
    return best if best and counts[best] >= _SHARED * len(said) else None
