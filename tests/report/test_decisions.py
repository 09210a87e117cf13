"""Decisions are read from an author's page in the grammar of action items, with their places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report.decisions import read_decisions
from postmortem_archive.report.settings import ReadingSettings

PATH = "trends/2026-q2.md"


def decided(text: str, settings: ReadingSettings | None = None):
    return read_decisions(text, PATH, settings or ReadingSettings())


def told(text: str) -> list[tuple[object, ...]]:
    return [(d.text.plain, d.owner, d.due, d.status) for d in decided(text).decisions]


TABLE = """# A quiet quarter

Words.

## Decisions

| Decision | Owner | Due | State |
| --- | --- | --- | --- |
| Freeze flags in on-sale weeks | A. Moreau | 2026-08-01 | done |
| Drill the pooler twice a year | T. Okafor | 2026-09-15 | in progress |

## Afterwords

- Not a decision (A. Moreau, by 2026-08-01)
"""


def test_a_table_under_decisions_is_read_and_nothing_else():
    assert told(TABLE) == [
        ("Freeze flags in on-sale weeks", "A. Moreau", date(2026, 8, 1), "done"),
        ("Drill the pooler twice a year", "T. Okafor", date(2026, 9, 15), "in_progress"),
    ]
    assert [(d.place.line, d.place.column) for d in decided(TABLE).decisions] == [(9, 3), (10, 3)]
    assert decided(TABLE).problems == ()


def test_lists_and_checklists_are_read_with_owner_and_day_behind_them():
    text = "## Decisions\n\n- [x] Buy disks (T. Okafor, by 2026-08-01)\n"
    text += "- Wait — Ana — by 2026-09-02\n"
    assert told(text) == [
        ("Buy disks", "T. Okafor", date(2026, 8, 1), "done"),
        ("Wait", "Ana", date(2026, 9, 2), "open"),
    ]


@pytest.mark.parametrize("heading", ["Decision", "2. Decisions", "Entscheidungen", "Décisions"])
def test_the_heading_may_be_in_any_language_that_reports_are_read_in(heading):
    assert len(told(f"## {heading}\n\n- Buy disks\n")) == 1


def test_what_stands_below_the_heading_belongs_to_it_up_to_one_of_its_level():
    text = "## Decisions\n\n- One\n\n### On data\n\n- Two\n\n## Then\n\n- Three\n"
    assert [d.text.plain for d in decided(text).decisions] == ["One", "Two"]


def test_lines_count_from_the_top_of_the_file_with_its_front_matter():
    found = decided("---\ntitle: Q2\n---\n## Decisions\n\n- Buy disks\n")
    assert found.decisions[0].place.line == 6


def test_an_open_decision_without_owner_or_day_gets_a_hint_at_its_place():
    problems = decided("## Decisions\n\n- Buy disks\n- [x] Done with\n").problems
    assert [(p.rule, p.place.line, p.level) for p in problems] == [
        ("action-without-due", 3, "hint"),
        ("action-without-owner", 3, "hint"),
    ]
    assert problems[1].message == "this open decision has no owner"


def test_a_table_in_which_nothing_is_known_is_told_and_not_passed_over():
    text = "## Decisions\n\n| One | Two |\n| --- | --- |\n| a | b |\n"
    assert told(text) == []
    assert [(p.rule, p.place.line) for p in decided(text).problems] == [("unread-decisions", 3)]


def test_a_due_date_that_cannot_be_read_is_told_with_line_and_column():
    text = "## Decisions\n\n| Decision | Owner | Due |\n| --- | --- | --- |\n| a b | Ana | soon |\n"
    unread = next(p for p in decided(text).problems if p.rule == "unreadable-date")
    assert (unread.path, unread.place.line, unread.place.column) == (PATH, 5, 15)


@pytest.mark.parametrize(
    ("front", "label"),
    [("visibility: GREEN", "GREEN"), ("visibility: hidden", "RED"), ("title: Q2", None)],
)
def test_the_page_says_whom_it_is_for_and_a_slip_keeps_it_back(front, label):
    assert decided(f"---\n{front}\n---\n# Q2\n").visibility == label


def test_front_matter_that_is_no_yaml_is_told():
    problems = decided('---\ntitle: "Q2\n---\n# Q2\n').problems
    assert [p.rule for p in problems] == ["yaml-syntax"]


def test_html_in_a_decision_is_text():
    html = decided("## Decisions\n\n- Buy <script>alert(1)</script>\n").decisions[0].text.html
    assert "<script" not in html


@given(st.text(alphabet="#-|[]x (),: \nDecisionsab–2026\\`<>*_", max_size=200))
def test_no_text_stops_the_reading(text):
    decided(f"## Decisions\n{text}")
