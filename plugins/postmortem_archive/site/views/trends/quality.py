"""How good the data of a period is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.quality import QualityFacts, Told
from postmortem_archive.report.record import MILESTONES, Report
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.trends.named import Named, named

_TITLES = {"root_cause": "root cause", "actions": "action items", "detection": "detection source"}
_UNFINISHED = {"draft": ("draft", "drafts"), "in_review": ("report in review", "reports in review")}


@dataclass(frozen=True, slots=True)
class FactRow:
    """Facts that the same incidents lack: `share` is the part that tells them, in percent."""

    title: str
    told: str
    share: str
    lists: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class QualityView:
    """What incidents tell, and what else a reader of the figures has to know.

    `rows` are the facts that some reports lack; `whole` names those that none lacks.
    """

    lead: str
    rows: tuple[FactRow, ...]
    whole: str | None
    notes: tuple[Named, ...]


def quality_view(facts: QualityFacts, period: Period, point: Viewpoint) -> QualityView:
    """Return how good the data of a period is."""
    del period
    lacking: dict[object, list[Told]] = {}
    for fact in facts.facts:
        if fact.told < fact.n:
            alike = _paths(fact.missing), _paths(fact.vague), _vaguely(fact)
            lacking.setdefault(alike, []).append(fact)
    whole = [_title(fact) for fact in facts.facts if fact.told == fact.n] if lacking else []
    return QualityView(
        lead=_lead(facts),
        rows=tuple(_row(alike, point) for alike in lacking.values()),
        whole=f"Told by all: {wording.listed(whole)}." if whole else None,
        notes=tuple(_notes(facts, point)),
    )


def _lead(facts: QualityFacts) -> str:
    n, complete = facts.incidents, facts.complete
    if not n:
        return "No incident is counted here."
    counted = f"n = {wording.count_of(n, 'incident')}"
    if complete == n:
        whose = "whose report tells" if n == 1 else "whose reports all tell"
        return f"{counted}, {whose} {wording.listed([_title(fact) for fact in facts.facts])}."
    if n == 1:
        return f"{counted}, whose report does not tell all that the figures are made of."
    told = f"{complete:,}" if complete else "none"
    verb = "tell" if complete > 1 else "tells"
    return f"{counted}; of their reports, {told} {verb} all that the figures are made of."


def _title(fact: Told) -> str:
    return _TITLES.get(fact.name, fact.name)


def _paths(reports: Iterable[Report]) -> frozenset[str]:
    return frozenset(report.path for report in reports)


def _vaguely(fact: Told) -> str:
    if not fact.vague:
        return ""
    return "by the day alone" if fact.name in MILESTONES else "as unknown"


def _row(alike: Sequence[Told], point: Viewpoint) -> FactRow:
    """Return the row of facts that the same reports lack."""
    fact = alike[0]
    told = (
        (f"{len(fact.missing):,} without {'it' if len(alike) == 1 else 'them'}", fact.missing),
        (f"{len(fact.vague):,} {_vaguely(fact)}", fact.vague),
    )
    return FactRow(
        title=wording.capital(wording.listed([_title(fact) for fact in alike])),
        told=f"{fact.told:,} of {fact.n:,}",
        share=f"{100 * fact.told / fact.n:.1f}",
        lists=tuple(named(summary, reports, point) for summary, reports in told if reports),
    )


def _notes(facts: QualityFacts, point: Viewpoint) -> Iterator[Named]:
    """Give what else there is to know of the reports, for what occurs."""
    as_of = point.archive.settings.as_of
    for status, reports in facts.unfinished.items():
        if reports:
            count = wording.count_of(len(reports), *_UNFINISHED[status])
            yield named(f"{count}: what is told may still change", reports, point)
    for kind, reports in facts.left_out.items():
        if reports:
            (count,) = wording.kinds({kind: len(reports)})
            yield named(f"{count}, left out of every clock and rate", reports, point)
    for reports, told in (
        (facts.contradicting, "a figure or a time that contradicts another"),
        (facts.unconfirmed, "facts that were guessed at import and are not confirmed"),
        (facts.undated, "no day, left out of every period"),
        (facts.later, f"a day after {wording.day(as_of)}, counted nowhere"),
    ):
        if reports:
            yield named(f"{wording.count_of(len(reports), 'report')} with {told}", reports, point)
