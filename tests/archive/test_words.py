"""Decisions of a period and of those before it, with their state on the archive's day."""

from dataclasses import replace
from datetime import date

import pytest

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import PeriodKind, period_named
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.archive.trends.words import DEFINITIONS, figures, words
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action, Decided

from .examples import SETTINGS, report, text

OPEN = ("open", date(2026, 1, 21))


def archive(**decided):
    """Build an archive in which pages decide: each decision is a state and a due day."""
    pages = {
        period_named(name.replace("_", "-").removeprefix("p")): Decided(
            f"trends/{name}.md",
            tuple(Action(text(state), Place(3), state, due=due) for state, due in decisions),
        )
        for name, decisions in decided.items()
    }
    return build([report("a", "2025-02-01T10:00")], SETTINGS, decided=pages)


def told(made, name):
    facts = words(made, period_named(name))
    if facts is None:
        return None
    return {
        page.period.name: [d.action.status for d in page.decisions] for page in facts.earlier
    } | ({"own": [d.action.status for d in facts.own]} if facts.own else {})


def test_the_period_before_is_told_in_full_and_older_ones_as_far_as_they_are_open():
    done = ("done", None)
    made = archive(p2025_q2=[OPEN, done], p2025_q3=[OPEN, done], p2025_q4=[done])
    assert told(made, "2025-q4") == {
        "2025-q3": ["open", "done"],
        "2025-q2": ["open"],
        "own": ["done"],
    }
    assert told(made, "2025-q2") == {"own": ["open", "done"]}
    assert told(made, "2025-q1") is None


def test_a_year_tells_all_decisions_of_its_quarters_and_all_time_the_open_ones():
    done = ("done", None)
    made = archive(p2025_q1=[done], p2025=[OPEN], p2026_q1=[OPEN])
    assert told(made, "2025") == {"2025-q1": ["done"], "own": ["open"]}
    whole = Trends(made).whole
    assert whole.kind is PeriodKind.ALL
    assert [page.period.name for page in words(made, whole).earlier] == ["2025"]


def test_an_open_decision_is_overdue_by_the_days_since_its_day_and_a_done_one_never():
    made = archive(p2025_q4=[OPEN, ("done", date(2025, 1, 1)), ("open", SETTINGS.as_of)])
    facts = words(made, period_named("2025-q4"))
    assert [decision.overdue for decision in facts.own] == [10, 0, 0]


def test_every_figure_is_counted_and_defined():
    made = archive(
        p2025_q3=[("done", None)],
        p2025_q4=[OPEN, ("in_progress", None), ("done", None), ("not_doing", None)],
    )
    found = figures(words(made, period_named("2025-q4")))
    assert {(f.of, f.name): f.value for f in found} == {
        ("", "decisions"): 4,
        ("", "decisions_open"): 2,
        ("", "decisions_overdue"): 1,
        ("", "decisions_done"): 1,
        ("", "decisions_dropped"): 1,
        ("earlier", "decisions"): 1,
        ("earlier", "decisions_open"): 0,
        ("earlier", "decisions_overdue"): 0,
        ("earlier", "decisions_done"): 1,
        ("earlier", "decisions_dropped"): 0,
    }
    assert {figure.name for figure in found} == set(DEFINITIONS)


@pytest.mark.parametrize(
    ("visibility", "up_to", "shown"),
    [
        (None, "AMBER", True),
        (None, "CLEAR", False),
        ("CLEAR", "CLEAR", True),
        ("RED", "AMBER", False),
    ],
)
def test_a_page_is_for_those_that_a_report_of_its_label_is_for(visibility, up_to, shown):
    page = Decided("trends/2025-q1.md", (Action(text("x"), Place(1)),), visibility)
    settings = replace(SETTINGS, publish_up_to=up_to)
    made = build([], settings, decided={period_named("2025-q1"): page})
    assert bool(made.decided) is shown
    assert made.withheld_pages == (frozenset() if shown else {page.path})
    assert made.withheld == 0
