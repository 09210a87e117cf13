"""Axes as they are drawn: thin lines, and their names."""

from __future__ import annotations

from markupsafe import Markup

from postmortem_archive.site.charts.scales import Axis, Tick
from postmortem_archive.site.charts.svg import joined, line, text


def across(axis: Axis, top: float, bottom: float) -> Markup:
    """Return an axis of width: a line down from `top` to `bottom` at each tick, its name below."""
    shapes: list[Markup] = []
    for tick in axis.ticks:
        shapes += [
            line(tick.at, top, tick.at, bottom, f"pa-grid{_shown(tick)}"),
            text(tick.text, tick.at, bottom + 1.2, f"pa-tick{_shown(tick)}{_side(tick)}"),
        ]
    if axis.zero:
        shapes.append(line(axis.zero, top, axis.zero, bottom, "pa-break"))
    return joined(shapes)


def _shown(tick: Tick) -> str:
    return "" if tick.always else " pa-wide"


def _side(tick: Tick) -> str:
    """Keep the names at the ends of an axis within the chart."""
    return " pa-start" if tick.at < 3 else " pa-end" if tick.at > 97 else ""


def upright(axis: Axis, top: float, bottom: float) -> Markup:
    """Return an axis of height: a line at each tick, its name to the left."""
    shapes: list[Markup] = []
    for tick in axis.ticks:
        y = level(tick.at, top, bottom)
        shapes += [
            line(0, y, 100, y, "pa-grid"),
            text(tick.text, 0, y + 0.35, "pa-tick pa-end", dx=-0.6),
        ]
    return joined(shapes)


def level(at: float, top: float, bottom: float) -> float:
    """Return how far down, in em, a place of an upright axis is."""
    return bottom - (bottom - top) * at / 100
