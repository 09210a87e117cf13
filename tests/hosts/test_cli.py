"""The command `postmortem`, as a person runs it."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from postmortem_archive.hosts.baseline import EMPTY, loads
from postmortem_archive.hosts.cli import main
from postmortem_archive.report.problem import Level, Place, Problem

CONFIG = """site_name: Ours
theme:
  name: material
docs_dir: reports
plugins:
  - search
  - postmortem-archive:
      as_of: 2026-01-31
      time_zone: Europe/Paris
      services: [web-shop]
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      other: !ENV [NOT_SET, fallback]
extra: !unknown/tag {a: 1}
"""
GOOD = "---\ntitle: Good\nstarted: 2025-01-01 10:00\n---\n"
BAD = "---\ntitle: Bad\nstarted: 2025-01-01 10:00\nservices: [web-shpo]\nrelated: [gone]\n---\n"
ODD = "---\ntitle: Odd\nstarted: 2025-01-01 10:00\ntitel: x\n---\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Make an archive and go there."""
    return make(
        tmp_path / "project", monkeypatch, {"mkdocs.yml": CONFIG, "reports/2025/good.md": GOOD}
    )


def make(folder, monkeypatch, files):
    for path, text in files.items():
        write(folder / path, text)
    monkeypatch.chdir(folder)
    return folder


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def run(*args, code=None):
    """Run the command; a traceback fails the test, and so does any other exit code than `code`."""
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert code is None or result.exit_code == code, result.output
    return result


def rules(result):
    return [line.rsplit("[", 1)[-1].rstrip("]") for line in result.stdout.splitlines()[:-1]]


# check


def test_a_clean_archive_ends_with_0(project):
    assert run("check", code=0).stdout == "no problems in 1 report\n"


def test_problems_are_printed_with_a_path_that_leads_there_from_here(project, monkeypatch):
    write(project / "reports/2025/bad.md", BAD)
    lines = run("check", code=1).stdout.splitlines()
    assert lines[0].startswith("reports/2025/bad.md:4:12: error: ")
    assert "did you mean “web-shop”?" in lines[0]
    assert lines[1].startswith("reports/2025/bad.md:5:")
    assert lines[-1] == "2 errors in 1 of 2 reports"
    monkeypatch.chdir(project / "reports" / "2025")
    assert run("check", code=1).stdout.splitlines()[0].startswith("bad.md:4:12: ")


def test_the_archive_is_read_whole_and_printed_for_the_paths(project):
    write(project / "reports/2025/bad.md", BAD)
    write(project / "reports/2024/other.md", GOOD.replace("started", "related: [good]\nstarted"))
    assert run("check", "reports/2024", code=0).stdout == "no problems in 1 report\n"
    assert run("check", "reports/2025/bad.md", code=1).stdout.endswith(
        "2 errors in 1 of 1 report\n"
    )
    assert run("check", ".", code=1).stdout.endswith("2 errors in 1 of 3 reports\n")


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        (BAD, "error", 1),
        (BAD, "hint", 1),
        (BAD, "never", 0),
        (ODD, "error", 0),
        (ODD, "warning", 1),
        (ODD, "hint", 1),
        (ODD, "never", 0),
    ],
)
def test_the_level_to_fail_on_is_a_choice(project, text, level, code):
    write(project / "reports/2025/bad.md", text)
    assert rules(run("check", "--fail-on", level, code=code)) != []


def test_by_default_a_warning_does_not_fail(project):
    write(project / "reports/2025/odd.md", ODD)
    assert run("check", code=0).stdout.endswith("1 warning in 1 of 2 reports\n")


def test_json_tells_every_problem_and_the_counts(project):
    write(project / "reports/2025/bad.md", BAD)
    told = json.loads(run("check", "--format", "json", code=1).stdout)
    assert told["summary"] == {
        "errors": 2,
        "warnings": 0,
        "hints": 0,
        "reports": 2,
        "reports_with_problems": 1,
        "known": 0,
    }
    first = told["problems"][0]
    assert (first["path"], first["line"], first["level"]) == ("reports/2025/bad.md", 4, "error")


