"""Bars across: what a whole is made of, and how much of an allowance is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

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
from postmortem_archive.site.charts.svg import element, joined, line, linked, rect, text
from postmortem_archive.site.views.marks import Link

_HEAD, _THICK = 1.35, 0.95
_STEP = _HEAD + _THICK + 0.75
# So many letters of a name have room beside its figure: on a phone, and on a wide chart.
_NARROW, _WIDE = 36, 84
# The least and the most that meters have room for, in times of what is allowed.
_LEAST, _MOST = 1.25, 4.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its size, what it is, its tone, and where it leads."""

    value: float
    text: str
    tone: Tone
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of parts, in their order; `told` is its figure, printed over its right end."""

    label: Link
    parts: tuple[Part, ...]
    told: str

    @property
    def whole(self) -> float:
        """The size of all parts together."""
        return sum(part.value for part in self.parts)


def stacked_bars(caption: Caption, bars: Sequence[Bar], series: Sequence[Series]) -> Chart:
    """Return bars that are all as wide as the chart, each parted by the shares of its parts."""
    shapes = [_hatch(caption)]
    for number, bar in enumerate(bars):
        top = number * _STEP
        unit = 100 / bar.whole if bar.whole else 0
        shapes += [_head(bar, top), *_parts(caption, bar, top + _HEAD, unit)]
    svg = picture(caption, len(bars) * _STEP, *shapes)
    keys = tuple(Key(f"pa-key--box {kind.tone}", kind.title) for kind in series)
    return chart(caption, svg, _table(bars, "Parts"), keys)


def meters(caption: Caption, bars: Sequence[Bar], mark: str = "100 %") -> Chart:
    """Return bars of percents, with a mark at 100 that a bar may pass.

    All have one scale. A bar of over 400 percent is cut at the right edge; its figure is printed
    all the same.
    """
    whole = max((bar.whole for bar in bars), default=0)
    full = 100 / min(max(whole / 100, _LEAST), _MOST)
    shapes: list[Markup] = []
    for number, bar in enumerate(bars):
        head = number * _STEP
        top = head + _HEAD
        over = min(bar.whole / 100 * full, 100) - full
        shapes += [
            _head(bar, head),
            rect(0, top, full, _THICK, "pa-track"),
            *_parts(caption, bar, top, full / 100),
            *([rect(full, top, over, _THICK, "pa-over")] if over > 0 else []),
            line(full, top, full, top + _THICK + 0.3, "pa-mark"),
        ]
    height = len(bars) * _STEP
    shapes.append(text(mark, full, height + 0.45, "pa-tick"))
    svg = picture(caption, height + 0.8, *shapes)
    return chart(caption, svg, _table(bars, "Used by"))


def _head(bar: Bar, top: float) -> Markup:
    y = top + 0.95
    wide, narrow = _short(bar.label.text, _WIDE), _short(bar.label.text, _NARROW)
    if wide == narrow:
        names = [text(wide, 0, y, "pa-name")]
    else:
        names = [text(wide, 0, y, "pa-name pa-wide"), text(narrow, 0, y, "pa-name pa-narrow")]
    return joined(
        [linked(bar.label.href, bar.label.text, *names), text(bar.told, 100, y, "pa-told pa-end")]
    )


def _parts(caption: Caption, bar: Bar, top: float, unit: float) -> list[Markup]:
    shapes = []
    left = 0.0
    for part in bar.parts:
        width = min(part.value * unit, 100 - left)
        fill = f"url(#pa-{caption.name}-hatch)" if part.tone is Tone.PHASE_1 else None
        shape = rect(left, top, width, _THICK, f"pa-part {part.tone}", fill)
        if width > 0:
            shapes.append(linked(part.href, part.text, shape))
        left += width
    return shapes


def _hatch(caption: Caption) -> Markup:
    """Return the pattern of time in which nobody knew, as on the pages of reports."""
    ground = element("rect", width="6", height="6", class_="pa-hatch__ground")
    stripe = element("rect", width="3", height="6", class_="pa-hatch__stripe")
    pattern = element(
        "pattern",
        ground,
        stripe,
        id=f"pa-{caption.name}-hatch",
        width="6",
        height="6",
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return element("defs", pattern)


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def _table(bars: Sequence[Bar], parts: str) -> Table:
    rows = tuple((bar.label, bar.told, "; ".join(part.text for part in bar.parts)) for bar in bars)
    return Table(("Of", "Figure", parts), rows)
