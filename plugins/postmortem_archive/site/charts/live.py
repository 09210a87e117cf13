"""Columns that a script gives other heights: it finds them, and what they hold, by data attributes.

The plot is an SVG of its own within the picture, so that heights in it are in percent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from postmortem_archive.site.charts.chart import Tone
from postmortem_archive.site.charts.scales import Tick
from postmortem_archive.site.charts.svg import element, em, joined, line, pc, rect, text

# The plot's upper and lower edge and the line of names below it, in em.
_TOP, _BOTTOM, _NAMES = 1.5, 7.0, 8.3
HEIGHT = 8.8
_THICK = 0.76


@dataclass(frozen=True, slots=True)
class LiveColumn:
    """A column from `left`, so `wide`, in percent of the width; its first count is at its foot.

    `data` are its data attributes, by names with underscores and without `data_pa_`.
    """

    name: str
    told: str
    left: float
    wide: float
    counts: tuple[int, ...]
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the axis that can be chosen, with its count over it."""

    name: str
    value: str
    left: float
    wide: float
    count: int


def live_columns(
    label: str,
    columns: Sequence[LiveColumn],
    tones: Sequence[Tone],
    ticks: Sequence[Tick],
    zones: Sequence[Zone] = (),
) -> Markup:
    """Return columns over an axis with ticks; the highest fills the plot, and its count is told.

    `label` is the id of what names the chart.
    """
    most = max((sum(column.counts) for column in columns), default=0) or 1
    drawn = [_column(column, tones, most, titled=not zones) for column in columns]
    plot = element(
        "svg",
        *drawn,
        x="0",
        y=em(_TOP),
        width="100%",
        height=em(_BOTTOM - _TOP),
        class_="pa-chart__plot",
        role="none",
    )
    # Zones have their own counts where that of the highest column would stand.
    over = [_zone(zone) for zone in zones] or [
        _figure(f"{most:,}", 0, "pa-tick pa-start", data_pa_most="")
    ]
    return element(
        "svg",
        line(0, _TOP, 100, _TOP, "pa-grid"),
        plot,
        line(0, _BOTTOM, 100, _BOTTOM, "pa-base"),
        _ticks(ticks),
        *over,
        class_="pa-chart__svg",
        width="100%",
        height=em(HEIGHT),
        role="group",
        aria_labelledby=label,
    )  # fmt: skip


def _column(column: LiveColumn, tones: Sequence[Tone], most: int, *, titled: bool) -> Markup:
    inner, thick = column.left + column.wide * (1 - _THICK) / 2, column.wide * _THICK
    parts = []
    top = 100.0
    for count, tone in zip(column.counts, tones, strict=True):
        height = 100 * count / most
        top -= height
        parts.append(
            element("rect", x=pc(inner), y=pc(top), width=pc(thick), height=pc(height),
                    class_=f"pa-part {tone}")
        )  # fmt: skip
    hit = element(
        "rect", x=pc(column.left), y="0%", width=pc(column.wide), height="100%", class_="pa-hit"
    )
    told = [element("title", column.told)] if titled else []
    data = {f"data_pa_{name}": value for name, value in column.data.items()}
    return element("g", *told, hit, *parts, data_pa_column=column.name, class_="pa-live", **data)


def _zone(zone: Zone) -> Markup:
    return element(
        "g",
        element("title", f"{zone.name}: {zone.count:,}"),
        rect(zone.left, 0, zone.wide, _BOTTOM, "pa-hit"),
        _figure(f"{zone.count:,}", zone.left + zone.wide / 2, "pa-count", data_pa_figure=""),
        class_="pa-live",
        data_pa_band=zone.value,
        data_pa_column=zone.name,
    )


def _figure(written: str, at: float, dress: str, **data: str) -> Markup:
    return element("text", written, x=pc(at), y=em(_TOP - 0.4), class_=dress, **data)


def _ticks(ticks: Sequence[Tick]) -> Markup:
    shapes: list[Markup] = []
    for tick in ticks:
        shown = "" if tick.always else " pa-wide"
        shapes += [
            line(tick.at, _BOTTOM, tick.at, _BOTTOM + 0.4, f"pa-grid{shown}"),
            text(tick.text, tick.at, _NAMES, f"pa-tick{shown}"),
        ]
    return joined(shapes)
