"""How reports relate to each other: what their authors told, and what their texts link to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as one report's page shows it.

    `words` lead to `report`: “came back as”. `inverse` says that the other report tells it.
    `told` is False where there is no more than a link in a text.
    """

    report: Report
    relation: str
    words: str
    inverse: bool = False
    note: str | None = None
    told: bool = True


@dataclass(frozen=True, slots=True)
class _Edge:
    """A relation from one report to another, before it is seen from either's page."""

    origin: Report
    target: Report
    relation: str
    note: str | None = None
    told: bool = True

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.origin.path, self.target.path))

    def seen_from_origin(self) -> Related:
        words = RELATION_WORDS.get(self.relation, (self.relation, self.relation))[0]
        return Related(self.target, self.relation, words, note=self.note, told=self.told)

    def seen_from_target(self) -> Related:
        words = RELATION_WORDS.get(self.relation, (self.relation, self.relation))[1]
        inverse = self.relation not in _MUTUAL
        return Related(self.origin, self.relation, words, inverse, self.note, self.told)


def relate(reports: Sequence[Report], catalogue: Catalogue) -> Mapping[str, tuple[Related, ...]]:
    """Return the relations of every report that has some, by path.

    A link in a text relates two reports unless either of them says more, or says that they are not
    related. The strongest relations come first, then the order of `reports`.
    """
    told = [edge for report in reports for edge in _told(report, catalogue)]
    more = {edge.pair for edge in told if edge.relation != "related"}
    edges = [edge for edge in told if edge.relation != "related" or edge.pair not in more]
    known = {edge.pair for edge in told} | set(_denied(reports, catalogue))
    edges += [edge for edge in _linked(reports, catalogue) if edge.pair not in known]
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
                yield _Edge(report, target, "related", told=False)


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
