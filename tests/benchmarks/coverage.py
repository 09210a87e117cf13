"""Whether the statistics of trends keep their word, on made-up archives of which all is known.

    python tests/benchmarks/coverage.py [ARCHIVES]

Archives come from the generator of `tests/scale`, as reports that were never written down. The
first table tells how often each interval held the truth, the second how often a T-chart takes
chance for chance, the third how often the mean of a year's durations tells a gain for a loss. The
last tells how often the page of a quarter or of a year says "more" or "fewer": in archives where
nothing changed, which is to be at most 6 in 100, and in archives whose last quarter has twice the
incidents. Beside the page's own procedure stand the same counts by plain tests, without its
allowance for seasons and dispersion. 200 archives of each sort, which is what is taken when no
number is told, take ten minutes.
"""

import datetime as dt
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import fmean
from statistics import median as middle

sys.path.insert(0, str(Path(__file__).parents[1]))

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period, PeriodKind, periods_between
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.archive.statistics.counts import Comparison, Verdict, compare, judged
from postmortem_archive.archive.statistics.quantiles import median, p90
from postmortem_archive.archive.statistics.rates import mtbf, rate
from postmortem_archive.archive.statistics.shares import share
from postmortem_archive.archive.statistics.tchart import tchart
from postmortem_archive.archive.trends.causes import causes
from postmortem_archive.archive.trends.changes import Change, changes
from postmortem_archive.archive.trends.tallies import Tallies
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Cause, Moment, Precision, Relation, Report
from scale.scenario import Scenario
from scale.simulate import Incident, incidents
from scale.texts import modes

PLACE = Place(1, 1)
MODES = modes()
SOURCES = ("alert", "staff_observation")
FOUND_BY_US = 0.7  # What the generator gives to alert and staff_observation together.

STILL = Scenario(season=0.0, recurring=0.0, others=0.0)
SEASONAL = replace(STILL, season=0.3)
USUAL = replace(SEASONAL, recurring=0.15)
RUNS = replace(SEASONAL, recurring=0.4, gap=20.0)
SORTS = {
    "no season, no recurrences": STILL,
    "seasons 0.3": SEASONAL,
    "seasons 0.3, 15% recur after 60 days": USUAL,
    "seasons 0.3, 40% recur after 20 days": RUNS,
}
COUNTS = (100, 300, 1000)


@dataclass
class Held:
    """How often an interval held the truth, of how many."""

    held: int = 0
    of: int = 0

    def note(self, low: float, high: float | None, truth: float) -> None:
        self.of += 1
        self.held += low <= truth and (high is None or truth <= high)

    @property
    def share(self) -> float:
        return self.held / self.of


def archive(scenario: Scenario, *, doubled: bool = False) -> Archive:
    """Return the archive of a scenario; `doubled` gives its last quarter twice the incidents."""
    made = incidents(scenario)
    rng = Random(f"{scenario.seed} coverage")
    reports = [_report(one, tells=rng.random() < scenario.told) for one in made]
    if doubled:
        reports += _again(reports, last_quarter(scenario), rng)
        reports.sort(key=lambda report: report.milestones["started"].at)
    settings = ArchiveSettings(as_of=scenario.until)
    return Archive(settings, tuple(reports), (), frozenset(), frozenset(), ())


def _report(one: Incident, *, tells: bool) -> Report:
    related = (Relation(one.first, "recurrence_of", PLACE),) if one.first and tells else ()
    return Report(
        path=f"{one.id}.md",
        id=one.id,
        title=one.id,
        date=one.started.date(),
        kind=one.kind,
        severity=one.severity,
        milestones={"started": Moment(one.started, Precision.MINUTE)},
        related=related,
        trigger=Cause(MODES[one.mode]["trigger"]),
        root_cause=Cause(MODES[one.mode]["cause"]),
    )


