"""The way into the explorer: what is asked of it, as the query of an address.

scripts/search/state.js reads the same grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from urllib.parse import quote_plus

# In the order of the address.
FACETS = (
    "severity",
    "service",
    "trigger",
    "cause",
    "detection",
    "year",
    "took",
    "kind",
    "status",
    "tag",
    "actions",
    "recurring",
)
_NOTHING: Mapping[str, Iterable[str]] = MappingProxyType({})


def explore(
    text: str = "",
    *,
    any_of: Mapping[str, Iterable[str]] = _NOTHING,
    none_of: Mapping[str, Iterable[str]] = _NOTHING,
    first: date | None = None,
    last: date | None = None,
    longer: int | None = None,
    shorter: int | None = None,
    sort: str = "",
) -> str:
    """Return the query of the explorer's address, with its question mark; empty for all reports.

    `any_of` and `none_of` hold names of values by facet. A report passes that has one of the first
    and none of the second in every facet, lies between two days, and took at least `longer` and at
    most `shorter` minutes to resolve. Raises `ValueError` for a facet that there is not.
    """
    unknown = {*any_of, *none_of}.difference(FACETS)
    if unknown:
        message = f"no facet of the explorer: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    told = [("q", " ".join(text.split()))]
    for name in FACETS:
        told += [(name, value) for value in any_of.get(name, ())]
        told += [(f"not-{name}", value) for value in none_of.get(name, ())]
    told += [
        ("from", first.isoformat() if first else ""),
        ("to", last.isoformat() if last else ""),
        ("longer", "" if longer is None else str(longer)),
        ("shorter", "" if shorter is None else str(shorter)),
        ("sort", sort),
    ]
    written = "&".join(f"{name}={_quoted(value)}" for name, value in told if value)
    return f"?{written}" if written else ""


def _quoted(value: str) -> str:
    """Return a value as a browser writes it, letter by letter."""
    return quote_plus(value, safe="*").replace("~", "%7E")
