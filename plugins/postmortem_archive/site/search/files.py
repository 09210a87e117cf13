"""Everything that a browser needs to search, as files by name.

`index.json` names all others; those are named by what they hold, so that a browser may keep them
for good. What was made before is made again only where what it was made from has changed: the
files are the same, byte for byte, as those from scratch.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from postmortem_archive.site.search.cards import Card
from postmortem_archive.site.search.documents import HIDDEN, Document
from postmortem_archive.site.search.postings import (
    NOTHING,
    Lengths,
    Merged,
    Segment,
    lengths,
    means,
    merged,
    segment,
)
from postmortem_archive.site.search.shards import (
    as_json,
    cut,
    name_of,
    packed,
    places_of,
    terms_of,
)
from postmortem_archive.site.search.words import Known

INDEX = "index.json"
VERSION = 1
CARDS_AT_ONCE = 64

# One document in so many ends its segment. Paths decide, so that a new report leaves the ends of
# all segments where they are.
_ONE_IN = 64


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be found: `make` gives its document, `card` its card by the file of its words.

    Items of one key and equal `content` have equal documents.
    """

    key: str
    content: object
    make: Callable[[], Document]
    card: Callable[[str], Card]


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of an item: its lengths, the hash of its words, and the file of its texts."""

    content: object
    lengths: Lengths
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a search by name, and what the next ones can be made from."""

    settings: object = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    made: Mapping[str, _Made] = field(default_factory=dict, repr=False)
    segments: Mapping[tuple[object, ...], Segment] = field(default_factory=dict, repr=False)
    merged: Mapping[str, Merged] = field(default_factory=dict, repr=False)


def search_files(
    reports: Sequence[Item],
    pages: Sequence[Item],
    columns: Mapping[str, object],
    orders: Mapping[str, object],
    settings: object = None,
    before: Found | None = None,
) -> Found:
    """Return the files of a search; what still holds of `before` is not made again.

    `columns` and `orders` are those of the reports, `settings` all that documents depend on besides
    the content of their items.
    """
    making = _Making(settings, before or Found())
    told = making.collection(reports, "reports")
    told["columns"] = making.file(as_json(columns))
    told["orders"] = making.file(as_json(orders))
    index = {"version": VERSION, "reports": told, "pages": making.collection(pages, "pages")}
    return making.found(as_json(index))


class _Making:
    """The files while they are made."""

    def __init__(self, settings: object, before: Found) -> None:
        # What is called by its content holds whatever the settings are.
        known = settings == before.settings
        self._before = before if known else Found(files=before.files)
        self._settings = settings
        self._files: dict[str, bytes] = {}
        self._made: dict[str, _Made] = {}
        self._segments: dict[tuple[object, ...], Segment] = {}
        self._merged: dict[str, Merged] = {}
        self._known = Known()

    def found(self, index: bytes) -> Found:
        files = {INDEX: index, **self._files}
        return Found(self._settings, files, self._made, self._segments, self._merged)

    def file(self, content: bytes) -> str:
        """Add a file, and return the name that others call it by."""
        name = name_of(content)
        path = _path(name)
        if path not in self._files:
            self._files[path] = self._before.files.get(path) or packed(content)
        return name

    def collection(self, items: Sequence[Item], name: str) -> dict[str, object]:
        """Add the files of documents that are searched together, and return what names them."""
        fresh: dict[str, Document] = {}
        made = [self._item(item, f"{name}/{item.key}", fresh) for item in items]
        mean = means([one.lengths for one in made])
        segments = []
        for numbers in _segmented(items):
            key = (mean, *(made[number].words for number in numbers))
            found = self._before.segments.get(key)
            if found is None:
                documents = (fresh.get(items[n].key) or items[n].make() for n in numbers)
                found = segment(documents, mean, self._known)
            self._segments[key] = found
            segments.append((found, len(numbers)))
        whole = merged(segments, self._before.merged.get(name, NOTHING))
        self._merged[name] = whole
        shards = list(cut(whole.entries.values()))
        cards = [item.card(one.name) for item, one in zip(items, made, strict=True)]
        return {
            "count": len(items),
            "cards_at_once": CARDS_AT_ONCE,
            "terms": [[shard[0].word, self.file(terms_of(shard))] for shard in shards],
            "places": [self.file(places_of(shard)) for shard in shards],
            "cards": [
                self.file(as_json(cards[start : start + CARDS_AT_ONCE]))
                for start in range(0, len(cards), CARDS_AT_ONCE)
            ],
        }

    def _item(self, item: Item, key: str, fresh: dict[str, Document]) -> _Made:
        made = self._before.made.get(key)
        if made is None or made.content != item.content:
            fresh[item.key] = document = item.make()
            name = self.file(as_json(_texts(document)))
            made = _Made(item.content, lengths(document), _hash(document), name)
        else:
            # Of two equal contents the one that is known already would be kept beside this.
            made = replace(made, content=item.content)
        path = _path(made.name)
        if path not in self._files:
            self._files[path] = self._before.files[path]
        self._made[key] = made
        return made


def _path(name: str) -> str:
    return f"{name}.bin"


def _texts(document: Document) -> Mapping[str, object]:
    """Return what people read of a document, for excerpts."""
    told = [[block.kind, block.text] for block in document.blocks if block.kind != HIDDEN]
    return {"blocks": told}


def _hash(document: Document) -> str:
    """Return a hash of what is searched in a document: its texts, their fields and their ends."""
    told: list[str] = []
    for block in document.blocks:
        told += [f"{field:d}:{len(text)}:{text}" for field, text in block.parts]
        told.append(";")
    return name_of("".join(told).encode("utf-8", "replace"))


def _segmented(items: Sequence[Item]) -> Iterator[range]:
    """Yield the numbers of the items in each segment."""
    start = 0
    for number, item in enumerate(items, start=1):
        if number == len(items) or not zlib.crc32(item.key.encode("utf-8", "replace")) % _ONE_IN:
            yield range(start, number)
            start = number