def _again(reports: Sequence[Report], period: Period, rng: Random) -> Iterator[Report]:
    """Give as many incidents as a period has had, each on a day of its own choice."""
    for number, report in enumerate([one for one in reports if period.holds(one.date)]):
        on = period.start + dt.timedelta(days=rng.randrange(period.days))
        at = Moment(dt.datetime.combine(on, dt.time(12), dt.UTC), Precision.MINUTE)
        name = f"again-{number}"
        yield replace(report, path=name, id=name, date=on, milestones={"started": at}, related=())


def last_quarter(scenario: Scenario) -> Period:
    """Return the last quarter of a scenario, which ends on its last day."""
    *_, last = periods_between(PeriodKind.QUARTER, scenario.begin.date(), scenario.until)
    return last


def scenarios(sort: Scenario, count: int, archives: int) -> Iterator[Scenario]:
    for seed in range(archives):
        yield replace(sort, count=count, seed=seed)


# Intervals.


def coverage(archives: int) -> dict[str, Held]:
    """Return how often each interval holds the truth, over samples of very different sizes."""
    found = {name: Held() for name in ("median", "p90", "rate", "MTBF", "share")}
    for count in (5, 8, 12, 29, 40, 90, 250):
        for scenario in scenarios(STILL, count, archives):
            made = incidents(scenario)
            _durations(scenario, [one.minutes for one in made], found)
            ours = sum(1 for one in made if one.detection in SOURCES)
            told = share(ours, count)
            found["share"].note(told.low, told.high, FOUND_BY_US)
            _thinned(scenario, made, found)
    return found


def _durations(scenario: Scenario, minutes: list[float], found: dict[str, Held]) -> None:
    for name, quantile, part in (("median", median, 0.5), ("p90", p90, 0.9)):
        told = quantile(minutes)
        if told:
            found[name].note(told.low, told.high, scenario.quantile(part))


def _thinned(scenario: Scenario, made: list[Incident], found: dict[str, Held]) -> None:
    """Note the rate of the first quarter's incidents.

    An archive has a number of incidents that is set, so those of a part of its time are binomial,
    a little less spread than a Poisson count: a twelfth of the time keeps that small.
    """
    days = scenario.days / 12
    n = sum(1 for one in made if (one.started - scenario.begin).total_seconds() < days * 86_400)
    truth = scenario.count / scenario.days
    often, apart = rate(n, days), mtbf(n, days)
    found["rate"].note(often.low, often.high, truth)
    found["MTBF"].note(apart.low, apart.high, 1 / truth)


# Gaps.


def false_alarms(archives: int, gaps: int) -> Held:
    """Return how often the next gap of events at random is within the limits of those before."""
    rng, within = Random(f"{gaps} gaps"), Held()
    for _ in range(archives):
        chart = tchart([rng.expovariate(1 / 30) for _ in range(gaps)])
        within.note(chart.low, chart.high, rng.expovariate(1 / 30))
    return within


# Means.


def wrong_ways(archives: int, count: int) -> tuple[Held, Held]:
    """Return how often two years' means, and medians, tell a gain of a tenth as none or a loss."""
    means, medians = Held(), Held()
    for number in range(archives):
        before, after = (
            [one.minutes for one in incidents(replace(STILL, count=count, seed=seed, years=1.0))]
            for seed in (2 * number, 2 * number + 1)
        )
        for statistic, found in ((fmean, means), (middle, medians)):
            found.note(statistic(before), None, 0.9 * statistic(after))
    return means, medians


# Changes.


@dataclass
class Said:
    """How many pages said that something changed.

    `page` by all that a page tests, `counts` in its section of counts alone, `plain` there by plain
    tests.
    """

    pages: int = 0
    page: int = 0
    counts: int = 0
    plain: int = 0


def still_pages(sort: Scenario, count: int, archives: int) -> tuple[Said, Said]:
    """Return what the pages of all quarters and of all years say where nothing changed."""
    quarters, years = Said(), Said()
    for scenario in scenarios(sort, count, archives):
        tallies = Tallies(archive(scenario))
        for kind, said in ((PeriodKind.QUARTER, quarters), (PeriodKind.YEAR, years)):
            for period in pages(tallies, kind):
                note(tallies, period, said)
    return quarters, years


