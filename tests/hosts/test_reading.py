"""Reports from disk: which files they are, the cache, and several processes."""

import os
import pickle
import sqlite3
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from postmortem_archive.hosts import reading, worker
from postmortem_archive.hosts.cache import FILE_NAME, fingerprint, keys_of
from postmortem_archive.hosts.commands.waiting import MANY, announce
from postmortem_archive.hosts.files import all_files, matcher, report_paths
from postmortem_archive.hosts.reading import read_reports
from postmortem_archive.hosts.records import dumps, loads
from postmortem_archive.hosts.texts import Source, read_source
from postmortem_archive.report import ReadingSettings, read
from postmortem_archive.report.vocabulary import Term, Vocabulary
from postmortem_archive.site.settings import DEFAULT_REPORTS

SETTINGS = ReadingSettings(time_zone="Europe/Paris")
TEXT = """---
id: {0}
title: Report {0}
started: 2025-01-01 10:00
resolved: 2025-01-01T11:00Z
impact: {{users: 5-10%}}
---

## Timeline

- 10:00 It breaks
"""


def write(folder: Path, *names: str) -> tuple[str, ...]:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT.format(file.stem), "utf-8")
    return names


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


@pytest.fixture
def cache(tmp_path):
    return tmp_path / ".cache"


@pytest.fixture
def read_in(monkeypatch):
    """Return the list to which the path of each report that is really read is added."""
    seen = []

    def spy(source, settings):
        seen.append(source.path)
        return read_source(source, settings)

    monkeypatch.setattr(worker, "read_source", spy)
    return seen


# Which files are reports.


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2025/a.md", True),
        ("2025/03/deep/a.md", True),
        ("2025/A.MD", False),
        ("2025/a.png", False),
        ("2025/index.md", False),
        ("2025/deep/README.md", False),
        ("2025/readme-first.md", True),
        ("guide/a.md", False),
        ("guide/2025/a.md", False),
        ("20255/a.md", False),
        ("a.md", False),
    ],
)
def test_by_default_reports_are_the_pages_below_a_year(path, expected):
    assert matcher(DEFAULT_REPORTS)(path) is expected


def test_a_pattern_can_take_files_out_again():
    matches = matcher(["reports/*.md", "!reports/index.md"])
    assert matches("reports/a.md")
    assert not matches("reports/index.md")
    assert not matches("reports/deep/a.md")


def test_files_are_sorted_paths_with_forward_slashes_and_without_hidden_ones(docs):
    write(docs, "b.md", "2025/z.md", "2025/a.md", ".hidden/a.md", "2025/.draft.md")
    (docs / "2025" / "x.png").touch()
    assert all_files(docs) == ("2025/a.md", "2025/x.png", "2025/z.md", "b.md")
    assert report_paths(docs, DEFAULT_REPORTS) == ("2025/a.md", "2025/z.md")


def test_links_to_folders_are_followed_and_never_round_and_round(docs):
    write(docs, "2025/a.md", "other/2024/b.md")
    (docs / "2025" / "again").symlink_to(docs / "2025")
    (docs / "2025" / "up").symlink_to(docs)
    (docs / "2024").symlink_to(docs / "other" / "2024")
    assert report_paths(docs, DEFAULT_REPORTS) == ("2024/b.md", "2025/a.md")


def test_two_links_to_each_other_end(docs):
    write(docs, "2024/a.md", "2025/b.md")
    (docs / "2024" / "next").symlink_to(docs / "2025")
    (docs / "2025" / "last").symlink_to(docs / "2024")
    assert report_paths(docs, DEFAULT_REPORTS) == (
        "2024/a.md",
        "2024/next/b.md",
        "2025/b.md",
        "2025/last/a.md",
    )


def test_links_that_lead_nowhere_but_to_each_other_are_files_that_cannot_be_read(docs):
    write(docs, "2025/a.md")
    (docs / "2025" / "b.md").symlink_to("c.md")
    (docs / "2025" / "c.md").symlink_to("b.md")
    paths = report_paths(docs, DEFAULT_REPORTS)
    assert paths == ("2025/a.md", "2025/b.md", "2025/c.md")
    rules = [[p.rule for p in report.problems] for report in read_reports(docs, paths, SETTINGS)]
    assert rules == [[], ["unreadable-file"], ["unreadable-file"]]


