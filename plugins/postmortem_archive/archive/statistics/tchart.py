"""A control chart of the time between rare events."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_POWER = 3.6
_LEAST = 12
"""With so many gaps, limits take 1 in 50 that chance makes for more; with six, 1 in 20."""
_SPREAD = 2.66


@dataclass(frozen=True, slots=True)
class TChart:
    """Gaps in days, in the order of time, with the centre and the limits of chance, in days.

    A gap over `high` or under `low` is longer or shorter than gaps that vary by chance alone.
    """

    gaps: tuple[float, ...]
    centre: float
    low: float
    high: float

    def is_long(self, days: float) -> bool:
        """Tell whether a gap, maybe one that is still open, is longer than chance makes it."""
        return days > self.high and not math.isclose(days, self.high)

    def is_short(self, days: float) -> bool:
        """Tell whether a gap is shorter than chance makes it."""
        return days < self.low and not math.isclose(days, self.low)


def tchart(gaps_in_days: Sequence[float]) -> TChart | None:
    """Return the chart of gaps between events, or None for fewer than twelve.

    Times between random events are exponential; their power 1/3.6 is about normal, so that the
    limits are those of a chart of single values: the mean ± 2.66 times the mean moving range, taken
    back to days (Nelson 1994). A lower limit under 0 is 0. The gap that is still open is not one of
    them.
    """
    gaps = tuple(gaps_in_days)
    if len(gaps) < _LEAST:
        return None
    scaled = [gap ** (1 / _POWER) for gap in gaps]
    mean = statistics.fmean(scaled)
    reach = _SPREAD * statistics.fmean(abs(a - b) for a, b in itertools.pairwise(scaled))
    low, centre, high = (max(0.0, x) ** _POWER for x in (mean - reach, mean, mean + reach))
    return TChart(gaps, centre, low, high)