def test_the_command_prints_each_form_with_the_page_of_the_rule(project):
    config = project / "mkdocs.yml"
    config.write_text(f"site_url: https://x.example/r\n{config.read_text()}")
    write(project / "reports/2025/bad.md", BAD)
    told = json.loads(run("check", "--format", "sarif", code=1).stdout)
    rules = told["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["helpUri"] for rule in rules] == [
        "https://x.example/r/problems/unknown-relation/",
        "https://x.example/r/problems/unknown-service/",
    ]
    first = run("check", "--format", "github", code=1).stdout.splitlines()[0]
    assert first.startswith("::error file=reports/2025/bad.md,line=4,col=12,title=unknown-service")


def test_a_configuration_can_be_named(project, monkeypatch, tmp_path):
    write(project / "reports/2025/bad.md", BAD)
    monkeypatch.chdir(tmp_path)
    result = run("check", "-f", "project/mkdocs.yml", code=1)
    assert result.stdout.startswith("project/reports/2025/bad.md:4:")


def test_a_withheld_report_is_checked_too(project):
    write(project / "reports/2025/bad.md", BAD.replace("---\n", "---\nvisibility: RED\n", 1))
    assert len(rules(run("check", code=1))) == 2


def test_links_are_checked_against_the_files(project):
    write(project / "reports/2025/links.md", GOOD.replace("Good", "L") + "\n[x](../img/a.png)\n")
    assert rules(run("check", code=0)) == ["missing-target"]
    write(project / "reports/img/a.png", b"")
    assert rules(run("check", code=0)) == []


def test_a_link_to_a_page_that_the_archive_makes_is_no_problem(project):
    write(project / "reports/2025/good.md", GOOD + "\n[x](../services.md)\n")
    assert run("check", code=0).stdout == "no problems in 1 report\n"


def test_without_an_archive_the_paths_are_read_by_themselves(tmp_path, monkeypatch):
    make(tmp_path, monkeypatch, {"some/bad.md": BAD, "some/deep/odd.md": ODD, "some/x.txt": "no"})
    result = run("check", "some", code=0)
    assert result.stdout.splitlines()[-1] == "1 warning in 1 of 2 reports"
    assert result.stdout.startswith("some/deep/odd.md:4:")


def test_paths_outside_the_archive_are_read_with_default_settings(project, tmp_path):
    write(tmp_path / "elsewhere/a.md", BAD)
    assert run("check", "../elsewhere", code=0).stdout == "no problems in 1 report\n"
    both = run("check", "../elsewhere/a.md", "reports", code=0)
    assert both.stdout == "no problems in 2 reports\n"


def test_a_path_is_read_in_the_archive_that_it_is_in_wherever_the_command_runs(
    project, monkeypatch, tmp_path
):
    write(project / "reports/2025/bad.md", BAD)
    write(tmp_path / "other/mkdocs.yml", CONFIG.replace("web-shop", "web-shpo"))
    write(tmp_path / "other/reports/2025/bad.md", BAD)
    write(tmp_path / "loose.md", BAD)
    paths = ["project/reports/2025/bad.md", "loose.md", "other/reports/2025/bad.md"]
    monkeypatch.chdir(tmp_path)
    result = run("check", *paths, code=1)
    assert rules(result) == ["unknown-service", "unknown-relation", "unknown-relation"]
    assert result.stdout.splitlines()[0].startswith("project/reports/2025/bad.md:4:12: ")
    assert result.stdout.splitlines()[2].startswith("other/reports/2025/bad.md:5:")
    monkeypatch.chdir(project)
    assert rules(run("check", "../other/reports", code=1)) == ["unknown-relation"]
    named = run("check", "-f", "mkdocs.yml", "../other/reports", code=0)
    assert named.stdout == "no problems in 1 report\n"


def test_paths_that_may_not_be_read_are_a_problem_of_their_reports_alone(project, monkeypatch):
    """A file that its owner has locked; for root, who may read all, only the system's word is."""
    write(project / "reports/2025/bad.md", BAD)
    monkeypatch.setattr(os, "access", lambda *_args, **_more: False)
    lines = run("check", "reports/2025/bad.md", "reports/2025/good.md", code=1).stdout
    assert lines.endswith("2 errors in 1 of 2 reports\n")


