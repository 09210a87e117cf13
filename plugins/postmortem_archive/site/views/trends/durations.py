"""How long the incidents of a period took, made ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from postmortem_archive.archive.clocks import PHASES, Clock, Phase
from postmortem_archive.archive.durations import minutes
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.statistics.quantiles import Quantile
from postmortem_archive.archive.trends.durations import (
    MOST_SHOWN,
    DurationFacts,
    Measured,
    Phased,
    Sample,
)
from postmortem_archive.report.vocabulary import DETECTIONS
from postmortem_archive.site import wording
from postmortem_archive.site.charts import (
    Band,
    Bar,
    Caption,
    Chart,
    Dot,
    DotRow,
    Part,
    Series,
    Tone,
    dot_strip,
    stacked_bars,
)
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link

_MOST_BARS = 12
_TONES = {name: Tone.of_phase(number) for number, (name, _) in enumerate(PHASES, start=1)}


@dataclass(frozen=True, slots=True)
class QuantileRow:
    """What a clock's figures read: a duration with its interval, or why there is none."""

    name: str
    n: str
    median: str
    p90: str
    mean: str | None


@dataclass(frozen=True, slots=True)
class DurationsView:
    """The clocks on one axis with their figures, the phases, and the clock of detection by source.

    `lead` says what was counted. `longest` says how many incidents the bars leave out. The rows
    have a mean only where the site's settings ask for it.
    """

    lead: str
    clocks: Chart
    rows: tuple[QuantileRow, ...]
    means: bool
    phases: Chart | None
    longest: str | None
    sources: Chart | None


def durations_view(facts: DurationFacts, period: Period, point: Viewpoint) -> DurationsView:
    """Return how long the incidents of a period took."""
    told = [(clock, sample) for clock, sample in facts.clocks if sample.measured or sample.n]
    shown = facts.phased[:_MOST_BARS]
    return DurationsView(
        lead=_lead(facts, period),
        clocks=_clocks(told, facts, period, point),
        rows=tuple(_row(clock, sample) for clock, sample in told),
        means=any(sample.mean is not None for _, sample in told),
        phases=_phases(shown, facts, period, point) if shown else None,
        longest=_longest(len(shown), len(facts.phased)),
        sources=_sources(facts, period, point),
    )


def _lead(facts: DurationFacts, period: Period) -> str:
    if period.kind is PeriodKind.ALL:
        return "Each dot is an incident. Medians and 90th percentiles are of all incidents."
    if (facts.window.start, facts.window.end) == (period.start, period.end):
        return (
            f"Each dot is an incident of {period.title}. Medians and 90th percentiles are of the"
            " same incidents."
        )
    return (
        f"Each dot is an incident of {period.title}. Medians and 90th percentiles are of all"
        f" incidents in {facts.window.title}."
    )


def _clocks(
    told: Sequence[tuple[Clock, Sample]], facts: DurationFacts, period: Period, point: Viewpoint
) -> Chart:
    rows = [
        _dots(wording.capital(clock.title), sample, point, clock.abbreviation)
        for clock, sample in told
    ]
    shown = [each for _, sample in told for each in sample.measured]
    caption = Caption(f"clocks-{period.name}", "The four clocks", _reading(facts))
    return dot_strip(caption, rows, _severities(shown, point))


def _dots(name: str, sample: Sample, point: Viewpoint, short: str = "") -> DotRow:
    latest = sample.measured[-MOST_SHOWN:]
    told = f"n = {len(sample.measured)}"
    if sample.missing:
        told += f", {sample.missing} without"
    if len(latest) < len(sample.measured):
        told += f", the latest {MOST_SHOWN} shown"
    bands = (("median", sample.median), ("p90", sample.p90))
    return DotRow(
        name=f"{name} ({short})" if short else name,
        told=told,
        dots=tuple(
            Dot(
                each.minutes,
                point.dated(each.report),
                point.report(each.report).href,
                Tone.of_severity(point.severity(each.report.severity)),
            )
            for each in latest
        ),
        bands=tuple(
            Band(title, found.value, found.low, found.high) for title, found in bands if found
        ),
    )


