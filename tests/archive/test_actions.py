"""What was open on a day: by days alone, so that the past is told as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive.actions import (
    Ledger,
    numbered,
    open_actions,
    open_on,
    opened,
    was_open,
)
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action

from .examples import report, text

ON = date(2025, 6, 30)


def action(status="open", name="x", **days):
    told = {key: date.fromisoformat(day) for key, day in days.items()}
    return Action(text(name), Place(9), status, **told)


def of(*actions, **facts):
    return numbered([report("a", "2025-01-10", actions=actions, **facts)])


@pytest.mark.parametrize(
    ("days", "published", "first"),
    [
        ({"opened": "2025-02-01"}, "2025-01-20", "2025-02-01"),
        ({}, "2025-01-20", "2025-01-20"),
        ({}, None, "2025-01-10"),
        # Done before the report came out.
        ({"closed": "2025-01-12"}, "2025-01-20", "2025-01-12"),
        ({"closed": "2025-03-01"}, "2025-01-20", "2025-01-20"),
    ],
)
def test_the_day_an_action_was_opened(days, published, first):
    made = report("a", "2025-01-10", published=date.fromisoformat(published) if published else None)
    assert opened(made, action(**days)) == date.fromisoformat(first)


def test_an_action_of_a_report_without_a_day_was_opened_on_none():
    assert opened(report("a"), action()) is None
    assert opened(report("a"), action("done", closed="2025-01-01")) is None


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (action(), True),
        (action("in_progress"), True),
        (action("done", closed="2025-07-01"), True),
        (action("done", closed="2025-06-30"), False),
        (action("not_doing", closed="2025-07-01"), True),
        (action("open", closed="2025-07-01"), True),
        (action("open", closed="2025-06-30"), None),
        (action("done"), None),
        (action("not_doing"), None),
    ],
)
def test_whether_an_action_was_open(made, told):
    assert was_open(made, ON) is told


def test_what_was_closed_later_was_open_then():
    items = of(
        action(name="still open", opened="2025-06-30", due="2025-06-01"),
        action("done", name="closed later", closed="2025-07-01", due="2025-06-29"),
        action("done", name="closed before", closed="2025-06-30"),
        action("done", name="closed some day"),
        action(name="opened later", opened="2025-07-01"),
        action(name="without a due date"),
    )
    found = open_on(items, ON)
    assert [(item.action.text.plain, item.overdue) for item in found] == [
        ("still open", 29),
        ("closed later", 1),
        ("without a due date", 0),
    ]
    assert [item.number for item in found] == [1, 2, 6]


def test_the_list_of_today_takes_each_report_at_its_word():
    items = of(action(opened="2026-01-01"), action("done", closed="2026-01-01"))
    assert [item.number for item in open_actions(items, ON)] == [1]


def test_an_action_due_on_a_day_is_not_overdue_on_it():
    (item,) = open_on(of(action(due="2025-06-30")), ON)
    assert item.overdue == 0


DAYS = st.none() | st.dates(date(2025, 1, 1), date(2025, 3, 31))
ACTIONS = st.builds(
    lambda status, opened, due, closed: Action(
        text("x"), Place(9), status, opened=opened, due=due, closed=closed
    ),
    st.sampled_from(["open", "in_progress", "done", "not_doing"]),
    DAYS,
    DAYS | st.just(date.max),
    DAYS,
)


@given(st.lists(ACTIONS, max_size=12), st.dates(date(2024, 12, 30), date(2025, 4, 2)))
def test_the_ledger_counts_what_the_list_holds(actions, on):
    items = (*of(*actions), *numbered([report("undated", actions=tuple(actions))]))
    listed = open_on(items, on)
    ledger = Ledger(items)
    assert ledger.open(on) == len(listed)
    assert ledger.overdue(on) == sum(1 for item in listed if item.overdue)
