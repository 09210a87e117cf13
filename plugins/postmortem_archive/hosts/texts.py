"""A report's file, read from disk and handed to the reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Report
from postmortem_archive.report.settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a report's file, and its path from the docs root.

    `error` says why there are none.
    """

    path: str
    data: bytes
    error: str | None = None


def load_source(docs_dir: Path, path: str) -> Source:
    """Read a file; one that cannot be read is told as a problem of its report."""
    try:
        return Source(path, (docs_dir / path).read_bytes())
    except OSError as error:
        return Source(path, b"", error.strerror or type(error).__name__)


def read_source(source: Source, settings: ReadingSettings) -> Report:
    """Read a report. Whatever is wrong with it is a problem of this one report."""
    # The reader is by far the largest import, and a report from the cache does without it.
    from postmortem_archive.report import read

    if source.error is not None:
        return _unread(source.path, "unreadable-file", f"the file cannot be read: {source.error}")
    try:
        return read(source.data, source.path, settings)
    except Exception as error:  # noqa: BLE001 -- one report never takes the others down
        told = f"{type(error).__name__}: {error}"
        return _unread(source.path, "reader-failed", f"the report cannot be read ({told})")


def _unread(path: str, rule: str, message: str) -> Report:
    stem = PurePosixPath(path).stem
    problem = Problem(path, Place(1), Level.ERROR, rule, message)
    # Nobody knows whom the report is for; it is shown to those who may see every report.
    return Report(path=path, id=stem, title=stem, visibility="RED", problems=(problem,))
