"""Which share of some things has a quality."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from postmortem_archive.archive.statistics.distributions import beta_quantile

_TAIL = 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """`k` of `n`, as a share from 0 to 1, with an interval of at least 90%."""

    k: int
    n: int
    value: float
    low: float
    high: float


# The same small numbers come again and again.
@lru_cache(maxsize=4096)
def share(k: int, n: int) -> Share | None:
    """Return the share of `k` in `n`, or None where n is 0.

    The interval is the exact one for a binomial count (Clopper and Pearson 1934).
    """
    if n <= 0:
        return None
    low = beta_quantile(_TAIL, k, n - k + 1) if k else 0.0
    high = beta_quantile(1 - _TAIL, k + 1, n - k) if k < n else 1.0
    return Share(k, n, k / n, low, high)
