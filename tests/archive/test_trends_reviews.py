"""Reviews due, held and missed, and how long reports took to come out."""

from dataclasses import replace
from datetime import date

import pytest
from scipy.stats import binomtest

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.reviews import DEFINITIONS, figures, reviews
from postmortem_archive.report.record import FollowUp

from .examples import SETTINGS, report

Q3 = period_of(PeriodKind.QUARTER, date(2025, 9, 1))


def on(text):
    return date.fromisoformat(text) if text else None


def follow_up(id_, due=None, done=None, next_review=None):
    made = FollowUp(on(due), on(done)) if due or done else None
    return report(id_, "2025-01-10", follow_up=made, next_review=on(next_review))


def found(*reports, period=Q3, settings=SETTINGS):
    return reviews(build(reports, settings), period)


@pytest.mark.parametrize(
    ("due", "done", "state"),
    [
        ("2025-07-01", "2025-07-01", "held"),
        ("2025-07-01", "2025-09-30", "held"),
        # Held before the quarter, and after it.
        ("2025-07-01", "2025-06-01", "held"),
        ("2025-07-01", "2025-10-01", "missed"),
        ("2025-09-29", None, "missed"),
        # On its own day a review is not missed yet.
        ("2025-09-30", None, "to_come"),
    ],
)
def test_what_had_become_of_a_review_at_the_end(due, done, state):
    (review,) = found(follow_up("a", due, done)).due
    assert review.state.value == state
    assert review.done == on(done)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2025-08-14", "to_come"), ("2025-08-15", "to_come"), ("2025-08-16", "missed")],
)
def test_in_a_period_in_progress_the_archives_day_decides(as_of, state):
    settings = replace(SETTINGS, as_of=on(as_of))
    (review,) = found(follow_up("a", "2025-08-15"), settings=settings).due
    assert review.state.value == state


def test_a_next_review_that_has_passed_is_neither_held_nor_missed():
    facts = found(
        follow_up("a", next_review="2025-09-29"), follow_up("b", next_review="2025-09-30")
    )
    assert [(r.report.id, r.state.value) for r in facts.due] == [("a", "untold"), ("b", "to_come")]


def test_only_reviews_due_in_the_period_are_told_and_those_held_in_it():
    facts = found(
        follow_up("before", "2025-06-30", "2025-07-02"),
        follow_up("in", "2025-08-01", "2025-10-02"),
        follow_up("after", "2025-10-01", "2025-09-30"),
        follow_up("never due", None, "2025-08-08"),
    )
    assert [review.report.id for review in facts.due] == ["in"]
    assert {held.id for held in facts.held} == {"before", "after", "never due"}


def test_nothing_is_told_of_a_period_without_reviews_or_reports():
    later = Period(PeriodKind.SPAN, "later", "Later", date(2027, 1, 1), date(2028, 1, 1))
    assert found(follow_up("a", "2025-10-01")) is None
    assert found(follow_up("a", "2027-10-01"), period=later) is None


def incident(id_, started, published=None, **facts):
    return report(id_, started, published=on(published), **facts)


def test_publication_is_counted_from_recovery():
    facts = found(
        incident("a", "2025-07-01T10:00", "2025-07-15", resolved="2025-07-01T12:00"),
        incident("b", "2025-07-01T10:00", "2025-07-16", resolved="2025-07-01T12:00"),
        incident("c", "2025-07-01T10:00", "2025-07-16", resolved="2025-07-02T00:30"),
        incident("d", "2025-07-01", "2025-06-30"),
        incident("e", "2025-07-01", "2025-07-31", kind="drill"),
        incident("f", "2025-06-30", "2025-07-31"),
        incident("g", "2025-07-01"),
    )
    assert sorted((one.report.id, one.days) for one in facts.published) == [
        ("a", 14),
        ("b", 15),
        ("c", 14),
        ("d", -1),
    ]
    assert [one.report.id for one in facts.late] == ["b"]
    exact = binomtest(1, 4).proportion_ci(0.9, "exact")
    assert (facts.late_share.low, facts.late_share.high) == pytest.approx(tuple(exact))
    assert facts.took is None


def test_the_median_needs_five():
    made = [
        incident(f"r{n}", "2025-07-01", f"2025-07-{day:02}")
        for n, day in enumerate((1, 3, 5, 20, 31))
    ]
    took = found(*made).took
    assert (took.value, took.low, took.high, took.n) == (4, 0, 30, 5)


def test_what_is_not_published_is_late_after_the_limit():
    settings = replace(SETTINGS, as_of=date(2025, 8, 15))
    facts = found(
        incident("a", "2025-08-01", status="draft"),
        incident("b", "2025-07-31", status="in_review"),
        incident("c", "2025-07-01", status="closed"),
        settings=settings,
    )
    assert sorted(one.report.id for one in facts.unpublished) == ["a", "b"]
    assert [(one.report.id, one.days) for one in facts.awaited] == [("b", 15)]


def test_every_figure_has_a_definition():
    made = [incident(f"r{n}", "2025-07-01", "2025-07-20") for n in range(5)]
    told = figures(found(*made, follow_up("a", "2025-08-01")))
    assert {figure.name for figure in told} == DEFINITIONS.keys()
    values = {figure.name: figure.value for figure in told}
    assert values["reviews_missed"] == 1
    assert values["publication_days"] == 19
    assert values["reports_published_late"] == 1
    few = {figure.name: figure for figure in figures(found(made[0]))}
    assert few["publication_days"].value is None
