"""Charts that are drawn at build time, as SVG without a script.

Every builder takes a `Caption(name, title, reading)` first and returns a `Chart`, which a template
prints with `{% import "archive/charts.html" as charts %}{{ charts.figure(view.chart) }}`. `name`
must be unique on the page: put the period's name into it (`durations-2025-q3`). Values are numbers,
words are already made; nothing here computes a statistic. What is a link in a chart is a link in
its table of data too. Empty input gives an empty chart: do not show one.

    dot_strip(caption, rows: Sequence[DotRow], series: Sequence[Series] = ()) -> Chart
        DotRow(name: str, told: str, dots: tuple[Dot, ...], bands: tuple[Band, ...] = ())
        Dot(value: minutes, text: str, href: str | None = None, tone: Tone = Tone.PLAIN)
        Band(name: "median" | "p90", value, low, high: minutes)
    stacked_columns(caption, columns: Sequence[Column], series: Sequence[Series]) -> Chart
        Column(label: Link, counts: tuple[int, ...], group: str = "", open: bool = False)
    interval_columns(caption, points: Sequence[Interval], unit: str,
                     mark: float | None = None) -> Chart
        Interval(label: Link, value: float | None, low: float, high: float | None,
                 note: str = "", group: str = "", open: bool = False)
    stacked_bars(caption, bars: Sequence[Bar], series: Sequence[Series]) -> Chart
    meters(caption, bars: Sequence[Bar], mark: str = "100 %") -> Chart    (parts in percent)
        Bar(label: Link, parts: tuple[Part, ...], told: str)
        Part(value: float, text: str, tone: Tone, href: str | None = None)
    t_chart(caption, gaps: Sequence[Gap], limits: Limits | None = None) -> Chart
        Gap(end: date, days: float, incident: Link, tone: Tone = Tone.PLAIN, open: bool = False)
        Limits(centre: float, low: float | None, high: float | None)      (in days)
    matrix(caption, corner: str, columns: Sequence[Link],
           rows: Sequence[tuple[Link, Sequence[Cell | None]]]) -> Chart
        Cell(count: int, text: str, href: str | None = None)

`Series(title: str, tone: Tone)` says what a tone stands for.
`Tone.of_severity(point.severity(name))` and `Tone.of_phase(1…4)` give tones.
"""

from postmortem_archive.site.charts.bars import Bar, Part, meters, stacked_bars
from postmortem_archive.site.charts.chart import Caption, Chart, Key, Series, Table, Tone
from postmortem_archive.site.charts.columns import (
    Column,
    Interval,
    interval_columns,
    stacked_columns,
)
from postmortem_archive.site.charts.dots import Band, Dot, DotRow, dot_strip
from postmortem_archive.site.charts.matrix import Cell, matrix
from postmortem_archive.site.charts.tchart import Gap, Limits, t_chart
from postmortem_archive.site.views.marks import Link

__all__ = [
    "Band",
    "Bar",
    "Caption",
    "Cell",
    "Chart",
    "Column",
    "Dot",
    "DotRow",
    "Gap",
    "Interval",
    "Key",
    "Limits",
    "Link",
    "Part",
    "Series",
    "Table",
    "Tone",
    "dot_strip",
    "interval_columns",
    "matrix",
    "meters",
    "stacked_bars",
    "stacked_columns",
    "t_chart",
]
