"""Reviews that were due in a period, and how long its reports took to come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.reviews import (
    Publication,
    Review,
    ReviewsFacts,
    ReviewState,
)
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import DayMark, Link, StateMark
from postmortem_archive.site.views.trends.named import MOST, Named, and_more
from postmortem_archive.site.views.trends.telling import (
    INTERVALS,
    Headline,
    days_text,
    share_text,
)

_MARKS = {
    ReviewState.HELD: StateMark("done", "Held"),
    ReviewState.MISSED: StateMark("missed", "Missed"),
    ReviewState.TO_COME: StateMark("open", "To come"),
    ReviewState.UNTOLD: StateMark("untold", "Not told"),
}


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review: its day, its report, and what became of it."""

    due: DayMark
    report: Link
    kind: str
    state: StateMark
    note: str | None


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """The reviews due in a period, and the reports of its incidents that came late."""

    headlines: tuple[Headline, ...]
    sentences: tuple[str, ...]
    rows: tuple[ReviewRow, ...]
    more: str | None
    lists: tuple[Named, ...]


def reviews_view(facts: ReviewsFacts, period: Period, point: Viewpoint) -> ReviewsView:
    """Return the reviews and publications of a period."""
    del period
    # What was missed first, so that no cut of the list leaves it out.
    ordered = sorted(facts.due, key=lambda review: review.state is not ReviewState.MISSED)
    shown = sorted(ordered[:MOST], key=lambda review: review.due)
    return ReviewsView(
        headlines=tuple(_headlines(facts)),
        sentences=tuple(_sentences(facts)),
        rows=tuple(_row(review, point) for review in shown),
        more=and_more(len(facts.due)),
        lists=tuple(_lists(facts, point)),
    )


def _headlines(facts: ReviewsFacts) -> Iterator[Headline]:
    if facts.due or facts.held:
        to_come = len(facts.of(ReviewState.TO_COME))
        yield Headline(
            f"{len(facts.due):,}",
            "reviews due",
            f"{to_come:,} of them to come" if to_come else None,
        )
        yield Headline(f"{len(facts.held):,}", "follow-up reviews held")
        yield Headline(
            f"{len(facts.of(ReviewState.MISSED)):,}", f"missed by {wording.day(facts.on)}"
        )
    if late := facts.late_share:
        took = facts.took
        note = f"half of them within {days_text(took)}" if took else None
        yield Headline(f"{late.k:,} of {late.n:,}", "reports published late", note)


def _sentences(facts: ReviewsFacts) -> Iterator[str]:
    if late := facts.late_share:
        yield (
            f"Late is more than {wording.days(facts.within)} after recovery; the share that was"
            f" late is {share_text(late)}. {INTERVALS}"
        )
    untold = len(facts.of(ReviewState.UNTOLD))
    if untold:
        whose = "review whose report does" if untold == 1 else "reviews whose reports do"
        yield f"The day has passed of {untold:,} next {whose} not tell whether it was held."


def _row(review: Review, point: Viewpoint) -> ReviewRow:
    return ReviewRow(
        due=DayMark(wording.day(review.due), review.due.isoformat()),
        report=point.report(review.report),
        kind="follow-up review" if review.follow_up else "next review",
        state=_MARKS[review.state],
        note=_note(review),
    )


def _note(review: Review) -> str | None:
    if review.done is None:
        return None
    held = wording.day(review.done)
    if review.state is not ReviewState.HELD:
        return f"held {held}"
    days = (review.done - review.due).days
    return f"{held}, {wording.days(days)} late" if days > 0 else held


def _lists(facts: ReviewsFacts, point: Viewpoint) -> Iterator[Named]:
    if facts.late:
        yield _publications(f"{len(facts.late):,} published late", facts.late, point)
    if facts.awaited:
        count = f"{len(facts.awaited):,} not published and late on {wording.day(point.as_of)}"
        yield _publications(count, facts.awaited, point)


def _publications(summary: str, found: Sequence[Publication], point: Viewpoint) -> Named:
    """Return reports under a sentence, the one that took longest first."""
    longest = sorted(found, key=lambda one: -one.days)[:MOST]
    links = tuple(
        Link(f"{wording.days(one.days)}: {one.report.title}", point.report(one.report).href)
        for one in longest
    )
    return Named(summary, links, and_more(len(found)))
