"""The command `postmortem new`, as a person runs it."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from postmortem_archive.hosts.cli import main
from postmortem_archive.hosts.commands import new as command
from postmortem_archive.report import read
from postmortem_archive.report.formats.format import built_in

CONFIG = """site_name: Ours
theme: {{name: material}}
plugins:
  - postmortem-archive:
      time_zone: {zone}
      services: [{{name: web-shop, aliases: [Shop]}}, orders-db]
{more}"""
OLD = "---\nid: {id}\ntitle: An old one\ndate: {day}\n---\n"
ALL = ["--title", "Checkout | refuses *cards*", "--severity", "critical", "--service", "shop",
       "--service", "orders-db", "--started", "2026-03-04T14:32", "--alert", "PoolWaitHigh",
       "--author", "A. Moreau", "--kind", "Game day"]  # fmt: skip
every_format = pytest.mark.parametrize("name", built_in())


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Make an archive of a few reports, or of none, and go there."""

    def make(reports=("INC-2025-007", "INC-2026-003"), zone="UTC", more=""):
        (tmp_path / "docs").mkdir()
        (tmp_path / "mkdocs.yml").write_text(CONFIG.format(zone=zone, more=more))
        for name in reports:
            year = name.split("-")[1]
            place(tmp_path / f"docs/{year}/{name}.md", OLD.format(id=name, day=f"{year}-02-03"))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        monkeypatch.setenv("USER", "kim")
        return tmp_path

    return make


