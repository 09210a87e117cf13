"""What came back in a period, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.recurrences import Recurrence
from postmortem_archive.archive.trends.returns import Joined, ReturnsFacts
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import DayMark, Link, SeverityMark
from postmortem_archive.site.views.recurrences import (
    PromisesView,
    every_chain,
    note_of,
    promises_view,
)
from postmortem_archive.site.views.trends.named import MOST, Named, and_more, named
from postmortem_archive.site.views.trends.telling import INTERVALS, Headline, share_text


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A recurrence: which time it was, what it came after and the promises that it met.

    `after` leads to `earlier`: “173 days after”.
    """

    link: Link
    id: str
    severity: SeverityMark | None
    date: DayMark | None
    time: Link | None
    after: str
    earlier: Link
    note: str | None
    promises: PromisesView


@dataclass(frozen=True, slots=True)
class ReturnsView:
    """The recurrences of a period, the newest first; `more` tells how many are not shown."""

    lead: str
    headlines: tuple[Headline, ...]
    returns: tuple[ReturnView, ...]
    more: str | None
    every: Link
    clusters: tuple[Named, ...]
    map: Link


def returns_view(facts: ReturnsFacts, period: Period, point: Viewpoint) -> ReturnsView:
    """Return what came back in a period."""
    del period
    newest = tuple(reversed(facts.recurrences))
    return ReturnsView(
        lead=_lead(facts),
        headlines=tuple(_headlines(facts)),
        returns=tuple(_return(found, point) for found in newest[:MOST]),
        more=and_more(len(newest)),
        every=every_chain(point),
        clusters=tuple(_cluster(found, point) for found in facts.clusters[:MOST]),
        map=Link("The map of what belongs together", point.here.href(point.addresses.map)),
    )


def _cluster(found: Joined, point: Viewpoint) -> Named:
    """Return a cluster with its incidents, those before the period too."""
    new, old = len(found.members), len(found.before)
    told = f"{wording.capital(found.cluster.name)}: {wording.count_of(new, 'incident')}"
    told += f", after {old:,} before" if old else ", and none before"
    return named(told, (*found.before, *found.members), point)


def _lead(facts: ReturnsFacts) -> str:
    n = facts.incidents
    if facts.recurrences:
        grown = wording.count_of(len(facts.chains), "history", "histories")
        return f"Only what reports tell counts. It added to {grown}. {INTERVALS}"
    of = "The one incident is not" if n == 1 else f"None of the {n:,} incidents is"
    interval = f": {share_text(facts.share)}. {INTERVALS}" if facts.share else "."
    return f"{of} told to have happened before{interval}"


def _headlines(facts: ReturnsFacts) -> Iterator[Headline]:
    count = len(facts.recurrences)
    if not count or facts.share is None:
        return
    yield Headline(
        f"{count:,} of {facts.incidents:,}", "had happened before", share_text(facts.share)
    )
    yield Headline(
        f"{facts.under_promise:,} of {count:,}",
        "came back while a promise was open",
        "by the days on which it was opened and closed",
    )
    if facts.after_dropping:
        yield Headline(
            f"{facts.after_dropping:,} of {count:,}",
            "came back and a promise was dropped",
            "before that, or on a day that is not told",
        )


def _return(found: Recurrence, point: Viewpoint) -> ReturnView:
    report = found.report
    chain = point.archive.chain(report)
    return ReturnView(
        link=point.report(report),
        id=report.id,
        severity=point.severity(report.severity),
        date=point.day(day(report)),
        time=point.chain(chain, f"{wording.ordinal(found.time)} time") if chain else None,
        after=_after(found.days),
        earlier=point.report(found.earlier),
        note=note_of(report, point),
        promises=promises_view(found, point),
    )


def _after(days: int | None) -> str:
    if days is None:
        return "after"
    return f"{wording.days(days)} after" if days else "on the same day as"