def test_a_page_that_is_no_report_is_noted_and_not_checked(project):
    write(project / "reports/guide/how.md", BAD)
    result = run("check", "reports/guide/how.md", code=0)
    assert result.stdout == "no problems in 0 reports\n"
    assert "guide/how.md” is not, and holds no, report" in result.stderr


def test_decisions_of_a_page_about_a_period_are_checked_and_the_page_counts_as_no_report(project):
    page = "reports/trends/2025-q1.md"
    write(Path(page), "# Q1\n\n## Decisions\n\n- Buy disks\n")
    for arguments in ((), (page,)):
        printed = run("check", *arguments).output
        assert (
            f"{page}:5:3: hint: this open decision has no owner [action-without-owner]" in printed
        )
    assert "1 report" in run("check").output


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("2025-q9", ""),
        ("2025-Q3", "; did you mean “2025-q3”?"),
        ("2025q3", "; did you mean “2025-q3”?"),
        ("2025-013", None),
        ("how-to-read-these", None),
    ],
)
def test_a_page_with_nearly_the_name_of_a_period_is_told(project, name, suggestion):
    page = f"reports/trends/{name}.md"
    write(Path(page), "# Words\n\n## Decisions\n\n- Buy disks\n")
    for arguments in ((), (page,)):
        printed = run("check", *arguments).output
        told = (
            f"{page}:1:1: warning: “{name}” is no period, so this is a page like any other;"
            " expected the name of a quarter, a year or a month, such as 2025-q1, 2025 or 2025-01"
            f"{suggestion} [unknown-period]"
        )
        assert (told in printed) is (suggestion is not None)
        assert ("unknown-period" in printed) is (suggestion is not None)


def test_the_page_of_a_folder_and_one_in_the_place_of_the_archives_are_not_checked(project):
    for name in ("2025/index.md", "2025/README.md", "services/web-shop.md", "incidents/2025.md"):
        write(project / "reports" / name, "# No report\n")
    config = CONFIG.replace("      as_of", "      reports: ['*.md']\n      as_of")
    write(project / "mkdocs.yml", config)
    assert run("check", code=0).output.strip() == "no problems in 1 report"


def test_an_archive_without_a_report_says_where_it_looked(tmp_path, monkeypatch):
    make(tmp_path, monkeypatch, {"mkdocs.yml": CONFIG, "reports/index.md": "# Hi\n"})
    assert "[0-9][0-9][0-9][0-9]/**/*.md" in run("check", code=0).stderr


