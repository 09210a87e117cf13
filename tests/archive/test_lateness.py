"""Reports that came late, or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.report import Level, read
from postmortem_archive.report.rules.levels import Levels

SETTINGS = ArchiveSettings(as_of=date(2025, 3, 1))


def found(settings=SETTINGS, **told):
    lines = [f"{key}: {value}" for key, value in {"title": "x", **told}.items()]
    report = read("\n".join(["---", *lines, "---", ""]), "2025/a.md")
    problems = build([report], settings).problems
    return [(p.place.line, p.level.value, p.rule) for p in problems]


@pytest.mark.parametrize(
    ("told", "late"),
    [
        ({"date": "2025-01-01", "published": "2025-01-15"}, False),
        ({"date": "2025-01-01", "published": "2025-01-16"}, True),
        ({"started": "2025-01-01T10:00Z", "published": "2025-01-16"}, True),
        ({"started": "2025-01-01T10:00Z", "resolved": "2025-01-02T01:00Z",
          "published": "2025-01-16"}, False),
        ({"date": "2025-01-01"}, False),
        ({"date": "2025-01-01", "kind": "drill", "published": "2025-01-16"}, False),
    ],
)  # fmt: skip
def test_a_report_is_late_after_fourteen_days_from_recovery(told, late):
    line = 1 + len(told) + 1
    assert found(**told) == ([(line, "hint", "published-late")] if late else [])


@pytest.mark.parametrize(
    ("status", "day", "told"),
    [
        ("draft", "2025-02-15", []),
        ("draft", "2025-02-14", [(4, "hint", "never-published")]),
        ("in_review", "2025-02-14", [(4, "hint", "never-published")]),
        ("reviewed", "2025-01-01", []),
    ],
)
def test_a_draft_is_late_when_the_archives_day_is_far_off(status, day, told):
    assert found(date=day, status=status) == told


def test_a_draft_that_is_to_be_filled_in_is_told_that_alone():
    assert found(date="2025-01-01", status="draft", summary="TBD") == [(5, "hint", "not-filled-in")]


def test_how_many_days_is_a_setting():
    told = {"date": "2025-01-01", "published": "2025-01-16"}
    assert found(replace(SETTINGS, publish_within=15), **told) == []
    assert found(replace(SETTINGS, publish_within=0), date="2025-01-01", published="2025-01-02")


def test_the_site_sets_the_level_and_a_report_switches_it_off():
    told = {"date": "2025-01-01", "published": "2025-01-16"}
    graver = replace(SETTINGS, levels=Levels({"published-late": Level.ERROR}))
    assert found(graver, **told) == [(4, "error", "published-late")]
    off = replace(SETTINGS, levels=Levels({"published-late": None}))
    assert found(off, **told) == []
    assert found(graver, **told, ignore="[published-late]") == []
