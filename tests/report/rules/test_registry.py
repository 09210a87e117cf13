"""Every rule that the code tells of is registered, and told at its registered level."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from postmortem_archive.report.context import UNKNOWN
from postmortem_archive.report.lint.actions import DUE, OWNER, VERIFICATION
from postmortem_archive.report.problem import Level
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.report.rules.rule import TOPICS

PACKAGE = Path(__file__).parents[3] / "plugins" / "postmortem_archive"
LEVELS = {"error": Level.ERROR, "warn": Level.WARNING, "hint": Level.HINT}
# Where the rule is handed on, from a table or from the caller.
PASSED_ON = {
    ("actions.py", "expected.rule"),
    ("decisions.py", "expected.rule"),
    ("context.py", "rule"),
    ("context.py", "UNKNOWN[key]"),
    ("yaml_tree.py", "rule"),
    ("texts.py", "rule"),
    ("problem.py", "rule"),
}

# An import says why it leaves a file as it is; what it says is no rule of an archive.
IMPORT = ("importing", "importing.py", "moving.py")

Told = tuple[str, str, Level | None]


def told(source: str, file: str) -> Iterator[Told]:
    """Give the file, the rule and the level of each call that tells of a problem."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        written = [ast.unparse(argument) for argument in call.args]
        level = next((Level[w.removeprefix("Level.")] for w in written if w[:6] == "Level."), None)
        if name in LEVELS and len(call.args) > 1:
            yield file, rule_of(call.args[1], file), LEVELS[name]
        elif level:
            after = next(n for n, w in enumerate(written) if w.startswith("Level.")) + 1
            yield file, rule_of(call.args[after], file), level
        elif name == "_unread":
            yield file, rule_of(call.args[1], file), Level.ERROR


def rule_of(argument: ast.expr, file: str) -> str:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    assert (file, ast.unparse(argument)) in PASSED_ON, f"{file}: {ast.unparse(argument)}"
    return ""


EMITTED = sorted(
    {
        emitted
        for path in PACKAGE.rglob("*.py")
        if not {"rules", *IMPORT} & set(path.parts)
        for emitted in told(path.read_text("utf-8"), path.name)
        if emitted[1]
    }
    | {("context.py", rule, Level.ERROR) for rule in UNKNOWN.values()}
    | {("actions.py", told.rule, Level.HINT) for told in (OWNER, DUE, VERIFICATION)},
    key=str,
)


@pytest.mark.parametrize(("file", "rule", "level"), EMITTED)
def test_what_is_told_is_registered_with_its_level(file, rule, level):
    assert rule in RULES, file
    assert RULES[rule].level is level, file


def test_every_rule_is_told_somewhere():
    assert {rule for _, rule, _ in EMITTED} == set(RULES)


def test_a_planted_rule_is_seen():
    source = "reading.hint(place, 'new-rule', 'x')\nProblem(p, place, Level.ERROR, 'other', 'x')"
    assert [rule for _, rule, _ in told(source, "x.py")] == ["new-rule", "other"]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_finds_why_and_how_to_mend_it(rule):
    assert rule.topic in TOPICS
    assert rule.about[0].isupper() or rule.about.startswith("`")
    assert not rule.about.endswith(".")
    assert "\n" not in rule.about + rule.why + rule.mend
    assert all(text.endswith((".", "?")) for text in (rule.why, rule.mend))
    assert len(rule.about) < 100
