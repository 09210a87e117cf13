"""What `postmortem check` prints, held to the public definition of each form."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from postmortem_archive.hosts.baseline import EMPTY
from postmortem_archive.hosts.checking import Outcome
from postmortem_archive.hosts.printing import as_json, github, sarif, text
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.site import schemas

HOSTILE = "a,b:c%0Ad\re\nf::error ::g “h” \u2028<i>😀"
SARIF = json.loads(Path(__file__).parent.joinpath("schemas/sarif-schema-2.1.0.json").read_text())
CHECK = json.loads(Path(schemas.__file__).with_name("check.schema.json").read_text("utf-8"))
PLAIN = Problem("2025/a.md", Place(3, 7), Level.ERROR, "unknown-severity", "“High” is none")
PROBLEMS = (
    PLAIN,
    replace(PLAIN, place=Place(9, 1)),
    replace(PLAIN, rule="unknown-key", level=Level.WARNING, found=HOSTILE, suggestion="x"),
    replace(PLAIN, rule="alias-used", level=Level.HINT, fix="SEV2", expected="y"),
    replace(PLAIN, path=f"2025/{HOSTILE} ü #?.md", message=HOSTILE),
)


def outcome(*problems, pages=None):
    return Outcome(problems, 5, 1, (), EMPTY, pages or {})


EVERY = outcome(*(replace(PLAIN, rule=rule.name, level=rule.level) for rule in RULES.values()))


@pytest.mark.parametrize("told", [outcome(), outcome(*PROBLEMS), EVERY])
def test_sarif_is_valid_by_its_own_schema(told):
    jsonschema.Draft4Validator(SARIF).validate(json.loads(sarif.dumps(told)))


@pytest.mark.parametrize("told", [outcome(), outcome(*PROBLEMS), EVERY])
def test_json_is_valid_by_the_schema_that_the_site_publishes(told):
    jsonschema.Draft202012Validator.check_schema(CHECK)
    jsonschema.Draft202012Validator(CHECK).validate(json.loads(as_json.dumps(told)))


def test_the_schemas_refuse_what_is_wrong():
    told = json.loads(sarif.dumps(outcome(PLAIN)))
    told["runs"][0]["results"][0]["level"] = "hint"
    assert not jsonschema.Draft4Validator(SARIF).is_valid(told)
    told = json.loads(as_json.dumps(outcome(PLAIN)))
    told["problems"][0]["line"] = 0
    assert not jsonschema.Draft202012Validator(CHECK).is_valid(told)


def run(*problems, **more):
    return json.loads(sarif.dumps(outcome(*problems, **more)))["runs"][0]


def test_sarif_has_the_levels_of_its_own_and_every_rule_once():
    told = run(*PROBLEMS)
    assert [result["level"] for result in told["results"]] == [
        "error", "error", "warning", "note", "error",
    ]  # fmt: skip
    rules = told["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["alias-used", "unknown-key", "unknown-severity"]
    for result in told["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["help"]["text"]


def test_sarif_names_files_by_relative_addresses():
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run(*PROBLEMS)["results"]
    ]
    assert uris[0] == "2025/a.md"
    assert all(re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri) for uri in uris)
    assert unquote(uris[-1]) == PROBLEMS[-1].path


def test_sarif_recognises_a_problem_when_lines_have_moved():
    def prints(*problems):
        return [result["partialFingerprints"]["problem/v1"] for result in run(*problems)["results"]]

    before = prints(*PROBLEMS)
    moved = prints(*(replace(p, place=Place(p.place.line + 5)) for p in PROBLEMS))
    assert before == moved
    assert len(set(before)) == len(PROBLEMS)


def test_sarif_leads_to_the_page_of_a_rule_where_there_is_one():
    url = "https://example.org/problems/unknown-severity/"
    rules = run(*PROBLEMS, pages={"unknown-severity": url})["tool"]["driver"]["rules"]
    assert [rule.get("helpUri") for rule in rules] == [None, None, url]


# A command as the runner reads it: the name, properties up to the next two colons, and the rest.
COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>.*?))?::(?P<message>.*)")


def decoded(line):
    """Read a command as GitHub's runner does."""
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match["properties"].split(","))
    for old, new in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        properties = {key: value.replace(old, new) for key, value in properties.items()}
    message = match["message"]
    for old, new in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        message = message.replace(old, new)
    return match["name"], properties, message


def test_github_reads_back_every_command_as_it_was_meant():
    lines = github.dumps(outcome(*PROBLEMS)).split("\n")
    assert len(lines) == len(PROBLEMS) + 1
    assert lines[-1] == text.summary(outcome(*PROBLEMS))
    for line, problem, name in zip(
        lines, PROBLEMS, ("error", "error", "warning", "notice", "error"), strict=False
    ):
        told = decoded(line)
        place = {"line": str(problem.place.line), "col": str(problem.place.column)}
        assert told == (
            name, {"file": problem.path, **place, "title": problem.rule}, problem.sentence,
        )  # fmt: skip


def test_no_text_of_a_report_starts_a_command_of_its_own():
    lines = github.dumps(outcome(*PROBLEMS)).splitlines()
    assert sum("::error" in line[:8] for line in lines) == 3


def test_text_is_a_line_each_and_one_for_all():
    assert text.dumps(outcome(PLAIN)).splitlines() == [
        "2025/a.md:3:7: error: “High” is none [unknown-severity]",
        "1 error in 1 of 5 reports (1 known from the baseline)",
    ]


def test_a_baseline_knows_a_problem_whose_count_has_changed():
    five = replace(PLAIN, message="none of the 5 open action items has an owner")
    four = replace(PLAIN, message="none of the 4 open action items has an owner")
    assert EMPTY.renewed([five], ["2025/a.md"]).sift([four]) == ([], 1)


@pytest.mark.parametrize("character", ["\n", "\r", "\x1b", "\x85", "\u2028", "\u202e", "\udcff"])
def test_a_file_name_can_neither_break_a_line_nor_act_on_a_terminal(character):
    told = outcome(replace(PLAIN, path=f"2025/a{character}b.md"), PLAIN)
    first, second, last = text.dumps(told).split("\n")
    assert first == str(PLAIN).replace("a.md", "a\ufffdb.md")
    assert second == str(PLAIN)
    assert last.startswith("2 errors")
    assert github.dumps(told).count("\n") == 2
    assert len(github.dumps(told).split("\r")) == 1


def test_a_file_name_that_is_no_text_has_its_bytes_in_the_address():
    told = outcome(replace(PLAIN, path=os.fsdecode(b"2025/caf\xe9.md")))
    (result,) = json.loads(sarif.dumps(told))["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "2025/caf%E9.md"
