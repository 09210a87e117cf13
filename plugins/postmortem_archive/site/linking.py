"""How one page reaches another: addresses come from the host, per page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from postmortem_archive.report.record import Text

# The reader's HTML has passed through a sanitiser: attributes are in double quotes, anchors are
# closed and never nest.
_ANCHOR = re.compile(r'<a\b([^>]*?)\bhref="src:([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img\b([^>]*?)\bsrc="src:([^"]*)"([^>]*)>')
_ALT = re.compile(r'\balt="([^"]*)"')


class UnknownTargetError(LookupError):
    """A link to a source file that the site does not have."""


class UrlFor(Protocol):
    """The host's answer to where a source path is, seen from the page of another.

    Raises `UnknownTargetError` when the site has no such file.
    """

    def __call__(self, target: str, page: str) -> str:
        """Return the address of `target`, relative to `page`."""


@dataclass(frozen=True, slots=True)
class Here:
    """A page, and the way from it to the rest of the site."""

    page: str
    url_for: UrlFor

    def href(self, target: str, fragment: str = "") -> str:
        """Return the address of a source path of the archive's own; it has to exist."""
        address = self.url_for(target, self.page)
        return f"{address}#{fragment}" if fragment else address

    def prose(self, text: Text | None) -> Markup | None:
        """Return a line of prose with its links turned into addresses."""
        return None if text is None else self.html(text.html)

    def html(self, source: str) -> Markup:
        """Return safe HTML of a report with its `src:` links turned into addresses.

        A link to something that the site does not have keeps its text and loses its target; the
        problem itself is reported where the archive is built.
        """
        linked = _IMAGE.sub(self._image, _ANCHOR.sub(self._anchor, source))
        return Markup(linked)  # noqa: S704 -- sanitised by the reader

    def _address(self, target: str) -> str | None:
        path, _, fragment = html.unescape(target).partition("#")
        try:
            return html.escape(self.href(path, fragment))
        except UnknownTargetError:
            return None

    def _anchor(self, match: re.Match[str]) -> str:
        before, target, after, text = match.groups()
        address = self._address(target)
        if address is None:
            return f'<span class="pa-gone" title="Not part of this site">{text}</span>'
        return f'<a{before}href="{address}"{after}>{text}</a>'

    def _image(self, match: re.Match[str]) -> str:
        before, target, after = match.groups()
        address = self._address(target)
        if address is None:
            alt = _ALT.search(match.group(0))
            text = alt.group(1) if alt else ""
            return f'<span class="pa-gone" title="Not part of this site">{text or "image"}</span>'
        return f'<img{before}src="{address}"{after}>'
