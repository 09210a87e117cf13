"""The distributions, held against SciPy's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from postmortem_archive.archive.statistics import distributions as ours

SHAPES = (0.5, 1, 2, 7.25, 50, 1000, 99_999, 100_000)
CHANCES = (1e-9, 0.001, 0.05, 0.5, 0.95, 0.999)
COUNTS = st.integers(min_value=0, max_value=100_000)
OPEN_CHANCES = st.floats(min_value=0.001, max_value=0.999)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("p", CHANCES)
def test_gamma_agrees_with_scipy(shape, p):
    expected = stats.gamma.ppf(p, shape)
    assert ours.gamma_quantile(p, shape) == pytest.approx(expected, rel=1e-8)
    assert ours.gamma_cdf(expected, shape) == pytest.approx(p, rel=1e-8)


@pytest.mark.parametrize("a", SHAPES)
@pytest.mark.parametrize("b", [0.5, 1, 3, 2000, 100_000])
@pytest.mark.parametrize("p", CHANCES[1:])
def test_beta_agrees_with_scipy(a, b, p):
    expected = stats.beta.ppf(p, a, b)
    assert ours.beta_quantile(p, a, b) == pytest.approx(expected, rel=1e-7)
    assert ours.beta_cdf(expected, a, b) == pytest.approx(stats.beta.cdf(expected, a, b), rel=1e-7)


@given(COUNTS, COUNTS, OPEN_CHANCES)
def test_binomial_tails_agree_with_scipy(first, second, p):
    k, n = min(first, second), max(first, second)
    at_least, at_most = stats.binom.sf(k - 1, n, p), stats.binom.cdf(k, n, p)
    assert ours.binomial_at_least(k, n, p) == pytest.approx(at_least, rel=1e-6, abs=1e-12)
    assert ours.binomial_at_most(k, n, p) == pytest.approx(at_most, rel=1e-6, abs=1e-12)


@given(COUNTS, OPEN_CHANCES)
def test_the_tails_of_a_binomial_leave_nothing_out(n, p):
    k = round(n * p)
    total = ours.binomial_at_least(k, n, p) + ours.binomial_at_most(k - 1, n, p)
    assert total == pytest.approx(1, abs=1e-8)


def test_what_is_certain():
    assert ours.gamma_cdf(-1, 3) == 0
    assert ours.gamma_cdf(0, 3) == 0
    assert ours.gamma_cdf(1e6, 3) == 1
    assert ours.beta_cdf(0, 2, 3) == 0
    assert ours.beta_cdf(1, 2, 3) == 1
    assert ours.binomial_at_least(0, 5, 0.3) == 1
    assert ours.binomial_at_least(6, 5, 0.3) == 0
    assert ours.binomial_at_most(5, 5, 0.3) == 1
    assert ours.binomial_at_most(-1, 5, 0.3) == 0


def test_values_worked_by_hand():
    # A gamma variable of shape 1 is exponential, a beta variable of (1, 1) uniform.
    assert ours.gamma_quantile(0.95, 1) == pytest.approx(math.log(20))
    assert ours.gamma_cdf(1, 1) == pytest.approx(1 - 1 / math.e)
    assert ours.beta_quantile(0.3, 1, 1) == pytest.approx(0.3)
    # 5 heads or more of 6: (6 + 1) / 64.
    assert ours.binomial_at_least(5, 6, 0.5) == pytest.approx(7 / 64)
    assert ours.binomial_at_most(1, 6, 0.5) == pytest.approx(7 / 64)
