"""The explorer: the newest reports, and the facets and charts of all, before anything is asked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import log

from markupsafe import Markup

from postmortem_archive.archive.actions import OPEN_STATUSES
from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.durations import minutes
from postmortem_archive.archive.periods import Period, PeriodKind, periods_between
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.charts import Tone
from postmortem_archive.site.charts.live import LiveColumn, Zone, live_columns
from postmortem_archive.site.charts.scales import Tick
from postmortem_archive.site.search.cards import one_line
from postmortem_archive.site.search.columns import BANDS, Facet, facets
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.listing import WHOLE, Listing, counted, listing, newest_first
from postmortem_archive.site.views.marks import DayMark, Link, SeverityMark
from postmortem_archive.site.wording import NBSP

# Of an archive that is not listed whole, so many of the newest.
_NEWEST = 50
# So many values of a facet are shown at first; the script has the same number.
FEW = 8
# More columns than this are too thin to be hit.
_MOST_COLUMNS = 60
# The axis of durations, in minutes: its ends, the limits of the bands, and the bins within each.
_EDGES = (2.0, 15.0, 60.0, 240.0, 1440.0, 20_160.0)
_BINS = (6, 4, 4, 5, 8)
_NAMED_EDGES = {15.0: "15 min", 60.0: "1 h", 240.0: "4 h", 1440.0: "1 d"}
# The least part of the width, in percent, that the name of a year has room in.
_YEAR_ROOM = 6.0


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, by its name in an address, with how many reports have it."""

    name: str
    title: str
    count: str
    tone: int | None
    folded: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """A facet; `more` asks for the values that are folded away."""

    name: str
    title: str
    values: tuple[Value, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class Box:
    """Facets under one heading. `range` is that of days or of durations, or empty."""

    title: str
    facets: tuple[Choices, ...]
    range: str
    open: bool


@dataclass(frozen=True, slots=True)
class Series:
    """What a part of a column stands for: `name` is its tone, empty for no severity."""

    name: str
    title: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class WhenChart:
    """Reports over time, by severity."""

    title: str
    unit: str
    svg: Markup
    series: tuple[Series, ...]
    left: str


@dataclass(frozen=True, slots=True)
class TookChart:
    """How long reports took; `n` is how many tell it, of all."""

    svg: Markup
    n: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list."""

    href: str | None
    title: str
    id: str
    summary: str | None
    date: DayMark | None
    severity: SeverityMark | None
    kind: str | None
    services: tuple[Link, ...]
    took: str | None
    ended: str | None
    actions: str | None
    again: bool


@dataclass(frozen=True, slots=True)
class YearEntries:
    """The reports of a year, under a link to its page."""

    title: str
    href: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the table of results can have."""

    name: str
    title: str
    usual: bool


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """The explorer's page. `whole` is whether all reports are listed; `usual` is the usual kind.

    `table` has those that are listed for browsers that run no script.
    """

    count: str
    reports: str
    boxes: tuple[Box, ...]
    when: WhenChart | None
    took: TookChart | None
    years: tuple[YearEntries, ...]
    table: Listing
    written: int
    whole: bool
    all_years: tuple[Link, ...]
    usual: str
    columns: tuple[Column, ...]
    sorts: tuple[tuple[str, str], ...]


_COLUMNS = (
    Column("date", "Date", usual=True),
    Column("severity", "Severity", usual=True),
    Column("id", "Id", usual=False),
    Column("services", "Services", usual=True),
    Column("took", "TTR", usual=True),
    Column("kind", "Kind", usual=False),
    Column("status", "Status", usual=False),
    Column("trigger", "Trigger", usual=False),
    Column("cause", "Root cause", usual=False),
    Column("detection", "Detection", usual=False),
    Column("ended", "What ended it", usual=False),
    Column("actions", "Open actions", usual=False),
    Column("recurring", "Came back", usual=False),
)
_SORTS = (
    ("", "Best match"),
    ("-date", "Newest"),
    ("date", "Oldest"),
    ("severity", "Most severe"),
    ("-severity", "Least severe"),
    ("-took", "Longest"),
    ("took", "Shortest"),
    ("title", "Title, A to Z"),
    ("-title", "Title, Z to A"),
    ("service", "Service, A to Z"),
    ("-service", "Service, Z to A"),
)
# Title, facets, range, and whether it is open at first.
_BOXES = (
    ("Severity", ("severity",), "", True),
    ("Service", ("service",), "", True),
    ("Date", ("year",), "days", True),
    ("Time to resolve", ("took",), "durations", True),
    ("Trigger", ("trigger",), "", False),
    ("Root cause", ("cause",), "", False),
    ("Detected by", ("detection",), "", False),
    ("Follow-up", ("actions", "recurring"), "", False),
    ("Kind", ("kind",), "", False),
    ("Status", ("status",), "", False),
    ("Tag", ("tag",), "", False),
)
# The facets whose values have no order of their own: the commonest comes first.
_BY_COUNT = frozenset({"service", "trigger", "cause", "detection", "tag"})


def explorer_view(point: Viewpoint) -> ExplorerView:
    """Return the explorer of an archive."""
    archive = point.archive
    known = facets(archive)
    newest = newest_first(archive.reports)
    listed = newest if len(newest) <= WHOLE else newest[:_NEWEST]
    return ExplorerView(
        count=counted(archive.reports),
        reports=wording.count_of(len(newest), "report"),
        boxes=tuple(_boxes(known, point)),
        when=_when(point),
        took=_took(archive),
        years=tuple(_years(listed, point)),
        table=listing(listed, point, "explorer"),
        written=len(listed),
        whole=len(listed) == len(newest),
        all_years=tuple(point.period(group.name) for group in reversed(archive.years)),
        usual=words.KINDS.title("incident"),
        columns=_COLUMNS,
        sorts=_SORTS,
    )


def _boxes(known: Mapping[str, Facet], point: Viewpoint) -> Iterator[Box]:
    for title, names, range_, open_ in _BOXES:
        told = [(name, known[name]) for name in names if name in known and known[name].values]
        if told:
            choices = tuple(_choices(name, facet, point) for name, facet in told)
            yield Box(title, choices, range_, open_)


def _choices(name: str, facet: Facet, point: Viewpoint) -> Choices:
    counts = _counts(facet)
    places = list(range(len(facet.values)))
    common = sorted(places, key=lambda place: -counts[place])
    shown = set(common[:FEW])
    if name in _BY_COUNT:
        places.sort(key=lambda place: (-counts[place], facet.values[place][1].casefold()))
    elif name == "year":
        places.reverse()
    values = []
    for place in places:
        value, title = facet.values[place]
        mark = point.severity(value) if name == "severity" else None
        tone = mark.tone if mark else None
        values.append(Value(value, title, f"{counts[place]:,}", tone, place not in shown))
    more = f"All {len(values):,}" if len(values) > FEW else None
    return Choices(name, facet.title, tuple(values), more)


def _counts(facet: Facet) -> Counter[int]:
    """Return how many reports have each value, by its place."""
    found: Counter[int] = Counter()
    for places in facet.of:
        found.update(places if isinstance(places, tuple) else () if places is None else (places,))
    return found


def _when(point: Viewpoint) -> WhenChart | None:
    """Return the chart of all dated reports by quarter; by year, where they would be too many."""
    days = sorted(on for on in map(day, point.archive.reports) if on)
    if not days:
        return None
    starts = point.archive.settings.year_starts
    kind = PeriodKind.QUARTER
    periods = list(periods_between(kind, days[0], days[-1], starts))
    if len(periods) > _MOST_COLUMNS:
        kind = PeriodKind.YEAR
        periods = list(periods_between(kind, days[0], days[-1], starts))[-_MOST_COLUMNS:]
    series = tuple(_series(point))
    columns = tuple(_quarters(periods, series, point))
    drawn = sum(sum(column.counts) for column in columns)
    left = len(point.archive.reports) - drawn
    unit = str(kind)
    svg = live_columns(
        "pa-when-title", columns, [one.tone for one in series], _year_ticks(periods, columns)
    )
    told = f"{wording.count_of(left, 'report')} not drawn: no date, or long before the others."
    return WhenChart(f"Reports by {unit}", unit, svg, series, told if left else "")


def _series(point: Viewpoint) -> Iterator[Series]:
    """Yield the tones of severities that reports have, the worst first."""
    scale = point.reading.severities
    titles: dict[int, list[str]] = {}
    for name in scale.names:
        mark = point.severity(name)
        if mark:
            titles.setdefault(mark.tone, []).append(mark.title)
    for tone, found in titles.items():
        yield Series(str(tone), " and ".join(found), Tone(f"pa-tone--sev-{tone}"))
    if any(point.severity(report.severity) is None for report in point.archive.reports):
        yield Series("", "no severity", Tone.FAINT)


def _quarters(
    periods: Sequence[Period], series: Sequence[Series], point: Viewpoint
) -> Iterator[LiveColumn]:
    wide = 100 / max(len(periods), FEW)
    for number, period in enumerate(periods):
        within = point.archive.calendar.between(period.start, period.end)
        found = Counter(_tone(report, point) for report in within)
        told = [f"{found[one.name]:,} {one.title}" for one in series if found[one.name]]
        yield LiveColumn(
            period.title,
            f"{period.title}: {wording.listed(told) or 'none'}",
            number * wide,
            wide,
            tuple(found[one.name] for one in series),
            {"from": period.start.isoformat(), "to": period.last.isoformat()},
        )


def _tone(report: Report, point: Viewpoint) -> str:
    mark = point.severity(report.severity)
    return str(mark.tone) if mark else ""


def _year_ticks(periods: Sequence[Period], columns: Sequence[LiveColumn]) -> tuple[Tick, ...]:
    """Return the names of years, each in the middle of its columns; fewer where they are many."""
    ticks = []
    for year, found in groupby(
        zip(periods, columns, strict=True), key=lambda pair: pair[0].title.rpartition(" ")[2]
    ):
        middle = [column.left + column.wide / 2 for _, column in found]
        ticks.append(Tick(sum(middle) / len(middle), year))
    every = max(1, round(_YEAR_ROOM * len(ticks) / 100 + 0.499))
    return tuple(tick for number, tick in enumerate(reversed(ticks)) if number % every == 0)


def _took(archive: Archive) -> TookChart | None:
    """Return the chart of the times to resolve of all reports that tell one."""
    found = [archive.clocks(report).get("ttr") for report in archive.reports]
    told = [minutes(took) for took in found if took is not None]
    if not told:
        return None
    bins = list(_bins())
    lows = [low for low, _ in bins]
    counts = Counter(bisect_right(lows, value) - 1 for value in told)
    lefts = [_at(max(low, _EDGES[0])) for low in lows] + [100.0]
    columns = tuple(
        LiveColumn(
            "",
            "",
            lefts[number],
            lefts[number + 1] - lefts[number],
            (counts[number],),
            {"low": f"{low:g}", "in": BANDS[band][0]},
        )
        for number, (low, band) in enumerate(bins)
    )
    inside = Counter(bins[number][1] for number in counts.elements())
    zones = tuple(
        Zone(title, name, _at(start), _at(end) - _at(start), inside[number])
        for number, ((name, title, _), (start, end)) in enumerate(
            zip(BANDS, pairwise(_EDGES), strict=True)
        )
    )
    ticks = tuple(Tick(_at(edge), name) for edge, name in _NAMED_EDGES.items())
    svg = live_columns("pa-took-title", columns, [Tone.PLAIN], ticks, zones)
    return TookChart(svg, f"n{NBSP}={NBSP}{len(told):,} of {len(found):,}")


def _bins() -> Iterator[tuple[float, int]]:
    """Yield where each bin begins, in minutes, and the number of the band that it is in.

    The first begins at no time at all, and the last has no end.
    """
    for band, ((start, end), count) in enumerate(zip(pairwise(_EDGES), _BINS, strict=True)):
        for number in range(count):
            low = start * (end / start) ** (number / count)
            yield round(low, 2) if band or number else 0.0, band


def _at(value: float) -> float:
    """Return the place of a duration of so many minutes on the logarithmic axis, in percent."""
    return 100 * log(value / _EDGES[0]) / log(_EDGES[-1] / _EDGES[0])


def _years(reports: Iterable[Report], point: Viewpoint) -> Iterator[YearEntries]:
    for year, found in groupby(reports, key=lambda r: on.year if (on := day(r)) else None):
        link = point.period(f"{year:04}") if year is not None else Link("Without a date")
        yield YearEntries(link.text, link.href, tuple(_entry(report, point) for report in found))


def _entry(report: Report, point: Viewpoint) -> Entry:
    took = point.archive.clocks(report).get("ttr")
    open_ = sum(action.status in OPEN_STATUSES for action in report.actions)
    return Entry(
        href=point.report(report).href,
        title=report.title,
        id=report.id,
        summary=one_line(report.summary),
        date=point.day(day(report)),
        severity=point.severity(report.severity),
        kind=words.KINDS.title(report.kind) if report.kind != "incident" else None,
        services=tuple(point.service(name) for name in dict.fromkeys(report.services)),
        took=wording.duration(took) if took is not None else None,
        ended=one_line(report.mitigation or report.resolution),
        actions=wording.count_of(open_, "open action item") if open_ else None,
        again=point.archive.chain(report) is not None,
    )
