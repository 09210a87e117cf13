"""Values to places on an axis, and the ticks that stand there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from postmortem_archive.site import wording

# How far apart ticks must be, in percent of the axis, and whether they then stand there always, or
# only where the chart is wide.
_ACROSS = ((14.0, True), (7.0, False))
_UPRIGHT = ((11.0, True),)
# How much of an axis of durations is kept for 0, which has no place on a logarithmic one.
_ZERO = 9.0
# The least span of an axis of durations: from a value to one so many times as long.
_LEAST_SPAN = 30.0

# A span of so many years has no room for the names of months.
_MANY_YEARS = 15

_HOUR, _DAY, _WEEK, _YEAR = 60.0, 1440.0, 10_080.0, 525_600.0
# Durations that people think in, in minutes: those that an axis names first, then others.
_DURATIONS: tuple[tuple[tuple[float, str], ...], ...] = (
    ((1 / 60, "1 s"), (1, "1 min"), (_HOUR, "1 h"), (_DAY, "1 d"), (_WEEK, "1 wk"),
     (30 * _DAY, "30 d"), (_YEAR, "1 yr"), (10 * _YEAR, "10 yr"), (100 * _YEAR, "100 yr")),
    ((10 / 60, "10 s"), (5, "5 min"), (30, "30 min"), (4 * _HOUR, "4 h"), (90 * _DAY, "90 d")),
    ((0.5, "30 s"), (2, "2 min"), (10, "10 min"), (15, "15 min"), (2 * _HOUR, "2 h"),
     (8 * _HOUR, "8 h"), (12 * _HOUR, "12 h"), (2 * _DAY, "2 d"), (3 * _DAY, "3 d"),
     (2 * _WEEK, "2 wk")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tick:
    """A value with a name, at `at` percent; `always` there, or only where the chart is wide."""

    at: float
    text: str
    always: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from `low` to `high`; places on it are in percent.

    `law` bends it (the logarithm, a root). The first `zero` percent are kept for values of 0 and
    below, where the law has none.
    """

    low: float
    high: float
    law: Callable[[float], float] = float
    zero: float = 0.0
    ticks: tuple[Tick, ...] = ()

    def at(self, value: float) -> float:
        """Return the place of a value; one beyond an end of the axis stands at that end."""
        if self.zero and value <= 0:
            return self.zero / 2
        inside = min(max(value, self.low), self.high)
        start, end = self.law(self.low), self.law(self.high)
        return self.zero + (100 - self.zero) * (self.law(inside) - start) / (end - start)


def linear(values: Iterable[float], *, whole: bool = False) -> Axis:
    """Return an axis from 0 to a round number that no value is above.

    With `whole`, its ticks are whole numbers.
    """
    highest = max(values, default=0)
    step = max(_step(highest), 1.0 if whole else 0.0)
    count = max(1, math.ceil(highest / step - 1e-9))
    axis = Axis(0, count * step)
    ticks = tuple(Tick(axis.at(step * n), figure(step * n)) for n in range(count + 1))
    return replace(axis, ticks=ticks)


def _step(highest: float) -> float:
    """Return 1, 2 or 5 times a power of ten, so that at most five steps reach a value."""
    if highest <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(highest / 4))
    return next(
        times * power for times in (1, 2, 5, 10) if highest <= 5 * times * power * (1 + 1e-9)
    )


def figure(value: float) -> str:
    """Return a value as an axis names it: a small one with two digits that count."""
    return wording.number(value) if value == 0 or value >= 1 else f"{value:.2g}"


def durations(values: Iterable[float]) -> Axis:
    """Return a logarithmic axis for durations in minutes, with a place for 0 if one is 0.

    Its ticks are durations that people think in: 1 min, 5 min, 30 min, 1 h, 4 h, 1 d, 1 wk.
    """
    told = sorted(values)
    above = [value for value in told if value > 0]
    low, high = (above[0] / 1.2, above[-1] * 1.2) if above else (1.0, _HOUR)
    missing = math.sqrt(max(1, _LEAST_SPAN / (high / low)))
    zero = _ZERO if told and told[0] <= 0 else 0.0
    axis = Axis(low / missing, high * missing, math.log10, zero)
    nought = [Tick(axis.at(0), "0")] if zero else []
    ranks = [
        [Tick(axis.at(value), name) for value, name in rank if axis.low <= value <= axis.high]
        for rank in _DURATIONS
    ]
    return replace(axis, ticks=_thinned([nought, *ranks]))


def root(values: Iterable[float], power: float) -> Axis:
    """Return an axis from 0 on which a value stands at its root: `value ** (1 / power)`.

    Its ticks are 0 and 1, 2 and 5 times the powers of ten, as far as there is room.
    """
    axis = Axis(0, max((*values, 1.0)) * 1.1, lambda value: value ** (1 / power))
    powers = [10.0**digits for digits in range(math.ceil(math.log10(axis.high)))]
    ranks = [[0.0, *powers], [5 * value for value in powers], [2 * value for value in powers]]
    ticks = _thinned(
        [
            [Tick(axis.at(value), figure(value)) for value in rank if value <= axis.high]
            for rank in ranks
        ],
        _UPRIGHT,
    )
    return replace(axis, ticks=ticks)


def days(first: date, last: date) -> Axis:
    """Return an axis of time from one day to a later one, by the days' ordinals.

    Its ticks are the first days of years and, where there is room, of quarters and months.
    """
    axis = Axis(first.toordinal(), max(last.toordinal(), first.toordinal() + 1))
    ranks: list[list[Tick]] = [[], [], []]
    months = 1 if last.year - first.year < _MANY_YEARS else 12
    for on in _firsts_of_months(first, last, months):
        rank = 0 if on.month == 1 else 1 if on.month % 3 == 1 else 2
        name = f"{on.year:04}" if rank == 0 else wording.short_month(on)
        ranks[rank].append(Tick(axis.at(on.toordinal()), name))
    return replace(axis, ticks=_thinned(ranks))


def _firsts_of_months(first: date, last: date, step: int) -> Iterator[date]:
    start = first.year * 12 + first.month - (first.day == 1)
    for number in range(-(-start // step) * step, last.year * 12 + last.month, step):
        yield date(number // 12, number % 12 + 1, 1)


def _thinned(
    ranks: Sequence[Sequence[Tick]], gaps: Sequence[tuple[float, bool]] = _ACROSS
) -> tuple[Tick, ...]:
    """Return the ticks that have room, those of the first ranks before others, in their order."""
    kept: list[Tick] = []
    for gap, always in gaps:
        for rank in ranks:
            for tick in rank:
                if all(abs(tick.at - other.at) >= gap for other in kept):
                    kept.append(replace(tick, always=always))
    return tuple(sorted(kept, key=lambda tick: tick.at))
