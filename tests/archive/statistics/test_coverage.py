"""On made-up archives the statistics keep their word. (All of them: tests/benchmarks/coverage.py.)

The archives have fixed seeds, so that this says the same each time.
"""

import pytest

from benchmarks.coverage import SORTS, coverage, false_alarms, still_pages


def test_intervals_hold_the_truth():
    found = coverage(60)
    assert {name for name, held in found.items() if held.share < 0.89} == set()
    assert found["median"].of == 7 * 60
    # Those of a p90 need 29 values.
    assert found["p90"].of == 4 * 60


def test_limits_of_gaps_hold_chance():
    assert false_alarms(2000, 40).share > 0.98


@pytest.fixture(scope="module")
def pages():
    """What pages say of 25 archives of each sort, by the name of the sort."""
    return {name: still_pages(sort, 300, 25) for name, sort in SORTS.items()}


@pytest.mark.parametrize("sort", SORTS)
def test_few_quarters_are_told_to_have_changed_where_nothing_did(pages, sort):
    quarters, _ = pages[sort]
    assert quarters.pages >= 25 * 7
    assert quarters.page / quarters.pages <= 0.06


def test_few_years_are_told_to_have_changed_where_nothing_did(pages):
    """An archive of three years has one page of a year with a year before it."""
    years = [year for _, year in pages.values()]
    assert sum(year.pages for year in years) == 4 * 25
    assert sum(year.page for year in years) / 100 <= 0.06


def test_without_the_allowance_for_seasons_and_runs_there_would_be_many(pages):
    quarters, _ = pages["seasons 0.3, 40% recur after 20 days"]
    assert quarters.plain / quarters.pages > 0.1
