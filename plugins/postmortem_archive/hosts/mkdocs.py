"""The plugin for MkDocs: it carries files in and pages out, and leaves the rest to the core."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from postmortem_archive.archive.archive import Archive, build
from postmortem_archive.hosts.files import matcher
from postmortem_archive.hosts.locating import from_here
from postmortem_archive.hosts.options import PLUGIN, ArchiveOptions, build_day, site_settings
from postmortem_archive.hosts.reading import read_reports
from postmortem_archive.report.problem import Level, Problem
from postmortem_archive.report.record import Heading
from postmortem_archive.site import assets
from postmortem_archive.site import pages as core_pages
from postmortem_archive.site.addresses import spellings
from postmortem_archive.site.fragments import Overrides
from postmortem_archive.site.linking import UnknownTargetError
from postmortem_archive.site.settings import SiteSettings
from postmortem_archive.site.site import ReportPage, Site

log = get_plugin_logger(__name__)

_EPOCH = "SOURCE_DATE_EPOCH"
_CACHE = ".cache"
_ID = re.compile(r'\sid="([^"]+)"')
# What Material sets where a site says nothing of fonts; it would fetch them from another host.
_THEME_FONTS = {"text": "Roboto", "code": "Roboto Mono"}


class ArchivePlugin(BasePlugin[ArchiveOptions]):
    """An archive of incident reports in a site of MkDocs."""

    def __init__(self) -> None:
        self._serving = False
        self._epoch_is_ours = False
        self._settings: SiteSettings
        self._site: Site
        self._reports: dict[str, ReportPage] = {}
        self._generated: dict[str, core_pages.Page] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether drafts are shown."""
        del dirty
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Dress the site, and give its build the archive's day."""
        self._settings = site_settings(self.config, config.site_name, build_day())
        dress(config)
        self._set_build_day()
        return config

    # After the plugins that add files, so that an author's page is seen however it came about.
    @event_priority(-75)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the reports, take out what is withheld, and add the archive's pages and files."""
        archive = self._read(files, config)
        tell(archive, config)
        withhold(files, archive)
        links = SiteFiles(files)
        self._site = Site(
            archive, self._settings, links.url_for, overrides(config), _brings_mermaid(config)
        )
        self._generated = add_pages(files, self._site, config)
        add_data(files, self._site, config)
        self._reports = {}
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the archive's places first, in their order, where the author gives no order."""
        del files
        if config.nav is None:
            order = {path: place for place, path in enumerate(self._generated)}
            nav.items.sort(key=lambda item: _place(item, order))
        return nav

    @event_priority(100)
    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Keep a report's file from MkDocs' own reader of front matter."""
        del config
        return "" if self._is_report(page) else None

    @event_priority(100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Tell the theme what it may know of a page of the archive."""
        del files
        if self._is_report(page):
            page.meta = meta(self._report_page(page), config)
        elif page.file.src_uri in self._generated:
            page.meta = dict(page.meta) | generated_meta(self._generated[page.file.src_uri], config)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return a report's page, or any other page with its markers filled."""
        del files
        if self._is_report(page):
            report = self._report_page(page)
            return place_report(page, report)
        if "archive/" not in html:
            return html
        filled = self._site.fill(html, page.file.src_uri, page.file.content_string)
        log_problems(filled.problems, config)
        return place_blocks(page, filled.html)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when one of the author's templates for the archive is saved."""
        del builder
        folder = Path(config.theme.custom_dir or "") / "archive"
        if config.theme.custom_dir and folder.is_dir():
            server.watch(str(folder))
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Leave the environment as it was."""
        del config
        self._unset_build_day()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the environment as it was."""
        del error
        self._unset_build_day()

    def _read(self, files: Files, config: MkDocsConfig) -> Archive:
        included = InclusionLevel.is_in_serve if self._serving else InclusionLevel.is_included
        pages = files.documentation_pages(inclusion=included)
        is_report = matcher(self._settings.reports)
        paths = [file.src_uri for file in pages if file.src_dir and is_report(file.src_uri)]
        docs_dir = Path(config.docs_dir)
        cache = Path(config.config_file_path or docs_dir).parent / _CACHE
        reports = read_reports(docs_dir, paths, self._settings.reading, cache)
        alone = build(reports, self._settings.archive)
        known = {file.src_uri for file in files} | set(core_pages.paths(alone, self._settings))
        others = [file for file in pages if not is_report(file.src_uri)]
        shown = shown_by(others, alone.hidden_files) if alone.hidden_files else ()
        return build(reports, self._settings.archive, known, shown)

    def _is_report(self, page: Page) -> bool:
        return page.file.src_uri in self._site.archive.by_path

    def _report_page(self, page: Page) -> ReportPage:
        path = page.file.src_uri
        if path not in self._reports:
            self._reports[path] = self._site.report_page(path, page.edit_url)
        return self._reports[path]

    def _set_build_day(self) -> None:
        if self.config.as_of and not os.environ.get(_EPOCH):
            day = self.config.as_of.toordinal() - 719_163  # 1970-01-01
            os.environ[_EPOCH] = str(day * 86_400)
            self._epoch_is_ours = True

    def _unset_build_day(self) -> None:
        if self._epoch_is_ours:
            os.environ.pop(_EPOCH, None)
            self._epoch_is_ours = False


