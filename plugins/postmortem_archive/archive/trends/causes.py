"""Why incidents happened: triggers and root causes, what contributed, and what has changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.statistics.counts import (
    Comparison,
    compare_with_usual,
    judged,
)
from postmortem_archive.archive.statistics.dispersion import mixture_dispersion
from postmortem_archive.archive.trends.changes import CAUSES_PART, stretches_around
from postmortem_archive.archive.trends.exposure import exposure
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.tallies import Tallies
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.record import Cause, Factor, Report
from postmortem_archive.report.vocabulary import Vocabulary, fold

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "trigger_incidents": "The incidents of the period with this trigger.",
        "root_cause_incidents": "The incidents of the period with this root cause.",
        "pair_incidents": "The incidents of the period with this trigger and this root cause.",
        "causes_untold": "The incidents of the period that tell neither trigger nor root cause.",
        "factors": "The contributing factors of this category in the incidents of the period.",
        "repeated_factor": "The incidents of the period that tell this contributing factor in the"
        " same words.",
        "cause_share_change": "Whether a trigger or root cause has a greater or smaller part in the"
        " incidents than in the year before the period: Fisher's exact test, two-sided by doubling,"
        " allowing for causes that come in runs, adjusted by Holm over all triggers and root causes"
        " within a tenth of the page's level of .05. The value is the verdict, n the"
        " incidents of the period, incidents of one cause within 7 days counted once.",
        "cause_new": "The incidents of the period with a trigger or root cause that no incident of"
        " the two years before had.",
        "cause_gone": "The incidents of the year before with a trigger or root cause that none of"
        " the period has.",
        "cause_gone_chance": "The chance that a period like this one has no incident of a trigger"
        " or root cause whose rate has not changed since the year before.",
    }
)

# Words of the vocabularies that tell that nobody knows: these come and go with the reports.
_NOBODY_KNOWS = frozenset({"unknown", "indeterminate"})
_FEWEST_GONE = 2
_YEAR = 12
_TWO_YEARS = 24


class Why(StrEnum):
    """What a word tells of an incident: what happened, or why it could."""

    TRIGGER = "trigger"
    ROOT_CAUSE = "root_cause"


@dataclass(frozen=True, slots=True)
class Pair:
    """The incidents with a trigger and a root cause; one of the two may be untold, not both."""

    trigger: str | None
    root_cause: str | None
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A contributing factor that several incidents tell in the same words."""

    text: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class New:
    """A trigger or root cause that no incident had for two years, or `ever` in the archive."""

    why: Why
    name: str
    ever: bool
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many incidents have a trigger or root cause, before and in a period, and of how many."""

    why: Why
    name: str
    comparison: Comparison
    all_before: int
    all_after: int


@dataclass(frozen=True, slots=True)
class Gone:
    """A trigger or root cause of the year before that no incident of the period has.

    `chance` is that of none at an unchanged rate.
    """

    why: Why
    name: str
    before: int
    chance: float


@dataclass(frozen=True, slots=True)
class Changed:
    """What is new, what has grown or shrunk by a test, and what is gone, since the year before.

    `shares` are all that were tested. `gone` is empty for a period in progress.
    """

    since: date
    new: tuple[New, ...]
    shares: tuple[Share, ...]
    gone: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class CausesFacts:
    """Why the `n` incidents of a period happened.

    `triggers` and `root_causes` are those that occur in `pairs`, in the order of the vocabularies;
    None comes last, for what is not told. `factors` counts contributing factors by category
    (None where none is told), in `with_factors` incidents. `changed` is None where the archive does
    not reach back a year before the period.
    """

    n: int
    triggers: tuple[str | None, ...]
    root_causes: tuple[str | None, ...]
    pairs: tuple[Pair, ...]
    untold: tuple[Report, ...]
    factors: tuple[tuple[str | None, int], ...]
    with_factors: int
    repeated: tuple[Repeated, ...]
    changed: Changed | None

    def counted(self, why: Why) -> Mapping[str, int]:
        """Return the number of incidents of each trigger, or of each root cause."""
        found: Counter[str] = Counter()
        for pair in self.pairs:
            name = pair.trigger if why is Why.TRIGGER else pair.root_cause
            if name is not None:
                found[name] += len(pair.reports)
        return found


def causes(archive: Archive, period: Period) -> CausesFacts | None:
    """Return why the incidents of a period happened; None where no report tells of it.

    A period in which nothing happened still tells what is gone.
    """
    incidents = incidents_in(archive, period)
    pairs, untold = _pairs(archive, incidents)
    factors = Counter(factor.category for r in incidents for factor in r.contributing_factors)
    changed = _changed(archive, period, incidents)
    if not (pairs or factors or (changed and changed.gone)):
        return None
    reading = archive.settings.reading
    return CausesFacts(
        n=len(incidents),
        triggers=_in_order((pair.trigger for pair in pairs), reading.triggers),
        root_causes=_in_order((pair.root_cause for pair in pairs), reading.root_causes),
        pairs=pairs,
        untold=untold,
        factors=tuple(factors.most_common()),
        with_factors=sum(1 for report in incidents if report.contributing_factors),
        repeated=_repeated(incidents),
        changed=changed,
    )


def _names(archive: Archive, why: Why) -> Callable[[Report], str | None]:
    """Return how to get the name of a report's trigger or root cause, as the archive has it."""
    reading = archive.settings.reading
    words = reading.triggers if why is Why.TRIGGER else reading.root_causes

    def name(report: Report) -> str | None:
        return _name(report.trigger if why is Why.TRIGGER else report.root_cause, words)

    return name


