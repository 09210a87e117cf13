"""Several files written at once: all of them, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write: a new one, or one that takes the place of what is there."""

    file: Path
    data: bytes
    is_new: bool = True


def write_all(changes: Sequence[Change]) -> None:
    """Write all files, or leave everything as it was.

    Every byte is on the disk under another name before the first file has its own. A new file
    never takes the place of one that is there.
    Raises OSError where a file cannot be written, and FileExistsError where a new one is there.
    """
    # They are left from the last to the first: first what is left over goes, then what was done.
    with (
        contextlib.ExitStack() as backups,
        contextlib.ExitStack() as undo,
        contextlib.ExitStack() as left_over,
    ):
        waiting: list[tuple[Path, Change]] = []
        for change in changes:
            _make_folder(change.file.parent, undo)
            waiting.append((_write_beside(change, left_over), change))
        for beside, change in waiting:
            _put(beside, change, undo, backups)
        # Nothing is taken back once every file is there.
        undo.pop_all()


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for place in reversed(missing):
        place.mkdir()
        undo.callback(_without_error, place.rmdir)


def _write_beside(change: Change, left_over: contextlib.ExitStack) -> Path:
    handle, name = tempfile.mkstemp(dir=change.file.parent, prefix=".", suffix=".new")
    beside = Path(name)
    left_over.callback(_without_error, beside.unlink)
    with os.fdopen(handle, "wb") as file:
        file.write(change.data)
        file.flush()
        os.fsync(file.fileno())
    # A temporary file is its maker's alone; this one is to be read as its neighbours are.
    beside.chmod(0o666 & ~_umask() if change.is_new else change.file.stat().st_mode & 0o7777)
    return beside


def _put(
    beside: Path, change: Change, undo: contextlib.ExitStack, backups: contextlib.ExitStack
) -> None:
    if change.is_new:
        _name(beside, change.file)
        undo.callback(_without_error, change.file.unlink)
        return
    backup = beside.with_suffix(".old")
    try:
        os.link(change.file, backup)
    except OSError:  # a disk without hard links
        shutil.copy2(change.file, backup)
    backups.callback(_without_error, backup.unlink)
    beside.replace(change.file)
    undo.callback(_without_error, lambda: backup.replace(change.file))


def _name(beside: Path, file: Path) -> None:
    """Give a file its name, where that is free."""
    try:
        os.link(beside, file)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if file.exists():
            raise FileExistsError(errno.EEXIST, "it is there already", str(file)) from None
        beside.rename(file)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _without_error(do: Callable[[], object]) -> None:
    with contextlib.suppress(OSError):
        do()
