"""Comment markers: places in an author's page that a block of the archive fills.

`<!-- archive/latest {limit: 5} -->` in Markdown is a comment to every other program. Within code
the brackets are already escaped when the page is HTML, so only real comments are found there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from postmortem_archive.report.problem import Level, Place, Problem, nearest

_MARKER = re.compile(r"<!--\s*archive/(?P<name>[\w-]*)\s*(?P<options>.*?)\s*-->", re.DOTALL)
# Raw HTML in which a comment is an example and not a place to fill.
_VERBATIM = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a marker: the type that its value must have, and what it means."""

    type: type[str | int]
    meaning: str

    @property
    def expected(self) -> str:
        """What a value has to be, in words."""
        return "a whole number above 0" if self.type is int else "a word"


Options = Mapping[str, str | int]


class MarkerError(ValueError):
    """A marker that cannot be filled: what is wrong, what was found, and the nearest right word."""

    def __init__(
        self, message: str, *, found: str, expected: str = "", suggestion: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.found = found
        self.expected = expected or None
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Filled:
    """A page's HTML with its markers filled, and what was wrong with some of them."""

    html: str
    problems: tuple[Problem, ...]


def options_of(written: str, allowed: Mapping[str, Option]) -> Options:
    """Read a marker's options, a YAML mapping in braces; raise `MarkerError` for a wrong one."""
    if not written:
        return {}
    try:
        tree = yaml.safe_load(written)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        message = "the options of a marker cannot be read"
        raise MarkerError(message, found=written, expected="{name: value, …}") from error
    if not isinstance(tree, dict):
        message = "the options of a marker are not a mapping"
        raise MarkerError(message, found=written, expected="{name: value, …}")
    return {str(name): _value(str(name), value, allowed) for name, value in tree.items()}


def _value(name: str, value: object, allowed: Mapping[str, Option]) -> str | int:
    option = allowed.get(name)
    if option is None:
        message = f"unknown option “{name}” of a marker"
        expected = f"one of {', '.join(allowed)}" if allowed else "no option"
        raise MarkerError(message, found=name, expected=expected, suggestion=nearest(name, allowed))
    if option.type is int and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        message = f"the option “{name}” of a marker is “{value}”"
        raise MarkerError(message, found=str(value), expected=option.expected)
    return value if isinstance(value, int) and option.type is int else str(value)


def fill(html: str, path: str, source: str, render: Callable[[str, str], str]) -> Filled:
    """Replace every marker in a page's HTML by what `render(name, options)` returns.

    `source` is the page's Markdown, for the line of a marker that `render` raises a `MarkerError`
    about; such a marker stays as it is, a comment.
    """
    verbatim = [match.span() for match in _VERBATIM.finditer(html)]
    problems: list[Problem] = []

    def replace(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in verbatim):
            return match.group(0)
        try:
            return render(match["name"], match["options"])
        except MarkerError as error:
            problems.append(_problem(path, _place(source, match.group(0)), error))
            return match.group(0)

    return Filled(_MARKER.sub(replace, html), tuple(problems))


def _problem(path: str, place: Place, error: MarkerError) -> Problem:
    return Problem(
        path,
        place,
        Level.ERROR,
        "marker",
        error.message,
        found=error.found,
        expected=error.expected,
        suggestion=error.suggestion,
    )


def _place(source: str, marker: str) -> Place:
    """Return where a marker stands in a page's Markdown, outside fenced code."""
    first = marker.splitlines()[0]
    for number, line in outside_fences(source):
        if first in line:
            return Place(number, line.index(first) + 1)
    return Place(1)


def outside_fences(source: str) -> Iterator[tuple[int, str]]:
    """Give the lines of Markdown that are outside fenced code, with their numbers from 1."""
    fence = ""
    for number, line in enumerate(source.splitlines(), start=1):
        if match := _FENCE.match(line):
            if not fence:
                fence = match.group(1)
            elif match.group(1).startswith(fence):
                fence = ""
        if not fence:
            yield number, line
