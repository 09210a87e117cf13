"""Keeps what is not published out of a site of MkDocs, with every way that leads to it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.utils import clean_directory

from postmortem_archive.archive.attachments import addresses, leads_into

GONE_CLASS = "pa-gone"
GONE_TITLE = "Not part of this site"

_TAG = re.compile(r"<(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ADDRESS = re.compile(
    r"\s*(?<![\w:-])(?P<name>href|src|srcset|poster|data|xlink:href)\s*=\s*"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)
_CLASS = re.compile(r"\s*(?<![\w:-])class\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)


def take_out(files: Files, paths: Iterable[str]) -> list[File]:
    """Remove files from a site, and return them."""
    found = [file for path in paths if (file := files.get_file_from_path(path))]
    for file in found:
        files.remove(file)
    return found


class Gone:
    """What is not published, and whether an address on a page leads there."""

    def __init__(self, paths: Collection[str], files: Files, config: MkDocsConfig) -> None:
        self._gone = addresses(paths)
        self._files = files
        self._known = addresses(files.src_uris) if paths else frozenset()
        site = config.site_url or ""
        self._prefixes = [prefix for prefix in (site, urlsplit(site).path) if prefix.strip("/")]

    def __bool__(self) -> bool:
        """Tell whether there is anything that is not published."""
        return bool(self._gone)

    def in_markdown(self, url: str, file: File) -> bool:
        """Tell whether an address in the Markdown of a page leads to what is not published."""
        return leads_into(self._from_root(url), file.src_uri, self._gone, self._files.src_uris)

    def in_html(self, url: str, file: File) -> bool:
        """Tell whether an address in the HTML of a page leads there, or was meant to."""
        url = self._from_root(html.unescape(url))
        if leads_into(url, file.dest_uri, self._gone):
            return True
        known = leads_into(url, file.dest_uri, self._known)
        return not known and leads_into(url, file.src_uri, self._gone)

    def in_nav(self, url: str) -> bool:
        """Tell whether an address in `nav` leads there."""
        return leads_into(self._from_root(url), "index.md", self._gone)

    def _from_root(self, url: str) -> str:
        for prefix in self._prefixes:
            if url.startswith(prefix):
                return "/" + url.removeprefix(prefix).lstrip("/")
        return url


def pruned(nav: object, is_gone: Callable[[str], bool], dropped: list[str]) -> object:
    """Return `nav` without the entries that lead to what is not published.

    They are added to `dropped`; a section of which nothing is left goes with them.
    """
    if isinstance(nav, str):
        if not is_gone(nav):
            return nav
        dropped.append(nav)
        return None
    if isinstance(nav, dict):
        kept = {key: pruned(value, is_gone, dropped) for key, value in nav.items()}
        return {key: value for key, value in kept.items() if value is not None} or None
    if isinstance(nav, list):
        left = [part for item in nav if (part := pruned(item, is_gone, dropped)) is not None]
        return left if left or not nav else None
    return nav


def take_from_nav(nav: Navigation, file: File) -> None:
    """Remove a page from a navigation that is made already, with sections that it leaves empty."""

    def left(items: Iterable[StructureItem]) -> list[StructureItem]:
        kept: list[StructureItem] = []
        for item in items:
            if isinstance(item, Section):
                item.children = left(item.children)
            if item is not file.page and (not isinstance(item, Section) or item.children):
                kept.append(item)
        return kept

    nav.items = left(nav.items)
    nav.pages = [page for page in nav.pages if page is not file.page]
    for page in nav.pages:
        page.previous_page = None if page.previous_page is file.page else page.previous_page
        page.next_page = None if page.next_page is file.page else page.next_page


class DeadLinks(Extension):
    """Turns links to what is not published into plain text, before MkDocs looks at them.

    `is_gone` answers for an address on the page that is being rendered.
    """

    def __init__(self, is_gone: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_gone = is_gone

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Markdown calls it so
        """Come after what makes links, and before MkDocs checks them (at 0)."""
        md.treeprocessors.register(_DeadLinks(md, self._is_gone), "postmortem_archive_gone", 2)


class _DeadLinks(Treeprocessor):
    def __init__(self, md: Markdown, is_gone: Callable[[str], bool]) -> None:
        super().__init__(md)
        self._is_gone = is_gone

    def run(self, root: Element) -> None:
        for element in root.iter():
            address = {"a": "href", "img": "src"}.get(element.tag)
            if address and self._is_gone(element.get(address, "")):
                if element.tag == "img":
                    element.text = element.get("alt") or "image"
                element.tag = "span"
                element.attrib.clear()
                element.set("class", GONE_CLASS)
                element.set("title", GONE_TITLE)


def without_addresses(source: str, is_gone: Callable[[str], bool]) -> str:
    """Return the HTML of a page without the addresses of what is not published."""

    def tag(match: re.Match[str]) -> str:
        told = match["attributes"]
        kept = _ADDRESS.sub(lambda found: "" if leads(found) else found.group(), told)
        if kept == told:
            return match.group()
        kept = _CLASS.sub("", kept).rstrip()
        return f'<{match["name"]}{kept.rstrip("/ ")} class="{GONE_CLASS}">'

    def leads(found: re.Match[str]) -> bool:
        value = found["value"].strip("\"'")
        if found["name"].lower() != "srcset":
            return is_gone(value)
        return any(is_gone(part.split()[0]) for part in value.split(",") if part.split())

    return _TAG.sub(tag, source)


def start_anew(removed: Iterable[File], others: Iterable[str], site_dir: str) -> bool:
    """Empty the site's folder where an earlier build made something of files now `removed`.

    `others` are the paths of files that were made of them too. Any other page may speak of them,
    so that all have to be built again. Tell whether there was anything.
    """
    outputs = [*(file.abs_dest_path for file in removed), *others]
    stale = any(Path(path).is_file() for path in outputs)
    if stale:
        clean_directory(site_dir)
    return stale