def test_an_unknown_option_is_a_note(project):
    write(project / "mkdocs.yml", CONFIG.replace("time_zone", "time_zne"))
    assert "did you mean “time_zone”?" in run("check", code=0).stderr


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["check", "gone.md"], "there is no file or folder “gone.md”"),
        (["check", "-f", "gone.yml"], "Error: gone.yml: No such file or directory\n"),
        (["check", "-f", "reports"], "Error: reports: Is a directory\n"),
        (["check", "--format", "xml"], "xml"),
        (["check", "--fail-on", "doom"], "doom"),
        (["check", "--baseline", "gone.json"], "the baseline “gone.json” cannot be read"),
        (["check", "--baseline", "mkdocs.yml"], "cannot be used"),
        (["check", "--write-baseline"], "--baseline FILE"),
        (["check", "--baseline", "no/such/folder", "--write-baseline"], "cannot be written"),
        (["show", "gone.md"], "there is no file “gone.md”"),
        (["show", "reports"], "is a folder"),
        (["show"], "FILE"),
        (["fix"], "fix"),
    ],
)
def test_misuse_ends_with_2_and_a_sentence(project, args, expected):
    result = run(*args, code=2)
    assert expected in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("plugins: [\n", "parsing"),
        ("- a\n", "expected a mapping"),
        (CONFIG.replace("Europe/Paris", "Europe/Pariss"), "did you mean “Europe/Paris”?"),
        (CONFIG.replace("reports", "elsewhere"), "there is no docs folder"),
        ("plugins:\n  - postmortem-archive: 3\n", "expected a mapping of options"),
        ("INHERIT: gone.yml\n", "gone.yml"),
        ("INHERIT: [3]\n", "mkdocs.yml: INHERIT"),
        ("INHERIT: !ENV NOT_SET\n", "mkdocs.yml: INHERIT"),
        ("INHERIT: reports/2025/list.yml\nsite_name: x\n", "mkdocs.yml: INHERIT"),
        (b"\xff\xfe\xff", "mkdocs.yml"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_misuse(project, config, expected):
    write(project / "reports/2025/list.yml", "- 3\n")
    write(project / "mkdocs.yml", config)
    assert expected in run("check", code=2).stderr


def test_without_an_archive_and_paths_there_is_nothing_to_check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "name the reports to check" in run("check", code=2).stderr


def test_a_named_configuration_has_to_use_the_plugin(project):
    write(project / "other.yml", "site_name: x\nplugins: [search]\n")
    assert "does not use the plugin" in run("check", "-f", "other.yml", code=2).stderr


@pytest.mark.parametrize(
    "config",
    [
        "docs_dir: reports\nplugins: [postmortem-archive]\n",
        "docs_dir: reports\nplugins: {postmortem-archive: {}}\n",
        "docs_dir: reports\nplugins: {postmortem-archive: }\n",
    ],
)
def test_every_form_of_a_list_of_plugins_is_understood(project, config):
    write(project / "mkdocs.yml", config)
    assert run("check", code=0).stdout == "no problems in 1 report\n"


def test_the_option_that_mkdocs_has_for_every_plugin_is_not_an_unknown_one(project):
    write(
        project / "mkdocs.yml", CONFIG.replace("      as_of", "      enabled: false\n      as_of")
    )
    assert run("check", code=0).stderr == ""


def test_a_configuration_may_inherit(project):
    write(project / "base.yml", CONFIG)
    write(project / "mkdocs.yml", "INHERIT: base.yml\nsite_name: Mine\n")
    assert run("check", code=0).stdout == "no problems in 1 report\n"


# The baseline


def test_a_baseline_lets_an_old_archive_start_clean(project):
    write(project / "reports/2025/bad.md", BAD)
    assert run("check", "--baseline", "b.json", "--write-baseline", code=0).stdout == (
        "wrote 2 problems to b.json\n"
    )
    result = run("check", "--baseline", "b.json", code=0)
    assert result.stdout == "no new problems in 2 reports (2 known from the baseline)\n"


def test_a_known_problem_may_move_to_another_line(project):
    file = project / "reports/2025/bad.md"
    write(file, BAD)
    run("check", "--baseline", "b.json", "--write-baseline", code=0)
    write(file, BAD.replace("title:", "# a comment\n\ntitle:"))
    run("check", "--baseline", "b.json", code=0)


def test_one_more_problem_of_a_known_kind_is_new():
    problems = [Problem("a.md", Place(n), Level.ERROR, "rule", f"as on line {n}") for n in range(4)]
    baseline = loads(EMPTY.renewed(problems[:2], ["a.md"]).dumps())
    assert baseline.sift(problems) == (problems[2:], 2)
    other = replace(problems[0], found="x")
    assert baseline.sift([other]) == ([other], 0)


def test_a_baseline_holds_for_its_own_files_alone(project):
    write(project / "reports/2025/bad.md", BAD)
    run("check", "--baseline", "b.json", "--write-baseline", code=0)
    write(project / "reports/2025/worse.md", BAD)
    assert len(rules(run("check", "--baseline", "b.json", code=1))) == 2


def test_a_baseline_written_for_some_files_keeps_what_is_known_of_others(project):
    write(project / "reports/2024/old.md", BAD)
    run("check", "--baseline", "b.json", "--write-baseline", code=0)
    write(project / "reports/2025/bad.md", BAD)
    run("check", "reports/2025", "--baseline", "b.json", "--write-baseline", code=0)
    run("check", "--baseline", "b.json", code=0)
    (project / "reports/2024/old.md").unlink()
    result = run("check", "--baseline", "b.json", "--write-baseline", code=0)
    assert result.stdout.startswith("wrote 2 problems")


def test_a_baseline_is_written_in_the_same_order_every_time(project):
    write(project / "reports/2025/bad.md", BAD)
    texts = set()
    for _ in range(2):
        run("check", "--baseline", "b.json", "--write-baseline", code=0)
        texts.add((project / "b.json").read_text())
    assert len(texts) == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "problems": []}', "[" * 100_000])
