"""How the figures of a period read: shares and quantiles with their intervals, and headlines.

Ends of intervals are rounded outwards, so that what is printed holds as much as what was computed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from postmortem_archive.archive.statistics.quantiles import Quantile
from postmortem_archive.archive.statistics.shares import Share
from postmortem_archive.site import wording

# What is left of a whole number after a division must not push an end over it.
_SLIGHT = 1e-9

INTERVALS = "Intervals hold the true value at least 90% of the time."


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure in large type over its label; the note tells how sure it is, or what it is of."""

    value: str
    label: str
    note: str | None = None


def percent(value: float) -> str:
    """Return a share from 0 to 1 in whole percent."""
    return f"{100 * value:.0f}{wording.NBSP}%"


def share_text(told: Share) -> str:
    """Return a share in percent with its interval: `78 % (45–97 %)`."""
    return f"{percent(told.value)} ({interval_text(told)})"


def interval_text(told: Share) -> str:
    """Return the interval of a share in whole percent: `45–97 %`."""
    low = math.floor(100 * told.low + _SLIGHT)
    high = math.ceil(100 * told.high - _SLIGHT)
    return f"{low}–{high}{wording.NBSP}%"


def days_text(told: Quantile) -> str:
    """Return a quantile of whole days with its interval: `34 days (21–60)`."""
    value = f"{wording.number(told.value)}{wording.NBSP}{'day' if told.value == 1 else 'days'}"
    return f"{value} ({wording.number(told.low)}–{wording.number(told.high)})"


def p_value(value: float) -> str:
    """Return a p-value as far as it matters: `p = 0.042`, `p = 0.31`, `p < 0.001`."""
    if value < 0.001:
        return "p < 0.001"
    if value < 0.1:
        return f"p = {value:.3f}"
    return f"p = {value:.2f}" if value < 0.995 else "p = 1"
