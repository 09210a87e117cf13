"""Time zones as reports name them.

An abbreviation that several zones share (BST, CST, IST, …) is refused and not guessed.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0,
    "CET": 60, "MEZ": 60, "WEST": 60, "WAT": 60,
    "CEST": 120, "MESZ": 120, "EET": 120, "CAT": 120, "SAST": 120,
    "EEST": 180, "MSK": 180, "EAT": 180,
    "SGT": 480, "HKT": 480, "AWST": 480,
    "JST": 540, "KST": 540,
    "ACST": 570, "AEST": 600, "ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EDT": -240, "EST": -300, "CDT": -300, "MDT": -360,
    "PDT": -420, "PST": -480, "AKDT": -480, "AKST": -540, "HST": -600,
}  # fmt: skip

AMBIGUOUS = {
    "BST": "British Summer Time or Bangladesh Standard Time",
    "IST": "India, Israel or Irish Standard Time",
    "CST": "Central or China Standard Time",
    "MST": "Mountain or Malaysia Standard Time",
    "AST": "Atlantic or Arabia Standard Time",
    "ADT": "Atlantic or Arabia Daylight Time",
    "ECT": "Ecuador or European Central Time",
    "GST": "Gulf or South Georgia Standard Time",
}

# Abbreviations that hold for a half of the year, and where: people write the one for the other.
_SEASONS = {
    name: region
    for region, names in {
        "America/New_York": ("EST", "EDT"),
        "America/Chicago": ("CDT",),
        "America/Denver": ("MDT",),
        "America/Los_Angeles": ("PST", "PDT"),
        "America/Anchorage": ("AKST", "AKDT"),
        "Europe/Paris": ("CET", "CEST", "MEZ", "MESZ"),
        "Europe/Athens": ("EET", "EEST"),
        "Europe/Lisbon": ("WET", "WEST"),
        "Australia/Sydney": ("AEDT",),
        "Australia/Adelaide": ("ACDT",),
        "Pacific/Auckland": ("NZST", "NZDT"),
    }.items()
    for name in names
}

# Two letters that mean one zone in either half of the year, right behind a clock; elsewhere “ET” is
# a word of French.
_ALL_YEAR = {"PT": "America/Los_Angeles", "ET": "America/New_York"}
# Both halves of the year at once.
_BOTH = {
    "CET/CEST": "Europe/Paris", "MEZ/MESZ": "Europe/Paris", "EET/EEST": "Europe/Athens",
    "WET/WEST": "Europe/Lisbon", "GMT/BST": "Europe/London", "EST/EDT": "America/New_York",
    "CST/CDT": "America/Chicago", "MST/MDT": "America/Denver", "PST/PDT": "America/Los_Angeles",
    "AEST/AEDT": "Australia/Sydney",
}  # fmt: skip

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d\d)?$")
_IANA = re.compile(r"[A-Z][A-Za-z_]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?$")

_NAMED = (
    r"(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d\d)?|"
    + "|".join(sorted([*_OFFSETS, *AMBIGUOUS, *_BOTH], key=len, reverse=True))
    + r"|[A-Z][A-Za-z_]{1,30}/[A-Z][A-Za-z_]{1,30}(?:/[A-Z][A-Za-z_]{1,30})?"
)
# What may stand where a zone is expected, in a report's prose.
ZONE_PATTERN = rf"(?:{_NAMED}|[+-]\d\d:?\d\d)(?![A-Za-z0-9_/])"
# Right after a clock a minus is a range's: 14:02-14:10.
ZONE_AFTER_CLOCK = rf"(?:{_NAMED}|{'|'.join(_ALL_YEAR)}|\+\d\d:?\d\d)(?![A-Za-z0-9_/])"
_IN_TEXT = re.compile(rf"(?<![A-Za-z0-9_/]){ZONE_PATTERN}")


def find_zone(name: str) -> tzinfo | None:
    """Return the zone of that name or offset, None for an unknown or ambiguous one."""
    name = name.strip()
    name = _BOTH.get(name.upper(), name) if "/" in name else _ALL_YEAR.get(name, name)
    if (minutes := _OFFSETS.get(name.upper())) is not None:
        return timezone(timedelta(minutes=minutes), name.upper())
    if match := _OFFSET.match(name):
        sign, hours, rest = match.groups()
        minutes = int(hours) * 60 + int(rest or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=-minutes if sign == "-" else minutes))
    if _IANA.match(name):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError, ValueError):
            return None
    return None


def zone_in(text: str) -> str | None:
    """Return the first zone that `text` names (“All times in UTC”), as written."""
    match = _IN_TEXT.search(text)
    return match.group() if match else None


def is_out_of_season(zone: tzinfo, at: datetime) -> bool:
    """Whether a zone's abbreviation does not hold on that day: EST in July may mean EDT."""
    region = _SEASONS.get(zone.tzname(None) or "")
    if region is None:
        return False
    try:
        there = ZoneInfo(region)
    except (ZoneInfoNotFoundError, OSError):
        return False
    # In the hour that an autumn night has twice, both halves of the year hold.
    offsets = {at.replace(tzinfo=there, fold=fold).utcoffset() for fold in (0, 1)}
    return zone.utcoffset(None) not in offsets
