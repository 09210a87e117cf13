"""Reports that resemble each other, as the archive tells of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.similarity.index import Index, matches
from postmortem_archive.archive.similarity.reasons import Reason, reasons
from postmortem_archive.archive.similarity.scoring import Match, Strength, strength
from postmortem_archive.report.record import Report

MOST = 5
"""How many of the reports that resemble one are told at most."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A report that resembles another: how much, and why."""

    report: Report
    score: float
    strength: Strength
    reasons: tuple[Reason, ...]


def similar(
    report: Report, among: Index, reports: Mapping[str, Report], without: Container[str]
) -> tuple[Similar, ...]:
    """Return the reports that resemble one most, without those at the paths `without`.

    At most five, and none that is as often wrong as right. Among equals the newest comes first,
    then the path decides.
    """
    found = (
        (match, name)
        for match in in_order(matches(report.path, among), reports)
        if match.path not in without and (name := strength(match.score))
    )
    return tuple(
        Similar(reports[match.path], match.score, name, reasons(report.path, match.path, among))
        for (match, name), _ in zip(found, range(MOST), strict=False)
    )


def in_order(found: Iterable[Match], reports: Mapping[str, Report]) -> list[Match]:
    """Return matches with the closest first, then the newest, then by path."""
    return sorted(found, key=lambda match: (-match.score, *_age(reports[match.path]), match.path))


def _age(report: Report) -> tuple[bool, int]:
    on = day(report)
    return on is None, -on.toordinal() if on else 0
