"""How much more counts vary than chance alone would make them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence


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