def _severities(shown: Sequence[Measured], point: Viewpoint) -> tuple[Series, ...]:
    """Return the severities that occur among dots, the most severe first."""
    names = {each.report.severity for each in shown}
    found = [
        Series(mark.title, Tone.of_severity(mark))
        for name in point.reading.severities.names
        if name in names and (mark := point.severity(name))
    ]
    none = [Series("no severity told", Tone.FAINT)] if None in names else []
    return (*found, *none)


def _reading(facts: DurationFacts) -> str:
    """Say the most that the clocks allow: of the last one that has a median."""
    ended = {"ttd": "detected", "tta": "acknowledged", "ttm": "mitigated", "ttr": "resolved"}
    for clock, sample in reversed(facts.clocks):
        if sample.median:
            found = sample.median
            after = "being detected" if clock.name == "tta" else "the first harm"
            return (
                f"{wording.capital(facts.window.title)}: half of the incidents were"
                f" {ended[clock.name]} within {_time(found.value)} of {after} (interval of at"
                f" least 90{wording.NBSP}%: {_ends(found)}; n = {found.n})."
            )
    return "There are fewer than five incidents for every clock, too few for a median."


def _row(clock: Clock, sample: Sample) -> QuantileRow:
    return QuantileRow(
        name=clock.abbreviation,
        n=f"{sample.n:,}",
        median=_quantile(sample.median, 5, sample.n),
        p90=_quantile(sample.p90, 29, sample.n),
        mean=None if sample.mean is None else _time(sample.mean),
    )


def _quantile(found: Quantile | None, least: int, n: int) -> str:
    if found is None:
        return f"none: {n} of the {least} incidents that it takes"
    return f"{_time(found.value)} ({_ends(found)})"


def _ends(found: Quantile) -> str:
    return wording.duration_range(timedelta(minutes=found.low), timedelta(minutes=found.high))


def _time(value: float) -> str:
    return wording.duration(timedelta(minutes=value))


def _phases(
    shown: Sequence[Phased], facts: DurationFacts, period: Period, point: Viewpoint
) -> Chart:
    bars = [
        Bar(
            label=Link(each.report.title, point.report(each.report).href),
            parts=tuple(_part(phase) for phase in each.phases),
            told=wording.duration(each.whole),
        )
        for each in shown
    ]
    without = f"; {facts.unphased} without phases" if facts.unphased else ""
    caption = Caption(
        f"phases-{period.name}",
        "Where the time went",
        "The phases of each incident, as parts of its time to resolve; the longest incident first"
        f" (n = {len(facts.phased)}{without}).",
    )
    occurring = {phase.parts[0] for each in shown for phase in each.phases}
    series = [Series(name, tone) for name, tone in _TONES.items() if name in occurring]
    return stacked_bars(caption, bars, series)


def _part(phase: Phase) -> Part:
    told = f"{phase.title} {wording.duration(phase.duration)}"
    return Part(minutes(phase.duration), told, _TONES[phase.parts[0]])


def _longest(shown: int, phased: int) -> str | None:
    if shown == phased:
        return None
    return f"And {wording.count_of(phased - shown, 'shorter incident')}."


def _sources(facts: DurationFacts, period: Period, point: Viewpoint) -> Chart | None:
    """Return TTD by the source of detection; None where all incidents have the same."""
    if len(facts.sources) < 2:
        return None
    rows = [
        _dots(DETECTIONS.title(name) if name else "Not told", sample, point)
        for name, sample in facts.sources
    ]
    caption = Caption(
        f"detection-{period.name}",
        "Time to detect, by who noticed",
        "From the first harm to the first alert or report, for each source of detection.",
    )
    shown = [each for _, sample in facts.sources for each in sample.measured]
    return dot_strip(caption, rows, _severities(shown, point))
