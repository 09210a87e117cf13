"""The archive of a site of MkDocs: its reports, and what belongs to those that are kept back."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from postmortem_archive.archive.archive import Archive, Gathered, is_published
from postmortem_archive.archive.attachments import Names, used_in
from postmortem_archive.archive.periods import Period
from postmortem_archive.hosts.configuration import CACHE_FOLDER
from postmortem_archive.hosts.files import matcher_of, pages_at
from postmortem_archive.hosts.reading import read_sources
from postmortem_archive.hosts.texts import Source
from postmortem_archive.hosts.words import decided_in, period_of, strays_in
from postmortem_archive.report.problem import Problem
from postmortem_archive.report.record import Decided, Report
from postmortem_archive.site import pages as core_pages
from postmortem_archive.site.settings import SiteSettings

# Files that other programs ask for at the root of a site; so are those without a suffix (CNAME).
_WELL_KNOWN = frozenset(
    {
        "404.html",
        "ads.txt",
        "apple-touch-icon.png",
        "browserconfig.xml",
        "favicon.ico",
        "humans.txt",
        "index.html",
        "manifest.json",
        "manifest.webmanifest",
        "robots.txt",
        "security.txt",
        "site.webmanifest",
        "sitemap.xml",
    }
)
# Files that lead to others: a style to its type, a script to its data, a page to its pictures.
_LEADING = (".css", ".htm", ".html", ".js", ".mjs", ".svg", ".webmanifest")


Inclusion = Callable[[InclusionLevel], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """The reports of a site, and the authors' pages about periods, with their texts by path."""

    reports: tuple[Report, ...]
    drafts: tuple[Report, ...]
    decided: dict[Period, Decided]
    strays: tuple[Problem, ...]
    texts: dict[str, bytes]


def gather(
    files: Files, config: MkDocsConfig, settings: SiteSettings, *, serving: bool = False
) -> Archive:
    """Read the reports among the files of a site, and put them together.

    While the site is served to its author, drafts are part of it.
    """
    included: Inclusion = InclusionLevel.is_in_serve if serving else InclusionLevel.is_included
    reading = _read(files, config, settings, included)
    left_out = {file.src_uri for file in files if not included(file.inclusion)}
    gathered = Gathered(
        reading.reports, settings.archive, reading.drafts, reading.decided, reading.strays
    )
    alone = gathered.archive()
    named = _named(files, config, reading, settings)
    claimed = named | alone.hidden_files
    shown: set[str] = set()
    if claimed:
        told = left_out | alone.withheld_pages | {report.path for report in reading.reports}
        others = [file for file in files if file.src_uri not in told]
        shown = _shown_elsewhere(others, config, claimed)
    known = {file.src_uri for file in files} | set(core_pages.paths(alone, settings))
    return gathered.archive(known, named=named, shown_elsewhere=shown, left_out=left_out)


def _read(
    files: Files, config: MkDocsConfig, settings: SiteSettings, included: Inclusion
) -> Reading:
    matches, is_report = pages_at(settings.reports), matcher_of(settings)
    chosen = [file for file in files if matches(file.src_uri)]
    sources = [_source(file) for file in chosen]
    cache = Path(config.config_file_path or config.docs_dir).parent / CACHE_FOLDER
    found = read_sources(sources, settings.reading, cache)
    reports: list[Report] = []
    drafts: list[Report] = []
    for file, report in zip(chosen, found, strict=True):
        if not included(file.inclusion):
            drafts.append(report)
        elif is_report(file.src_uri) or _is_kept_back(report, settings):
            reports.append(report)
    known = {report.path for report in reports}
    pages = [f for f in files if included(f.inclusion) and f.src_uri not in known]
    words = [_source(file) for file in pages if period_of(file.src_uri, settings)]
    return Reading(
        tuple(reports),
        tuple(drafts),
        decided_in(words, settings),
        strays_in((file.src_uri for file in pages), settings),
        {source.path: source.data for source in (*sources, *words)},
    )


def _source(file: File) -> Source:
    """Return what a report is read from: a file on disk, or one that another plugin made."""
    try:
        return Source(file.src_uri, file.content_bytes)
    except (OSError, ValueError) as error:
        return Source(file.src_uri, b"", getattr(error, "strerror", None) or type(error).__name__)


def _is_kept_back(report: Report, settings: SiteSettings) -> bool:
    """Tell whether a page that is no report, at a report's place, tells an audience that it is for.

    Nobody but the archive would keep it back.
    """
    told = report.visibility is not None or "visibility" in report.sources
    return told and not is_published(report, settings.archive.publish_up_to)


def _named(
    files: Files, config: MkDocsConfig, reading: Reading, settings: SiteSettings
) -> set[str]:
    """Return the files, other than pages, whose names stand in a report that is kept back."""
    up_to = settings.archive.publish_up_to
    told: Iterable[Report | Decided] = chain(
        reading.reports, reading.drafts, reading.decided.values()
    )
    kept_back = [page.path for page in told if not is_published(page, up_to)]
    if not kept_back:
        return set()
    names = Names(_may_be_hidden(files, config))
    found: set[str] = set()
    for path in kept_back:
        found |= names.in_text(reading.texts[path].decode(errors="replace"))
    return found


def _may_be_hidden(files: Iterable[File], config: MkDocsConfig) -> Iterator[str]:
    theme = set(config.theme.dirs) - {config.docs_dir}
    for file in files:
        path = file.src_uri
        at_root = "/" not in path
        well_known = at_root and (path in _WELL_KNOWN or "." not in path)
        if not file.is_documentation_page() and file.src_dir not in theme and not well_known:
            yield path


def _shown_elsewhere(
    files: Iterable[File], config: MkDocsConfig, claimed: AbstractSet[str]
) -> set[str]:
    """Return those of the `claimed` files that the site needs, or that its other pages show.

    `files` are those of the site without its reports. A file that is shown may show others.
    """
    may_be_hidden = set(_may_be_hidden(files, config))
    shown = {path for path in claimed if path not in may_be_hidden}
    shown |= _named_in_config(config) & set(claimed)
    names = Names(claimed)
    for page, text in _templates(config):
        shown |= used_in(text, page, names.in_text(text))
    leading = [f for f in files if f.is_documentation_page() or f.src_uri.endswith(_LEADING)]
    while leading:
        waiting = [file for file in leading if file.src_uri in claimed - shown]
        for file in leading:
            if file not in waiting:
                text = _source(file).data.decode(errors="replace")
                shown |= used_in(text, file.src_uri, names.in_text(text))
        if len(waiting) == len(leading):
            break
        leading = waiting
    return shown


def _named_in_config(config: MkDocsConfig) -> set[str]:
    """Return everything that mkdocs.yml says which might be a file."""
    told = [
        dict(config),
        [str(script) for script in config.extra_javascript],
        [config.theme[name] for name in config.theme],
        [getattr(plugin, "config", None) for plugin in config.plugins.values()],
    ]
    return {posixpath.normpath(text).lstrip("/") for text in _strings(told) if text}


def _strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for value in tree.values():
            yield from _strings(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _strings(value)


def _templates(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Give the author's own templates, whose addresses start from the site's root."""
    for folder, _, names in os.walk(config.theme.custom_dir or ""):
        for name in names:
            if name.endswith((".html", ".xml", ".txt")):
                yield "", Path(folder, name).read_text(encoding="utf-8", errors="replace")
