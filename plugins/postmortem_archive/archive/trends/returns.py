"""What came back in a period: its recurrences, and the promises that each of them met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.recurrences import Chain, Recurrence
from postmortem_archive.archive.statistics.shares import Share, share
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "recurrences": "Incidents of the period whose report, or another one's, says that an"
        " earlier incident came back.",
        "recurrence_share": "The share of the incidents of the period that are recurrences. Only"
        " what reports tell counts, so that it may be more and is never less.",
        "recurrences_under_promise": "Recurrences of the period at which an action item of the"
        " earlier incidents is known, by the days on which it was opened and closed, to have been"
        " open.",
        "recurrences_after_dropping": "Recurrences of the period before which an action item of the"
        " earlier incidents had been given up, or was so on a day that is not told.",
        "histories_grown": "Incidents with their recurrences, each history counted once, that a"
        " recurrence of the period was added to.",
        "recurrence_time": "Which time it was that the incident happened, the first one counted.",
        "recurrence_gap": "The days from the earlier incident's day to that of its recurrence.",
        "promise_open": "The days for which an action item had been open when its incident came"
        " back.",
    }
)


@dataclass(frozen=True, slots=True)
class ReturnsFacts:
    """The recurrences of a period in the order of time, of how many incidents."""

    incidents: int
    recurrences: tuple[Recurrence, ...]
    share: Share | None
    chains: tuple[Chain, ...]

    @property
    def under_promise(self) -> int:
        """How many of the recurrences met an open promise."""
        return sum(1 for found in self.recurrences if found.open_actions)

    @property
    def after_dropping(self) -> int:
        """How many of the recurrences met a promise that had been given up."""
        return sum(1 for found in self.recurrences if found.dropped)


def returns(archive: Archive, period: Period) -> ReturnsFacts | None:
    """Return what came back in a period.

    None without incidents in it, and where no report of the archive tells of any recurrence.
    """
    incidents = incidents_in(archive, period)
    if not incidents or not archive.recurrences:
        return None
    found = tuple(told for report in incidents if (told := archive.recurrence(report)))
    chains = (archive.chain(told.report) for told in found)
    grown = {chain.first.path: chain for chain in chains if chain}
    return ReturnsFacts(
        incidents=len(incidents),
        recurrences=found,
        share=share(len(found), len(incidents)),
        chains=tuple(grown.values()),
    )


def figures(facts: ReturnsFacts) -> tuple[Figure, ...]:
    """Return the section's figures."""
    count, told = len(facts.recurrences), facts.share
    found = [Figure("recurrences", "", count, "incidents", n=facts.incidents)]
    if told:
        found.append(
            Figure(
                "recurrence_share", "", told.value, "share", n=told.n, low=told.low, high=told.high
            )
        )
    found += [
        Figure("recurrences_under_promise", "", facts.under_promise, "incidents", n=count),
        Figure("recurrences_after_dropping", "", facts.after_dropping, "incidents", n=count),
        Figure("histories_grown", "", len(facts.chains), "histories"),
    ]
    for each in facts.recurrences:
        found.append(Figure("recurrence_time", each.report.id, each.time, "times"))
        if each.days is not None:
            found.append(Figure("recurrence_gap", each.report.id, each.days, "days"))
        found += [
            Figure(
                "promise_open",
                f"{each.report.id}: action {promise.number} of {promise.report.id}",
                promise.days,
                "days",
            )
            for promise in each.open_actions
        ]
    return tuple(found)
