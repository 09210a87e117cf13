"""What is true of a made-up archive, by construction."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from statistics import NormalDist

MOST = 100_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """The truth behind an archive of `count` reports in the `years` before `until`.

    Incidents come at a rate that rises and falls over the year by the share `season` (0 to 1) and
    changes by the factor `growth` from the first day to the last. The share `recurring` of them are
    recurrences of an earlier one, after `gap` days on average; these make counts overdispersed.

    The time to resolve is lognormal with the given median (minutes) and spread (the standard
    deviation of its logarithm); `slowdown` is the factor by which its median changes over the whole
    time. Services follow a power law: the one of rank r has a weight of 1 / r ** skew.
    """

    count: int = 1000
    seed: int = 1
    until: dt.date = dt.date(2026, 9, 30)
    years: float = 3.0
    season: float = 0.3
    growth: float = 1.0
    recurring: float = 0.15
    gap: float = 60.0
    median: float = 64.0
    spread: float = 1.1
    slowdown: float = 1.0
    services: int = 40
    skew: float = 1.1
    others: float = 0.08
    """The share of drills, near misses and maintenance."""
    withheld_milestones: float = 0.1
    """The share of incidents whose report leaves a milestone out."""
    told: float = 0.3
    """The share of recurrences whose report names the earlier one."""
    words: int = 450
    """About how many words a report has, on average."""

    def __post_init__(self) -> None:
        if not 0 <= self.count <= MOST:
            raise ValueError(f"an archive has 0 to {MOST} reports, not {self.count}")

    @property
    def days(self) -> float:
        """How many days the archive spans."""
        return self.years * 365.25

    @property
    def begin(self) -> dt.datetime:
        """The moment from which incidents are told."""
        end = dt.datetime.combine(self.until, dt.time(), dt.UTC) + dt.timedelta(days=1)
        return end - dt.timedelta(days=self.days)

    def rate(self, day: float) -> float:
        """Return the rate of incidents on a day, in units of that of the first day's mean."""
        wave = 1 + self.season * math.sin(2 * math.pi * day / 365.25)
        return float(wave * self.growth ** (day / self.days))

    def quantile(self, share: float, day: float = 0.0) -> float:
        """Return the true quantile of the time to resolve on a day, in minutes."""
        median = self.median * self.slowdown ** (day / self.days)
        return median * math.exp(self.spread * NormalDist().inv_cdf(share))
