"""What is wrong with YAML, in an author's words: a parser speaks of tokens, nodes and scalars."""

from __future__ import annotations

import re

# What the parser says -> what is there, and what should be. The first that is found holds.
_SLIPS = tuple(
    (re.compile(said, re.IGNORECASE), there, expected)
    for said, there, expected in (
        ("mapping values are not allowed", "a second “: ” in one value",
         "quotes around a value that holds “: ”, and each key on a line of its own"),
        ("quoted scalar.*end of stream", "a quote that is not closed",
         "the same quote at the end of the value"),
        ("unknown escape", "a backslash in double quotes",
         "single quotes around the value, or two backslashes"),
        (r"expected ',' or '\]'", "a list that is not closed, or lacks a comma",
         "“]” at its end, and a comma between two values"),
        (r"expected ',' or '\}'", "a mapping that is not closed, or lacks a comma",
         "“}” at its end, and a comma between two keys"),
        ("block sequence entries are not allowed", "an item of a list behind its key",
         "the items on lines of their own, or between “[” and “]”"),
        ("scanning an? (?:alias|anchor)", "a value that begins with “*” or “&”",
         "quotes around the value"),
        ("(?:scanning|parsing) a tag", "a value that begins with “!”", "quotes around the value"),
        ("cannot start any token", "a value that begins with a sign", "quotes around the value"),
        ("node content", "a sign where a value should be",
         "a value, in quotes where it begins with a sign"),
        ("expected ':'", "a line without “: ”", "a line “key: value”"),
        ("expected (?:key|'-' indicator)|<block end>",
         "a line, or the rest of one, that does not go with what stands above",
         "keys and items below each other, and nothing behind a closing quote or bracket"),
    )
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_KEY = re.compile(r"[A-Za-z_]\w{0,40}:\S")


_TAB = ("a tab", "spaces in place of the tab")
_TOO_FAR = (
    "a key that stands further in than the line above",
    "it below the key above, or quotes around a value of several lines",
)


def told(said: str, before: str, rest: str) -> tuple[str, str | None]:
    """Return what is there and what should be, for what the parser says; its words as a last.

    `before` and `rest` are what stands on the line before the place that the parser names, and
    from it on.
    """
    if rest.startswith("\t") or "tab character" in said:
        return _TAB
    if "mapping values" in said and before[:1] == " " and ":" not in before:
        return _TOO_FAR
    for pattern, there, expected in _SLIPS:
        if pattern.search(said):
            return there, expected
    return " ".join(said.split()), None


def control_character(text: str) -> tuple[int, int, str] | None:
    """Return the line and the column (from 0) of the first control character, and its name."""
    match = _CONTROL.search(text)
    if not match:
        return None
    before = text[: match.start()]
    name = f"U+{ord(match.group()):04X}"
    return before.count("\n"), len(before) - before.rfind("\n") - 1, name


def expected_of(line: str) -> str:
    """Return what a line of front matter without a key should be."""
    if _KEY.match(line):
        key, _, value = line.partition(":")
        return f"a space behind the colon: “{key}: {value}”"
    return "a line “key: value”"
