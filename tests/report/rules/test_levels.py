"""The levels that a site and a report set change what is told, and nothing else."""

from postmortem_archive.report import Level, read
from postmortem_archive.report.rules.levels import Levels

TEXT = "---\ntitle: x\ndate: 2025-01-01\nseverity: {}\nvisibility: {}\nignore: {}\n---\n"


def judged(levels, *, severity="SEV9", visibility="GREEN", ignore="[]"):
    report = read(TEXT.format(severity, visibility, ignore), "2025/a.md")
    return Levels(levels).applied(report)


def told(report):
    return [(problem.level, problem.rule) for problem in report.problems]


def test_without_settings_a_rule_has_its_own_level():
    assert told(judged({})) == [(Level.ERROR, "unknown-severity")]


def test_a_site_sets_a_level_or_switches_a_rule_off():
    assert told(judged({"unknown-severity": Level.HINT})) == [(Level.HINT, "unknown-severity")]
    assert told(judged({"unknown-severity": None})) == []


def test_a_report_switches_a_rule_off_whatever_the_site_says():
    for ignore in ("[unknown-severity]", "unknown-severity", "[{rule: unknown-severity}]"):
        assert told(judged({"unknown-severity": Level.ERROR}, ignore=ignore)) == []


def test_a_level_brings_no_dropped_fact_back():
    assert judged({"unknown-severity": None}).severity is None


def test_no_level_publishes_what_names_an_audience_nobody_knows():
    quiet = {"unknown-visibility": None, "yaml-syntax": None, "duplicate-key": None}
    assert judged(quiet, visibility="SECRET").visibility == "RED"
    assert judged(quiet, visibility="SECRET", ignore="[unknown-visibility]").visibility == "RED"
    assert judged(quiet, visibility="[[", ignore="[yaml-syntax]").visibility == "RED"
