"""How long the incidents of a period took: clocks, phases, and clocks by who noticed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.clocks import CLOCKS, Clock, Phase
from postmortem_archive.archive.durations import minutes
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.statistics.quantiles import Quantile, median, p90
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.archive.trends.windows import window
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import DETECTIONS

MOST_SHOWN = 100
"""Of more incidents than this the latest are told one by one; the quantiles are of all."""

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "clock": "The minutes that a clock of one incident of the period shows.",
        "clock_told": "Incidents of the period whose report tells both milestones of a clock, with"
        " the time of day and in order.",
        "clock_missing": "Incidents of the period whose report does not.",
        "clock_median": "The median of a clock over the four quarters that end with the period (a"
        " longer period: over itself), with the distribution-free interval of its order statistics;"
        " none under five incidents.",
        "clock_p90": "The duration that nine of ten incidents stay under, over the same stretch and"
        " with such an interval; none under 29 incidents.",
        "clock_mean": "The plain mean of a clock over the same stretch, which a site shows only if"
        " its settings ask for it.",
        "phase": "The minutes that one incident of the period spent in a phase.",
        "detection_median": "The median TTD of the incidents that one source of detection noticed,"
        " over the same stretch and with such an interval; none under five incidents.",
        "detection_p90": "The TTD that nine of ten of these incidents stay under; none"
        " under 29 incidents.",
    }
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A clock of an incident, in minutes."""

    report: Report
    minutes: float


@dataclass(frozen=True, slots=True)
class Sample:
    """The durations of a period, and the quantiles and mean of the `n` in its window.

    `missing` counts the period's incidents that tell no such duration.
    """

    measured: tuple[Measured, ...]
    missing: int
    n: int
    median: Quantile | None
    p90: Quantile | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Phased:
    """An incident with its phases, which add up to its TTR."""

    report: Report
    phases: tuple[Phase, ...]

    @property
    def whole(self) -> timedelta:
        """The time from the first harm to the end."""
        return sum((phase.duration for phase in self.phases), timedelta())


@dataclass(frozen=True, slots=True)
class DurationFacts:
    """The clocks of a period's incidents, their phases, and TTD by the source of detection.

    `sources` are keyed by the name of the source, None where none was told.
    """

    window: Period
    clocks: tuple[tuple[Clock, Sample], ...]
    phased: tuple[Phased, ...]
    unphased: int
    sources: tuple[tuple[str | None, Sample], ...]


def durations(archive: Archive, period: Period) -> DurationFacts | None:
    """Return how long a period's incidents took, or None where none of them tells a duration."""
    over = window(period, archive.settings.as_of)
    here, there = incidents_in(archive, period), incidents_in(archive, over)
    mean = archive.settings.show_mean

    def sample(name: str, inside: Sequence[Report], around: Sequence[Report]) -> Sample:
        told = _measured(archive, name, inside)
        values = [each.minutes for each in _measured(archive, name, around)]
        return Sample(
            measured=told,
            missing=len(inside) - len(told),
            n=len(values),
            median=median(values),
            p90=p90(values),
            mean=fmean(values) if mean and values else None,
        )

    found = tuple((clock, sample(clock.name, here, there)) for clock in CLOCKS)
    if not any(each.measured for _, each in found):
        return None
    phased = [Phased(report, parts) for report in here if (parts := archive.phases(report))]
    inside, around = _by_source(here), _by_source(there)
    by_source = (
        (name, sample("ttd", inside[name], around[name]))
        for name in (*DETECTIONS.names, None)
        if name in inside
    )
    return DurationFacts(
        window=over,
        clocks=found,
        phased=tuple(sorted(phased, key=lambda each: each.whole, reverse=True)),
        unphased=len(here) - len(phased),
        sources=tuple((name, each) for name, each in by_source if each.measured),
    )


def _measured(archive: Archive, clock: str, incidents: Sequence[Report]) -> tuple[Measured, ...]:
    return tuple(
        Measured(report, minutes(time))
        for report in incidents
        if (time := archive.clocks(report).get(clock)) is not None
    )


def _by_source(incidents: Sequence[Report]) -> Mapping[str | None, Sequence[Report]]:
    found: dict[str | None, list[Report]] = {}
    for report in incidents:
        found.setdefault(source(report), []).append(report)
    return found


def source(report: Report) -> str | None:
    """Return who or what noticed an incident, or None where its report does not tell."""
    return report.detection.source if report.detection else None


def figures(facts: DurationFacts) -> tuple[Figure, ...]:
    """Return the section's figures, all durations in minutes."""
    found: list[Figure] = []
    for clock, sample in facts.clocks:
        short, told = clock.abbreviation, len(sample.measured)
        found += [
            Figure("clock_told", short, told, "incidents", told + sample.missing),
            Figure("clock_missing", short, sample.missing, "incidents", told + sample.missing),
            _quantile("clock_median", short, sample.median, sample, facts.window),
            _quantile("clock_p90", short, sample.p90, sample, facts.window),
        ]
        if sample.mean is not None:
            over = facts.window.title
            found.append(Figure("clock_mean", short, sample.mean, "minutes", sample.n, note=over))
    for name, sample in facts.sources:
        of = name or "not told"
        found += [
            _quantile("detection_median", of, sample.median, sample, facts.window),
            _quantile("detection_p90", of, sample.p90, sample, facts.window),
        ]
    found += [
        Figure("clock", f"{clock.abbreviation} of {each.report.id}", each.minutes, "minutes", 1)
        for clock, sample in facts.clocks
        for each in sample.measured[-MOST_SHOWN:]
    ]
    found += [
        Figure("phase", f"{phase.name} of {each.report.id}", minutes(phase.duration), "minutes", 1)
        for each in facts.phased[:MOST_SHOWN]
        for phase in each.phases
    ]
    return tuple(found)


def _quantile(
    name: str, of: str, quantile: Quantile | None, sample: Sample, over: Period
) -> Figure:
    if quantile is None:
        note = f"{over.title}: too few incidents"
        return Figure(name, of, None, "minutes", sample.n, note=note)
    ends = (quantile.low, quantile.high)
    return Figure(name, of, quantile.value, "minutes", quantile.n, *ends, note=over.title)
