"""How good the data of a period is: what its reports tell, and what they leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.lateness import UNPUBLISHED
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in, reports_in
from postmortem_archive.report.record import MILESTONES, Report

# Two statements of one report that cannot both be true.
_CONTRADICTIONS = frozenset(
    {"stated-figure", "disagreement", "milestone-order", "impossible-order"}
)

# Words of the vocabularies that tell that nobody knows.
_NOBODY_KNOWS = frozenset({"unknown", "indeterminate"})

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "facts_told": "Incidents of the period whose report tells a fact: a milestone with its time"
        " of day, or another fact with a value other than unknown.",
        "facts_vague": "Incidents whose report tells a milestone by its day alone, or says of a"
        " fact that it is unknown.",
        "facts_missing": "Incidents whose report does not tell a fact at all.",
        "complete_reports": "Incidents whose report tells every fact that is looked for.",
        "unfinished_reports": "Reports of the period, of every kind, with the status draft or in"
        " review.",
        "kinds_left_out": "Reports of the period that are not of an incident, and so count in no"
        " clock and no rate.",
        "contradicting_reports": "Reports of the period that state a figure or a fact in two ways"
        " that cannot both be true, or milestones out of order, and are told so by the site's"
        " rules.",
        "unconfirmed_reports": "Reports of the period with facts that were guessed when they were"
        " imported and that nobody has confirmed.",
        "undated_reports": "Reports that tell no day, and so belong to no period.",
        "later_reports": "Reports with a day after the one that the archive speaks of, which no"
        " figure counts.",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that the reports of `n` incidents are looked through for.

    `missing` are those that do not tell it; `vague` those that tell a milestone by its day alone,
    or that the fact is unknown.
    """

    name: str
    n: int
    missing: tuple[Report, ...]
    vague: tuple[Report, ...]

    @property
    def told(self) -> int:
        """How many reports tell it."""
        return self.n - len(self.missing) - len(self.vague)


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """What the reports of a period tell and leave out.

    `facts` and `complete` (the number that tell them all) speak of incidents, the rest of reports
    of every kind. `undated` and `later`, those with a day after `as_of`, are known of all time
    alone: such reports are in no period.
    """

    incidents: int
    facts: tuple[Told, ...]
    complete: int
    unfinished: Mapping[str, tuple[Report, ...]]
    left_out: Mapping[str, tuple[Report, ...]]
    contradicting: tuple[Report, ...]
    unconfirmed: tuple[Report, ...]
    undated: tuple[Report, ...]
    later: tuple[Report, ...]


def quality(archive: Archive, period: Period) -> QualityFacts | None:
    """Return how good the data of a period is, or None where there is no report."""
    reports, incidents = reports_in(archive, period), incidents_in(archive, period)
    undated: tuple[Report, ...] = ()
    later: tuple[Report, ...] = ()
    if period.kind is PeriodKind.ALL:
        days = [(report, day(report)) for report in archive.reports]
        undated = tuple(report for report, on in days if on is None)
        later = tuple(report for report, on in days if on and on > archive.settings.as_of)
    if not reports and not undated:
        return None
    facts = tuple(_told(name, is_told, incidents) for name, is_told in _LOOKED_FOR)
    lacking = {report.path for fact in facts for report in (*fact.missing, *fact.vague)}
    return QualityFacts(
        incidents=len(incidents),
        facts=facts,
        complete=len(incidents) - len(lacking),
        unfinished=_by(UNPUBLISHED, reports, lambda report: report.status),
        left_out=_by(("near_miss", "drill", "maintenance"), reports, lambda report: report.kind),
        contradicting=tuple(
            report
            for report in reports
            if any(problem.rule in _CONTRADICTIONS for problem in archive.problems_of(report))
        ),
        unconfirmed=tuple(report for report in reports if report.unconfirmed),
        undated=undated,
        later=later,
    )


def figures(facts: QualityFacts) -> tuple[Figure, ...]:
    """Return the section's figures."""
    n = facts.incidents
    found = [
        Figure(name, fact.name, value, "incidents", n=fact.n)
        for fact in facts.facts
        for name, value in (
            ("facts_told", fact.told),
            ("facts_vague", len(fact.vague)),
            ("facts_missing", len(fact.missing)),
        )
    ]
    found.append(Figure("complete_reports", "", facts.complete, "incidents", n=n))
    counted = [
        *(("unfinished_reports", status, told) for status, told in facts.unfinished.items()),
        *(("kinds_left_out", kind, told) for kind, told in facts.left_out.items()),
        ("contradicting_reports", "", facts.contradicting),
        ("unconfirmed_reports", "", facts.unconfirmed),
        ("undated_reports", "", facts.undated),
        ("later_reports", "", facts.later),
    ]
    found += [Figure(name, of, len(told), "reports") for name, of, told in counted]
    return tuple(found)


# None where a fact is missing, False where it is told vaguely.
IsTold = Callable[[Report], bool | None]


def _told(name: str, is_told: IsTold, incidents: Iterable[Report]) -> Told:
    answers = [(report, is_told(report)) for report in incidents]
    return Told(
        name,
        len(answers),
        tuple(report for report, answer in answers if answer is None),
        tuple(report for report, answer in answers if answer is False),
    )


def _milestone(name: str) -> IsTold:
    def is_told(report: Report) -> bool | None:
        found = report.milestones.get(name)
        return found.exact if found else None

    return is_told


def _word(word: str | None) -> bool | None:
    return word not in _NOBODY_KNOWS if word else None


_LOOKED_FOR: tuple[tuple[str, IsTold], ...] = (
    *((name, _milestone(name)) for name in MILESTONES),
    ("severity", lambda report: True if report.severity else None),
    ("detection", lambda report: _word(report.detection.source if report.detection else None)),
    ("trigger", lambda report: _word(report.trigger.category if report.trigger else None)),
    ("root_cause", lambda report: _word(report.root_cause.category if report.root_cause else None)),
    ("services", lambda report: True if report.services else None),
    ("actions", lambda report: True if report.actions else None),
)


def _by(
    names: Iterable[str], reports: Iterable[Report], tell: Callable[[Report], str | None]
) -> Mapping[str, tuple[Report, ...]]:
    """Return the reports of each name, in the order of the names."""
    return MappingProxyType(
        {name: tuple(report for report in reports if tell(report) == name) for name in names}
    )
