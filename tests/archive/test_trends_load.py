"""When incidents began: hours, days and weeks by the clocks of a zone."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.settings import WorkingHours
from postmortem_archive.archive.trends.load import DEFINITIONS, figures, load
from postmortem_archive.report.settings import ReadingSettings

from .examples import SETTINGS, report

ALL = Period(PeriodKind.ALL, "all", "All time", date(1970, 1, 1), date(2026, 2, 1))
BERLIN = WorkingHours(time_zone="Europe/Berlin")


def found(*reports, hours=BERLIN, settings=SETTINGS, period=ALL):
    return load(build(reports, replace(settings, working_hours=hours)), period)


def began(started, hours=BERLIN, **facts):
    """Return whether an incident that started so began outside working hours and on a day off."""
    facts = found(report("a", started, **facts), hours=hours)
    return bool(facts.outside), bool(facts.off)


@pytest.mark.parametrize(
    ("started", "outside"),
    [
        # Summer: Berlin is two hours ahead.
        ("2025-07-01T06:59", True),
        ("2025-07-01T07:00", False),
        ("2025-07-01T14:59", False),
        ("2025-07-01T15:00", True),
        # Winter: one hour.
        ("2025-12-01T07:59", True),
        ("2025-12-01T08:00", False),
        ("2025-12-01T15:59", False),
        ("2025-12-01T16:00", True),
        # The days around both changes of clocks, Friday and Monday.
        ("2025-03-28T08:00", False),
        ("2025-03-31T07:00", False),
        ("2025-03-28T07:00", True),
        ("2025-10-24T07:00", False),
        ("2025-10-27T07:00", True),
        # Written with an offset of its own.
        ("2025-07-01T00:00-07:00", False),
    ],
)
def test_working_hours_are_those_of_the_zone_on_that_day(started, outside):
    assert began(started) == (outside, False)


@pytest.mark.parametrize(
    ("started", "zone", "off"),
    [
        ("2025-07-06T14:59", "Asia/Tokyo", True),
        ("2025-07-06T15:00", "Asia/Tokyo", False),
        ("2025-07-04T15:00", "Asia/Tokyo", True),
        ("2025-07-07T06:59", "America/Los_Angeles", True),
        ("2025-07-07T07:00", "America/Los_Angeles", False),
    ],
)
def test_days_off_are_those_of_the_zone(started, zone, off):
    assert began(started, WorkingHours(time_zone=zone))[1] is off


def test_without_a_zone_of_their_own_the_hours_are_in_that_of_the_site():
    settings = replace(SETTINGS, reading=ReadingSettings(time_zone="Europe/Berlin"))
    facts = found(report("a", "2025-07-01T07:00"), hours=WorkingHours(), settings=settings)
    assert facts.zone == "Europe/Berlin"
    assert not facts.outside


def test_a_week_of_other_days():
    hours = WorkingHours(frozenset({6, 0, 1, 2, 3}), time(8), time(16, 30), "UTC")
    assert began("2025-07-06T08:00", hours) == (False, False)
    assert began("2025-07-04T08:00", hours) == (True, True)
    facts = found(report("a", "2025-07-04T08:00"), hours=hours)
    assert facts.even_outside == pytest.approx(1 - 5 * 8.5 / 168)
    assert facts.even_off == pytest.approx(2 / 7)


def test_what_is_told_by_the_day_alone_is_not_judged():
    facts = found(report("a", "2025-07-05"), report("b", "2025-07-05T10:00"))
    assert [r.id for r in facts.unjudged] == ["a"]
    assert (facts.outside_share.k, facts.outside_share.n) == (1, 1)


def test_a_day_that_no_other_zone_can_tell_is_not_judged():
    first = Period(PeriodKind.SPAN, "x", "X", date(1, 1, 1), date(2, 1, 1))
    facts = found(report("a", "0001-01-01T00:00+14:00"), period=first)
    assert [r.id for r in facts.unjudged] == ["a"]
    assert facts.outside_share is None


def test_the_share_has_the_exact_interval():
    reports = [report(f"r{n}", f"2025-07-01T{n:02}:00") for n in range(12)]
    facts = found(*reports, hours=WorkingHours())
    exact = binomtest(9, 12).proportion_ci(0.9, "exact")
    told = facts.outside_share
    assert (told.k, told.n) == (9, 12)
    assert (told.low, told.high) == pytest.approx((exact.low, exact.high))


def test_a_cell_has_what_began_in_three_hours_of_a_weekday():
    facts = found(
        report("a", "2025-03-30T00:59"),
        report("b", "2025-03-30T01:00"),
        report("c", "2025-10-26T00:30"),
        report("d", "2025-10-26T01:30"),
    )
    cells = {
        (weekday, part): [one.report.id for one in cell]
        for weekday, row in enumerate(facts.cells)
        for part, cell in enumerate(row)
        if cell
    }
    # 01:59 and, an hour being left out, 03:00; 02:30 twice.
    assert cells == {(6, 0): ["a", "c", "d"], (6, 1): ["b"]}


HOURS = timedelta(hours=1)


@pytest.mark.parametrize(
    ("started", "resolved", "monday", "hours"),
    [
        # From Monday to Monday in Berlin, at the two changes of clocks and between.
        ("2025-03-23T23:00", "2025-03-30T22:00", "2025-03-24", 167),
        ("2025-10-19T22:00", "2025-10-26T23:00", "2025-10-20", 169),
        ("2025-06-29T22:00", "2025-07-06T22:00", "2025-06-30", 168),
        # Over a Monday: the greater part counts; of equal parts the first.
        ("2025-07-06T20:00", "2025-07-07T01:00", "2025-07-07", 3),
        ("2025-07-06T20:00", "2025-07-07T00:00", "2025-06-30", 2),
        # Over the end of the year.
        ("2024-12-31T12:00", "2025-01-01T12:00", "2024-12-30", 24),
    ],
)
def test_the_longest_week_is_one_of_the_zone(started, resolved, monday, hours):
    week = found(report("a", started, resolved=resolved)).longest
    assert (week.monday.isoformat(), week.spent) == (monday, hours * HOURS)


def test_overlaps_count_once():
    week = found(
        report("a", "2025-07-01T08:00", resolved="2025-07-01T10:00"),
        report("b", "2025-07-01T09:00", resolved="2025-07-01T11:00"),
        report("c", "2025-07-01T09:30", resolved="2025-07-01T09:40"),
        report("d", "2025-07-03T09:00", resolved="2025-07-03T09:30"),
        report("e", "2025-07-08T09:00", resolved="2025-07-08T12:00"),
    ).longest
    assert week.spent == 3.5 * HOURS
    assert [r.id for r in week.incidents] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("resolved", [None, "2025-07-01", "2025-07-01T09:00", "2025-07-01T10:00"])
def test_without_two_times_in_order_no_time_was_spent(resolved):
    assert found(report("a", "2025-07-01T10:00", resolved=resolved)).longest is None


def test_time_is_counted_to_the_end_of_the_archives_day():
    week = found(
        report("a", "2026-01-31T20:00", resolved="2026-03-01T00:00"), hours=WorkingHours()
    ).longest
    assert week.spent == 4 * HOURS


def test_the_calendars_last_day_ends_the_time():
    settings = replace(SETTINGS, as_of=date.max)
    last = Period(PeriodKind.SPAN, "x", "X", date(9999, 1, 1), date.max)
    one = report("a", "9999-12-29T00:00", resolved="9999-12-31T12:00")
    week = found(one, settings=settings, period=last, hours=WorkingHours()).longest
    assert (week.monday, week.spent) == (date(9999, 12, 27), 60 * HOURS)


def test_only_incidents_of_the_period_count():
    july = Period(PeriodKind.SPAN, "x", "X", date(2025, 7, 1), date(2025, 8, 1))
    assert found(report("a", "2025-06-30T23:00"), period=july) is None
    assert found(report("a", "2025-07-30T23:00", kind="drill"), period=july) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 40 * 24 * 60), st.integers(1, 12 * 24 * 60)),
        min_size=1,
        max_size=8,
    )
)
def test_the_longest_week_is_what_a_count_of_minutes_gives(told):
    """Against a count of every minute of Berlin's weeks around the change of clocks."""
    base = report("x", "2025-03-10T00:00").milestones["started"].at
    reports = []
    for number, (start, length) in enumerate(told):
        at = base + timedelta(minutes=start)
        end = at + timedelta(minutes=length)
        reports.append(report(f"r{number}", at.isoformat(), resolved=end.isoformat()))
    minutes = {start + n for start, length in told for n in range(length)}
    # The clocks change on Sunday 30 March: weeks of 10,080 minutes but for one of 10,020.
    ends = [-60, 10_020, 20_100, 30_120, 40_200, 50_280, 60_360, 70_440, 80_520]
    counts = [
        sum(1 for minute in minutes if start <= minute < end) for start, end in pairwise(ends)
    ]
    week = found(*reports).longest
    assert week.spent == timedelta(minutes=max(counts))
    assert week.monday == date(2025, 3, 10) + timedelta(weeks=counts.index(max(counts)))


def test_every_figure_has_a_definition():
    told = figures(
        found(
            report("a", "2025-07-05T10:00", resolved="2025-07-05T11:30"), report("b", "2025-07-05")
        )
    )
    assert {figure.name for figure in told} == DEFINITIONS.keys()
    values = {(figure.name, figure.of): figure.value for figure in told}
    assert values["longest_week", "week of 2025-06-30"] == 90
    assert values["incidents_by_hour", "Sat 12–15"] == 1
    assert values["begun_at_unknown_time", ""] == 1
