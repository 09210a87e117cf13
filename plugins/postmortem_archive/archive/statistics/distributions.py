"""The distributions that the intervals and tests stand on.

The incomplete gamma and beta functions by their series and continued fractions (Abramowitz and
Stegun 1964, 6.5.29, 6.5.31 and 26.5.8; the fractions evaluated by Lentz's method as Thompson and
Barnett 1986 changed it), and their inverses by bisection. Good to about ten digits for counts up to
100,000; there the logarithms of the gamma function lose the rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

_TINY = 1e-300
_CLOSE = 1e-15


def gamma_cdf(x: float, shape: float) -> float:
    """Return the probability that a gamma variable of scale 1 is at most `x`."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))
    if x < shape + 1:
        return min(1.0, front * _series(x, shape))
    return max(0.0, 1 - front * shape * _fraction(x + 1 - shape, _gamma_terms(x, shape)))


def gamma_quantile(p: float, shape: float) -> float:
    """Return the value that a gamma variable of scale 1 is at most with probability `p`.

    A chi-squared quantile with 2k degrees of freedom is twice the gamma quantile of shape k.
    """
    high = shape + 1.0
    while gamma_cdf(high, shape) < p:
        high *= 2
    return _solve(lambda x: gamma_cdf(x, shape), p, 0.0, high)


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the probability that a beta variable is at most `x`.

    With whole numbers this is a binomial tail: of n trials with chance x, at least k succeed with
    probability `beta_cdf(x, k, n - k + 1)`.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return max(0.0, 1 - _beta_part(1 - x, b, a))
    return min(1.0, _beta_part(x, a, b))


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the value that a beta variable is at most with probability `p`."""
    return _solve(lambda x: beta_cdf(x, a, b), p, 0.0, 1.0)


def binomial_at_least(k: float, n: float, p: float) -> float:
    """Return the probability of at least `k` successes in `n` trials with chance `p`.

    Counts may be parts of whole numbers, for which the incomplete beta function stands in.
    """
    if k <= 0:
        return 1.0
    if k > n:
        return 0.0
    return beta_cdf(p, k, n - k + 1)


def binomial_at_most(k: float, n: float, p: float) -> float:
    """Return the probability of at most `k` successes in `n` trials with chance `p`."""
    return binomial_at_least(n - k, n, 1 - p)


def _beta_part(x: float, a: float, b: float) -> float:
    """Return the incomplete beta function where its fraction converges fast."""
    log_front = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    return math.exp(log_front) / a * _fraction(1.0, _beta_terms(x, a, b))


def _series(x: float, shape: float) -> float:
    """Return 1 + x / (shape + 1) + x² / ((shape + 1)(shape + 2)) + … ."""
    total = term = 1.0
    while term > total * _CLOSE:
        shape += 1
        term *= x / shape
        total += term
    return total


def _gamma_terms(x: float, shape: float) -> Iterator[tuple[float, float]]:
    i = 1
    while True:
        yield i * (shape - i), x + 2 * i + 1 - shape
        i += 1


def _beta_terms(x: float, a: float, b: float) -> Iterator[tuple[float, float]]:
    yield -(a + b) * x / (a + 1), 1.0
    m = 1
    while True:
        yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        m += 1


def _fraction(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """Return 1 / (first + a₁ / (b₁ + a₂ / (b₂ + …))) of terms (a, b)."""
    value = ratio = first or _TINY
    inverse = 0.0
    for a, b in terms:
        inverse = 1 / (b + a * inverse or _TINY)
        ratio = b + a / ratio or _TINY
        value *= ratio * inverse
        if abs(ratio * inverse - 1) < _CLOSE:
            break
    return 1 / value


def _solve(rising: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Return where a rising function reaches a target, by halving until no number is between."""
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if rising(middle) < target:
            low = middle
        else:
            high = middle
