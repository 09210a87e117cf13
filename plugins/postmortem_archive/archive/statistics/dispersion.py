"""How much more counts vary than chance alone would make them."""

from __future__ import annotations

from collections.abc import Sequence


def dispersion(counts: Sequence[int], exposures: Sequence[float], seasons: int = 1) -> float | None:
    """Return the dispersion index of counts: about 1 where they vary as Poisson counts do.

    Pearson's χ² of the counts against a common rate, by its degrees of freedom (the index of
    dispersion of Fisher 1925; McCullagh and Nelder 1989, 4.5). Each of `seasons` has a rate of its
    own: with 4, every fourth count is held against the same one, so that seasons do not add to the
    index. None where no rate has two counts with an exposure and something counted. Raises
    ValueError for sequences of unequal lengths.
    """
    pairs = list(zip(counts, exposures, strict=True))
    squares, freedom = 0.0, 0
    for season in range(seasons):
        alike = [(count, exposure) for count, exposure in pairs[season::seasons] if exposure > 0]
        events = sum(count for count, _ in alike)
        if len(alike) < 2 or not events:
            continue
        rate = events / sum(exposure for _, exposure in alike)
        squares += sum((n - rate * exposure) ** 2 / (rate * exposure) for n, exposure in alike)
        freedom += len(alike) - 1
    return squares / freedom if freedom else None
