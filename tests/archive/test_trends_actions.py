"""What was promised in a period, and what was kept of it, against counts by hand."""

from dataclasses import replace
from datetime import date

import pytest
from scipy.stats import binomtest

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.actions import DEFINITIONS, actions, figures
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action

from .examples import SETTINGS, report, text

Q3 = period_of(PeriodKind.QUARTER, date(2025, 9, 1))


def action(name, status="open", **told):
    days = {
        key: date.fromisoformat(told.pop(key)) for key in ("opened", "due", "closed") if key in told
    }
    return Action(text(name), Place(9), status, **days, **told)


def found(*made, period=Q3, settings=SETTINGS):
    return actions(build([report("a", "2025-01-10", actions=made)], settings), period)


def names(items):
    return [item.action.text.plain for item in items]


LEDGER = (
    action("old", opened="2025-02-01", due="2025-05-01"),
    action("first day", "done", opened="2025-07-01", due="2025-08-01", closed="2025-08-01"),
    action("last day", opened="2025-09-30"),
    action("late", "done", opened="2025-07-02", due="2025-08-01", closed="2025-08-02"),
    action("after", "done", opened="2025-07-03", due="2025-09-29", closed="2025-10-01"),
    action("next", opened="2025-10-01"),
    action("dropped", "not_doing", opened="2025-06-01", closed="2025-07-01", reason="no money"),
    action("given up some day", "not_doing", opened="2025-07-05"),
    action("given up before", "not_doing", opened="2025-06-05"),
    action("done some day", "done", opened="2025-09-01"),
    action("closed before", "done", opened="2025-06-01", closed="2025-06-30"),
)


def test_what_happened_in_the_period_and_what_was_open_at_its_end():
    facts = found(*LEDGER)
    assert names(facts.opened) == [
        "first day",
        "last day",
        "late",
        "after",
        "given up some day",
        "done some day",
    ]
    assert names(facts.closed) == ["first day", "late"]
    assert names(facts.dropped) == ["dropped", "given up some day"]
    assert names(facts.open) == ["old", "after", "last day"]
    assert names(facts.overdue) == ["old", "after"]
    assert [item.overdue for item in facts.overdue] == [152, 1]
    assert facts.ended_some_day == 3


def test_ages_are_counted_to_the_end_of_the_period():
    facts = found(*LEDGER)
    assert facts.ages == (241, 89, 0)
    assert facts.age is None
    assert facts.oldest.action.text.plain == "old"


def test_the_median_age_needs_five():
    """1 to 31 August is 60 to 30 days before the end of September."""
    facts = found(*(action(f"{n}", opened=f"2025-08-{n:02}") for n in (1, 5, 9, 20, 31)))
    assert (facts.age.value, facts.age.low, facts.age.high, facts.age.n) == (52, 30, 60, 5)


def test_in_time_is_on_the_due_date_or_before():
    facts = found(*LEDGER, action("never due", "done", opened="2025-07-01", closed="2025-07-02"))
    assert names(facts.late) == ["late"]
    exact = binomtest(1, 2).proportion_ci(0.9, "exact")
    told = facts.on_time
    assert (told.k, told.n, told.low, told.high) == (1, 2, *map(pytest.approx, exact))


def test_what_became_of_the_opened_is_told_by_their_state_today():
    (kept,) = found(*LEDGER).kept
    assert (kept.opened, kept.done, kept.open, kept.dropped) == (6, 4, 1, 1)


def test_completion_by_priority_and_horizon():
    facts = found(
        action("a", "done", opened="2025-07-01", priority="P2", horizon="short"),
        action("b", opened="2025-07-01", priority="p2", horizon="long"),
        action("c", "done", opened="2025-07-01", priority="P1", horizon="short"),
        action("d", opened="2025-07-01"),
    )
    assert [(kept.of, kept.name, kept.done, kept.opened) for kept in facts.kept] == [
        ("", None, 2, 4),
        ("priority", "P1", 1, 1),
        ("priority", "P2", 1, 2),
        ("priority", None, 0, 1),
        ("horizon", "short", 2, 2),
        ("horizon", "long", 0, 1),
        ("horizon", None, 0, 1),
    ]


