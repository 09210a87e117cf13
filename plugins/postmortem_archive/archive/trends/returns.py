"""What came back in a period: its recurrences, and the promises that each of them met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.recurrences import Chain, Recurrence
from postmortem_archive.archive.similarity.clusters import Cluster
from postmortem_archive.archive.statistics.shares import Share, share
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.record import Report

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
        "cluster_members": "Incidents of the period that belong to a cluster: three reports or more"
        " that are told to be of one cause, or that resemble each other strongly.",
        "recurrence_time": "Which time it was that the incident happened, the first one counted.",
        "recurrence_gap": "The days from the earlier incident's day to that of its recurrence.",
        "promise_open": "The days for which an action item had been open when its incident came"
        " back.",
    }
)


@dataclass(frozen=True, slots=True)
class Joined:
    """A cluster that incidents of a period belong to: those of the period, and those before."""

    cluster: Cluster
    members: tuple[Report, ...]
    before: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class ReturnsFacts:
    """The recurrences of a period in the order of time, of how many incidents.

    `clusters` are those that reports do not already tell of as one history.
    """

    incidents: int
    recurrences: tuple[Recurrence, ...]
    share: Share | None
    chains: tuple[Chain, ...]
    clusters: tuple[Joined, ...] = ()

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

    None without incidents in it, and where the archive knows of no recurrence and no cluster.
    """
    incidents = incidents_in(archive, period)
    joined = tuple(_joined(archive, incidents))
    if not incidents or not (archive.recurrences or joined):
        return None
    found = tuple(told for report in incidents if (told := archive.recurrence(report)))
    chains = (archive.chain(told.report) for told in found)
    grown = {chain.first.path: chain for chain in chains if chain}
    return ReturnsFacts(
        incidents=len(incidents),
        recurrences=found,
        share=share(len(found), len(incidents)),
        chains=tuple(grown.values()),
        clusters=joined,
    )


def _joined(archive: Archive, incidents: Sequence[Report]) -> Iterator[Joined]:
    """Give the clusters that incidents of a period belong to, the largest first.

    One whose members are all of one history is told as that.
    """
    paths = {report.path for report in incidents}
    for cluster in archive.clusters:
        members = tuple(report for report in cluster.members if report.path in paths)
        if not members or _is_history(archive, cluster):
            continue
        known = cluster.members[: cluster.members.index(members[0])]
        before = tuple(report for report in known if report.kind == "incident")
        yield Joined(cluster, members, before)


def _is_history(archive: Archive, cluster: Cluster) -> bool:
    chain = archive.chain(cluster.members[0])
    known = {report.path for report in chain.members} if chain else set()
    return all(report.path in known for report in cluster.members)


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
    found += [
        Figure("cluster_members", joined.cluster.name, len(joined.members), "incidents")
        for joined in facts.clusters
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
