"""Times that count from a moment: “T+5m”, “T-00:10”, “+1h20m”; and the moment that a text names."""

from __future__ import annotations

import re
from datetime import date, timedelta

from postmortem_archive.report.grammar.dateorder import DateOrder
from postmortem_archive.report.grammar.moments import Clock
from postmortem_archive.report.grammar.when import When, read_when
from postmortem_archive.report.record import Moment

_AMOUNT = (
    r"(?:(?P<h>\d{1,3}):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d))?(?!\d)"
    r"|(?:(?P<d>\d{1,3})\s?d\s?)?(?:(?P<hours>\d{1,3})\s?h(?:ours?|rs?)?\s?)?"
    r"(?:(?P<minutes>\d{1,4})\s?m(?:in(?:ute)?s?)?)?(?!\w|:\d)|(?P<zero>0)(?!\w|[:.]\d))"
)
_RELATIVE = re.compile(rf"[ *_`(\[]*(?:[Tt]\s?(?P<sign>[+-])|(?P<bare>\+))\s?{_AMOUNT}")
# “T = 14:02 UTC”, “T+0 is 2025-03-04 14:02”, “T0: 14:02”, “T+0 (14:02)”.
_NAMED = re.compile(
    r"(?<![\w+-])T\s?(?:[+-]?\s?0(?:0:00|0?:00|\s?m(?:in)?)?)?\s?(?:=|:|\bis\b|\bwas\b|\()\s*"
)
# Markup may stand on either side of the letter.
_PERHAPS_NAMED = re.compile(r"T(?![A-Za-z1-9])(?<![A-Za-z0-9]T)")


def read_relative(text: str) -> tuple[timedelta, int] | None:
    """Return the time after its moment that a text begins with, and where it stops."""
    match = _RELATIVE.match(text)
    if not match or not any(match[name] for name in ("h", "d", "hours", "minutes", "zero")):
        return None
    after = timedelta(
        days=int(match["d"] or 0),
        hours=int(match["h"] or match["hours"] or 0),
        minutes=int(match["min"] or match["minutes"] or 0),
        seconds=int(match["s"] or 0),
    )
    return -after if match["sign"] == "-" else after, match.end()


def may_name_moment(body: str) -> bool:
    """Whether a text of Markdown may name a moment: where not, no part of it does."""
    return bool(_PERHAPS_NAMED.search(body))


def named_moment(text: str, order: DateOrder) -> When | None:
    """Return the moment that a text says its relative times count from, None if it does not."""
    for match in _NAMED.finditer(text):
        when = read_when(text[match.end() :], order)
        if when and when.clock:
            return when
    return None


def counted_from(base: Moment, text: str) -> When | None:
    """Return what a text begins with, where that counts from `base`."""
    relative = read_relative(text)
    if relative is None:
        return None
    after, end = relative
    try:
        at = base.at + after
    except OverflowError:
        return None
    day: date = at.date()
    return When(day, Clock(at.time().replace(tzinfo=None), None, bool(at.second)), None, end)
