"""How many incidents a period has, beside earlier periods, and what the tests say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.statistics.counts import Verdict
from postmortem_archive.archive.statistics.rates import Rate
from postmortem_archive.archive.trends.changes import Against, Change, Changes, Dispersion, Untested
from postmortem_archive.archive.trends.counts import CountsFacts
from postmortem_archive.archive.trends.gaps import Gaps
from postmortem_archive.archive.trends.tallies import FOLD_DAYS, Tally
from postmortem_archive.site import charts, wording
from postmortem_archive.site.charts import Caption, Chart, Column, Limits, Link, Series, Tone
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import SeverityMark
from postmortem_archive.site.views.trends.telling import INTERVALS, Headline

_UNTESTED: Mapping[Untested, str] = MappingProxyType(
    {
        Untested.NO_SEASON: "not tested: the seasons differ, and no earlier year tells by how much",
        Untested.NO_EXPOSURE: "not tested: no service was in use",
        Untested.NOTHING_COUNTED: "not tested: too little was counted for a difference",
    }
)
_WIDE = 1.5
"""A dispersion index from which counts are told to vary more than chance makes them."""

_KINDS: Mapping[str, str] = MappingProxyType(
    {"near_miss": "Near misses", "drill": "Drills", "maintenance": "Maintenance windows"}
)


@dataclass(frozen=True, slots=True)
class CountCell:
    """A count, and the rate that it makes, with its interval."""

    count: str
    rate: str | None = None


@dataclass(frozen=True, slots=True)
class CountRow:
    """What is counted, over the periods of the table. A `sum` holds others of its rows."""

    label: str
    severity: SeverityMark | None
    cells: tuple[CountCell, ...]
    sum: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """What a test says, in words; `name` is the verdict's, for its dress."""

    subject: str
    against: Link
    name: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class CountsView:
    """A table of counts, the tests' verdicts, notes on both, and two charts."""

    columns: tuple[Link, ...]
    rows: tuple[CountRow, ...]
    verdicts: tuple[VerdictLine, ...]
    notes: tuple[str, ...]
    chart: Chart | None
    since: tuple[Headline, ...]
    gaps: Chart | None


def counts_view(facts: CountsFacts, period: Period, point: Viewpoint) -> CountsView:
    """Return how many incidents a period has."""
    found = facts.changes
    tallies = [tally for tally in (found.now, found.before, found.year_before) if tally]
    here = Link(period.title)
    return CountsView(
        columns=(here, *(point.trend(tally.period) for tally in tallies[1:])),
        rows=tuple(_rows(tallies, point)),
        verdicts=tuple(_verdict(change, found, point) for change in found.tests),
        notes=tuple(_notes(facts, point)),
        chart=_columns(facts, period, point),
        since=tuple(_since(facts.gaps, point)),
        gaps=_gaps(facts.gaps, period, point),
    )


def _rows(tallies: Sequence[Tally], point: Viewpoint) -> Iterator[CountRow]:
    yield _sum("All incidents", tallies, lambda tally: (tally.incidents.count, tally.rate))
    yield _sum("Major incidents", tallies, lambda tally: (tally.majors.count, tally.major_rate))
    for place, (name, _) in enumerate(tallies[0].severities):
        counts = [tally.severities[place][1] for tally in tallies]
        if name or any(counts):
            yield CountRow("No severity told", point.severity(name), _cells(counts))
    kinds = [dict(tally.kinds) for tally in tallies]
    for kind, label in _KINDS.items():
        counts = [told.get(kind, 0) for told in kinds]
        if any(counts):
            yield CountRow(label, None, _cells(counts), apart=True)


def _sum(
    label: str, tallies: Sequence[Tally], of: Callable[[Tally], tuple[int, Rate | None]]
) -> CountRow:
    cells = []
    for tally in tallies:
        count, rate = of(tally)
        cells.append(CountCell(f"{count:,}", _rate(rate, tally) if rate else None))
    return CountRow(label, None, tuple(cells), sum=True)


def _cells(counts: Sequence[int]) -> tuple[CountCell, ...]:
    return tuple(CountCell(f"{count:,}") for count in counts)


