"""Shares with their intervals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from postmortem_archive.archive.statistics.shares import share

PARTS = st.integers(min_value=1, max_value=100_000).flatmap(
    lambda n: st.tuples(st.integers(min_value=0, max_value=n), st.just(n))
)


def test_nothing_has_no_share():
    assert share(0, 0) is None


@pytest.mark.parametrize("n", [1, 2, 9, 1000])
def test_none_and_all(n):
    # None of n happens with the chance (1 - p)ⁿ; that is 5% at p = 1 - .05^(1/n).
    none, every = share(0, n), share(n, n)
    assert (none.low, none.value, every.value, every.high) == (0, 0, 1, 1)
    assert none.high == pytest.approx(1 - 0.05 ** (1 / n))
    assert every.low == pytest.approx(0.05 ** (1 / n))


def test_half_of_two():
    # One or more of two happen with 5% at 1 - (1 - p)² = .05, one or fewer at 1 - p² = .05.
    found = share(1, 2)
    assert found.low == pytest.approx(1 - math.sqrt(0.95))
    assert found.high == pytest.approx(math.sqrt(0.95))


@given(PARTS)
def test_shares_agree_with_scipy(part):
    k, n = part
    found = share(k, n)
    exact = stats.binomtest(k, n).proportion_ci(0.9, "exact")
    assert found.value == k / n
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), rel=1e-7, abs=1e-9)


@given(PARTS)
def test_a_share_and_its_rest_mirror_each_other(part):
    k, n = part
    these, others = share(k, n), share(n - k, n)
    assert these.low == pytest.approx(1 - others.high, abs=1e-9)
    assert these.high == pytest.approx(1 - others.low, abs=1e-9)
