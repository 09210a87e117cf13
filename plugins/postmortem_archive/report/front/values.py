"""Front-matter values read into typed facts, each mistake a problem at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar

from postmortem_archive.report.context import Reading
from postmortem_archive.report.front import shapes
from postmortem_archive.report.front.foreign import part_meant
from postmortem_archive.report.front.shapes import Schema, Shape
from postmortem_archive.report.front.yaml_tree import ListValue, MapValue, Scalar, Value
from postmortem_archive.report.grammar.amounts import parse_amount
from postmortem_archive.report.grammar.moments import DATE, date_of, parse_iso
from postmortem_archive.report.grammar.placeholders import (
    is_choice,
    is_missing,
    is_placeholder,
    is_template_word,
)
from postmortem_archive.report.markup.markdown import text_from
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Amount, Moment, Text
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Vocabulary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reads(Generic[T]):
    """Reads the value of one key; None where it tells nothing or was wrong (and reported).

    `shape` tells a schema what is read, so that both say the same.
    """

    read: Callable[[Value, str, Reading], T | None]
    shape: Shape

    def __call__(self, value: Value, key: str, reading: Reading) -> T | None:
        """Read a value."""
        return self.read(value, key, reading)


Reader: TypeAlias = Reads[Any]


def reads(
    shape: Shape,
) -> Callable[[Callable[[Value, str, Reading], T | None]], Reads[T]]:
    """Make a reader of a function, with the shape of what it reads."""
    return lambda read: Reads(read, shape)


_LONGEST_INT = re.compile(r"[-+]?\d+(?:\.\d+)?$")


def wrong_type(value: Value, key: str, reading: Reading, expected: str) -> None:
    """Report a value of the wrong shape."""
    found = value.text if isinstance(value, Scalar) else None
    reading.error(
        value.place, "wrong-type", f"“{key}” is {value.kind}" if not found else
        f"“{key}” is “{found}”", found=found, expected=expected,
    )  # fmt: skip


def scalar(value: Value, key: str, reading: Reading, expected: str) -> str | None:
    """Return a single value's text; None for null and for what is still a placeholder.

    A YAML list of one bracketed word (`[Name]`) is a template's placeholder.
    """
    if isinstance(value, ListValue) and _is_bracketed(value, reading):
        _not_filled_in(value.place, key, reading)
        return None
    if not isinstance(value, Scalar):
        wrong_type(value, key, reading, expected)
        return None
    if value.value is None:
        return None
    if is_placeholder(value.text) or (is_choice(value.text) and key in ("severity", "status")):
        _not_filled_in(value.place, key, reading, value.text)
        return None
    return value.text.strip()


def _is_bracketed(value: ListValue, reading: Reading) -> bool:
    row = reading.source.lines[value.place.line - 1][value.place.column - 1 :]
    return is_template_word(row)


def _not_filled_in(place: Place, key: str, reading: Reading, found: str | None = None) -> None:
    reading.hint(place, "not-filled-in", f"“{key}” is not filled in yet", found=found)


@reads(shapes.fixed(shapes.SINGLE))
def read_string(value: Value, key: str, reading: Reading) -> str | None:
    """Read a single line of text."""
    text = scalar(value, key, reading, "one line of text")
    return " ".join(text.split()) or None if text else None


@reads(shapes.fixed(shapes.SINGLE))
def read_text(value: Value, key: str, reading: Reading) -> Text | None:
    """Read prose, in which inline Markdown holds."""
    text = scalar(value, key, reading, "text")
    return text_from(text, reading.path) if text else None


@reads(shapes.fixed(shapes.names()))
def read_names(value: Value, key: str, reading: Reading) -> tuple[str, ...] | None:
    """Read a list of names; a single name is a list of one."""
    if isinstance(value, ListValue) and not _is_bracketed(value, reading):
        names = (read_string(item, key, reading) for item in value.items)
        return tuple(dict.fromkeys(name for name in names if name))
    text = scalar(value, key, reading, "a list of names")
    if not text or is_missing(text):
        return None
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


@reads(shapes.fixed(shapes.MOMENT))
def read_day(value: Value, key: str, reading: Reading) -> date | None:
    """Read a calendar date."""
    moment = _moment(value, key, reading, expected="a date such as 2025-09-30")
    return moment.day if moment else None


@reads(shapes.fixed(shapes.MOMENT))
def read_moment(value: Value, key: str, reading: Reading) -> Moment | None:
    """Read an ISO 8601 date or date and time."""
    return _moment(value, key, reading, expected="a time such as 2025-09-30T14:32Z")


def _moment(value: Value, key: str, reading: Reading, *, expected: str) -> Moment | None:
    text = scalar(value, key, reading, expected)
    if not text or is_missing(text):
        return None
    about = text.startswith("~")
    try:
        moment = parse_iso(text.lstrip("~ "), reading.settings.zone)
    except ValueError as error:
        reading.error(
            value.place,
            "no-such-time",
            f"“{key}” is “{text}”, and {error}",
            found=text,
            expected=expected,
        )
        return None
    if moment is None:
        reading.error(
            value.place,
            "wrong-time",
            f"“{key}” is “{text}”, which is no date",
            found=text,
            expected=expected,
            fix=_in_iso(text),
        )
        return None
    if about:
        moment = Moment(moment.at, moment.precision, moment.zone_assumed, approximate=True)
    return moment


def _in_iso(text: str) -> str | None:
    """Return a date in another form as ISO 8601 has it, None where it can be read in two ways."""
    match = DATE.fullmatch(text)
    day = date_of(match) if match else None
    return day.isoformat() if day else None


@reads(shapes.fixed(shapes.NUMBER))
def read_number(value: Value, key: str, reading: Reading) -> float | None:
    """Read a number; a thousands separator `_` or a trailing `%` is allowed."""
    text = scalar(value, key, reading, "a number")
    if text is None:
        return None
    bare = text.replace("_", "").rstrip("% ")
    if not _LONGEST_INT.match(bare):
        wrong_type(value, key, reading, "a number")
        return None
    return float(bare)


@reads(shapes.fixed(shapes.AMOUNT))
def read_amount(value: Value, key: str, reading: Reading) -> Amount | None:
    """Read a number, a percentage, a sum of money, or `{min, max, estimated}` of one."""
    if isinstance(value, MapValue):
        parts = read_fields(
            value, key, reading, {"min": read_number, "max": read_number,
                                  "estimated": read_flag, "unit": read_string}
        )  # fmt: skip
        ends = [parts[name] for name in ("min", "max") if name in parts]
        if not ends:
            return None
        low, high = ends[0], ends[-1]
        if low > high:
            reading.error(
                value.place, "wrong-range", f"“{key}” has a min over its max",
                found=f"{low:g} to {high:g}", expected="“min” first, the smaller of the two",
            )  # fmt: skip
            return None
        unit = parts.get("unit") or "count"
        return Amount(low, high, unit, bool(parts.get("estimated")), f"{low:g} to {high:g}")
    text = scalar(value, key, reading, "a number, a percentage or {min, max}")
    if not text or is_missing(text):
        return None
    amount = parse_amount(text)
    if amount is None:
        wrong_type(value, key, reading, "a number, a percentage or {min, max}")
    return amount


@reads(shapes.fixed(shapes.FLAG))
def read_flag(value: Value, key: str, reading: Reading) -> bool | None:
    """Read true or false."""
    if isinstance(value, Scalar) and (value.value is None or isinstance(value.value, bool)):
        return value.value
    wrong_type(value, key, reading, "true or false")
    return None


@reads(shapes.fixed(shapes.SINGLE))
def read_flag_or_text(value: Value, key: str, reading: Reading) -> str | None:
    """Read a word or sentence; true and false become “yes” and “no”."""
    if isinstance(value, Scalar) and isinstance(value.value, bool):
        return "yes" if value.value else "no"
    return read_string(value, key, reading)


def word_reader(words: Callable[[ReadingSettings], Vocabulary]) -> Reader:
    """Return a reader of one word of a vocabulary."""

    @reads(lambda settings: shapes.word(words(settings)))
    def read(value: Value, key: str, reading: Reading) -> str | None:
        vocabulary = words(reading.settings)
        text = scalar(value, key, reading, "one of " + ", ".join(vocabulary.names))
        if not text:
            return None
        term = reading.term(text, vocabulary, key, value.place)
        return term.name if term else None

    return read


def read_fields(
    value: MapValue, key: str, reading: Reading, readers: Mapping[str, Reader]
) -> dict[str, Any]:
    """Read the keys of a mapping; an unknown one is a warning with the nearest right word."""
    found: dict[str, Any] = {}
    for name, item in value.items.items():
        reader = readers.get(name)
        full = f"{key}.{name}" if key else name
        if reader is None:
            reading.warn(
                value.key_places[name], "unknown-key", f"“{full}” is no key of a report",
                found=name, expected="one of " + ", ".join(readers),
                suggestion=part_meant(name, readers),
            )  # fmt: skip
            continue
        result = reader(item, full, reading)
        if result is not None:
            found[name] = result
    return found


def list_reader(read_item: Reader) -> Reader:
    """Return a reader of a list; a single value is a list of one."""

    @reads(lambda settings: shapes.many(read_item.shape(settings)))
    def read(value: Value, key: str, reading: Reading) -> tuple[Any, ...] | None:
        if isinstance(value, Scalar) and value.value is None:
            return None
        items = value.items if isinstance(value, ListValue) else (value,)
        results = (read_item(item, key, reading) for item in items)
        return tuple(result for result in results if result is not None)

    return read


def mapping_reader(
    readers: Mapping[str, Reader],
    build: Callable[[dict[str, Any], Place, Reading], Any],
    *,
    short: str | None = None,
    required: tuple[str, ...] = (),
) -> Reader:
    """Return a reader of a mapping that `build` makes a record of.

    Where `short` is given, a single value stands for the mapping with that key alone.
    """

    def shape(settings: ReadingSettings) -> Schema:
        parts = {name: reader.shape(settings) for name, reader in readers.items()}
        whole = shapes.mapping(parts, required)
        return shapes.any_of(whole, parts[short] if short else shapes.NULL)

    @reads(shape)
    def read(value: Value, key: str, reading: Reading) -> Any:
        if isinstance(value, Scalar) and value.value is None:
            return None
        if short and isinstance(value, Scalar):
            result = readers[short](value, key, reading)
            return None if result is None else build({short: result}, value.place, reading)
        if not isinstance(value, MapValue):
            wrong_type(value, key, reading, "a mapping with " + ", ".join(readers))
            return None
        parts = read_fields(value, key, reading, readers)
        for name in required:
            if name not in value.items:
                reading.error(
                    value.place,
                    "missing-key",
                    f"“{key}” has no “{name}”",
                    expected=f"“{name}” in each",
                )
        if any(name not in parts for name in required):
            return None
        return build(parts, value.place, reading)

    return read
