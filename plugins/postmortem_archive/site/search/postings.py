"""Where each word occurs: the postings of consecutive documents, as bytes that can be joined.

A segment holds some documents, numbered from 0. An index is its segments one after another: what
a word has in each is joined, and only the first number in a segment depends on what comes before.
So an edit of one report makes one segment anew, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import sub

from postmortem_archive.site.search.documents import Document, Field
from postmortem_archive.site.search.words import LONGEST, Known, compounds, words

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

_Posting = tuple[int, int, bytes]
# So often does hardly a word stand in one report.
_OFTEN = 16

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


def steps(rising: Sequence[int]) -> bytes:
    """Return the first of rising numbers, and the step from each to the next, as LEB128."""
    try:
        return b"".join(map(_SMALL.__getitem__, map(sub, rising, (0, *rising))))
    except IndexError:
        return b"".join(map(leb128, map(sub, rising, (0, *rising))))


def lengths(document: Document) -> Lengths:
    """Return how long a document is in each field."""
    found = [0] * len(Field)
    for block in document.blocks:
        for field, text in block.parts:
            found[field] += len(text)
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


def segment(documents: Iterable[Document], mean: Lengths, known: Known) -> Segment:
    """Return the postings of documents; `known` may be used again for others."""
    found: dict[str, list[_Posting]] = {}
    for number, document in enumerate(documents):
        boosts = _boosts(lengths(document), mean)
        in_body = [_weight(boosts[Field.BODY] * times) for times in range(_OFTEN)]
        own = _own_id(document)
        places, named = _occurrences(document, known)
        for word, at in places.items():
            if word == own:
                weight = _OWN_ID
            elif word in named:
                fields = named[word]
                others = len(at) - len(fields)
                amount = sum([boosts[field] for field in fields], boosts[Field.BODY] * others)
                weight = _weight(amount) + (_TITLED if min(fields) <= Field.TITLE else 0)
            else:
                times = len(at)
                weight = in_body[times] if times < _OFTEN else _weight(boosts[Field.BODY] * times)
            posting = number, weight, _counted(at)
            if word in found:
                found[word].append(posting)
            else:
                found[word] = [posting]
    return {word: _postings(told) for word, told in found.items()}


def _counted(places: Sequence[int]) -> bytes:
    if len(places) == 1:
        return b"\x01" + leb128(places[0])
    return leb128(len(places)) + steps(places)


def _weight(amount: float) -> int:
    return min(_MOST - 1, max(1, round(_MOST * amount / (_K1 + amount))))


def _own_id(document: Document) -> str | None:
    """Return the id of a document as a word, if it is written as one."""
    for block in document.blocks:
        for field, text in block.parts:
            if field is Field.ID:
                told = compounds(text)
                whole = len(told) == 1 and len(told[0]) <= LONGEST
                # The whole of a compound comes before its words.
                return words(told[0])[0][0] if whole else None
    return None


def _occurrences(
    document: Document, known: Known
) -> tuple[Mapping[str, list[int]], Mapping[str, list[Field]]]:
    """Return the places of each word of a document, and the fields, but the body, that have it."""
    places: dict[str, list[int]] = {}
    named: dict[str, list[Field]] = {}
    start = 0
    for block in document.blocks:
        for field, text in block.parts:
            in_body = field is Field.BODY
            # No word and no compound goes on over white space.
            for piece in text.split():
                told, width = known[piece]
                for word, place in told:
                    if word in places:
                        places[word].append(start + place)
                    else:
                        places[word] = [start + place]
                    if not in_body:
                        named.setdefault(word, []).append(field)
                start += width
        start += BETWEEN_BLOCKS
    return places, named


def _postings(told: Sequence[_Posting]) -> Postings:
    if len(told) == 1:
        number, weight, places = told[0]
        return Postings(number, number, b"", bytes((weight,)), places)
    numbers, weights, every = zip(*told, strict=True)
    first = numbers[0]
    gaps = steps([number - first for number in numbers[1:]])
    return Postings(first, numbers[-1], gaps, bytes(weights), b"".join(every))


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a whole index: how many documents have it, and which, as a shard has them."""

    word: str
    count: int
    postings: bytes
    places: bytes


@dataclass(frozen=True, slots=True)
class Merged:
    """Segments as one index: its words in the order of UTF-16.

    `segments` are those that it was made of, each with the number of its first document.
    """

    segments: tuple[tuple[Segment, int], ...]
    entries: Mapping[str, Entry]


NOTHING = Merged((), {})


def merged(segments: Iterable[tuple[Segment, int]], before: Merged) -> Merged:
    """Return segments as one index; each comes with how many documents it has.

    A word that is in no segment which has changed, or has moved, is as it was `before`.
    """
    placed: list[tuple[Segment, int]] = []
    base = 0
    for found, size in segments:
        placed.append((found, base))
        base += size
    same = {_identity(one) for one in placed} & {_identity(one) for one in before.segments}
    changed: set[str] = set()
    for one in (*placed, *before.segments):
        if _identity(one) not in same:
            changed.update(one[0])
    told: dict[str, list[tuple[int, Postings]]] = {word: [] for word in changed}
    for found, base in placed:
        for word in found.keys() & changed:
            told[word].append((base, found[word]))
    entries = {word: entry for word, entry in before.entries.items() if word not in told}
    entries |= {word: _entry(word, parts) for word, parts in told.items() if parts}
    return Merged(tuple(placed), {word: entries[word] for word in sorted(entries, key=_utf16)})


def _identity(placed: tuple[Segment, int]) -> tuple[int, int]:
    return id(placed[0]), placed[1]


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