def place(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def run(*args, code=0):
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code == code, result.output
    return result


def new(*args):
    """Begin a report, and return its path and what is read from it."""
    path = run("new", *args).stdout.strip()
    return path, read(Path(path).read_bytes(), path)


@every_format
@pytest.mark.parametrize("told", [[], ALL], ids=["nothing", "all"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris"])
def test_what_is_written_passes_the_check_but_for_what_is_not_filled_in(archive, name, told, zone):
    archive(zone=zone)
    path, _ = new("-t", name, *told)
    found = json.loads(run("check", "--format", "json", "--fail-on", "warning", path).stdout)
    assert {(p["level"], p["rule"]) for p in found["problems"]} == {("hint", "not-filled-in")}


@every_format
def test_what_is_told_is_in_the_archives_own_words(archive, name):
    archive()
    path, report = new("-t", name, *ALL)
    assert path == "docs/2026/INC-2026-004.md"
    assert report.id == "INC-2026-004"
    assert report.title == "Checkout | refuses *cards*"
    assert (report.severity, report.kind, report.status) == ("SEV1", "drill", "draft")
    assert report.services == ("web-shop", "orders-db")
    assert report.authors == ("A. Moreau",)
    assert report.milestones["started"].isoformat() == "2026-03-04T14:32Z"
    assert report.detection.note == "PoolWaitHigh"


def test_a_time_is_in_the_archives_zone_unless_it_says_another(archive):
    archive(zone="Europe/Paris")
    _, report = new("--started", "2026-03-04T00:32")
    assert report.milestones["started"].isoformat() == "2026-03-04T00:32+01:00"
    _, report = new("--started", "2026-03-04T23:32Z")
    assert report.milestones["started"].isoformat() == "2026-03-05T00:32+01:00"
    assert str(report.date) == "2026-03-05"


def test_a_day_alone_is_a_day_and_no_start(archive):
    archive()
    for option in ("--date", "--started"):
        _, report = new(option, "2025-12-31")
        assert str(report.date) == "2025-12-31"
        assert not report.milestones


def test_each_new_report_has_the_next_id_of_its_year(archive):
    archive()
    days = ["2026-01-01", "2025-06-01", "2026-02-02"]
    assert [new("--date", day)[0] for day in days] == [
        "docs/2026/INC-2026-004.md",
        "docs/2025/INC-2025-008.md",
        "docs/2026/INC-2026-005.md",
    ]


def test_the_file_goes_where_the_archive_has_its_reports(archive):
    root = archive(reports=())
    for number in (1, 2):
        file = root / f"docs/2025/09/2025-09-0{number}-trouble.md"
        place(file, OLD.format(id=f"PM-{number}", day=f"2025-09-0{number}"))
    path, report = new("--date", "2026-03-04", "--title", "Pool ran dry")
    assert path == "docs/2026/03/2026-03-04-pool-ran-dry.md"
    assert report.id == "PM-3"


@pytest.mark.parametrize(
    ("globs", "path"),
    [
        ('"[0-9][0-9][0-9][0-9]/**/*.md"', "docs/2026/INC-2026-001.md"),
        ('"incidents/**/*.md"', "docs/incidents/2026/INC-2026-001.md"),
        ('"incidents/*.md"', "docs/incidents/INC-2026-001.md"),
        ('"incidents/[0-9][0-9][0-9][0-9]/*.md"', "docs/incidents/2026/INC-2026-001.md"),
        ('["*.md", "!2*/*"]', "docs/INC-2026-001.md"),
    ],
)
def test_the_first_report_of_an_archive_is_one_of_its_reports(archive, globs, path):
    archive(reports=(), more=f"      reports: {globs}\n")
    assert new("--date", "2026-03-04")[0] == path
    assert "1 report" in run("check").stdout


def test_a_pattern_that_leads_nowhere_is_told(archive):
    archive(reports=(), more='      reports: "pm-*.md"\n')
    assert "reports: pm-*.md" in run("new", code=2).output


def test_the_first_report_may_be_named_after_its_alert(archive):
    archive(reports=(), zone="Europe/Paris")
    told = ["--started", "2026-03-04T00:30", "--alert", "HighAPI ErrorRate", "-t", "formal"]
    # The time of an id is in UTC, whatever the site's zone.
    assert new(*told)[0] == "docs/2026/INCIDENT-20260303-2330-highapi-errorrate.md"
    assert new(*told)[0] == "docs/2026/INCIDENT-20260303-2330-highapi-errorrate-2.md"


def test_an_archive_with_ids_of_its_own_names_a_report_after_its_alert_when_asked(archive):
    archive()
    told = ["--started", "2026-03-04T14:32", "--alert", "PoolWait"]
    assert new(*told)[1].id == "INC-2026-004"
    assert new(*told, "--id-from-alert")[1].id == "INCIDENT-20260304-1432-poolwait"
    assert "--alert NAME" in run("new", "--id-from-alert", code=2).output


def test_an_id_that_is_given_is_taken(archive):
    archive()
    assert new("--id", "DB-7", "--date", "2026-01-01")[0] == "docs/2026/DB-7.md"
    assert "the id “db-7” is taken" in run("new", "--id", "db-7", code=2).output


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(archive):
    root = archive()
    told = run(
        "new", "-t", "fromal", "--severity", "SEV22", "--kind", "drlil", "--service", "web-shpo",
        "--started", "noon", "--id", "../x", code=2,
    ).output  # fmt: skip
    assert "“fromal” is no format" in told
    assert "did you mean “formal”?" in told
    assert "did you mean “SEV2”?" in told
    assert "did you mean “drill”?" in told
    assert "did you mean “web-shop”?" in told
    assert "“noon” is no time; expected a time such as" in told
    assert "“../x” is no id" in told
    assert len(list(root.rglob("*.md"))) == 2


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (["--started", "2026-02-30T10:00"], "“2026-02-30T10:00” is no time: "),
        (["--started", "2026-02-03T10:00 BST"], "the zone BST is unknown or ambiguous"),
        (["--started", "2026-02-03T10:00", "--date", "2026-02-04"], "but it started on"),
    ],
)
def test_a_time_that_there_is_not_is_told(archive, told, problem):
    archive()
    assert problem in run("new", *told, code=2).output


def test_no_file_is_written_over(archive):
    root = archive()
    place(root / "docs/2026/INC-2026-004.md", "no report of ours")
    (root / "docs/2026/inc-2026-005.md").symlink_to("nowhere")
    assert new("--date", "2026-01-01")[0] == "docs/2026/INC-2026-006.md"
    assert (root / "docs/2026/INC-2026-004.md").read_text() == "no report of ours"


def test_a_folder_that_may_not_be_written_is_told(archive):
    root = archive(reports=())
    (root / "docs/2026").write_text("a file where a folder should be")
    told = run("new", "--date", "2026-01-01", code=2).output
    assert "cannot be written" in told or "is there already" in told


def test_the_author_is_who_git_says_else_the_account(archive, monkeypatch):
    archive()
    assert new()[1].authors == ("kim",)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Kim Lee")
    assert new()[1].authors == ("Kim Lee",)
    assert new("--author", "A. Moreau", "--author", "B. Ito")[1].authors == ("A. Moreau", "B. Ito")


def test_a_person_is_told_which_day_was_taken(archive):
    archive()
    assert "dated today" in run("new").stderr
    assert run("new", "--date", "2026-01-01").stderr == ""


def test_without_an_archive_there_is_no_place_for_a_report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "there is no mkdocs.yml with the plugin" in run("new", code=2).output
    assert len(run("new", "--list").stdout.splitlines()) == 5


# Formats


def test_the_list_has_a_line_for_each_format(archive):
    root = archive()
    place(root / "formats/db.md", "{# For the databases team. #}\n# {{ title }}\n")
    place(root / "formats/short.md", "# Ours\n")
    place(root / "formats/notes.txt", "no format")
    lines = run("new", "--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        "short", "stages", "standard", "formal", "full", "db",
    ]  # fmt: skip
    assert lines[0] == "short      (formats/short.md)"
    assert lines[5] == "db        For the databases team. (formats/db.md)"


def test_an_archives_own_format_is_taken(archive):
    root = archive(more="      formats: ours/templates\n")
    place(root / "ours/templates/standard.md", "# {{ title or '[Title]' }}\n\n## Cost\n\n[Sum]\n")
    _, report = new("--title", "Pool ran dry")
    assert [heading.title for heading in report.body.headings] == ["Cost"]


def test_a_mistake_in_a_format_is_told_with_file_and_line(archive):
    root = archive()
    place(root / "formats/db.md", "# Hi\n\n{{ titel }}\n")
    told = run("new", "-t", "db", code=2).output
    assert told.startswith("Error: formats/db.md:3: 'titel' is undefined")
    assert len(list(root.rglob("*.md"))) == 3


def test_a_folder_of_formats_that_there_is_not_is_told(archive):
    archive(more="      formats: fromats\n")
    for name in ("new", "check"):
        assert "formats: there is no folder" in run(name, code=2).output


# At a terminal


@pytest.fixture
def at_a_terminal(monkeypatch):
    """Run the command as at a terminal (a bare machine has none to give), with these answers."""
    monkeypatch.setattr(command, "_is_terminal", lambda: True)

    def run(*args, answers):
        lines = "".join(f"{answer}\n" for answer in answers)
        result = CliRunner().invoke(main, ["new", *args], input=lines)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result.exit_code, result.output

    return run


class Stream(io.StringIO):
    def __init__(self, *, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


@pytest.mark.parametrize("read_from", [True, False])
@pytest.mark.parametrize("written_to", [True, False])
def test_questions_are_asked_where_a_person_sees_and_answers_them(
    monkeypatch, read_from, written_to
):
    monkeypatch.setattr(sys, "stdin", Stream(terminal=read_from))
    monkeypatch.setattr(sys, "stderr", Stream(terminal=written_to))
    assert command._is_terminal() == (read_from and written_to)


def test_nothing_is_asked_without_streams(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert not command._is_terminal()


def test_what_is_left_out_is_asked_for_until_the_answer_is_right(archive, at_a_terminal):
    root = archive()
    answers = ["fulll", "full", "Pool ran dry", "SEV22", "p2", "shop, orders", "shop, orders-db",
               "noon", "2026-03-04T14:32"]  # fmt: skip
    code, shown = at_a_terminal(answers=answers)
    assert code == 0, shown
    for close in ("full", "SEV2", "orders-db"):
        assert f"did you mean “{close}”?" in shown
    assert "“noon” is no time" in shown
    report = read((root / "docs/2026/INC-2026-004.md").read_bytes(), "2026/INC-2026-004.md")
    assert report.title == "Pool ran dry"
    assert (report.severity, report.services) == ("SEV2", ("web-shop", "orders-db"))
    assert report.milestones["started"].isoformat() == "2026-03-04T14:32Z"
    assert "Follow-up Review" in str(report.body.headings)


def test_an_empty_answer_leaves_it_open(archive, at_a_terminal):
    root = archive()
    code, shown = at_a_terminal("-t", "short", "--date", "2026-01-01", answers=["", "", ""])
    assert code == 0, shown
    assert "Format" not in shown
    report = read((root / "docs/2026/INC-2026-004.md").read_bytes(), "2026/x.md")
    assert (report.severity, report.services) == (None, ())


def test_nothing_is_asked_where_nothing_is_missing(archive, at_a_terminal):
    archive()
    code, shown = at_a_terminal(*ALL, answers=[])
    assert code == 0
    assert shown.split() == ["docs/2026/INC-2026-004.md"]


def test_what_is_wrong_already_is_told_before_anything_is_asked(archive, at_a_terminal):
    archive()
    code, shown = at_a_terminal("--severity", "SEV22", answers=[])
    assert code == 2
    assert "did you mean “SEV2”?" in shown
    assert "What happened" not in shown


def test_the_editor_opens_what_was_written(archive, monkeypatch):
    root = archive()
    place(root / "editor", '#!/bin/sh\necho edited >> "$1"\n')
    (root / "editor").chmod(0o755)
    monkeypatch.setenv("EDITOR", str(root / "editor"))
    path, _ = new("--edit", "--date", "2026-01-01")
    assert Path(path).read_text().endswith("edited\n")
