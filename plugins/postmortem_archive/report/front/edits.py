"""Front matter mended in place: words and dates are replaced, every other byte stays.

Nothing is guessed. A value is replaced only where it stands in its line just as it was read, and
only if the report then tells what it told before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from postmortem_archive.report.problem import Place, Problem
from postmortem_archive.report.reader import read
from postmortem_archive.report.record import Report
from postmortem_archive.report.settings import ReadingSettings

# The lines of a file, each with its end as it is.
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Edit:
    """A value of the front matter, and what is written in its place."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A file's bytes after `edits`; without any they are what they were."""

    data: bytes
    edits: tuple[Edit, ...]


def mend(data: bytes, path: str, settings: ReadingSettings, problems: Iterable[Problem]) -> Mended:
    """Return a file with each of these `problems` mended that needs no judgement.

    A file that is not UTF-8 stays as it is, and so does one that would tell something else.
    """
    nothing = Mended(data, ())
    try:
        lines = _LINES.findall(data.decode("utf-8"))
    except UnicodeDecodeError:
        return nothing
    found = [(problem, edit) for problem in problems if (edit := _edit(problem, lines))]
    every = tuple(dict.fromkeys(edit for _, edit in found))
    # A date that can be read at last may change what follows from others; the words do not.
    words = tuple(dict.fromkeys(edit for problem, edit in found if problem.rule == "alias-used"))
    before = facts_of(read(data, path, settings)) if found else {}
    for edits in dict.fromkeys((every, words)):
        new = _edited(lines, edits)
        now = facts_of(read(new, path, settings)) if edits else {}
        if edits and all(now[name] == value for name, value in before.items() if value):
            return Mended(new, edits)
    return nothing


def _edited(lines: Sequence[str], edits: Iterable[Edit]) -> bytes:
    rows = list(lines)
    # From the end of a line to its start, so that the places before stay where they are.
    for edit in sorted(edits, key=lambda edit: edit.place, reverse=True):
        row, start = rows[edit.place.line - 1], edit.place.column - 1
        rows[edit.place.line - 1] = row[:start] + edit.new + row[start + len(edit.old) :]
    return "".join(rows).encode()


def _edit(problem: Problem, lines: list[str]) -> Edit | None:
    """Return the edit for a problem, None where its text does not stand there as it was read."""
    if problem.fix is None or problem.found is None or problem.place.line > len(lines):
        return None
    row, start = lines[problem.place.line - 1].rstrip("\r\n"), problem.place.column - 1
    if row[start : start + 1] in ("'", '"'):
        start += 1
    if row[start : start + len(problem.found)] != problem.found:
        return None
    return Edit(Place(problem.place.line, start + 1), problem.found, problem.fix)


def facts_of(report: Report) -> Mapping[str, object]:
    """Return what a report tells by the names of its attributes, wherever in the file it does."""
    return {
        part.name: _placeless(getattr(report, part.name))
        for part in fields(report)
        if part.name not in ("problems", "sources")
    }


def _placeless(value: object) -> object:
    """Return a value without the places in it, which move within an edited line."""
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(map(_placeless, value))
    if isinstance(value, Mapping):
        return {key: _placeless(item) for key, item in value.items()}
    if is_dataclass(value):
        return tuple(_placeless(getattr(value, part.name)) for part in fields(value))
    return value
