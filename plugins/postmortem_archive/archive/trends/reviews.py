"""Reviews that were due in a period, and how long its reports took to come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.lateness import awaited
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.statistics.quantiles import Quantile, median
from postmortem_archive.archive.statistics.shares import Share, share
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.record import Report

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "reviews_due": "Follow-up reviews and next reviews of reports with a due date in the"
        " period.",
        "reviews_held": "Follow-up reviews that were done on a day in the period, whenever they"
        " were due.",
        "reviews_missed": "Follow-up reviews with a due date in the period that had passed at its"
        " end, or before the day that the archive speaks of, without the review being done.",
        "reviews_untold": "Next reviews whose day in the period had passed: their reports do not"
        " tell whether they were held.",
        "reviews_to_come": "Reviews due in the period whose day has not passed.",
        "publication_days": "The median number of days from recovery (else from the incident's"
        " day) to the publication of the report, of the incidents of the period.",
        "reports_published_late": "The share of the period's incidents whose report was published"
        " later than the site's limit, of those that tell the day of publication.",
        "reports_awaited_late": "Incidents of the period whose report is a draft or in review and"
        " has no day of publication, later than the site's limit.",
    }
)


class ReviewState(StrEnum):
    """What had become of a review at the end of a period."""

    HELD = "held"
    MISSED = "missed"
    TO_COME = "to_come"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Review:
    """A review that is due on a day. `follow_up` is whether it is the follow-up review.

    `done` is the day on which it was done, also where that came later than what `state` tells of.
    """

    report: Report
    follow_up: bool
    due: date
    done: date | None
    state: ReviewState


@dataclass(frozen=True, slots=True)
class Publication:
    """The report of an incident, and the days that it took to come out, or has not."""

    report: Report
    days: int


@dataclass(frozen=True, slots=True)
class ReviewsFacts:
    """The reviews and publications of a period. `on` is its last day that the archive knows of.

    `due` are the reviews due in it, by day; `held` the reports whose follow-up review was done in
    it. `published` are the reports of its incidents that tell their day, `unpublished` those that
    are drafts or in review; `within` is the limit for both, in days.
    """

    on: date
    due: tuple[Review, ...]
    held: tuple[Report, ...]
    published: tuple[Publication, ...]
    unpublished: tuple[Publication, ...]
    within: int

    def of(self, state: ReviewState) -> tuple[Review, ...]:
        """Return the reviews due in the period that were in a state at its end."""
        return tuple(review for review in self.due if review.state is state)

    @property
    def took(self) -> Quantile | None:
        """The median of the days to publication; a report that came before the end took none."""
        return median([max(one.days, 0) for one in self.published])

    @property
    def late(self) -> tuple[Publication, ...]:
        """The reports that were published later than the limit."""
        return tuple(one for one in self.published if one.days > self.within)

    @property
    def late_share(self) -> Share | None:
        """The share of the published that came late, with its interval."""
        return share(len(self.late), len(self.published))

    @property
    def awaited(self) -> tuple[Publication, ...]:
        """The reports that are still to come, and late already."""
        return tuple(one for one in self.unpublished if one.days > self.within)


def reviews(archive: Archive, period: Period) -> ReviewsFacts | None:
    """Return the reviews and publications of a period, or None where there are none."""
    as_of = archive.settings.as_of
    known = period.until(as_of)
    if not known.days:
        return None
    told = [
        (Publication(report, days), report.published)
        for report in incidents_in(archive, period)
        if (days := awaited(report, as_of)) is not None
    ]
    due = [
        review
        for report in archive.reports
        for review in _reviews(report, known.last)
        if period.holds(review.due)
    ]
    held = tuple(
        report
        for report in archive.reports
        if report.follow_up and known.holds(report.follow_up.done)
    )
    if not (due or held or told):
        return None
    return ReviewsFacts(
        on=known.last,
        due=tuple(sorted(due, key=lambda review: review.due)),
        held=held,
        published=tuple(one for one, published in told if published),
        unpublished=tuple(one for one, published in told if not published),
        within=archive.settings.publish_within,
    )


def figures(facts: ReviewsFacts) -> tuple[Figure, ...]:
    """Return the section's figures."""
    counts = (
        ("reviews_due", len(facts.due), "reviews"),
        ("reviews_held", len(facts.held), "reviews"),
        ("reviews_missed", len(facts.of(ReviewState.MISSED)), "reviews"),
        ("reviews_untold", len(facts.of(ReviewState.UNTOLD)), "reviews"),
        ("reviews_to_come", len(facts.of(ReviewState.TO_COME)), "reviews"),
        ("reports_awaited_late", len(facts.awaited), "reports"),
    )
    found = [Figure(name, "", count, unit) for name, count, unit in counts]
    n = len(facts.published)
    if took := facts.took:
        found.append(Figure("publication_days", "", took.value, "days", n, took.low, took.high))
    elif n:
        found.append(Figure("publication_days", "", None, "days", n, note="too few for a median"))
    if late := facts.late_share:
        within = f"limit: {facts.within} days"
        found.append(
            Figure(
                "reports_published_late", "", late.value, "share", n, late.low, late.high, within
            )
        )
    return tuple(found)


def _reviews(report: Report, on: date) -> Iterator[Review]:
    """Give the reviews of a report that have a day, as they stood at the end of another."""
    follow_up = report.follow_up
    if follow_up and follow_up.due:
        due, done = follow_up.due, follow_up.done
        if done and done <= on:
            state = ReviewState.HELD
        else:
            state = ReviewState.MISSED if due < on else ReviewState.TO_COME
        yield Review(report, follow_up=True, due=due, done=done, state=state)
    if report.next_review:
        due = report.next_review
        state = ReviewState.UNTOLD if due < on else ReviewState.TO_COME
        yield Review(report, follow_up=False, due=due, done=None, state=state)
