"""Rates and mean times between events."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from postmortem_archive.archive.statistics.rates import mtbf, poisson_interval, rate

COUNTS = st.integers(min_value=0, max_value=100_000)


def test_without_exposure_there_is_no_rate():
    assert rate(0, 0) is None
    assert rate(3, 0.0) is None
    assert mtbf(0, 0) is None


def test_no_event_still_has_an_upper_bound():
    # Nothing happens in T with the chance exp(-rate × T); that is 5% at rate = ln 20 / T.
    found = rate(0, 90)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(math.log(20) / 90)


def test_one_event():
    found = rate(1, 1)
    assert found.low == pytest.approx(-math.log(0.95))
    # (1 + m) exp(-m) = .05
    assert (1 + found.high) * math.exp(-found.high) == pytest.approx(0.05)


# Two-sided 90% limits of a Poisson mean, as printed in tables of Garwood's limits.
@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(2, 0.355, 6.296), (5, 1.970, 10.513), (10, 5.425, 16.962), (30, 21.594, 40.691)],
)
def test_limits_agree_with_printed_tables(n, low, high):
    assert poisson_interval(n) == pytest.approx((low, high), abs=6e-4)


@given(COUNTS, st.floats(min_value=0.1, max_value=1e6))
def test_rates_agree_with_statsmodels(n, exposure):
    found = rate(n, exposure)
    low, high = confint_poisson(n, exposure, method="exact-c", alpha=0.1)
    assert found.value == n / exposure
    assert found.low == pytest.approx(0 if n == 0 else low, rel=1e-7)
    assert found.high == pytest.approx(high, rel=1e-7)


def test_a_time_without_an_event_bounds_the_mean_from_below_alone():
    found = mtbf(0, 600)
    assert (found.value, found.high) == (None, None)
    assert found.low == pytest.approx(600 / math.log(20))


@given(st.integers(min_value=1, max_value=100_000), st.floats(min_value=0.1, max_value=1e7))
def test_the_mean_time_between_agrees_with_its_formula(n, total):
    found = mtbf(n, total)
    assert found.value == total / n
    assert found.low == pytest.approx(2 * total / stats.chi2.ppf(0.95, 2 * n + 2), rel=1e-7)
    assert found.high == pytest.approx(2 * total / stats.chi2.ppf(0.05, 2 * n), rel=1e-7)


@given(COUNTS)
def test_a_rate_and_a_mean_time_between_tell_the_same(n):
    often, apart = rate(n, 90), mtbf(n, 90)
    assert often.low <= often.value <= often.high
    assert apart.low == pytest.approx(1 / often.high)
    assert apart.high is None if n == 0 else apart.high == pytest.approx(1 / often.low)
