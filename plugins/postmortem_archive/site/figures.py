"""The figures of a period as files for other programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping
from datetime import date

from postmortem_archive.archive.periods import Period
from postmortem_archive.site.sections import Told

# A cell that begins with one of these is a formula to a spreadsheet, whatever it was meant to be.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")

# What a figure does not tell is left out of its object.
_NOTHING = (None, "")

# In the order of what `_period` and `_figure` return.
_COLUMNS = ("period", "from", "to", "as_of", "in_progress", "section", "name", "of", "value",
            "unit", "n", "low", "high", "note", "definition")  # fmt: skip

# As many digits as the statistics are good for; the rest differs from machine to machine.
_DIGITS = 9


def as_json(told: Iterable[Told], period: Period, as_of: date, schema: str) -> str:
    """Return figures as a JSON object that keeps to the schema at the address `schema`.

    Each figure and each definition has a line of its own.
    """
    figures = tuple(told)
    about = {"kind": period.kind.value, "title": period.title, **_period(period, as_of)}
    definitions = {one.figure.name: one.definition for one in figures}
    known = ({key: value for key, value in _figure(one).items() if value not in _NOTHING}
             for one in figures)  # fmt: skip
    return (
        "{\n"
        f'"$schema": {_json(schema)},\n'
        f'"period": {_json(about)},\n'
        f'"definitions": {{{_lines(f"{_json(k)}: {_json(v)}" for k, v in definitions.items())}}},\n'
        f'"figures": [{_lines(_json(figure) for figure in known)}]\n'
        "}\n"
    )


def _lines(written: Iterable[str]) -> str:
    return "".join(("\n", ",\n".join(written), "\n"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def as_csv(told: Iterable[Told], period: Period, as_of: date) -> str:
    """Return figures as a table in CSV (RFC 4180), a line for each, that a spreadsheet may open.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    shared = [_cell(value) for value in _period(period, as_of).values()]
    for one in told:
        rows.writerow([*shared, *map(_cell, _figure(one).values()), one.definition])
    return written.getvalue()


def _period(period: Period, as_of: date) -> dict[str, object]:
    return {
        "name": period.name,
        "from": period.start.isoformat(),
        "to": period.last.isoformat(),
        "as_of": as_of.isoformat(),
        "in_progress": period.in_progress(as_of),
    }


def _figure(told: Told) -> Mapping[str, object]:
    figure = told.figure
    return {
        "section": told.section,
        "name": figure.name,
        "of": figure.of,
        "value": _number(figure.value) if isinstance(figure.value, float) else figure.value,
        "unit": figure.unit,
        "n": figure.n,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "note": figure.note,
    }


def _number(value: float | None) -> float | None:
    """Return a number as it is written; an end that is nowhere has none."""
    if value is None or not math.isfinite(value):
        return None
    rounded = float(f"{value:.{_DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULAS) else value
    return str(value)
