"""Front matter as a tree of values that know their place.

YAML 1.1 turns `12:30` into 750, `NO` into False and `0012` into 10. Only null, true, false and
plain integers are resolved here; every other scalar stays the text that the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from postmortem_archive.report.problem import Level, Place, Problems

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml: slower, the same result, another type
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

# Deeper nesting than any front matter has, and far from what overflows the parser's stack.
_DEEPEST = 40


class _Loader(_BaseLoader):
    """A loader whose implicit resolvers are null, true/false and int."""

    # PyYAML keeps them on the class, and this one must not share its parent's.
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"), list("-+0123456789")
)


_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `text` is what was written, `value` what YAML makes of it."""

    text: str
    value: str | int | bool | None
    place: Place

    kind = "a single value"


@dataclass(frozen=True, slots=True)
class ListValue:
    """A list of values."""

    items: tuple[Value, ...]
    place: Place

    kind = "a list"


@dataclass(frozen=True, slots=True)
class MapValue:
    """A mapping; `key_places` gives the place of each key."""

    items: dict[str, Value]
    key_places: dict[str, Place]
    place: Place

    kind = "a mapping"


Value = Scalar | ListValue | MapValue

_TAGS: dict[str, Callable[[str], str | int | bool | None]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": int,
}


class _Reader:
    """Builds the values of one block of YAML whose first line is `line`."""

    def __init__(self, line: int, problems: Problems) -> None:
        self.line = line
        self.problems = problems

    def place(self, mark: Any) -> Place:
        return Place(mark.line + self.line, mark.column + 1)

    def error(self, mark: Any, rule: str, message: str, **more: str) -> None:
        self.problems.add(self.place(mark), Level.ERROR, rule, message, **more)

    def compose(self, text: str) -> MapValue | None:
        if not self._is_plain(text):
            return None
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            return MapValue({}, {}, Place(self.line))
        if not isinstance(node, yaml.MappingNode):
            self.error(
                node.start_mark,
                "wrong-type",
                "the front matter is not a mapping",
                expected="lines of the form “key: value”",
            )
            return None
        value = self._value(node)
        return value if isinstance(value, MapValue) else None

    def _is_plain(self, text: str) -> bool:
        """Refuse aliases and deep nesting before a tree is built from them."""
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                self.error(
                    event.start_mark,
                    "yaml-alias",
                    "YAML aliases are not read",
                    found=f"*{event.anchor}",
                    expected="the value itself",
                )
                return False
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    self.error(
                        event.start_mark, "yaml-syntax", "nested too deeply",
                        expected=f"at most {_DEEPEST} levels",
                    )  # fmt: skip
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
        return True

    def _value(self, node: Any) -> Value:
        place = self.place(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            convert = _TAGS.get(node.tag)
            return Scalar(node.value, convert(node.value) if convert else node.value, place)
        if isinstance(node, yaml.SequenceNode):
            return ListValue(tuple(self._value(item) for item in node.value), place)
        return self._mapping(node, place)

    def _mapping(self, node: Any, place: Place) -> MapValue:
        items: dict[str, Value] = {}
        places: dict[str, Place] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.error(key.start_mark, "wrong-type", "a key is not a plain word")
                continue
            if key.value in items:
                self.error(
                    key.start_mark,
                    "duplicate-key",
                    f"“{key.value}” is written twice, first on line {places[key.value].line}",
                    found=key.value,
                    expected="it once",
                )
                continue
            items[key.value] = self._value(value)
            places[key.value] = self.place(key.start_mark)
        return MapValue(items, places, place)


def read_mapping(text: str, line: int, problems: Problems) -> MapValue:
    """Return the front matter `text`, whose first line is `line`, as a tree.

    Where the YAML has an error, it is read key by key, so that one slip costs one key and every
    slip is reported.
    """
    try:
        whole = _Reader(line, problems).compose(text)
    except (yaml.YAMLError, RecursionError):
        whole = None
    else:
        if whole is not None:
            return whole
    items: dict[str, Value] = {}
    places: dict[str, Place] = {}
    for start, block in _top_level_blocks(text):
        part = _read_block(block, line + start, problems)
        if part is None:
            continue
        for key, value in part.items.items():
            if key in items:
                problems.add(
                    part.key_places[key],
                    Level.ERROR,
                    "duplicate-key",
                    f"“{key}” is written twice, first on line {places[key].line}",
                    found=key,
                    expected="it once",
                )
                continue
            items[key], places[key] = value, part.key_places[key]
    return MapValue(items, places, Place(line))


def _read_block(block: str, line: int, problems: Problems) -> MapValue | None:
    reader = _Reader(line, problems)
    try:
        return reader.compose(block)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and _is_at_end(mark, block):
            # What was never closed is wrong where it opens, not where the text ends.
            mark = error.context_mark
        message = " ".join(str(part) for part in (error.context, error.problem) if part)
        place = reader.place(mark) if mark else Place(line)
        problems.add(place, Level.ERROR, "yaml-syntax", f"this is not YAML: {message}")
    except yaml.YAMLError as error:
        problems.add(Place(line), Level.ERROR, "yaml-syntax", f"this is not YAML: {error}")
    except RecursionError:
        problems.add(Place(line), Level.ERROR, "yaml-syntax", "nested too deeply")
    return None


def _is_at_end(mark: yaml.Mark, block: str) -> bool:
    lines = block.split("\n")
    return mark.line >= len(lines) or (
        mark.line == len(lines) - 1 and mark.column >= len(lines[-1].rstrip())
    )


def _top_level_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each top-level key with the lines below it, and the line it starts on (from 0)."""
    start = 0
    block: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if block and line[:1] not in ("", " ", "\t", "#", "-", "]", "}"):
            yield start, "\n".join(block)
            start, block = number, []
        block.append(line)
    if block:
        yield start, "\n".join(block)


def comments(text: str) -> Iterator[str]:
    """Yield the comments of front matter without an error: between two tokens is nothing else."""
    end = 0
    for token in yaml.scan(text, Loader=_Loader):
        yield from _COMMENT.findall(text[end : token.start_mark.index])
        end = token.end_mark.index
