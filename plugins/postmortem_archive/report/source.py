"""The text of a report's file: decoded, split into front matter and body, with its lines."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from postmortem_archive.report.problem import Level, Place, Problems

_FENCE = re.compile(r"---[ \t]*$")
_MARKS = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:\[[ xX]\]\s+)?")
_END = re.compile(r"(---|\.\.\.)[ \t]*$")
_KEY = re.compile(r"[^\s#:'\"\[{-][^:]{0,60}:(\s|$)")
_TOML_KEY = re.compile(r"[\w.\"' -]+=|\[[^\]]+\]+\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """A report's text, as lines without their ends.

    `front` is the YAML between the fences (None where there are none) and starts on line 2.
    `body` is the rest, and starts on line `body_line`. `unread` is front matter that could not be
    read at all, because it is in TOML or has no end.
    """

    lines: tuple[str, ...]
    front: str | None
    body: str
    body_line: int
    unread: str | None = None

    def column_of(self, line: int, text: str, after: int = 0) -> int:
        """Return the column (from 1) at which `text` stands on `line`, or its first word.

        Markup may part the words of a text. Where not even the first is found, the line's own text
        is meant, after the marks of a list or a quote. What stands `after` a column is looked at.
        """
        if not 1 <= line <= len(self.lines):
            return 1
        row = self.lines[line - 1]
        # A row that begins with a letter, or is one of a table, has no marks.
        marks = None if row[:1].isalpha() or row[:1] == "|" else _MARKS.match(row)
        start = marks.end() if marks and marks.end() < len(row) else 0
        if text:
            start = max(start, after)
            found = row.find(text, start)
            if found < 0:
                found = _find_word(row, text.split(maxsplit=1)[0] if text.strip() else text, start)
            if found >= 0:
                return found + 1
        return min(start, len(row)) + 1


def _find_word(row: str, word: str, start: int) -> int:
    """Return where `word` stands in a line as a whole word, -1 if it does not."""
    found = row.find(word, start)
    while found >= 0:
        end = found + len(word)
        if not (row[found - 1 : found].isalnum() or row[end : end + 1].isalnum()):
            return found
        found = row.find(word, end)
    return -1


def decode(data: str | bytes, problems: Problems) -> str:
    """Return the text of a file.

    UTF-8 and, with a byte order mark, UTF-16 are read; any other byte is an error, and is
    replaced so that the rest can be read.
    """
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        problems.add(
            place,
            Level.ERROR,
            "encoding",
            f"the byte 0x{data[error.start]:02X} is not UTF-8",
            expected="a file saved as UTF-8",
        )
        return data.decode("utf-8-sig", errors="replace")


def split(data: str | bytes, problems: Problems) -> Source:
    """Decode a file and split it into front matter and body."""
    text = re.sub(r"\r\n?", "\n", decode(data, problems)).replace("\0", "\ufffd")
    lines = tuple(text.split("\n"))
    if lines[0].rstrip() == "+++":
        return _without_toml(lines, problems)
    if not _FENCE.match(lines[0]):
        return Source(lines, None, text, 1)
    if _begins_with_a_rule(lines):
        return Source(lines, None, text, 1)
    for number, line in enumerate(lines[1:], start=1):
        if _END.match(line):
            front = "\n".join(lines[1:number])
            return Source(lines, front, "\n".join(lines[number + 1 :]), number + 2)
    if len(lines) > 1 and _KEY.match(lines[1]):
        _tell_no_end("---", problems)
        return Source(lines, None, text, 1, unread=_before_the_text(lines))
    return Source(lines, None, text, 1)


def _tell_no_end(fence: str, problems: Problems) -> None:
    problems.add(
        Place(1),
        Level.ERROR,
        "unclosed-front-matter",
        "the front matter has no end",
        found=fence,
        expected=f"a line “{fence}” after the last key",
    )


def _before_the_text(lines: tuple[str, ...]) -> str:
    """Return what looks like front matter: the lines before a blank one and a heading or field."""
    for number, line in enumerate(lines):
        if number and not lines[number - 1].strip() and line.startswith(("#", "**")):
            return "\n".join(lines[:number])
    return "\n".join(lines)


def _begins_with_a_rule(lines: tuple[str, ...]) -> bool:
    """Whether the first line is a rule of the body: a blank line follows it, and then no key."""
    if len(lines) > 1 and lines[1].strip():
        return False
    told = (line for line in lines[1:] if line.strip() and not line.startswith("#"))
    return not _KEY.match(next(told, ""))


def _without_toml(lines: tuple[str, ...], problems: Problems) -> Source:
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == "+++"), None)
    if end is None:
        whole = "\n".join(lines)
        if not any(_TOML_KEY.match(line) for line in lines[1:2]):
            return Source(lines, None, whole, 1)
        _tell_no_end("+++", problems)
        return Source(lines, None, whole, 1, unread=_before_the_text(lines))
    problems.add(
        Place(1),
        Level.ERROR,
        "toml-front-matter",
        "front matter in TOML is not read",
        found="+++",
        expected="YAML between two lines “---”",
    )
    return Source(lines, None, "\n".join(lines[end + 1 :]), end + 2, unread="\n".join(lines[1:end]))
