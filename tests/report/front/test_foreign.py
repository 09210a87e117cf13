"""An unknown key is told with the key that it was meant to be, by its letters or its sense."""

import pytest

from postmortem_archive.report import read


def suggested(key: str) -> str | None:
    text = f"---\ntitle: Pool ran dry\ndate: 2025-03-04\n{key}\n---\nText.\n"
    [found] = [p for p in read(text, "2025/case.md").problems if p.rule == "unknown-key"]
    return found.suggestion


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Severity: SEV2", "severity"),
        ("root-cause: saturation", "root_cause"),
        ("detcted: 2025-03-04", "detected"),
        ("author: Ana", "authors"),
        ("end_time: 2025-03-04", "resolved"),
        ("ended: 2025-03-04", "resolved"),
        ("affected_services: [a]", "services"),
        ("vers: 1", "version"),
        ("colour: blue", None),
        ("actions: [{text: Do, prio: P1}]", "priority"),
        ("actions: [{text: Do, assignee: Ana}]", "owner"),
        ("actions: [{text: Do, deadline: 2025-03-09}]", "due"),
        ("timeline: [{at: 2025-03-04T14:02Z, text: x}]", "time"),
        ("impact: {services: [{service: a, share: 0.4}]}", "fraction"),
    ],
)
def test_the_key_that_was_meant(written: str, meant: str | None):
    assert suggested(written) == meant


def test_where_no_key_is_close_those_that_there_are_are_told():
    text = "---\ntitle: A\ndate: 2025-03-04\ndetection: {colour: blue}\n---\n"
    [found] = [p for p in read(text, "2025/case.md").problems if p.rule == "unknown-key"]
    assert found.expected == "one of source, by, note"
