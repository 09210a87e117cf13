"""On made-up archives the statistics keep their word. (All of them: tests/benchmarks/coverage.py.)

The archives have fixed seeds, so that this says the same each time.
"""

import pytest

from benchmarks.coverage import RUNS, SORTS, coverage, false_alarms, still_pages


def test_intervals_hold_the_truth():
    found = coverage(60)
    assert {name for name, held in found.items() if held.share < 0.89} == set()
    assert found["median"].of == 7 * 60
    # Those of a p90 need 29 values.
    assert found["p90"].of == 4 * 60


def test_limits_of_gaps_hold_chance():
    assert false_alarms(2000, 40).share > 0.98


@pytest.mark.parametrize("sort", SORTS.values(), ids=list(SORTS))
def test_few_pages_tell_of_a_change_where_nothing_changed(sort):
    quarters, years = still_pages(sort, 300, 25)
    assert quarters.pages >= 25 * 7
    assert quarters.page / quarters.pages <= 0.06
    assert years.page / years.pages <= 0.06


def test_without_the_allowance_for_seasons_and_runs_there_would_be_many():
    quarters, _ = still_pages(RUNS, 300, 25)
    assert quarters.plain / quarters.pages > 0.1
