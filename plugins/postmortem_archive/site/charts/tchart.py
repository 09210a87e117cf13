"""The days between rare incidents, on a T-chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from postmortem_archive.site import wording
from postmortem_archive.site.charts.axes import across, level, upright
from postmortem_archive.site.charts.chart import Caption, Chart, Key, Table, Tone, chart, picture
from postmortem_archive.site.charts.scales import days, figure, root
from postmortem_archive.site.charts.svg import element, em, line, linked, pc
from postmortem_archive.site.views.marks import Link

# Nelson (1994): time between events, raised to 1/3.6, is near enough to a normal distribution.
POWER = 3.6
_TOP, _BOTTOM = 0.6, 13.4


@dataclass(frozen=True, slots=True)
class Gap:
    """The days up to an incident since the one before it: where it ended, and in which incident.

    A gap that is still `open` ends on the day that the archive speaks of, in no incident.
    """

    end: date
    days: float
    incident: Link
    tone: Tone = Tone.PLAIN
    open: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The centre of a T-chart and its limits, in days; a limit of None is not drawn."""

    centre: float
    low: float | None
    high: float | None


def t_chart(caption: Caption, gaps: Sequence[Gap], limits: Limits | None = None) -> Chart:
    """Return the gaps in the order of time, each at its end, on an axis of days^(1/3.6)."""
    ends = [gap.end for gap in gaps]
    told = [end for end in (limits.centre, limits.low, limits.high) if end] if limits else []
    tall = root([*(gap.days for gap in gaps), *told], POWER)
    wide = days(min(ends, default=date.min), max(ends, default=date.min))
    placed = [
        (wide.at(gap.end.toordinal()), level(tall.at(gap.days), _TOP, _BOTTOM)) for gap in gaps
    ]
    shapes: list[Markup] = []
    for value, dress in _lines(limits):
        y = level(tall.at(value), _TOP, _BOTTOM)
        shapes.append(line(0, y, 100, y, dress))
    shapes += [line(*before, *after, "pa-thread") for before, after in pairwise(placed)]
    shapes += [
        linked(
            gap.incident.href,
            f"{_days(gap.days)}: {gap.incident.text}",
            element(
                "circle",
                cx=pc(x),
                cy=em(y),
                r=em(0.36),
                class_=f"pa-dot pa-hollow {gap.tone}" if gap.open else f"pa-dot {gap.tone}",
            ),
        )
        for gap, (x, y) in zip(gaps, placed, strict=True)
    ]
    svg = picture(
        caption,
        _BOTTOM + 1.6,
        across(wide, _TOP, _BOTTOM),
        upright(tall, _TOP, _BOTTOM),
        *shapes,
        class_="pa-upright",
    )
    rows = tuple((gap.incident, wording.day(gap.end), figure(gap.days)) for gap in gaps)
    table = Table(("Incident", "Day", "Days since the one before"), rows)
    return chart(caption, svg, table, _keys(gaps, limits))


def _days(value: float) -> str:
    return f"{figure(value)}{wording.NBSP}{'day' if value == 1 else 'days'}"


def _lines(limits: Limits | None) -> list[tuple[float, str]]:
    if limits is None:
        return []
    ends = [(end, "pa-limit") for end in (limits.low, limits.high) if end is not None]
    return [(limits.centre, "pa-mark"), *ends]


def _keys(gaps: Sequence[Gap], limits: Limits | None) -> tuple[Key, ...]:
    keys = [Key("pa-key--line", f"centre, {_days(limits.centre)}")] if limits else []
    for end, name in ((limits.low, "lower"), (limits.high, "upper")) if limits else ():
        if end is not None:
            keys.append(Key("pa-key--limit", f"{name} limit, {_days(end)}"))
    if any(gap.open for gap in gaps):
        keys.append(Key("pa-key--hollow", "not over yet"))
    return tuple(keys)
