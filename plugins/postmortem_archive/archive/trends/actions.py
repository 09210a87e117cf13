"""What was promised in a period, what was done of it, and what was open at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from postmortem_archive.archive.actions import Numbered, OpenAction, open_on, was_open
from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period, PeriodKind, periods_between
from postmortem_archive.archive.statistics.quantiles import Quantile, median
from postmortem_archive.archive.statistics.shares import Share, share
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.vocabulary import fold

# How many periods the balance goes back over, by their kind.
_BACK = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 8}
_MOST_QUARTERS = 24
# Authors may call priorities what they like; of a table of more than these nobody would read.
_MOST_PRIORITIES = 8
_OTHER = "(any other)"

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "actions_opened": "Action items that were opened in the period: on the day that they tell,"
        " else when their report was published, else on the day of the incident; an item that was"
        " closed before counts from there. Those of reports of every kind count.",
        "actions_closed": "Action items that were done on a day in the period. Those that are done"
        " on a day nobody told are in no period.",
        "actions_dropped": "Action items that are not to be done: given up on a day in the period,"
        " or on a day nobody told and opened in the period.",
        "actions_open": "Action items that were open at the end of the period, or on the day that"
        " the archive speaks of if that is before. Those that have since been done count as open"
        " then; those that ended on a day nobody told do not.",
        "actions_overdue": "Those of the open action items whose due date had passed.",
        "actions_open_or_ended": "Action items opened by the end of the period that have ended on a"
        " day nobody told: whether they were open at its end is not known.",
        "actions_open_age": "The median number of days that the open action items had been open.",
        "actions_oldest_age": "The days that the longest open of them had been open.",
        "actions_closed_on_time": "The share of the action items done in the period that were done"
        " on their due date or before, of those that have one.",
        "actions_done": "The share of the action items opened in the period that are done on the"
        " day that the archive speaks of, whether or not they tell when.",
        "actions_open_at": "Action items that were open at the end of a period.",
        "actions_overdue_at": "Action items that were open at the end of a period and whose due"
        " date had passed.",
    }
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What has become of the `opened` action items of a priority or a horizon.

    `of` is "priority" or "horizon", or empty for all; `name` is None for those that tell none.
    `share` is the part that is done, with its interval.
    """

    of: str
    name: str | None
    opened: int
    done: int
    open: int
    dropped: int
    share: Share


@dataclass(frozen=True, slots=True)
class Standing:
    """How many actions were open, and how many overdue, at the end of a period."""

    period: Period
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ActionsFacts:
    """What was promised. `on` is the last day of the period that the archive knows of.

    `opened`, `closed` and `dropped` happened in the period; `open` are those that were open at the
    end of `on`, by due date, and `ended_some_day` is the number of those that may have been.
    `due` is the number of the closed that had a due date, and `late` are those closed after it.
    `kept` begins with all that was opened in the period, as it stands today. `standings` has the
    periods up to this one.
    """

    on: date
    opened: tuple[Numbered, ...]
    closed: tuple[Numbered, ...]
    dropped: tuple[Numbered, ...]
    open: tuple[OpenAction, ...]
    ended_some_day: int
    due: int
    late: tuple[Numbered, ...]
    kept: tuple[Kept, ...]
    standings: tuple[Standing, ...]

    @property
    def overdue(self) -> tuple[OpenAction, ...]:
        """The open ones whose due date had passed, the longest overdue first."""
        return tuple(item for item in self.open if item.overdue)

    @property
    def on_time(self) -> Share | None:
        """The share of what was closed on its due date or before, of what had one."""
        return share(self.due - len(self.late), self.due)

    @property
    def ages(self) -> tuple[int, ...]:
        """For how many days each of the open ones had been open."""
        return tuple(days_open(item, self.on) for item in self.open)

    @property
    def age(self) -> Quantile | None:
        """The median age of the open ones, in days."""
        return median(self.ages)

    @property
    def oldest(self) -> OpenAction | None:
        """The one that had been open for longest; of equals the first due."""
        return max(self.open, key=lambda item: days_open(item, self.on), default=None)


def actions(archive: Archive, period: Period) -> ActionsFacts | None:
    """Return what was promised and kept in a period, or None where nothing was open in it."""
    as_of = archive.settings.as_of
    known = period.until(as_of)
    if not known.days:
        return None
    on = known.last
    items = [item for item in archive.actions if item.opened and item.opened <= on]
    opened = tuple(item for item in items if known.holds(item.opened))
    closed = tuple(
        item for item in items if item.action.status == "done" and known.holds(item.action.closed)
    )
    dropped = tuple(
        item
        for item in items
        if item.action.status == "not_doing" and known.holds(item.action.closed or item.opened)
    )
    still_open = open_on(items, on)
    if not (opened or closed or dropped or still_open):
        return None
    due = [item for item in closed if item.action.due]
    return ActionsFacts(
        on=on,
        opened=opened,
        closed=closed,
        dropped=dropped,
        open=still_open,
        # What has ended by now is known not to be open today.
        ended_some_day=sum(1 for item in items if on < as_of and was_open(item.action, on) is None),
        due=len(due),
        late=tuple(item for item in due if _is_late(item)),
        kept=tuple(_kept(opened)),
        standings=tuple(_standings(archive, period)),
    )


