"""The dispersion index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from postmortem_archive.archive.statistics.dispersion import dispersion, mixture_dispersion

COUNTS = st.lists(st.integers(min_value=0, max_value=200), min_size=2, max_size=40)


@pytest.mark.parametrize(
    ("counts", "exposures"), [([], []), ([7], [90]), ([0, 0, 0], [90, 90, 90]), ([1, 2], [90, 0])]
)
def test_too_little_has_no_index(counts, exposures):
    assert dispersion(counts, exposures) is None


def test_equal_counts_do_not_vary():
    assert dispersion([4, 4, 4], [90, 90, 90]) == 0
    assert dispersion([2, 4, 6], [10, 20, 30]) == pytest.approx(0)


def test_an_index_worked_by_hand():
    # Mean 4: squares 4, 0 and 4, over the mean and two degrees of freedom.
    assert dispersion([2, 4, 6], [90, 90, 90]) == pytest.approx(1)
    assert dispersion([0, 8], [1, 1]) == pytest.approx(8)


def test_seasons_do_not_add_to_it():
    counts = [10, 20, 30, 40, 10, 20, 30, 40]
    exposures = [90] * 8
    assert dispersion(counts, exposures) > 5
    assert dispersion(counts, exposures, [0, 1, 2, 3] * 2) == 0
    # Two summers with 10 and 14: (4 + 4) / 12, and one degree of freedom; a winter has no other.
    assert dispersion([10, 3, 14], [90, 90, 90], ["summer", "winter", "summer"]) == pytest.approx(
        8 / 12
    )
    assert dispersion([10, 20, 30], [90, 90, 90], [0, 1, 2]) is None


def test_each_count_has_an_exposure():
    with pytest.raises(ValueError, match="shorter"):
        dispersion([1, 2], [90])


@given(COUNTS)
def test_it_agrees_with_the_test_of_goodness_of_fit(counts):
    found = dispersion(counts, [1.0] * len(counts))
    if not sum(counts):
        assert found is None
        return
    assert found * (len(counts) - 1) == pytest.approx(stats.chisquare(counts).statistic)


@pytest.mark.parametrize(
    "mixtures", [[], [{"a": 3, "b": 2}], [{"a": 3}, {"a": 5}], [{"a": 3, "b": 1}, {}, {"b": 0}]]
)
def test_one_kind_or_one_time_has_no_mixture_to_vary(mixtures):
    assert mixture_dispersion(mixtures) is None


def test_a_mixture_worked_by_hand():
    assert mixture_dispersion([{"a": 2, "b": 4}, {"a": 1, "b": 2}]) == pytest.approx(0)
    # Four cells of which 2 were expected have 4 or none: 4 × 2² / 2, one degree of freedom.
    assert mixture_dispersion([{"a": 4}, {"b": 4}]) == pytest.approx(8)


def test_mixtures_of_different_groups_are_not_held_against_each_other():
    mixtures = [{"a": 4}, {"a": 2, "b": 2}, {"b": 4}, {"a": 1, "b": 1}]
    # The table 4 0 / 2 2 has χ² = 8 × (4 × 2 - 0 × 2)² / (4 × 4 × 6 × 2), the table 0 4 / 1 1 has
    # 6 × (0 × 1 - 4 × 1)² / (4 × 2 × 1 × 5); each has one degree of freedom.
    first, second = 8 * 64 / 192, 6 * 16 / 40
    found = mixture_dispersion(mixtures, [2024, 2024, 2025, 2025])
    assert found == pytest.approx((first + second) / 2)


@given(st.lists(st.tuples(*[st.integers(min_value=1, max_value=50)] * 3), min_size=2, max_size=9))
def test_a_mixture_agrees_with_the_test_of_independence(rows):
    found = stats.chi2_contingency(rows, correction=False)
    mixtures = [dict(zip("abc", row, strict=True)) for row in rows]
    assert mixture_dispersion(mixtures) == pytest.approx(found.statistic / found.dof, abs=1e-9)
