"""Front matter as a tree of values that know their place.

YAML 1.1 turns `12:30` into 750, `NO` into False and `0012` into 10. Only null, true, false and
plain integers are resolved here; every other scalar stays the text that the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from postmortem_archive.report.front import slips
from postmortem_archive.report.problem import Level, Place, Problems, shortened

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


_LINE_BREAKS_OF_YAML = {ord(mark): " " for mark in "\x85\u2028\u2029"}
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


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield what `yaml.parse` does, which asks twice for each."""
    loader = _Loader(text)
    try:
        while event := loader.get_event():
            yield event
    finally:
        loader.dispose()


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
        # All of it first: where the text has an error, nothing else is said of it.
        events = list(_events(text))
        if not self._is_plain(events):
            return None
        if any(mark in text for mark in ("&", "\n---", "\n...")):
            # Two anchors of a name, or two documents: the library says what is wrong.
            yaml.compose(text, Loader=_Loader)
        stream = iter(events)
        next(stream)
        if isinstance(next(stream), yaml.StreamEndEvent):
            return MapValue({}, {}, Place(self.line))
        opening = next(stream)
        if not isinstance(opening, yaml.MappingStartEvent):
            mark: Any = opening.start_mark
            written = "".join(text.split("\n")[mark.line : mark.line + 1]).strip()
            self.error(
                mark, "wrong-type", f"“{shortened(written)}” is no key with a value",
                found=written, expected=slips.expected_of(written),
            )  # fmt: skip
            return None
        return self._mapping(stream, self.place(opening.start_mark))

    def _is_plain(self, events: Sequence[yaml.Event]) -> bool:
        """Refuse aliases and deep nesting before a tree is built from them."""
        depth = 0
        for event in events:
            if isinstance(event, yaml.AliasEvent):
                self.error(
                    event.start_mark,
                    "yaml-alias",
                    "YAML aliases are not read",
                    found=f"*{event.anchor}",
                    expected="the value itself",
                )
                return False
            if isinstance(event, _STARTS):
                depth += 1
                if depth > _DEEPEST:
                    self.error(
                        event.start_mark, "yaml-syntax", "nested too deeply",
                        expected=f"at most {_DEEPEST} levels",
                    )  # fmt: skip
                    return False
            elif isinstance(event, _ENDS):
                depth -= 1
        return True

    def _value(self, event: yaml.Event, stream: Iterator[yaml.Event]) -> Value:
        place = self.place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, _resolved(event), place)
        if isinstance(event, yaml.SequenceStartEvent):
            return ListValue(tuple(self._items(stream)), place)
        return self._mapping(stream, place)

    def _items(self, stream: Iterator[yaml.Event]) -> Iterator[Value]:
        while not isinstance(event := next(stream), yaml.SequenceEndEvent):
            yield self._value(event, stream)

    def _mapping(self, stream: Iterator[yaml.Event], place: Place) -> MapValue:
        items: dict[str, Value] = {}
        places: dict[str, Place] = {}
        while not isinstance(key := next(stream), yaml.MappingEndEvent):
            mark = key.start_mark
            if not isinstance(key, yaml.ScalarEvent):
                self.error(
                    mark, "wrong-type", "a key is not a plain word", expected="one word and a colon"
                )
                _pass_over(key, stream)
                _pass_over(next(stream), stream)
                continue
            if key.value in items:
                self.error(
                    mark,
                    "duplicate-key",
                    f"“{key.value}” is written twice, first on line {places[key.value].line}",
                    found=key.value,
                    expected="it once",
                )
                _pass_over(next(stream), stream)
                continue
            items[key.value] = self._value(next(stream), stream)
            places[key.value] = self.place(mark)
        return MapValue(items, places, place)


_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _resolved(event: yaml.ScalarEvent) -> str | int | bool | None:
    """Return what YAML makes of a scalar: by its tag, or by its looks where it has no quotes."""
    tag: str | None = event.tag
    if tag in (None, "!") and event.implicit[0]:
        resolvers = _Loader.yaml_implicit_resolvers.get(event.value[:1], ())
        tag = next((name for name, looks in resolvers if looks.match(event.value)), None)
    convert = _TAGS.get(tag) if tag else None
    return convert(event.value) if convert else str(event.value)


def _pass_over(event: yaml.Event, stream: Iterator[yaml.Event]) -> None:
    """Take a value's events off the stream."""
    depth = 0
    while True:
        depth += isinstance(event, _STARTS)
        depth -= isinstance(event, _ENDS)
        if not depth:
            return
        event = next(stream)


def read_mapping(text: str, line: int, problems: Problems) -> MapValue:
    """Return the front matter `text`, whose first line is `line`, as a tree.

    Where the YAML has an error, it is read key by key, so that one slip costs one key and every
    slip is reported.
    """
    # YAML breaks lines where an editor does not, and counts them.
    text = text.translate(_LINE_BREAKS_OF_YAML)
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
        said = " ".join(str(part) for part in (error.context, error.problem) if part)
        before, rest = _line_around(mark, block) if mark else ("", "")
        there, expected = slips.told(said, before, rest)
        place = reader.place(mark) if mark else Place(line)
        problems.add(
            place, Level.ERROR, "yaml-syntax", f"this is not YAML: {there}",
            found=rest or None, expected=expected,
        )  # fmt: skip
    except yaml.YAMLError as error:
        row, column, name = slips.control_character(block) or (0, 0, None)
        problems.add(
            Place(line + row, column + 1), Level.ERROR, "yaml-syntax",
            f"this is not YAML: the control character {name}" if name
            else f"this is not YAML: {' '.join(str(error).split())}",
            found=name, expected="the line without it" if name else None,
        )  # fmt: skip
    except RecursionError:
        problems.add(Place(line), Level.ERROR, "yaml-syntax", "nested too deeply")
    return None


def _line_around(mark: yaml.Mark, block: str) -> tuple[str, str]:
    """Return what stands on a line before a mark, and from it on."""
    lines = block.split("\n")
    row = lines[mark.line] if mark.line < len(lines) else ""
    return row[: mark.column], row[mark.column :].strip(" ")


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
    text = text.translate(_LINE_BREAKS_OF_YAML)
    for token in yaml.scan(text, Loader=_Loader):
        yield from _COMMENT.findall(text[end : token.start_mark.index])
        end = token.end_mark.index