def _rate(rate: Rate, tally: Tally) -> str:
    """Return a rate with its interval, per so many days that it is a number to be read."""
    per = _per(tally)
    return f"{_digits(rate.value * per)} ({_digits(rate.low * per)}–{_digits(rate.high * per)})"


def _per(tally: Tally) -> int:
    return 100 if tally.exposure.services is None else 1000


def _digits(value: float) -> str:
    """Return a number in two digits, or as many as it has before the point."""
    if value >= 10 or not value:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _verdict(change: Change, found: Changes, point: Viewpoint) -> VerdictLine:
    tally = found.before if change.against is Against.BEFORE else found.year_before
    against = point.trend(tally.period) if tally else Link("")
    compared = change.comparison
    counted = f"{compared.before:,} then, {compared.after:,} now"
    if change.why:
        words, note = _UNTESTED[change.why], counted
    else:
        words = _words(change)
        note = f"{counted}; {_p_value(compared.adjusted)}"
    subject = "Major incidents" if change.majors else "All incidents"
    return VerdictLine(subject, against, compared.verdict.value, words, note)


def _words(change: Change) -> str:
    if change.comparison.verdict is Verdict.NO_CHANGE:
        return "no detectable change"
    amount = "more" if change.comparison.verdict is Verdict.MORE else "fewer"
    return f"{amount} than the seasons explain" if change.seasonal else amount


def _p_value(p: float | None) -> str:
    if p is None or p >= 0.995:
        return "p = 1"
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def _notes(facts: CountsFacts, point: Viewpoint) -> Iterator[str]:
    found, now = facts.changes, facts.now
    if now.period.in_progress(point.as_of):
        yield (
            f"{now.period.title} is in progress: counts and days are those to"
            f" {wording.day(point.as_of)}."
        )
    yield _exposure(now)
    yield from _folded(now)
    if found.year_before is None and now.period.year_before():
        yield _no_comparison(found, point)
    tested = sum(1 for test in found.tests if not test.why)
    if tested:
        yield _testing(tested, found)
    if found.dispersion:
        yield _spread(found.dispersion, tested=bool(tested))


def _exposure(now: Tally) -> str:
    rates = f"rates are per {_per(now):,}"
    if now.exposure.services is None:
        days = wording.days(now.exposure.days)
        return (
            f"The settings name no services, so each of the {days} counts once;"
            f" {rates} days. {INTERVALS}"
        )
    services = wording.count_of(now.exposure.services, "service")
    return (
        f"{services} in use make {now.exposure.total:,} service-days; {rates} of them. {INTERVALS}"
    )


def _folded(now: Tally) -> Iterator[str]:
    count = now.incidents.folded
    if count:
        came = "incident is a recurrence" if count == 1 else "incidents are recurrences"
        yield (
            f"{count:,} {came} of one cause within {FOLD_DAYS} days"
            " and not counted again in rates and tests."
        )
    if now.incidents.opening:
        yield ("The archive's first incident is not counted in rates: their days begin with it.")


def _no_comparison(found: Changes, point: Viewpoint) -> str:
    first = point.archive.calendar.first_incident
    since = f" on {wording.day(first)}" if first else ""
    what = "the year before" if found.tests else "earlier periods"
    return (
        f"Not compared with {what}: the archive begins with its first incident{since},"
        " and of the time before it nothing is known."
    )


def _testing(count: int, found: Changes) -> str:
    several = f"the {count} tests here (Holm) and " if count > 1 else ""
    seasons = (
        " A change from the period before is held against the one of earlier years."
        if any(test.seasonal for test in found.tests)
        else ""
    )
    return (
        f"p is adjusted for {several}for those of causes on this page; from 0.05 down, a change is"
        " told. Single severities are not tested:"
        f" the more tests, the less each can find.{seasons}"
    )


