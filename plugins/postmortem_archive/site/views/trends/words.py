"""Where decisions stand: those of a period's own page, and those of the pages before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.words import DecidedIn, Decision, WordsFacts
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint, state
from postmortem_archive.site.views.marks import DayMark, Link, StateMark


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision with its state; `closed` is the day on which it was carried out."""

    state: StateMark
    text: Markup
    owner: str | None
    due: DayMark | None
    closed: DayMark | None
    overdue: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class DecidedView:
    """The decisions of one page, under a link to it."""

    page: Link
    summary: str
    decisions: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True)
class WordsView:
    """A sentence on the page's own decisions, and the earlier ones page by page."""

    own: str | None
    earlier: tuple[DecidedView, ...]


def words_view(facts: WordsFacts, period: Period, point: Viewpoint) -> WordsView:
    """Return where the decisions of a period and of those before it stand."""
    own = f"Of {period.title} itself: {_summary(facts.own)}." if facts.own else None
    return WordsView(own, tuple(_decided(told, point) for told in facts.earlier))


def _decided(told: DecidedIn, point: Viewpoint) -> DecidedView:
    more = told.total - len(told.decisions)
    summary = _summary(told.decisions)
    if more:
        summary += f" ({more:,} more not open any more)"
    page = Link(told.period.title, point.here.href(told.path))
    return DecidedView(page, summary, tuple(_decision(d, point) for d in told.decisions))


def _summary(decisions: Sequence[Decision]) -> str:
    """Return how many decisions there are and how they stand: `4 decisions, 3 done and 1 open`."""
    late = sum(decision.overdue > 0 for decision in decisions)
    still_open = sum(decision.is_open for decision in decisions)
    counts = (
        (sum(d.action.status == "done" for d in decisions), "done"),
        (still_open, f"open ({late} overdue)" if late else "open"),
        (sum(d.action.status == "not_doing" for d in decisions), "dropped"),
    )
    told = [f"{count} {word}" for count, word in counts if count]
    return f"{wording.count_of(len(decisions), 'decision')}, {wording.listed(told)}"


def _decision(decision: Decision, point: Viewpoint) -> DecisionView:
    action = decision.action
    return DecisionView(
        state=state(action.status),
        text=point.here.html(action.text.html),
        owner=action.owner,
        due=point.day(action.due),
        closed=point.day(action.closed) if action.status == "done" else None,
        overdue=f"{wording.days(decision.overdue)} overdue" if decision.overdue else None,
        reason=action.reason,
    )