def test_a_folder_that_is_not_there_has_no_files(tmp_path):
    assert all_files(tmp_path / "gone") == ()


# Reading.


def test_reports_come_in_the_order_asked_for_and_as_the_reader_reads_them(docs, cache):
    paths = write(docs, "2025/b.md", "2025/a.md")
    expected = tuple(read((docs / path).read_bytes(), path, SETTINGS) for path in paths)
    assert expected[0].milestones["started"].at.hour == 10
    assert read_reports(docs, paths, SETTINGS) == expected
    assert read_reports(docs, paths, SETTINGS, cache) == expected
    assert read_reports(docs, paths, SETTINGS, cache) == expected


def test_a_file_that_is_gone_is_a_problem_of_its_report_alone(docs, cache):
    paths = write(docs, "2025/a.md")
    good, gone = read_reports(docs, [*paths, "2025/gone.md"], SETTINGS, cache)
    assert good.id == "a"
    assert [(p.rule, p.level) for p in gone.problems] == [("unreadable-file", "error")]
    write(docs, "2025/gone.md")
    assert read_reports(docs, ["2025/gone.md"], SETTINGS, cache)[0].problems == ()


def test_a_failing_reader_takes_down_no_other_report(docs, monkeypatch):
    def fail(data, path, settings):
        if path == "2025/a.md":
            raise RecursionError("too deep")
        return read(data, path, settings)

    monkeypatch.setattr("postmortem_archive.report.read", fail)
    bad, good = read_reports(docs, write(docs, "2025/a.md", "2025/b.md"), SETTINGS)
    assert [problem.rule for problem in bad.problems] == ["reader-failed"]
    assert "RecursionError: too deep" in bad.problems[0].message
    assert bad.visibility == "RED"
    assert good.id == "b"


# The cache.


def test_what_was_read_is_not_read_again(docs, cache, read_in):
    paths = write(docs, "2025/a.md", "2025/b.md")
    read_reports(docs, paths, SETTINGS, cache)
    assert read_in == [*paths]
    read_reports(docs, paths, SETTINGS, cache)
    assert read_in == [*paths]


def test_a_report_that_changed_is_read_again_alone(docs, cache, read_in):
    paths = write(docs, "2025/a.md", "2025/b.md")
    read_reports(docs, paths, SETTINGS, cache)
    read_in.clear()
    (docs / "2025/b.md").write_text("# Changed\n")
    assert read_reports(docs, paths, SETTINGS, cache)[1].title == "Changed"
    assert read_in == ["2025/b.md"]


@pytest.mark.parametrize(
    "other",
    [
        ReadingSettings(time_zone="UTC"),
        ReadingSettings(time_zone="Europe/Paris", services=Vocabulary((Term("web", "Web"),))),
    ],
)
def test_other_settings_read_all_again(docs, cache, read_in, other):
    paths = write(docs, "2025/a.md")
    read_reports(docs, paths, SETTINGS, cache)
    assert read_reports(docs, paths, other, cache) == read_reports(docs, paths, other)
    assert read_in == ["2025/a.md"] * 3


def test_the_same_text_in_another_place_is_another_report(docs, cache):
    write(docs, "2025/a.md", "2026/a.md")
    one, other = read_reports(docs, ["2025/a.md", "2026/a.md"], SETTINGS, cache)
    assert (one.path, other.path) == ("2025/a.md", "2026/a.md")
    settings_print = fingerprint(SETTINGS)
    assert keys_of("a", b"b", [settings_print]) != keys_of("ab", b"", [settings_print])


FACTS_ALONE = replace(SETTINGS, page=False)


def test_what_was_read_with_its_page_is_not_read_again_for_its_facts(docs, cache, read_in):
    paths = write(docs, "2025/a.md")
    whole = read_reports(docs, paths, SETTINGS, cache)
    assert read_reports(docs, paths, FACTS_ALONE, cache) == whole
    assert read_in == [*paths]


def test_a_page_is_never_made_of_facts_alone(docs, cache, read_in):
    paths = write(docs, "2025/a.md")
    (facts,) = read_reports(docs, paths, FACTS_ALONE, cache)
    (whole,) = read_reports(docs, paths, SETTINGS, cache)
    assert whole.body.pieces
    assert not facts.body.pieces
    assert read_in == [*paths] * 2


