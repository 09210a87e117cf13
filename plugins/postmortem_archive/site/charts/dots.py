"""Dots on a shared axis of durations: each incident is a dot, each row a clock or a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortem_archive.site import wording
from postmortem_archive.site.charts.axes import across
from postmortem_archive.site.charts.chart import (
    Caption,
    Chart,
    Key,
    Series,
    Table,
    Tone,
    chart,
    picture,
)
from postmortem_archive.site.charts.scales import Axis, durations
from postmortem_archive.site.charts.svg import element, em, joined, line, linked, pc, rect, text
from postmortem_archive.site.views.marks import Link

# Dots nearer to each other than this, in percent of the width, stand in different lanes.
_APART = 2.0
_LANE = 0.72
# A dot that finds no room in so many lanes covers another.
_MOST_LANES = 15
_HEAD, _PAD, _GAP = 1.5, 0.55, 0.9
_RADII = {Tone.SEV_1: 0.46, Tone.SEV_2: 0.4, Tone.SEV_3: 0.38, Tone.SEV_4: 0.32}
_RADIUS = 0.32


@dataclass(frozen=True, slots=True)
class Dot:
    """A duration in minutes: what it is of, where that is told, and its tone."""

    value: float
    text: str
    href: str | None = None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Band:
    """A quantile in minutes with its interval. `p90` is dashed, any other `name` a plain line."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DotRow:
    """The dots of a row over its bands; `told` stands at the right of the row's name."""

    name: str
    told: str
    dots: tuple[Dot, ...]
    bands: tuple[Band, ...] = ()


def dot_strip(caption: Caption, rows: Sequence[DotRow], series: Sequence[Series] = ()) -> Chart:
    """Return rows of dots on one logarithmic axis, each over its quantiles with their intervals.

    A duration of 0 has a place of its own at the left. Dots that would cover each other stand side
    by side, in lanes.
    """
    axis = durations(
        [dot.value for row in rows for dot in row.dots]
        + [end for row in rows for band in row.bands for end in (band.low, band.high)]
    )
    shapes: list[Markup] = []
    top = 0.0
    for row in rows:
        lanes = _lanes([axis.at(dot.value) for dot in row.dots])
        height = _LANE * max((1 + 2 * abs(lane) for lane in lanes), default=1) + 2 * _PAD
        shapes.append(_row(row, axis, lanes, top, height))
        top += _HEAD + height + _GAP
    bottom = max(top - _GAP, 0)
    svg = picture(caption, bottom + 1.6, across(axis, _HEAD, bottom), *shapes)
    keys = tuple(Key(f"pa-key--dot {kind.tone}", kind.title) for kind in series)
    return chart(caption, svg, _table(rows), (*keys, *_band_keys(rows)))


def _row(row: DotRow, axis: Axis, lanes: Sequence[int], top: float, height: float) -> Markup:
    start = top + _HEAD
    middle = start + height / 2
    shapes = [
        rect(0, top, 100, _HEAD, "pa-ground"),
        text(row.name, 0, top + 0.95, "pa-name"),
        text(row.told, 100, top + 0.95, "pa-told pa-end"),
    ]
    for band in row.bands:
        low, high = axis.at(band.low), axis.at(band.high)
        named = wording.capital(_told(band))
        shapes += [
            linked(None, named, rect(low, start, high - low, height, f"pa-band {_dress(band)}")),
            line(axis.at(band.value), start, axis.at(band.value), start + height,
                 f"pa-quantile {_dress(band)}"),
        ]  # fmt: skip
    shapes.append(line(0, middle, 100, middle, "pa-rail"))
    shapes += [
        linked(
            dot.href,
            f"{_duration(dot.value)}: {dot.text}",
            element(
                "circle",
                cx=pc(axis.at(dot.value)),
                cy=em(middle + lane * _LANE),
                r=em(_RADII.get(dot.tone, _RADIUS)),
                class_=f"pa-dot {dot.tone}",
            ),
        )
        for dot, lane in zip(row.dots, lanes, strict=True)
    ]
    return joined(shapes)


def _lanes(places: Sequence[float]) -> list[int]:
    """Return a lane for each place, from the middle outwards: 0, above it, below it, and so on.

    It takes the nearest lane in which no dot is within reach, from left to right.
    """
    order = sorted(range(len(places)), key=lambda number: (places[number], number))
    lanes = [0] * len(places)
    last: dict[int, float] = {}
    for number in order:
        outwards = [(n + 1) // 2 * (-1) ** n for n in range(_MOST_LANES)]
        free = (lane for lane in outwards if places[number] - last.get(lane, -100) >= _APART)
        lane = next(free, min(outwards, key=lambda lane: last.get(lane, -100)))
        lanes[number] = lane
        last[lane] = places[number]
    return lanes


def _dress(band: Band) -> str:
    return "pa-band--tail" if band.name == "p90" else "pa-band--middle"


def _duration(value: float) -> str:
    return wording.duration(timedelta(minutes=value))


def _told(band: Band) -> str:
    return f"{band.name} {_duration(band.value)} ({_ends(band)})"


def _ends(band: Band) -> str:
    return wording.duration_range(timedelta(minutes=band.low), timedelta(minutes=band.high))


def _band_keys(rows: Sequence[DotRow]) -> tuple[Key, ...]:
    names = dict.fromkeys(_dress(band) for row in rows for band in row.bands)
    titles = {"pa-band--middle": "median", "pa-band--tail": "90 % took at most this (p90)"}
    return tuple(Key(f"pa-key--band {dress}", titles[dress]) for dress in names)


def _table(rows: Sequence[DotRow]) -> Table:
    """Return the quantiles and the dots of all rows."""
    found: list[tuple[str | Link, ...]] = []
    for row in rows:
        found += [
            (wording.capital(band.name), row.name, _duration(band.value), _ends(band))
            for band in row.bands
        ]
        found += [
            (Link(dot.text, dot.href), row.name, _duration(dot.value), "") for dot in row.dots
        ]
    return Table(("Incident", "Of", "Duration", "Interval (at least 90 %)"), tuple(found))
