"""A text as the terms by which reports resemble each other.

A term is a word in lower case without the ending of a plural, a code identifier as a whole and each
of its parts, or a whole line of code. What differs from one time to the next (times, addresses,
numbers, ids) is left out, so that an error message of today is that of last year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from postmortem_archive.report.languages import LANGUAGES

IN_TERM = "\N{NO-BREAK SPACE}"
"""What stands between the words of one term."""
LEFT_OUT = "…"
"""What stands in a line of code where a number or an id was."""

_LONGEST_TERM = 60
_LONGEST_LINE = 160
_LONGEST_TEXT = 20_000

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s?(?:z|[ap]m)\b|\s?[+-]\d\d:?\d\d)?"
# Every part is bounded, so that no text takes longer than its length.
_PASSING = re.compile(
    rf"""
      \b[a-z][a-z0-9+.-]{{0,15}}://\S+                             # addresses
    | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}
    | \b\d{{4}}[-/]\d\d[-/]\d\d(?:[t ]{_CLOCK})?                   # days and times
    | \b{_CLOCK}
    | \b{_MONTH}\ {{1,2}}\d{{1,2}}\b | \b\d{{1,2}}\.?\ {_MONTH}(?:\ \d{{4}})?\b
    | \b[0-9a-f]{{8}}-(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}\b      # ids
    | \b\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?:[:/]\d{{1,5}})?\b
    | (?<![\w:])(?=[0-9a-f:]{{0,39}}\d)(?:[0-9a-f]{{0,4}}:){{2,7}}[0-9a-f]{{0,4}}(?![\w:])
    | \b0x[0-9a-f]+\b | \b(?=[a-f]{{0,40}}\d)[0-9a-f]{{8,64}}\b
    | \b(?=[a-z]{{0,80}}\d[a-z]{{0,80}}\d)[a-z0-9]{{16,200}}\b
    | (?<![\w/.-])[a-z][a-z0-9]{{1,15}}-\d[\w-]{{0,40}}\d(?![\w-])   # INC-2025-014
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What all of these have some of: one look spares most sentences the rest.
_PERHAPS = re.compile(r"\d|[:@]")
# The status of a reply tells more than other numbers do, where it is known to be one.
_SAID = "|".join(
    rf"(?<=\b{word} )"
    for word in ("http", "status", "code", "codes", "error", "errors", "returned")
)
_STATUS = rf"(?:(?:{_SAID})[45]\d\d(?![\w%]|[.,:]\d)|\b[45]\d\d(?=\ (?:errors?|responses?)\b))"
_WORD = r"[^\W\d_]\w*(?:(?:::|[._@$:/-])\w+)*"
_TOKEN = re.compile(_WORD)
_TOKEN_OR_STATUS = re.compile(rf"{_STATUS}|{_WORD}", re.IGNORECASE)
_NUMBERS = re.compile(rf"(?!(?:{_STATUS}))(?<![^\W\d_])\d[\d.,_]*[a-z%]{{0,3}}\b", re.IGNORECASE)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+|\d+")
_JOINTS = re.compile(r"::|[._@$:/-]")
_CODE_JOINT = re.compile(r"::|[._@$-]|(?<=\w):(?=\w)")
_INNER_CAPITAL = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}[a-z]")
_PLURAL = re.compile(r"[A-Z]{2,}s")
_NAME_IN_CODE = re.compile(rf"{_INNER_CAPITAL.pattern}|_|\d")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]?\s+|\n+")
_LEVEL = re.compile(
    r"^[\W\d]*(?:(?:fatal|critical|crit|error|err|warning|warn|info|debug|trace)\b[\s:\]|-]*)?",
    re.IGNORECASE,
)
# Digits among small letters (`x2k4q`), and not at the end alone (`kafka3`).
_RANDOM = re.compile(r"^\d+[a-z]|[a-z]\d+[a-z]")
_ELLIPSES = re.compile(rf"{LEFT_OUT}(?:[\s.,:;/-]*{LEFT_OUT})+")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    yield from filter(None, map(str.strip, _SENTENCE_END.split(text[:_LONGEST_TEXT])))


