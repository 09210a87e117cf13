"""Reports under what they have in common: a service, a cause, a trigger, a year, a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from postmortem_archive.archive.catalogue import day
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import Term, Vocabulary, fold


@dataclass(frozen=True, slots=True)
class Group:
    """Reports in the order of time, under a name.

    `term` is the site's own word for it, with what the site says about it, where it has one.
    """

    name: str
    title: str
    reports: tuple[Report, ...] = ()
    term: Term | None = None

    @property
    def incidents(self) -> tuple[Report, ...]:
        """The reports of incidents, without drills, near misses and maintenance."""
        return tuple(report for report in self.reports if report.kind == "incident")


def by_service(reports: Sequence[Report], services: Vocabulary) -> tuple[Group, ...]:
    """Group by service: those of the vocabulary in its order, used or not, then others by title.

    Spellings of a name that differ by case, spaces and punctuation are one service.
    """
    return _grouped(
        ((name, report) for report in reports for name in report.services), services, unused=True
    )


def by_root_cause(reports: Sequence[Report], root_causes: Vocabulary) -> tuple[Group, ...]:
    """Group by root cause, in the order of the vocabulary; those that occur alone."""
    causes = ((report.root_cause, report) for report in reports)
    told = ((cause.category, report) for cause, report in causes if cause and cause.category)
    return _grouped(told, root_causes)


def by_trigger(reports: Sequence[Report], triggers: Vocabulary) -> tuple[Group, ...]:
    """Group by trigger, in the order of the vocabulary; those that occur alone."""
    causes = ((report.trigger, report) for report in reports)
    told = ((cause.category, report) for cause, report in causes if cause and cause.category)
    return _grouped(told, triggers)


def by_year(reports: Iterable[Report]) -> tuple[Group, ...]:
    """Group by year, in order; named and titled `2025`."""
    return _by_period(reports, 4)


def by_month(reports: Iterable[Report]) -> tuple[Group, ...]:
    """Group by month, in order; named and titled `2025-09`."""
    return _by_period(reports, 7)


def _by_period(reports: Iterable[Report], length: int) -> tuple[Group, ...]:
    periods: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        on = day(report)
        if on:
            periods[on.isoformat()[:length]].append(report)
    return tuple(Group(name, name, tuple(periods[name])) for name in sorted(periods))


def _grouped(
    told: Iterable[tuple[str, Report]], words: Vocabulary, *, unused: bool = False
) -> tuple[Group, ...]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    members: dict[str, dict[str, Report]] = defaultdict(dict)
    for name, report in told:
        term = words.find(name)
        key = fold(term.name if term else name)
        spellings[key][name] += 1
        members[key][report.path] = report
    known = tuple(
        Group(term.name, term.title, tuple(members[fold(term.name)].values()), term)
        for term in words.terms
        if unused or fold(term.name) in members
    )
    names = {fold(term.name) for term in words.terms}
    others = [
        Group(_commonest(spellings[key]), _commonest(spellings[key]), tuple(found.values()))
        for key, found in list(members.items())
        if key not in names
    ]
    return (*known, *sorted(others, key=lambda group: (group.title.casefold(), group.title)))


def _commonest(spellings: Counter[str]) -> str:
    """Return the spelling used most; among equals the first by the alphabet."""
    return min(spellings, key=lambda name: (-spellings[name], name))


def count_kinds(reports: Iterable[Report]) -> Mapping[str, int]:
    """Count reports by kind, in the order of first occurrence."""
    return Counter(report.kind for report in reports)


def count_severities(reports: Iterable[Report], scale: Vocabulary) -> Mapping[str | None, int]:
    """Count reports by severity, from the most severe; None counts those that tell none."""
    counts = Counter(report.severity for report in reports)
    scaled: dict[str | None, int] = {name: counts[name] for name in scale.names}
    return scaled | ({None: counts[None]} if counts[None] else {})