def test_a_check_takes_nothing_from_the_cache_of_a_build(docs, cache, read_in):
    paths = write(docs, "2025/a.md", "2025/b.md")
    read_reports(docs, paths, SETTINGS, cache)
    (docs / "2025/b.md").write_text("# Changed\n")
    read_reports(docs, paths, FACTS_ALONE, cache)
    read_in.clear()
    read_reports(docs, paths, FACTS_ALONE, cache)
    assert read_in == []
    read_reports(docs, paths, SETTINGS, cache)
    assert read_in == ["2025/b.md"]


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, "truncated"])
def test_a_broken_cache_changes_nothing_and_is_mended(docs, cache, read_in, content):
    paths = write(docs, "2025/a.md")
    expected = read_reports(docs, paths, SETTINGS, cache)
    file = cache / FILE_NAME
    file.write_bytes(file.read_bytes()[:5000] if content == "truncated" else content)
    assert read_reports(docs, paths, SETTINGS, cache) == expected
    read_in.clear()
    assert read_reports(docs, paths, SETTINGS, cache) == expected
    assert read_in == []


def test_a_broken_entry_is_read_again(docs, cache, read_in):
    paths = write(docs, "2025/a.md")
    expected = read_reports(docs, paths, SETTINGS, cache)
    with sqlite3.connect(cache / FILE_NAME) as connection:
        connection.execute("UPDATE reports SET report = ?", (b"x",))
    connection.close()
    assert read_reports(docs, paths, SETTINGS, cache) == expected
    assert read_in == ["2025/a.md"] * 2


def test_what_is_no_longer_there_is_dropped(docs, cache):
    paths = write(docs, "2025/a.md", "2025/b.md")
    read_reports(docs, paths, SETTINGS, cache)
    (docs / "2025/b.md").write_text("# Changed\n")
    read_reports(docs, ["2025/b.md"], SETTINGS, cache)
    with sqlite3.connect(cache / FILE_NAME) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)
    connection.close()


def test_a_cache_that_cannot_be_written_changes_nothing(docs, tmp_path):
    paths = write(docs, "2025/a.md")
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert read_reports(docs, paths, SETTINGS, in_the_way) == read_reports(docs, paths, SETTINGS)


def test_several_readers_can_share_a_cache(docs, cache):
    paths = write(docs, *(f"2025/{n}.md" for n in range(20)))
    expected = read_reports(docs, paths, SETTINGS)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: read_reports(docs, paths, SETTINGS, cache), range(8)))
    assert all(reports == expected for reports in found)


def test_bytes_that_would_run_code_make_nothing(tmp_path):
    class Bad:
        def __reduce__(self):
            return Path.touch, (tmp_path / "ran",)

    for data in (pickle.dumps(Bad()), b"", b"\x80\x05N."):
        with pytest.raises(pickle.UnpicklingError):
            loads(data)
        with pytest.raises(pickle.UnpicklingError):
            loads(zlib.compress(data))
    assert not (tmp_path / "ran").exists()


def test_a_report_survives_its_bytes(docs):
    report = read(TEXT.format("x").encode(), "2025/x.md", SETTINGS)
    copy = loads(dumps(report))
    assert copy == report
    assert copy.date == date(2025, 1, 1)
    with pytest.raises(TypeError):
        copy.milestones["started"] = None


# Several processes.


