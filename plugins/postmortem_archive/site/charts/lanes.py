"""Incidents that belong together, on one lane of time for each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
from postmortem_archive.site.charts.scales import Axis, days
from postmortem_archive.site.charts.svg import element, em, joined, line, linked, pc, rect, text
from postmortem_archive.site.views.marks import Link

_HEAD, _TRACK, _GAP = 1.4, 1.5, 0.35
# Dots nearer to each other than this, in percent of the width, stand above and below the line.
_APART = 2.0
_OFFSETS = (0.0, -0.42, 0.42)
_RADII = {Tone.SEV_1: 0.46, Tone.SEV_2: 0.4, Tone.SEV_3: 0.38, Tone.SEV_4: 0.32}
_RADIUS = 0.32


@dataclass(frozen=True, slots=True)
class Stop:
    """An incident on a lane: its day, where it is told, and its tone."""

    on: date
    incident: Link
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Lane:
    """Incidents in the order of time under a name, which may be a link; `told` is at the right."""

    name: Link
    told: str
    stops: tuple[Stop, ...]


def lanes(caption: Caption, rows: Sequence[Lane], series: Sequence[Series] = ()) -> Chart:
    """Return a lane for each group, all on one axis of time."""
    every = [stop.on for row in rows for stop in row.stops]
    axis = days(min(every), max(every))
    pitch = _HEAD + _TRACK + _GAP
    shapes = [_lane(row, axis, number * pitch) for number, row in enumerate(rows)]
    bottom = len(rows) * pitch
    svg = picture(caption, bottom + 1.6, across(axis, 0, bottom), *shapes)
    keys = tuple(Key(f"pa-key--dot {kind.tone}", kind.title) for kind in series)
    table = tuple(
        (stop.incident, row.name, wording.day(stop.on)) for row in rows for stop in row.stops
    )
    return chart(caption, svg, Table(("Incident", "Group", "Day"), table), keys)


def _lane(row: Lane, axis: Axis, top: float) -> Markup:
    middle = top + _HEAD + _TRACK / 2
    places = [axis.at(stop.on.toordinal()) for stop in row.stops]
    name = text(row.name.text, 0, top + 1, "pa-name")
    shapes = [
        rect(0, top, 100, _HEAD, "pa-ground"),
        linked(row.name.href, row.name.text, name) if row.name.href else name,
        text(row.told, 100, top + 1, "pa-told pa-end"),
        line(min(places), middle, max(places), middle, "pa-thread"),
    ]
    turn = 0
    for number, (stop, x) in enumerate(zip(row.stops, places, strict=True)):
        near = number > 0 and x - places[number - 1] < _APART
        turn = (turn + 1) % len(_OFFSETS) if near else 0
        dot = element(
            "circle",
            cx=pc(x),
            cy=em(middle + _OFFSETS[turn]),
            r=em(_RADII.get(stop.tone, _RADIUS)),
            class_=f"pa-dot {stop.tone}",
        )
        told = f"{wording.day(stop.on)}: {stop.incident.text}"
        shapes.append(linked(stop.incident.href, told, dot))
    return joined(shapes)
