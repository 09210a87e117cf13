"""All reports put together, with what may be published of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

from postmortem_archive.archive import groups
from postmortem_archive.archive.actions import (
    Ledger,
    Numbered,
    OpenAction,
    numbered,
    open_actions,
)
from postmortem_archive.archive.attachments import attachments, without_urls
from postmortem_archive.archive.budgets.budgets import Budgets
from postmortem_archive.archive.calendar import Calendar
from postmortem_archive.archive.catalogue import Catalogue, day, in_order
from postmortem_archive.archive.clocks import Phase, clocks, phases
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.judging import Judge, ordered
from postmortem_archive.archive.neighbours import (
    ALONE,
    Neighbours,
    neighbours,
    service_neighbours,
)
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.recurrences import Chain, Recurrence, Recurrences
from postmortem_archive.archive.relations import Related, rejected, relate
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.archive.similarity.clusters import Cluster, clusters
from postmortem_archive.archive.similarity.features import features
from postmortem_archive.archive.similarity.index import Index, index, matches
from postmortem_archive.archive.similarity.scoring import Strength, strength
from postmortem_archive.archive.similarity.similar import Similar, similar
from postmortem_archive.archive.standing import Standings
from postmortem_archive.report.problem import Problem
from postmortem_archive.report.record import Decided, Report
from postmortem_archive.report.vocabulary import VISIBILITIES, fold

_NOTHING_DECIDED: Mapping[Period, Decided] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LastMajor:
    """The last incident of a major severity, and the days from its day to `as_of`."""

    report: Report
    days: int


@dataclass(frozen=True)
class Archive:
    """The published reports in the order of time; everything else follows from them when asked.

    Only `withheld_paths`, `hidden_files` and `all_problems` speak of reports that are not
    published: they are for the host and for `postmortem check`, and must not reach a page.
    """

    settings: ArchiveSettings
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    """Those of the published reports, as their readers may see them, by path and place."""
    withheld_paths: frozenset[str]
    """The reports that are not published."""
    hidden_files: frozenset[str]
    """The files, other than pages, that belong to withheld reports and nothing published shows."""
    all_problems: tuple[Problem, ...]
    decided: Mapping[Period, Decided] = field(default_factory=lambda: _NOTHING_DECIDED)
    """What the authors' pages about periods decide, in the order of time; published ones alone."""
    withheld_pages: frozenset[str] = frozenset()
    """The authors' pages about periods that are not published."""
    similarity_before: Index | None = field(default=None, compare=False, repr=False)
    """What was known of an earlier archive: what still holds is not computed again."""

    @property
    def withheld(self) -> int:
        """How many reports are not published."""
        return len(self.withheld_paths)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The published reports, to be found by what another report calls them."""
        return Catalogue(self.reports)

    @property
    def by_id(self) -> Mapping[str, Report]:
        """The reports by id; an id told twice belongs to the first by path."""
        return self.catalogue.by_id

    @property
    def by_path(self) -> Mapping[str, Report]:
        """The reports by path."""
        return self.catalogue.by_path

    @cached_property
    def incidents(self) -> tuple[Report, ...]:
        """The reports of incidents: these alone count in clocks and rates."""
        return tuple(report for report in self.reports if report.kind == "incident")

    @cached_property
    def days(self) -> tuple[tuple[date, Report], ...]:
        """The reports that tell a day, each after it, in the order of time."""
        return tuple((on, report) for report in self.reports if (on := day(report)))

    @cached_property
    def calendar(self) -> Calendar:
        """The reports by the day of their incident."""
        return Calendar(self.reports)

    @cached_property
    def standings(self) -> Standings:
        """Where each incident's clocks stand among those before it."""
        return Standings(self.incidents)

    @cached_property
    def budgets(self) -> Budgets:
        """The error budgets of the services, and what used them."""
        return Budgets(self.incidents, self.settings)

    @cached_property
    def _clocks(self) -> Mapping[str, Mapping[str, timedelta]]:
        return {report.path: clocks(report) for report in self.reports}

    def clocks(self, report: Report) -> Mapping[str, timedelta]:
        """Return the clocks of a report that can be measured, by name."""
        return self._clocks[report.path]

    @cached_property
    def _phases(self) -> Mapping[str, tuple[Phase, ...]]:
        return {report.path: phases(report) for report in self.incidents}

    def phases(self, incident: Report) -> tuple[Phase, ...]:
        """Return the phases of an incident; none where they cannot be measured."""
        return self._phases[incident.path]

    @cached_property
    def _problems_by_path(self) -> Mapping[str, tuple[Problem, ...]]:
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.path, []).append(problem)
        return {path: tuple(problems) for path, problems in found.items()}

    def problems_of(self, report: Report) -> tuple[Problem, ...]:
        """Return a report's problems, with those that it has among the others."""
        return self.problems_at(report.path)

    def problems_at(self, path: str) -> tuple[Problem, ...]:
        """Return the problems of the report, or of the author's page about a period, at a path."""
        return self._problems_by_path.get(path, ())

    @cached_property
    def _relations(self) -> Mapping[str, tuple[Related, ...]]:
        return relate(self.reports, self.catalogue)

    def relations(self, report: Report) -> tuple[Related, ...]:
        """Return what a report is related to, the strongest relation first."""
        return self._relations.get(report.path, ())

    @cached_property
    def _recurrences(self) -> Recurrences:
        return Recurrences(self.reports, self._relations)

    @property
    def recurrences(self) -> tuple[Recurrence, ...]:
        """The incidents that had happened before, in the order of time."""
        return self._recurrences.every

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The histories that recurrences make, the one that began first before the others."""
        return self._recurrences.chains

    def chain(self, report: Report) -> Chain | None:
        """Return the history that a report is a part of, or None for one that stands alone."""
        return self._recurrences.chain_of.get(report.path)

    def recurrence(self, report: Report) -> Recurrence | None:
        """Return what is told of a report as a recurrence, or None for one that is none."""
        return self._recurrences.of.get(report.path)

    @cached_property
    def _rejected(self) -> Mapping[str, frozenset[str]]:
        return rejected(self.reports, self.catalogue)

    @cached_property
    def similarity(self) -> Index:
        """What the reports share; their words only where they were read with their pages."""
        reading = self.settings.reading
        told = {report.path: features(report, reading) for report in self.reports}
        return index(told, self.similarity_before)

    def similar(self, report: Report) -> tuple[Similar, ...]:
        """Return the reports that resemble one, the closest first, with reasons.

        Those that are told to be related, or not to be, are not among them.
        """
        told = {related.report.path for related in self.relations(report)}
        without = told | self._rejected.get(report.path, frozenset())
        return similar(report, self.similarity, self.by_path, without)

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """The groups of reports that belong together, the largest first."""
        return clusters(self.reports, self._bonds(), self.similarity)

    def _bonds(self) -> Iterator[tuple[str, str]]:
        """Yield the paths of two reports of one cause, or that resemble each other strongly."""
        for report in self.reports:
            for related in self.relations(report):
                if related.relation in ("recurrence_of", "same_cause"):
                    yield report.path, related.report.path
            rejects = self._rejected.get(report.path, frozenset())
            for match in matches(report.path, self.similarity):
                if strength(match.score) is Strength.STRONG and match.path not in rejects:
                    yield report.path, match.path

    @cached_property
    def _clusters_by_path(self) -> Mapping[str, Cluster]:
        return {report.path: found for found in self.clusters for report in found.members}

    def cluster(self, report: Report) -> Cluster | None:
        """Return the group that a report belongs to, if there is one."""
        return self._clusters_by_path.get(report.path)

    @cached_property
    def _neighbours(self) -> Mapping[str, Neighbours]:
        return neighbours(self.reports)

    def neighbours(self, report: Report) -> Neighbours:
        """Return the incidents before and after a report."""
        return self._neighbours.get(report.path, ALONE)

    @cached_property
    def _service_neighbours(self) -> Mapping[tuple[str, str], Neighbours]:
        return service_neighbours(self.services)

    def neighbours_on(self, report: Report, service: Group) -> Neighbours:
        """Return the incidents before and after a report on one of its services."""
        return self._service_neighbours.get((report.path, service.name), ALONE)

    @cached_property
    def services(self) -> tuple[Group, ...]:
        """The services: those of the settings, used or not, then others that reports name."""
        return groups.by_service(self.reports, self.settings.reading.services)

    @cached_property
    def _service_groups(self) -> Mapping[str, Group]:
        return {fold(group.name): group for group in self.services}

    def service(self, name: str) -> Group | None:
        """Return the group of a service, in any spelling that a report uses."""
        term = self.settings.reading.services.find(name)
        return self._service_groups.get(fold(term.name if term else name))

    @cached_property
    def causes(self) -> tuple[Group, ...]:
        """The root causes that occur, in the order of their vocabulary."""
        return groups.by_root_cause(self.reports, self.settings.reading.root_causes)

    @cached_property
    def triggers(self) -> tuple[Group, ...]:
        """The triggers that occur, in the order of their vocabulary."""
        return groups.by_trigger(self.reports, self.settings.reading.triggers)

    @cached_property
    def years(self) -> tuple[Group, ...]:
        """The years with reports, the first one first."""
        return groups.by_year(self.reports)

    @cached_property
    def months(self) -> tuple[Group, ...]:
        """The months with reports, the first one first."""
        return groups.by_month(self.reports)

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """How many reports there are of each kind."""
        return groups.count_kinds(self.reports)

    @cached_property
    def severities(self) -> Mapping[str | None, int]:
        """How many incidents there are of each severity; None counts those that tell none."""
        return groups.count_severities(self.incidents, self.settings.reading.severities)

    @cached_property
    def actions(self) -> tuple[Numbered, ...]:
        """The actions of all reports."""
        return numbered(self.reports)

    @cached_property
    def ledger(self) -> Ledger:
        """How many actions were open on any day."""
        return Ledger(self.actions)

    @cached_property
    def open_actions(self) -> tuple[OpenAction, ...]:
        """The actions that are not done, by due date."""
        return open_actions(self.actions, self.settings.as_of)

    @cached_property
    def last_major(self) -> LastMajor | None:
        """The last major incident up to `as_of`, or None if there was none."""
        for report in reversed(self.incidents):
            on = day(report)
            if on and on <= self.settings.as_of and self.settings.is_major(report.severity):
                return LastMajor(report, (self.settings.as_of - on).days)
        return None


@dataclass(frozen=True)
class Gathered:
    """Reports, published or not, before it is known which files stand beside them.

    The reports `drafts` are no part of the site. `decided` are the authors' pages about periods;
    `strays` are the problems of pages that seem to be meant as such.
    """

    reports: Iterable[Report]
    settings: ArchiveSettings
    drafts: Sequence[Report] = ()
    decided: Mapping[Period, Decided] = field(default_factory=lambda: _NOTHING_DECIDED)
    strays: Sequence[Problem] = ()

    @cached_property
    def _every(self) -> tuple[Report, ...]:
        told = (self.settings.levels.applied(report) for report in self.reports)
        return in_order(told, self.settings.reading.zone)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self._every, self.settings)

    @cached_property
    def _pages(self) -> Mapping[Period, Decided]:
        return {p: self.decided[p] for p in sorted(self.decided, key=lambda p: (p.end, p.start))}

    def archive(
        self,
        files: Collection[str] = (),
        *,
        named: Collection[str] = (),
        shown_elsewhere: Collection[str] = (),
        left_out: Collection[str] = (),
    ) -> Archive:
        """Put the reports together.

        `files` are all files of the docs folder, as paths from it; where they are given, the links
        of the reports are checked against them. Those that are `named` in withheld reports are
        hidden as those are that withheld reports link to, except what is `shown_elsewhere`: by
        pages other than reports, or by the site itself. Files that are `left_out`, the drafts among
        them, are no part of the site for some other reason.
        """
        settings, judge = self.settings, self._judge
        published = tuple(r for r in self._every if is_published(r, settings.publish_up_to))
        withheld = tuple(r for r in self._every if not is_published(r, settings.publish_up_to))
        claimed = attachments(withheld) | frozenset(named)
        elsewhere = attachments(published) | frozenset(shown_elsewhere) if claimed else claimed
        hidden = claimed - elsewhere
        gone = hidden | {report.path for report in withheld} | frozenset(left_out)
        site_files = frozenset(files) - gone
        if gone:
            published = without_urls(published, gone, site_files)
        unpublished = Catalogue((*withheld, *self.drafts))
        every_problem = problems = judge.problems(published, site_files, unpublished)
        if gone:
            every_problem = judge.with_left_out(
                problems, self._every, frozenset(files), self.drafts
            )
        pages = self._pages
        shown = {p: page for p, page in pages.items() if is_published(page, settings.publish_up_to)}
        problems = ordered([*problems, *judge.of_pages(shown.values())])
        return Archive(
            settings=settings,
            reports=published,
            # No page may name what is not published; the log tells its author all the same.
            problems=tuple(problem for problem in problems if problem.found not in gone),
            withheld_paths=frozenset(report.path for report in withheld),
            hidden_files=hidden,
            all_problems=ordered(
                [*every_problem, *judge.of_pages(pages.values()), *judge.judged(self.strays)]
            ),
            decided=MappingProxyType(shown),
            withheld_pages=(
                frozenset(p.path for p in pages.values()) - {p.path for p in shown.values()}
            ),
        )


def build(
    reports: Iterable[Report],
    settings: ArchiveSettings,
    files: Collection[str] = (),
    *,
    named: Collection[str] = (),
    shown_elsewhere: Collection[str] = (),
    left_out: Collection[str] = (),
    drafts: Sequence[Report] = (),
    decided: Mapping[Period, Decided] = _NOTHING_DECIDED,
) -> Archive:
    """Put reports together, with all that `Gathered` and its archive are told."""
    return Gathered(reports, settings, drafts, decided).archive(
        files, named=named, shown_elsewhere=shown_elsewhere, left_out=left_out
    )


def is_published(report: Report | Decided, publish_up_to: str) -> bool:
    """Tell whether a report, or a page about a period, may be shown to those of `publish_up_to`.

    One that names no audience is AMBER. One that names an audience nobody knows is for none:
    a slip in the word must not publish what it was to hold back.
    """
    if report.visibility is not None:
        visibility = report.visibility
    elif isinstance(report, Report) and "visibility" in report.sources:
        visibility = "unreadable"
    else:
        visibility = "AMBER"
    return visibility in VISIBILITIES.names[: VISIBILITIES.names.index(publish_up_to) + 1]
