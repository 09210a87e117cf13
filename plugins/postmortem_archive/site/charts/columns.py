"""Columns over periods: counts by severity, and rates with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from postmortem_archive.site.charts.axes import level, upright
from postmortem_archive.site.charts.chart import (
    Caption,
    Chart,
    Key,
    Series,
    Table,
    chart,
    picture,
)
from postmortem_archive.site.charts.scales import figure, linear
from postmortem_archive.site.charts.svg import element, em, joined, line, linked, pc, rect, text
from postmortem_archive.site.views.marks import Link

_TOP, _BOTTOM = 1.4, 13.4
# As many columns as this fill the width; fewer stand at the left.
_LEAST = 8
# So many names of columns have room on a phone.
_NARROW = 8
# A year needs more than this part of a phone's width, in percent, or it touches the next.
_ROOM = 10
_WIDTH = 0.62


@dataclass(frozen=True, slots=True)
class Column:
    """A period with a count for each series.

    `group` (a year) is printed below the first column that has it. A column that is still `open`
    is drawn lighter.
    """

    label: Link
    counts: tuple[int, ...]
    group: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A value of a period between two ends; `high` of None has none, `value` of None is not told.

    `note` says what it was computed from.
    """

    label: Link
    value: float | None
    low: float
    high: float | None
    note: str = ""
    group: str = ""
    open: bool = False


def stacked_columns(caption: Caption, columns: Sequence[Column], series: Sequence[Series]) -> Chart:
    """Return a column for each period, the first series at its foot; its total stands over it."""
    axis = linear([sum(column.counts) for column in columns], whole=True)
    shapes: list[Markup] = []
    for column, (left, width) in zip(columns, _places(len(columns)), strict=True):
        inner, thick = left + width * (1 - _WIDTH) / 2, width * _WIDTH
        parts = [rect(left, _TOP, width, _BOTTOM - _TOP, "pa-hit")]
        below = 0
        for count, kind in zip(column.counts, series, strict=True):
            foot = level(axis.at(below), _TOP, _BOTTOM)
            below += count
            head = level(axis.at(below), _TOP, _BOTTOM)
            if count:
                dress = f"pa-part {kind.tone}{' pa-unfinished' if column.open else ''}"
                parts.append(rect(inner, head, thick, foot - head, dress))
        over = level(axis.at(below), _TOP, _BOTTOM) - 0.35
        parts.append(text(f"{below:,}", left + width / 2, over, "pa-count"))
        shapes.append(linked(column.label.href, _said(column, series), *parts))
    feet = _feet([(column.label.text, column.group) for column in columns])
    svg = picture(
        caption, _BOTTOM + 2.8, upright(axis, _TOP, _BOTTOM), *shapes, feet, class_="pa-upright"
    )
    rows: list[tuple[str | Link, ...]] = []
    for column in columns:
        counts = [f"{count:,}" for count in (*column.counts, sum(column.counts))]
        rows.append((_dated(column.label, column.group), *counts))
    table = Table(("Period", *(kind.title for kind in series), "All"), tuple(rows))
    keys = tuple(Key(f"pa-key--box {kind.tone}", kind.title) for kind in series)
    return chart(caption, svg, table, keys)


def interval_columns(
    caption: Caption, points: Sequence[Interval], unit: str, mark: float | None = None
) -> Chart:
    """Return a dot with its interval for each period, on an axis from 0.

    An interval without an upper end reaches to the top. `mark` is a value to compare with, drawn
    as a line through all periods. `unit` heads the values in the table.
    """
    told = [point.high if point.high is not None else 2 * point.low for point in points]
    axis = linear([*told, *(point.value or 0 for point in points), mark or 0])
    shapes: list[Markup] = []
    if mark is not None:
        y = level(axis.at(mark), _TOP, _BOTTOM)
        shapes.append(line(0, y, 100, y, "pa-mark"))
    for point, (left, width) in zip(points, _places(len(points)), strict=True):
        x = left + width / 2
        low = level(axis.at(point.low), _TOP, _BOTTOM)
        high = _TOP if point.high is None else level(axis.at(point.high), _TOP, _BOTTOM)
        open_ = " pa-unfinished" if point.open else ""
        parts = [
            rect(left, _TOP, width, _BOTTOM - _TOP, "pa-hit"),
            rect(x - width * 0.12, high, width * 0.24, max(low - high, 0.1),
                 f"pa-interval{open_}"),
        ]  # fmt: skip
        if point.value is not None:
            y = level(axis.at(point.value), _TOP, _BOTTOM)
            parts.append(
                element("circle", cx=pc(x), cy=em(y), r=em(0.34), class_=f"pa-value{open_}")
            )
        shapes.append(linked(point.label.href, _told(point), *parts))
    feet = _feet([(point.label.text, point.group) for point in points])
    svg = picture(
        caption, _BOTTOM + 2.8, upright(axis, _TOP, _BOTTOM), *shapes, feet, class_="pa-upright"
    )
    rows = tuple(
        (_dated(point.label, point.group), _value(point.value), _ends(point), point.note)
        for point in points
    )
    table = Table(("Period", unit, "Interval (at least 90 %)", "From"), rows)
    return chart(caption, svg, table)


def _places(count: int) -> list[tuple[float, float]]:
    """Return where each column begins and how wide its place is, in percent."""
    width = 100 / max(count, _LEAST)
    return [(number * width, width) for number in range(count)]


def _feet(names: Sequence[tuple[str, str]]) -> Markup:
    """Return the names of columns, and their groups in a line below; on a phone, fewer."""
    every = -(-len(names) // _NARROW)
    shapes: list[Markup] = []
    before = ""
    for number, ((name, group), (left, width)) in enumerate(
        zip(names, _places(len(names)), strict=True)
    ):
        dress = "pa-tick" if number % every == 0 else "pa-tick pa-wide"
        shapes.append(text(name, left + width / 2, _BOTTOM + 1.2, dress))
        if group and group != before:
            room = width * sum(other == group for _, other in names)
            dress = "pa-tick pa-start" if room > _ROOM else "pa-tick pa-start pa-wide"
            shapes += [
                line(left, _BOTTOM, left, _BOTTOM + 2.5, "pa-grid"),
                text(group, left, _BOTTOM + 2.5, dress, dx=0.35),
            ]
        before = group
    return joined(shapes)


def _said(column: Column, series: Sequence[Series]) -> str:
    parts = [
        f"{count:,} {kind.title}"
        for count, kind in zip(column.counts, series, strict=True)
        if count
    ]
    return f"{_named(column.label, column.group)}: {', '.join(parts) or '0'}"


def _told(point: Interval) -> str:
    note = f" ({point.note})" if point.note else ""
    name = _named(point.label, point.group)
    return f"{name}: {_value(point.value)}, between {_ends(point)}{note}"


def _named(label: Link, group: str) -> str:
    return f"{label.text} {group}" if group and group not in label.text else label.text


def _dated(label: Link, group: str) -> Link:
    """Return a column's name as it stands in a table, where no year is printed below it."""
    return replace(label, text=_named(label, group))


def _value(value: float | None) -> str:
    return "–" if value is None else figure(value)


def _ends(point: Interval) -> str:
    if point.high is None:
        return f"{figure(point.low)} or more"
    return f"{figure(point.low)} to {figure(point.high)}"