def test_a_file_that_is_no_baseline_is_misuse(project, text):
    write(project / "b.json", text)
    assert "cannot be used" in run("check", "--baseline", "b.json", code=2).stderr


# show


def test_show_prints_every_fact_with_its_line(project):
    text = GOOD.replace("---\n", "---\nservices: [web-shop]\nresolved: 2025-01-01 11:00\n", 1)
    write(project / "reports/2025/good.md", text + "\n## Timeline\n\n- 10:05 It smells\n")
    lines = run("show", "reports/2025/good.md", code=0).stdout.splitlines()
    told = [" ".join(line.split()) for line in lines]
    assert "4 title Good" in told
    assert "2 services web-shop" in told
    assert "3 resolved 2025-01-01T11:00" in told
    assert "TTR 60 min (started → resolved)" in told
    assert "10 2025-01-01T10:05 · It smells" in told
    assert told[-1].startswith("not told summary, severity")


def test_nothing_that_a_report_or_its_name_holds_acts_on_the_terminal(project):
    hostile = "\x1b[31m \x9b2J \u202e"
    file = project / f"reports/2025/{hostile}.md"
    title = '"Red \\e[31m \\x9b2J \\u202e"'
    write(file, GOOD.replace("Good", title))
    for args in (["show"], ["show", "--json"], ["check"], ["check", "--format", "json"]):
        printed = CliRunner().invoke(main, [*args, str(file)], color=True).output
        assert "Red" in printed or args[0] == "check"
        assert not set(hostile) & set(printed) - {" ", *"[31m2J"}
    missing = CliRunner().invoke(main, ["show", hostile], color=True).output
    assert "there is no file" in missing
    assert "\x1b" not in missing


def test_show_reads_with_the_settings_of_the_archive_that_the_file_is_in(project, monkeypatch):
    write(project / "reports/2025/bad.md", BAD)
    monkeypatch.chdir("/")
    file = project / "reports/2025/bad.md"
    told = json.loads(run("show", "--json", file, code=0).stdout)
    assert told["path"] == "2025/bad.md"
    assert "services" not in told
    outside = project / "elsewhere.md"
    write(outside, BAD)
    told = json.loads(run("show", "--json", outside, code=0).stdout)
    assert (told["path"], told["services"]) == ("elsewhere.md", ["web-shpo"])


def test_show_reads_on_with_default_settings_where_the_configuration_is_broken(project):
    write(project / "mkdocs.yml", "plugins: [\n")
    result = run("show", "--json", "reports/2025/good.md", code=0)
    assert "read with default settings" in result.stderr
    assert json.loads(result.stdout)["title"] == "Good"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# Just a title",
        b"\xef\xbb\xbf---\ntitle: Bom\n---\n",
        "---\ntitle: Sechzehn\n---\n".encode("utf-16"),
        b"---\ntitle: caf\xe9\n---\n",
        b"---\ntitle: [\n---\n",
        b'---\ntitle: "\\ud800"\n---\n',
        b"\x00\x01\x02\xff" * 50,
        "---\ntitle: 🔥 “Firé”\n---\n".encode(),
    ],
)
@pytest.mark.parametrize("option", [[], ["--json"]])
def test_show_reads_any_file(tmp_path, content, option):
    write(tmp_path / "a.md", content)
    result = run("show", *option, tmp_path / "a.md", code=0)
    if option:
        assert "title" in json.loads(result.stdout)


