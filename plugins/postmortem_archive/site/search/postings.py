"""Where each word occurs: the postings of consecutive documents, as bytes that can be joined.

A segment holds some documents, numbered from 0. An index is its segments one after another: what
a word has in each is joined, and only the first number in a segment depends on what comes before.
So an edit of one report makes one segment anew, and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from postmortem_archive.site.search.documents import Document, Field
from postmortem_archive.site.search.words import Compounds, compounds

BETWEEN_BLOCKS = 10
"""Places left free between two blocks, so that no phrase spans them."""

WEIGHTS: Mapping[Field, float] = {
    Field.ID: 12,
    Field.TITLE: 8,
    Field.SUMMARY: 4,
    Field.NAMES: 3,
    Field.CODE: 2,
    Field.BODY: 1,
}
# How much a long field is held against its words: nothing at 0, in full at 1.
_BY_LENGTH: Mapping[Field, float] = {
    Field.ID: 0,
    Field.TITLE: 0,
    Field.SUMMARY: 0.4,
    Field.NAMES: 0.4,
    Field.CODE: 0.4,
    Field.BODY: 0.4,
}
# How soon another occurrence says nothing more.
_K1 = 1.2
_MOST = 127
# A weight has a bit more: for a word of the title or of the id. With the most of both a word is the
# id itself, in the report that it names; no other word weighs as much.
_TITLED = 128
_OWN_ID = _TITLED + _MOST

Lengths = tuple[int, ...]
"""The characters of a document in each field, in the order of the fields."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a segment that have a word, from `first` to `last`.

    `gaps` lead from each document to the next; `weights` are a byte for each document, and `places`
    its places, counted and as gaps.
    """

    first: int
    last: int
    gaps: bytes
    weights: bytes
    places: bytes


Segment = Mapping[str, Postings]


def _leb(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


_SMALL = tuple(map(_leb, range(1 << 14)))


def leb128(number: int) -> bytes:
    """Return a number of at least 0 as unsigned LEB128."""
    return _SMALL[number] if number < len(_SMALL) else _leb(number)


def lengths(document: Document) -> Lengths:
    """Return how long a document is in each field."""
    found = [0] * len(Field)
    for block in document.blocks:
        for part in block.parts:
            found[part.field] += len(part.text)
    return tuple(found)


def means(every: Sequence[Lengths]) -> Lengths:
    """Return the mean length of each field that documents have, rounded to a power of two.

    Rounded, so that one document more does not change what all the others weigh.
    """
    found = []
    for field in Field:
        told = [lengths[field] for lengths in every if lengths[field]]
        mean = sum(told) // len(told) if told else 0
        # The powers of two are told apart half way between them, by proportion.
        found.append(1 << max(0, (mean * mean).bit_length() // 2))
    return tuple(found)


def _boosts(document: Lengths, mean: Lengths) -> list[float]:
    """Return what one occurrence adds in each field (BM25F, Robertson and Zaragoza 2009, 3.6)."""
    return [
        WEIGHTS[field] / (1 - _BY_LENGTH[field] + _BY_LENGTH[field] * document[field] / mean[field])
        for field in Field
    ]


def segment(documents: Iterable[Document], mean: Lengths, known: Compounds) -> Segment:
    """Return the postings of documents; `known` may be used again for others."""
    found: dict[str, _Open] = {}
    for number, document in enumerate(documents):
        boosts = _boosts(lengths(document), mean)
        places, amounts = _occurrences(document, boosts, known)
        titled, own = _named(document, known)
        for word, at in places.items():
            amount = amounts[word]
            weight = min(_MOST - 1, max(1, round(_MOST * amount / (_K1 + amount))))
            if word == own:
                weight = _OWN_ID
            elif word in titled:
                weight += _TITLED
            opened = found.get(word)
            if opened is None:
                opened = found[word] = _Open(number)
            opened.add(number, weight, at)
    return {word: opened.closed() for word, opened in found.items()}


def _named(document: Document, known: Compounds) -> tuple[AbstractSet[str], str | None]:
    """Return the words of a document's title and id, and its id if that is written as one."""
    titled: set[str] = set()
    own = None
    for block in document.blocks:
        for part in block.parts:
            if part.field not in (Field.ID, Field.TITLE):
                continue
            told = [known[compound][0] for compound in compounds(part.text)]
            titled.update(word for words in told for word, _ in words)
            if part.field is Field.ID and len(told) == 1:
                # The whole of a compound comes before its words.
                own = told[0][0][0]
    return titled, own


def _occurrences(
    document: Document, boosts: Sequence[float], known: Compounds
) -> tuple[Mapping[str, list[int]], Mapping[str, float]]:
    """Return the places of each word of a document, and what its occurrences add up to."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    amounts: defaultdict[str, float] = defaultdict(float)
    start = 0
    for block in document.blocks:
        for part in block.parts:
            boost = boosts[part.field]
            for compound in compounds(part.text):
                told, width = known[compound]
                for word, place in told:
                    places[word].append(start + place)
                    amounts[word] += boost
                start += width
        start += BETWEEN_BLOCKS
    return places, amounts


class _Open:
    """The postings of a word while they are made."""

    __slots__ = ("_gaps", "_places", "_weights", "first", "last")

    def __init__(self, number: int) -> None:
        self.first = self.last = number
        self._gaps, self._weights, self._places = bytearray(), bytearray(), bytearray()

    def add(self, number: int, weight: int, places: Sequence[int]) -> None:
        if self._weights:
            self._gaps += leb128(number - self.last)
        self.last = number
        self._weights.append(weight)
        self._places += leb128(len(places))
        before = 0
        for place in places:
            self._places += leb128(place - before)
            before = place

    def closed(self) -> Postings:
        return Postings(
            self.first, self.last, bytes(self._gaps), bytes(self._weights), bytes(self._places)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the whole index: its documents, as a shard has them."""

    word: str
    count: int
    postings: bytes
    places: bytes


def merged(segments: Iterable[tuple[Segment, int]]) -> Iterator[Entry]:
    """Yield the words of segments, each with how many documents it has, in the order of UTF-16."""
    told: defaultdict[str, list[tuple[int, Postings]]] = defaultdict(list)
    base = 0
    for found, size in segments:
        for word, postings in found.items():
            told[word].append((base, postings))
        base += size
    for word in sorted(told, key=_utf16):
        yield _entry(word, told[word])


def _utf16(word: str) -> bytes:
    return word.encode("utf-16-be")


def _entry(word: str, told: Sequence[tuple[int, Postings]]) -> Entry:
    gaps: list[bytes] = []
    last = 0
    for base, postings in told:
        gaps += [leb128(base + postings.first - last), postings.gaps]
        last = base + postings.last
    weights = b"".join([postings.weights for _, postings in told])
    places = b"".join([postings.places for _, postings in told])
    return Entry(word, len(weights), b"".join([*gaps, weights]), places)
