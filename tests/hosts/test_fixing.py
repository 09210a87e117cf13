"""`postmortem check --fix` writes the archive's own words and dates, and nothing else."""

import os
import stat

import pytest

from .test_cli import CONFIG, make, run, write

ALIASES = (
    b"\xef\xbb\xbf---\r\n"
    b"title: Cache lost   # severity: High\r\n"
    b'severity:   "High"   # by hand\r\n'
    b"status: 'Under Review'\r\n"
    b"started: 2025-01-01 10:00\r\n"
    b"services: [Web Shop]\r\n"
    b"trigger: {category: config change, text: High}\r\n"
    b"actions:\r\n"
    b"- {text: High, status: cancelled, type: prevention, reason: 'High'}\r\n"
    b"published: 7th January 2025\r\n"
    b"updated: 03/04/2025\r\n"
    b"---\r\n"
    b"severity: High\r\n"
)
MENDED = (
    ALIASES.replace(b'"High"', b'"SEV2"')
    .replace(b"Under Review", b"in_review")
    .replace(b"Web Shop", b"web-shop")
    .replace(b"config change", b"config_push")
    .replace(b"cancelled", b"not_doing")
    .replace(b"prevention", b"prevent")
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    return make(
        tmp_path / "project",
        monkeypatch,
        {"mkdocs.yml": CONFIG, "reports/2025/a.md": ALIASES},
    )


def test_only_the_words_change(project):
    told = run("check", "--fix", "--fail-on", "never", code=0)
    assert (project / "reports/2025/a.md").read_bytes() == MENDED
    assert "reports/2025/a.md:3:14: mended: “High” is now “SEV2”" in told.stderr
    assert "alias-used" not in told.stdout


def test_a_second_time_there_is_nothing_to_mend(project):
    run("check", "--fix", "--fail-on", "never", code=0)
    before = (project / "reports/2025/a.md").stat()
    assert "nothing to mend" in run("check", "--fix", "--fail-on", "never", code=0).stderr
    assert (project / "reports/2025/a.md").stat().st_mtime_ns == before.st_mtime_ns


def test_a_date_that_can_be_read_in_one_way_is_mended(project):
    file = project / "reports/2025/a.md"
    write(file, "---\ntitle: x\ndate: 2025-01-01\nupdated: 7th January 2025\n---\n")
    run("check", "--fix", code=0)
    assert "updated: 2025-01-07\n" in file.read_text()
    write(file, "---\ntitle: x\ndate: 2025-01-01\nupdated: 03/04/2025\n---\n")
    run("check", "--fix", code=1)
    assert "updated: 03/04/2025\n" in file.read_text()


def test_a_difference_is_shown_and_nothing_written(project):
    told = run("check", "--fix", "--diff", code=0)
    assert (project / "reports/2025/a.md").read_bytes() == ALIASES
    lines = told.stdout.splitlines()
    assert lines[:2] == ["--- a/reports/2025/a.md", "+++ b/reports/2025/a.md"]
    assert '+severity:   "SEV2"   # by hand' in lines


def test_a_difference_needs_the_fix():
    assert "--fix --diff" in run("check", "--diff", code=2).stderr


def test_only_the_reports_named_are_mended(project):
    write(project / "reports/2025/b.md", ALIASES)
    run("check", "--fix", "--fail-on", "never", "reports/2025/b.md", code=0)
    assert (project / "reports/2025/a.md").read_bytes() == ALIASES
    assert (project / "reports/2025/b.md").read_bytes() == MENDED


def test_what_a_report_ignores_is_left_alone(project):
    text = ALIASES.replace(b"services:", b"ignore: alias-used\r\nservices:")
    write(project / "reports/2025/a.md", text)
    run("check", "--fix", "--fail-on", "never", code=0)
    assert (project / "reports/2025/a.md").read_bytes() == text


def test_the_mode_and_a_link_stay(project):
    file = project / "reports/2025/a.md"
    target = project / "elsewhere.md"
    target.write_bytes(file.read_bytes())
    target.chmod(0o640)
    file.unlink()
    file.symlink_to(target)
    run("check", "--fix", "--fail-on", "never", code=0)
    assert file.is_symlink()
    assert target.read_bytes() == MENDED
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_report_and_nothing_beside_it(project, monkeypatch):
    def refuse(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    assert "No space left" in run("check", "--fix", code=2).stderr
    assert (project / "reports/2025/a.md").read_bytes() == ALIASES
    assert [path.name for path in (project / "reports/2025").iterdir()] == ["a.md"]


def test_the_summary_says_how_many_can_be_mended(project):
    assert run("check", "--fail-on", "never").stdout.rstrip().endswith("; --fix may mend 7")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_difference_can_be_applied(project, end):
    file = project / "reports/2025/a.md"
    text = f"---{end}date: 2025-01-01{end}severity: High{end}---{end}# A\u2028B\u00a0C"
    file.write_bytes(text.encode())
    told = run("check", "--fix", "--diff", code=0).stdout_bytes.decode()
    assert [line.rstrip("\r") for line in told.split("\n")] == [
        "--- a/reports/2025/a.md", "+++ b/reports/2025/a.md", "@@ -1,5 +1,5 @@",
        " ---", " date: 2025-01-01", "-severity: High", "+severity: SEV2", " ---",
        " # A\ufffdB\u00a0C", "\\ No newline at end of file", "",
    ]  # fmt: skip
    assert told.count("\r\n") == (5 if end == "\r\n" else 0)
