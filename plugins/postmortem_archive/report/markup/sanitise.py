"""Report HTML made safe: an allow-list, because anything from a report is hostile.

Class names are let through only where they are ours to style, and ids only on headings and
footnotes, in a form that no id of the theme has. No style is: a site's policy may forbid them all.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it.token import Token

from postmortem_archive.report.markup.markdown import SCHEMES, parser

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp",
    "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "u", "ul", "var",
}  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {
    "a": {"href", "title", "class", "id"},
    "abbr": {"title"},
    "code": {"class"},
    "details": {"class", "open"},
    "div": {"class"},
    "img": {"src", "alt", "title", "width", "height"},
    "input": {"type", "checked", "disabled", "class"},
    "li": {"class", "id"},
    "ol": {"start", "class"},
    "p": {"class"},
    "pre": {"class"},
    "section": {"class"},
    "span": {"class"},
    "sup": {"class"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "time": {"datetime"},
    "ul": {"class"},
    **{tag: {"id"} for tag in _HEADINGS},
    "*": {"dir"},
}
_CLASS = re.compile(
    r"(?:highlight|language-[\w+#.-]{1,30}|mermaid|admonition|admonition-title|note|abstract|info"
    r"|tip|success|question|warning|failure|danger|bug|example|quote"
    r"|footnotes?|footnote-ref|footnote-backref|footnotes-list|footnote-item|footnotes-sep"
    r"|task-list-item|contains-task-list|task-list-item-checkbox|[a-z]{1,2}[0-9]?)$"
)
_DIRECTIONS = frozenset({"auto", "ltr", "rtl"})
_ANCHOR = re.compile(r"[^\W_][\w-]{0,200}$")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if _CLASS.match(word)) or None
    if name == "id":
        return value if _ANCHOR.match(value) else None
    if name == "dir":
        return value if value in _DIRECTIONS else None
    if tag == "input" and name == "type":
        return "checkbox"
    return value


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def clean(html: str) -> str:
    """Return HTML with nothing in it but what a report may show."""
    return _without_nested_anchors(_BOX.sub(_dead_box, _cleaner().clean(html)))


_BOX = re.compile(r"<input\b([^>]*)>")


def _dead_box(box: re.Match[str]) -> str:
    """Make an input a checkbox that nobody can tick.

    The cleaner could do this, in an order of attributes that differs from run to run.
    """
    needed = ('type="checkbox"', 'disabled=""')
    missing = "".join(f" {attribute}" for attribute in needed if f" {attribute}" not in box[1])
    return f"<input{box[1]}{missing}>"


_ELEMENT = re.compile(
    r"<(?P<close>/?)(?:(?P<box>li|ol|ul|p|pre|code|sub|sup)|h[1-6])(?=[\s>])"
    r"(?:[^>\"]|\"[^\"]*\")*>"
)
_ID = re.compile(r' id="[^"]*"')


def _without_nested_anchors(html: str) -> str:
    """Take the ids from headings within lists, paragraphs and code.

    A search index divides a page at its headings with an id, and Material's fails on one in the
    middle of such an element.
    """
    depth = 0

    def visit(match: re.Match[str]) -> str:
        nonlocal depth
        if match["box"]:
            depth += -1 if match["close"] else 1
        elif depth and not match["close"]:
            return _ID.sub("", match.group())
        return match.group()

    return _ELEMENT.sub(visit, html)


def block_html(tokens: Sequence[Token], env: MutableMapping[str, Any]) -> str:
    """Render a stretch of block tokens as safe HTML."""
    return clean(str(parser().renderer.render(tokens, parser().options, env)))
