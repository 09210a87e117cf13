"""Medians and ninth deciles, and the values that they are between."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from postmortem_archive.archive.statistics.quantiles import Quantile, median, p90

VALUES = st.lists(st.floats(min_value=0, max_value=1e6), min_size=29, max_size=120)


@pytest.mark.parametrize(("statistic", "least"), [(median, 5), (p90, 29)])
def test_a_small_sample_has_no_quantile(statistic, least):
    assert statistic([]) is None
    assert statistic([7.0]) is None
    assert statistic([1.0] * (least - 1)) is None
    assert statistic([1.0] * least) == Quantile(1.0, 1.0, 1.0, least)


def test_the_median_of_five_is_between_the_least_and_the_most():
    # All five are on one side of the true median with the chance 2 / 2⁵ = 6.25%.
    assert median([50.0, 3.0, 8.0, 1.0, 20.0]) == Quantile(8.0, 1.0, 50.0, 5)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    # Ranks from 1, from tables of the sign test at one-sided .05: 8 → 1, 11 → 2, 20 → 5, 50 → 18
    # values may be cut off at either end.
    [(7, 1, 7), (8, 2, 7), (10, 2, 9), (11, 3, 9), (20, 6, 15), (50, 19, 32)],
)
def test_the_ranks_of_the_median_are_those_of_the_sign_test(n, low, high):
    found = median([float(value) for value in range(n, 0, -1)])
    assert (found.low, found.high) == (low, high)
    assert found.value == (n + 1) / 2


@pytest.mark.parametrize(
    ("n", "share"), [*product((29, 30, 37, 100, 999), (0.5, 0.9)), (100_000, 0.5), (100_000, 0.9)]
)
def test_the_ranks_are_the_closest_that_hold_90_percent(n, share):
    found = (median if share == 0.5 else p90)([float(value) for value in range(1, n + 1)])
    under = stats.binom(n, share)
    # Fewer than `low` values at or under the true quantile, or `high` and more, is a miss.
    low, high = round(found.low), round(found.high)
    assert under.cdf(low - 1) <= 0.05 < under.cdf(low)
    assert under.sf(high - 1) <= 0.05 < under.sf(high - 2)
    assert under.cdf(high - 1) - under.cdf(low - 1) >= 0.9


def test_a_quantile_between_two_values_is_interpolated():
    values = [float(value) for value in range(10, 310, 10)]
    # 30 values: rank 1 + 29 × 0.9 = 27.1.
    assert p90(values).value == pytest.approx(271)
    assert median(values).value == pytest.approx(155)


@given(VALUES)
def test_a_quantile_lies_in_its_interval_of_sample_values(values):
    for found in (median(values), p90(values)):
        # Interpolation between equal values may round.
        assert found.low * (1 - 1e-12) <= found.value <= found.high * (1 + 1e-12)
        assert {found.low, found.high} <= set(values)
        assert found.n == len(values)


@given(VALUES)
def test_a_quantile_follows_a_change_of_unit(values):
    seconds = [value * 64 for value in values]
    for statistic in (median, p90):
        minutes = statistic(values)
        assert statistic(seconds).low == minutes.low * 64
        assert math.isclose(statistic(seconds).value, minutes.value * 64, rel_tol=1e-9)
