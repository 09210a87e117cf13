"""Which files and addresses belong to reports that are not published.

What is kept back must not be found beside the report either: its pictures, its logs, its path in
somebody else's link. In doubt a file is taken to be the report's, and a page not to use it.
"""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from postmortem_archive.report.record import Report, Text

PAGE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The suffixes of a page, as MkDocs has them."""

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_DOTTED = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)+")
_ENDING = re.compile(r"[a-z0-9]+\.[a-z0-9]+\Z")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_SOURCE_LINK = re.compile(r'\b(?:href|src)="src:([^"]*)"')
_LONGEST_FOLDER = 1000
_FOLDER = re.compile(r"[^\s\"'<>()\[\]{}|`,;=]*\Z")
_GOES_ON = re.compile(r"[\w%/-]|\.\w")


def attachments(reports: Iterable[Report]) -> frozenset[str]:
    """Return the files, other than pages, that reports link to, as paths from the docs root."""
    return frozenset(
        target
        for report in reports
        for target in _linked_files(report)
        if not target.endswith(PAGE_SUFFIXES)
    )


def _linked_files(report: Report) -> Iterator[str]:
    for link, _ in report.body.links:
        yield link.partition("#")[0]
    for url in _urls(report):
        if url and _is_relative(url):
            path = unquote(url.partition("#")[0].partition("?")[0])
            yield _resolved(path, posixpath.dirname(report.path))
    for text in _prose(report):
        if "src:" in text.html:
            for found in _SOURCE_LINK.findall(text.html):
                yield html.unescape(found).partition("#")[0]


def _urls(report: Report) -> Iterator[str | None]:
    yield from (link.url for link in report.links)
    yield from (said.url for said in report.communication)
    yield from (action.url for action in report.actions)


def _prose(report: Report) -> Iterator[Text]:
    """Return the texts that front matter may tell; the links of the body are listed with it."""
    told = [report.summary, report.mitigation, report.resolution, report.verification]
    told += [cause.text for cause in (report.trigger, report.root_cause) if cause]
    yield from (text for text in told if text)
    yield from (factor.text for factor in report.contributing_factors)
    for entry in report.timeline:
        yield entry.text
        yield from entry.details
    for action in report.actions:
        yield action.text
        yield from action.details
        if action.verification:
            yield action.verification


class Names:
    """The names of files, all of which are looked for in a text at once."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        for path in files:
            self._files[_folded(posixpath.basename(path))].append(path)
        for name in self._files:
            ending = _ENDING.search(name)
            # A name without a suffix is found by its longest word.
            words = [ending.group()] if ending else _ASCII_WORD.findall(name)
            self._names[max(words, key=len, default="")].append(name)

    def in_text(self, text: str) -> set[str]:
        """Return the files whose names stand in a text, in whatever spelling and wherever."""
        seen = _folded(_decoded(text))
        keys = {"", *_ASCII_WORD.findall(seen)}
        for dotted in _DOTTED.findall(seen):
            keys.update(map(".".join, pairwise(dotted.split("."))))
        return {
            path
            for key in keys
            for name in self._names.get(key, ())
            if name in seen
            for path in self._files[name]
        }


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


def _decoded(text: str) -> str:
    """Return a text with, after it, what its addresses are when they are no longer quoted."""
    if not any(mark in text for mark in "\\&%"):
        return text
    plain = unquote(html.unescape(_ESCAPE.sub("", text)))
    return text if plain == text else f"{text}\n{plain}"


def used_in(text: str, page: str, files: Iterable[str]) -> set[str]:
    """Return those of `files` that the text of a page leads to, by a path as the page writes it."""
    seen = _decoded(text)
    return {file for file in files if _is_written(file, seen, page)}


def _is_written(file: str, text: str, page: str) -> bool:
    name = posixpath.basename(file)
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not _GOES_ON.match(text, end):
            folder = _FOLDER.search(text, max(0, at - _LONGEST_FOLDER), at)
            if folder and file in _places(folder.group() + name, page):
                return True
        at = text.find(name, end)
    return False


def addresses(paths: Iterable[str]) -> frozenset[str]:
    """Return every path by which a link may lead to these files: a page has several."""
    found: set[str] = set()
    for path in paths:
        found.add(path)
        if path.endswith(PAGE_SUFFIXES):
            stem = posixpath.splitext(path)[0]
            found |= {stem, f"{stem}.html", f"{stem}/index.html"}
    return frozenset(found)


def leads_into(url: str, page: str, gone: Collection[str], known: Collection[str] = ()) -> bool:
    """Tell whether a relative address on a page leads to one of the paths `gone`.

    One that leads from the page's file to a path that is `known` means that one.
    """
    path = unquote(url.partition("#")[0].partition("?")[0])
    if not path or not _is_relative(url):
        return False
    places = _places(path, page)
    return places[0] not in known and any(place in gone for place in places)


def without_urls(
    reports: Iterable[Report], gone: Iterable[str], known: Collection[str]
) -> tuple[Report, ...]:
    """Return reports without the addresses in front matter that lead to the files `gone`."""
    places = addresses(gone)
    return tuple(_without_urls(report, places, known) for report in reports)


def _without_urls(report: Report, gone: Collection[str], known: Collection[str]) -> Report:

    def leads(url: str | None) -> bool:
        return bool(url) and leads_into(str(url), report.path, gone, known)

    if not any(map(leads, _urls(report))):
        return report
    kept = [link for link in report.links if link.title or not leads(link.url)]
    return replace(
        report,
        links=tuple(replace(link, url="") if leads(link.url) else link for link in kept),
        communication=tuple(
            replace(said, url=None) if leads(said.url) else said for said in report.communication
        ),
        actions=tuple(
            replace(action, url=None) if leads(action.url) else action for action in report.actions
        ),
    )


def _is_relative(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def _places(path: str, page: str) -> tuple[str, ...]:
    """Return the files that a path on a page may mean.

    It starts from the page's file in Markdown, and in HTML from the page's address, which may be a
    folder of its own.
    """
    stem = posixpath.splitext(page)[0]
    folders = [posixpath.dirname(page)]
    if posixpath.basename(stem).lower() not in {"index", "readme"}:
        folders.append(stem)
    return tuple(dict.fromkeys(_resolved(path, folder) for folder in folders))


def _resolved(path: str, folder: str) -> str:
    base = "" if path.startswith("/") else folder
    return posixpath.normpath(posixpath.join(base, path.lstrip("/")))
