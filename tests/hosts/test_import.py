"""The command `postmortem import`, as a person runs it."""

import errno
import json
import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from postmortem_archive.hosts.cli import main

GUIDE = Path(__file__).parents[2] / "postmortems" / "guide" / "importing.md"
CONFIG = """site_name: Ours
docs_dir: reports
plugins:
  - postmortem-archive:
      as_of: 2026-01-31
      time_zone: Europe/Paris
"""
HOME = "---\nid: INC-2025-004\ntitle: Home\nstarted: 2025-02-01 10:00\n---\nOurs.\n"
CARDS = """---
layout: post
company: Initech
start_time: 2025-03-04 14:02 UTC
---
# Cards refused

**Severity:** High

![Graph](img/cards.png) and [the log](../logs/cards.txt), as [before](queue.md#impact).
"""
QUEUE = """# Queue stuck

**Date:** 2025-01-09

## Impact

Labels were late.

## Timeline

- 09:00 UTC Labels stop
- 09:40 UTC Service restored
"""
OLD = {
    "old/README.md": "# Our reports\n",
    "old/wiki/cards.md": CARDS,
    "old/wiki/queue.md": QUEUE,
    "old/wiki/img/cards.png": b"\x89PNG\0",
    "old/logs/cards.txt": "14:02 refused\n",
    "old/wiki/lake.md": "# Team day\n\nWe went to the lake on 2025-06-07.\n",
}


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def make(folder, monkeypatch, files):
    for path, text in files.items():
        write(folder / path, text)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Make an archive, a folder of foreign reports beside it, and go there."""
    files = {"mkdocs.yml": CONFIG, "reports/2025/INC-2025-004.md": HOME, **OLD}
    return make(tmp_path / "project", monkeypatch, files)


def run(*args, code=None):
    """Run the command; a traceback fails the test, and so does any other exit code than `code`."""
    result = CliRunner().invoke(main, ["import", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert code is None or result.exit_code == code, result.output
    return result


def account(*args, code=0):
    told = json.loads(run("--json", *args, code=code).stdout)
    return {found["file"]: found for found in told["files"]}, told["summary"]


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_a_folder_becomes_part_of_the_archive(project):
    before = tree(project)
    result = run("old", code=0)
    after = tree(project)
    assert {path: data for path, data in after.items() if path in before} == before
    assert set(after) - set(before) == {
        "reports/2025/INC-2025-005.md",
        "reports/2025/INC-2025-006.md",
        "reports/2025/img/cards.png",
        "reports/logs/cards.txt",
    }
    # Ids go on in the order of time.
    assert after["reports/2025/INC-2025-005.md"].endswith(b"---\n" + QUEUE.encode())
    body = CARDS.partition("\n---\n")[2].encode()
    assert after["reports/2025/INC-2025-006.md"].endswith(b"\n---\n" + body)
    assert after["reports/2025/img/cards.png"] == OLD["old/wiki/img/cards.png"]
    lines = result.stdout.splitlines()
    assert "old/wiki/cards.md → reports/2025/INC-2025-006.md" in lines
    assert "old/README.md: left, its name is that of a page, not of a report" in lines
    assert lines[-2] == "files: 2 imported, 0 known, 2 left, 0 refused; 2 other files"
    checked = CliRunner().invoke(main, ["check"])
    assert checked.exit_code == 0
    assert "error" not in checked.stdout.splitlines()[-1]


def test_the_account_says_what_was_understood_guessed_kept_and_broken(project):
    files, summary = account("old")
    cards = files["old/wiki/cards.md"]
    assert cards["status"] == "imported"
    assert cards["understood"] == ["title", "severity", "started"]
    assert [guess["key"] for guess in cards["guessed"]] == ["id", "severity"]
    assert [kept["key"] for kept in cards["kept"]] == ["layout", "company"]
    assert cards["copied"] == ["reports/2025/img/cards.png", "reports/logs/cards.txt"]
    (problem,) = cards["problems"]
    assert problem["rule"] == "broken-link"
    assert problem["path"] == "reports/2025/INC-2025-006.md"
    assert "now “2025/INC-2025-005.md”" in problem["message"]
    text = (project / problem["path"]).read_text("utf-8").splitlines()
    assert "queue.md" in text[problem["line"] - 1]
    assert summary == {
        "imported": 2, "known": 0, "left": 2, "refused": 0, "others": 2, "dry_run": False,
    }  # fmt: skip


def test_importing_twice_changes_nothing(project):
    run("old", code=0)
    once = tree(project)
    files, summary = account("old")
    assert tree(project) == once
    assert summary["imported"] == 0
    assert files["old/wiki/cards.md"]["status"] == "known"
    assert files["old/wiki/cards.md"]["path"] == "reports/2025/INC-2025-006.md"


@pytest.mark.parametrize("edit", [("title: Cards refused", "title: Cards"), ("the log", "a log")])
def test_a_report_that_was_edited_since_is_still_known(project, edit):
    run("old", code=0)
    file = project / "reports/2025/INC-2025-006.md"
    file.write_text(file.read_text("utf-8").replace(*edit), "utf-8")
    assert account("old/wiki/cards.md")[1]["known"] == 1


def test_a_copy_is_known_and_a_report_with_the_same_body_is_not(project):
    write(project / "old/wiki/copy.md", CARDS)
    other = CARDS.replace("03-04", "03-09")
    write(project / "old/wiki/other.md", other)
    files, summary = account("old")
    assert (summary["imported"], summary["known"]) == (3, 1)
    assert files["old/wiki/other.md"]["status"] == "imported"


def test_what_is_in_the_archive_already_stays_there(project):
    before = tree(project)
    files, _ = account("reports")
    assert files["reports/2025/INC-2025-004.md"]["reason"] == "it is in the archive"
    assert tree(project) == before


def test_a_dry_run_shows_the_difference_and_writes_nothing(project):
    before = tree(project)
    result = run("--dry-run", "old", code=0)
    assert tree(project) == before
    assert "--- old/wiki/cards.md\n+++ reports/2025/INC-2025-006.md\n" in result.stdout
    assert "\n+severity: SEV2\n" in result.stdout
    assert "\n-layout: post\n" in result.stdout
    assert "2 would be imported" in result.stdout


def test_in_place_the_files_stay_where_they_are(project):
    before = tree(project)
    run("--in-place", "old", code=0)
    after = tree(project)
    assert set(after) == set(before)
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"old/wiki/cards.md", "old/wiki/queue.md"}
    assert after["old/wiki/queue.md"].endswith(b"---\n" + QUEUE.encode())
    assert b"\nid:" not in after["old/wiki/cards.md"]
    assert account("--in-place", "old")[1]["imported"] == 0
    assert tree(project) == after


def test_in_place_the_archive_s_own_front_matter_is_left_alone(project):
    files, _ = account("--in-place", "reports")
    assert files["reports/2025/INC-2025-004.md"]["reason"] == (
        "its front matter is the archive's already"
    )


def test_another_folder_can_be_named_without_any_archive(tmp_path, monkeypatch):
    folder = make(tmp_path / "loose", monkeypatch, OLD)
    assert "--into DIR" in run("old", code=2).stderr
    files, _ = account("--into", "new", "old")
    assert files["old/wiki/cards.md"]["path"] == "new/2025/INC-2025-002.md"
    assert (folder / "new/2025/img/cards.png").exists()
    assert account("--into", "new", "old")[1]["known"] == 2


def test_an_id_is_kept_and_so_is_a_name_like_the_archive_s(project):
    text = CARDS.replace("layout: post", "incident_id: OPS-12")
    write(project / "old/wiki/cards.md", text)
    write(project / "old/wiki/INC-2025-031.md", QUEUE)
    (project / "old/wiki/queue.md").unlink()
    files, _ = account("old")
    assert files["old/wiki/cards.md"]["path"] == "reports/2025/OPS-12.md"
    assert files["old/wiki/INC-2025-031.md"]["id"] == "INC-2025-031"
    assert "id" not in [g["key"] for g in files["old/wiki/INC-2025-031.md"]["guessed"]]


def test_no_id_is_made_up_that_a_report_has_or_speaks_of(project):
    """Else a text would relate to a stranger, or the report with that id could not come in."""
    write(project / "old/wiki/cards.md", CARDS.replace("layout: post", "id: INC-2025-005"))
    write(project / "old/wiki/queue.md", QUEUE + "\n## Related incidents\n\n- INC-2025-006\n")
    files, summary = account("old")
    assert summary["imported"] == 2
    assert files["old/wiki/cards.md"]["id"] == "INC-2025-005"
    assert files["old/wiki/queue.md"]["id"] == "INC-2025-007"


def test_what_is_printed_does_not_act_on_a_terminal(project):
    text = CARDS.replace("company: Initech", 'company: "\\e[31m"\n"re\\e[2Jd": 1\nstart: "\\e[2J"')
    write(project / "old/wiki/cards.md", f"{text}\n\x1b[31mred\x1b[0m\n")
    for more in ((), ("--dry-run",)):
        assert "\x1b" not in run(*more, "old").stdout


def test_an_id_that_is_taken_is_refused(project):
    write(project / "old/wiki/cards.md", CARDS.replace("layout: post", "id: inc-2025-004"))
    before = tree(project / "reports")
    files, summary = account("old/wiki/cards.md", code=1)
    assert [p["rule"] for p in files["old/wiki/cards.md"]["problems"]] == ["duplicate-id"]
    assert summary["refused"] == 1
    assert tree(project / "reports") == before


def test_every_reason_to_refuse_is_told_at_once_and_the_others_are_imported(project):
    write(project / "old/bad.md", "---\na: [1\nb: 1\nb: 2\n---\n# A\n")
    write(project / "old/latin.md", "# Störung\n\n**Severity:** SEV2\n".encode("latin-1"))
    write(project / "old/when.md", "# Outage\n\n**Severity:** SEV2\n\nOn 03/04/2025.\n")
    lines = run("old", code=1).stdout.splitlines()
    problems = [line for line in lines if ": error: " in line or ": warning: " in line]
    assert [p for p in problems if "broken-link" not in p] == [
        line for line in problems if re.search(r"old/(bad|latin|when)\.md:\d+:\d+: ", line)
    ]
    assert "2 imported, 0 known, 2 left, 3 refused" in lines[-2]
    assert any("iconv -f WINDOWS-1252" in line for line in problems)


def test_a_map_gives_keys_a_home(project):
    write(project / "keys.yml", "company: tags\nlayout: ~\n")
    files, _ = account("--map", "keys.yml", "old/wiki/cards.md")
    assert "tags" in files["old/wiki/cards.md"]["understood"]
    write(project / "keys.yml", "company: tag\na: servces\n")
    told = run("--map", "keys.yml", "old", code=2).stderr
    assert "keys.yml:1:10: error: “tag” is no key of a report" in told
    assert "did you mean “services”?" in told


@pytest.mark.parametrize(
    "args",
    [
        (), ("gone",), ("--in-place", "--into", "x", "old"), ("--map", "gone.yml", "old"),
        ("-f", "gone.yml", "old"), ("--into", "mkdocs.yml", "old"), ("--nonsense", "old"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_misuse(project, args):
    before = tree(project)
    run(*args, code=2)
    assert tree(project) == before


def test_a_file_outside_the_folder_never_comes_along(project):
    """Neither by a path that leads out of it, nor by a link of the file system."""
    write(project / "secret.txt", "secret")
    (project / "old/wiki/img/key.txt").symlink_to(project / "secret.txt")
    text = CARDS + "\n[a](../../secret.txt) [b](img/key.txt) [c](../../mkdocs.yml)\n"
    write(project / "old/wiki/cards.md", text)
    files, _ = account("old")
    messages = [p["message"] for p in files["old/wiki/cards.md"]["problems"]]
    assert sum("outside the folder that is imported" in message for message in messages) == 3
    assert b"secret" not in tree(project / "reports").values()


def test_a_file_that_is_there_already_is_kept(project):
    write(project / "reports/2025/img/cards.png", b"another")
    write(project / "reports/logs/cards.txt", OLD["old/logs/cards.txt"])
    files, _ = account("old")
    messages = [p["message"] for p in files["old/wiki/cards.md"]["problems"]]
    assert any("another file is “2025/img/cards.png” already" in message for message in messages)
    assert (project / "reports/2025/img/cards.png").read_bytes() == b"another"


@pytest.mark.parametrize(
    ("globs", "path"),
    [
        ('["incidents/**/*.md"]', "reports/incidents/2025/INC-2025-001.md"),
        ('["incidents/*.md"]', "reports/incidents/INC-2025-001.md"),
        ('["INC-*.md"]', "reports/2025/INC-2025-005.md"),
        ('["/log/[0-9]*/*.md"]', "reports/log/2025/INC-2025-001.md"),
        ('["*.md", "!index.md"]', "reports/2025/INC-2025-005.md"),
    ],
)
def test_the_first_report_goes_where_the_archive_looks_for_reports(project, globs, path):
    write(project / "mkdocs.yml", f"{CONFIG}      reports: {globs}\n")
    files, _ = account("old/wiki/queue.md")
    assert files["old/wiki/queue.md"]["path"] == path


def test_a_path_that_is_no_report_s_is_refused(project):
    write(project / "mkdocs.yml", f'{CONFIG}      reports: ["incidents/OPS-*.md"]\n')
    files, _ = account("old/wiki/cards.md", code=1)
    assert [p["rule"] for p in files["old/wiki/cards.md"]["problems"]] == ["no-report-path"]


def test_a_number_can_be_an_id(project):
    write(project / "old/wiki/cards.md", CARDS.replace("layout: post", "incident_id: 12"))
    files, _ = account("old/wiki/cards.md")
    assert files["old/wiki/cards.md"]["path"] == "reports/2025/12.md"
    assert "\nid: '12'\n" in (project / "reports/2025/12.md").read_text("utf-8")


def test_in_place_a_link_to_a_file_stays_a_link(project):
    link = project / "linked.md"
    link.symlink_to(project / "old/wiki/queue.md")
    run("--in-place", "linked.md", code=0)
    assert link.is_symlink()
    assert (project / "old/wiki/queue.md").read_text("utf-8").startswith("---\ntitle: ")


def test_a_full_disk_leaves_the_archive_as_it_was(project, monkeypatch):
    before = tree(project)

    def fail(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    assert "nothing was imported: No space left" in run("old", code=2).stderr
    assert tree(project) == before


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_survive(project, mark, end):
    write(project / "old/wiki/queue.md", mark + QUEUE.replace("\n", end).encode())
    files, _ = account("old/wiki/queue.md")
    data = (project / files["old/wiki/queue.md"]["path"]).read_bytes()
    assert data.startswith(mark + f"---{end}id: ".encode())
    assert data.endswith(f"---{end}{QUEUE}".replace("\r\n", "\n").replace("\n", end).encode())
    assert data.count(b"\n") == data.count(end.encode())


def test_the_guide_s_walk_through_runs_as_it_is_written(tmp_path, monkeypatch):
    """Every command of the guide is run, on the guide's own files, and prints what it shows."""
    text = GUIDE.read_text(encoding="utf-8")
    files = dict(re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```$', text, re.MULTILINE | re.DOTALL))
    assert files
    make(tmp_path, monkeypatch, {"mkdocs.yml": CONFIG, "reports/index.md": "# Ours\n", **files})
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    commands = 0
    for block in blocks:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            program, *args = shlex.split(command)
            assert program == "postmortem"
            result = CliRunner().invoke(main, args)
            assert result.exit_code in (0, 1), result.output
            commands += 1
            if shown.strip():
                assert result.stdout.strip() == shown.strip()
    assert commands >= 5
    (front,) = re.findall(r"^```yaml\n(---\n.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert (tmp_path / "reports/2025/INC-2025-002.md").read_text("utf-8").startswith(front)
