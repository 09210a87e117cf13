"""Which files there are in a docs folder, and which of them are reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

# The suffixes of a page, as MkDocs has them.
PAGE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def matcher(globs: Sequence[str]) -> Callable[[str], bool]:
    """Return the test of whether a path from the docs root is that of a report.

    `globs` are in the syntax of a .gitignore: `**` stands for any folders, a pattern without a
    slash holds at any depth, and one that starts with `!` takes files out again. Only pages match.
    Raises ValueError where a pattern is not in this syntax.
    """
    spec = GitIgnoreSpec.from_lines(globs)
    return lambda path: path.endswith(PAGE_SUFFIXES) and spec.match_file(path)


def all_files(docs_dir: Path) -> tuple[str, ...]:
    """Return every file of a docs folder as a sorted path from it, with forward slashes.

    Names that start with a dot are left out. Links to folders are followed, as MkDocs follows
    them, but never back into a folder that they are in.
    """
    return tuple(sorted(_walk(docs_dir, "", (os.path.realpath(docs_dir),))))


def _walk(folder: Path, prefix: str, trail: tuple[str, ...]) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # a folder that may not be read, as MkDocs passes it over too
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            yield f"{prefix}{entry.name}"
            continue
        real = os.path.realpath(entry.path) if entry.is_symlink() else f"{trail[-1]}/{entry.name}"
        if real not in trail:
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/", (*trail, real))


def report_paths(
    docs_dir: Path, globs: Sequence[str], files: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Return the reports of a docs folder as sorted paths from it.

    `files` are the files to choose from; without them the folder is searched.
    """
    matches = matcher(globs)
    return tuple(sorted(filter(matches, all_files(docs_dir) if files is None else files)))
