"""What used a service's budget at each instant: overlapping incidents are counted once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from heapq import heappop, heappush
from itertools import accumulate, pairwise

from postmortem_archive.archive.budgets.harm import Stretch
from postmortem_archive.report.record import Report


@dataclass(frozen=True, slots=True)
class Spent:
    """The minutes that an incident used, and how many of them stand on what was assumed."""

    report: Report
    minutes: Fraction
    assumed: Fraction


class Ledger:
    """Stretches in which a service was harmed, made to follow each other without overlap.

    At each instant the stretch with the largest fraction counts; among equals, the one that was
    given first.
    """

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.pieces = _flatten(stretches)
        self._starts = [piece.start for piece in self.pieces]
        self._sums = list(accumulate((p.minutes for p in self.pieces), initial=Fraction(0)))

    @cached_property
    def by_report(self) -> Mapping[str, tuple[Stretch, ...]]:
        """The pieces of each incident, by the path of its report."""
        found: dict[str, list[Stretch]] = defaultdict(list)
        for piece in self.pieces:
            found[piece.report.path].append(piece)
        return {path: tuple(pieces) for path, pieces in found.items()}

    def between(self, opens: timedelta, closes: timedelta) -> tuple[Stretch, ...]:
        """Return the pieces between two instants, cut off at both."""
        first = max(bisect_right(self._starts, opens) - 1, 0)
        found = []
        for piece in self.pieces[first:]:
            if piece.start >= closes:
                break
            start, end = max(piece.start, opens), min(piece.end, closes)
            if start < end:
                found.append(replace(piece, start=start, end=end))
        return tuple(found)

    def minutes(self, opens: timedelta, closes: timedelta) -> Fraction:
        """Return the minutes used between two instants."""
        return self._until(closes) - self._until(opens)

    def _until(self, at: timedelta) -> Fraction:
        """Return the minutes used before an instant."""
        count = bisect_right(self._starts, at)
        if not count:
            return Fraction(0)
        last = self.pieces[count - 1]
        return self._sums[count - 1] + replace(last, end=min(last.end, at)).minutes


def spent_by(pieces: Iterable[Stretch]) -> tuple[Spent, ...]:
    """Return what each incident used, the most first."""
    found: dict[str, Spent] = {}
    for piece in pieces:
        minutes, path = piece.minutes, piece.report.path
        before = found.get(path, Spent(piece.report, Fraction(0), Fraction(0)))
        found[path] = Spent(
            piece.report,
            before.minutes + minutes,
            before.assumed + (minutes if piece.assumed else 0),
        )
    return tuple(sorted(found.values(), key=lambda spent: -spent.minutes))


def _flatten(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return what counts at each instant, in the order of time; a fraction of 0 is nothing."""
    arrivals = sorted(
        (stretch.start, order)
        for order, stretch in enumerate(stretches)
        if stretch.start < stretch.end and stretch.fraction
    )
    edges = sorted({edge for _, order in arrivals for edge in _edges(stretches[order])})
    active: list[tuple[Fraction, int]] = []
    found: list[tuple[int, Stretch]] = []
    arrived = 0
    for start, end in pairwise(edges):
        while arrived < len(arrivals) and arrivals[arrived][0] <= start:
            order = arrivals[arrived][1]
            heappush(active, (-stretches[order].fraction, order))
            arrived += 1
        while active and stretches[active[0][1]].end <= start:
            heappop(active)
        if not active:
            continue
        order = active[0][1]
        if found and found[-1][0] == order and found[-1][1].end == start:
            found[-1] = (order, replace(found[-1][1], end=end))
        else:
            found.append((order, replace(stretches[order], start=start, end=end)))
    return tuple(piece for _, piece in found)


def _edges(stretch: Stretch) -> tuple[timedelta, timedelta]:
    return stretch.start, stretch.end
