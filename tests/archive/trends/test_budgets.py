"""What a period tells of error budgets, and as which figures."""

from dataclasses import replace
from datetime import date

import pytest

from archive.examples import moment, report
from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.budgets import DEFINITIONS, budgets, figures
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report.record import AffectedService, Cause, Impact, StatedBudget
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Objective, Service, Vocabulary

SLOS = (
    Objective("availability", 99.9, "month"),
    Objective("latency", 99, "28d"),
    Objective("p95", 300, "month"),
)
SERVICES = Vocabulary((Service("checkout", "Checkout", slos=SLOS), Service("search", "Search")))
SETTINGS = ArchiveSettings(as_of=date(2026, 1, 31), reading=ReadingSettings(services=SERVICES))
Q3 = period_of(PeriodKind.QUARTER, date(2025, 9, 1))


def harmed(id_, start, end, fraction=1.0, **facts):
    part = AffectedService("checkout", moment(start), moment(end), fraction)
    facts = {"services": ("checkout",), "impact": Impact(services=(part,)), **facts}
    return report(id_, start, **facts)


INCIDENTS = [
    harmed("a", "2025-07-10T10:00", "2025-07-10T10:30", 0.5, root_cause=Cause("saturation")),
    harmed("b", "2025-09-10T10:00", "2025-09-10T10:50", root_cause=Cause("saturation")),
    report("c", "2025-08-10T10:00", services=("checkout",)),
    report("d", "2025-08-11T10:00", resolved="2025-08-11T10:05", services=("checkout",)),
]


def archive(*incidents, **settings):
    return build(incidents or INCIDENTS, replace(SETTINGS, **settings))


def by_name(found, name):
    return {figure.of: figure for figure in figures(found) if figure.name == name}


def test_a_quarter_has_the_windows_of_each_objective():
    found = budgets(archive(), Q3)
    assert [
        (kept.pledge.objective.name, [budget.window.period.name for budget in kept.budgets])
        for kept in found.kept
    ] == [
        ("availability", ["2025-07", "2025-08", "2025-09"]),
        ("latency", ["2025-09-30-28d"]),
    ]
    assert [pledge.objective.name for pledge in found.untold] == ["p95"]
    assert [(service.name, item.report.id) for service, item in found.uncounted] == [
        ("checkout", "c")
    ]


def test_every_figure_of_a_window_is_handed_on():
    found = budgets(archive(), Q3)
    of = "checkout availability 2025-09"
    values = {
        name: by_name(found, name)[of].value
        for name in ("budget_allowed", "budget_used", "budget_left", "budget_used_share")
    }
    # 30 days × 1440 × 0.001 = 43.2 minutes, of which 50 are used.
    assert values == {
        "budget_allowed": pytest.approx(43.2),
        "budget_used": 50,
        "budget_left": pytest.approx(-6.8),
        "budget_used_share": pytest.approx(115.7407, abs=1e-4),
    }
    assert by_name(found, "budget_used")[of].n == 1
    assumed = by_name(found, "budget_used")["checkout availability 2025-08"]
    assert (assumed.value, assumed.note) == (5, "of which 5 minutes are assumed")


def test_the_rules_are_told_with_their_shares():
    found = budgets(archive(), Q3)
    # 50 and 15 of 40.32 minutes; 65 of 132.48.
    assert {
        of: round(figure.value, 2) for of, figure in by_name(found, "four_weeks_share").items()
    } == {
        "b checkout availability": 124.01,
        "a checkout availability": 37.2,
    }
    (cause,) = by_name(found, "cause_quarter_share").values()
    assert (cause.of, round(cause.value, 2), cause.n) == (
        "saturation checkout availability 2025-q3",
        49.06,
        2,
    )


def test_the_worst_rolling_window_is_told_beside_the_last():
    found = budgets(archive(), Q3)
    (worst,) = by_name(found, "worst_window_share").values()
    # 50 of 403.2 minutes, first on the day of the incident.
    assert (worst.of, round(worst.value, 2)) == ("checkout latency 2025-09-10-28d", 12.4)


def test_a_stated_share_stands_beside_the_computed():
    told = harmed(
        "e",
        "2025-08-01T10:00",
        "2025-08-01T10:10",
        stated_budgets=(StatedBudget(90, "checkout", "month"),),
    )
    found = budgets(archive(told), Q3)
    (stated,) = by_name(found, "stated_share").values()
    (computed,) = by_name(found, "computed_share").values()
    assert (stated.of, stated.value) == ("e checkout month", 90)
    assert computed.value == pytest.approx(1000 / 44.64)
    assert found.stated[0].contradicts


def test_a_year_has_all_its_windows_and_one_rolling_window_a_month():
    year = period_of(PeriodKind.YEAR, date(2025, 9, 1))
    found = budgets(archive(), year)
    assert [month.name for month in found.months][:2] == ["2025-01", "2025-02"]
    monthly, rolling = (kept.budgets for kept in found.kept)
    # The records begin in July.
    assert [budget.window.period.name for budget in monthly] == [
        f"2025-{month:02}" for month in range(7, 13)
    ]
    assert [budget.window.until.isoformat() for budget in rolling][-2:] == [
        "2025-11-30",
        "2025-12-31",
    ]
    assert {heavy.budget.window.period.name for heavy in found.causes} == {"2025-q3"}


def test_a_year_in_progress_ends_with_as_of():
    year = period_of(PeriodKind.YEAR, date(2025, 9, 1))
    found = budgets(archive(as_of=date(2025, 9, 15)), year)
    monthly, rolling = (kept.budgets for kept in found.kept)
    assert monthly[-1].in_progress
    assert rolling[-1].window.until == date(2025, 9, 15)


def test_all_time_names_no_incidents_that_its_years_name():
    made = archive()
    found = budgets(made, Trends(made).whole)
    assert (found.incidents, found.causes) == ((), ())
    assert found.kept


def test_a_quarter_before_the_first_incident_and_one_to_come_have_nothing_to_tell():
    assert budgets(archive(), period_of(PeriodKind.QUARTER, date(2025, 5, 1))) is None
    assert budgets(archive(), period_of(PeriodKind.QUARTER, date(2027, 5, 1))) is None


def test_without_objectives_there_is_nothing_to_tell():
    reading = ReadingSettings(services=Vocabulary((Service("checkout", "Checkout"),)))
    assert budgets(build(INCIDENTS, replace(SETTINGS, reading=reading)), Q3) is None


def test_a_span_that_begins_within_a_month_has_the_windows_that_end_in_it():
    span = Period(PeriodKind.SPAN, "s", "S", date(2025, 7, 15), date(2025, 9, 16))
    found = budgets(archive(), span)
    assert [(b.window.period.name, b.in_progress) for b in found.kept[0].budgets] == [
        ("2025-07", False),
        ("2025-08", False),
        ("2025-09", True),
    ]
    assert found.causes == ()


def test_every_figure_has_its_definition():
    told = harmed("e", "2025-08-01T10:00", "2025-08-01T10:10", stated_budgets=(StatedBudget(9),))
    found = budgets(archive(*INCIDENTS, told), Q3)
    assert {figure.name for figure in figures(found)} == set(DEFINITIONS)
