"""The archive's words for the sections of a report, and how a heading is known to be one of them.

A heading is compared without emoji, numbering, bold, case, accents and what stands in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from postmortem_archive.report.languages import LANGUAGES, merged
from postmortem_archive.report.vocabulary import without_accents

# Name of the section -> the headings that stand for it, anywhere in a report.
_ANYWHERE = merged(tuple(language.sections for language in LANGUAGES))
_WITHIN = {place: name for language in LANGUAGES for place, name in language.within.items()}

# Bounded, because what is not closed would be looked for again from every opening.
_NOISE = re.compile(r"\([^()]{0,100}\)|\[[^\[\]]{0,100}\]")
_LONGEST_HEADING = 200
# Digits, in boxes and circles too (“1️⃣ Summary”, “② Impact”), Roman numerals, letters.
_NUMBERING = re.compile(
    r"^(?:(?:step|part|section)\s+)?(?:(?:\d\ufe0f?\u20e3)+|[\u2460-\u2473]|\d+(?:\.\d+)*[.):]?"
    r"|[ivx]+[.)]|[a-z][.)])\s+",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^[\W_]+")
_LETTERS = re.compile(r"[^\w/;\s]+")


def fold_heading(title: str) -> str:
    """Return the form in which headings are compared."""
    text = _NOISE.sub(" ", title).replace("’", "").replace("'", "").replace("&", " and ")
    text = _NUMBERING.sub("", _LEADING.sub("", text) + " ")
    text = _LETTERS.sub(" ", text).replace("_", " ")
    return " ".join(without_accents(text).split()).casefold()


def _index() -> Mapping[str, str]:
    spellings: dict[str, str] = {}
    for name, titles in _ANYWHERE.items():
        for title in (name.replace("_", " "), *titles):
            spellings.setdefault(fold_heading(title), name)
    return MappingProxyType(spellings)


_BY_HEADING = _index()

SECTION_NAMES = tuple(_ANYWHERE)


@lru_cache(maxsize=4096)
def section_name(title: str, parents: tuple[str | None, ...] = ()) -> str | None:
    """Return the archive's word for a heading, None for a heading of the author's own.

    `parents` are the names of the sections around it, outermost first.
    """
    if len(title) > _LONGEST_HEADING:
        return None
    folded = fold_heading(title)
    for parent in reversed(parents):
        if parent and (name := _WITHIN.get((parent, folded))) is not None:
            return name or None
    if folded.startswith("timeline "):
        return "timeline"
    return _BY_HEADING.get(folded)