def _spread(index: Dispersion, *, tested: bool) -> str:
    unit = "month" if index.kind is PeriodKind.MONTH else "quarter"
    over = wording.count_of(index.n, unit)
    seasonal = ", season by season" if index.seasonal else ""
    reading = (
        "no more than by chance alone"
        if index.value <= 1
        else "about as chance makes them"
        if index.value <= _WIDE
        else "more than chance alone makes them"
    )
    allowed = "; the tests allow for that" if tested and index.value > 1 else ""
    return (
        f"Dispersion index {index.value:.1f}: over the {over} before{seasonal}, counts vary"
        f" {reading}{allowed}."
    )


def _columns(facts: CountsFacts, period: Period, point: Viewpoint) -> Chart | None:
    if len(facts.columns) < 2:
        return None
    untold = any(tally.severities[-1][1] for tally in facts.columns)
    names = [name for name, _ in facts.columns[0].severities if name or untold]
    series = [
        Series(mark.title if (mark := point.severity(name)) else "none",
               Tone.of_severity(point.severity(name)))
        for name in names
    ]  # fmt: skip
    columns = [
        Column(
            _short(tally.period, point),
            tuple(count for _, count in tally.severities[: len(names)]),
            group=_group(tally.period),
            open=tally.period.in_progress(point.as_of),
        )
        for tally in facts.columns
    ]
    totals = [tally.incidents.count for tally in facts.columns]
    unit = facts.columns[0].period.kind.value
    first, last = facts.columns[0].period.title, facts.columns[-1].period.title
    caption = Caption(
        f"counts-{period.name}",
        f"Incidents by severity, {unit} by {unit}",
        f"From {first} to {last}, {_between(totals)} a {unit}.",
    )
    return charts.stacked_columns(caption, columns, series)


def _between(totals: Sequence[int]) -> str:
    least, most = min(totals), max(totals)
    if least == most:
        return wording.count_of(most, "incident")
    return f"{least:,} to {wording.count_of(most, 'incident')}"


def _short(period: Period, point: Viewpoint) -> Link:
    text = period.title.partition(" ")[0]
    if period.kind is PeriodKind.MONTH:
        text = text[:3]
    return Link(text, point.trend(period).href)


def _group(period: Period) -> str:
    return period.title.partition(" ")[2]


def _since(found: Gaps | None, point: Viewpoint) -> Iterator[Headline]:
    if found:
        label = f"{'day' if found.since == 1 else 'days'} since the last major incident"
        if found.until != point.as_of:
            label += f", counted to {wording.day(found.until)}"
        yield Headline(f"{found.since:,}", label, point.dated(found.last))


def _gaps(found: Gaps | None, period: Period, point: Viewpoint) -> Chart | None:
    if found is None or len(found.gaps) < 2:
        return None
    gaps = [
        charts.Gap(
            gap.end,
            gap.days,
            Link(gap.report.title, point.report(gap.report).href),
            Tone.of_severity(point.severity(gap.report.severity)),
        )
        for gap in found.gaps
    ]
    still = charts.Gap(found.until, found.since, Link("none since the last"), Tone.FAINT, open=True)
    limits = None
    if found.chart:
        chart = found.chart
        limits = Limits(_read(chart.centre), _read(chart.low) or None, _read(chart.high))
    caption = Caption(
        f"gaps-{period.name}", "Days between major incidents", " ".join(_reading(found))
    )
    return charts.t_chart(caption, [*gaps, still], limits)


def _read(days: float) -> float:
    """Return days as exactly as a limit of chance is worth reading."""
    return round(days, 0 if days >= 10 else 1)


def _reading(found: Gaps) -> Iterator[str]:
    count = wording.count_of(len(found.gaps), "gap")
    if found.chart is None:
        yield f"{count}, too few to tell what chance makes of them."
        return
    longer = [gap for gap in found.gaps if found.chart.is_long(gap.days)]
    shorter = [gap for gap in found.gaps if found.chart.is_short(gap.days)]
    if not longer and not shorter:
        yield f"{count}, none longer or shorter than chance makes them."
    for gaps, how in ((longer, "longer"), (shorter, "shorter")):
        if gaps:
            ends = wording.listed([wording.day(gap.end) for gap in gaps])
            yield f"Of {count}, {len(gaps):,} {how} than chance makes them: up to {ends}."
    if found.chart.is_long(found.since):
        yield "The gap that is open is already longer than chance makes them."
