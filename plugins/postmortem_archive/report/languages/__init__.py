"""The languages that reports are read in: one table each, and what they say together.

A further language is a module of its own beside these, and its name in `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Mapping

from postmortem_archive.report.languages.english import ENGLISH
from postmortem_archive.report.languages.french import FRENCH
from postmortem_archive.report.languages.german import GERMAN
from postmortem_archive.report.languages.language import Language, Words

__all__ = ["LANGUAGES", "Language", "aliases_of", "joined", "merged"]

# Where two say different things by one word, the first is right.
LANGUAGES = (ENGLISH, GERMAN, FRENCH)


def merged(tables: tuple[Words, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the tables of several languages as one."""
    found: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for name, spellings in table.items():
            found[name] = (*found.get(name, ()), *spellings)
    return found


def joined(patterns: tuple[str, ...]) -> str:
    """Return one pattern for those that several languages have for the same thing."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def aliases_of(vocabulary: str) -> Words:
    """Return what every language has beside the names of a vocabulary's terms."""
    return merged(tuple(language.aliases.get(vocabulary, {}) for language in LANGUAGES))
