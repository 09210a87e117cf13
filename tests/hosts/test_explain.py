"""`postmortem explain` tells what a rule is for."""

import pytest

from postmortem_archive.report.rules.registry import RULES

from .test_cli import run


@pytest.mark.parametrize("name", ["vague-action", "unknown-key"])
def test_a_rule_is_explained(name):
    told = " ".join(run("explain", name, code=0).stdout.split())
    rule = RULES[name]
    assert all(text in told for text in (name, str(rule.level), rule.about, rule.why, rule.mend))


def test_every_rule_is_listed():
    lines = [line.split()[:2] for line in run("explain", code=0).stdout.splitlines() if line[:1]]
    assert [line for line in lines if line[0] in RULES] == [
        [rule.name, str(rule.level)] for rule in RULES.values()
    ]


def test_a_slip_is_answered_with_the_nearest_rule():
    assert "did you mean “vague-action”?" in run("explain", "vage-action", code=2).stderr
