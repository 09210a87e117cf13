"""The plugin for MkDocs: it carries files in and pages out, and leaves the rest to the core."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.similarity.index import Index
from postmortem_archive.hosts import dressing, searching, withholding
from postmortem_archive.hosts.files import matcher_of
from postmortem_archive.hosts.gathering import gather
from postmortem_archive.hosts.locating import from_here
from postmortem_archive.hosts.options import (
    PLUGIN,
    ArchiveOptions,
    build_day,
    formats_folder,
    site_settings,
)
from postmortem_archive.hosts.own_formats import formats_in
from postmortem_archive.hosts.reading import no_garbage_collection
from postmortem_archive.report.problem import Level, Problem
from postmortem_archive.site import pages as core_pages
from postmortem_archive.site.addresses import spellings
from postmortem_archive.site.linking import UnknownTargetError
from postmortem_archive.site.search.files import Found, Item
from postmortem_archive.site.search.pages import PageText, page_items
from postmortem_archive.site.settings import SiteSettings
from postmortem_archive.site.site import ReportPage, Site
from postmortem_archive.site.views.marks import Link

log = get_plugin_logger(__name__)

_EPOCH = "SOURCE_DATE_EPOCH"


class ArchivePlugin(BasePlugin[ArchiveOptions]):
    """An archive of incident reports in a site of MkDocs."""

    def __init__(self) -> None:
        self._serving = self._dirty = False
        self._epoch_is_ours = False
        self._settings: SiteSettings
        self._site: Site
        self._similarity: Index | None = None
        self._search: Found | None = None
        self._texts: dict[str, PageText] = {}
        self._gone: withholding.Gone
        self._searches = False
        self._page: Page | None = None
        self._skipped: tuple[str, ...] = ()
        self._reports: dict[str, ReportPage] = {}
        self._generated: dict[str, core_pages.Page] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether drafts are shown, and whether earlier pages stay where they are."""
        self._serving, self._dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Dress the site, and give its build the archive's day."""
        settings = site_settings(self.config, config.site_name, build_day())
        self._settings = replace(settings, formats=formats_in(self._formats_dir(config)))
        dressing.dress(config, settings.at)
        self._searches = self.config.search and searching.take_over(config)
        self._set_build_day()
        return config

    # After the plugins that add files, so that an author's page is seen however it came about.
    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the reports, take out what is withheld, and add the archive's pages and files."""
        set_exclusions(files, config)  # those that plugins have added have none yet
        archive = gather(files, config, self._settings, serving=self._serving)
        archive = replace(archive, similarity_before=self._similarity)
        tell(archive, config)
        self._site = Site(
            archive,
            self._settings,
            SiteFiles(files, serving=self._serving).url_for,
            dressing.overrides(config),
            dressing.brings_mermaid(config),
        )
        self._withhold(files, archive, config)
        self._generated = add_pages(files, self._site, config)
        add_data(files, self._site, config)
        self._reports = {}
        return files

    def _withhold(self, files: Files, archive: Archive, config: MkDocsConfig) -> None:
        secret = archive.withheld_paths | archive.withheld_pages | archive.hidden_files
        removed = withholding.take_out(files, secret)
        keep_out_of_nav(files, {*archive.by_path, *self._site.words_pages})
        self._gone = gone = withholding.Gone(secret, files, config)
        if not gone:
            return
        # MkDocs hands an extension on as it does a name.
        extensions = cast("list[object]", config.markdown_extensions)
        extensions.append(
            withholding.DeadLinks(
                lambda url: self._page is not None and gone.in_markdown(url, self._page.file)
            )
        )
        if config.nav is not None:
            dropped: list[str] = []
            config.nav = withholding.pruned(config.nav, gone.in_nav, dropped) or []
            for path in dropped:
                log.info("left out of the navigation, as it is not published: %s", path)
        if self._dirty:
            facts = map(self._site.addresses.facts, archive.withheld_paths)
            outputs = [str(Path(config.site_dir, path)) for path in facts]
            if withholding.start_anew(removed, outputs, config.site_dir):
                log.info("building all pages: an earlier build holds what is not published now")

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the archive's places first, in their order, where the author gives no order."""
        if config.nav is None:
            order = {path: place for place, path in enumerate(self._generated)}
            _put_in_order(nav.items, order)
        refuse_latecomers(files, nav, self._site)
        dressing.read_pages(files, nav, self._site.archive.by_path, config)
        return nav

    # All pages have their contents by now, and no file has been written yet.
    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add the files of the search, and tell its box in the theme where it leads to."""
        # MkDocs makes an environment for every build. Forty templates make a page of the theme, and
        # for each of them it would ask the disk whether the file has changed.
        env.auto_reload = False
        pages: tuple[Item, ...] = ()
        if self._searches:
            places = [page for page in self._site.pages if page.place]
            address = SiteFiles(files).address
            searching.tell_templates(
                env,
                address(self._site.addresses.incidents),
                [Link(page.title, address(page.path)) for page in places],
            )
            pages = page_items(self._page_texts(files))
        with no_garbage_collection():
            self._search = self._site.search(pages, self._search)
        add_search(files, self._search, self._site, config)
        return env

    def _page_texts(self, files: Files) -> Iterator[PageText]:
        """Yield what the site's other pages are found by.

        A dirty build reads only pages that have changed: of the others it knows what the build
        before it knew, if that was in this process.
        """
        self._texts, before = {}, self._texts
        for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
            if file.page is None or self._is_report(file.page):
                continue
            read = file.page.content is not None
            text = searching.page_text(file.page) if read else before.get(file.src_uri)
            if text is not None:
                self._texts[file.src_uri] = text
                yield text

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
        self._page = page
        path = page.file.src_uri
        if self._is_report(page):
            report = self._report_page(page)
            page.meta = dressing.meta(report, config)
            for tag in dressing.theme_tags(report.tags, config)[1]:
                log.info("%s: the tag “%s” is not among tags_allowed of the theme", path, tag)
        elif path in self._generated:
            page.meta = dict(page.meta) | dressing.generated_meta(self._generated[path], config)
        else:
            whole = self._site.completed(path, markdown, page.meta.get("title"))
            if whole is not None:
                page.meta = dressing.words_meta(config) | self._known_template(page, config)
                return whole
        return markdown

    def _known_template(self, page: Page, config: MkDocsConfig) -> dict[str, object]:
        """Return what an author's page tells the theme, without a template that there is not."""
        told = dict(page.meta)
        if "template" in told and not dressing.has_template(told["template"], config):
            place = f"{from_here(Path(config.docs_dir))}/{page.file.src_uri}"
            line = dressing.line_of("template", page.file.content_string)
            name = told.pop("template")
            log.warning("%s:%d:1: the theme has no template “%s”", place, line, name)
        return told

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return a report's page, or any other page with its markers filled."""
        del files
        if self._is_report(page):
            report = self._report_page(page)
            return dressing.place_report(page, report)
        if self._gone and page.file.src_uri not in self._generated:
            html = withholding.without_addresses(
                html, lambda url: self._gone.in_html(url, page.file)
            )
        if "archive/" not in html:
            return html
        filled = self._site.fill(html, page.file.src_uri, page.file.content_string)
        log_problems(filled.problems, config)
        return dressing.place_blocks(page, filled.html)

    # Another search than ours reads a page between these two; the theme prints it after them.
    @event_priority(100)
    def _hide_from_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        del config, nav
        if not self._searches:
            page.content, self._skipped = dressing.without_skipped(page.content or "")
        return context

    @event_priority(-100)
    def _show_again(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        del config, nav
        if not self._searches:
            page.content = dressing.with_skipped(page.content or "", self._skipped)
        return context

    on_page_context = CombinedEvent(_hide_from_search, _show_again)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when one of the author's templates is saved, or the first one is written."""
        del builder
        for folder in (config.theme.custom_dir, self._formats_dir(config)):
            if folder and Path(folder).is_dir():
                server.watch(str(folder))
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Leave the environment as it was, and keep what the next build need not do again."""
        if self._dirty and self._search is not None:
            drop_old_search(self._search, self._site, config)
        self._similarity = self._site.archive.similarity if self._serving else None
        if not self._serving:
            self._search, self._texts = None, {}
        self._unset_build_day()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the environment as it was."""
        del error
        self._unset_build_day()

    def _formats_dir(self, config: MkDocsConfig) -> Path:
        return formats_folder(self.config, Path(config.config_file_path or "").parent)

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


def _put_in_order(items: list[StructureItem], order: Mapping[str, int]) -> None:
    """Put the archive's places first, at every level: they may live in a folder of their own."""
    for item in items:
        if isinstance(item, Section):
            _put_in_order(item.children, order)
    items.sort(key=lambda item: _place(item, order))


def _place(item: StructureItem, order: Mapping[str, int]) -> int:
    if isinstance(item, Section):
        return min((_place(child, order) for child in item.children), default=len(order))
    if isinstance(item, Page):
        return -1 if item.is_homepage else order.get(item.file.src_uri, len(order))
    return len(order)


class SiteFiles:
    """The files of a site, as the core asks for their addresses."""

    def __init__(self, files: Files, *, serving: bool = False) -> None:
        self._files = files
        self._serving = serving

    def url_for(self, target: str, page: str) -> str:
        """Return the address of a source path, seen from another."""
        file, seen_from = self._find(target), self._find(page)
        if file is None or seen_from is None:
            raise UnknownTargetError(target)
        return file.url_relative_to(seen_from)

    def address(self, target: str) -> str:
        """Return the address of a source path, seen from the root of the site."""
        file = self._find(target)
        if file is None:
            raise UnknownTargetError(target)
        return file.url

    def _find(self, path: str) -> File | None:
        found = self._files.src_uris.get(path)
        if found is None and path.endswith(".md"):
            written = map(self._files.src_uris.get, spellings(path))
            found = next((file for file in written if file is not None), None)
        if found is None:
            return None
        level = found.inclusion
        return found if level.is_in_serve() and (self._serving or level.is_included()) else None


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
    if archive.withheld_pages:
        paths = ", ".join(sorted(archive.withheld_pages))
        up_to = archive.settings.publish_up_to
        log.info("words left out: not published up to %s: %s", up_to, paths)


def log_problems(problems: Iterable[Problem], config: MkDocsConfig) -> None:
    """Log problems, each with its place; only errors count as warnings of MkDocs."""
    for problem in problems:
        level = logging.WARNING if problem.level is Level.ERROR else logging.INFO
        folder = from_here(Path(config.docs_dir))
        log.log(level, "%s/%s", folder, problem)


def keep_out_of_nav(files: Files, paths: Iterable[str]) -> None:
    """Keep pages out of the navigation, which a thousand reports or forty quarters would drown."""
    for path in paths:
        file = files.src_uris[path]
        if file.inclusion.is_included():
            file.inclusion = InclusionLevel.NOT_IN_NAV


def refuse_latecomers(files: Files, nav: Navigation, site: Site) -> None:
    """Take out reports that were added after the archive was read: nobody knows whom they are for.

    MkDocs would publish them as they are, with their scripts.
    """
    is_report = matcher_of(site.settings)
    known = site.archive.by_path
    late = [f for f in files if is_report(f.src_uri) and f.src_uri not in known]
    for file in late:
        # A wide pattern takes in the archive's own pages too.
        if file.inclusion.is_included() and file.generated_by != PLUGIN:
            files.remove(file)
            withholding.take_from_nav(nav, file)
            log.warning("left out: %s was added after the reports were read", file.src_uri)


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


def add_search(files: Files, search: Found, site: Site, config: MkDocsConfig) -> None:
    """Add the files of the search."""
    for name, content in search.files.items():
        path = site.addresses.search(name)
        if path not in files.src_uris:
            files.append(_file(config, path, content))


def drop_old_search(search: Found, site: Site, config: MkDocsConfig) -> None:
    """Remove what an earlier build left of the search: texts that nobody shows any more."""
    folder = Path(config.site_dir, site.addresses.search(""))
    for file in folder.glob("*.bin"):
        if file.name not in search.files:
            file.unlink()


def _file(config: MkDocsConfig, path: str, content: str | bytes) -> File:
    return File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)
