"""Whether two counts tell of a change in a rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from postmortem_archive.archive.statistics.distributions import binomial_at_least, binomial_at_most

ALPHA = 0.05


class Verdict(StrEnum):
    """What two counts tell of the rates behind them."""

    MORE = "more"
    FEWER = "fewer"
    NO_CHANGE = "no_change"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two counts, each with its exposure, and whether the rate has changed from one to the other.

    `p` is None where nothing was tested: without exposure on both sides, or without an event on
    either. `adjusted` is `p` among the other tests of its page; the verdict follows from it.
    """

    before: int
    after: int
    exposure_before: float
    exposure_after: float
    p: float | None
    adjusted: float | None
    verdict: Verdict


def compare(
    before: int,
    after: int,
    exposure_before: float,
    exposure_after: float,
    *,
    dispersion: float = 1.0,
) -> Comparison:
    """Compare two counts, on their own; `judged` holds several against one another.

    Given their sum, one of two Poisson counts with the same rate is binomial with its share of the
    exposure (Przyborowski and Wilenski 1940). The p-value is twice the smaller tail, so that "more"
    and "fewer" are each said wrongly at most half as often as the two together, and so that it
    agrees with the equal-tailed intervals of the rates; other definitions add the outcomes of the
    other tail that are no more likely (Fay 2010 compares them).

    Counts whose variance is `dispersion` times that of a Poisson count weigh as much as Poisson
    counts smaller by that factor (Rao and Scott 1992).
    """
    p = None
    if exposure_before > 0 and exposure_after > 0 and before + after > 0:
        p = _two_sided(
            after / dispersion,
            (before + after) / dispersion,
            exposure_after / (exposure_before + exposure_after),
        )
    (compared,) = judged(
        (Comparison(before, after, exposure_before, exposure_after, p, None, Verdict.UNTESTED),)
    )
    return compared


def judged(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return comparisons that share a page with their p-values adjusted, and their verdicts."""
    adjusted = iter(holm([one.p for one in comparisons if one.p is not None]))
    return tuple(
        one if one.p is None else _with_verdict(one, next(adjusted)) for one in comparisons
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


def _two_sided(k: float, n: float, chance: float) -> float:
    tail = min(binomial_at_least(k, n, chance), binomial_at_most(k, n, chance))
    return min(1.0, 2 * tail)


def _with_verdict(compared: Comparison, adjusted: float) -> Comparison:
    verdict = Verdict.NO_CHANGE
    if adjusted <= ALPHA:
        grown = compared.after * compared.exposure_before > (
            compared.before * compared.exposure_after
        )
        verdict = Verdict.MORE if grown else Verdict.FEWER
    return replace(compared, adjusted=adjusted, verdict=verdict)
