"""The commands `postmortem related` and `postmortem similar`."""

import json

import pytest
from click.testing import CliRunner

from postmortem_archive.hosts.cli import main

CONFIG = "site_name: A\nplugins: [{postmortem-archive: {as_of: 2026-01-01}}]\n"
POOL = """---
id: {id}
title: Pool of {id} ran dry
date: 2025-01-0{day}
root_cause: saturation
services: [orders-db]
mitigation: Fewer workers
{more}---
## Summary

The connection pool was exhausted at max_connections.

```
FATAL: remaining slots are reserved for worker {day}17
```
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "docs/2025").mkdir(parents=True)
    for day, (id_, more) in enumerate(
        (("A-1", ""), ("A-2", ""), ("A-3", "visibility: RED\n")), start=1
    ):
        text = POOL.format(id=id_, day=day, more=more)
        (tmp_path / f"docs/2025/{id_}.md").write_text(text)
    for n in range(14):
        told = " ".join(f"{word}{'abcdefghijklmn'[n]}" for word in ("queue", "disk", "lock"))
        text = (
            f"---\ntitle: {told}\ndate: 2024-01-0{n % 9 + 1}\n---\n## Summary\n\n{told} failed.\n"
        )
        (tmp_path / f"docs/2025/other-{n}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments, text=None):
    result = CliRunner().invoke(main, arguments, input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_related_prints_what_a_report_resembles_with_reasons(folder):
    result = run("related", "A-1")
    assert result.exit_code == 0
    assert "Might be related" in result.stdout
    assert "strong  A-2" in result.stdout
    assert "same cause: Saturation; both on orders-db" in result.stdout
    assert "A-3" not in result.stdout


def test_a_report_may_be_named_by_its_file(folder):
    assert "A-2" in run("related", "docs/2025/A-1.md").stdout


def test_related_as_json(folder):
    told = json.loads(run("related", "A-1", "--json").stdout)
    assert told["id"] == "A-1"
    assert told["told"] == []
    assert [(item["id"], item["mitigation"]) for item in told["similar"]] == [
        ("A-2", "Fewer workers")
    ]


def test_a_pin_is_told_from_then_on(folder):
    before = (folder / "docs/2025/A-1.md").read_text()
    result = run("related", "A-1", "--pin", "A-2", "--relation", "recurrence_of")
    assert result.stdout == "docs/2025/A-1.md\n"
    after = (folder / "docs/2025/A-1.md").read_text()
    line = "related:\n  - {id: A-2, relation: recurrence_of}\n"
    assert after == before.replace("Fewer workers\n", f"Fewer workers\n{line}")
    told = json.loads(run("related", "A-2", "--json").stdout)
    assert [item["strength"] for item in told["told"]] == ["came back as"]
    assert told["similar"] == []
    again = run("related", "A-1", "--pin", "A-2", "--relation", "recurrence_of")
    assert again.stdout == "it says so already\n"


def test_a_rejection_holds_on_both_sides(folder):
    run("related", "A-1", "--reject", "A-2")
    assert "not_related: [A-2]" in (folder / "docs/2025/A-1.md").read_text()
    assert "nothing in the archive resembles it" in run("related", "A-2").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("related", "A-9"),
        ("related", "A-1", "--pin", "A-1"),
        ("related", "A-1", "--pin", "A-9"),
        ("related", "A-1", "--pin", "A-2", "--reject", "A-2"),
        ("related", "A-1", "--relation", "follows"),
        ("similar", "nowhere.txt"),
        ("similar", "-f", "nowhere.yml"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(folder, arguments):
    result = run(*arguments, text="x")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")


def test_what_is_rejected_cannot_be_pinned(folder):
    run("related", "A-1", "--reject", "A-2")
    assert run("related", "A-1", "--pin", "A-2").exit_code == 2


def test_one_line_of_a_log_finds_what_tells_it(folder):
    result = run(
        "similar", text="2026-02-03T04:05:06Z FATAL: remaining slots are reserved for worker 9\n"
    )
    assert result.exit_code == 0
    assert [
        line.split()[1] for line in result.stdout.splitlines() if line.startswith("strong")
    ] == [
        "A-1",
        "A-2",
    ]
    assert "ended  Fewer workers" in result.stdout
    assert "page   2025/A-1/" in result.stdout


def test_a_draft_is_compared_as_a_report(folder):
    draft = POOL.format(id="A-9", day=9, more="")
    (folder / "draft.md").write_text(draft)
    told = json.loads(run("similar", "draft.md", "--limit", "1", "--json").stdout)
    (found,) = told["similar"]
    assert found["id"] in {"A-1", "A-2"}
    assert "same cause: Saturation" in found["reasons"]


def test_what_nobody_has_seen_finds_nothing(folder):
    result = run("similar", text="hello\n")
    assert (result.exit_code, result.stdout) == (0, "nothing in the archive looks like this\n")


def test_nothing_is_not_looked_for(folder):
    assert run("similar", text="\n").exit_code == 2


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x7fELF\0\0remaining slots reserved"])
def test_what_is_no_text_is_refused_rather_than_matched_by_chance(folder, data):
    (folder / "core").write_bytes(data)
    result = run("similar", "core")
    assert result.exit_code == 2
    assert "this is no text" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_log_may_come_from_windows(folder, encoding):
    log = "FATAL: remaining slots are reserved for worker 9\r\n"
    (folder / "log.txt").write_bytes(log.encode(encoding))
    assert "strong  A-1" in run("similar", "log.txt").stdout
