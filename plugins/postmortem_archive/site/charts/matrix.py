"""Counts by two things at once, as a table whose cells are shaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.site.charts.chart import Caption, Chart, Table, chart
from postmortem_archive.site.charts.svg import element
from postmortem_archive.site.views.marks import Link

_SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, what it counts, and where these are listed."""

    count: int
    text: str
    href: str | None = None


def matrix(
    caption: Caption,
    corner: str,
    columns: Sequence[Link],
    rows: Sequence[tuple[Link, Sequence[Cell | None]]],
) -> Chart:
    """Return a table of counts, the darker the more; a cell of None is empty.

    `corner` heads the column of row names; it may be empty. The table is its own data.
    """
    most = max((cell.count for _, cells in rows for cell in cells if cell), default=0)
    head = element(
        "tr",
        _corner(corner),
        *(
            element("th", element("span", _link(name)), scope="col", class_="pa-matrix__column")
            for name in columns
        ),
    )
    body = [
        element(
            "tr",
            element("th", _link(name), scope="row"),
            *(_cell(cell, most) for cell in cells),
        )
        for name, cells in rows
    ]
    table = element(
        "table",
        element("thead", head),
        element("tbody", *body),
        class_="pa-matrix",
        aria_labelledby=f"pa-{caption.name}-title",
    )
    # What scrolls must be within reach of the keyboard.
    frame = element(
        "div",
        table,
        class_="pa-matrix__frame",
        tabindex="0",
        role="region",
        aria_labelledby=f"pa-{caption.name}-title",
    )
    return chart(caption, frame, Table())


def _corner(words: str) -> Markup:
    if not words:
        return element("td", class_="pa-matrix__corner")
    return element("th", words, scope="col", class_="pa-matrix__corner")


def _cell(cell: Cell | None, most: int) -> Markup:
    if cell is None or not cell.count:
        return element("td")
    shade = -(-cell.count * _SHADES // most)
    shown = _link(Link(f"{cell.count:,}", cell.href), cell.text)
    return element("td", shown, class_=f"pa-shade--{shade}")


def _link(item: Link, title: str | None = None) -> Markup:
    if item.href is None:
        return element("span", item.text, title=title)
    return element("a", item.text, href=item.href, title=title)