def without_passing(text: str) -> str:
    """Return a text without addresses, times and ids, each of which leaves a mark."""
    return _PASSING.sub(f" {LEFT_OUT} ", text) if _PERHAPS.search(text) else text


def terms(sentence: str) -> list[str]:
    """Return the terms of a sentence in its order, an identifier before its parts."""
    return _terms_in(without_passing(sentence))


def _terms_in(text: str) -> list[str]:
    tokens = _TOKEN_OR_STATUS if _PERHAPS.search(text) else _TOKEN
    return [term for token in tokens.findall(text) for term in _terms_of(token)]


def code_terms(line: str) -> list[str]:
    """Return the terms of a line of code or of a log: the line as a whole, then those in it."""
    text = without_passing(line[:_LONGEST_TEXT])
    found = _terms_in(text)
    whole = _ELLIPSES.sub(LEFT_OUT, _NUMBERS.sub(LEFT_OUT, _LEVEL.sub("", text, count=1)))
    words = whole.strip(f" {LEFT_OUT}\t.,;|").split()
    if len(found) > 1 and len(words) > 2:
        found.insert(0, IN_TERM.join(words)[:_LONGEST_LINE].casefold())
    return found


@lru_cache(maxsize=1 << 16)
def _terms_of(token: str) -> tuple[str, ...]:
    """Return the terms of a word or an identifier: none for a word that says nothing."""
    if token.isdecimal():
        return (token,)
    if _PLURAL.fullmatch(token):
        return (token[:-1].casefold(),)
    whole, pieces = _lasting(token)
    words = [word for piece in pieces for word in _words_of(piece) if len(word) > 1]
    told = [stem(word.casefold()) for word in words]
    told = [word[:_LONGEST_TERM] for word in told if word not in _FUNCTION_WORDS]
    if told and _is_identifier(whole):
        name = whole.casefold()[:_LONGEST_TERM]
        return (name, *(word for word in told if word != name))
    return tuple(told)


def _lasting(token: str) -> tuple[str, list[str]]:
    """Return an identifier without the parts that differ from one time to the next."""
    pieces, joints = _JOINTS.split(token), ["", *_JOINTS.findall(token)]
    kept = [n for n, piece in enumerate(pieces) if not _is_passing(piece)]
    whole = "".join(f"{joints[n] if n != kept[0] else ''}{pieces[n]}" for n in kept)
    return whole, [pieces[n] for n in kept]


def _is_identifier(name: str) -> bool:
    """Whether a name is one of code, or of more than one word, rather than a word."""
    return bool(_CODE_JOINT.search(name) or _INNER_CAPITAL.search(name)) or (
        any(map(str.isdigit, name))
    )


def _is_passing(piece: str) -> bool:
    """Whether a part of an identifier is a number, or an id made of letters and digits."""
    if piece.isdecimal():
        return True
    return len(piece) >= 5 and bool(_RANDOM.search(piece)) and not _INNER_CAPITAL.search(piece)


def _words_of(piece: str) -> list[str]:
    """Return the words of a part of an identifier: `PoolWaitHigh` has three."""
    words = [word for part in piece.split("_") for word in _PARTS.findall(part)]
    if any(map(str.isdigit, piece)) and len(piece) <= 5 and "_" not in piece:
        return [piece]  # s3, utf8, http2, k8s
    return [word for word in words if not word.isdecimal()]


def stem(word: str) -> str:
    """Return a word without the ending of an English plural (after Harman 1991)."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith(("sses", "xes", "zes", "shes", "tches")):
        return word[:-2]
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) or len(word) < 5 else f"{word[:-3]}y"
    return word if word.endswith(("ss", "us", "is", "as", "os")) else word[:-1]


# A word is looked up without its ending: “always” as “alway”.
_FUNCTION_WORDS = frozenset(
    stem(word) for language in LANGUAGES for word in language.function_words.split()
)


def identifiers(text: str) -> list[str]:
    """Return the names in a text that are code's and no words, as they are written."""
    return [token for token in _TOKEN.findall(without_passing(text)) if _NAME_IN_CODE.search(token)]
