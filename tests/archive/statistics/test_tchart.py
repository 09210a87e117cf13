"""The chart of the time between rare events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive.statistics.tchart import tchart

GAPS = st.lists(st.floats(min_value=0, max_value=5000), min_size=12, max_size=80)


@pytest.mark.parametrize("count", [0, 1, 11])
def test_a_few_gaps_have_no_limits(count):
    assert tchart([30.0] * count) is None


def test_equal_gaps_leave_no_room():
    found = tchart([30.0] * 12)
    assert (found.low, found.centre, found.high) == pytest.approx((30, 30, 30))


def test_limits_worked_by_hand():
    # Powers of whole numbers: scaled they are 2, 3, 2, 4, 3, 4 and the same again. Their mean is
    # 3; the moving ranges 1, 1, 2, 1, 1, then 2, then 1, 1, 2, 1, 1 have the mean 14/11; the limits
    # are 3 ± 2.66 × 14/11: 6.385… and, cut off, 0.
    found = tchart([n**3.6 for n in (2, 3, 2, 4, 3, 4) * 2])
    assert found.centre == pytest.approx(3**3.6)
    assert found.high == pytest.approx((3 + 2.66 * 14 / 11) ** 3.6)
    assert found.low == 0
    # 10 and 11 by turns: mean 10.5, ranges of 1: 7.84 to 13.16.
    found = tchart([n**3.6 for n in (10, 11) * 6])
    assert (found.low, found.high) == pytest.approx((7.84**3.6, 13.16**3.6))


def test_a_gap_on_a_limit_is_within_it():
    equal = tchart([30.0] * 12)
    assert not equal.is_long(30)
    assert not equal.is_short(30)
    assert equal.is_long(30.001)
    assert equal.is_short(29.999)


def test_two_incidents_on_one_day_are_a_gap_of_none():
    assert tchart([0.0, 10.0, 0.0, 20.0, 5.0, 9.0] * 2).low == 0


@given(GAPS)
def test_the_centre_lies_between_the_limits(gaps):
    found = tchart(gaps)
    assert found.gaps == tuple(gaps)
    assert 0 <= found.low <= found.centre * (1 + 1e-9)
    assert found.centre <= found.high * (1 + 1e-9)


@given(GAPS, st.sampled_from([1 / 24, 7.0, 30.0]))
def test_the_limits_follow_a_change_of_unit(gaps, unit):
    days, others = tchart(gaps), tchart([gap * unit for gap in gaps])
    assert others.centre == pytest.approx(days.centre * unit, rel=1e-9, abs=1e-9)
    assert others.high == pytest.approx(days.high * unit, rel=1e-9, abs=1e-9)