def test_rare_priorities_are_counted_together():
    made = [action(f"{n}", opened="2025-07-01", priority=f"kind {n}") for n in range(12)]
    rows = [kept for kept in found(*made).kept if kept.of == "priority"]
    assert len(rows) == 9
    assert sum(kept.opened for kept in rows) == 12
    assert (rows[-1].name, rows[-1].opened) == ("(any other)", 4)


def test_a_period_in_progress_ends_on_the_archives_day():
    settings = replace(SETTINGS, as_of=date(2025, 8, 15))
    made = (
        action("due", opened="2025-07-01", due="2025-08-14"),
        action("later", opened="2025-08-16"),
        action("closed later", "done", opened="2025-08-01", closed="2025-08-16"),
    )
    facts = found(*made, settings=settings)
    assert facts.on == date(2025, 8, 15)
    assert names(facts.open) == ["due", "closed later"]
    assert names(facts.overdue) == ["due"]
    assert names(facts.opened) == ["due", "closed later"]
    assert facts.closed == ()


def test_what_has_ended_by_now_is_not_open_today():
    today = replace(SETTINGS, as_of=date(2025, 9, 30))
    some_day = action("some day", "done", opened="2025-07-01")
    assert found(some_day, settings=today).ended_some_day == 0
    assert found(some_day).ended_some_day == 1


def test_an_open_promise_is_told_in_a_quarter_without_an_incident():
    facts = found(action("old", opened="2025-02-01"))
    assert (facts.opened, names(facts.open), facts.kept) == ((), ["old"], ())


@pytest.mark.parametrize(
    "made",
    [(), (action("x", opened="2025-10-01"),), (action("x", "done", opened="2025-06-01"),)],
)
def test_nothing_is_told_where_nothing_was_open(made):
    assert found(*made) is None


def test_a_period_to_come_has_nothing_to_tell():
    later = Period(PeriodKind.SPAN, "later", "Later", date(2027, 1, 1), date(2028, 1, 1))
    assert found(*LEDGER, period=later) is None


def test_actions_of_every_kind_of_report_count():
    drill = report("d", "2025-07-01", kind="drill", actions=(action("x", opened="2025-07-02"),))
    assert names(actions(build([drill], SETTINGS), Q3).opened) == ["x"]


def standings(period, *made, settings=SETTINGS):
    facts = found(*made, period=period, settings=settings)
    return [(each.period.name, each.open, each.overdue) for each in facts.standings]


def test_the_balance_goes_back_eight_quarters_at_most():
    assert standings(Q3, *LEDGER) == [
        ("2025-q1", 1, 0),
        ("2025-q2", 2, 1),
        ("2025-q3", 3, 2),
    ]
    old = action("old", opened="2020-01-01")
    assert [name for name, *_ in standings(Q3, old)] == [
        "2023-q4", "2024-q1", "2024-q2", "2024-q3", "2024-q4", "2025-q1", "2025-q2", "2025-q3",
    ]  # fmt: skip


def test_the_balance_of_a_year_and_of_all_time_is_by_quarters():
    year = period_of(PeriodKind.YEAR, date(2025, 1, 1))
    assert [name for name, *_ in standings(year, *LEDGER)] == [
        "2025-q1", "2025-q2", "2025-q3", "2025-q4",
    ]  # fmt: skip
    archive = build([report("a", "2025-01-10", actions=LEDGER)], SETTINGS)
    whole = actions(archive, Trends(archive).whole)
    assert [each.period.name for each in whole.standings][-1] == "2026-q1"


def test_quarters_of_a_fiscal_year_are_those_of_the_site():
    settings = replace(SETTINGS, year_starts=2)
    archive = build([report("a", "2025-01-10", actions=LEDGER)], settings)
    whole = actions(archive, Trends(archive).whole)
    assert whole.standings[0].period.name == "fy2026-q1"


def test_every_figure_has_a_definition():
    told = figures(found(*LEDGER))
    assert {figure.name for figure in told} == DEFINITIONS.keys()
    values = {(figure.name, figure.of): figure.value for figure in told}
    assert values["actions_oldest_age", "a, action 1"] == 241
    assert values["actions_open_at", "Q2 2025"] == 2
    assert values["actions_overdue_at", "Q3 2025"] == 2
    assert values["actions_done", ""] == pytest.approx(4 / 6)
    assert values["actions_open_age", ""] is None
