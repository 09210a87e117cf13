"""Who noticed the incidents of a period, and how many were mitigated in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.statistics.shares import Share, share
from postmortem_archive.archive.trends.durations import source
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.archive.trends.windows import window
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import DETECTIONS

# What a site's own people and machines notice.
OURSELVES = frozenset({"alert", "staff_observation"})

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "detected_by": "Incidents of the period that a source of detection noticed.",
        "detected_by_trailing": "The same over the four quarters that end with the period.",
        "detected_by_ourselves": "The share of incidents noticed by an alert or by staff, of the"
        " period's incidents whose report tells the source; with the exact binomial interval.",
        "detected_by_ourselves_trailing": "The same over the four quarters that end with the"
        " period.",
        "mitigated_within": "The share of incidents whose TTM is at most the minutes that the site"
        " has set, of the period's incidents with a TTM; with the exact binomial interval.",
        "mitigated_within_trailing": "The same over the four quarters that end with the period.",
    }
)


@dataclass(frozen=True, slots=True)
class Noticed:
    """Who noticed the incidents of a stretch of days, and how many were mitigated in time.

    `sources` holds a count for each source that is told, in the order of the vocabulary; `unknown`
    counts incidents whose report says that nobody knows, `untold` those whose report is silent.
    Each share is of the incidents that tell what it needs, or None where none does.
    """

    incidents: int
    sources: Mapping[str, int]
    unknown: int
    untold: int
    ourselves: Share | None
    in_time: Share | None


@dataclass(frozen=True, slots=True)
class DetectionFacts:
    """Who noticed: in the period, and in its window where that is longer.

    `within` is the number of minutes in which an incident is to be mitigated.
    """

    here: Noticed
    window: Period
    trailing: Noticed | None
    within: int


def detection(archive: Archive, period: Period) -> DetectionFacts | None:
    """Return who noticed the incidents of a period, or None where there is nothing to tell."""
    over = window(period, archive.settings.as_of)
    inside, around = incidents_in(archive, period), incidents_in(archive, over)
    here = _noticed(inside, archive)
    if not here.sources and not here.unknown and here.in_time is None:
        return None
    longer = over.days > period.until(archive.settings.as_of).days
    return DetectionFacts(
        here=here,
        window=over,
        trailing=_noticed(around, archive) if longer else None,
        within=archive.settings.mitigate_within,
    )


def _noticed(incidents: Sequence[Report], archive: Archive) -> Noticed:
    told = [source(report) for report in incidents]
    sources = {
        name: told.count(name) for name in DETECTIONS.names if name != "unknown" and name in told
    }
    within = timedelta(minutes=archive.settings.mitigate_within)
    times = [
        time for report in incidents if (time := archive.clocks(report).get("ttm")) is not None
    ]
    return Noticed(
        incidents=len(incidents),
        sources=MappingProxyType(sources),
        unknown=told.count("unknown"),
        untold=told.count(None),
        ourselves=share(sum(sources.get(name, 0) for name in OURSELVES), sum(sources.values())),
        in_time=share(sum(time <= within for time in times), len(times)),
    )


def figures(facts: DetectionFacts) -> tuple[Figure, ...]:
    """Return the section's figures; a share is from 0 to 1."""
    found: list[Figure] = []
    for suffix, noticed in (("", facts.here), ("_trailing", facts.trailing)):
        if noticed is None:
            continue
        note = facts.window.title if suffix else ""
        counts = {**noticed.sources, "unknown": noticed.unknown, "not told": noticed.untold}
        found += [
            Figure(f"detected_by{suffix}", name, count, "incidents", noticed.incidents, note=note)
            for name, count in counts.items()
        ]
        found += [
            _share(f"detected_by_ourselves{suffix}", "", noticed.ourselves, note),
            _share(f"mitigated_within{suffix}", f"{facts.within} minutes", noticed.in_time, note),
        ]
    return tuple(found)


def _share(name: str, of: str, found: Share | None, note: str) -> Figure:
    if found is None:
        return Figure(name, of, None, "share", 0, note=note or "no incident tells it")
    return Figure(name, of, found.value, "share", found.n, found.low, found.high, note)