def days_open(item: OpenAction | Numbered, on: date) -> int:
    """Return for how many days an action had been open at the end of a day."""
    return (on - item.opened).days if item.opened else 0


def figures(facts: ActionsFacts) -> tuple[Figure, ...]:
    """Return the section's figures."""
    found = [
        Figure("actions_opened", "", len(facts.opened), "actions"),
        Figure("actions_closed", "", len(facts.closed), "actions"),
        Figure("actions_dropped", "", len(facts.dropped), "actions"),
        Figure("actions_open", "", len(facts.open), "actions"),
        Figure("actions_overdue", "", len(facts.overdue), "actions", n=len(facts.open)),
        Figure("actions_open_or_ended", "", facts.ended_some_day, "actions"),
        _age_figure(facts),
    ]
    if facts.oldest:
        oldest = f"{facts.oldest.report.id}, action {facts.oldest.number}"
        days = days_open(facts.oldest, facts.on)
        found.append(Figure("actions_oldest_age", oldest, days, "days"))
    if told := facts.on_time:
        found.append(
            Figure("actions_closed_on_time", "", told.value, "share", told.n, told.low, told.high)
        )
    for kept in facts.kept:
        of, told = f"{kept.of} {kept.name or 'not told'}" if kept.of else "", kept.share
        found.append(Figure("actions_done", of, told.value, "share", told.n, told.low, told.high))
    for standing in facts.standings:
        title = standing.period.title
        found.append(Figure("actions_open_at", title, standing.open, "actions"))
        found.append(Figure("actions_overdue_at", title, standing.overdue, "actions"))
    return tuple(found)


def _age_figure(facts: ActionsFacts) -> Figure:
    told, n = facts.age, len(facts.open)
    if told is None:
        return Figure("actions_open_age", "", None, "days", n, note="too few for a median")
    return Figure("actions_open_age", "", told.value, "days", n, told.low, told.high)


def _is_late(item: Numbered) -> bool:
    due, closed = item.action.due, item.action.closed
    return due is not None and closed is not None and closed > due


def _kept(opened: Sequence[Numbered]) -> Iterator[Kept]:
    """Give what became of actions: of all, then by priority and by horizon where some tell one."""
    yield from _counted("", None, opened)
    by_priority = _by_priority(opened)
    if any(name for name, _ in by_priority):
        for name, items in by_priority:
            yield from _counted("priority", name, items)
    by_horizon = {
        name: [item for item in opened if item.action.horizon == name]
        for name in (*words.HORIZONS.names, None)
    }
    if any(items for name, items in by_horizon.items() if name):
        for name, items in by_horizon.items():
            yield from _counted("horizon", name, items)


def _by_priority(opened: Sequence[Numbered]) -> Sequence[tuple[str | None, Sequence[Numbered]]]:
    """Return the actions of the commonest priorities, in the alphabet's order; then the others."""
    found: dict[str, list[Numbered]] = defaultdict(list)
    for item in opened:
        found[fold(item.action.priority or "")].append(item)
    untold = found.pop("", [])
    names = sorted(found, key=lambda name: (-len(found[name]), name))
    rare = [item for name in names[_MOST_PRIORITIES:] for item in found[name]]
    groups = [
        (found[name][0].action.priority, found[name]) for name in sorted(names[:_MOST_PRIORITIES])
    ]
    return [*groups, *([(_OTHER, rare)] if rare else []), *([(None, untold)] if untold else [])]


def _counted(of: str, name: str | None, items: Sequence[Numbered]) -> Iterator[Kept]:
    """Give what became of some actions; nothing where there are none."""
    states = [item.action.status for item in items]
    n, done, dropped = len(items), states.count("done"), states.count("not_doing")
    if told := share(done, n):
        yield Kept(of, name, n, done, n - done - dropped, dropped, told)


def _standings(archive: Archive, period: Period) -> Iterator[Standing]:
    """Give how many actions were open at the end of this period and of those before it."""
    as_of = archive.settings.as_of
    first = min((item.opened for item in archive.actions if item.opened), default=as_of)
    for each in _periods(period, archive.settings.year_starts):
        if each.start <= as_of and each.last >= first:
            on = each.until(as_of).last
            yield Standing(each, archive.ledger.open(on), archive.ledger.overdue(on))


def _periods(period: Period, year_starts: int) -> Iterator[Period]:
    """Give the periods whose ends are compared: of a year, and of all time, the quarters."""
    if period.kind in _BACK:
        for count in reversed(range(_BACK[period.kind])):
            earlier = period.before(count)
            if earlier:
                yield earlier
    elif period.kind is not PeriodKind.SPAN:
        yield from _quarters(period, year_starts)


def _quarters(period: Period, year_starts: int) -> Sequence[Period]:
    before = period.year_before()
    first = before.start if before else period.start
    found = tuple(periods_between(PeriodKind.QUARTER, first, period.last, year_starts))
    if len(found) > _MOST_QUARTERS:
        return tuple(periods_between(PeriodKind.YEAR, first, period.last, year_starts))
    return found
