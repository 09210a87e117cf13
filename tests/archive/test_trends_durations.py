"""The clocks and phases of a period, with the quantiles of the four quarters that end with it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from statistics import fmean

import pytest

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.durations import DEFINITIONS, durations, figures
from postmortem_archive.archive.trends.windows import window
from postmortem_archive.report.record import Detection

from .examples import AS_OF, SETTINGS, report

Q3 = period_of(PeriodKind.QUARTER, date(2025, 9, 1))
ALL = Period(PeriodKind.ALL, "all", "All time", date(2024, 1, 1), date(2026, 2, 1))


def lasted(id_, minutes, started="2025-08-01T10:00", **facts):
    """Return an incident that was resolved so many minutes after it started."""
    end = datetime.fromisoformat(started) + timedelta(minutes=minutes)
    return report(id_, started, resolved=end.isoformat(timespec="minutes"), **facts)


def found(*reports, period=Q3, settings=SETTINGS):
    return durations(build(reports, settings), period)


def sample(facts, name):
    return next(sample for clock, sample in facts.clocks if clock.name == name)


def test_a_quarter_shows_its_own_incidents_over_the_quantiles_of_four_quarters():
    spread = [lasted(f"s{n}", n, f"2025-0{1 + n % 6}-01T10:00") for n in range(1, 7)]
    facts = found(*spread, lasted("a", 60), lasted("b", 7))
    ttr = sample(facts, "ttr")
    assert [(each.report.id, each.minutes) for each in ttr.measured] == [("a", 60), ("b", 7)]
    # 1 2 3 4 5 6 7 60: the median is 4.5, and of eight values the 2nd and the 7th enclose it with
    # 1 - 2 (1 + 8) / 256 = 93%.
    median = ttr.median
    assert (median.value, median.low, median.high, median.n) == (4.5, 2, 7, 8)
    assert ttr.n == 8
    assert ttr.p90 is None


def test_an_incident_before_the_four_quarters_is_in_no_quantile():
    inside = [lasted(f"i{n}", n, "2024-10-01T10:00") for n in range(1, 5)]
    outside = lasted("o", 9, "2024-09-30T10:00")
    assert sample(found(*inside, outside, lasted("a", 60)), "ttr").n == 5
    assert sample(found(*inside, outside, lasted("a", 60)), "ttr").median.value == 3


def test_under_five_incidents_have_dots_and_no_median():
    ttr = sample(found(*(lasted(str(n), n) for n in range(1, 5))), "ttr")
    assert len(ttr.measured) == 4
    assert (ttr.median, ttr.p90) == (None, None)


def test_ninetieth_percentiles_begin_with_29_incidents():
    reports = [lasted(f"r{n:02}", n) for n in range(1, 30)]
    assert sample(found(*reports[:28]), "ttr").p90 is None
    assert sample(found(*reports), "ttr").p90.value == pytest.approx(26.2)


def test_what_lacks_a_clock_is_counted():
    facts = found(lasted("a", 60), report("b", "2025-08-02T10:00"), report("c", "2025-08-03"))
    assert (len(sample(facts, "ttr").measured), sample(facts, "ttr").missing) == (1, 2)
    assert (len(sample(facts, "ttd").measured), sample(facts, "ttd").missing) == (0, 3)


def test_only_incidents_count():
    facts = found(lasted("a", 60), lasted("d", 5, kind="drill"))
    assert sample(facts, "ttr").n == 1


def test_an_incident_that_was_caught_before_harm_has_a_clock_of_nought():
    facts = found(report("a", "2025-08-01T10:00", detected="2025-08-01T09:50"))
    assert sample(facts, "ttd").measured[0].minutes == 0


@pytest.mark.parametrize(
    "reports", [(), (report("a", "2025-08-01T10:00"),), (lasted("a", 5, "2025-01-01T10:00"),)]
)
def test_without_a_duration_there_is_nothing_to_tell(reports):
    assert found(*reports) is None


def test_phases_come_with_the_longest_incident_first():
    facts = found(
        lasted("short", 10),
        lasted("long", 90, detected="2025-08-01T10:30"),
        report("none", "2025-08-01T10:00"),
    )
    assert [each.report.id for each in facts.phased] == ["long", "short"]
    assert [phase.name for phase in facts.phased[0].phases] == [
        "undetected",
        "unacknowledged_and_mitigating_and_restoring",
    ]
    assert facts.phased[0].whole == timedelta(minutes=90)
    assert facts.unphased == 1


def detected(id_, minutes, source):
    at = datetime.fromisoformat("2025-08-01T10:00") + timedelta(minutes=minutes)
    told = Detection(source) if source else None
    return report(
        id_, "2025-08-01T10:00", detected=at.isoformat(timespec="minutes"), detection=told
    )


def test_time_to_detect_is_told_by_source():
    facts = found(
        *(detected(f"a{n}", n, "alert") for n in range(1, 6)),
        detected("c", 90, "customer_report"),
        detected("x", 7, None),
    )
    assert [(name, len(each.measured)) for name, each in facts.sources] == [
        ("alert", 5),
        ("customer_report", 1),
        (None, 1),
    ]
    assert facts.sources[0][1].median.value == 3
    assert facts.sources[1][1].median is None


def test_a_mean_is_told_only_to_those_who_ask():
    reports = [lasted("a", 10), lasted("b", 20), lasted("c", 600)]
    assert sample(found(*reports), "ttr").mean is None
    asked = found(*reports, settings=replace(SETTINGS, show_mean=True))
    assert sample(asked, "ttr").mean == fmean([10, 20, 600]) == 210
    assert sample(asked, "ttd").mean is None
    means = [figure for figure in figures(asked) if figure.name == "clock_mean"]
    assert [(each.of, each.value, each.n) for each in means] == [("TTR", 210, 3)]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Q3, "2024-10-01", "2025-10-01"),
        (period_of(PeriodKind.YEAR, date(2025, 1, 1)), "2025-01-01", "2026-01-01"),
        (period_of(PeriodKind.MONTH, date(2025, 2, 1)), "2024-03-01", "2025-03-01"),
        # In progress: it ends on the day that the archive speaks of.
        (period_of(PeriodKind.QUARTER, date(2026, 1, 1)), "2025-02-01", "2026-02-01"),
        (ALL, "2024-01-01", "2026-02-01"),
    ],
)
def test_the_window_of_a_period(period, start, end):
    found = window(period, AS_OF)
    assert (found.start, found.end) == (date.fromisoformat(start), date.fromisoformat(end))


def test_a_window_ends_on_a_leap_day_too():
    month = period_of(PeriodKind.MONTH, date(2024, 2, 1))
    assert window(month, date(2024, 2, 28)).start == date(2023, 2, 28)


def test_every_number_is_a_figure_with_a_definition():
    facts = found(
        *(detected(f"a{n}", n, "alert") for n in range(1, 6)),
        lasted("r", 42),
    )
    told = figures(facts)
    assert {figure.name for figure in told} <= DEFINITIONS.keys()
    by_name = {(figure.name, figure.of): figure for figure in told}
    assert len(by_name) == len(told)
    ttd = by_name["clock_median", "TTD"]
    assert (ttd.value, ttd.low, ttd.high, ttd.n, ttd.unit) == (3, 1, 5, 5, "minutes")
    assert ttd.note == "the 12 months to 30 September 2025"
    assert by_name["clock_told", "TTR"].value == 1
    assert by_name["clock_missing", "TTR"].value == 5
    assert by_name["clock_median", "TTR"].value is None
    assert by_name["clock", "TTR of r"].value == 42
    assert by_name["phase", "undetected_and_unacknowledged_and_mitigating_and_restoring of r"]


def test_of_very_many_incidents_the_latest_are_figures():
    facts = found(*(lasted(f"r{n:03}", 10 + n) for n in range(203)))
    clocks = [figure for figure in figures(facts) if figure.name == "clock"]
    phases = [figure for figure in figures(facts) if figure.name == "phase"]
    assert len(clocks) == len(phases) == 100
    assert clocks[0].of == "TTR of r103"
    assert phases[-1].value == 113