def _name(cause: Cause | None, words: Vocabulary) -> str | None:
    if cause is None or cause.category is None:
        return None
    term = words.find(cause.category)
    return term.name if term else cause.category


def _pairs(
    archive: Archive, incidents: Iterable[Report]
) -> tuple[tuple[Pair, ...], tuple[Report, ...]]:
    trigger, root_cause = _names(archive, Why.TRIGGER), _names(archive, Why.ROOT_CAUSE)
    found: dict[tuple[str | None, str | None], list[Report]] = defaultdict(list)
    for report in incidents:
        found[trigger(report), root_cause(report)].append(report)
    untold = tuple(found.pop((None, None), ()))
    return tuple(Pair(*pair, tuple(reports)) for pair, reports in found.items()), untold


def _in_order(names: Iterable[str | None], words: Vocabulary) -> tuple[str | None, ...]:
    """Return each name once: the vocabulary's own in its order, then others, then None."""
    found = set(names)
    known = [name for name in words.names if name in found]
    others = sorted(name for name in found if name is not None and name not in known)
    return (*known, *others, *((None,) if None in found else ()))


def _repeated(incidents: Iterable[Report]) -> tuple[Repeated, ...]:
    texts: dict[str, str] = {}
    found: dict[str, dict[str, Report]] = defaultdict(dict)
    for report in incidents:
        for factor in report.contributing_factors:
            key = _key(factor)
            texts.setdefault(key, factor.text.plain)
            found[key][report.path] = report
    several = [Repeated(texts[key], tuple(r.values())) for key, r in found.items() if len(r) > 1]
    return tuple(sorted(several, key=lambda one: (-len(one.reports), one.text)))


def _key(factor: Factor) -> str:
    return fold(factor.text.plain) or factor.text.plain


def _changed(archive: Archive, period: Period, incidents: Sequence[Report]) -> Changed | None:
    settings = archive.settings
    now = period.until(settings.as_of)
    if period.kind in {PeriodKind.ALL, PeriodKind.SPAN} or not now.days:
        return None
    tallies = Tallies(archive)
    year = period.preceding(_YEAR)
    if not tallies.is_whole(year):
        return None
    # What comes back within days is one occasion, for a test as for a rate.
    before = tuple(tallies.apart(incidents_in(archive, year)))
    after = tuple(tallies.apart(incidents))
    share_of_days = _part(
        exposure(settings, now.start, now.end).total,
        exposure(settings, year.start, year.end).total,
    )
    stretches = stretches_around(tallies, period)
    groups = [group for group, _ in stretches]
    told = [tuple(tallies.apart(incidents_in(archive, stretch))) for _, stretch in stretches]
    shares: list[Share] = []
    new: list[New] = []
    gone: list[Gone] = []
    for why in Why:
        name = _names(archive, why)
        then, here = _by_name(name, before), _by_name(name, incidents)
        spread = mixture_dispersion([_counted(name, one) for one in told], groups) or 1.0
        shares += _shares(
            why, then, _by_name(name, after), (len(before), len(after)), dispersion=spread
        )
        new += _new(why, name, here, archive, period)
        if not period.in_progress(settings.as_of):
            gone += [
                Gone(why, found, len(reports), (1 - share_of_days) ** len(reports))
                for found, reports in then.items()
                if found not in here and len(reports) >= _FEWEST_GONE
            ]
    verdicts = judged([share.comparison for share in shares], CAUSES_PART)
    return Changed(
        year.start,
        tuple(new),
        tuple(replace(one, comparison=v) for one, v in zip(shares, verdicts, strict=True)),
        tuple(gone),
    )


