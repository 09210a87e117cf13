"""What `postmortem check --fix` does: reports whose front matter can be mended are written anew."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from postmortem_archive.hosts.checking import Checked
from postmortem_archive.hosts.printing.line import printable
from postmortem_archive.report.front.edits import Edit, mend
from postmortem_archive.report.problem import Problem

_NO_END = "\\ No newline at end of file"


@dataclass(frozen=True, slots=True)
class Fix:
    """A report that can be mended: its file, its bytes before and after, and what was replaced."""

    file: Path
    before: bytes
    after: bytes
    edits: tuple[Edit, ...]


def fixes(checked: Checked) -> Iterator[Fix]:
    """Yield each report with a problem that can be mended without judgement."""
    by_path: dict[str, list[Problem]] = {}
    for problem in checked.problems:
        if problem.fix is not None:
            by_path.setdefault(problem.path, []).append(problem)
    for path, found in by_path.items():
        file = checked.root / path
        try:
            data = file.read_bytes()
        except OSError:
            continue  # told as a problem of its own
        mended = mend(data, path, checked.settings, found)
        if mended.edits:
            yield Fix(file, data, mended.data, mended.edits)


def write(fix: Fix) -> None:
    """Write a mended report whole, or not at all. Raises OSError where it cannot be written.

    A link stays a link, and the file keeps its mode.
    """
    file = Path(os.path.realpath(fix.file))
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(fix.after)
            new.flush()
            os.fsync(new.fileno())
        Path(name).chmod(file.stat().st_mode)
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def difference(fix: Fix, shown: str) -> str:
    """Return what a fix would change, as a unified diff of the file shown under this name."""
    before, after = (_lines(data.decode("utf-8")) for data in (fix.before, fix.after))
    name = printable(shown)
    lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return lines with their ends, as `patch` counts them, and nothing that acts on a terminal."""
    *lines, last = text.split("\n")
    ends = ["\r\n" if line.endswith("\r") else "\n" for line in lines]
    told = [printable(line.removesuffix("\r")) + end for line, end in zip(lines, ends, strict=True)]
    return [*told, printable(last)] if last else told