def doubled_pages(sort: Scenario, count: int, archives: int) -> Said:
    """Return what the page of the last quarter says where that has twice the incidents."""
    said = Said()
    for scenario in scenarios(sort, count, archives):
        tallies = Tallies(archive(scenario, doubled=True))
        note(tallies, last_quarter(scenario), said)
    return said


def pages(tallies: Tallies, kind: PeriodKind) -> Iterator[Period]:
    """Give the periods that an archive compares with anything, over its whole time."""
    first, last = tallies.first, tallies.archive.settings.as_of
    for period in periods_between(kind, first, last):
        earlier = period.year_before()
        if not period.in_progress(last) and earlier and tallies.is_whole(earlier):
            yield period


def note(tallies: Tallies, period: Period, said: Said) -> None:
    found = changes(tallies, period)
    counted = any(_changed(test.comparison) for test in found.tests)
    why = causes(tallies.archive, period)
    shares = why.changed.shares if why and why.changed else ()
    said.pages += 1
    said.counts += counted
    said.page += counted or any(_changed(one.comparison) for one in shares)
    said.plain += any(_changed(one) for one in judged([_plain(test) for test in found.tests]))


def _plain(test: Change) -> Comparison:
    one = test.comparison
    return compare(one.before, one.after, one.exposure_before, one.exposure_after)


def _changed(comparison: Comparison) -> bool:
    return comparison.verdict in {Verdict.MORE, Verdict.FEWER}


# How sure the tables are.


def percent(part: int, of: int) -> str:
    """Return a share in percent, with the standard error of its simulation."""
    value = part / of
    return f"{100 * value:5.1f}% ±{100 * math.sqrt(value * (1 - value) / of):.1f}"


def main() -> None:
    archives = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print("How often an interval held the truth (at least 90% is claimed)")
    for name, held in coverage(archives).items():
        print(f"  {name:8}{percent(held.held, held.of)}   of {held.of:,}")
    print()
    print("How often the next gap between events at random is within the limits of a T-chart")
    for gaps in (12, 24, 40):
        within = false_alarms(40 * archives, gaps)
        print(f"  {gaps:2} gaps {percent(within.held, within.of)}   of {within.of:,}")
    print()
    print("How often a year's figure says the opposite, where every incident got a tenth shorter")
    for count in (30, 100, 300):
        means, medians = wrong_ways(2 * archives, count)
        print(
            f"  {count:3} incidents a year: mean {percent(means.held, means.of)},"
            f" median {percent(medians.held, medians.of)}   of {means.of:,}"
        )
    print()
    print("How often a page says “more” or “fewer”, in archives of three years")
    head = ("quarter", "its counts", "plain tests", "year", "doubled", "plain tests")
    print(f"  {'':38}{'reports':>8}  " + "".join(f"{name:<14}" for name in head))
    highest: Counter[str] = Counter()
    for name, sort in SORTS.items():
        for count in COUNTS:
            still, years = still_pages(sort, count, archives)
            doubled = doubled_pages(sort, count, archives)
            cells = (
                percent(still.page, still.pages),
                percent(still.counts, still.pages),
                percent(still.plain, still.pages),
                percent(years.page, years.pages),
                percent(doubled.counts, doubled.pages),
                percent(doubled.plain, doubled.pages),
            )
            print(f"  {name:38}{count:>8}  " + "".join(f"{cell:<14}" for cell in cells), flush=True)
            highest["quarter"] = max(highest["quarter"], round(1e4 * still.page / still.pages))
            highest["year"] = max(highest["year"], round(1e4 * years.page / years.pages))
    print()
    print(
        f"At most {highest['quarter'] / 100:.1f}% of the quarters' pages and"
        f" {highest['year'] / 100:.1f}% of the years' pages said that of archives without a change."
    )


if __name__ == "__main__":
    main()
