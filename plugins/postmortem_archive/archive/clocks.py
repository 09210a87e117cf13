"""The clocks and phases of an incident, measured between its milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from types import MappingProxyType

from postmortem_archive.archive.durations import elapsed
from postmortem_archive.report.record import Moment, Report

# An incident that is caught before it harms anyone has these before `started`.
_MAY_PRECEDE_HARM = frozenset({"detected", "acknowledged"})


@dataclass(frozen=True, slots=True)
class Clock:
    """A duration that every incident may have: the time from one milestone to another."""

    name: str
    abbreviation: str
    title: str
    start: str
    end: str


CLOCKS = (
    Clock("ttd", "TTD", "time to detect", "started", "detected"),
    Clock("tta", "TTA", "time to acknowledge", "detected", "acknowledged"),
    Clock("ttm", "TTM", "time to mitigate", "started", "mitigated"),
    Clock("ttr", "TTR", "time to resolve", "started", "resolved"),
)


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of an incident between two milestones.

    `parts` are the phases that it is made of: several where a milestone between them is missing,
    and then `name` and `title` name them all. `start` and `end` are the moments told; `duration`
    counts from the start of harm, so that the phases add up to TTR.
    """

    name: str
    title: str
    start: Moment
    end: Moment
    duration: timedelta
    parts: tuple[str, ...]


# Each phase ends at a milestone; the first starts at `started`.
PHASES = (
    ("undetected", "detected"),
    ("unacknowledged", "acknowledged"),
    ("mitigating", "mitigated"),
    ("restoring", "resolved"),
)


def clocks(report: Report) -> Mapping[str, timedelta]:
    """Return the clocks that can be measured, by name, in the order of `CLOCKS`.

    A clock needs both its milestones with a time of day, in order. A clock that ends before harm
    started (an incident that was caught before) is 0.
    """
    exact = _exact(report)
    found = {clock.name: _measure(clock, exact) for clock in CLOCKS}
    return MappingProxyType({name: time for name, time in found.items() if time is not None})


def phases(report: Report) -> tuple[Phase, ...]:
    """Return the phases, which follow each other from `started` to `resolved` without a gap.

    Empty without these two, or where milestones are out of order. A milestone that was told by the
    day alone counts as missing.
    """
    exact = _exact(report)
    if not {"started", "resolved"} <= exact.keys() or not _in_order(exact):
        return ()
    harm = start = exact["started"]
    found: list[Phase] = []
    parts: list[str] = []
    for name, milestone in PHASES:
        parts.append(name)
        end = exact.get(milestone)
        if end is not None:
            duration = max(elapsed(harm, end), timedelta()) - max(elapsed(harm, start), timedelta())
            found.append(
                Phase("_and_".join(parts), _listed(parts), start, end, duration, tuple(parts))
            )
            start, parts = end, []
    return tuple(found)


def _exact(report: Report) -> dict[str, Moment]:
    return {name: moment for name, moment in report.milestones.items() if moment.exact}


def _measure(clock: Clock, exact: Mapping[str, Moment]) -> timedelta | None:
    if clock.start not in exact or clock.end not in exact:
        return None
    start, end, harm = exact[clock.start], exact[clock.end], exact.get("started")
    time = elapsed(start, end)
    caught = (
        clock.end in _MAY_PRECEDE_HARM and harm is not None and elapsed(harm, end) < timedelta()
    )
    if time < timedelta():
        return timedelta() if caught and clock.start == "started" else None
    return timedelta() if caught else time


def _in_order(exact: Mapping[str, Moment]) -> bool:
    """Tell whether the milestones follow each other, where those before harm may precede it."""
    chain = [exact[milestone] for _, milestone in PHASES if milestone in exact]
    harm = exact["started"]
    return all(elapsed(a, b) >= timedelta() for a, b in pairwise(chain)) and all(
        elapsed(harm, exact[milestone]) >= timedelta()
        for _, milestone in PHASES
        if milestone in exact and milestone not in _MAY_PRECEDE_HARM
    )


def _listed(words: list[str]) -> str:
    """Return words as a list in prose: `a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
