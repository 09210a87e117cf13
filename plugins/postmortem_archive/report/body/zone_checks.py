"""Warnings of zones by name that may mean another: shared by several, or not in use on the day."""

from __future__ import annotations

from datetime import tzinfo

from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.zones import AMBIGUOUS, is_out_of_season
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Moment

_EXPECTED = "an offset such as +01:00; the site's zone is assumed"


def is_ambiguous(name: str, line: int, reading: Reading) -> bool:
    """Whether several zones share an abbreviation, and warn of it."""
    meanings = AMBIGUOUS.get(name.upper())
    if meanings:
        reading.warn(
            Place(line, reading.source.column_of(line, name)), "ambiguous-zone",
            f"“{name}” may be {meanings}", found=name, expected=_EXPECTED,
        )  # fmt: skip
    return meanings is not None


def is_off(zone: tzinfo, moment: Moment, line: int, reading: Reading) -> bool:
    """Whether a zone's abbreviation is that of the other half of the year, and warn of it."""
    if not is_out_of_season(zone, moment.at.replace(tzinfo=None)):
        return False
    name = str(zone.tzname(None))
    reading.warn(
        Place(line, reading.source.column_of(line, name)), "ambiguous-zone",
        f"“{name}” is not in use on {moment.day}", found=name, expected=_EXPECTED,
    )  # fmt: skip
    return True
