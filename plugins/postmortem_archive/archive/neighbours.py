"""The incidents before and after each report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.groups import Group
from postmortem_archive.report.record import Report


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The incidents nearest to a report in time, before it and after it."""

    previous: Report | None = None
    next: Report | None = None


ALONE = Neighbours()


def neighbours(reports: Sequence[Report]) -> Mapping[str, Neighbours]:
    """Return the neighbours of each report that has a day, by path; `reports` are in order.

    A drill has neighbours, and is none.
    """
    dated = [report for report in reports if day(report)]
    before = _last_incidents(dated)
    after = _last_incidents(reversed(dated))
    return MappingProxyType(
        {report.path: Neighbours(before[report.path], after[report.path]) for report in dated}
    )


def service_neighbours(services: Iterable[Group]) -> Mapping[tuple[str, str], Neighbours]:
    """Return the neighbours of each report on each of its services, by (path, group name)."""
    return MappingProxyType(
        {
            (path, group.name): found
            for group in services
            for path, found in neighbours(group.reports).items()
        }
    )


def _last_incidents(reports: Iterable[Report]) -> Mapping[str, Report | None]:
    """Return, for each report, the incident that comes last before it."""
    last: Report | None = None
    found: dict[str, Report | None] = {}
    for report in reports:
        found[report.path] = last
        if report.kind == "incident":
            last = report
    return found
