"""Whether a period had more incidents or fewer than others: every test of the counts on its page.

Four tests at most share a page, and Holm's adjustment: all incidents and the major ones, each
against the period before and against the same period of the year before. Single severities are not
tested, as every further test takes power from all.

The year before needs no allowance for seasons. Between a period and the one before, the seasons
differ; what is tested there is whether the change differs from the one that earlier years had
between the same two periods. Without an earlier year there is no such test.

How much counts vary beyond chance is taken from the four years before the period, and every test
allows for it. (`tests/benchmarks/coverage.py` shows what happens without.)

The page tests the shares of causes too; that its level of .05 holds for both, each has a part.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.statistics.counts import (
    Comparison,
    compare,
    compare_with_usual,
    judged,
)
from postmortem_archive.archive.statistics.dispersion import dispersion
from postmortem_archive.archive.trends.tallies import Events, Tallies, Tally

COUNTS_PART, CAUSES_PART = 0.8, 0.1
"""The parts of a page's level of .05 that its tests of counts have, and its tests of causes: few
tests that most people come for, and many of which each can only tell of a great change. A tenth is
left over, for an index of dispersion is itself an estimate from little."""

_YEARS = 4
"""So many years before a period tell of its seasons and of how counts vary."""

_PER_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 1}


class Against(StrEnum):
    """What a period is compared with."""

    BEFORE = "before"
    YEAR_BEFORE = "year_before"


class Untested(StrEnum):
    """Why two periods are not compared by a test."""

    NO_EXPOSURE = "no_exposure"
    NO_SEASON = "no_season"
    NOTHING_COUNTED = "nothing_counted"


@dataclass(frozen=True, slots=True)
class Change:
    """A comparison of the incidents, or the major ones, of two periods.

    `comparison` is without a p-value where there was no test, and then `why` tells the reason.
    `seasonal` says that the change was held against the one of earlier years.
    """

    majors: bool
    against: Against
    comparison: Comparison
    seasonal: bool = False
    why: Untested | None = None


@dataclass(frozen=True, slots=True)
class Dispersion:
    """The dispersion index of the counts of `n` periods of a kind, in the years before a period.

    `seasonal` says that each was held against others of its season.
    """

    value: float
    n: int
    kind: PeriodKind
    seasonal: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """A period's tests, judged together. `before` and `year_before` are None where not covered.

    A year has no `before` besides the year before.
    """

    now: Tally
    before: Tally | None
    year_before: Tally | None
    dispersion: Dispersion | None
    tests: tuple[Change, ...]


def changes(tallies: Tallies, period: Period) -> Changes:
    """Compare a period with the one before and with the same of the year before."""
    now = tallies.tally(period)
    index = dispersion_around(tallies, period)
    year_before = _covered(tallies, period.year_before())
    before = None if period.kind is PeriodKind.YEAR else _covered(tallies, period.before())
    spread = index.value if index else 1.0
    tests = []
    if now.whole and before:
        usual = tuple(_usual(tallies, period))
        tests += [_with_before(now, before, usual, spread, majors=one) for one in (False, True)]
    if now.whole and year_before:
        tests += [_with_year_before(now, year_before, spread, majors=one) for one in (False, True)]
    verdicts = judged([test.comparison for test in tests], COUNTS_PART)
    return Changes(
        now,
        before,
        year_before,
        index,
        tuple(
            Change(test.majors, test.against, verdict, test.seasonal, test.why)
            for test, verdict in zip(tests, verdicts, strict=True)
        ),
    )


def dispersion_around(tallies: Tallies, period: Period) -> Dispersion | None:
    """Return the dispersion index of the incidents in the four years before a period.

    Of a month it is that of months, of anything else that of quarters. Each is held against those
    of its season, where two years have been; before that, seasons count as spread.

    Two years are compared by what varies within years, for one year before another is all that
    many archives have: each quarter is held against its year, that year's own among them.
    """
    kind = PeriodKind.MONTH if period.kind is PeriodKind.MONTH else PeriodKind.QUARTER
    if period.kind is PeriodKind.YEAR:
        return _within_years(tallies, period)
    start = period_of(kind, period.start, period.year_starts)
    found = [tallies.tally(one) for one in _wholes(tallies, start, _YEARS * _PER_YEAR[kind])]
    seasonal = len(found) >= 2 * _PER_YEAR[kind]
    seasons = [place % _PER_YEAR[kind] if seasonal else 0 for place in range(len(found))]
    return _dispersion(found, seasons, kind, seasonal=seasonal)


def _within_years(tallies: Tallies, period: Period) -> Dispersion | None:
    last = period_of(PeriodKind.QUARTER, period.last, period.year_starts)
    quarters = [last, *_wholes(tallies, last, (_YEARS + 1) * 4 - 1)]
    as_of = tallies.archive.settings.as_of
    found = [tallies.tally(one) for one in quarters if tallies.is_whole(one) and one.last <= as_of]
    years = [
        period_of(PeriodKind.YEAR, tally.period.start, period.year_starts).name for tally in found
    ]
    return _dispersion(found, years, PeriodKind.QUARTER, seasonal=False)


def _dispersion(
    found: Sequence[Tally], groups: Sequence[Hashable], kind: PeriodKind, *, seasonal: bool
) -> Dispersion | None:
    counts = [tally.incidents.counted for tally in found]
    index = dispersion(counts, [tally.exposure.total for tally in found], groups)
    return None if index is None else Dispersion(index, len(found), kind, seasonal)


def stretches_around(tallies: Tallies, period: Period) -> Sequence[tuple[str, Period]]:
    """Return the stretches that tell how the shares of causes vary, each with its group's name.

    Of a year they are the halves of itself and of those before, each year a group: as wide as they
    can be, for a run of recurrences fills more of a year than of its quarters. Of anything else
    they are the quarters of the four years before it, all in one group.
    """
    if period.kind is not PeriodKind.YEAR:
        start = period_of(PeriodKind.QUARTER, period.start, period.year_starts)
        return [("", quarter) for quarter in _wholes(tallies, start, _YEARS * 4)]
    years = [period, *_wholes(tallies, period, _YEARS)]
    as_of = tallies.archive.settings.as_of
    return [
        (year.name, half)
        for year in years
        if tallies.is_whole(year)
        for half in _halves(year)
        if half.last <= as_of
    ]


def _halves(year: Period) -> tuple[Period, Period]:
    third = period_of(PeriodKind.QUARTER, year.last, year.year_starts).before()
    middle = third.start if third else year.end
    return replace(year, end=middle), replace(year, start=middle)


def _wholes(tallies: Tallies, period: Period, most: int) -> Iterator[Period]:
    """Give the periods before one, the last first, that the archive tells of wholly."""
    for count in range(1, most + 1):
        earlier = period.before(count)
        if earlier is None or not earlier.days or not tallies.is_whole(earlier):
            return
        yield earlier


def _covered(tallies: Tallies, period: Period | None) -> Tally | None:
    if period is None or not period.days or not tallies.is_whole(period):
        return None
    return tallies.tally(period)


def _usual(tallies: Tallies, period: Period) -> Iterator[tuple[Tally, Tally]]:
    """Give the same period of each earlier year, after the one that was before it."""
    for years in range(1, _YEARS + 1):
        after = _covered(tallies, period.before(years * _PER_YEAR[period.kind]))
        before = _covered(tallies, period.before(years * _PER_YEAR[period.kind] + 1))
        if after is None or before is None:
            return
        yield before, after


def _with_year_before(now: Tally, before: Tally, spread: float, *, majors: bool) -> Change:
    compared = compare(
        _events(before, majors=majors).counted,
        _events(now, majors=majors).counted,
        before.exposure.total,
        now.exposure.total,
        dispersion=spread,
    )
    return Change(majors, Against.YEAR_BEFORE, compared, why=_why(compared))


def _with_before(
    now: Tally,
    before: Tally,
    usual: Sequence[tuple[Tally, Tally]],
    spread: float,
    *,
    majors: bool,
) -> Change:
    step = _step([(before, now)], majors=majors)
    if not usual:
        return Change(majors, Against.BEFORE, step, why=Untested.NO_SEASON)
    compared = compare_with_usual(step, _step(usual, majors=majors), dispersion=spread)
    return Change(majors, Against.BEFORE, compared, seasonal=True, why=_why(compared))


def _step(pairs: Sequence[tuple[Tally, Tally]], *, majors: bool) -> Comparison:
    """Return the counts and exposures of pairs of periods, not tested."""
    return Comparison(
        sum(_events(before, majors=majors).counted for before, _ in pairs),
        sum(_events(after, majors=majors).counted for _, after in pairs),
        sum(before.exposure.total for before, _ in pairs),
        sum(after.exposure.total for _, after in pairs),
    )


def _events(tally: Tally, *, majors: bool) -> Events:
    return tally.majors if majors else tally.incidents


def _why(compared: Comparison) -> Untested | None:
    if compared.p is not None:
        return None
    if min(compared.exposure_before, compared.exposure_after) <= 0:
        return Untested.NO_EXPOSURE
    return Untested.NOTHING_COUNTED