def command(*args, **environment):
    """Run the command in a process of its own, as from a shell."""
    return subprocess.run(
        [sys.executable, "-m", "postmortem_archive.hosts.cli", *map(str, args)],
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_terminal_that_knows_ascii_alone_is_no_trouble(tmp_path, option):
    write(tmp_path / "a.md", "---\ntitle: 🔥 “Firé”\ndate: 2025-01-01\n---\n")
    result = command("show", *option, tmp_path / "a.md", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, b"")
    if option:
        assert json.loads(result.stdout)["title"] == "🔥 “Firé”"


def test_a_name_that_is_no_text_is_no_trouble(tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))
    try:
        write(file, GOOD)
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    for args in (["show", file], ["show", "--json", file], ["check", file]):
        result = command(*args)
        assert (result.returncode, result.stderr) == (0, b"")


def test_show_outside_an_archive_imports_no_mkdocs(tmp_path):
    write(tmp_path / "a.md", GOOD)
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from postmortem_archive.hosts.cli import main\n"
        f"CliRunner().invoke(main, ['show', {str(tmp_path / 'a.md')!r}])\n"
        "sys.exit('mkdocs' in sys.modules or 'postmortem_archive.report' not in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, env=os.environ)
    assert done.returncode == 0


def test_a_pipe_in_the_docs_folder_is_passed_over(tmp_path):
    """A pipe has no end, so reading one would wait for ever."""
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nplugins: [postmortem-archive]\n")
    folder = tmp_path / "docs" / "2025"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("---\ntitle: A\ndate: 2025-01-02\n---\nText.\n")
    os.mkfifo(folder / "pipe.md")
    done = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert (done.exit_code, done.output) == (0, "no problems in 1 report\n")
    shown = CliRunner().invoke(main, ["show", str(folder / "pipe.md")])
    assert shown.exit_code == 2
    assert "no regular file" in shown.output


def test_output_that_cannot_be_written_ends_in_a_sentence(tmp_path):
    """A result that was not written is no result, and a full disk is no reason for a traceback."""
    command = [sys.executable, "-m", "postmortem_archive.hosts.cli", "--help"]
    with (tmp_path / "out").open("w") as out:
        done = subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, text=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "Error: the output cannot be written: File too large\n"


@pytest.mark.usefixtures("project")
def test_a_file_that_fails_is_told_by_its_name_and_not_as_the_output(monkeypatch):
    def fail(*_args):
        raise OSError(5, "Input/output error", "reports")

    monkeypatch.setattr("postmortem_archive.hosts.checking.all_files", fail)
    assert run("check", code=2).stderr == "Error: “reports”: Input/output error\n"


@pytest.mark.usefixtures("project")
def test_a_command_that_is_stopped_has_found_nothing(monkeypatch):
    """Its exit code is what a shell tells of any program that was interrupted."""

    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("postmortem_archive.hosts.reading.load_source", stop)
    result = run("check", code=130)
    assert (result.stdout, result.stderr) == ("", "\nStopped.\n")


def test_a_command_whose_output_nobody_reads_says_nothing_and_has_found_nothing(project):
    for number in range(3):
        write(project / f"reports/2025/bad-{number}.md", BAD)
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    done = subprocess.run(
        [sys.executable, "-m", "postmortem_archive.hosts.cli", "check"],
        stdout=writing_end, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writing_end)
    assert (done.returncode, done.stderr) == (141, b"")


# schema


def test_the_schema_has_the_words_of_the_archive(project):
    told = json.loads(run("schema", code=0).stdout)
    assert "web-shop" in json.dumps(told["properties"]["services"])


def test_the_schema_is_there_without_an_archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = json.loads(run("schema", code=0).stdout)
    assert told["properties"]["severity"]["anyOf"][0]["enum"][0] == "SEV1"


def test_a_configuration_without_the_plugin_has_no_schema(tmp_path, monkeypatch):
    make(tmp_path, monkeypatch, {"other.yml": "site_name: Other\n"})
    assert "does not use the plugin" in run("schema", "-f", "other.yml", code=2).output
