"""What is printed of reports, which are from anywhere, stays on its line."""

from __future__ import annotations

import re

# Whatever ends a line or acts on a terminal, turns the direction of writing, or is half a
# character: a file's name may hold each of these. A tab is harmless.
_BEYOND_ASCII = r"\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_ACTING = re.compile(rf"[\x00-\x08\x0a-\x1f{_BEYOND_ASCII}]")
# What JSON, which has its own way to write any character, leaves as it is.
_IN_JSON = re.compile(f"[{_BEYOND_ASCII}]")


def printable(text: str) -> str:
    """Return a text that takes one line and does nothing to a terminal."""
    return _ACTING.sub("\ufffd", text)


def printable_json(text: str) -> str:
    """Return JSON that says the same and does nothing to a terminal."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
