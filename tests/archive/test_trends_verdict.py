"""What a period comes to: what happened, what was left, and what is spent."""

from dataclasses import replace
from datetime import date

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import period_named
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.archive.trends.verdict import DEFINITIONS, Promised, figures, verdict
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action
from postmortem_archive.report.vocabulary import Objective, Service, Vocabulary

from .examples import SETTINGS, relation, report, text

Q1 = period_named("2025-q1")
LATE = date(2026, 1, 30)


def action(status="open", **told):
    return Action(text("Do it"), Place(5), status, **told)


def test_action_items_are_those_of_the_periods_incidents():
    made = build(
        [
            report("a", "2025-01-02T10:00", actions=(action(due=LATE), action("done"))),
            report("b", "2025-02-02T10:00", actions=(action(due=SETTINGS.as_of),)),
            report("drill", "2025-02-03T10:00", kind="drill", actions=(action(due=LATE),)),
            report("later", "2025-04-02T10:00", actions=(action(due=LATE),)),
        ],
        SETTINGS,
    )
    assert verdict(made, Q1).promised == Promised(total=3, open=2, overdue=1)


def test_what_came_back_is_told_with_the_promises_that_were_open_then():
    made = build(
        [
            report("first", "2025-01-02T10:00", actions=(action(opened=date(2025, 1, 3)),)),
            report("again", "2025-02-02T10:00", related=(relation("first", "recurrence_of"),)),
        ],
        SETTINGS,
    )
    facts = verdict(made, Q1)
    assert [one.report.id for one in facts.came_back] == ["again"]
    told = {figure.name: figure.value for figure in figures(facts)}
    assert (told["came_back"], told["came_back_unmended"]) == (1, 1)


def test_the_budget_that_was_used_most_is_named_and_those_overspent_ahead():
    """99.9 % of January's 44,640 minutes leaves 44.64; 50 min is over it, 20 min is not."""
    slos = (Objective("availability", 99.9, "month"),)
    services = Vocabulary((Service("a", "A", slos=slos), Service("b", "B", slos=slos)))
    settings = replace(SETTINGS, reading=replace(SETTINGS.reading, services=services))
    made = build(
        [
            report("x", "2025-01-02T10:00", resolved="2025-01-02T10:50", services=("a",)),
            report("y", "2025-01-03T10:00", resolved="2025-01-03T10:20", services=("b",)),
        ],
        settings,
    )
    facts = verdict(made, Q1)
    assert [budget.pledge.service.name for budget in facts.overspent] == ["a"]
    assert facts.most is facts.overspent[0]
    assert facts.budgets == 6


def test_nothing_is_told_of_periods_before_the_first_incident_or_to_come():
    made = build([report("a", "2025-01-02T10:00")], SETTINGS)
    assert verdict(made, period_named("2024-q4")) is None
    assert verdict(made, period_named("2026-q2")) is None
    assert verdict(made, period_named("2025-q2")).n == 0
    assert verdict(made, Trends(made).whole).n == 1


def test_a_median_takes_five_incidents():
    reports = [report(str(n), f"2025-01-0{n}T10:00") for n in range(1, 6)]
    assert not verdict(build(reports[:4], SETTINGS), Q1).measured
    assert verdict(build(reports, SETTINGS), Q1).measured


def test_every_figure_is_defined():
    made = build([report("a", "2025-01-02T10:00")], SETTINGS)
    assert {figure.name for figure in figures(verdict(made, Q1))} == set(DEFINITIONS) - {
        "budgets_overspent"
    }
