"""Several files are written whole, or everything stays as it was."""

import errno
import os
import stat

import pytest

from postmortem_archive.hosts.writing import Change, write_all


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "old.md").write_bytes(b"old")
    return tmp_path


def changes(folder):
    return [
        Change(folder / "2025/03/a.md", b"a"),
        Change(folder / "old.md", b"new", is_new=False),
        Change(folder / "2025/b.md", b"b"),
    ]


AFTER = {"2025": None, "2025/03": None, "2025/03/a.md": b"a", "2025/b.md": b"b", "old.md": b"new"}


def test_all_files_are_there(folder):
    (folder / "old.md").chmod(0o640)
    write_all(changes(folder))
    assert tree(folder) == AFTER
    assert stat.S_IMODE((folder / "old.md").stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "2025/b.md").stat().st_mode) & 0o444 == 0o444


@pytest.mark.parametrize(
    ("call", "at"),
    [
        ("fsync", 1),
        ("fsync", 3),
        ("link", 1),
        ("link", 2),
        ("link", 3),
        ("replace", 1),
        ("mkdir", 1),
        ("mkdir", 2),
    ],
)
def test_a_disk_that_fails_leaves_everything_as_it_was(folder, monkeypatch, call, at):
    """Whatever fails, and whenever: there is no half of it."""
    before = tree(folder)
    true, count = getattr(os, call), 0

    def failing(*args, **more):
        nonlocal count
        count += 1
        if count >= at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return true(*args, **more)

    monkeypatch.setattr(os, call, failing)
    if call == "link":
        # Where a disk has no links, names are changed; here that fails too.
        monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(OSError, match="No space left"):
        write_all(changes(folder))
    assert tree(folder) == before


def test_a_file_that_is_there_is_never_overwritten(folder):
    (folder / "2025").mkdir()
    (folder / "2025/b.md").write_bytes(b"mine")
    before = tree(folder)
    with pytest.raises(FileExistsError):
        write_all(changes(folder))
    assert tree(folder) == before


def test_a_disk_without_links_will_do(folder, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_all(changes(folder))
    assert tree(folder) == AFTER
    with pytest.raises(FileExistsError):
        write_all([Change(folder / "2025/b.md", b"x")])
