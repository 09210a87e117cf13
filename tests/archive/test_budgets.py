"""Error budgets, against values worked out by hand and against a grid of minutes."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.archive.budgets.budgets import Budgets, Pledge
from postmortem_archive.archive.budgets.harm import Reason, Stretch, harm_of
from postmortem_archive.archive.budgets.ledger import Ledger
from postmortem_archive.archive.budgets.policy import heavy_causes, heavy_incidents
from postmortem_archive.archive.budgets.stated import Silence, stated_shares
from postmortem_archive.archive.budgets.windows import begins, day_at, rolling, windows_in
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.report.problem import Level, Place
from postmortem_archive.report.record import (
    AffectedService,
    Cause,
    Impact,
    Moment,
    StatedBudget,
)
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Objective, Service, Vocabulary

from .examples import moment, report

MONTH = Objective("availability", 99.9, "month")
QUARTER = Objective("availability", 99.9, "quarter")
FOUR_WEEKS = Objective("availability", 99.9, "28d")


def settings(*slos, as_of=date(2026, 1, 31), zone="UTC", year_starts=1, **service):
    services = Vocabulary((Service("checkout", "Checkout", ("Basket",), slos=slos, **service),))
    reading = ReadingSettings(services=services, time_zone=zone)
    return ArchiveSettings(as_of=as_of, reading=reading, year_starts=year_starts)


def part(start=None, end=None, fraction=1.0, service="checkout"):
    times = (moment(at) if at else None for at in (start, end))
    return AffectedService(service, *times, fraction)


def harmed(id_, start, end, fraction=1.0, **facts):
    """Return an incident that tells what it did to checkout, and when."""
    impact = Impact(services=(part(start, end, fraction),))
    return report(id_, start, services=("checkout",), impact=impact, **facts)


def quarter(year, month):
    return period_of(PeriodKind.QUARTER, date(year, month, 1))


def budget(incidents, made, period):
    budgets = Budgets(incidents, made)
    return budgets.within(budgets.pledges[0], period)[-1]


def used(found):
    return [(spent.report.id, float(spent.minutes)) for spent in found.spent]


# What one incident did


def test_what_is_told_of_a_service_is_its_harm():
    found = harm_of(harmed("a", "2025-09-30T14:38", "2025-09-30T15:25", 0.4), Vocabulary(()))
    (stretch,) = found["checkout"].stretches
    assert stretch.minutes == Fraction(188, 10)
    assert not stretch.assumed


def test_without_any_impact_everything_is_assumed_to_have_failed_until_it_was_resolved():
    told = report("a", "2025-09-30T14:00", resolved="2025-09-30T15:00", services=("a", "b"))
    found = harm_of(told, Vocabulary(()))
    assert list(found) == ["a", "b"]
    assert [(s.minutes, s.assumed) for s in found["b"].stretches] == [(60, True)]


def test_times_that_a_part_does_not_tell_are_assumed_to_be_the_incidents():
    told = report(
        "a",
        "2025-09-30T14:00",
        resolved="2025-09-30T15:00",
        impact=Impact(services=(part("2025-09-30T14:30", None, 0.5),)),
    )
    (stretch,) = harm_of(told, Vocabulary(()))["checkout"].stretches
    assert (stretch.minutes, stretch.assumed) == (15, True)


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ({}, Reason.TIMES),
        ({"started": "2025-09-30T14:00"}, Reason.END),
        ({"resolved": "2025-09-30T14:00"}, Reason.START),
        ({"started": "2025-09-30", "resolved": "2025-09-30T14:00"}, Reason.START),
        ({"started": "2025-09-30T15:00", "resolved": "2025-09-30T14:00"}, Reason.ORDER),
    ],
)
def test_an_incident_without_times_counts_nothing_and_says_why(times, reason):
    found = harm_of(report("a", services=("checkout",), **times), Vocabulary(()))["checkout"]
    assert (found.stretches, found.uncounted) == ((), reason)


def test_a_service_that_is_named_beside_told_impact_on_others_counts_nothing():
    told = harmed("a", "2025-09-30T14:38", "2025-09-30T15:25")
    other = report("b", services=("search",), impact=told.impact)
    assert harm_of(other, Vocabulary(()))["search"].uncounted is Reason.OTHERS


def test_a_part_without_times_is_said_and_the_others_count():
    parts = (part("2025-09-30T14:00", "2025-09-30T14:10"), part())
    told = report("a", services=("checkout",), impact=Impact(services=parts))
    found = harm_of(told, Vocabulary(()))["checkout"]
    assert ([s.minutes for s in found.stretches], found.uncounted) == ([10], Reason.TIMES)


def test_other_spellings_of_a_service_are_that_service():
    made = settings(MONTH)
    told = report("a", "2025-09-30T14:00", resolved="2025-09-30T14:10", services=("Basket",))
    assert used(budget([told], made, quarter(2025, 9))) == [("a", 10)]


# Overlaps


def test_overlapping_minutes_count_once_for_the_larger_fraction():
    # 10:00–11:00 at 0.2 and 10:30–10:45 at 0.5: 45 minutes at 0.2 and 15 at 0.5.
    small = harmed("small", "2025-09-01T10:00", "2025-09-01T11:00", 0.2)
    large = harmed("large", "2025-09-01T10:30", "2025-09-01T10:45", 0.5)
    found = budget([small, large], settings(MONTH), quarter(2025, 9))
    assert used(found) == [("small", 9), ("large", 7.5)]
    assert found.used == Fraction("16.5")


def test_of_equal_fractions_the_earlier_incident_counts():
    first = harmed("first", "2025-09-01T10:00", "2025-09-01T11:00", 0.5)
    second = harmed("second", "2025-09-01T10:30", "2025-09-01T11:30", 0.5)
    found = budget([first, second], settings(MONTH), quarter(2025, 9))
    assert used(found) == [("first", 30), ("second", 15)]


def test_a_fraction_of_nothing_uses_nothing():
    found = budget(
        [harmed("a", "2025-09-01T10:00", "2025-09-01T11:00", 0.0)],
        settings(MONTH),
        quarter(2025, 9),
    )
    assert found.spent == ()


spans = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 120), st.integers(0, 10)), max_size=8
)


@given(spans, st.integers(0, 120), st.integers(0, 120))
def test_a_ledger_says_what_a_grid_of_minutes_says(told, one, other):
    opens, closes = sorted((one, other))
    stretches = [
        Stretch(
            report(str(n)),
            timedelta(minutes=min(a, b)),
            timedelta(minutes=max(a, b)),
            Fraction(tenths, 10),
            assumed=False,
        )
        for n, (a, b, tenths) in enumerate(told)
    ]
    grid: dict[str, Fraction] = {}
    for minute in range(opens, closes):
        at = timedelta(minutes=minute)
        alive = [s for s in stretches if s.start <= at < s.end and s.fraction]
        if alive:
            largest = max(alive, key=lambda s: s.fraction)
            name = largest.report.id
            grid[name] = grid.get(name, Fraction(0)) + largest.fraction
    ledger = Ledger(stretches)
    window = timedelta(minutes=opens), timedelta(minutes=closes)
    found: dict[str, Fraction] = {}
    for piece in ledger.between(*window):
        found[piece.report.id] = found.get(piece.report.id, Fraction(0)) + piece.minutes
    assert found == grid
    assert ledger.minutes(*window) == sum(grid.values())


# Windows


@pytest.mark.parametrize(
    ("slo", "zone", "period", "minutes"),
    [
        (MONTH, "UTC", date(2025, 9, 1), Fraction("43.2")),  # 30 days × 1440 × 0.001
        (MONTH, "UTC", date(2025, 2, 1), Fraction("40.32")),
        (MONTH, "UTC", date(2024, 2, 1), Fraction("41.76")),  # a leap day
        (MONTH, "Europe/Berlin", date(2025, 3, 1), Fraction("44.58")),  # 31 days less an hour
        (MONTH, "Europe/Berlin", date(2025, 10, 1), Fraction("44.70")),  # and an hour more
        (Objective("a", 100, "month"), "UTC", date(2025, 9, 1), 0),
    ],
)
def test_a_months_budget_is_a_share_of_its_minutes(slo, zone, period, minutes):
    month = period_of(PeriodKind.MONTH, period)
    incidents = [harmed("a", "2020-01-01T00:00", "2020-01-01T00:01")]
    assert budget(incidents, settings(slo, zone=zone), month).minutes == minutes


def test_a_quarter_shows_each_window_that_ends_in_it():
    made = settings(MONTH, QUARTER, FOUR_WEEKS)
    budgets = Budgets([harmed("a", "2025-07-01T10:00", "2025-07-01T10:10")], made)
    names = [
        [found.window.period.name for found in budgets.within(pledge, quarter(2025, 9))]
        for pledge in budgets.pledges
    ]
    assert names == [["2025-07", "2025-08", "2025-09"], ["2025-q3"], ["2025-09-30-28d"]]


def test_a_month_shows_its_quarter_as_it_stood_on_its_last_day():
    made = settings(QUARTER)
    incidents = [
        harmed("a", "2025-07-10T10:00", "2025-07-10T10:10"),
        harmed("b", "2025-08-20T10:00", "2025-08-20T10:20"),
        harmed("c", "2025-09-01T10:00", "2025-09-01T10:40"),
    ]
    found = budget(incidents, made, period_of(PeriodKind.MONTH, date(2025, 8, 1)))
    assert (found.window.until, found.in_progress) == (date(2025, 8, 31), True)
    assert used(found) == [("b", 20), ("a", 10)]
    assert found.minutes == Fraction("132.48")  # 92 days


def test_a_period_in_progress_counts_to_as_of_and_has_all_its_budget():
    made = settings(MONTH, as_of=date(2025, 8, 10))
    incidents = [
        harmed("a", "2025-08-10T23:50", "2025-08-11T00:10"),
        harmed("b", "2025-08-12T10:00", "2025-08-12T10:10"),
    ]
    budgets = Budgets(incidents, made)
    (august,) = budgets.within(budgets.pledges[0], quarter(2025, 9))
    assert august.in_progress
    assert used(august) == [("a", 10)]
    assert august.remaining == Fraction("34.64")  # 31 days × 1.44 less 10


def test_no_window_lies_before_the_first_incident():
    made = settings(MONTH)
    budgets = Budgets([harmed("a", "2025-08-02T10:00", "2025-08-02T10:10")], made)
    found = budgets.within(budgets.pledges[0], quarter(2025, 9))
    assert [item.window.period.name for item in found] == ["2025-08", "2025-09"]
    assert Budgets([], made).within(budgets.pledges[0], quarter(2025, 9)) == ()


def test_fiscal_quarters_follow_the_settings():
    made = settings(QUARTER, year_starts=2)
    fiscal = period_of(PeriodKind.QUARTER, date(2025, 9, 1), 2)
    incidents = [harmed("a", "2025-10-31T23:50", "2025-11-01T00:10")]
    found = budget(incidents, made, fiscal)
    assert (found.window.period.start, found.window.period.end) == (
        date(2025, 8, 1),
        date(2025, 11, 1),
    )
    assert used(found) == [("a", 10)]


def test_an_incident_is_split_where_the_month_ends_in_the_sites_zone():
    # Midnight in Berlin is 22:00 UTC in summer.
    incidents = [harmed("a", "2025-08-31T21:40", "2025-08-31T22:30", 0.5)]
    made = settings(MONTH, zone="Europe/Berlin")
    budgets = Budgets(incidents, made)
    august, september = budgets.within(budgets.pledges[0], quarter(2025, 9))
    assert (used(august), used(september)) == ([("a", 10)], [("a", 15)])


def test_an_hour_that_clocks_leave_out_is_not_counted():
    # 30 March 2025 in Berlin: 01:30 to 03:30 by the clock on the wall is one hour.
    zone = ZoneInfo("Europe/Berlin")
    times = (datetime(2025, 3, 30, hour, 30, tzinfo=zone) for hour in (1, 3))
    told = AffectedService("checkout", *map(Moment, times), 1.0)
    incident = report("a", "2025-03-30T00:30", impact=Impact(services=(told,)))
    found = budget([incident], settings(MONTH, zone="Europe/Berlin"), quarter(2025, 3))
    assert used(found) == [("a", 60)]


def test_a_service_has_a_budget_for_the_days_that_it_is_in_use():
    # 16 to 30 September: 15 days × 1.44.
    made = settings(MONTH, since=date(2025, 9, 16))
    incidents = [
        harmed("before", "2025-09-10T10:00", "2025-09-10T10:10"),
        harmed("after", "2025-09-20T10:00", "2025-09-20T10:03"),
    ]
    found = budget(incidents, made, quarter(2025, 9))
    assert (found.minutes, found.clipped, used(found)) == (Fraction("21.6"), True, [("after", 3)])


def test_a_retired_service_has_one_up_to_its_last_day():
    made = settings(MONTH, retired=date(2025, 8, 15))
    incidents = [harmed("a", "2025-08-15T23:50", "2025-08-16T00:20")]
    budgets = Budgets(incidents, made)
    (august,) = budgets.within(budgets.pledges[0], quarter(2025, 9))
    assert (august.minutes, used(august)) == (Fraction("21.6"), [("a", 10)])
    assert not august.in_progress
    assert [b.window.period.name for b in budgets.latest(budgets.pledges[0], 12)] == ["2025-08"]


def test_only_a_share_of_requests_has_a_budget():
    limit = Pledge(Service("checkout", "Checkout"), Objective("latency", 300, "month"))
    budgets = Budgets([harmed("a", "2025-09-10T10:00", "2025-09-10T10:10")], settings(MONTH))
    assert not limit.has_budget
    assert budgets.within(limit, quarter(2025, 9)) == ()


def test_where_nothing_may_fail_a_minute_is_over_and_there_is_no_share():
    made = settings(Objective("availability", 100, "month"))
    found = budget([harmed("a", "2025-09-10T10:00", "2025-09-10T10:01")], made, quarter(2025, 9))
    assert (found.minutes, found.share, found.over, found.remaining) == (0, None, True, -1)
    untouched = budget(
        [harmed("a", "2025-09-10T10:00", "2025-09-10T10:00")], made, quarter(2025, 9)
    )
    assert not untouched.over


def test_the_worst_rolling_window_is_told():
    made = settings(Objective("availability", 99.9, "7d"))
    incidents = [
        harmed("a", "2025-08-01T10:00", "2025-08-01T10:10"),
        harmed("b", "2025-08-06T10:00", "2025-08-06T10:20"),
        harmed("c", "2025-09-29T10:00", "2025-09-29T10:05"),
    ]
    budgets = Budgets(incidents, made)
    worst = budgets.worst(budgets.pledges[0], quarter(2025, 9))
    # The first seven days that hold both a and b end on 6 August.
    assert (worst.window.until, worst.used) == (date(2025, 8, 6), 30)
    assert worst.share == 30 / Fraction("10.08")
    (last,) = budgets.within(budgets.pledges[0], quarter(2025, 9))
    assert used(last) == [("c", 5)]


def test_the_worst_window_may_begin_before_the_period_and_calendar_windows_have_none():
    made = settings(Objective("availability", 99.9, "7d"), MONTH)
    budgets = Budgets([harmed("a", "2025-06-29T10:00", "2025-06-29T10:10")], made)
    worst = budgets.worst(budgets.pledges[0], quarter(2025, 9))
    assert worst.window.until == date(2025, 7, 1)
    assert budgets.worst(budgets.pledges[1], quarter(2025, 9)) is None
    assert budgets.worst(budgets.pledges[0], quarter(2025, 12)) is None


def test_the_last_windows_do_not_overlap():
    made = settings(FOUR_WEEKS, QUARTER, as_of=date(2025, 9, 30))
    budgets = Budgets([harmed("a", "2025-01-10T10:00", "2025-01-10T10:10")], made)
    ends = [found.window.until for found in budgets.latest(budgets.pledges[0], 3)]
    assert ends == [date(2025, 9, 30), date(2025, 9, 2), date(2025, 8, 5)]
    names = [found.window.period.name for found in budgets.latest(budgets.pledges[1], 12)]
    assert names == ["2025-q3", "2025-q2", "2025-q1"]


@given(
    st.integers(631_152_000, 2_840_140_800),  # 1990 to 2060
    st.sampled_from(["UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia"]),
)
def test_an_instant_is_in_the_day_that_a_calendar_says(seconds, name):
    zone = ZoneInfo(name)
    day = day_at(timedelta(seconds=seconds), zone)
    assert day == datetime.fromtimestamp(seconds, zone).date()
    assert begins(day, zone) <= timedelta(seconds=seconds)


def test_windows_keep_to_the_calendar_there_is():
    assert rolling("999999d", date(2025, 1, 1)).period.start == date(1, 1, 1)
    nothing = Period(PeriodKind.QUARTER, "2027-q1", "", date(2027, 1, 1), date(2027, 4, 1))
    assert windows_in("month", nothing, date(2026, 1, 1), 1) == ()


# The 20 % rules


def test_an_incident_over_a_fifth_of_four_weeks_is_named():
    # 28 days × 1.44 = 40.32 minutes, of which a fifth is 8.064.
    incidents = [
        harmed("over", "2025-09-01T10:00", "2025-09-01T10:09"),
        harmed("under", "2025-09-02T10:00", "2025-09-02T10:08"),
        harmed("split", "2025-09-30T23:55", "2025-10-01T00:05"),
    ]
    budgets = Budgets(incidents, settings(MONTH))
    found = heavy_incidents(budgets, incidents)
    assert [heavy.report.id for heavy in found] == ["split", "over"]
    assert found[1].share == 9 / Fraction("40.32")
    assert [h.report.id for h in heavy_incidents(budgets, incidents[1:2])] == []


def test_an_incident_of_months_is_held_to_its_worst_four_weeks():
    incident = harmed("a", "2025-07-01T00:00", "2025-09-01T00:00", 0.0002)
    budgets = Budgets([incident], settings(MONTH))
    # 0.0002 of 28 days is 8.064 minutes: a fifth to the second, and not over.
    assert heavy_incidents(budgets, [incident]) == ()


def test_where_nothing_may_fail_every_incident_is_over():
    incident = harmed("a", "2025-09-01T10:00", "2025-09-01T10:01")
    budgets = Budgets([incident], settings(Objective("availability", 100, "month")))
    (heavy,) = heavy_incidents(budgets, [incident])
    assert heavy.share is None


def test_a_root_cause_over_a_fifth_of_a_quarter_is_named():
    # 92 days × 1.44 = 132.48 minutes, of which a fifth is 26.496.
    cause = Cause("saturation")
    incidents = [
        harmed("a", "2025-07-01T10:00", "2025-07-01T10:14", root_cause=cause),
        harmed("b", "2025-08-01T10:00", "2025-08-01T10:13", root_cause=cause),
        harmed("c", "2025-09-01T10:00", "2025-09-01T10:26", root_cause=Cause("process")),
        harmed("d", "2025-09-02T10:00", "2025-09-02T10:50"),
    ]
    (heavy,) = heavy_causes(Budgets(incidents, settings(MONTH)), quarter(2025, 9))
    assert (heavy.cause, heavy.minutes) == ("saturation", 27)
    assert heavy.share == 27 / Fraction("132.48")


# What a report states


def stated(percent, window="month", service="checkout", start="2025-11-14T09:03", minutes=29):
    end = moment(start).at + timedelta(minutes=minutes)
    told = (StatedBudget(percent, service, window),)
    return harmed("a", start, end.isoformat(), 0.4, stated_budgets=told)


@pytest.mark.parametrize(
    ("percent", "contradicts"),
    [
        (27, False),  # 29 × 0.4 of 43.2 minutes is 26.85 %
        (32, False),  # over a sixth off, and 5.1 points
        (33, True),
        (21, True),
        (22, False),
    ],
)
def test_a_stated_share_is_compared_with_what_the_incident_comes_to(percent, contradicts):
    (found,) = stated_shares(stated(percent), settings(MONTH))
    assert float(found.share) == pytest.approx(0.268518, abs=1e-6)
    assert found.contradicts is contradicts


def test_small_shares_may_differ_by_points():
    (found,) = stated_shares(stated(5, minutes=1), settings(MONTH))
    assert not found.contradicts  # 0.9 %


@pytest.mark.parametrize("window", ["28d", "28 days", "28-day", "4 weeks", "four weeks"])
def test_a_window_may_be_written_as_people_write_it(window):
    (found,) = stated_shares(stated(29, window), settings(MONTH, FOUR_WEEKS))
    if window == "four weeks":
        assert found.silence is Silence.OBJECTIVE
    else:
        assert found.budget.pledge.objective is FOUR_WEEKS
        assert found.budget.window.until == date(2025, 11, 14)


def test_over_the_end_of_a_month_the_closer_window_is_meant():
    told = stated(18, start="2025-10-31T23:40", minutes=40)
    (found,) = stated_shares(told, settings(MONTH))
    assert found.budget.window.period.name in {"2025-10", "2025-11"}
    assert found.share == Fraction(8) / Fraction("44.64")


@pytest.mark.parametrize(
    ("told", "slo", "silence"),
    [
        (stated(27, "quarter"), MONTH, Silence.OBJECTIVE),
        (stated(27), Objective("latency", 300, "month"), Silence.OBJECTIVE),
        (stated(27, service=None), Objective("a", 100, "month"), Silence.ZERO),
        (report("a", stated_budgets=(StatedBudget(27),)), MONTH, Silence.SERVICE),
        (
            report("a", services=("checkout",), stated_budgets=(StatedBudget(27),)),
            MONTH,
            Silence.TIMES,
        ),
    ],
)
def test_what_cannot_be_compared_says_why(told, slo, silence):
    (found,) = stated_shares(told, settings(slo))
    assert (found.silence, found.contradicts) == (silence, False)


def test_what_is_assumed_contradicts_nothing():
    told = report(
        "a",
        "2025-11-14T09:00",
        resolved="2025-11-14T10:00",
        services=("checkout",),
        stated_budgets=(StatedBudget(10),),
    )
    (found,) = stated_shares(told, settings(MONTH))
    assert (found.assumed, found.contradicts) == (True, False)


def test_a_contradiction_is_a_warning_at_its_place():
    told = stated(60)
    problems = build([told], settings(MONTH)).problems
    (problem,) = problems
    assert (problem.rule, problem.level) == ("stated-budget", Level.WARNING)
    assert problem.place == Place(1)
    assert (problem.found, problem.expected) == ("60 %", "27 %")


def test_a_drill_uses_no_budget():
    drill = harmed("a", "2025-09-01T10:00", "2025-09-01T11:00", kind="drill")
    incident = harmed("b", "2025-09-02T10:00", "2025-09-02T10:01")
    archive = build([drill, incident], settings(MONTH))
    (found,) = archive.budgets.within(archive.budgets.pledges[0], quarter(2025, 9))
    assert used(found) == [("b", 1)]


def test_what_is_not_counted_is_listed_by_period():
    incidents = [
        report("a", "2025-09-01T10:00", services=("Checkout",)),
        report("b", "2025-10-01T10:00", services=("Checkout",)),
    ]
    (found,) = Budgets(incidents, settings(MONTH)).uncounted("checkout", quarter(2025, 9))
    assert (found.report.id, found.reason) == ("a", Reason.END)
