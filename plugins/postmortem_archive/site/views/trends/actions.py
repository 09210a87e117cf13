"""What was promised in a period, and what was kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.archive.actions import OPEN_STATUSES, Numbered, OpenAction
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.actions import ActionsFacts, Kept, Standing, days_open
from postmortem_archive.report import vocabulary as words
from postmortem_archive.site import wording
from postmortem_archive.site.charts import (
    Caption,
    Chart,
    Column,
    Link,
    Series,
    Tone,
    stacked_columns,
)
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.trends.named import MOST, and_more
from postmortem_archive.site.views.trends.telling import (
    INTERVALS,
    Headline,
    days_text,
    interval_text,
    percent,
    share_text,
)

Item = OpenAction | Numbered


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action item in a list: its text, its report, and what there is to say of its days."""

    text: Markup
    report: Link
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionList:
    """Action items behind a count."""

    summary: str
    actions: tuple[ActionLine, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What became of the actions of a priority or a horizon; `share` is in percent."""

    name: str
    opened: str
    done: str
    open: str
    dropped: str
    share: str
    percent: str
    interval: str


@dataclass(frozen=True, slots=True)
class KeptTable:
    """What became of the actions opened in the period; each group begins with its own heading."""

    title: str
    groups: tuple[tuple[str, tuple[KeptRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class ActionsView:
    """What was promised and kept: headlines, sentences, and the lists behind them."""

    headlines: tuple[Headline, ...]
    sentences: tuple[str, ...]
    oldest: ActionLine | None
    kept: KeptTable | None
    balance: Chart | None
    lists: tuple[ActionList, ...]


def actions_section_view(facts: ActionsFacts, period: Period, point: Viewpoint) -> ActionsView:
    """Return what was promised in a period, and what was kept of it."""
    return ActionsView(
        headlines=tuple(_headlines(facts)),
        sentences=tuple(_sentences(facts)),
        oldest=_oldest(facts, point),
        kept=_kept_table(facts, point),
        balance=_balance(facts, period, point),
        lists=tuple(_lists(facts, point)),
    )


def _headlines(facts: ActionsFacts) -> Iterator[Headline]:
    on = wording.day(facts.on)
    yield Headline(f"{len(facts.opened):,}", "opened")
    late = f"{len(facts.late):,} after the due date" if facts.late else None
    yield Headline(f"{len(facts.closed):,}", "closed", late)
    if facts.dropped:
        told = sum(1 for item in facts.dropped if item.action.reason)
        yield Headline(f"{len(facts.dropped):,}", "dropped", f"{told:,} with a reason")
    age = facts.age
    note = f"for half of them, longer than {days_text(age)}" if age else None
    yield Headline(f"{len(facts.open):,}", f"open on {on}", note)
    undated = sum(1 for item in facts.open if not item.action.due)
    verb = "has" if undated == 1 else "have"
    without = f"{undated:,} more {verb} no due date" if undated else None
    yield Headline(f"{len(facts.overdue):,}", f"of them overdue on {on}", without)


def _sentences(facts: ActionsFacts) -> Iterator[str]:
    on_time = facts.on_time
    if on_time:
        yield (
            f"Of {on_time.n:,} closed with a due date, {on_time.k:,}"
            f" {'was' if on_time.k == 1 else 'were'} closed in time: {share_text(on_time)}."
        )
    if facts.ended_some_day:
        count = wording.count_of(facts.ended_some_day, "more action item")
        verb, them = ("has", "it was") if facts.ended_some_day == 1 else ("have", "they were")
        yield (
            f"{count} {verb} ended on a day that nobody told; whether {them} open on"
            f" {wording.day(facts.on)} is not known."
        )
    if on_time or facts.age or facts.opened:
        yield INTERVALS


def _oldest(facts: ActionsFacts, point: Viewpoint) -> ActionLine | None:
    if facts.oldest is None:
        return None
    told = f"open for {wording.days(days_open(facts.oldest, facts.on))}"
    return _line(facts.oldest, point, told)


def _line(item: Item, point: Viewpoint, *facts: str) -> ActionLine:
    told = (item.action.owner or "no owner", *facts)
    text = point.here.html(item.action.text.html)
    return ActionLine(text, point.report(item.report), told)


def _kept_table(facts: ActionsFacts, point: Viewpoint) -> KeptTable | None:
    if not facts.kept:
        return None
    groups: list[tuple[str, tuple[KeptRow, ...]]] = []
    for of, title in (("", ""), ("priority", "By priority"), ("horizon", "By horizon")):
        rows = tuple(_row(kept) for kept in facts.kept if kept.of == of)
        if rows:
            groups.append((title, rows))
    title = f"What became by {wording.day(point.as_of)} of those opened in the period"
    return KeptTable(title, tuple(groups))


def _row(kept: Kept) -> KeptRow:
    name = kept.name or "Not told"
    if kept.of == "horizon" and kept.name:
        name = words.HORIZONS.title(kept.name)
    return KeptRow(
        name=name if kept.of else "All",
        opened=f"{kept.opened:,}",
        done=f"{kept.done:,}",
        open=f"{kept.open:,}",
        dropped=f"{kept.dropped:,}",
        share=f"{100 * kept.share.value:.1f}",
        percent=percent(kept.share.value),
        interval=interval_text(kept.share),
    )


def _balance(facts: ActionsFacts, period: Period, point: Viewpoint) -> Chart | None:
    """Return how many were open at the end of each period, where there is more than one."""
    if len(facts.standings) < 2 or not any(standing.open for standing in facts.standings):
        return None
    columns = [_column(standing, point) for standing in facts.standings]
    first, last = facts.standings[0], facts.standings[-1]
    end = f"At the end of {last.period.title}"
    if last.period.in_progress(point.as_of):
        end = f"On {wording.day(point.as_of)}"
    caption = Caption(
        f"actions-{period.name}",
        "Open action items at the end of each period",
        f"Open at the end of {first.period.title}: {first.open:,}."
        f" {end}: {last.open:,}, of which {last.overdue:,} overdue.",
    )
    series = [Series("overdue", Tone.SEV_1), Series("not overdue", Tone.PLAIN)]
    return stacked_columns(caption, columns, series)


def _column(standing: Standing, point: Viewpoint) -> Column:
    name, year = _foot(standing.period)
    return Column(
        Link(name, point.trend(standing.period).href),
        (standing.overdue, standing.open - standing.overdue),
        group=year,
        open=standing.period.in_progress(point.as_of),
    )


def _foot(period: Period) -> tuple[str, str]:
    """Return a period's name under its column, and the year that it is a part of: `Q3`, `2025`."""
    name, _, year = period.title.partition(" ")
    return (name[:3], year) if year else (name, "")


def _lists(facts: ActionsFacts, point: Viewpoint) -> Iterator[ActionList]:
    told = (
        ("overdue", facts.overdue, _overdue),
        ("closed after the due date", facts.late, _closed_late),
        ("dropped", facts.dropped, _dropped),
    )
    for what, items, tell in told:
        if items:
            lines = tuple(_line(item, point, *tell(item)) for item in items[:MOST])
            yield ActionList(f"{len(items):,} {what}", lines, and_more(len(items)))


def _overdue(item: Item) -> Iterator[str]:
    """Tell since when an action was overdue at the end of the period, and what became of it."""
    if isinstance(item, OpenAction) and item.action.due:
        yield f"due {wording.day(item.action.due)}, {wording.days(item.overdue)} overdue"
    if item.action.status not in OPEN_STATUSES and item.action.closed:
        state = words.ACTION_STATUSES.title(item.action.status).lower()
        yield f"since then {state} on {wording.day(item.action.closed)}"


def _closed_late(item: Item) -> Iterator[str]:
    due, closed = item.action.due, item.action.closed
    if due and closed:
        yield f"due {wording.day(due)}, closed {wording.days((closed - due).days)} later"


def _dropped(item: Item) -> Iterator[str]:
    closed = item.action.closed
    yield f"dropped {wording.day(closed)}" if closed else "dropped on a day nobody told"
    yield f"because: {item.action.reason}" if item.action.reason else "without a reason"
