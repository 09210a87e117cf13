"""The guide names every option of the plugin and of the commands, and what it says is so."""

import json
import re
import shlex
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from postmortem_archive.hosts.cli import main
from postmortem_archive.hosts.options import ArchiveOptions
from postmortem_archive.report import MILESTONES, Level, read
from postmortem_archive.report.formats.format import Format, built_in
from postmortem_archive.report.formats.scaffold import Known, _values, scaffold
from postmortem_archive.report.vocabulary import KINDS, SEVERITIES

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "postmortems" / "guide"
FRONT = "---\ntitle: Pool ran dry\ndate: 2025-09-30\n---\n"
KNOWN = Known("INC-1", date(2025, 9, 30), datetime(2025, 9, 30, tzinfo=UTC), severities=("SEV1",))


@pytest.mark.parametrize("option", [name for name, _ in ArchiveOptions()._schema])
def test_every_option_of_the_plugin_is_told(option):
    """Each option has an entry, and stands in the example."""
    text = (GUIDE / "options.md").read_text(encoding="utf-8")
    assert re.search(rf"^`.*\b{option}\b.*`\n:   ", text, re.MULTILINE)
    assert f"\n      {option}:" in text


@pytest.mark.parametrize("name", main.commands)
def test_every_command_and_its_options_are_told(name):
    """Each command has a section, and each of its options is named there."""
    text = (GUIDE / "commands.md").read_text(encoding="utf-8")
    section = text.partition(f"## postmortem {name}\n")[2].partition("\n## ")[0]
    assert section
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            for spelling in parameter.opts:
                assert f"{spelling}" in section


def text(name):
    return (GUIDE / name).read_text(encoding="utf-8")


def fences(name, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text(name), re.DOTALL | re.MULTILINE)


def rows(name):
    return re.findall(r"^\| `(\w+)(?:\(\d+\))?` \| (.*) \|$", text(name), re.MULTILINE)


def commands(page):
    """Return the commands of a page in order, without what the shell does with their output."""
    lines = re.findall(r"^\$ (postmortem .*)$", page.read_text("utf-8"), re.MULTILINE)
    return [re.split(r" (?:>|&&|\|) ", line)[0] for line in lines]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Copy the example archive, with the report that the guide begins with."""
    root = tmp_path_factory.mktemp("home") / "archive"
    (root.parent / "old-wiki").mkdir()
    (root.parent / "old-wiki/pool.md").write_text("# Pool ran dry\n\n**Date:** 2024-05-06\n")
    root.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "postmortems", root / "postmortems")
    (root / "2025").mkdir()
    (root / "2025/card-refusals.md").write_text(fences("writing.md", "markdown")[0])
    return root


# The commands of importing.md are run by the tests of importing, on what that page shows.
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted(GUIDE.glob("*.md")))
    if commands(page) and page.name != "importing.md"
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_does_what_it_is_there_for(page, project, monkeypatch):
    """1 is what a check ends with that finds something; 2 would be a command that is wrong."""
    monkeypatch.chdir(project)
    for command in commands(page):
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code in {0, 1}, f"{command}: {result.output}"


@pytest.mark.parametrize("name", ["commands.md", "on-call.md"])
def test_a_message_that_the_guide_looks_for_is_found(name, project, monkeypatch):
    monkeypatch.chdir(project)
    asked = re.findall(r"^ *\$ echo \"(.*)\" \| postmortem (.*)$", text(name), re.MULTILINE)
    assert asked
    for message, command in asked:
        result = CliRunner().invoke(main, shlex.split(command), input=message)
        assert result.stdout.startswith("strong  INC-2024-036")


def test_the_problem_that_the_guide_shows_is_told_in_these_words(tmp_path, monkeypatch):
    (shown,) = re.findall(r"^2025/card-refusals\.md:.*$", text("writing.md"), re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    Path("2025").mkdir()
    Path("2025/card-refusals.md").write_text(
        "---\ntitle: x\ndate: 2025-09-30\nseverity: SEV22\n---\n"
    )
    result = CliRunner().invoke(main, ["check", "2025/card-refusals.md"])
    assert result.stdout.splitlines()[0] == shown


@pytest.mark.parametrize("page", ["good-report.md", "action-items.md", "writing.md"])
def test_what_the_guide_writes_is_read_without_complaint(page):
    examples = fences(page, "markdown")
    assert examples
    for example in examples:
        report = read(example if example.startswith("---") else FRONT + example, "2025/a.md")
        assert not [p for p in report.problems if p.level is not Level.HINT], example


def test_the_timeline_of_a_good_report_tells_all_milestones():
    (example,) = fences("good-report.md", "markdown")
    assert set(read(FRONT + example, "2025/a.md").milestones) == set(MILESTONES)


def test_the_action_items_of_the_guide_have_all_that_it_asks_for():
    (example,) = fences("action-items.md", "markdown")
    done, still = read(FRONT + example, "2025/a.md").actions
    assert (done.status, str(done.closed), still.status) == ("done", "2025-10-12", "open")
    for action in (done, still):
        assert action.owner
        assert action.due
        assert action.verification


def test_every_severity_is_told_with_its_other_names():
    table = dict(rows("severity.md"))
    for term in SEVERITIES.terms:
        others = re.findall(r"`([^`]+)`", table[term.name])
        assert len(others) > 3
        assert {SEVERITIES.find(name) for name in others} == {term}
    assert set(KINDS.names) <= set(table)


def test_every_format_is_told_and_shown():
    told = text("formats.md")
    for name in built_in():
        assert f"`{name}`. " in told
        assert f"<!-- archive/format {{name: {name}}} -->" in told


def test_every_name_that_a_format_may_use_is_told():
    assert [name for name, _ in rows("formats.md")] == list(_values(KNOWN))


def test_the_format_of_the_guide_works():
    (example,) = fences("formats.md", "jinja")
    form = Format.of("db", example, "formats/db.md")
    assert form.about.startswith("For the databases team.")
    for known in (KNOWN, replace(KNOWN, title="Pool ran dry", severity="SEV1", services=("db",))):
        report = read(scaffold("db", {"db": form}, known), "2025/a.md")
        assert {p.rule for p in report.problems} == {"not-filled-in"}


def test_an_editors_pattern_takes_the_lines_of_the_check(tmp_path):
    (task,) = json.loads(fences("editors.md", "json")[0])["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: x\ndate: 2025-09-30\nseverity: SEV22\n---\n")
    line = CliRunner().invoke(main, ["check", str(file)]).stdout.splitlines()[0]
    match = re.match(pattern["regexp"], line)
    assert match
    assert match[pattern["line"]] == "4"
    assert match[pattern["severity"]] == "error"
    assert shlex.split(task["command"])[:2] == ["postmortem", "check"]
