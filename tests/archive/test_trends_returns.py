"""What came back in a period."""

from dataclasses import replace
from datetime import date

import pytest
from scipy.stats import beta

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import PeriodKind, period_of
from postmortem_archive.archive.trends.returns import DEFINITIONS, figures, returns
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action

from .examples import SETTINGS, relation, report, text

Q1 = period_of(PeriodKind.QUARTER, date(2025, 1, 1))
Q2 = period_of(PeriodKind.QUARTER, date(2025, 4, 1))


def again(*ids):
    return tuple(relation(id_, "recurrence_of") for id_ in ids)


def promise(status="open", closed=None):
    return Action(text("p"), Place(9), status, opened=date(2025, 1, 10), closed=closed)


REPORTS = (
    report("a", "2025-01-05T10:00", actions=(promise(), promise("not_doing"))),
    report("b", "2025-04-05T10:00", related=again("a")),
    report("c", "2025-05-05T10:00", related=again("b")),
    report("d", "2025-05-06T10:00"),
    report("e", "2025-06-06T10:00", related=again("d")),
    report("drill", "2025-06-07T10:00", kind="drill", related=again("a")),
    report("late", "2026-02-07T10:00", related=again("a")),
)
ARCHIVE = build(REPORTS, SETTINGS)


def test_a_period_tells_what_came_back_in_it_and_which_histories_grew():
    """The drill is no incident, and the last report is of a day after the archive's."""
    facts = returns(ARCHIVE, Q2)
    assert facts.incidents == 4
    assert [found.report.id for found in facts.recurrences] == ["b", "c", "e"]
    assert [chain.first.id for chain in facts.chains] == ["a", "d"]
    assert (facts.under_promise, facts.after_dropping) == (2, 2)


def test_a_period_in_which_nothing_came_back_says_so():
    facts = returns(ARCHIVE, Q1)
    assert (facts.incidents, facts.recurrences, facts.chains) == (1, (), ())
    assert facts.share.value == 0


@pytest.mark.parametrize(
    "archive",
    [build([], SETTINGS), build([replace(found, related=()) for found in REPORTS], SETTINGS)],
    ids=["no report", "no recurrence"],
)
def test_without_incidents_or_without_any_recurrence_nothing_is_told(archive):
    assert returns(archive, Q2) is None


def test_a_period_without_incidents_tells_nothing():
    assert returns(ARCHIVE, period_of(PeriodKind.QUARTER, date(2025, 7, 1))) is None


def test_the_figures_of_a_period():
    found = figures(returns(ARCHIVE, Q2))
    values = {(figure.name, figure.of): figure.value for figure in found}
    assert values == {
        ("recurrences", ""): 3,
        ("recurrence_share", ""): 0.75,
        ("recurrences_under_promise", ""): 2,
        ("recurrences_after_dropping", ""): 2,
        ("histories_grown", ""): 2,
        ("recurrence_time", "b"): 2,
        ("recurrence_gap", "b"): 90,
        ("promise_open", "b: action 1 of a"): 85,
        ("recurrence_time", "c"): 3,
        ("recurrence_gap", "c"): 30,
        ("promise_open", "c: action 1 of a"): 115,
        ("recurrence_time", "e"): 2,
        ("recurrence_gap", "e"): 31,
    }
    (share,) = [figure for figure in found if figure.name == "recurrence_share"]
    assert share.n == 4
    assert share.low == pytest.approx(beta.ppf(0.05, 3, 2))
    assert share.high == pytest.approx(beta.ppf(0.95, 4, 1))
    assert {figure.name for figure in found} == DEFINITIONS.keys() - {"cluster_members"}


def test_the_members_of_a_cluster_are_a_figure_by_its_name():
    alike = [
        report(name, f"2025-{month:02}-01T10:00", related=(relation("x", "same_cause"),))
        for month, name in ((1, "w"), (2, "x"), (5, "y"), (6, "z"))
    ]
    told = returns(build(alike, SETTINGS), Q2)
    (joined,) = told.clusters
    assert [found.id for found in joined.members] == ["y", "z"]
    assert [found.id for found in joined.before] == ["w", "x"]
    (figure,) = [figure for figure in figures(told) if figure.name == "cluster_members"]
    assert (figure.of, figure.value) == (joined.cluster.name, 2)