def _place(item: StructureItem, order: Mapping[str, int]) -> int:
    if isinstance(item, Page):
        return -1 if item.is_homepage else order.get(item.file.src_uri, len(order))
    return len(order)


class SiteFiles:
    """The files of a site, as the core asks for their addresses."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def url_for(self, target: str, page: str) -> str:
        """Return the address of a source path, seen from another."""
        file, seen_from = self._find(target), self._find(page)
        if file is None or seen_from is None:
            raise UnknownTargetError(target)
        return file.url_relative_to(seen_from)

    def _find(self, path: str) -> File | None:
        found = self._files.src_uris.get(path)
        if found is None and path.endswith(".md"):
            written = map(self._files.src_uris.get, spellings(path))
            found = next((file for file in written if file is not None), None)
        return found if found is not None and found.inclusion.is_in_serve() else None


def dress(config: MkDocsConfig) -> None:
    """Add the archive's styles, scripts and type to a site."""
    if assets.style() not in config.extra_css:
        config.extra_css.insert(0, assets.style())
    for script in assets.scripts():
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


def _brings_mermaid(config: MkDocsConfig) -> bool:
    return any("mermaid" in str(script) for script in config.extra_javascript)


def shown_by(pages: Iterable[File], paths: Iterable[str]) -> set[str]:
    """Return those of `paths` that pages name, so that what they show is there."""
    texts = [page.content_string for page in pages]
    return {path for path in paths if any(path.rpartition("/")[2] in text for text in texts)}


def tell(archive: Archive, config: MkDocsConfig) -> None:
    """Log what is wrong in the reports, and how many of them are left out."""
    log_problems(archive.all_problems, config)
    if archive.withheld:
        noun = "report is" if archive.withheld == 1 else "reports are"
        log.info(
            "%d %s left out: not published up to %s",
            archive.withheld,
            noun,
            archive.settings.publish_up_to,
        )


def log_problems(problems: Iterable[Problem], config: MkDocsConfig) -> None:
    """Log problems, each with its place; only errors count as warnings of MkDocs."""
    for problem in problems:
        level = logging.WARNING if problem.level is Level.ERROR else logging.INFO
        folder = from_here(Path(config.docs_dir))
        log.log(level, "%s/%s", folder, problem)


def withhold(files: Files, archive: Archive) -> None:
    """Take out the reports that are not published, and what they alone refer to."""
    for path in archive.withheld_paths | archive.hidden_files:
        file = files.get_file_from_path(path)
        if file is not None:
            files.remove(file)
    for path in archive.by_path:
        file = files.src_uris[path]
        if file.inclusion.is_included():
            file.inclusion = InclusionLevel.NOT_IN_NAV


def add_pages(files: Files, site: Site, config: MkDocsConfig) -> dict[str, core_pages.Page]:
    """Add the archive's pages where nobody wrote one; return those that were added, by path."""
    taken = {file.dest_uri for file in files}
    added: dict[str, core_pages.Page] = {}
    for page in site.pages:
        in_nav = page.place and config.nav is None
        inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
        file = File.generated(config, page.path, content=page.markdown, inclusion=inclusion)
        written = any(path in files.src_uris for path in spellings(page.path))
        if not written and file.dest_uri not in taken:
            files.append(file)
            added[page.path] = page
    return added


def add_data(files: Files, site: Site, config: MkDocsConfig) -> None:
    """Add the files for other programs, and the assets."""
    for path in site.data_paths:
        if path not in files.src_uris:
            files.append(_file(config, path, ""))
    for path, text in site.data_files().items():
        file = files.src_uris[path]
        if file.generated_by == PLUGIN:
            file.content_string = text
    for path, content in site.asset_files.items():
        files.append(_file(config, path, content))


def _file(config: MkDocsConfig, path: str, content: str | bytes) -> File:
    return File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)


def meta(page: ReportPage, config: MkDocsConfig) -> dict[str, object]:
    """Return all that the theme is told of a report, escaped: themes print it as it stands."""
    told: dict[str, object] = {"title": escape(page.title)}
    if page.description:
        told["description"] = escape(page.description)
    if page.tags:
        told["tags"] = [escape(tag) for tag in page.tags]
    return told | _hidden(config, toc=False)


def generated_meta(page: core_pages.Page, config: MkDocsConfig) -> dict[str, object]:
    """Return what the theme is told of a page that nobody wrote."""
    told: dict[str, object] = {"title": escape(page.title), **_hidden(config, toc=True)}
    return told if page.searched else told | {"search": {"exclude": True}}


def _hidden(config: MkDocsConfig, *, toc: bool) -> dict[str, object]:
    """Hide the side columns that have nothing to show; with tabs, the navigation is above."""
    tabs = "navigation.tabs" in (config.theme.get("features") or ())
    hidden = [name for name, empty in (("navigation", tabs), ("toc", toc)) if empty]
    return {"hide": hidden} if hidden else {}


def place_report(page: Page, report: ReportPage) -> str:
    """Give a page of MkDocs a report's contents; the neighbours in the navigation are not its."""
    page.toc = contents(report.headings)
    page.previous_page = page.next_page = None
    return place_blocks(page, report.html)


def place_blocks(page: Page, html: str) -> str:
    """Tell MkDocs which anchors a page has, so that links to them are not reported as broken."""
    page.present_anchor_ids = (page.present_anchor_ids or set()) | set(_ID.findall(html))
    return html


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
