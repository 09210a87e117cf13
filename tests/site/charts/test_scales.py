"""Places on axes: in order, within the chart, and named where there is room."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.site.charts.scales import Axis, days, durations, linear, root

# Reports tell time to the second; the longest one can tell is shorter than two centuries here.
MINUTES = st.just(0.0) | st.floats(min_value=1 / 60, max_value=1e8)
SAMPLES = st.lists(MINUTES, max_size=20)
WHOLE = st.lists(st.integers(min_value=0, max_value=10**9), max_size=20)


def names(axis: Axis, *, narrow: bool = False) -> list[str]:
    return [tick.text for tick in axis.ticks if tick.always or not narrow]


@given(SAMPLES)
@pytest.mark.parametrize("scale", [durations, linear, lambda values: root(values, 3.6)])
def test_a_longer_duration_never_stands_before_a_shorter_one(scale, values):
    axis = scale(values)
    places = [axis.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


@given(SAMPLES)
@pytest.mark.parametrize(
    ("scale", "gap", "narrow"),
    [(durations, 7, 14), (lambda values: root(values, 3.6), 11, 11)],
)
def test_the_names_of_ticks_do_not_cover_each_other(scale, gap, narrow, values):
    axis = scale(values)
    assert all(after.at - before.at >= gap for before, after in pairwise(axis.ticks))
    kept = [tick.at for tick in axis.ticks if tick.always]
    assert all(after - before >= narrow for before, after in pairwise(kept))
    assert axis.ticks


@given(SAMPLES)
def test_an_axis_of_durations_holds_each_value_apart_from_nought(values):
    axis = durations(values)
    assert all(axis.low <= value <= axis.high for value in values if value > 0)
    assert bool(axis.zero) == (0 in values)
    assert all((axis.at(value) < axis.zero) == (value == 0) for value in values)


def test_durations_are_named_as_people_think_of_them():
    axis = durations([1, 10_080])
    assert names(axis) == [
        "1 min", "2 min", "5 min", "10 min", "30 min", "1 h", "2 h", "4 h", "8 h", "1 d", "2 d",
        "1 wk",
    ]  # fmt: skip
    assert names(axis, narrow=True) == ["1 min", "5 min", "1 h", "4 h", "1 d", "1 wk"]


def test_each_tenfold_takes_the_same_part_of_a_logarithmic_axis():
    axis = durations([1, 10, 100, 1000])
    places = [axis.at(value) for value in (1, 10, 100, 1000)]
    steps = [after - before for before, after in pairwise(places)]
    assert steps == pytest.approx([steps[0]] * 3)


def test_a_duration_of_nought_has_a_place_at_the_left():
    axis = durations([0, 5, 60])
    assert names(axis)[0] == "0"
    assert axis.at(0) == axis.ticks[0].at < axis.zero < axis.at(5)


def test_one_duration_stands_in_the_middle():
    assert durations([60]).at(60) == pytest.approx(50)


def test_nothing_but_nought_has_an_axis():
    assert names(durations([0, 0]))[0] == "0"
    assert durations([]).ticks


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ["0", "1"]),
        ([0], ["0", "1"]),
        ([1], ["0", "1"]),
        ([3], ["0", "1", "2", "3"]),
        ([4, 7], ["0", "2", "4", "6", "8"]),
        ([11], ["0", "5", "10", "15"]),
        ([40_000], ["0", "10,000", "20,000", "30,000", "40,000"]),
    ],
)
def test_counts_have_whole_steps(values, expected):
    assert names(linear(values, whole=True)) == expected


def test_rates_have_steps_below_one():
    assert names(linear([0.5])) == ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]
    assert names(linear([0.013])) == ["0", "0.005", "0.01", "0.015"]


@given(st.lists(st.floats(min_value=0, max_value=1e12), max_size=9))
def test_an_axis_from_nought_reaches_over_every_value_in_few_steps(values):
    axis = linear(values)
    assert axis.high >= max(values, default=0) * (1 - 1e-9)
    assert 2 <= len(axis.ticks) <= 6


@given(WHOLE)
def test_no_count_is_named_twice(values):
    told = names(linear(values, whole=True))
    assert len(set(told)) == len(told)


def test_a_root_gives_short_gaps_their_room():
    axis = root([1, 100], 3.6)
    assert axis.at(1) == pytest.approx(100 / 110 ** (1 / 3.6))
    assert names(axis) == ["0", "1", "10", "50", "100"]


def test_time_is_named_by_years_then_quarters_then_months():
    years = days(date(2019, 6, 1), date(2026, 1, 1))
    assert names(years, narrow=True) == [str(year) for year in range(2020, 2027)]
    assert names(years)[:4] == ["Jul", "2020", "Jul", "2021"]
    months = days(date(2025, 2, 3), date(2026, 2, 1))
    assert names(months, narrow=True) == ["Apr", "Jul", "Oct", "2026"]
    assert names(months)[:4] == ["Mar", "Apr", "May", "Jun"]
    assert months.at(date(2025, 2, 3).toordinal()) == 0


@given(st.dates(), st.dates())
def test_any_two_days_have_an_axis(one, other):
    first, last = sorted((one, other))
    axis = days(first, last)
    assert axis.at(first.toordinal()) == 0
    assert axis.at(last.toordinal()) in {0, 100}
