"""Front matter that is written reads back as what it was written from, in one style."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from postmortem_archive.report import read
from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.front.yaml_tree import ListValue, MapValue, read_mapping
from postmortem_archive.report.problem import Problems
from postmortem_archive.report.source import split
from postmortem_archive.report.writing.front_matter import front_matter

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["12:30", "NO", "on", "0012", "~", "null", "true", "1.0", "1_000", "- a", "a: b", "a #b",
         "2025-02-28", "2025-02-28T14:00Z", "---", "...", "a\n---\nb", "? x", "*a", "&a", "[x]",
         "{y}", "", " ", "a\r\nb", "a\u2028b", "\ufeffa", "a\x85b", "\n\n a\n", "'", '"', "!!a",
         "%a", "@a", "\tb", "b\t", "x" * 200, "a\n\n\n", "<b>", "é", "\U0001f525"]
    ),
)  # fmt: skip
SCALARS = st.one_of(TEXTS, st.integers(-(10**17), 10**17), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def written(text):
    """Read the front matter that a text begins with, as plain values."""
    problems = Problems("a.md")
    source = split(f"{text}Body.\n", problems)
    tree = read_mapping(source.front, 2, problems)
    assert problems.all() == ()
    assert source.body == "Body.\n"
    return plain(tree)


def plain(value):
    if isinstance(value, MapValue):
        return {key: plain(item) for key, item in value.items.items()}
    if isinstance(value, ListValue):
        return [plain(item) for item in value.items]
    return value.value


@given(st.dictionaries(st.one_of(st.sampled_from(sorted(KEYS)), TEXTS), VALUES, max_size=6))
@example({})
@example({"title": "\n"})
@example({"title": "a\n"})
@example({"tags": ["a", "a"], "x": {"y": [{"z": "1:20"}]}})
def test_what_is_written_reads_back_the_same(facts):
    assert written(front_matter(facts)) == facts


@given(st.dictionaries(TEXTS, SCALARS, max_size=4))
def test_another_reader_of_yaml_takes_no_text_for_something_else(facts):
    """Dates aside, which stay plain: a forge and a site generator read the same block."""
    told = yaml.safe_load(front_matter(facts).removeprefix("---\n").removesuffix("---\n")) or {}
    for key, value in facts.items():
        if isinstance(told.get(key), str):
            assert told[key] == value


def test_keys_stand_in_the_order_of_the_archive():
    keys = sorted(KEYS)
    text = front_matter({"own": 1, **dict.fromkeys(keys, "x"), "also": 2})
    lines = [line.partition(":")[0] for line in text.splitlines()[1:-1]]
    assert lines == [*KEYS, "own", "also"]


def test_the_style_is_that_of_the_guide():
    told = {
        "actions": [
            {
                "text": "Alert on pool wait over 200 ms, before anybody has to wait for it",
                "due": date(2025, 10, 14),
                "owner": "A. Moreau",
            }
        ],
        "title": "Checkout: refuses cards",
        "id": "INC-2025-014",
        "started": datetime(2025, 9, 30, 14, 32, tzinfo=UTC),
        "detected": "~2025-09-30T14:38",
        "mitigated": datetime(2025, 9, 30, 17, 25, 7, tzinfo=timezone(timedelta(hours=2))),
        "resolved": datetime(2025, 9, 30, 16, 45),  # noqa: DTZ001 -- no zone was told
        "published": date(2025, 10, 7),
        "services": ["checkout", "orders-db"],
        "contributing_factors": ["No alert on pool wait at night"],
        "impact": {"users": {"min": 8000, "max": 12000, "estimated": True}, "regions": []},
        "root_cause": {"category": "saturation", "text": "The pool was small"},
        "version": "1.0",
        "stated": {"slis": {"availability": 99.82, "p95_ms": 5400.0, "rare": 0.0000001}},
        "summary": None,
    }
    text = front_matter(told)
    assert (
        text
        == """---
id: INC-2025-014
title: 'Checkout: refuses cards'
started: 2025-09-30T14:32Z
detected: ~2025-09-30T14:38
mitigated: 2025-09-30T17:25:07+02:00
resolved: 2025-09-30T16:45
published: 2025-10-07
services: [checkout, orders-db]
root_cause: {category: saturation, text: The pool was small}
contributing_factors:
  - No alert on pool wait at night
impact: {users: {min: 8000, max: 12000, estimated: true}, regions: []}
stated: {slis: {availability: 99.82, p95_ms: 5400, rare: 0.0000001}}
version: '1.0'
actions:
  - text: Alert on pool wait over 200 ms, before anybody has to wait for it
    due: 2025-10-14
    owner: A. Moreau
---
"""
    )
    report = read(text, "2025/a.md")
    assert [problem.rule for problem in report.problems] == []
    assert report.milestones["detected"].approximate


@pytest.mark.parametrize("text", ["a\nb", "a\n\nb", "a\n- b"])
def test_lines_stay_lines(text):
    assert "summary: |" in front_matter({"summary": text})
