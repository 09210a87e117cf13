"""How often something happens: its rate, and the mean time between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from postmortem_archive.archive.statistics.distributions import gamma_quantile

_TAIL = 0.05


@dataclass(frozen=True, slots=True)
class Rate:
    """`n` events over an exposure, per unit of the exposure, with an interval of at least 90%."""

    n: int
    exposure: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mtbf:
    """The mean time between `n` events in a `total` time, in its unit, with an interval of 90%.

    Without an event there is neither a value nor an upper bound.
    """

    n: int
    total: float
    value: float | None
    low: float
    high: float | None


def rate(n: int, exposure: float) -> Rate | None:
    """Return the rate of events, or None where there was no exposure.

    The interval is the exact one for a Poisson count (Garwood 1936): χ²(.05; 2n) / 2 to
    χ²(.95; 2n + 2) / 2 events.
    """
    if exposure <= 0:
        return None
    low, high = poisson_interval(n)
    return Rate(n, exposure, n / exposure, low / exposure, high / exposure)


def mtbf(n: int, total: float) -> Mtbf | None:
    """Return the mean time between events that were watched for a time, or None for no time.

    2T / χ²(.95; 2n + 2) to 2T / χ²(.05; 2n), for a watch that ends at a time and not at an event
    (IEC 60605-4; NIST/SEMATECH e-Handbook of Statistical Methods, 8.4.5.1).
    """
    if total <= 0:
        return None
    low, high = poisson_interval(n)
    return Mtbf(n, total, total / n if n else None, total / high, total / low if low else None)


# The same small numbers come again and again.
@lru_cache(maxsize=4096)
def poisson_interval(n: int) -> tuple[float, float]:
    """Return the means between which a Poisson count of `n` puts the true one with at least 90%."""
    low = gamma_quantile(_TAIL, n) if n else 0.0
    return low, gamma_quantile(1 - _TAIL, n + 1)
