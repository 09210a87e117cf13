"""What every chart consists of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from postmortem_archive.site.charts.svg import element
from postmortem_archive.site.views.marks import Link, SeverityMark


class Tone(StrEnum):
    """What a mark is painted as: a CSS class, which gives the colour in each scheme."""

    SEV_1 = "pa-tone--sev-1"
    SEV_2 = "pa-tone--sev-2"
    SEV_3 = "pa-tone--sev-3"
    SEV_4 = "pa-tone--sev-4"
    PHASE_1 = "pa-tone--phase-1"
    PHASE_2 = "pa-tone--phase-2"
    PHASE_3 = "pa-tone--phase-3"
    PHASE_4 = "pa-tone--phase-4"
    OURS_1 = "pa-tone--ours-1"
    OURS_2 = "pa-tone--ours-2"
    OTHERS_1 = "pa-tone--others-1"
    OTHERS_2 = "pa-tone--others-2"
    OTHERS_3 = "pa-tone--others-3"
    PLAIN = "pa-tone--plain"
    FAINT = "pa-tone--faint"

    @classmethod
    def of_severity(cls, mark: SeverityMark | None) -> Tone:
        """Return the tone of a severity; an incident that tells none is faint."""
        return _SEVERITIES[mark.tone - 1] if mark else cls.FAINT

    @classmethod
    def of_phase(cls, number: int) -> Tone:
        """Return the tone of a phase, from 1 (undetected) to 4 (restoring)."""
        return _PHASES[number - 1]


_SEVERITIES = (Tone.SEV_1, Tone.SEV_2, Tone.SEV_3, Tone.SEV_4)
_PHASES = (Tone.PHASE_1, Tone.PHASE_2, Tone.PHASE_3, Tone.PHASE_4)


@dataclass(frozen=True, slots=True)
class Caption:
    """The words over a chart.

    `name` is unique on the page and is made of letters, digits and hyphens: ids begin with it.
    `reading` says in one sentence what is to be seen.
    """

    name: str
    title: str
    reading: str


@dataclass(frozen=True, slots=True)
class Series:
    """What the marks of one tone stand for."""

    title: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Key:
    """What a mark stands for: the mark's CSS classes, and its meaning."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a chart; the first cell of a row is its heading."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | Link, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, ready for the template's `figure`.

    `svg` is safe markup: an SVG image, or a table of HTML. What it shows is in `table` too, unless
    it is a table itself.
    """

    name: str
    title: str
    reading: str
    svg: Markup
    table: Table
    keys: tuple[Key, ...] = ()


def chart(caption: Caption, svg: Markup, table: Table, keys: tuple[Key, ...] = ()) -> Chart:
    """Return a chart of its parts."""
    return Chart(caption.name, caption.title, caption.reading, svg, table, keys)


def picture(caption: Caption, height: float, *shapes: str, class_: str = "") -> Markup:
    """Return an SVG as wide as its place and `height` em high.

    There is no viewBox: places across are in percent, places down and the type in em, so that
    nothing shrinks on a narrow screen. With links in it, it is a group; else an image.
    """
    within = Markup().join(shapes)
    return element(
        "svg",
        within,
        class_=f"pa-chart__svg {class_}".rstrip(),
        width="100%",
        height=f"{height:g}em",
        **{"xmlns:xlink": "http://www.w3.org/1999/xlink"},
        role="group" if "<a " in within else "img",
        aria_labelledby=f"pa-{caption.name}-title",
        aria_describedby=f"pa-{caption.name}-reading",
    )
