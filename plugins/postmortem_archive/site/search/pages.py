"""Pages that are no reports, to be found section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from postmortem_archive.site.search.cards import Card
from postmortem_archive.site.search.documents import (
    HIDDEN,
    Block,
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
    return tuple(item for page in pages for item in _items(page))


def _items(page: PageText) -> Iterator[Item]:
    lead, *others = sections_of(page.html)
    title = lead.title or page.title
    said = [section for section in others if section.html]
    headings = tuple(section.title for section in others if not section.html)
    content = (title, lead.html, headings, page.tags)
    make = partial(_page, title, lead, headings, page.tags)
    yield Item(page.path, content, make, partial(_card, title, page.url, title))
    for section in said:
        url = f"{page.url}#{section.anchor}"
        yield Item(
            f"{page.path}#{section.anchor}",
            (title, section),
            partial(_section, title, section),
            partial(_card, section.title, url, title),
        )


def _page(title: str, lead: Section, headings: tuple[str, ...], tags: tuple[str, ...]) -> Document:
    """Return a page up to its first section, and the headings that stand above nothing."""
    return Document(
        (
            plain("title", title, Field.TITLE),
            *(plain(HIDDEN, tag, Field.NAMES) for tag in tags),
            *from_html(lead.html, "prose"),
            *(plain("heading", heading) for heading in headings),
        )
    )


def _section(title: str, section: Section) -> Document:
    named: tuple[Block, ...] = (
        plain("title", section.title, Field.TITLE),
        plain(HIDDEN, title, Field.NAMES),
    )
    return Document((*named, *from_html(section.html, "prose")))


def _card(title: str, url: str, where: str, text: str) -> Card:
    return {"title": title, "url": url, "where": where, "text": text}
