"""Pages other than reports, or parts of them under a heading, to be found."""

from __future__ import annotations

from postmortem_archive.site.search.cards import Card
from postmortem_archive.site.search.documents import Document, Field, from_html, plain
from postmortem_archive.site.search.files import Item


def page_item(title: str, url: str, where: str, html: str = "") -> Item:
    """Return a page, or a part of one, as something to be found.

    `url` is its address from the root of the site, with its anchor, and tells it from all others;
    `where` is the title of its page. `html` is what it says below its title, as safe HTML; a page
    that is to be found by its title alone comes without.
    """

    def make() -> Document:
        return Document((plain("title", title, Field.TITLE), *from_html(html, "prose")))

    def card(text: str) -> Card:
        return {"title": title, "url": url, "where": where, "text": text}

    return Item(url, (title, html), make, card)
