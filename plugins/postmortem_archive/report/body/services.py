"""The services that a summary says were down, where no field names any.

A name without an article before “was unavailable” is a service's own: “checkout was down”, “the
`billing` service was offline”. “The site was down” names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem_archive.report.body.outline import Outline
from postmortem_archive.report.body.prose import flat
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.languages import LANGUAGES, joined
from postmortem_archive.report.markup.blocks import ParagraphBlock
from postmortem_archive.report.problem import Place

_NAME = r"[A-Za-zÀ-ÿ][\w-]{1,40}(?:\.[\w-]{2,})*"
_NAMES = rf"(?P<names>{_NAME}(?:(?:,| and|,? und| et) {_NAME}){{0,5}})"
# The name opens a sentence or a clause, or follows “the”, with the word service behind it.
_DOWN = re.compile(
    rf"(?:(?:^|[.!?,;:] )(?:and |but )?{_NAMES}"
    rf"|\b(?:the|der|le) (?P<one>{_NAME})(?: service|-Dienst)) "
    rf"(?:{joined(tuple(lang.down for lang in LANGUAGES))})",
    re.IGNORECASE,
)
_AND = re.compile(r",? (?:and|und|et) |, ")
_NO_SERVICE = frozenset(word for lang in LANGUAGES for word in lang.no_service.split())


def services_down(outline: Outline, reading: Reading) -> Fact | None:
    """Return the services that the summary says were down; None where it names none."""
    for part in outline.parts:
        for block in flat(part.blocks) if part.name == "summary" else ():
            if isinstance(block, ParagraphBlock):
                for segment in block.segments:
                    names = tuple(dict.fromkeys(_named(segment.plain, reading)))
                    if names:
                        column = reading.source.column_of(segment.line, names[0])
                        return Fact(names, Place(segment.line, column))
    return None


def _named(text: str, reading: Reading) -> Iterator[str]:
    known = reading.settings.services
    for match in _DOWN.finditer(text):
        for name in _AND.split(match["names"] or match["one"]):
            term = known.find(name)
            if term:
                yield term.name
            elif not known.terms and name.casefold() not in _NO_SERVICE:
                yield name