def _part(days: int, others: int) -> float:
    """Return the part of all service-days that `days` are, 0 where there are none."""
    return days / (days + others) if days else 0.0


def _by_name(
    name: Callable[[Report], str | None], incidents: Iterable[Report]
) -> Mapping[str, tuple[Report, ...]]:
    """Return incidents by trigger or root cause, without those of which nobody knows it."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in incidents:
        told = name(report)
        if told is not None and told not in _NOBODY_KNOWS:
            found[told].append(report)
    return {told: tuple(reports) for told, reports in found.items()}


def _counted(
    name: Callable[[Report], str | None], incidents: Iterable[Report]
) -> Mapping[str, int]:
    return {told: len(reports) for told, reports in _by_name(name, incidents).items()}


def _shares(
    why: Why,
    before: Mapping[str, Sequence[Report]],
    after: Mapping[str, Sequence[Report]],
    totals: tuple[int, int],
    *,
    dispersion: float,
) -> Iterator[Share]:
    """Compare each trigger's or root cause's part in the incidents of the two stretches.

    Held against all other incidents of both, with equal odds, this is Fisher's exact test: what
    makes a season busy, or a year, makes no trigger grow. Recurrences bring one cause again and
    again; how much more shares vary for that is the `dispersion`.
    """
    all_before, all_after = totals
    for name in sorted({*before, *after}):
        k, m = len(before.get(name, ())), len(after.get(name, ()))
        compared = compare_with_usual(
            Comparison(k, m, 1, 1),
            Comparison(all_before - k, all_after - m, 1, 1),
            dispersion=dispersion,
        )
        yield Share(why, name, compared, all_before, all_after)


def _new(
    why: Why,
    name: Callable[[Report], str | None],
    here: Mapping[str, tuple[Report, ...]],
    archive: Archive,
    period: Period,
) -> Iterator[New]:
    lately = {name(report) for report in incidents_in(archive, period.preceding(_TWO_YEARS))}
    always = replace(period.preceding(_TWO_YEARS), start=date.min)
    ever = {name(report) for report in incidents_in(archive, always)}
    for found, reports in here.items():
        if found not in lately:
            yield New(why, found, found not in ever, reports)


def figures(facts: CausesFacts) -> tuple[Figure, ...]:
    """Return what a period's page says of causes in figures."""
    found = [
        Figure(f"{why.value}_incidents", name, count, "incidents", n=facts.n)
        for why in Why
        for name, count in facts.counted(why).items()
    ]
    found += [
        Figure(
            "pair_incidents",
            f"{pair.trigger or 'not told'}, {pair.root_cause or 'not told'}",
            len(pair.reports),
            "incidents",
            n=facts.n,
        )
        for pair in facts.pairs
    ]
    if facts.untold:
        found.append(Figure("causes_untold", "", len(facts.untold), "incidents", n=facts.n))
    found += [
        Figure("factors", category or "not told", count, "factors", n=facts.with_factors)
        for category, count in facts.factors
    ]
    found += [
        Figure("repeated_factor", one.text, len(one.reports), "incidents", n=facts.with_factors)
        for one in facts.repeated
    ]
    return (*found, *(_change_figures(facts.changed) if facts.changed else ()))


def _change_figures(changed: Changed) -> Iterator[Figure]:
    for new in changed.new:
        yield Figure("cause_new", new.name, len(new.reports), "incidents", n=len(new.reports))
    for share in changed.shares:
        told = share.comparison
        note = f"{told.before} of {share.all_before} before, {told.after} of {share.all_after} now"
        if told.adjusted is not None:
            note += f"; adjusted p = {told.adjusted:.3g}"
        yield Figure(
            "cause_share_change", share.name, told.verdict.value, "", n=share.all_after, note=note
        )
    for gone in changed.gone:
        yield Figure("cause_gone", gone.name, gone.before, "incidents", n=gone.before)
        yield Figure("cause_gone_chance", gone.name, gone.chance, "share", n=gone.before)
