"""What JSON Schema (2020-12) says of each kind of front-matter value.

A schema cannot look anything up, so it knows forms and words: a 30 February passes it. Nor does it
know what a template leaves to be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from postmortem_archive.report.grammar.placeholders import NOTHING
from postmortem_archive.report.grammar.zones import AMBIGUOUS
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Vocabulary, fold

Schema = Mapping[str, Any]
# A site's words decide on some schemas.
Shape = Callable[[ReadingSettings], Schema]

NULL: Schema = {"type": "null"}
# Every single value is read as the text that was written: `version: 1.0`.
SINGLE: Schema = {"type": ["string", "number", "boolean", "null"]}
FLAG: Schema = {"type": ["boolean", "null"]}
NUMBER: Schema = {
    "type": ["number", "string", "null"],
    "pattern": r"^[-+]?[0-9][0-9_]*(\.[0-9_]+)?[% ]*$",
}
# A share, from none to all, as a number or in percent.
FRACTION: Schema = {
    "type": ["number", "string", "null"],
    "minimum": 0,
    "maximum": 1,
    "pattern": r"^\+?((0+(\.[0-9]+)?|1(\.0+)?)|([0-9]{1,2}(\.[0-9]+)?|100(\.0+)?)[ %]*%) *$",
}


def fixed(schema: Schema) -> Shape:
    """Return a schema as the shape that it has on every site."""
    return lambda _settings: schema


def any_of(*schemas: Schema) -> Schema:
    """Return the schema of a value of one of several forms."""
    return {"anyOf": list(schemas)}


def _any_case(text: str) -> str:
    pairs = ((char.lower(), char.upper()) for char in text)
    return "".join(
        re.escape(low) if low == up or len(low + up) != 2 else f"[{low}{up}]" for low, up in pairs
    )


def _spelled(words: Iterable[str]) -> str:
    """Return a pattern for these words in either case, joined by anything that is no letter.

    `fold` takes more: separators within a word, which nobody writes.
    """
    parts = {tuple(re.findall(r"[^\W\d_]+|\d+", word)) for word in words}
    lower = {tuple(part.lower() for part in word) for word in parts if word}
    folded = {tuple(fold(part) for part in word) for word in lower}
    patterns = (r"[\W_]*".join(map(_any_case, word)) for word in lower | folded)
    return rf"[\W_]*({'|'.join(sorted(set(patterns)))})[\W_]*"


# `n/a`, `none` and a dash say that there is nothing to tell.
_NOTHING = rf"[\W_]*|{_spelled(NOTHING)}"


def word(vocabulary: Vocabulary) -> Schema:
    """Return the schema of one word: its canonical names to choose from, and other spellings."""
    spelled = _spelled([*vocabulary.spellings, *(term.title for term in vocabulary.terms)])
    # YAML takes a name such as 1 for a number.
    numbers = [int(name) for name in vocabulary.spellings if re.fullmatch(r"[1-9]?[0-9]", name)]
    return any_of(
        {"enum": [*vocabulary.names, *numbers, None]},
        {"type": "string", "pattern": f"^({spelled})$"},
    )


def names(vocabulary: Vocabulary | None = None) -> Schema:
    """Return the schema of a list of names, or of one text that holds them between commas.

    Names are those of a vocabulary where it has any.
    """
    if vocabulary is None or not vocabulary.terms:
        return any_of(SINGLE, {"type": "array", "items": SINGLE})
    one = _spelled([*vocabulary.spellings, *(term.title for term in vocabulary.terms)])
    line = {"type": "string", "pattern": f"^(({one})(,|$))+$|^({_NOTHING})$"}
    return any_of({"type": "array", "items": word(vocabulary)}, line, NULL)


_YEAR, _MONTH, _DAY = "(19[7-9][0-9]|2[01][0-9]{2})", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?|24:00(:00)?"
_ZONE = (
    rf"(?!({'|'.join(sorted(AMBIGUOUS))})$)"
    r"([A-Z]{1,4}|((UTC|GMT)\s?)?[+-][0-9]{1,2}(:?[0-9]{2})?|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_]+)+)"
)

MOMENT: Schema = {
    "type": ["string", "null"],
    "pattern": rf"^(~\s*)?{_YEAR}-{_MONTH}-{_DAY}([T ]({_CLOCK})(\s?{_ZONE})?)?$|^({_NOTHING})$",
}
_SUM: Schema = {"type": ["number", "string", "null"], "pattern": f"[0-9]|^({_NOTHING})$"}


def mapping(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """Return the schema of a mapping of these keys and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


AMOUNT = any_of(
    _SUM, mapping({"min": NUMBER, "max": NUMBER, "estimated": FLAG, "unit": SINGLE})
)  # fmt: skip


def many(item: Schema) -> Schema:
    """Return the schema of a list, which a single value stands for too."""
    return any_of(item, {"type": "array", "items": item}, NULL)
