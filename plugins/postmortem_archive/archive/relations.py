"""How reports relate to each other: what their authors told, and what their texts lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from postmortem_archive.archive.catalogue import Catalogue
from postmortem_archive.report.record import Report

RELATION_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "recurrence_of": ("recurrence of", "came back as"),
        "caused_by": ("caused by", "caused"),
        "same_cause": ("same cause as", "same cause as"),
        "follows": ("follows", "followed by"),
        "related": ("related to", "related to"),
    }
)
"""The words of each relation, on the page of the report that tells it and on the other's."""

_MUTUAL = frozenset({"same_cause", "related"})
_RANKS = {name: rank for rank, name in enumerate(RELATION_WORDS)}


class Basis(StrEnum):
    """What a relation rests on, the strongest first."""

    TOLD = "told"
    """Front matter, or a section of related incidents."""
    LINK = "link"
    """A link in a text, and no more."""
    NAME = "name"
    """An id in a text, and no more."""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as one report's page shows it.

    `words` lead to `report`: “came back as”. `inverse` says that the other report tells it.
    """

    report: Report
    relation: str
    words: str
    inverse: bool = False
    note: str | None = None
    basis: Basis = Basis.TOLD

    @property
    def told(self) -> bool:
        """Whether an author says so, and not just leads from one text to the other report."""
        return self.basis is Basis.TOLD


@dataclass(frozen=True, slots=True)
class _Edge:
    """A relation from one report to another, before it is seen from either's page."""

    origin: Report
    target: Report
    relation: str
    note: str | None = None
    basis: Basis = Basis.TOLD

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.origin.path, self.target.path))

    def seen_from_origin(self) -> Related:
        words = RELATION_WORDS.get(self.relation, (self.relation, self.relation))[0]
        return Related(self.target, self.relation, words, note=self.note, basis=self.basis)

    def seen_from_target(self) -> Related:
        words = RELATION_WORDS.get(self.relation, (self.relation, self.relation))[1]
        inverse = self.relation not in _MUTUAL
        return Related(self.origin, self.relation, words, inverse, self.note, self.basis)


def relate(reports: Sequence[Report], catalogue: Catalogue) -> Mapping[str, tuple[Related, ...]]:
    """Return the relations of every report that has some, by path.

    What either of two reports says of the other makes needless what its text leads to, a link makes
    a bare id needless, and what either denies is no relation. The strongest relations come first,
    then the order of `reports`.
    """
    denied = frozenset(_denied(reports, catalogue))
    told = [edge for report in reports for edge in _told(report, catalogue)]
    told = [edge for edge in told if edge.pair not in denied]
    more = {edge.pair for edge in told if edge.relation != "related"}
    edges = [edge for edge in told if edge.relation != "related" or edge.pair not in more]
    for weaker in (_linked(reports, catalogue), _named(reports, catalogue)):
        known = denied.union(edge.pair for edge in edges)
        edges += [edge for edge in weaker if edge.pair not in known]
    order = {report.path: number for number, report in enumerate(reports)}
    return MappingProxyType(
        {
            path: tuple(sorted(seen, key=lambda related: _place(related, order)))
            for path, seen in _by_page(edges).items()
        }
    )


def rejected(reports: Sequence[Report], catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """Return the reports that are not related to each, whichever of the two says so; by path."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in _denied(reports, catalogue):
        for path in pair:
            found[path] |= pair - {path}
    return MappingProxyType({path: frozenset(others) for path, others in found.items()})


def _told(report: Report, catalogue: Catalogue) -> Iterator[_Edge]:
    for relation in report.related:
        target = catalogue.find(relation.target, report.path)
        if target is not None and target is not report:
            yield _Edge(report, target, relation.relation, relation.note)


def _denied(reports: Iterable[Report], catalogue: Catalogue) -> Iterator[frozenset[str]]:
    for report in reports:
        for name in report.not_related:
            target = catalogue.find(name, report.path)
            if target is not None:
                yield frozenset((report.path, target.path))


def _linked(reports: Iterable[Report], catalogue: Catalogue) -> Iterator[_Edge]:
    for report in reports:
        for link, _ in report.body.links:
            target = catalogue.by_path.get(link.partition("#")[0])
            if target is not None and target is not report:
                yield _Edge(report, target, "related", basis=Basis.LINK)


def _named(reports: Iterable[Report], catalogue: Catalogue) -> Iterator[_Edge]:
    for report in reports:
        for word, _ in report.body.named:
            target = catalogue.with_id(word)
            if target is not None and target is not report:
                yield _Edge(report, target, "related", basis=Basis.NAME)


def _by_page(edges: Iterable[_Edge]) -> Mapping[str, list[Related]]:
    """Return each page's relations; one that both reports tell is there once."""
    pages: dict[str, dict[tuple[str, str, bool], Related]] = defaultdict(dict)
    for edge in edges:
        for page, seen in (
            (edge.origin.path, edge.seen_from_origin()),
            (edge.target.path, edge.seen_from_target()),
        ):
            pages[page].setdefault((seen.report.path, seen.relation, seen.inverse), seen)
    return {page: list(seen.values()) for page, seen in pages.items()}


def _place(related: Related, order: Mapping[str, int]) -> tuple[int, bool, int]:
    rank = _RANKS.get(related.relation, len(_RANKS))
    return rank, related.inverse, order[related.report.path]
