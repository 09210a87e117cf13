"""The orders of a list as its rows and a style sheet tell them, for browsers that run no script.

A style sheet cannot read a number from an attribute in most browsers. It can see by which sign an
attribute begins and ends. So a row tells its places in two digits, and the style sheet has a rule
for each digit.
"""

from __future__ import annotations

from collections.abc import Iterator

# Those of JavaScript's parseInt with this base.
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)

ORDERS = ("newest", "severity", "longest", "title", "services")
MOST = _BASE**2 - 1
"""The last place that has two digits."""


def digits(place: int) -> str:
    """Return a place to the base of 36, in two digits or more."""
    high, low = divmod(place, _BASE)
    return (digits(high) if high >= _BASE else _DIGITS[high]) + _DIGITS[low]


def order_rules() -> str:
    """Return the style sheet by which the radio buttons above a list put its rows in order."""
    return "@media (scripting: none) {\n" + "\n".join(_rules()) + "\n}\n"


def _rules() -> Iterator[str]:
    for order in ORDERS:
        for value, digit in enumerate(_DIGITS[1:], start=1):
            row = f".pa-row[data-pa-{order}"
            yield f'{row}^="{digit}"] {{ --pa-{order}-high: {value * _BASE}; }}'
            yield f'{row}$="{digit}"] {{ --pa-{order}-low: {value}; }}'
        place = f"var(--pa-{order}-high, 0) + var(--pa-{order}-low, 0)"
        # What comes last among the newest comes first among the oldest.
        name, sum_ = ("oldest", f"-1 * ({place})") if order == "newest" else (order, place)
        yield f'.pa-list:has([value="{name}"]:checked) .pa-row {{ order: calc({sum_}); }}'
