"""How much more counts vary than chance alone would make them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence


def dispersion(
    counts: Sequence[int],
    exposures: Sequence[float],
    groups: Sequence[Hashable] | None = None,
) -> float | None:
    """Return the dispersion index of counts: about 1 where they vary as Poisson counts do.

    Pearson's χ² of the counts against a common rate, by its degrees of freedom (the index of
    dispersion of Fisher 1925; McCullagh and Nelder 1989, 4.5). Counts of different `groups` have
    rates of their own: what sets groups apart, such as seasons, does not add to the index. None
    where no group has two counts with an exposure and something counted. Raises ValueError for
    sequences of unequal lengths.
    """
    alike: dict[Hashable, list[tuple[int, float]]] = defaultdict(list)
    told = [None] * len(counts) if groups is None else groups
    for count, exposure, group in zip(counts, exposures, told, strict=True):
        if exposure > 0:
            alike[group].append((count, exposure))
    squares, freedom = 0.0, 0
    for pairs in alike.values():
        events = sum(count for count, _ in pairs)
        if len(pairs) < 2 or not events:
            continue
        rate = events / sum(exposure for _, exposure in pairs)
        squares += sum((n - rate * exposure) ** 2 / (rate * exposure) for n, exposure in pairs)
        freedom += len(pairs) - 1
    return squares / freedom if freedom else None


def mixture_dispersion(
    mixtures: Sequence[Mapping[str, int]], groups: Sequence[Hashable] | None = None
) -> float | None:
    """Return how much more the shares of kinds differ from time to time than chance makes them.

    Each mixture has the count of each kind at one time. Pearson's χ² of the table of kinds by
    times, by its degrees of freedom: about 1 where each event's kind is drawn anew, more where
    events of one kind come together (McCullagh and Nelder 1989, 5.5). Mixtures of different
    `groups` make tables of their own. None where no table has two kinds and two times. Raises
    ValueError for sequences of unequal lengths.
    """
    tables: dict[Hashable, list[Mapping[str, int]]] = defaultdict(list)
    told = [None] * len(mixtures) if groups is None else groups
    for mixture, group in zip(mixtures, told, strict=True):
        if any(mixture.values()):
            tables[group].append(mixture)
    squares, freedom = 0.0, 0
    for table in tables.values():
        more, free = _independence(table)
        squares, freedom = squares + more, freedom + free
    return squares / freedom if freedom else None


def _independence(table: Sequence[Mapping[str, int]]) -> tuple[float, int]:
    """Return Pearson's χ² of a table against independence, with its degrees of freedom."""
    kinds: Counter[str] = Counter()
    for mixture in table:
        kinds.update({kind: count for kind, count in mixture.items() if count})
    events = kinds.total()
    squares = 0.0
    for mixture in table:
        part = sum(mixture.values()) / events
        for kind, count in kinds.items():
            expected = count * part
            squares += (mixture.get(kind, 0) - expected) ** 2 / expected
    return squares, (len(kinds) - 1) * (len(table) - 1)
