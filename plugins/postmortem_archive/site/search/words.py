"""A text as the words that a search finds it by, each with its place.

`search/words.js` reads queries and excerpts by the same rules: what is changed here changes there,
and `tests/site/search/words.json` holds both.

A word is letters and digits (categories L and N), decomposed (NFKD), without marks (category M), in
lower case. Each word takes one place. Words that are joined by a single joint (`_ - . / : @ ::`)
are found by the whole as well, at the place of its first word; a word in camel case by its parts,
at its own place.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 64
"""Characters: a longer compound is found by its words alone, a longer word by its beginning."""

Word = tuple[str, int]

_COMPOUND = re.compile(r"[^\W_]+(?:(?:::|[_\-./:@])[^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")
# Code is written in ASCII: OutOfMemoryError, HTTPServer, s3Bucket.
_TURN = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOST_KNOWN = 1 << 18


class _Marks(dict[int, int | None]):
    """What becomes of each character: a mark goes, anything else stays."""

    def __missing__(self, character: int) -> int | None:
        mark = unicodedata.category(chr(character)).startswith("M")
        self[character] = found = None if mark else character
        return found


_MARKS = _Marks()


def bare(text: str) -> str:
    """Return a text decomposed and without marks, in the case that it is written in."""
    return text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_MARKS)


def _lower(text: str) -> str:
    # Which of the two small sigmas is right depends on what follows.
    return text.lower().replace("ς", "σ")


Told = tuple[tuple[Word, ...], int]
"""Words with their places, which count from 0, and how many places they take."""


class Known(dict[str, Told]):
    """The words of each piece of text between white space, and the places that they take.

    It fills as it is asked, and begins anew when it is full.
    """

    def __missing__(self, piece: str) -> Told:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[piece] = told = _words_in(piece)
        return told


def _words_in(text: str) -> Told:
    found: list[Word] = []
    start = 0
    for compound in compounds(text):
        told, width = _words_of(compound)
        found += [(word, start + place) for word, place in told]
        start += width
    return tuple(found), start


def _words_of(compound: str) -> Told:
    written = _WORD.findall(compound)
    found: list[Word] = []
    if len(written) > 1 and len(compound) <= LONGEST:
        found.append((_lower(compound), 0))
    for place, word in enumerate(written):
        found.append((_lower(word)[:LONGEST], place))
        parts = _TURN.split(word) if len(word) <= LONGEST else ()
        if len(parts) > 1:
            told = dict.fromkeys(_lower(part) for part in parts if len(part) > 1)
            found += [(part, place) for part in told]
    return tuple(found), len(written)


def compounds(text: str) -> list[str]:
    """Return the compounds and single words of a text as written, in its order."""
    return _COMPOUND.findall(bare(text))


def words(text: str) -> list[Word]:
    """Return the words of a text with their places, which count from 0.

    A compound comes before its words, a word before its parts.
    """
    return list(_words_in(text)[0])
