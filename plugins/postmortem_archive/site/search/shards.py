"""The files of an index: shards of words that follow each other, each named by what it holds."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence

from postmortem_archive.site.search.postings import Entry

_ENOUGH = 16_000
_MOST = 32_000
_ONE_IN = 8
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LEVEL = 6


def name_of(content: bytes) -> str:
    """Return what a file is called, from its content before it is compressed."""
    return hashlib.sha256(content).hexdigest()[:12]


def packed(content: bytes) -> bytes:
    """Return bytes as gzip without a time or a system, so that equal content gives equal bytes."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = compressor.compress(content) + compressor.flush()
    return _HEADER + deflated + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def as_json(value: object) -> bytes:
    """Return plain values as compact JSON; half a surrogate pair becomes a question mark."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")


def cut(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the words of each shard: about 24 kB of words and postings, or one word.

    Words decide where to cut, so that a word more here leaves the cuts elsewhere where they are.
    """
    shard: list[Entry] = []
    size = 0
    for entry in entries:
        own = len(entry.word) + 8 + len(entry.postings)
        full = size + own > _MOST or (size > _ENOUGH and not zlib.crc32(_bytes(entry)) % _ONE_IN)
        if shard and full:
            yield shard
            shard, size = [], 0
        shard.append(entry)
        size += own
    if shard:
        yield shard


def _bytes(entry: Entry) -> bytes:
    return entry.word.encode()


def terms_of(shard: Sequence[Entry]) -> bytes:
    """Return a shard's words with the documents of each, and what each document weighs."""
    header = {
        "terms": [entry.word for entry in shard],
        "counts": [entry.count for entry in shard],
        "bytes": [len(entry.postings) for entry in shard],
    }
    return _headed(header, (entry.postings for entry in shard))


def places_of(shard: Sequence[Entry]) -> bytes:
    """Return the places of the same words in the same order."""
    header = {"bytes": [len(entry.places) for entry in shard]}
    return _headed(header, (entry.places for entry in shard))


def _headed(header: object, parts: Iterable[bytes]) -> bytes:
    told = as_json(header)
    return b"".join([struct.pack("<I", len(told)), told, *parts])
