"""A reader of the search's files, as plain as can be."""

import gzip
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass
class Posting:
    doc: int
    weight: int
    places: list[int]


class Numbers:
    """Unsigned LEB128 numbers, one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def next(self) -> int:
        number = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7


class Reader:
    """The search in some files, by their names in its folder."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.index = json.loads(files["index.json"])

    def content(self, name: str) -> bytes:
        return gzip.decompress(self.files[f"{name}.bin"])

    def json(self, name: str):
        return json.loads(self.content(name))

    def named(self) -> Iterator[str]:
        """Give the name of each file that another names."""
        yield self.index["reports"]["columns"]
        yield self.index["reports"]["orders"]
        for collection in ("reports", "pages"):
            told = self.index[collection]
            yield from (name for _, name in told["terms"])
            yield from told["places"]
            yield from told["cards"]
            yield from (card["text"] for card in self.cards(collection))

    def cards(self, collection: str = "reports") -> list[dict]:
        return [card for name in self.index[collection]["cards"] for card in self.json(name)]

    def texts(self, collection: str = "reports") -> list[list[list[str]]]:
        return [self.json(card["text"])["blocks"] for card in self.cards(collection)]

    def postings(self, collection: str = "reports") -> dict[str, list[Posting]]:
        """Give every word with its postings, in the order of the files."""
        told = self.index[collection]
        found: dict[str, list[Posting]] = {}
        for (first, terms), places in zip(told["terms"], told["places"], strict=True):
            shard = _shard(self.content(terms), self.content(places))
            assert next(iter(shard)) == first
            assert not found.keys() & shard.keys()
            found |= shard
        return found


def _headed(data: bytes) -> tuple[dict, bytes]:
    (length,) = struct.unpack_from("<I", data)
    return json.loads(data[4 : 4 + length]), data[4 + length :]


def _shard(terms: bytes, places: bytes) -> dict[str, list[Posting]]:
    header, postings = _headed(terms)
    places_header, spots = _headed(places)
    assert len(postings) == sum(header["bytes"])
    assert len(spots) == sum(places_header["bytes"])
    found = {}
    at = spot = 0
    rows = zip(
        header["terms"], header["counts"], header["bytes"], places_header["bytes"], strict=True
    )
    for term, count, length, own in rows:
        own_places = Numbers(spots[spot : spot + own])
        found[term] = _postings(postings[at : at + length], count, own_places)
        assert own_places.at == own
        at, spot = at + length, spot + own
    return found


def _postings(data: bytes, count: int, places: Numbers) -> list[Posting]:
    gaps, doc, found = Numbers(data), 0, []
    for _ in range(count):
        doc += gaps.next()
        found.append(Posting(doc, 0, []))
    weights = data[gaps.at :]
    assert len(weights) == count
    for posting, weight in zip(found, weights, strict=True):
        posting.weight = weight
        place = 0
        for _ in range(places.next()):
            place += places.next()
            posting.places.append(place)
    return found
