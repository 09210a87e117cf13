"""Periods of the calendar and their neighbours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive.periods import (
    Period,
    PeriodKind,
    period_named,
    period_of,
    periods_between,
)

DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2199, 12, 31))
KINDS = st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR])
STARTS = st.integers(min_value=1, max_value=12)


@pytest.mark.parametrize(
    ("kind", "day", "starts", "name", "title", "start", "end"),
    [
        ("month", "2024-02-29", 1, "2024-02", "February 2024", "2024-02-01", "2024-03-01"),
        ("quarter", "2025-12-31", 1, "2025-q4", "Q4 2025", "2025-10-01", "2026-01-01"),
        ("quarter", "2025-03-31", 4, "fy2025-q4", "Q4 FY2025", "2025-01-01", "2025-04-01"),
        ("quarter", "2025-04-01", 4, "fy2026-q1", "Q1 FY2026", "2025-04-01", "2025-07-01"),
        ("quarter", "2025-01-31", 2, "fy2025-q4", "Q4 FY2025", "2024-11-01", "2025-02-01"),
        ("year", "2025-07-01", 1, "2025", "2025", "2025-01-01", "2026-01-01"),
        ("year", "2025-03-31", 4, "fy2025", "FY2025", "2024-04-01", "2025-04-01"),
        ("year", "2025-12-01", 12, "fy2026", "FY2026", "2025-12-01", "2026-12-01"),
    ],
)
def test_the_period_of_a_day(kind, day, starts, name, title, start, end):
    found = period_of(PeriodKind(kind), date.fromisoformat(day), starts)
    assert (found.name, found.title) == (name, title)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


@given(KINDS, DAYS, STARTS)
def test_every_day_is_in_one_period_of_a_kind(kind, day, starts):
    period = period_of(kind, day, starts)
    assert period.holds(day)
    assert not period.holds(period.end)
    assert period_of(kind, period.end, starts).start == period.end
    assert period_of(kind, period.last, starts) == period


@given(KINDS, DAYS, STARTS)
def test_the_period_before_ends_where_this_one_starts(kind, day, starts):
    period = period_of(kind, day, starts)
    assert period.before().end == period.start
    year = period.year_before()
    assert (year.start.year + 1, year.start.month) == (period.start.year, period.start.month)


def test_periods_between_two_days_leave_none_out():
    found = list(periods_between(PeriodKind.QUARTER, date(2024, 11, 3), date(2025, 7, 1)))
    assert [period.name for period in found] == ["2024-q4", "2025-q1", "2025-q2", "2025-q3"]


def test_periods_end_with_the_calendar():
    found = list(periods_between(PeriodKind.MONTH, date(9999, 10, 1), date.max))
    assert [period.name for period in found] == ["9999-10", "9999-11"]


def test_a_period_in_progress_counts_to_the_day_the_archive_speaks_of():
    quarter = period_of(PeriodKind.QUARTER, date(2026, 1, 1))
    assert quarter.in_progress(date(2026, 1, 31))
    assert quarter.until(date(2026, 1, 31)).days == 31
    assert not quarter.in_progress(date(2026, 3, 31))
    assert quarter.until(date(2026, 3, 31)) == quarter
    assert quarter.until(date(2025, 12, 1)).days == 0


def test_the_trailing_months_end_with_the_period():
    quarter = period_of(PeriodKind.QUARTER, date(2025, 8, 1))
    trailing = quarter.trailing()
    assert (trailing.start, trailing.end) == (date(2024, 10, 1), date(2025, 10, 1))
    assert trailing.title == "the 12 months to 30 September 2025"
    long = Period(PeriodKind.SPAN, "long", "Long", date(2020, 1, 1), date(2025, 1, 1))
    assert long.trailing().start == date(2020, 1, 1)


@given(DAYS, DAYS)
def test_a_span_has_no_period_before_it(first, last):
    start, end = min(first, last), max(first, last) + timedelta(days=1)
    span = Period(PeriodKind.SPAN, "span", "Span", start, end)
    assert span.before() is None
    assert span.year_before() is None


@pytest.mark.parametrize("year_starts", [1, 2, 7, 12])
@pytest.mark.parametrize("kind", [PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR])
def test_a_period_is_found_by_its_name(kind, year_starts):
    for period in periods_between(kind, date(2023, 1, 15), date(2026, 3, 1), year_starts):
        assert period_named(period.name, year_starts) == period


@pytest.mark.parametrize("name", ["2025-q5", "2025-13", "0000", "fy2025", "2025-Q3", "all"])
def test_what_names_no_period_gives_none(name):
    assert period_named(name) is None


def test_a_calendar_years_name_is_none_where_years_are_fiscal():
    assert period_named("2025-q3", 7) is None
    assert period_named("fy2025-q3", 7).start == date(2025, 1, 1)
