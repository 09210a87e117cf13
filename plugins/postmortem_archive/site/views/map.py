"""The map of relations: the groups of reports that belong together, in time."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.similarity.clusters import Cluster
from postmortem_archive.report.record import Report
from postmortem_archive.site import wording
from postmortem_archive.site.charts import Caption, Chart, Series, Tone
from postmortem_archive.site.charts.lanes import Lane, Stop, lanes
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import DayMark, Link, SeverityMark

# More lanes than this are no picture.
_MOST_DRAWN = 50
_READING = (
    "Each line is a group of incidents that have one cause, came back, or resemble each other"
    " strongly; each dot is an incident on its day."
)


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a cluster."""

    title: Link
    severity: SeverityMark | None
    date: DayMark | None


@dataclass(frozen=True, slots=True)
class ClusterView:
    """A cluster under its name, with its members from the first to the last."""

    anchor: str
    name: str
    count: str
    members: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """All clusters, drawn and listed; without any there is nothing to draw."""

    chart: Chart | None
    clusters: tuple[ClusterView, ...]


def map_view(point: Viewpoint) -> MapView:
    """Return the map of an archive, the largest cluster first."""
    clusters = point.archive.clusters
    views = tuple(_cluster(found, number, point) for number, found in enumerate(clusters, start=1))
    rows = [
        _lane(found, view, point)
        for found, view in zip(clusters, views, strict=True)
        if any(day(report) for report in found.members)
    ]
    caption = Caption("map", "Incidents that belong together", _READING + _left_out(len(rows)))
    drawn = rows[:_MOST_DRAWN]
    return MapView(lanes(caption, drawn, _series(point)) if drawn else None, views)


def _left_out(count: int) -> str:
    if count <= _MOST_DRAWN:
        return ""
    return f" The {_MOST_DRAWN} largest of {count:,} groups are drawn; all are listed below."


def _series(point: Viewpoint) -> tuple[Series, ...]:
    marks = [point.severity(name) for name in point.reading.severities.names]
    return tuple(Series(mark.title, Tone.of_severity(mark)) for mark in marks if mark)


def _cluster(found: Cluster, number: int, point: Viewpoint) -> ClusterView:
    return ClusterView(
        anchor=f"pa-cluster-{number}",
        name=wording.capital(found.name),
        count=wording.count_of(len(found.members), "report"),
        members=tuple(_member(report, point) for report in found.members),
    )


def _member(report: Report, point: Viewpoint) -> MemberView:
    return MemberView(point.report(report), point.severity(report.severity), point.day(day(report)))


def _lane(found: Cluster, view: ClusterView, point: Viewpoint) -> Lane:
    stops = tuple(
        Stop(on, point.report(report), Tone.of_severity(point.severity(report.severity)))
        for report in found.members
        if (on := day(report))
    )
    return Lane(Link(view.name, f"#{view.anchor}"), view.count, stops)
