"""What came back: one history as a line through time, and all of them under each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.recurrences import (
    RECURRENCE,
    Chain,
    Dropped,
    Recurrence,
    StillOpen,
)
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.search.links import explore
from postmortem_archive.site.viewpoint import Viewpoint, state
from postmortem_archive.site.views.marks import DayMark, Link, SeverityMark, StateMark

# A gap of up to so many days is drawn as long as its place in the list says.
_GAPS = (7, 30, 90, 180)


@dataclass(frozen=True, slots=True)
class PromiseView:
    """An action item that was open when its incident came back, and what has become of it."""

    report: Link
    action: Markup | None
    days: str
    state: StateMark
    closed: DayMark | None


@dataclass(frozen=True, slots=True)
class DroppedView:
    """An action item that was given up before; `closed` is None where no day is told."""

    report: Link
    action: Markup | None
    closed: DayMark | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class PromisesView:
    """What had been promised when an incident came back."""

    open: tuple[PromiseView, ...] = ()
    dropped: tuple[DroppedView, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberView:
    """An incident of a history. `gap` is the time since the one before it in the line.

    `step` is the length of that gap, from 1 to 5. `of` are the incidents that it is a recurrence
    of, where those are not simply the one before. `promises` are told in full or, in `brief`, by
    their number.
    """

    link: Link
    id: str
    severity: SeverityMark | None
    kind: str | None
    date: DayMark | None
    here: bool
    gap: str | None
    step: int
    of: tuple[Link, ...]
    note: str | None
    promises: PromisesView
    brief: str | None


@dataclass(frozen=True, slots=True)
class ChainView:
    """The history of an incident that came back.

    `link` leads to its own page from another, and from there to all histories. `explore` leads to
    the reports of the services and the root cause that its incidents share, if they share any.
    """

    summary: str
    members: tuple[MemberView, ...]
    link: Link
    explore: Link | None


@dataclass(frozen=True, slots=True)
class Dot:
    """An incident on a line of time: its place from the left in percent, and its tone."""

    left: str
    tone: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a year on the line of time."""

    left: str
    year: str


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A history in the list of all."""

    link: Link
    count: str
    span: str | None
    promise: str | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class ChainList:
    """Every history, the one that came back last at the top; `explore` leads to their reports."""

    summary: str
    ticks: tuple[Tick, ...]
    rows: tuple[ChainRow, ...]
    explore: Link | None = None


def chain_view(chain: Chain, point: Viewpoint, here: Report | None = None) -> ChainView:
    """Return a history; seen from the page of one of its members, the others' promises in brief."""
    befores = (None, *chain.members)
    return ChainView(
        summary=_summary(chain, point),
        members=tuple(
            _member(member, before, point, here)
            for before, member in zip(befores, chain.members, strict=False)
        ),
        link=point.chain(chain, "The whole history") if here else every_chain(point),
        explore=None if here else _alike(chain, point),
    )


def _alike(chain: Chain, point: Viewpoint) -> Link | None:
    """Return a link to the reports of what a history's incidents have in common."""
    services = [_service_names(member, point) for member in chain.members]
    shared = [name for name in services[0] if all(name in names for names in services)]
    causes = {member.root_cause and member.root_cause.category for member in chain.members}
    cause = [name for name in causes if name] if len(causes) == 1 else []
    if not shared and not cause:
        return None
    asked = {"service": shared, "cause": cause}
    titles = [*(point.service(name).text for name in shared), *(point.cause(n).text for n in cause)]
    return point.explorer(f"All reports of {wording.listed(titles)}", explore(any_of=asked))


def _service_names(report: Report, point: Viewpoint) -> list[str]:
    groups = map(point.archive.service, report.services)
    return [group.name for group in groups if group]


def every_chain(point: Viewpoint) -> Link:
    """Return a link to the list of all histories."""
    return Link("Everything that came back", point.here.href(point.addresses.recurrences))


def _recurrences(chain: Chain, point: Viewpoint) -> list[Recurrence]:
    found = map(point.archive.recurrence, chain.members)
    return [recurrence for recurrence in found if recurrence]


def _summary(chain: Chain, point: Viewpoint) -> str:
    incidents = f"{wording.count_of(len(chain.members), 'incident')}"
    span = _span(chain)
    told = [f"{incidents}, {span}" if span else incidents]
    promised = under_promise(_recurrences(chain, point))
    if promised:
        told.append(promised)
    return f"{'; '.join(told)}."


def _span(chain: Chain) -> str | None:
    days = [on for on in map(day, chain.members) if on]
    if not days:
        return None
    if days[0] == days[-1]:
        return wording.day(days[0])
    return f"{wording.day(days[0])} to {wording.day(days[-1])}"


def under_promise(recurrences: Sequence[Recurrence]) -> str | None:
    """Return how many recurrences met an open promise, in words; None where none is known to."""
    under = sum(1 for recurrence in recurrences if recurrence.open_actions)
    if not under:
        return None
    if len(recurrences) == 1:
        return "it came back while a promise was open"
    if under == len(recurrences):
        return "each time that it came back, a promise was open"
    return f"{under:,} of the {len(recurrences):,} times that it came back, a promise was open"


