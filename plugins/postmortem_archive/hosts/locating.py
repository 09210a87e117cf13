"""Where things are on this machine: the nearest configuration, and paths as a person has them."""

from __future__ import annotations

import os
from pathlib import Path

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")


def nearest_file(start: Path) -> Path | None:
    """Return the nearest mkdocs.yml in a folder or those above it."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100 -- links stay as they were written
    for place in (folder, *folder.parents):
        for name in CONFIG_NAMES:
            if (place / name).is_file():
                return place / name
    return None


def inside(path: Path, folder: Path) -> str | None:
    """Return the path of `path` from `folder` with forward slashes, or None if it is not below it.

    The folder itself is `.`. Links on the way to either are taken as written, then as they lead.
    """
    for resolve in (os.path.abspath, os.path.realpath):
        there, here = Path(resolve(path)), Path(resolve(folder))
        if there.is_relative_to(here):
            return there.relative_to(here).as_posix()
    return None


def from_here(path: Path) -> str:
    """Return a path from the current folder, as an editor or a terminal can open it."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()
