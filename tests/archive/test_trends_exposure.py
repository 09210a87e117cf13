"""Service-days."""

from datetime import date

import pytest

from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.archive.trends.exposure import Exposure, exposure
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Service, Term, Vocabulary

AS_OF = date(2026, 1, 31)


def held(*terms, start=date(2025, 1, 1), end=date(2025, 4, 1)):
    reading = ReadingSettings(services=Vocabulary(terms))
    return exposure(ArchiveSettings(as_of=AS_OF, reading=reading), start, end)


def test_without_services_each_day_counts_once():
    assert held() == Exposure(90, None, 90)


@pytest.mark.parametrize(
    ("service", "days"),
    [
        (Service("a", "A"), 90),
        (Term("a", "A"), 90),
        (Service("a", "A", since=date(2025, 3, 31)), 1),
        (Service("a", "A", retired=date(2025, 1, 1)), 1),
        (Service("a", "A", since=date(2025, 1, 31), retired=date(2025, 2, 1)), 2),
        (Service("a", "A", since=date(2025, 1, 1), retired=date(2025, 3, 31)), 90),
        (Service("a", "A", retired=date.max), 90),
    ],
)
def test_a_service_counts_on_the_days_that_it_was_in_use(service, days):
    assert held(service) == Exposure(90, 1, days)


@pytest.mark.parametrize(
    "service",
    [
        Service("a", "A", since=date(2025, 4, 1)),
        Service("a", "A", retired=date(2024, 12, 31)),
        Service("a", "A", since=date(2020, 1, 1), retired=date(2024, 5, 1)),
    ],
)
def test_a_service_that_was_not_in_use_takes_no_days_from_others(service):
    assert held(service) == Exposure(90, 0, 0)
    assert held(service, Service("b", "B")) == Exposure(90, 1, 90)


def test_a_leap_day_is_a_day():
    assert held(start=date(2024, 1, 1), end=date(2024, 4, 1)).total == 91


def test_no_days_are_no_exposure():
    assert held(Service("a", "A"), start=date(2025, 1, 2), end=date(2025, 1, 1)).total == 0