def _member(
    member: Report, before: Report | None, point: Viewpoint, here: Report | None
) -> MemberView:
    recurrence = point.archive.recurrence(member)
    in_full = here is None or member is here
    gap = _days_between(before, member)
    return MemberView(
        link=point.report(member),
        id=member.id,
        severity=point.severity(member.severity),
        kind=words.KINDS.title(member.kind) if member.kind != "incident" else None,
        date=point.day(day(member)),
        here=member is here,
        gap=None if gap is None else _gap_text(gap),
        step=1 + sum(1 for most in _GAPS if gap is not None and gap > most),
        of=_other_than(before, recurrence, point),
        note=note_of(member, point),
        promises=promises_view(recurrence, point) if in_full else PromisesView(),
        brief=None if in_full else _brief(recurrence),
    )


def _days_between(before: Report | None, member: Report) -> int | None:
    then, now = day(before) if before else None, day(member)
    return (now - then).days if then and now else None


def _gap_text(days: int) -> str:
    """Return the time between two incidents: `173 days later`."""
    return f"{wording.days(days)} later" if days > 0 else "on the same day"


def _other_than(
    before: Report | None, recurrence: Recurrence | None, point: Viewpoint
) -> tuple[Link, ...]:
    earlier = (*recurrence.also, recurrence.earlier) if recurrence else ()
    if earlier == (before,):
        return ()
    return tuple(Link(report.id, point.report(report).href) for report in earlier)


def note_of(report: Report, point: Viewpoint) -> str | None:
    """Return what a report says of itself as a recurrence."""
    told = point.archive.relations(report)
    notes = [r.note for r in told if r.relation == RECURRENCE and not r.inverse and r.note]
    return "; ".join(notes) or None


def _brief(recurrence: Recurrence | None) -> str | None:
    count = len(recurrence.open_actions) if recurrence else 0
    if not count:
        return None
    return f"{wording.count_of(count, 'promise')} {'was' if count == 1 else 'were'} open"


def promises_view(recurrence: Recurrence | None, point: Viewpoint) -> PromisesView:
    """Return the promises that were open, or given up, when an incident came back."""
    if recurrence is None:
        return PromisesView()
    return PromisesView(
        tuple(_promise(found, point) for found in recurrence.open_actions),
        tuple(_dropped(found, point) for found in recurrence.dropped),
    )


def _promise(found: StillOpen, point: Viewpoint) -> PromiseView:
    action = found.action
    return PromiseView(
        report=Link(found.report.id, point.report(found.report).href),
        action=point.here.prose(action.text),
        days=wording.days(found.days),
        state=state(action.status),
        closed=point.day(action.closed),
    )


def _dropped(found: Dropped, point: Viewpoint) -> DroppedView:
    action = found.action
    return DroppedView(
        report=Link(found.report.id, point.report(found.report).href),
        action=point.here.prose(action.text),
        closed=point.day(action.closed),
        reason=action.reason,
    )


def chain_list(point: Viewpoint) -> ChainList:
    """Return every history on one line of time, which ends with the archive's day."""
    chains = sorted(point.archive.chains, key=_last, reverse=True)
    if not chains:
        return ChainList("No report is told to be a recurrence of an earlier one.", (), ())
    days = [on for chain in chains for member in chain.members if (on := day(member))]
    axis = _Axis(min(days, default=point.as_of), max(days, default=point.as_of), point.as_of)
    count = wording.count_of(len(chains), "incident")
    recurrences = wording.count_of(len(point.archive.recurrences), "time")
    came = "came back" if len(chains) > 1 else "has come back"
    summary = f"{count} {came}, {recurrences} in all."
    return ChainList(
        summary,
        axis.ticks(),
        tuple(_row(chain, axis, point) for chain in chains),
        point.explorer("Their reports in the explorer", explore(any_of={"recurring": ("yes",)})),
    )


def _last(chain: Chain) -> date:
    return max((on for on in map(day, chain.members) if on), default=date.min)


class _Axis:
    """A line of time from the first incident to the archive's day, or the last incident's."""

    def __init__(self, first: date, last: date, as_of: date) -> None:
        self.first, self.last = first, max(last, as_of)

    def left(self, on: date) -> str:
        whole = max((self.last - self.first).days, 1)
        return f"{100 * (on - self.first).days / whole:.2f}"

    def ticks(self) -> tuple[Tick, ...]:
        years = range(self.first.year + 1, self.last.year + 1)
        return tuple(Tick(self.left(date(year, 1, 1)), f"{year:04}") for year in years)


def _row(chain: Chain, axis: _Axis, point: Viewpoint) -> ChainRow:
    return ChainRow(
        link=point.chain(chain, chain.first.title),
        count=wording.count_of(len(chain.members), "time"),
        span=_span(chain),
        promise=under_promise(_recurrences(chain, point)),
        dots=tuple(_dots(chain.members, axis, point)),
    )


def _dots(members: Iterable[Report], axis: _Axis, point: Viewpoint) -> Iterable[Dot]:
    for member in members:
        on, severity = day(member), point.severity(member.severity)
        if on:
            yield Dot(axis.left(on), severity.tone if severity else 4)
