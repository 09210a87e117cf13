"""Pages that are no reports, to be found section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from postmortem_archive.site.addresses import spellings
from postmortem_archive.site.search.cards import Card
from postmortem_archive.site.search.documents import (
    HIDDEN,
    Document,
    Field,
    from_html,
    plain,
)
from postmortem_archive.site.search.files import Item
from postmortem_archive.site.search.sections import Section, sections_of


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as its host has made it: HTML of anybody's, an address from the site's root."""

    path: str
    url: str
    title: str
    html: str
    tags: tuple[str, ...] = ()


def page_items(pages: Iterable[PageText]) -> tuple[Item, ...]:
    """Return what is found of pages: each page, and each of its sections that says something."""
    cuts = [(page, sections_of(page.html)) for page in pages]
    titles = {page.path: lead.title or page.title for page, (lead, *_) in cuts}
    return tuple(
        item
        for page, sections in cuts
        for item in _items(page, titles[page.path], _above(page.path, titles), sections)
    )


def _above(path: str, titles: Mapping[str, str]) -> str:
    """Return the title of the page of the folder that a page is in, if there is one."""
    folder = PurePosixPath(path).parent
    written = spellings(f"{folder}.md") if folder.name else ()
    return next((titles[other] for other in written if other in titles and other != path), "")


def _items(page: PageText, title: str, above: str, sections: Sequence[Section]) -> Iterator[Item]:
    lead, *others = sections
    said = [section for section in others if section.html]
    headings = tuple(section.title for section in others if not section.html)
    told = (title, (above, *page.tags), lead.html, headings)
    yield Item(page.path, told, partial(_page, *told), partial(_card, title, page.url, above))
    for section in said:
        url = f"{page.url}#{section.anchor}"
        yield Item(
            f"{page.path}#{section.anchor}",
            (title, section),
            partial(_section, title, section),
            partial(_card, section.title, url, title),
        )


def _page(title: str, names: Iterable[str], html: str, headings: Iterable[str]) -> Document:
    """Return a page up to its first section, and the headings that stand above nothing."""
    return Document(
        (
            plain("title", title, Field.TITLE),
            *(plain(HIDDEN, name, Field.NAMES) for name in names),
            *from_html(html, "prose"),
            *(plain("heading", heading) for heading in headings),
        )
    )


def _section(title: str, section: Section) -> Document:
    """Return a section of the page with this title."""
    return Document(
        (
            plain("title", section.title, Field.TITLE),
            plain(HIDDEN, title, Field.NAMES),
            *from_html(section.html, "prose"),
        )
    )


def _card(title: str, url: str, where: str, text: str) -> Card:
    return {"title": title, "url": url, "where": where, "text": text}
