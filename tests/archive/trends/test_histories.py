"""The history of a service, a cause or a trigger."""

from datetime import date

import pytest
from scipy import stats

from archive.examples import relation, report
from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.trends.histories import history
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Service, Vocabulary

AS_OF = date(2025, 12, 31)


def told(*reports, **service):
    """Return the archive of some reports about a service, and the service's group."""
    services = Vocabulary((Service("web", "Web", **service), Service("db", "Database")))
    settings = ArchiveSettings(as_of=AS_OF, reading=ReadingSettings(services=services))
    archive = build(reports, settings)
    return archive.service("web"), archive


def on(day, id_=None, services=("web",), **facts):
    return report(id_ or f"r{day}", f"{day}T10:00", services=services, **facts)


def test_an_archive_watches_a_service_from_its_first_incident_on():
    found = history(*told(on("2025-01-01", services=("db",)), on("2025-03-01")))
    assert (found.first, found.last) == (date(2025, 1, 1), AS_OF)
    assert (found.rate.n, found.rate.exposure) == (1, 365)
    assert found.mtbf.value == 365


def test_a_service_is_watched_while_it_is_in_use():
    reports = on("2024-01-01", services=("db",)), on("2025-05-01")
    found = history(*told(*reports, since=date(2025, 4, 1), retired=date(2025, 6, 30)))
    assert (found.first, found.last) == (date(2025, 4, 1), date(2025, 6, 30))
    assert found.rate.exposure == 91


def test_a_report_is_believed_before_the_dates_of_its_service():
    reports = on("2025-01-01"), on("2025-08-01")
    found = history(*told(*reports, since=date(2025, 3, 1), retired=date(2025, 7, 1)))
    assert (found.first, found.last) == (date(2025, 1, 1), date(2025, 8, 1))
    assert (found.opening.id, found.rate.n, found.mtbf.n) == ("r2025-01-01", 1, 1)


def test_a_service_that_was_harmed_before_it_was_in_use_is_watched_from_then_on():
    """That incident begins the watch, as the archive's first one does, and is not counted."""
    reports = on("2025-01-01", services=("db",)), on("2025-02-01"), on("2025-08-01")
    found = history(*told(*reports, since=date(2025, 3, 1)))
    assert (found.first, found.opening.id, found.rate.n) == (date(2025, 2, 1), "r2025-02-01", 1)
    later = history(*told(*reports, since=date(2025, 1, 15)))
    assert (later.first, later.opening, later.rate.n) == (date(2025, 1, 15), None, 2)


def test_a_service_that_was_gone_before_the_archive_has_no_history():
    assert history(*told(on("2025-01-01", services=("db",)), retired=date(2024, 1, 1))) is None


def test_a_group_without_an_incident_has_a_lower_bound_alone():
    found = history(*told(on("2025-01-01", services=("db",))))
    assert (found.mtbf.value, found.mtbf.high) == (None, None)
    assert found.mtbf.low == pytest.approx(2 * 365 / stats.chi2.ppf(0.95, 2))
    assert found.clocks == ()


def test_a_recurrence_within_a_week_counts_once():
    back = on("2025-02-05", "again", related=(relation("first", "recurrence_of"),))
    late = on("2025-03-05", "later", related=(relation("first", "recurrence_of"),))
    found = history(*told(on("2025-02-01", "first"), back, late))
    assert (len(found.incidents), found.folded, found.rate.n) == (3, 1, 1)
    assert found.opening.id == "first"
    assert [one.report.id for one in found.recurrences] == ["again", "later"]


def test_quarters_are_rates_over_the_days_that_were_watched():
    found = history(*told(on("2025-02-10"), on("2025-05-02"), on("2025-05-03")))
    assert [(one.period.name, one.rate.n, one.rate.exposure) for one in found.quarters] == [
        ("2025-q1", 0, 50),
        ("2025-q2", 2, 91),
        ("2025-q3", 0, 92),
        ("2025-q4", 0, 92),
    ]


def test_a_quarter_watched_for_less_than_half_is_left_out():
    found = history(*told(on("2025-03-20"), on("2025-05-02")))
    assert found.quarters[0].period.name == "2025-q2"


def test_clocks_have_quantiles_where_there_are_enough():
    few = [
        on(f"2025-01-0{n}", mitigated=f"2025-01-0{n}T10:{10 + n}", resolved=f"2025-01-0{n}T11:00")
        for n in range(1, 5)
    ]
    clocks = history(*told(*few)).clocks
    assert [one.clock.name for one in clocks] == ["ttm", "ttr"]
    assert [one.minutes for one in clocks[0].timed] == [11, 12, 13, 14]
    assert clocks[0].median is None
    fifth = on("2025-01-05", mitigated="2025-01-05T10:15")
    clock = history(*told(*few, fifth)).clocks[0]
    assert (clock.median.value, clock.median.low, clock.median.high) == (13, 11, 15)


def test_reports_of_another_kind_are_no_part_of_it():
    drill = on("2025-06-01", "drill", kind="drill")
    group, archive = told(on("2025-01-01"), drill)
    assert isinstance(group, Group)
    assert [one.id for one in history(group, archive).incidents] == ["r2025-01-01"]
