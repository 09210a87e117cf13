"""Who noticed the incidents of a period, and which were mitigated in time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from scipy.stats import binomtest

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.detection import DEFINITIONS, detection, figures
from postmortem_archive.report.record import Detection

from .examples import SETTINGS, report

Q3 = period_of(PeriodKind.QUARTER, date(2025, 9, 1))
ALL = Period(PeriodKind.ALL, "all", "All time", date(2024, 1, 1), date(2026, 2, 1))


def noticed(id_, source, started="2025-08-01T10:00", ttm=None, **facts):
    told = {"detection": Detection(source)} if source else {}
    if ttm is not None:
        end = datetime.fromisoformat(started) + timedelta(minutes=ttm)
        told["mitigated"] = end.isoformat(timespec="minutes")
    return report(id_, started, **told, **facts)


def found(*reports, period=Q3, settings=SETTINGS):
    return detection(build(reports, settings), period)


def test_sources_are_counted_in_the_period_and_around_it():
    facts = found(
        noticed("a", "alert"),
        noticed("b", "customer_report"),
        noticed("c", "alert"),
        noticed("old", "staff_observation", "2025-01-01T10:00"),
        noticed("older", "alert", "2024-01-01T10:00"),
    )
    assert dict(facts.here.sources) == {"alert": 2, "customer_report": 1}
    assert dict(facts.trailing.sources) == {
        "alert": 2,
        "customer_report": 1,
        "staff_observation": 1,
    }


def test_alerts_and_staff_are_ourselves():
    facts = found(
        *(noticed(f"a{n}", "alert") for n in range(4)),
        noticed("s", "staff_observation"),
        noticed("c", "customer_report"),
        noticed("t", "third_party"),
        noticed("r", "security_report"),
    )
    ours = facts.here.ourselves
    assert (ours.k, ours.n) == (5, 8)
    exact = binomtest(5, 8).proportion_ci(0.9, method="exact")
    assert (ours.low, ours.high) == pytest.approx((exact.low, exact.high))


def test_what_nobody_knows_or_tells_is_in_no_share():
    facts = found(noticed("a", "alert"), noticed("u", "unknown"), noticed("n", None))
    assert (facts.here.ourselves.k, facts.here.ourselves.n) == (1, 1)
    assert (facts.here.unknown, facts.here.untold, facts.here.incidents) == (1, 1, 3)
    assert "unknown" not in facts.here.sources


def test_a_source_told_by_its_person_alone_is_not_told():
    facts = found(noticed("a", "alert"), report("b", "2025-08-01", detection=Detection(None, "Al")))
    assert facts.here.untold == 1


@pytest.mark.parametrize(("within", "expected"), [(29, 0), (30, 1), (31, 2), (600, 3)])
def test_the_end_of_the_time_to_mitigate_counts_as_within(within, expected):
    reports = [noticed("a", None, ttm=30), noticed("b", None, ttm=31), noticed("c", None, ttm=120)]
    facts = found(
        *reports, noticed("d", "alert"), settings=replace(SETTINGS, mitigate_within=within)
    )
    assert (facts.here.in_time.k, facts.here.in_time.n) == (expected, 3)
    assert facts.within == within


def test_a_period_as_long_as_its_window_has_nothing_beside_it():
    year = period_of(PeriodKind.YEAR, date(2025, 1, 1))
    assert found(noticed("a", "alert"), period=year).trailing is None
    assert found(noticed("a", "alert"), period=ALL).trailing is None


def test_only_incidents_count():
    assert found(noticed("a", "alert"), noticed("d", "alert", kind="drill")).here.incidents == 1


@pytest.mark.parametrize("reports", [(), (noticed("a", None),)])
def test_without_a_source_and_a_clock_there_is_nothing_to_tell(reports):
    assert found(*reports) is None


def test_every_number_is_a_figure_with_a_definition():
    facts = found(
        noticed("a", "alert", ttm=12),
        noticed("u", "unknown"),
        noticed("old", "customer_report", "2025-01-01T10:00"),
    )
    told = figures(facts)
    assert {figure.name for figure in told} <= DEFINITIONS.keys()
    by_name = {(figure.name, figure.of): figure for figure in told}
    assert len(by_name) == len(told)
    ours = by_name["detected_by_ourselves", ""]
    assert (ours.value, ours.n, ours.low, ours.high) == (1, 1, pytest.approx(0.05), 1)
    assert by_name["detected_by_ourselves_trailing", ""].value == 0.5
    assert by_name["detected_by", "unknown"].value == 1
    assert by_name["detected_by", "not told"].value == 0
    assert by_name["mitigated_within", "30 minutes"].value == 1
    assert by_name["detected_by_trailing", "customer_report"].note.startswith("the 12 months")


def test_a_share_of_nothing_has_no_value():
    told = {figure.name: figure for figure in figures(found(noticed("u", "unknown")))}
    assert told["detected_by_ourselves"].value is None
    assert told["detected_by_ourselves"].n == 0