def test_many_new_reports_are_read_by_several_processes_with_the_same_result(docs, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    paths = write(docs, *(f"2025/{n:03}.md" for n in range(3 * reading.FEWEST_FOR_PROCESSES)))
    found = read_reports(docs, paths, SETTINGS)
    assert found == tuple(read((docs / path).read_bytes(), path, SETTINGS) for path in paths)


@pytest.mark.parametrize("error", [OSError, subprocess.SubprocessError])
def test_where_no_process_can_be_started_this_one_reads_all(docs, monkeypatch, read_in, error):
    def fail(*_args):
        raise error

    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(worker, "read_in_child", fail)
    paths = write(docs, *(f"2025/{n:03}.md" for n in range(reading.FEWEST_FOR_PROCESSES + 1)))
    assert len(read_reports(docs, paths, SETTINGS)) == len(paths)
    assert read_in[-len(paths) :] == [*paths]


def test_a_child_that_fails_is_an_error_here(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(subprocess.SubprocessError):
        worker.read_by(2, [Source("a.md", b"# A")] * 100, SETTINGS, worker.say_nothing)


def test_a_child_reads_what_it_is_given_until_there_is_no_more():
    sources = [Source(f"{n}.md", f"# Report {n}\n".encode()) for n in range(40)]
    batches = worker.Batches(sources)
    found = worker.read_in_child(batches, SETTINGS)
    titles = [loads(data).title for start in sorted(found) for data in found[start]]
    assert titles == [f"Report {n}" for n in range(40)]


def test_a_person_who_stops_the_reading_does_not_wait_for_the_rest(monkeypatch):
    taken, stopped, stop = [], Event(), worker.Batches.stop

    def child(batches, _settings):
        for start, _ in batches:
            taken.append(start)
            stopped.wait()
        return {}

    def interrupt(_done, _new):
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "read_in_child", child)
    monkeypatch.setattr(worker.Batches, "stop", lambda batches: (stop(batches), stopped.set()))
    sources = [Source(f"{n}.md", b"# A") for n in range(1000)]
    with pytest.raises(KeyboardInterrupt):
        worker.read_by(2, sources, SETTINGS, interrupt)
    assert len(taken) <= 1


def test_ctrl_c_is_for_the_process_that_asks_and_its_children_say_nothing():
    program = (
        "import os, signal, sys\n"
        "from postmortem_archive.hosts.texts import Source\n"
        "from postmortem_archive.hosts.worker import read_by\n"
        "from postmortem_archive.report import ReadingSettings\n"
        "sources = [Source(f'{n}.md', b'# A') for n in range(1000)]\n"
        # A shell lets what it starts in the background ignore the key.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try:\n"
        "    read_by(3, sources, ReadingSettings(), lambda *_: os.killpg(0, signal.SIGINT))\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(3)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (3, b"")


def test_a_child_whose_answer_nobody_takes_ends_without_a_word():
    """The process that asked may have been killed."""
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    done = subprocess.run(
        [sys.executable, "-m", worker.__name__], stdout=writing_end, stderr=subprocess.PIPE,
        input=pickle.dumps((SETTINGS, [Source("a.md", b"# A")])), check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    os.close(writing_end)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("processes", [1, 2])
def test_how_many_reports_are_new_is_told_while_they_are_read(docs, cache, monkeypatch, processes):
    """A person who waits is told what for; the second time there is nothing to wait for."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {*range(processes)}, raising=False)
    paths = write(docs, *(f"2025/{n:03}.md" for n in range(3 * reading.FEWEST_FOR_PROCESSES)))
    told: list[tuple[int, int]] = []
    read_reports(docs, paths, SETTINGS, cache, lambda done, new: told.append((done, new)))
    assert (told[0], told[-1]) == ((0, len(paths)), (len(paths), len(paths)))
    assert len(told) > 2
    assert sorted(set(told)) == told
    told.clear()
    read_reports(docs, paths, SETTINGS, cache, lambda done, new: told.append((done, new)))
    assert set(told) == {(0, 0)}


@pytest.mark.parametrize(("new", "watched"), [(MANY, True), (MANY, False), (MANY - 1, True)])
def test_who_waits_for_many_reports_sees_how_far_it_is(monkeypatch, capsys, new, watched):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watched)
    for done in (0, new // 2, new):
        announce(done, new)
    shown = capsys.readouterr().err
    if watched and new >= MANY:
        lines = shown.split("\r")
        assert [line.rstrip() for line in lines] == [
            "",
            f"Reading {new} reports that are new or changed: 0 %",
            f"Reading {new} reports that are new or changed: 50 %",
            "",
            "",
        ]
        assert len(lines[3]) >= len(lines[2])  # nothing of the line is left
    else:
        assert shown == ""


def test_what_needs_no_reader_does_not_import_it():
    code = "import sys, postmortem_archive.hosts.checking; print('markdown_it' in sys.modules)"
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, check=True, text=True, env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip
    assert done.stdout.strip() == "False"
