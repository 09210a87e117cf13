"""How much more counts vary than chance alone would make them."""

from __future__ import annotations

from collections.abc import Sequence


def dispersion(counts: Sequence[int], exposures: Sequence[float]) -> float | None:
    """Return the dispersion index of counts: about 1 where they vary as Poisson counts do.

    Pearson's χ² of the counts against one common rate, by its degrees of freedom (Fisher's index of
    dispersion 1925; McCullagh and Nelder 1989, 4.5). None for fewer than two counts with an
    exposure, and where nothing was counted. Raises ValueError for sequences of unequal lengths.
    """
    pairs = [pair for pair in zip(counts, exposures, strict=True) if pair[1] > 0]
    events = sum(count for count, _ in pairs)
    if len(pairs) < 2 or not events:
        return None
    common = events / sum(exposure for _, exposure in pairs)
    squares = ((count - common * exposure) ** 2 / (common * exposure) for count, exposure in pairs)
    return sum(squares) / (len(pairs) - 1)
