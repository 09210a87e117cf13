"""From a scenario to its incidents."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from scale.scenario import Scenario

SEVERITIES = {"SEV1": 0.05, "SEV2": 0.2, "SEV3": 0.5, "SEV4": 0.25}
KINDS = {"near_miss": 0.4, "drill": 0.35, "maintenance": 0.25}
DETECTIONS = {
    "alert": 0.55,
    "customer_report": 0.2,
    "staff_observation": 0.15,
    "third_party": 0.06,
    "security_report": 0.04,
}
FORMATS = ("000", "001", "002", "003", "004", "thin")
_FORMAT_WEIGHTS = (0.15, 0.15, 0.2, 0.25, 0.15, 0.1)


@dataclass(frozen=True, slots=True)
class Family:
    """Incidents that are recurrences of one another: what each of them may share."""

    number: int
    mode: int
    services: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, before it is told. Times are in UTC, to the minute.

    `family` is None where nothing like it ever happened. `first` is the id of the incident that it
    is a recurrence of. `mode` chooses the way in which something failed, `services` are ranks.
    """

    id: str
    kind: str
    severity: str
    started: dt.datetime
    detected: dt.datetime | None
    acknowledged: dt.datetime | None
    mitigated: dt.datetime | None
    resolved: dt.datetime
    detection: str
    services: tuple[int, ...]
    mode: int
    form: str
    family: int | None = None
    first: str | None = None

    @property
    def minutes(self) -> float:
        """The time to resolve."""
        return (self.resolved - self.started).total_seconds() / 60


MODES = 24


def incidents(scenario: Scenario) -> list[Incident]:
    """Return the incidents of a scenario, in the order in which they started."""
    rng = Random(f"{scenario.seed} incidents")
    plan = sorted(_plan(scenario, rng), key=lambda planned: planned[0])
    ranks = _Ranks(scenario)
    seen: dict[int, str] = {}
    numbers: dict[int, itertools.count[int]] = {}
    told = []
    for day, family in plan:
        start = scenario.begin + dt.timedelta(minutes=round(day * 1440))
        number = next(numbers.setdefault(start.year, itertools.count(1)))
        name = f"INC-{start.year}-{number:05}"
        told.append(_incident(name, start, day, family, seen, ranks, scenario, rng))
        if family:
            seen.setdefault(family.number, name)
    return told


def _plan(scenario: Scenario, rng: Random) -> list[tuple[float, Family | None]]:
    """Choose a day for each incident, and which of them belong together."""
    again = round(scenario.count * scenario.recurring)
    ranks = _Ranks(scenario)
    plan: list[tuple[float, Family | None]] = []
    number = 0
    while again > 0:
        size = min(again, 1 + _geometric(rng, 0.5))
        family = Family(number, rng.randrange(MODES), ranks.some(rng))
        days = [_day(scenario, rng)]
        while len(days) <= size:
            days.append(days[-1] + rng.expovariate(1 / scenario.gap))
        # A family that would reach beyond the archive begins on another day.
        if days[-1] < scenario.days and len(plan) + len(days) <= scenario.count:
            plan += [(day, family) for day in days]
            again -= size
            number += 1
        elif len(plan) + 2 > scenario.count or scenario.gap * 4 > scenario.days:
            break
    while len(plan) < scenario.count:
        plan.append((_day(scenario, rng), None))
    return plan


def _geometric(rng: Random, stop: float) -> int:
    """Return how many more there are, each after the last with the chance 1 - stop; at most 6."""
    return next((n for n in range(6) if rng.random() < stop), 6)


def _day(scenario: Scenario, rng: Random) -> float:
    """Draw a day: one at random, kept with a chance that grows with the rate there."""
    highest = (1 + scenario.season) * max(1.0, scenario.growth)
    while True:
        day = rng.random() * scenario.days
        if rng.random() * highest < scenario.rate(day):
            return day


class _Ranks:
    """Draws services by their power law."""

    def __init__(self, scenario: Scenario) -> None:
        weights = [1 / rank**scenario.skew for rank in range(1, scenario.services + 1)]
        self._sums = list(itertools.accumulate(weights))

    def one(self, rng: Random) -> int:
        return bisect.bisect(self._sums, rng.random() * self._sums[-1])

    def some(self, rng: Random) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.one(rng) for _ in range(rng.choice((1, 1, 2, 3)))))


def _incident(
    name: str,
    start: dt.datetime,
    day: float,
    family: Family | None,
    seen: dict[int, str],
    ranks: _Ranks,
    scenario: Scenario,
    rng: Random,
) -> Incident:
    median = scenario.median * scenario.slowdown ** (day / scenario.days)
    minutes = max(4, round(math.exp(rng.gauss(math.log(median), scenario.spread))))
    detected, acknowledged, mitigated = _milestones(start, minutes, scenario, rng)
    kind = "incident"
    if family is None and rng.random() < scenario.others:
        kind = _one(rng, KINDS)
    return Incident(
        id=name,
        kind=kind,
        severity=_one(rng, SEVERITIES),
        started=start,
        detected=detected,
        acknowledged=acknowledged,
        mitigated=mitigated,
        resolved=start + dt.timedelta(minutes=minutes),
        detection=_one(rng, DETECTIONS),
        services=family.services if family else ranks.some(rng),
        mode=family.mode if family else rng.randrange(MODES),
        form=rng.choices(FORMATS, _FORMAT_WEIGHTS)[0],
        family=family.number if family else None,
        first=seen.get(family.number) if family else None,
    )


def _milestones(
    start: dt.datetime, minutes: int, scenario: Scenario, rng: Random
) -> Sequence[dt.datetime | None]:
    """Divide the time to resolve into phases, and leave a milestone out now and then."""
    parts = [rng.gammavariate(shape, 1) for shape in (1.2, 0.7, 3.0, 2.5)]
    sums = list(itertools.accumulate(parts))
    times = [start + dt.timedelta(minutes=int(minutes * s / sums[-1])) for s in sums[:3]]
    left_out = rng.randrange(3) if rng.random() < scenario.withheld_milestones else None
    return [None if index == left_out else time for index, time in enumerate(times)]


def _one(rng: Random, weights: dict[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
