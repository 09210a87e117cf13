"""The figures of a period, as a page prints them and as files hand them on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it measures, over what, its value and how sure it is.

    `name` is a key of `DEFINITIONS`. `of` says what part of the archive it speaks of: a severity, a
    service, a clock; empty for all of it. `n` is the number of incidents (or actions) behind it.
    `low` and `high` are the ends of its interval. A `value` of None could not be computed; `note`
    says why, or what was assumed.
    """

    name: str
    of: str
    value: float | str | None
    unit: str
    n: int | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
