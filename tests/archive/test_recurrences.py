"""What came back, with which promises open, and the chains that it makes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive import build
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action

from .examples import SETTINGS, relation, report, text


def again(*ids):
    return tuple(relation(id_, "recurrence_of") for id_ in ids)


def promise(words, status="open", opened="2025-01-10", closed=None):
    days = {"opened": opened, "closed": closed}
    told = {name: date.fromisoformat(day) for name, day in days.items() if day}
    return Action(text(words), Place(30), status, **told)


def recurrence(earlier, **later):
    """Return the recurrence that 2025-03-12 is of a report with these actions."""
    a = report("a", "2025-01-05T10:00", actions=tuple(earlier))
    b = report("b", later.pop("started", "2025-03-12T08:00"), related=again("a"), **later)
    (found,) = build([a, b], SETTINGS).recurrences
    return found


def promises(found):
    return [(open_.action.text.plain, open_.days) for open_ in found.open_actions]


def told(archive):
    return [(found.report.id, found.earlier.id) for found in archive.recurrences]


def members(archive):
    return [[member.id for member in chain.members] for chain in archive.chains]


def test_a_recurrence_names_the_promise_that_was_open_and_for_how_long():
    found = recurrence([promise("raise the pool limit", opened="2025-01-10")])
    assert (found.report.id, found.earlier.id, found.days) == ("b", "a", 66)
    # 21 days of January, 28 of February and 12 of March.
    assert promises(found) == [("raise the pool limit", 61)]
    assert [(open_.report.id, open_.number) for open_ in found.open_actions] == [("a", 1)]


@pytest.mark.parametrize(
    ("status", "opened", "closed", "claimed"),
    [
        ("open", "2025-01-10", None, True),
        ("in_progress", "2025-01-10", None, True),
        ("open", "2025-03-11", None, True),
        ("open", "2025-03-12", None, False),
        ("open", "2025-03-13", None, False),
        ("open", "2025-01-10", "2025-02-01", False),
        ("done", "2025-01-10", "2025-03-13", True),
        ("done", "2025-01-10", "2025-03-12", False),
        ("done", "2025-01-10", "2025-03-11", False),
        ("done", "2025-01-10", None, False),
        ("not_doing", "2025-01-10", "2025-03-13", True),
        ("not_doing", "2025-01-10", "2025-03-11", False),
        ("not_doing", "2025-01-10", None, False),
    ],
)
def test_a_promise_is_claimed_to_have_been_open_only_where_its_days_say_so(
    status, opened, closed, claimed
):
    found = recurrence([promise("p", status, opened, closed)])
    assert bool(found.open_actions) is claimed


@pytest.mark.parametrize(
    ("closed", "given_up"), [(None, True), ("2025-03-12", True), ("2025-03-13", False)]
)
def test_a_promise_that_was_given_up_is_told_unless_that_came_later(closed, given_up):
    found = recurrence([promise("p", "not_doing", closed=closed), promise("q", "done")])
    assert [dropped.action.text.plain for dropped in found.dropped] == ["p"] * given_up


def test_a_promise_without_a_day_of_its_own_was_made_when_its_report_was_published():
    made = promise("p", opened=None)
    a = report("a", "2025-01-05T10:00", actions=(made,), published=date(2025, 3, 2))
    b = report("b", "2025-03-12T08:00", related=again("a"))
    (found,) = build([a, b], SETTINGS).recurrences
    assert promises(found) == [("p", 10)]
    (found,) = build([replace(a, published=None), b], SETTINGS).recurrences
    assert promises(found) == [("p", 66)]


def test_nothing_is_claimed_of_a_recurrence_without_a_day():
    found = recurrence([promise("p"), promise("q", "not_doing")], started=None)
    assert (found.open_actions, found.dropped, found.days) == ((), (), None)


def test_promises_of_the_whole_history_count_the_oldest_first():
    a = report("a", "2025-01-05T10:00", actions=(promise("of a"),))
    b = report("b", "2025-02-05T10:00", related=again("a"), actions=(promise("of b"),))
    c = report("c", "2025-03-12T08:00", related=again("b"), actions=(promise("of c"),))
    second, third = build([c, b, a], SETTINGS).recurrences
    assert promises(second) == [("of a", 26)]
    assert promises(third) == [("of a", 61), ("of b", 61)]


def test_an_earlier_recurrence_of_the_same_incident_belongs_to_the_history():
    a = report("a", "2025-01-05T10:00")
    b = report("b", "2025-02-05T10:00", related=again("a"), actions=(promise("of b"),))
    c = report("c", "2025-03-12T08:00", related=again("a"), actions=(promise("of c"),))
    second, third = build([a, b, c], SETTINGS).recurrences
    assert promises(second) == []
    assert promises(third) == [("of b", 61)]


def test_a_stranger_that_a_later_incident_joins_is_no_part_of_the_history():
    """`d` came back from both `a` and `x`, and that says nothing of `b` before it."""
    a = report("a", "2025-01-05T10:00")
    x = report("x", "2025-01-06T10:00", actions=(promise("of x"),))
    b = report("b", "2025-03-12T08:00", related=again("a"))
    d = report("d", "2025-04-12T08:00", related=again("a", "x"))
    archive = build([a, x, b, d], SETTINGS)
    assert told(archive) == [("b", "a"), ("d", "x")]
    assert [[r.id for r in found.also] for found in archive.recurrences] == [[], ["a"]]
    assert [promises(found) for found in archive.recurrences] == [[], [("of x", 92)]]
    assert members(archive) == [["a", "x", "b", "d"]]


def test_a_chain_is_in_the_order_of_time_and_each_member_knows_it():
    reports = [
        report("c", "2025-03-12T08:00", related=again("b")),
        report("b", "2025-02-05T10:00", related=again("a")),
        report("a", "2025-01-05T10:00"),
        report("alone", "2025-01-06T10:00"),
    ]
    archive = build(reports, SETTINGS)
    assert members(archive) == [["a", "b", "c"]]
    (chain,) = archive.chains
    assert chain.first.id == "a"
    assert [archive.chain(r) is chain for r in archive.reports] == [True, False, True, True]


def test_no_incident_comes_back_before_it_happened():
    a = report("a", "2025-01-05T10:00", related=again("b"), actions=(promise("p"),))
    b = report("b", "2025-03-12T08:00")
    archive = build([a, b], SETTINGS)
    assert (told(archive), members(archive)) == ([], [["a", "b"]])


def test_of_reports_that_are_each_others_recurrence_time_decides():
    a = report("a", "2025-01-05T10:00", related=again("b"))
    b = report("b", "2025-03-12T08:00", related=again("a"))
    assert told(build([a, b], SETTINGS)) == [("b", "a")]


def test_on_one_day_the_author_decides_which_came_first():
    a = report("a", related=again("b"), date=date(2025, 1, 5))
    b = report("b", date=date(2025, 1, 5))
    assert told(build([a, b], SETTINGS)) == [("a", "b")]


def test_of_a_ring_without_days_the_archives_order_decides():
    a, b, c = report("a", related=again("b")), report("b", related=again("c")), report("c")
    archive = build([a, b, replace(c, related=again("a"))], SETTINGS)
    assert told(archive) == [("b", "c"), ("c", "a")]
    assert members(archive) == [["a", "b", "c"]]


def test_what_is_not_published_is_no_part_of_a_chain():
    a = report("a", "2025-01-05T10:00", visibility="RED", actions=(promise("p"),))
    b = report("b", "2025-03-12T08:00", related=again("a"))
    archive = build([a, b], SETTINGS)
    assert (archive.recurrences, archive.chains, archive.chain(b)) == ((), (), None)


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16),
    st.lists(st.none() | st.integers(1, 3), min_size=8, max_size=8),
    st.randoms(use_true_random=False),
)
def test_recurrences_never_run_in_a_circle_and_do_not_depend_on_the_order(pairs, days, random):
    reports = [
        report(
            str(number),
            f"2025-01-0{on}T10:00" if on else None,
            related=again(*(str(end) for start, end in pairs if start == number)),
        )
        for number, on in enumerate(days)
    ]
    archive = build(reports, SETTINGS)
    earlier = {
        found.report.id: {found.earlier.id, *(r.id for r in found.also)}
        for found in archive.recurrences
    }
    settled: set[str] = set()
    while ready := [id_ for id_ in earlier if earlier[id_] & earlier.keys() <= settled]:
        settled.update(ready)
        earlier = {id_: found for id_, found in earlier.items() if id_ not in settled}
    assert earlier == {}
    random.shuffle(reports)
    other = build(reports, SETTINGS)
    assert (told(other), members(other)) == (told(archive), members(archive))
