"""A control chart of the time between rare events."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_POWER = 3.6
_LEAST = 6
_SPREAD = 2.66


@dataclass(frozen=True, slots=True)
class TChart:
    """Gaps in days, in the order of time, with the centre and the limits of chance, in days.

    A gap over `high` or under `low` is longer or shorter than the gaps vary among themselves.
    """

    gaps: tuple[float, ...]
    centre: float
    low: float
    high: float


def tchart(gaps_in_days: Sequence[float]) -> TChart | None:
    """Return the chart of gaps between events, or None for fewer than six.

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
