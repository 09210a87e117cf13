"""A site's own formats of reports: templates in a folder beside mkdocs.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from postmortem_archive.hosts.locating import from_here
from postmortem_archive.report.formats.format import SUFFIX, Format, built_in

_SUFFIXES = (SUFFIX, ".md")


def formats_in(folder: Path) -> Mapping[str, Format]:
    """Return the built-in formats and those of a folder, which may be missing, by name.

    A template of the folder takes the place of a built-in one of its name. Raises OSError where a
    file cannot be read.
    """
    own: dict[str, Format] = {}
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        suffix = next((suffix for suffix in _SUFFIXES if file.name.endswith(suffix)), None)
        if suffix and not file.name.startswith(".") and file.is_file():
            name = file.name.removesuffix(suffix)
            text = file.read_bytes().decode(errors="replace").removeprefix("\ufeff")
            own[name] = Format.of(name, text, from_here(file))
    return {**built_in(), **own}
