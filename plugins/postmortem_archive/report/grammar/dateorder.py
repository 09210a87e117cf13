"""In which order a file writes its dates: 04/03/2025 is a day in March or in April.

A file settles it by its own dates: where one has a part over 12, the others of its kind are written
the same way. Dates with points are always written with the day first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})([-/])(\d{1,2})\2\d{4}(?![\d/-])")
# One look for the end of such a date spares most texts the rest.
_PERHAPS = re.compile(r"[-/]\d{1,2}[-/]\d{4}")
_MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Whether the day comes first, by what parts the date; None where the file does not say."""

    slash: bool | None = None
    dash: bool | None = None

    def day_first(self, separator: str) -> bool | None:
        """Return whether the day comes first in dates with that separator."""
        return {"/": self.slash, "-": self.dash, ".": True}[separator]


UNSETTLED = DateOrder()


def order_in(text: str) -> DateOrder:
    """Return the order that the dates of a text settle.

    Dates with a slash and dates with a dash are settled each by their own kind, and by the other
    kind where that is the only one to tell.
    """
    if not _PERHAPS.search(text):
        return UNSETTLED
    told: dict[str, set[bool]] = {"/": set(), "-": set()}
    for first, separator, second in _NUMERIC.findall(text):
        if (int(first) > _MONTHS_IN_A_YEAR) != (int(second) > _MONTHS_IN_A_YEAR):
            told[separator].add(int(first) > _MONTHS_IN_A_YEAR)
    return DateOrder(_settled(told["/"], told["-"]), _settled(told["-"], told["/"]))


def _settled(own: set[bool], other: set[bool]) -> bool | None:
    told = own or other
    return next(iter(told)) if len(told) == 1 else None
