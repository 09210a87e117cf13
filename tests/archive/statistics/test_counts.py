"""Comparisons of counts, and several of them at once."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from postmortem_archive.archive.statistics.counts import (
    Comparison,
    Verdict,
    compare,
    compare_with_usual,
    holm,
    judged,
)

COUNTS = st.integers(min_value=0, max_value=400)
EXPOSURES = st.floats(min_value=0.5, max_value=5000)
CHANCES = st.lists(st.floats(min_value=0, max_value=1), max_size=12)


def twice_the_smaller_tail(distribution, value):
    return min(1.0, 2 * min(distribution.cdf(value), distribution.sf(value - 1)))


def pair(before, after, exposure_before=90.0, exposure_after=90.0):
    return Comparison(before, after, exposure_before, exposure_after)


@given(COUNTS, COUNTS, EXPOSURES, EXPOSURES)
def test_two_counts_agree_with_scipy(before, after, exposure_before, exposure_after):
    found = compare(before, after, exposure_before, exposure_after)
    n, chance = before + after, exposure_after / (exposure_before + exposure_after)
    if n == 0:
        assert (found.p, found.verdict) == (None, Verdict.UNTESTED)
        return
    expected = twice_the_smaller_tail(stats.binom(n, chance), after)
    assert found.p == pytest.approx(expected, rel=1e-6, abs=1e-12)
    assert found.expected == pytest.approx(n * chance)


def test_values_worked_by_hand():
    # Six heads of six: 2 / 2⁶.
    assert compare(0, 6, 90, 90).p == pytest.approx(1 / 32)
    assert compare(0, 6, 90, 90).verdict is Verdict.MORE
    assert compare(6, 0, 90, 90).verdict is Verdict.FEWER
    # One more is what chance does: 2 / 2⁵.
    assert compare(0, 5, 90, 90).p == pytest.approx(1 / 16)
    assert compare(0, 5, 90, 90).verdict is Verdict.NO_CHANGE
    # Twice the exposure, twice the count.
    assert compare(20, 40, 90, 180).p == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("before", "after", "exposure_before", "exposure_after"),
    [(0, 0, 90, 90), (3, 5, 0, 90), (3, 5, 90, 0), (0, 0, 0, 0)],
)
def test_what_cannot_be_tested_is_not(before, after, exposure_before, exposure_after):
    found = compare(before, after, exposure_before, exposure_after)
    assert (found.p, found.adjusted, found.verdict) == (None, None, Verdict.UNTESTED)


@given(COUNTS, COUNTS, EXPOSURES, EXPOSURES, st.floats(min_value=1, max_value=9))
def test_the_other_way_round_is_the_same_test(before, after, first, second, dispersion):
    there = compare(before, after, first, second, dispersion=dispersion)
    back = compare(after, before, second, first, dispersion=dispersion)
    mirrored = {Verdict.MORE: Verdict.FEWER, Verdict.FEWER: Verdict.MORE}
    if there.p is None or math.isclose(there.p, 0.05, rel_tol=1e-6):
        return
    assert there.p == pytest.approx(back.p, rel=1e-6, abs=1e-9)
    assert mirrored.get(there.verdict, there.verdict) == back.verdict


def test_overdispersed_counts_need_more_to_tell_of_a_change():
    plain = compare(10, 30, 90, 90)
    wide = compare(10, 30, 90, 90, dispersion=4)
    # Twice as far from no change in standard deviations of counts that vary twice as much.
    distance = stats.norm.isf(plain.p / 2)
    assert wide.p == pytest.approx(2 * stats.norm.sf(distance / 2))
    assert (plain.verdict, wide.verdict) == (Verdict.MORE, Verdict.NO_CHANGE)
    assert compare(10, 30, 90, 90, dispersion=0.2).p == plain.p


def test_large_counts_keep_their_tails():
    assert compare(50_000, 51_000, 1, 1).p == pytest.approx(
        twice_the_smaller_tail(stats.binom(101_000, 0.5), 51_000), rel=1e-6
    )
    assert compare(0, 100_000, 1, 1, dispersion=2).verdict is Verdict.MORE


@given(*[st.integers(min_value=0, max_value=60)] * 4, *[EXPOSURES] * 4)
def test_a_change_against_the_usual_one_agrees_with_scipy(a, b, c, d, ea, eb, ec, ed):
    found = compare_with_usual(pair(a, b, ea, eb), pair(c, d, ec, ed))
    odds = (eb * ec) / (ea * ed)
    least, most = max(0, b - c), min(a + b, b + d)
    if least == most:
        assert found.verdict is Verdict.UNTESTED
        return
    table = stats.nchypergeom_fisher(a + b + c + d, a + b, b + d, odds)
    expected = twice_the_smaller_tail(table, b)
    assert found.p == pytest.approx(expected, rel=1e-5, abs=1e-9)
    assert least <= found.expected <= most


def test_a_change_against_the_usual_one_by_hand():
    # Three of three now, none of three before: 1 of the 20 ways to choose three of six.
    found = compare_with_usual(pair(0, 3), pair(3, 0))
    assert found.p == pytest.approx(2 / 20)
    # The change of every year is no change.
    assert compare_with_usual(pair(20, 60), pair(60, 180)).p == pytest.approx(1, abs=0.15)
    assert compare_with_usual(pair(60, 20), pair(60, 180)).verdict is Verdict.FEWER
    assert compare_with_usual(pair(20, 60), pair(180, 60)).verdict is Verdict.MORE


@pytest.mark.parametrize(
    ("now", "usual"),
    [
        (pair(0, 0), pair(3, 4)),
        (pair(3, 4), pair(0, 0)),
        (pair(3, 0), pair(4, 0)),
        (pair(3, 4, 0), pair(3, 4)),
        (pair(3, 4), pair(3, 4, 90, 0)),
    ],
)
def test_without_counts_or_exposure_there_is_no_usual_change(now, usual):
    assert compare_with_usual(now, usual).verdict is Verdict.UNTESTED


@given(CHANCES)
def test_holm_agrees_with_statsmodels(p_values):
    expected = multipletests(p_values, method="holm")[1] if p_values else []
    assert holm(p_values) == pytest.approx(tuple(expected))


def test_holm_by_hand():
    # .01 × 4, then .02 × 3, .03 × 2 (not less than the one before), .5.
    assert holm([0.5, 0.03, 0.01, 0.02]) == pytest.approx((0.5, 0.06, 0.04, 0.06))
    assert holm([]) == ()
    assert holm([0.9, 0.8]) == (1, 1)


def test_a_test_on_a_page_with_others_has_to_be_surer():
    alone = compare(5, 15, 90, 90)
    assert alone.verdict is Verdict.MORE
    among = judged((alone, compare(8, 8, 90, 90), compare(0, 0, 90, 90), compare(7, 9, 90, 90)))
    assert [one.verdict for one in among] == [
        Verdict.NO_CHANGE,
        Verdict.NO_CHANGE,
        Verdict.UNTESTED,
        Verdict.NO_CHANGE,
    ]
    # What could not be tested takes nothing from the others.
    assert among[0].adjusted == pytest.approx(3 * alone.p)
    assert among[2].adjusted is None


def test_a_family_of_tests_has_its_part_of_the_page():
    one = compare(5, 15, 90, 90)
    (half,) = judged((one,), 0.5)
    assert half.adjusted == pytest.approx(2 * one.p)
    assert half.verdict is Verdict.NO_CHANGE
    assert judged((compare(5, 5, 90, 90),), 0.5)[0].adjusted == 1
