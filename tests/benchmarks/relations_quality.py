"""How many of the reports that belong together are found, by what they are compared by.

    python tests/benchmarks/relations_quality.py             # the example archive, 1,000 reports
    python tests/benchmarks/relations_quality.py --count 300 --seed 4

What is known to be right: the chains of recurrences that the example archive's authors tell, and
the families that the generator in tests/scale has planted. No relation that is told is seen by any
method: those of the front matter and those of the text are held out.

Precision at k is the share of a report's relatives among the first k, of as many as there can be:
where a report has fewer than k relatives, it is out of those. Recall is the share of its relatives
among the first five.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

sys.path.insert(0, str(Path(__file__).parents[1]))

from postmortem_archive.archive.catalogue import Catalogue
from postmortem_archive.archive.similarity.features import Features, features
from postmortem_archive.archive.similarity.index import index, matches
from postmortem_archive.report import Report, read
from postmortem_archive.report.settings import ReadingSettings
from scale.scenario import Scenario
from scale.simulate import incidents
from scale.texts import path_of, text_of

EXAMPLES = Path(__file__).parents[2] / "postmortems"
Ranking = Mapping[str, Sequence[str]]
Families = Sequence[frozenset[str]]


def example(relations: Iterable[str] = ("recurrence_of",)) -> tuple[list[Report], Families]:
    """Return the reports of the example archive, and the groups that these relations make."""
    files = sorted(EXAMPLES.glob("[0-9]*/*.md"))
    reports = [read(file.read_bytes(), file.relative_to(EXAMPLES).as_posix()) for file in files]
    catalogue = Catalogue(reports)
    groups = {report.path: {report.path} for report in reports}
    for report in reports:
        for relation in report.related:
            target = catalogue.find(relation.target, report.path)
            if target and relation.relation in relations:
                whole = groups[report.path] | groups[target.path]
                groups.update(dict.fromkeys(whole, whole))
    return reports, list({frozenset(group) for group in groups.values() if len(group) > 1})


def planted(count: int, seed: int) -> tuple[list[Report], Families]:
    """Return made-up reports, and the families among them."""
    scenario = Scenario(count=count, seed=seed)
    made = incidents(scenario)
    families: dict[int, set[str]] = defaultdict(set)
    for incident in made:
        if incident.family is not None:
            families[incident.family].add(path_of(incident))
    reports = [read(text_of(incident, scenario), path_of(incident)) for incident in made]
    return reports, [frozenset(family) for family in families.values()]


def held_out(reports: Iterable[Report]) -> dict[str, Features]:
    """Return what reports are compared by, without what tells that one is a recurrence.

    Ids are no words to begin with, and relations are no facts.
    """
    told = {report.path: features(report, ReadingSettings()) for report in reports}
    leak = ("tag", "recurrence")
    return {
        path: Features({f: n for f, n in one.facts.items() if f != leak}, one.sentences)
        for path, one in told.items()
    }


def by_index(told: Mapping[str, Features]) -> Ranking:
    """Rank as the archive does."""
    made = index(told)
    return {path: [match.path for match in matches(path, made)] for path in told}


def words_alone(told: Mapping[str, Features]) -> dict[str, Features]:
    """Return features without facts."""
    return {path: Features({}, one.sentences) for path, one in told.items()}


def by_words(told: Mapping[str, Features]) -> Ranking:
    """Rank by the cosine of weighed terms, with no floor: it is made for words and facts."""
    vectors = index(words_alone(told)).vectors

    def score(one: str, other: str) -> float:
        mine, its = vectors[one], vectors[other]
        return math.fsum(mine[term] * its[term] for term in mine.keys() & its.keys())

    return ranked(told, score)


def by_facts(told: Mapping[str, Features]) -> Ranking:
    """Rank by the bits of the facts that two reports share."""
    made = index(told)

    def score(one: str, other: str) -> float:
        shared = told[one].facts.keys() & told[other].facts.keys()
        return sum(made.worth[fact,] for fact in shared)

    return ranked(told, score)


def by_bm25(told: Mapping[str, Features]) -> Ranking:
    """Rank by BM25 with its usual constants (1.2 and 0.75), each report asking for the others."""
    made = index(words_alone(told))
    lengths = {path: counts.total() for path, counts in made.counts.items()}
    mean = sum(lengths.values()) / len(lengths)
    weights = {
        path: {
            term: made.worth[term] * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * lengths[path] / mean))
            for term, n in counts.items()
        }
        for path, counts in made.counts.items()
    }

    def score(one: str, other: str) -> float:
        shared = weights[one].keys() & weights[other].keys()
        return math.fsum(weights[other][term] for term in shared)

    return ranked(told, score)


def by_latent_terms(told: Mapping[str, Features], size: int = 128) -> Ranking:
    """Rank by dense vectors: weighed terms brought down to fewer dimensions (LSA).

    This stands for an embedding: one that was learned elsewhere would have to be fetched.
    """
    made = index(words_alone(told))
    paths = list(told)
    terms = {term: n for n, term in enumerate(made.held)}
    rows, columns, values = [], [], []
    for row, path in enumerate(paths):
        for term, weight in made.vectors[path].items():
            rows.append(row)
            columns.append(terms[term])
            values.append(weight)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(paths), len(terms)))
    start = np.ones(min(matrix.shape))
    left, scale, _ = svds(matrix, k=min(size, min(matrix.shape) - 1), v0=start)
    dense = left * scale
    dense /= np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-12)
    near = dense @ dense.T
    np.fill_diagonal(near, -1)
    order = np.argsort(-near, axis=1, kind="stable")[:, :5]
    return {path: [paths[n] for n in order[row]] for row, path in enumerate(paths)}


def ranked(told: Mapping[str, Features], score: Callable[[str, str], float]) -> Ranking:
    """Rank every pair by a score; what scores nothing is not found."""
    found = {}
    for one in told:
        scores = [(-score(one, other), other) for other in told if other != one]
        found[one] = [other for value, other in sorted(scores)[:5] if value]
    return found


METHODS: Mapping[str, Callable[[Mapping[str, Features]], Ranking]] = {
    "facts alone": by_facts,
    "words alone, TF-IDF": by_words,
    "words alone, BM25": by_bm25,
    "words alone, LSA": by_latent_terms,
    "both": by_index,
}


def measured(ranking: Ranking, families: Families) -> dict[str, float]:
    """Return precision at 1, 3 and 5, and recall among five, over all members of families."""
    sums: Counter[str] = Counter()
    members = [(path, family - {path}) for family in families for path in family]
    for path, relatives in members:
        for k in (1, 3, 5):
            hits = len(relatives.intersection(ranking[path][:k]))
            sums[f"P@{k}"] += hits / min(k, len(relatives))
        sums["recall"] += len(relatives.intersection(ranking[path][:5])) / len(relatives)
    return {name: total / len(members) for name, total in sums.items()}


def table(title: str, reports: Iterable[Report], families: Families) -> None:
    """Print what each method finds."""
    told = held_out(reports)
    members = sum(map(len, families))
    print(f"\n{title}: {len(told)} reports, {members} of them in {len(families)} families\n")
    print("| Method | P@1 | P@3 | P@5 | Recall |\n|---|---|---|---|---|")
    for name, method in METHODS.items():
        values = measured(method(told), families).values()
        print(f"| {name} | {' | '.join(f'{value:.2f}' for value in values)} |", flush=True)


def main() -> None:
    """Print a table for each of the sets."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--count", type=int, default=1000, help="made-up reports")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    table("Recurrences of the example archive", *example())
    table("Recurrences and same causes of it", *example(("recurrence_of", "same_cause")))
    table("Planted families", *planted(asked.count, asked.seed))


if __name__ == "__main__":
    main()
