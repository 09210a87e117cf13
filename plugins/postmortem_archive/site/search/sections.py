"""The HTML of any page, cut at its headings into plain HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What is no text for readers; a drawing has its words in the text beside it.
_UNREAD = frozenset({"script", "style", "svg", "template", "textarea", "button", "select"})
_EXCLUDED = "data-search-exclude"
_PERMALINK = "headerlink"
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its anchor, and the HTML below it up to the next, without attributes.

    The HTML is empty where no word is in it.
    """

    title: str
    anchor: str
    html: str


# A server reads the same pages after each change of one.
@lru_cache(maxsize=1024)
def sections_of(html: str) -> tuple[Section, ...]:
    """Return the sections of a page; the first is what stands before any heading with an anchor.

    Its title is that of the first heading of the first level. What is marked with
    `data-search-exclude` is left out, with a heading its section.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.sections()


class _Cut:
    """A section that is being read."""

    def __init__(self, anchor: str = "", *, excluded: bool = False) -> None:
        self.anchor = anchor
        self.excluded = excluded
        self.title: list[str] = []
        self.parts: list[str] = []
        self.speaks = False

    def section(self) -> Section:
        return Section(_line(self.title), self.anchor, "".join(self.parts) if self.speaks else "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._cuts = [_Cut()]
        self._anchors: set[str] = set()
        self._heading: str | None = None
        self._passed_over = ""
        self._depth = 0

    def sections(self) -> tuple[Section, ...]:
        """Return what has been read."""
        lead, *others = self._cuts
        first = replace(lead.section(), html="") if lead.excluded else lead.section()
        return (first, *(cut.section() for cut in others if not cut.excluded))

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open a section, pass over an element, or keep its name."""
        if self._passed_over:
            self._depth += tag == self._passed_over
            return
        told = dict(attrs)
        classes = (told.get("class") or "").split()
        excluded = _EXCLUDED in told
        if tag in _HEADINGS and self._opens(tag, told.get("id") or "", excluded=excluded):
            self._heading = tag
        elif tag in _UNREAD or _PERMALINK in classes or (excluded and tag not in _VOID):
            self._passed_over, self._depth = tag, 1
        elif self._heading is None:
            alt = f' alt="{escape(told.get("alt") or "")}"' if tag == "img" else ""
            self._cuts[-1].parts.append(f"<{tag}{alt}>")

    def _opens(self, tag: str, anchor: str, *, excluded: bool) -> bool:
        """Begin a section at a heading, if it can be linked and has not been before."""
        lead = self._cuts[0]
        if tag == "h1" and len(self._cuts) == 1 and not lead.title:
            lead.excluded = excluded
            self._anchors.add(anchor)
            return True
        if not anchor or anchor in self._anchors:
            return False
        self._anchors.add(anchor)
        self._cuts.append(_Cut(anchor, excluded=excluded))
        return True

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if self._passed_over:
            self._depth -= tag == self._passed_over
            if not self._depth:
                self._passed_over = ""
        elif tag == self._heading:
            self._heading = None
        elif self._heading is None:
            self._cuts[-1].parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep a text: a heading's, or one below it."""
        if self._passed_over:
            return
        if self._heading is not None:
            self._cuts[-1].title.append(data)
            return
        cut = self._cuts[-1]
        cut.parts.append(escape(data, quote=False))
        cut.speaks = cut.speaks or not data.isspace()


def _line(texts: Sequence[str]) -> str:
    return " ".join("".join(texts).split())
