"""Whether two counts tell of a change in a rate."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import NormalDist

from postmortem_archive.archive.statistics.distributions import binomial_at_least, binomial_at_most

ALPHA = 0.05
_LEAST_P = 1e-300


class Verdict(StrEnum):
    """What two counts tell of the rates behind them."""

    MORE = "more"
    FEWER = "fewer"
    NO_CHANGE = "no_change"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two counts, each with its exposure, and whether the rate has changed from one to the other.

    `p` is None where nothing was tested: without exposure on both sides, or where the counts could
    not have come out otherwise. `adjusted` is `p` among the other tests of its page; the verdict
    follows from it. `expected` is what `after` would be on average if nothing had changed.
    """

    before: int
    after: int
    exposure_before: float
    exposure_after: float
    p: float | None = None
    adjusted: float | None = None
    verdict: Verdict = Verdict.UNTESTED
    expected: float | None = None


def compare(
    before: int,
    after: int,
    exposure_before: float,
    exposure_after: float,
    *,
    dispersion: float = 1.0,
) -> Comparison:
    """Compare two counts by themselves; `judged` holds several against one another.

    Given their sum, one of two Poisson counts with the same rate is binomial with its share of the
    exposure (Przyborowski and Wilenski 1940). The p-value is twice the smaller tail, so that "more"
    and "fewer" are each said wrongly at most half as often as the two together, and so that it
    agrees with the equal-tailed intervals of the rates. Other definitions add the outcomes of the
    other tail that are no more likely than the one seen (Fay 2010 compares them).

    Counts whose variance is `dispersion` times that of Poisson counts are compared with their
    distance from no change, in standard deviations, divided by its square root (McCullagh and
    Nelder 1989, 4.5). A dispersion under 1 is taken for chance.
    """
    untested = Comparison(before, after, exposure_before, exposure_after)
    n = before + after
    if exposure_before <= 0 or exposure_after <= 0 or not n:
        return untested
    chance = exposure_after / (exposure_before + exposure_after)
    tails = binomial_at_most(after, n, chance), binomial_at_least(after, n, chance)
    return _tested(untested, tails, n * chance, dispersion)


def compare_with_usual(
    now: Comparison, usual: Comparison, *, dispersion: float = 1.0
) -> Comparison:
    """Compare two counts of this year, allowing for the change that other years had between them.

    With all sums of the four counts given, `now.after` has Fisher's noncentral hypergeometric
    distribution if the change is the usual one; its odds are those of the exposures (Fisher 1935;
    McCullagh and Nelder 1989, 7.3). Where one rate is to another as in other years, the seasons do
    not count as a change. The p-value and `dispersion` are those of `compare`.
    """
    untested = Comparison(now.before, now.after, now.exposure_before, now.exposure_after)
    if (
        min(now.exposure_before, now.exposure_after, usual.exposure_before, usual.exposure_after)
        <= 0
    ):
        return untested
    odds = (now.exposure_after * usual.exposure_before) / (
        now.exposure_before * usual.exposure_after
    )
    row, other = now.before + now.after, usual.before + usual.after
    column = now.after + usual.after
    low, high = max(0, column - other), min(row, column)
    if low == high:
        return untested
    chances = _hypergeometric(row, other, column, odds)
    at = now.after - low
    tails = math.fsum(chances[: at + 1]), math.fsum(chances[at:])
    expected = low + math.fsum(place * chance for place, chance in enumerate(chances))
    return _tested(untested, tails, expected, dispersion)


def judged(comparisons: Sequence[Comparison], part: float = 1.0) -> tuple[Comparison, ...]:
    """Return comparisons that share a page with their p-values adjusted, and their verdicts.

    Where a page has several families of tests, each has a `part` of its level, and the parts come
    to at most 1: then the page as a whole tells of a change wrongly no more often than the level.
    """
    adjusted = iter(holm([one.p for one in comparisons if one.p is not None]))
    return tuple(
        one if one.p is None else _with_verdict(one, min(1.0, next(adjusted) / part))
        for one in comparisons
    )


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted for each other, in the order given (Holm 1979).

    The chance that any of the true hypotheses is refused at .05 is then at most .05, however the
    tests depend on one another.
    """
    count = len(p_values)
    adjusted = [0.0] * count
    highest = 0.0
    for place, index in enumerate(sorted(range(count), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (count - place) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def _tested(
    untested: Comparison, tails: tuple[float, float], expected: float, dispersion: float
) -> Comparison:
    """Return a comparison with its p-value, and the verdict that it would have alone."""
    p = _widened(min(1.0, 2 * min(tails)), dispersion)
    return _with_verdict(replace(untested, p=p, expected=expected), p)


def _widened(p: float, dispersion: float) -> float:
    """Return a two-sided p-value as it is where the variance is greater by a factor."""
    if dispersion <= 1:
        return p
    distance = NormalDist().inv_cdf(max(p, _LEAST_P) / 2) / math.sqrt(dispersion)
    return math.erfc(-distance / math.sqrt(2))


def _hypergeometric(row: int, other: int, column: int, odds: float) -> list[float]:
    """Return the chance of each number of `column` things that may lie among `row`, from the least.

    The others lie among `other`. Each is the one before it times a ratio, in logarithms.
    """
    low, high = max(0, column - other), min(row, column)
    steps = (
        math.log((row - x) * (column - x) * odds / ((x + 1) * (other - column + x + 1)))
        for x in range(low, high)
    )
    logs = list(itertools.accumulate(steps, initial=0.0))
    most = max(logs)
    weights = [math.exp(value - most) for value in logs]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def _with_verdict(compared: Comparison, adjusted: float) -> Comparison:
    verdict = Verdict.NO_CHANGE
    if adjusted <= ALPHA and compared.expected is not None:
        verdict = Verdict.MORE if compared.after > compared.expected else Verdict.FEWER
    return replace(compared, adjusted=adjusted, verdict=verdict)
