"""How a site of MkDocs and its theme present the archive: styles, metadata, contents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from postmortem_archive.report.record import Heading
from postmortem_archive.site import assets
from postmortem_archive.site import pages as core_pages
from postmortem_archive.site.fragments import Overrides
from postmortem_archive.site.site import ReportPage

_ID = re.compile(r'\sid="([^"]+)"')
# Blocks never stand within each other, and no report can hold one.
_SKIPPED = re.compile(r"<pa-block data-search-exclude>.*?</pa-block>", re.DOTALL)
_EMPTY = "<pa-block data-search-exclude></pa-block>"
# What Material sets where a site says nothing of fonts; it would fetch them from another host.
_THEME_FONTS = {"text": "Roboto", "code": "Roboto Mono"}
# In the theme's search a report stands above a page of the guide that has the same words.
_BOOST = 2


def dress(config: MkDocsConfig, at: str) -> None:
    """Add the styles, scripts and type of an archive in the folder `at` to a site."""
    if assets.style() not in config.extra_css:
        config.extra_css.insert(0, assets.style())
    for script in assets.scripts(at):
        if script not in config.extra_javascript:
            config.extra_javascript.append(script)
    if config.theme.name == "material" and config.theme.get("font") == _THEME_FONTS:
        config.theme["font"] = False


def overrides(config: MkDocsConfig) -> Overrides:
    """Return how to get at the author's own templates: those in the theme's `custom_dir`."""
    custom_dir = config.theme.custom_dir

    def template(name: str) -> str | None:
        path = Path(custom_dir or "", name)
        return path.read_text(encoding="utf-8") if custom_dir and path.is_file() else None

    return template


def brings_mermaid(config: MkDocsConfig) -> bool:
    return any("mermaid" in str(script) for script in config.extra_javascript)


def meta(page: ReportPage, config: MkDocsConfig) -> dict[str, object]:
    """Return all that the theme is told of a report, escaped: themes print it as it stands."""
    told: dict[str, object] = {"title": escape(page.title), "search": {"boost": _BOOST}}
    if page.description:
        told["description"] = escape(page.description)
    if tags := theme_tags(page.tags, config)[0]:
        told["tags"] = tags
    return told | _hidden(config, toc=False)


def theme_tags(tags: Iterable[str], config: MkDocsConfig) -> tuple[list[str], list[str]]:
    """Return the tags that the theme is told of, and those that it would refuse.

    Material stops the build at a tag that is not among its `tags_allowed`. Those that are there
    are the site's own words, and are told as they stand.
    """
    # A hook is a plugin too, without a configuration.
    plugins = [getattr(plugin, "config", {}) for plugin in config.plugins.values()]
    lists = [options.get("tags_allowed") for options in plugins]
    allowed = [{getattr(tag, "name", str(tag)) for tag in found} for found in lists if found]
    if not allowed:
        return [escape(tag) for tag in tags], []
    common = set.intersection(*allowed)
    told = list(tags)
    return [tag for tag in told if tag in common], [tag for tag in told if tag not in common]


def generated_meta(page: core_pages.Page, config: MkDocsConfig) -> dict[str, object]:
    """Return what the theme is told of a page that nobody wrote."""
    hidden = _hidden(config, toc=not page.long)
    told: dict[str, object] = {"title": escape(page.title), **hidden}
    return told if page.searched else told | {"search": {"exclude": True}}


def words_meta(config: MkDocsConfig) -> dict[str, object]:
    """Return what the theme is told of a period's page that an author wrote words for."""
    return _hidden(config, toc=False)


def has_template(name: object, config: MkDocsConfig) -> bool:
    """Tell whether a page can be given a template of this name, by the theme or by its author."""
    try:
        FileSystemLoader(config.theme.dirs).get_source(Environment(autoescape=True), str(name))
    except TemplateNotFound:
        return False
    return isinstance(name, str)


def line_of(key: str, text: str) -> int:
    """Return the line on which the front matter of a page tells a key; the first, if none does."""
    lines = text.split("\n")
    found = (n for n, line in enumerate(lines, start=1) if line.startswith(f"{key}:"))
    return next(found, 1)


def _hidden(config: MkDocsConfig, *, toc: bool) -> dict[str, object]:
    """Hide the side columns that have nothing to show; with tabs, the navigation is above."""
    tabs = "navigation.tabs" in (config.theme.get("features") or ())
    hidden = [name for name, empty in (("navigation", tabs), ("toc", toc)) if empty]
    return {"hide": hidden} if hidden else {}


class ReadPage(Page):
    """The page of a report: the archive has read it, and there is no Markdown left to convert.

    MkDocs makes a converter with all of a site's extensions for every page, even an empty one.
    """

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the contents to `place_report`."""
        del config, files
        self.content, self.toc = "", TableOfContents([])


def read_pages(files: Files, nav: Navigation, paths: Iterable[str], config: MkDocsConfig) -> None:
    """Let no report be converted; what stands in the navigation keeps its page, with its title."""
    shown = {page.file.src_uri for page in nav.pages}
    for path in paths:
        file = files.src_uris.get(path)
        # A page of a kind of its own is another plugin's.
        if file is not None and type(file.page) is Page and path not in shown:
            ReadPage(None, file, config)


def place_report(page: Page, report: ReportPage) -> str:
    """Give a page of MkDocs a report's contents; the neighbours in the navigation are not its."""
    page.toc = contents(report.headings)
    page.previous_page = page.next_page = None
    return place_blocks(page, report.html)


def place_blocks(page: Page, html: str) -> str:
    """Tell MkDocs which anchors a page has, so that links to them are not reported as broken."""
    page.present_anchor_ids = (page.present_anchor_ids or set()) | set(_ID.findall(html))
    return html


def without_skipped(html: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML with what no search is to find taken out of its elements, and what that was.

    The search of a theme reads the tags of all that it skips, one by one: on a page of charts that
    takes several times as long as making it.
    """
    return searched(html), tuple(_SKIPPED.findall(html))


def searched(html: str) -> str:
    """Return HTML without what no search is to find."""
    return _SKIPPED.sub(_EMPTY, html)


def with_skipped(html: str, skipped: Iterable[str]) -> str:
    """Return HTML with what was taken out put back."""
    held = iter(skipped)
    return re.sub(_EMPTY, lambda match: next(held, match.group()), html)


def contents(headings: Iterable[Heading]) -> TableOfContents:
    """Return headings as a tree, each under the nearest one before it of a higher level."""
    tops: list[AnchorLink] = []
    trail: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.title), heading.anchor, heading.level)
        while trail and trail[-1].level >= heading.level:
            trail.pop()
        (trail[-1].children if trail else tops).append(link)
        trail.append(link)
    return TableOfContents(tops)
