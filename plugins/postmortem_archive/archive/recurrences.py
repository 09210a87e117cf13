"""What came back: each recurrence with the promises open then, and its whole history as a chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from postmortem_archive.archive.actions import opened, was_open
from postmortem_archive.archive.catalogue import day, is_after
from postmortem_archive.archive.relations import Related
from postmortem_archive.report.record import Action, Report

RECURRENCE = "recurrence_of"
"""The relation by which a report says that an earlier incident came back."""


@dataclass(frozen=True, slots=True)
class StillOpen:
    """An action item that had been open for `days` when its incident came back.

    `number` counts from 1 in its report.
    """

    report: Report
    action: Action
    number: int
    days: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """An action item that was given up before its incident came back, or on a day nobody told."""

    report: Report
    action: Action
    number: int


@dataclass(frozen=True, slots=True)
class Recurrence:
    """An incident that had happened before.

    `earlier` is the incident that its report says came back; where it names several, the last of
    them by time, and `also` holds the others. `open_actions` and `dropped` are promises of the
    whole history, the oldest report's first. It is the `time`th incident of that history.
    """

    report: Report
    earlier: Report
    open_actions: tuple[StillOpen, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    also: tuple[Report, ...] = ()
    time: int = 2

    @property
    def days(self) -> int | None:
        """The days from the earlier incident's day to this one's, None where one is not told."""
        then, now = day(self.earlier), day(self.report)
        return (now - then).days if then and now else None


@dataclass(frozen=True, slots=True)
class Chain:
    """Incidents that recurrences join, in the order of time; those without a day come last."""

    members: tuple[Report, ...]

    @property
    def first(self) -> Report:
        """The incident that it began with, for which it is named."""
        return self.members[0]


class Recurrences:
    """The recurrences of an archive, in the order of time, and the chains that they make.

    A report cannot be a recurrence of what is known to have happened after it, and reports cannot
    be recurrences of each other: of those that say so, the first in the order of time is believed
    last. Such a relation still joins two reports in a chain.
    """

    def __init__(
        self, reports: Sequence[Report], relations: Mapping[str, Sequence[Related]]
    ) -> None:
        self._order = {report.path: number for number, report in enumerate(reports)}
        self._reports = reports
        told = [
            (report, related.report)
            for report in reports
            for related in relations.get(report.path, ())
            if related.relation == RECURRENCE and not related.inverse
        ]
        self._earlier = self._without_cycles(told)
        self._later: dict[str, list[Report]] = defaultdict(list)
        for report in reports:
            for earlier in self._earlier.get(report.path, ()):
                self._later[earlier.path].append(report)
        self.chains = self._chains(told)
        self.chain_of = {member.path: chain for chain in self.chains for member in chain.members}
        self.every = tuple(
            self._recurrence(report, self._earlier[report.path])
            for report in reports
            if report.path in self._earlier
        )
        self.of = {found.report.path: found for found in self.every}

    def _without_cycles(
        self, told: Iterable[tuple[Report, Report]]
    ) -> Mapping[str, Sequence[Report]]:
        """Return the earlier incidents of each recurrence, in the order of time."""
        earlier: dict[str, list[Report]] = defaultdict(list)
        open_to_doubt: list[tuple[Report, Report]] = []
        for report, target in told:
            if is_after(report, target):
                earlier[report.path].append(target)
            elif not is_after(target, report):
                open_to_doubt.append((report, target))
        # Time alone does not say which of two undated reports, or of two of one day, is the first.
        open_to_doubt.sort(key=lambda pair: -self._place(pair[0]))
        for report, target in open_to_doubt:
            before = _reached(target, lambda found: earlier.get(found.path, ()))
            if report.path not in before:
                earlier[report.path].append(target)
        return {path: sorted(found, key=self._place) for path, found in earlier.items() if found}

    def _place(self, report: Report) -> int:
        return self._order[report.path]

    def _chains(self, told: Iterable[tuple[Report, Report]]) -> tuple[Chain, ...]:
        joined: dict[str, list[Report]] = defaultdict(list)
        for report, target in told:
            joined[report.path].append(target)
            joined[target.path].append(report)
        found: list[Chain] = []
        seen: set[str] = set()
        for report in self._reports:
            if report.path in joined and report.path not in seen:
                members = _reached(report, lambda member: joined[member.path])
                seen |= members.keys()
                found.append(Chain(tuple(sorted(members.values(), key=self._place))))
        return tuple(found)

    def _recurrence(self, report: Report, earlier: Sequence[Report]) -> Recurrence:
        came_back = day(report)
        history = self._history(report)
        return Recurrence(
            report=report,
            earlier=earlier[-1],
            open_actions=tuple(found for r in history for found in _still_open(r, came_back)),
            dropped=tuple(found for r in history for found in _dropped(r, came_back)),
            also=tuple(earlier[:-1]),
            time=len(history) + 1,
        )

    def _history(self, report: Report) -> Sequence[Report]:
        """Return the incidents behind a recurrence, and the earlier recurrences of those."""
        behind = _reached(report, lambda found: self._earlier.get(found.path, ()))
        del behind[report.path]
        beside = {
            later.path: later
            for path in behind
            for later in self._later.get(path, ())
            if is_after(report, later)
        }
        return sorted((behind | beside).values(), key=self._place)


def _reached(start: Report, following: Callable[[Report], Iterable[Report]]) -> dict[str, Report]:
    """Return the reports that a way leads to from one of them, that one included, by path."""
    found = {start.path: start}
    waiting = [start]
    while waiting:
        for report in following(waiting.pop()):
            if report.path not in found:
                found[report.path] = report
                waiting.append(report)
    return found


def _still_open(report: Report, came_back: date | None) -> Iterator[StillOpen]:
    """Give a report's actions that are known to have been open before and on a day.

    On the very day of its closing nobody can tell which came first.
    """
    for number, action in enumerate(report.actions, start=1):
        since = opened(report, action)
        if since and came_back and since < came_back and was_open(action, came_back):
            yield StillOpen(report, action, number, (came_back - since).days)


def _dropped(report: Report, came_back: date | None) -> Iterator[Dropped]:
    """Give a report's actions that are not to be done, unless that was decided after a day."""
    for number, action in enumerate(report.actions, start=1):
        if action.status != "not_doing" or came_back is None:
            continue
        if action.closed is None or action.closed <= came_back:
            yield Dropped(report, action, number)
