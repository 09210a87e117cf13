"""How many incidents a period has, against earlier periods and against chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.trends.changes import Against, Change, Changes, changes
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.gaps import Gaps, gaps
from postmortem_archive.archive.trends.tallies import Tallies, Tally

_COLUMNS: Mapping[PeriodKind, int] = MappingProxyType(
    {PeriodKind.MONTH: 13, PeriodKind.QUARTER: 8, PeriodKind.YEAR: 20}
)
"""So many periods of a kind stand beside each other, so that the first has its year before."""

_MOST_QUARTERS = 16

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "incidents": "Incidents that began in the period, up to the day that the archive speaks"
        " of.",
        "incidents_of_severity": "Incidents of the period with one severity.",
        "reports_of_kind": "Reports of the period that are not of incidents, by kind. They count in"
        " no rate.",
        "recurrences_folded": "Incidents of the period that do not count in rates and tests,"
        " because one of the same cause began at most 7 days before.",
        "service_days": "For each service that was in use, the days of the period on which it was,"
        " from the archive's first incident on. Without services in the settings, the days.",
        "incident_rate": "Incidents of the period per service-day, with the exact 90% interval of a"
        " Poisson count. The archive's first incident, with which its days begin, is not counted.",
        "change_in_incidents": "The p-value of the test of the period's incidents against an"
        " earlier period, allowing for dispersion, adjusted by Holm's method for the other counts"
        " within eight tenths of the page's level of .05. The note has the verdict.",
        "dispersion_of_counts": "The dispersion index of the counts of incidents in the four years"
        " before the period: about 1 where they vary as chance makes them vary.",
        "days_since_major": "Days from the last major incident to the end of the period, or to the"
        " day that the archive speaks of.",
        "days_before_major": "Days up to a major incident of the period from the one before it;"
        " those of one cause within 7 days count once.",
        "days_between_majors": "The days between major incidents: the centre of their T-chart and"
        " its limits.",
    }
)


@dataclass(frozen=True, slots=True)
class CountsFacts:
    """How many incidents and others a period has, and what that tells.

    `columns` are the periods that lead up to it, or that it consists of.
    """

    changes: Changes
    columns: tuple[Tally, ...]
    gaps: Gaps | None

    @property
    def now(self) -> Tally:
        """The period itself."""
        return self.changes.now


def counts(archive: Archive, period: Period) -> CountsFacts | None:
    """Count a period; None for one that ends before the first incident, or is still to come."""
    tallies = Tallies(archive)
    known = period.until(archive.settings.as_of)
    if tallies.first is None or not known.days or known.last < tallies.first:
        return None
    return CountsFacts(
        changes=changes(tallies, period),
        columns=tuple(tallies.tally(one) for one in _columns(tallies, known, period)),
        gaps=gaps(tallies, period),
    )


def _columns(tallies: Tallies, known: Period, period: Period) -> list[Period]:
    """Return the periods to show beside each other, in the order of time.

    Of all time, quarters, or years where there are too many quarters. Of a year, the quarters of
    its own and of the year before. A span has none: it may begin or end within one.
    """
    if period.kind is PeriodKind.SPAN:
        return []
    kind: PeriodKind = PeriodKind.QUARTER if period.kind is PeriodKind.YEAR else period.kind
    if kind is PeriodKind.ALL:
        quarters = list(_up_to(tallies, known, PeriodKind.QUARTER, _MOST_QUARTERS + 1))
        if len(quarters) <= _MOST_QUARTERS:
            return quarters[::-1]
        kind = PeriodKind.YEAR
    return list(_up_to(tallies, known, kind, _COLUMNS[kind]))[::-1]


def _up_to(tallies: Tallies, known: Period, kind: PeriodKind, most: int) -> Iterator[Period]:
    """Give the periods of a kind up to the last day known, the last first."""
    year_starts = tallies.archive.settings.year_starts
    found: Period | None = period_of(kind, known.last, year_starts)
    for _ in range(most):
        if found is None or not found.days or not tallies.first or found.end <= tallies.first:
            return
        yield found
        found = found.before()


def figures(facts: CountsFacts) -> tuple[Figure, ...]:
    """Return the section's figures."""
    return (*_tallied(facts.now), *_tested(facts.changes), *_majors(facts.gaps, facts.now.period))


def _tallied(now: Tally) -> Iterator[Figure]:
    yield Figure("incidents", "all", now.incidents.count, "incidents")
    yield Figure("incidents", "major", now.majors.count, "incidents")
    for severity, count in now.severities:
        yield Figure("incidents_of_severity", severity or "none", count, "incidents")
    for kind, count in now.kinds:
        yield Figure("reports_of_kind", kind, count, "reports")
    yield Figure("recurrences_folded", "all", now.incidents.folded, "incidents")
    yield Figure("recurrences_folded", "major", now.majors.folded, "incidents")
    unit = "days" if now.exposure.services is None else "service-days"
    yield Figure("service_days", "", now.exposure.total, unit, n=now.exposure.services)
    for of, rate in (("all", now.rate), ("major", now.major_rate)):
        if rate:
            yield Figure("incident_rate", of, rate.value, f"per {unit[:-1]}", rate.n, rate.low,
                         rate.high)  # fmt: skip


def _tested(found: Changes) -> Iterator[Figure]:
    for change in found.tests:
        yield Figure("change_in_incidents", _of(change), change.comparison.adjusted, "p-value",
                     n=change.comparison.before + change.comparison.after,
                     note=change.why or change.comparison.verdict)  # fmt: skip
    if found.dispersion:
        index = found.dispersion
        yield Figure("dispersion_of_counts", "", index.value, "index", n=index.n)


def _of(change: Change) -> str:
    against = {
        Against.BEFORE: "against the period before",
        Against.YEAR_BEFORE: "against the year before",
    }
    return f"{'major' if change.majors else 'all'} {against[change.against]}"


def _majors(found: Gaps | None, period: Period) -> Iterator[Figure]:
    if found is None:
        return
    yield Figure("days_since_major", found.last.id, found.since, "days")
    for gap in found.gaps:
        if period.holds(gap.end):
            yield Figure("days_before_major", gap.report.id, gap.days, "days")
    if found.chart:
        chart = found.chart
        yield Figure("days_between_majors", "", chart.centre, "days", len(chart.gaps), chart.low,
                     chart.high)  # fmt: skip
