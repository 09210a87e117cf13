"""A file from elsewhere, taken apart: its front matter as values, and its body byte for byte."""

from __future__ import annotations

import codecs
import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from postmortem_archive.report.front.yaml_tree import (
    ListValue,
    MapValue,
    Scalar,
    Value,
    comments,
    read_mapping,
)
from postmortem_archive.report.problem import Level, Place, Problem, Problems
from postmortem_archive.report.source import split

_LINE_END = re.compile(rb"\r\n?|\n")
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_TOML_STRING_OR_COMMENT = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|"(?:\\.|[^"\\\n])*"'''
    r"""|'{3}.*?'{3,5}|'[^'\n]*'|(?P<comment>\#[^\n]*)""",
    re.DOTALL,
)
_TOML = "toml-front-matter"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's parts: byte order mark, front matter as a tree, its comments, and the body.

    `lines` are those of the whole file. `line_end` is how they end: what is written before the body
    ends its lines so too.
    """

    lines: tuple[str, ...]
    mark: bytes
    front: MapValue
    comments: tuple[str, ...]
    body: bytes
    line_end: str

    def with_front(self, front: str) -> bytes:
        """Return the file with other front matter, which stands between its two fences."""
        return self.mark + front.replace("\n", self.line_end).encode() + self.body


def open_text(data: bytes, path: str) -> tuple[Opened | None, tuple[Problem, ...]]:
    """Take a file apart; None, with every reason, where that would lose something."""
    problems = Problems(path)
    reason = _refusal(data)
    if reason:
        place, message, expected = reason
        problems.add(place, Level.ERROR, "encoding", message, expected=expected)
        return None, problems.all()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    source = split(data, problems)
    front = MapValue({}, {}, Place(1))
    told: tuple[str, ...] = ()
    if source.front is not None:
        front = read_mapping(source.front, 2, problems)
        told = tuple(comments(source.front)) if not _errors(problems) else ()
    elif source.unread is not None and any(p.rule == _TOML for p in problems.all()):
        # The archive's own reader takes no TOML, and says so; here it is read.
        problems = Problems(path)
        front = _read_toml(source.unread, problems)
        told = tuple(_toml_comments(source.unread))
    if _errors(problems):
        return None, problems.all()
    text = data[len(mark) :]
    ends = [match.end() for match in _LINE_END.finditer(text)]
    body = text[([0, *ends, len(text)])[min(source.body_line - 1, len(ends) + 1)] :]
    first = _LINE_END.search(text)
    line_end = first.group().decode() if first else "\n"
    return Opened(source.lines, mark, front, told, body, line_end), ()


def _errors(problems: Problems) -> bool:
    return any(problem.level is Level.ERROR for problem in problems.all())


def _refusal(data: bytes) -> tuple[Place, str, str] | None:
    """Return where and why a file is no text in UTF-8, and how to make it one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Place(1), "the file is saved as UTF-16", "UTF-8: iconv -f UTF-16 -t UTF-8 OLD > NEW"
    if b"\0" in data:
        place = _place(data, data.index(b"\0"))
        return place, "the file holds a zero byte, so it is no text", "a text saved as UTF-8"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return (
            _place(data, error.start),
            f"the byte 0x{data[error.start]:02X} is not UTF-8",
            "UTF-8; for a file of Windows or Latin-1: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
        )
    return None


def _place(data: bytes, position: int) -> Place:
    before = data[:position].decode(errors="replace")
    return Place(
        len(_LINE_END.findall(data[:position])) + 1, len(re.split(r"[\r\n]", before)[-1]) + 1
    )


def _read_toml(text: str, problems: Problems) -> MapValue:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _TOML_PLACE.search(str(error))
        lines = text.split("\n")
        place = Place(len(lines) + 1, len(lines[-1]) + 1)
        if where and where["line"]:
            place = Place(int(where["line"]) + 1, int(where["column"]))
        problems.add(
            place, Level.ERROR, _TOML,
            f"this is not TOML: {_TOML_PLACE.sub('', str(error))}",
        )  # fmt: skip
        return MapValue({}, {}, Place(1))
    lines = text.split("\n")
    tree = _tree(told, Place(1))
    if not isinstance(tree, MapValue):
        raise TypeError("a TOML document is a table")
    places = {key: _key_place(key, lines) for key in told}
    items = {key: replace(value, place=places[key]) for key, value in tree.items.items()}
    return MapValue(items, places, Place(1))


def _key_place(key: str, lines: list[str]) -> Place:
    """Return the place of a key of the outermost table; TOML's reader gives none."""
    pattern = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}\b")
    found = next((number for number, line in enumerate(lines) if pattern.match(line)), 0)
    return Place(found + 2)


def _tree(value: object, place: Place) -> Value:
    match value:
        case dict():
            items = {str(key): _tree(item, place) for key, item in value.items()}
            return MapValue(items, dict.fromkeys(items, place), place)
        case list():
            return ListValue(tuple(_tree(item, place) for item in value), place)
        case bool():
            return Scalar(str(value).lower(), value, place)
        case int():
            return Scalar(str(value), value, place)
        case dt.datetime() | dt.date() | dt.time():
            text = value.isoformat()
            return Scalar(text, text, place)
    return Scalar(str(value), str(value), place)


def _toml_comments(text: str) -> Iterator[str]:
    """Yield the comments of a TOML text: what begins with `#` and is in no string."""
    for match in _TOML_STRING_OR_COMMENT.finditer(text):
        if match["comment"]:
            yield match["comment"].rstrip()


def plain(value: Value) -> object:
    """Return a value of the tree as plain text, numbers, flags, lists and mappings."""
    match value:
        case MapValue():
            return {key: plain(item) for key, item in value.items.items()}
        case ListValue():
            return [plain(item) for item in value.items]
    return value.value
