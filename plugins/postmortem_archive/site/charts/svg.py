"""Elements of SVG and HTML as text, with everything in them escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def element(tag: str, *children: str, **attributes: str | int | None) -> Markup:
    """Return an element; an attribute of None is left out, a trailing `_` of its name cut off."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    # A site has tens of thousands of elements, and Markup's own format takes five times as long.
    return Markup(f"<{tag}{written}>{joined(children)}</{tag}>")  # noqa: S704 -- escaped above


def joined(parts: Iterable[str]) -> Markup:
    """Return pieces one after the other; a text that is no markup is escaped."""
    return Markup("".join(map(escape, parts)))  # noqa: S704 -- escaped piece by piece


def number(value: float) -> str:
    """Return a number with at most two decimals, the same on every machine."""
    # Adding nothing makes 0 of the -0 that small negative numbers are rounded to.
    written = f"{round(value, 2) + 0:.2f}"
    return written.rstrip("0").rstrip(".")


def pc(value: float) -> str:
    """Return a part of the width, in percent."""
    return f"{number(value)}%"


def em(value: float) -> str:
    """Return a length that grows with the type of the chart."""
    return f"{number(value)}em"


def text(words: str, x: float, y: float, class_: str | None = None, dx: float = 0) -> Markup:
    """Return a line of text at `x` percent and `y` em, moved by `dx` em."""
    return element("text", words, x=pc(x), y=em(y), dx=em(dx) if dx else None, class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """Return a straight line between two points, in percent across and em down."""
    return element("line", x1=pc(x1), y1=em(y1), x2=pc(x2), y2=em(y2), class_=class_)


def rect(
    x: float, y: float, width: float, height: float, class_: str, fill: str | None = None
) -> Markup:
    """Return a rectangle, in percent across and em down."""
    return element(
        "rect", x=pc(x), y=em(y), width=pc(width), height=em(height), class_=class_, fill=fill
    )


def linked(href: str | None, title: str, *shapes: str) -> Markup:
    """Return shapes with a title that shows at the pointer, as a link if `href` tells where to.

    The link is not in the order of the keyboard: the table of the chart has the same one. It is an
    `xlink:href`, since the theme sets the `href` of every link that has one, which SVG forbids.
    """
    within = (element("title", title), *shapes)
    if href is None:
        return element("g", *within)
    return element("a", *within, **{"xlink:href": href}, tabindex="-1")
