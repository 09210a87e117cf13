"""Why incidents happened: a matrix of triggers and root causes, factors, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from postmortem_archive.archive.naming import slug
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.statistics.counts import Verdict
from postmortem_archive.archive.trends.causes import (
    CausesFacts,
    Changed,
    Gone,
    New,
    Pair,
    Repeated,
    Share,
    Why,
)
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.charts import Caption, Cell, Chart, matrix
from postmortem_archive.site.search.links import explore
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link
from postmortem_archive.site.views.trends.named import MOST, and_more, titles
from postmortem_archive.site.views.trends.telling import p_value

_MOST_REPEATED = 5
_UNTOLD = "not told"


@dataclass(frozen=True, slots=True)
class PairView:
    """The incidents of one cell of the matrix; of many the latest, and the way to the others."""

    anchor: str
    title: str
    reports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of one trigger or root cause: the word for it, what it is of, and how sure it is."""

    word: str
    name: Link
    told: str
    reports: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A trigger or root cause with its number of incidents."""

    name: Link
    count: str


@dataclass(frozen=True, slots=True)
class GoneView:
    """What is not seen any more, what its numbers are, and how little that may mean."""

    numbers: str
    items: tuple[Counted, ...]
    caveat: str


@dataclass(frozen=True, slots=True)
class RepeatedView:
    """A contributing factor that several incidents tell."""

    text: str
    reports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CausesView:
    """The section; `tested` says what the tests of shares came to."""

    matrix: Chart | None
    pairs: tuple[PairView, ...]
    note: str | None
    factors: str | None
    repeated: tuple[RepeatedView, ...]
    changes: tuple[ChangeView, ...]
    gone: GoneView | None
    tested: str | None


def causes_view(facts: CausesFacts, period: Period, point: Viewpoint) -> CausesView:
    """Return why the incidents of a period happened."""
    changed = facts.changed
    untold = len(facts.untold)
    note = f"{wording.count_of(untold, 'incident')} of {facts.n} told neither." if untold else None
    return CausesView(
        matrix=_matrix(facts, period, point) if facts.pairs else None,
        pairs=tuple(_pair(pair, period, point) for pair in facts.pairs if len(pair.reports) > 1),
        note=note,
        factors=_factors(facts),
        repeated=tuple(_repeated(one, point) for one in facts.repeated[:_MOST_REPEATED]),
        changes=tuple(_changes(changed, point)) if changed else (),
        gone=_gone(changed.gone, changed.since, point) if changed else None,
        tested=_tested(changed) if changed else None,
    )


def _matrix(facts: CausesFacts, period: Period, point: Viewpoint) -> Chart:
    cells = {(pair.root_cause, pair.trigger): _cell(pair, point) for pair in facts.pairs}
    return matrix(
        Caption(f"why-{period.name}", "Root causes and what set them off", _reading(facts, point)),
        "Root cause",
        [point.trigger(name) if name else Link(_UNTOLD) for name in facts.triggers],
        [
            (
                point.cause(name) if name else Link(_UNTOLD),
                [cells.get((name, trigger)) for trigger in facts.triggers],
            )
            for name in facts.root_causes
        ],
    )


def _cell(pair: Pair, point: Viewpoint) -> Cell:
    first = point.report(pair.reports[0])
    several = len(pair.reports) > 1
    text = f"{_title(pair, point)}: {titles(pair.reports)}"
    return Cell(len(pair.reports), text, f"#{_anchor(pair)}" if several else first.href)


def _anchor(pair: Pair) -> str:
    return "pa-why-" + slug(f"{pair.trigger or _UNTOLD}-{pair.root_cause or _UNTOLD}")


def _title(pair: Pair, point: Viewpoint) -> str:
    trigger = point.trigger(pair.trigger).text if pair.trigger else f"trigger {_UNTOLD}"
    cause = point.cause(pair.root_cause).text if pair.root_cause else f"root cause {_UNTOLD}"
    return f"{cause}, set off by {trigger[:1].lower()}{trigger[1:]}"


def _pair(pair: Pair, period: Period, point: Viewpoint) -> PairView:
    shown = _links(pair.reports[-MOST:], point)
    more = and_more(len(pair.reports))
    others = (_others(pair, period, more, point),) if more else ()
    return PairView(_anchor(pair), _title(pair, point), (*shown, *others))


def _others(pair: Pair, period: Period, told: str, point: Viewpoint) -> Link:
    """Return the way to all incidents of a pair; the explorer knows none of what is not told."""
    if pair.trigger is None or pair.root_cause is None:
        return Link(told)
    asked = {"trigger": (pair.trigger,), "cause": (pair.root_cause,), "kind": ("incident",)}
    if period.kind is PeriodKind.ALL:
        return point.explorer(told, explore(any_of=asked))
    return point.explorer(told, explore(any_of=asked, first=period.start, last=period.last))


def _links(reports: Sequence[Report], point: Viewpoint) -> tuple[Link, ...]:
    return tuple(point.report(report) for report in reports)


def _reading(facts: CausesFacts, point: Viewpoint) -> str:
    told = [pair for pair in facts.pairs if pair.trigger and pair.root_cause]
    most = max((len(pair.reports) for pair in told), default=0)
    often = [pair for pair in told if len(pair.reports) == most]
    total = wording.count_of(facts.n, "incident")
    if facts.n == 1 and told:
        return f"{_title(told[0], point)}."
    if most < 2:
        return f"{total}, none with the trigger and the root cause of another."
    if len(often) > 1:
        return f"{total}; {len(often)} pairs have {most} each, more than any other."
    return f"{total}; {most} of them: {_title(often[0], point)}."


def _factors(facts: CausesFacts) -> str | None:
    if not facts.factors:
        return None
    total = sum(count for _, count in facts.factors)
    told = [f"{count} {_category(name)}" for name, count in facts.factors]
    return (
        f"{wording.count_of(total, 'contributing factor')} in"
        f" {facts.with_factors} of {wording.count_of(facts.n, 'incident')}:"
        f" {wording.listed(told)}."
    )


def _category(name: str | None) -> str:
    return words.FACTOR_CATEGORIES.title(name).lower() if name else "without a category"


def _repeated(one: Repeated, point: Viewpoint) -> RepeatedView:
    return RepeatedView(one.text, _links(one.reports, point))


def _changes(changed: Changed, point: Viewpoint) -> Iterator[ChangeView]:
    for share in changed.shares:
        if share.comparison.verdict in {Verdict.MORE, Verdict.FEWER}:
            yield _share(share, point)
    for new in changed.new:
        yield _new(new, point)


def _link(why: Why, name: str, point: Viewpoint) -> Link:
    return point.trigger(name) if why is Why.TRIGGER else point.cause(name)


def _what(why: Why) -> str:
    return "trigger" if why is Why.TRIGGER else "root cause"


def _share(share: Share, point: Viewpoint) -> ChangeView:
    told = share.comparison
    part = "greater" if told.verdict is Verdict.MORE else "smaller"
    return ChangeView(
        "grows" if told.verdict is Verdict.MORE else "shrinks",
        _link(share.why, share.name, point),
        f"{_what(share.why)} of {told.after} of {share.all_after} incidents, after {told.before} of"
        f" {share.all_before} in the year before: a {part} part of them than chance makes likely"
        f"{_sure(told.adjusted)}",
    )


def _sure(p: float | None) -> str:
    return "" if p is None else f" ({p_value(p)})"


def _new(new: New, point: Viewpoint) -> ChangeView:
    since = "never before in this archive" if new.ever else "not in the two years before"
    told = f"{_what(new.why)} of {wording.count_of(len(new.reports), 'incident')}, {since}"
    return ChangeView("new", _link(new.why, new.name, point), told, _links(new.reports, point))


def _gone(gone: Sequence[Gone], since: date, point: Viewpoint) -> GoneView | None:
    """Return what was seen in the year before and not now, the least likely by chance first."""
    if not gone:
        return None
    ordered = sorted(gone, key=lambda one: (one.chance, one.name))
    rarest = ordered[0]
    name = _link(rarest.why, rarest.name, point).text
    if len(ordered) == 1:
        caveat = f"By chance alone it would be away {_chance(rarest.chance)}."
    else:
        caveat = (
            f"By chance alone {name}, the likeliest of them to be seen again, would be away"
            f" {_chance(rarest.chance)}; the others more often."
        )
    items = tuple(Counted(_link(one.why, one.name, point), f"{one.before:,}") for one in ordered)
    return GoneView(f"with their incidents in the year from {wording.day(since)}", items, caveat)


def _chance(chance: float) -> str:
    """Return how often something with a chance happens: `4 times in 10`."""
    if chance < 0.01:
        return "less than once in 100 times"
    if chance < 0.095:
        times, of = round(chance * 100), 100
    else:
        times, of = round(chance * 10), 10
    often = "once" if times == 1 else f"{times} times"
    return f"{often} in {of}"


def _tested(changed: Changed) -> str | None:
    tested = [share for share in changed.shares if share.comparison.p is not None]
    if not tested:
        return None
    verdicts = {share.comparison.verdict for share in tested}
    compared = (
        f"{wording.count_of(len(tested), 'trigger or root cause', 'triggers and root causes')}"
    )
    since = wording.day(changed.since)
    if verdicts <= {Verdict.NO_CHANGE, Verdict.UNTESTED}:
        return (
            f"None of {compared} has a greater or smaller part in the incidents than in the year"
            f" from {since} that chance would not explain."
        )
    return f"Tested: the parts of {compared} in the incidents, against the year from {since}."
