"""Quantiles of a sample, with intervals that assume nothing of its distribution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from postmortem_archive.archive.statistics.distributions import binomial_at_least, binomial_at_most

_TAIL = 0.05


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile of a sample of `n` values, and an interval of at least 90% for the true one.

    All in the unit of the values. The ends of the interval are values of the sample.
    """

    value: float
    low: float
    high: float
    n: int


def median(values: Sequence[float]) -> Quantile | None:
    """Return the median; None for fewer than five values, which have no interval of 90%."""
    return _quantile(values, 0.5)


def p90(values: Sequence[float]) -> Quantile | None:
    """Return the value that nine of ten stay under; None for fewer than 29 values."""
    return _quantile(values, 0.9)


def _quantile(values: Sequence[float], share: float) -> Quantile | None:
    """Return a quantile, or None where the sample is too small for its interval.

    The value between two of the sample is interpolated as in Hyndman and Fan 1996, definition 7,
    which is the one of spreadsheets and of NumPy.
    """
    n = len(values)
    ranks = _ranks(n, share)
    if ranks is None:
        return None
    ordered = sorted(values)
    low, high = ranks
    below, part = divmod((n - 1) * share, 1)
    index = int(below)
    above = ordered[min(index + 1, n - 1)]
    value = ordered[index] + part * (above - ordered[index])
    return Quantile(value, ordered[low - 1], ordered[high - 1], n)


# The same small numbers come again and again.
@lru_cache(maxsize=4096)
def _ranks(n: int, share: float) -> tuple[int, int] | None:
    """Return the ranks, from 1, of the values that a quantile is between with at least 90%.

    The number of values at or under the true quantile is binomial, whatever the distribution
    (Conover 1999, section 3.2; David and Nagaraja 2003, section 7.1). The ranks are the closest
    that leave at most 5% on either side; for the median they are as far from one end as from the
    other. None where even the smallest and the largest value leave more.
    """
    if binomial_at_most(0, n, share) > _TAIL or binomial_at_least(n, n, share) > _TAIL:
        return None
    low = _last(n, lambda rank: binomial_at_most(rank - 1, n, share) <= _TAIL)
    high = n + 1 - _last(n, lambda back: binomial_at_least(n + 1 - back, n, share) <= _TAIL)
    return low, high


def _last(n: int, holds: Callable[[int], bool]) -> int:
    """Return the last number from 1 to n of which something holds that holds of all before it."""
    low, high = 1, n
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
