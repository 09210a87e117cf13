"""What the reports of a period leave out."""

from dataclasses import replace
from datetime import date

import pytest

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.quality import DEFINITIONS, figures, quality
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Action, Cause, Detection

from .examples import SETTINGS, report, text

Q3 = period_of(PeriodKind.QUARTER, date(2025, 9, 1))

WHOLE = {
    "severity": "SEV2",
    "detection": Detection("alert"),
    "trigger": Cause("config_push"),
    "root_cause": Cause("saturation"),
    "services": ("checkout",),
    "actions": (Action(text("Raise the limit"), Place(30)),),
}
TIMES = {
    "detected": "2025-07-01T10:05",
    "acknowledged": "2025-07-01T10:06",
    "mitigated": "2025-07-01T10:30",
    "resolved": "2025-07-01T11:00",
}


def found(*reports, period=Q3):
    return quality(build(reports, SETTINGS), period)


def lacking(facts):
    """Return the ids behind each fact that somebody lacks: missing, then told vaguely."""
    return {
        fact.name: ([r.id for r in fact.missing], [r.id for r in fact.vague])
        for fact in facts.facts
        if fact.told < fact.n
    }


def test_a_report_that_tells_all():
    facts = found(report("a", "2025-07-01T10:00", **TIMES, **WHOLE))
    assert lacking(facts) == {}
    assert (facts.incidents, facts.complete) == (1, 1)


def test_what_each_report_lacks():
    whole = report("a", "2025-07-01T10:00", **TIMES, **WHOLE)
    bare = report("b", "2025-08-01")
    vague = replace(
        report("c", "2025-09-30T10:00", **{**TIMES, "detected": "2025-09-30"}, **WHOLE),
        trigger=Cause("unknown"),
        root_cause=Cause("indeterminate"),
        detection=Detection(None),
    )
    facts = found(whole, bare, vague)
    assert lacking(facts) == {
        "started": ([], ["b"]),
        "detected": (["b"], ["c"]),
        "acknowledged": (["b"], []),
        "mitigated": (["b"], []),
        "resolved": (["b"], []),
        "severity": (["b"], []),
        "detection": (["b", "c"], []),
        "trigger": (["b"], ["c"]),
        "root_cause": (["b"], ["c"]),
        "services": (["b"], []),
        "actions": (["b"], []),
    }
    assert (facts.incidents, facts.complete) == (3, 1)


def test_only_incidents_of_the_period_are_looked_through():
    facts = found(
        report("before", "2025-06-30T23:59"),
        report("drill", "2025-07-02T10:00", kind="drill"),
        report("after", "2025-10-01T00:00"),
    )
    assert facts.incidents == 0
    assert [r.id for r in facts.left_out["drill"]] == ["drill"]
    assert found(report("before", "2025-06-30T23:59")) is None


def test_reports_that_may_still_change_are_of_any_kind():
    facts = found(
        report("a", "2025-07-01", status="draft"),
        report("b", "2025-07-02", status="in_review", kind="near_miss"),
        report("c", "2025-07-03", status="reviewed"),
    )
    assert {name: [r.id for r in told] for name, told in facts.unfinished.items()} == {
        "draft": ["a"],
        "in_review": ["b"],
    }


@pytest.mark.parametrize(
    ("rule", "contradicts"),
    [("stated-figure", True), ("disagreement", True), ("impossible-order", True),
     ("published-late", False)],
)  # fmt: skip
def test_a_contradiction_is_a_problem_of_some_rules(rule, contradicts):
    problem = Problem("2025/a.md", Place(3), Level.WARNING, rule, "no")
    facts = found(report("a", "2025-07-01", problems=(problem,)))
    assert bool(facts.contradicting) is contradicts


def test_guesses_of_an_import_are_told():
    facts = found(report("a", "2025-07-01", unconfirmed=("severity",)), report("b", "2025-07-01"))
    assert [r.id for r in facts.unconfirmed] == ["a"]


def test_a_report_without_a_day_is_known_of_all_time_alone():
    undated, dated = report("u"), report("a", "2025-07-01")
    whole = Trends(build([undated, dated], SETTINGS)).whole
    assert [r.id for r in found(undated, dated, period=whole).undated] == ["u"]
    assert found(undated, dated).undated == ()


def test_a_period_to_come_has_nothing_to_tell():
    later = Period(PeriodKind.SPAN, "later", "Later", date(2027, 1, 1), date(2028, 1, 1))
    assert found(report("a", "2027-02-01"), period=later) is None


def test_every_figure_has_a_definition_and_speaks_of_n():
    told = figures(found(report("a", "2025-07-01T10:00", detected="2025-07-01", status="draft")))
    assert {figure.name for figure in told} == DEFINITIONS.keys()
    values = {(figure.name, figure.of): (figure.value, figure.n) for figure in told}
    assert values["facts_told", "started"] == (1, 1)
    assert values["facts_vague", "detected"] == (1, 1)
    assert values["facts_missing", "detected"] == (0, 1)
    assert values["unfinished_reports", "draft"] == (1, None)
    assert values["complete_reports", ""] == (0, 1)


def test_reports_after_the_day_that_the_archive_speaks_of_are_told_of_all_time():
    as_of = SETTINGS.as_of
    known, later = report("a", "2025-07-01"), report("z", f"{as_of.year + 1}-01-01")
    today = report("t", as_of.isoformat())
    whole = Trends(build([known, today, later], SETTINGS)).whole
    assert [r.id for r in found(known, today, later, period=whole).later] == ["z"]
    assert found(known, today, later).later == ()
