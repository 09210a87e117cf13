"""The sections of a period's trends, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends import (
    actions,
    budgets,
    causes,
    counts,
    detection,
    durations,
    impact,
    load,
    majors,
    quality,
    returns,
    reviews,
    verdict,
    words,
)
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.site.fragments import Fragments
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.trends.actions import actions_section_view
from postmortem_archive.site.views.trends.budgets import budgets_view
from postmortem_archive.site.views.trends.causes import causes_view
from postmortem_archive.site.views.trends.counts import counts_view
from postmortem_archive.site.views.trends.detection import detection_view
from postmortem_archive.site.views.trends.durations import durations_view
from postmortem_archive.site.views.trends.files import FilesView, files_view
from postmortem_archive.site.views.trends.impact import impact_view
from postmortem_archive.site.views.trends.load import load_view
from postmortem_archive.site.views.trends.majors import majors_view
from postmortem_archive.site.views.trends.paper import paper_facts, paper_view
from postmortem_archive.site.views.trends.quality import quality_view
from postmortem_archive.site.views.trends.returns import returns_view
from postmortem_archive.site.views.trends.reviews import reviews_view
from postmortem_archive.site.views.trends.verdict import verdict_view
from postmortem_archive.site.views.trends.way import way_facts, way_view
from postmortem_archive.site.views.trends.words import words_view

Facts = Any


@dataclass(frozen=True, slots=True)
class Section:
    """A section: what it finds about a period, and how that is shown.

    `find` returns None where there is nothing to tell, and then the section is left out. `view`
    makes of its facts what the template `trends/<name>.html` prints; `figures` makes of them what
    the files of figures hold, and `definitions` says what each is. A section without a `title` has
    no heading.
    """

    name: str
    title: str
    find: Callable[[Archive, Period], Facts | None]
    view: Callable[[Facts, Period, Viewpoint], object]
    figures: Callable[[Facts], tuple[Figure, ...]] | None = None
    definitions: Mapping[str, str] = field(default_factory=dict)

    def render(self, period: Period, point: Viewpoint, fragments: Fragments) -> Markup:
        """Return the section as HTML; empty where it has nothing to tell."""
        facts = point.trends.of(self.find, period)
        if facts is None:
            return Markup()
        view = self.view(facts, period, point)
        return fragments.render(f"trends/{self.name}", view=view)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, with the section that tells it."""

    section: str
    figure: Figure

    @property
    def definition(self) -> str:
        """What it is, in a sentence."""
        return DEFINITIONS[self.figure.name]


def figures_of(trends: Trends, period: Period) -> Iterator[Told]:
    """Give every figure of a period, section by section."""
    for section in _ORDER:
        facts = trends.of(section.find, period) if section.figures else None
        if section.figures and facts is not None:
            for figure in section.figures(facts):
                yield Told(section.name, figure)


def _any_period(archive: Archive, period: Period) -> Period:
    del archive
    return period


def _files_view(facts: Period, period: Period, point: Viewpoint) -> FilesView:
    del facts
    told = tuple(figures_of(point.trends, period))
    definitions = {one.figure.name: one.definition for one in told}
    return files_view(len(told), definitions, period, point)


OPENING = frozenset({"paper", "way", "verdict"})
"""The sections that stand above what an author wrote."""

_ORDER = (
    Section("paper", "", paper_facts, paper_view),
    Section("way", "", way_facts, way_view),
    Section("verdict", "", verdict.verdict, verdict_view, verdict.figures, verdict.DEFINITIONS),
    Section(
        "words", "Where decisions stand", words.words, words_view, words.figures, words.DEFINITIONS
    ),
    Section(
        "quality",
        "How good the data is",
        quality.quality,
        quality_view,
        quality.figures,
        quality.DEFINITIONS,
    ),
    Section("counts", "How many", counts.counts, counts_view, counts.figures, counts.DEFINITIONS),
    Section(
        "budgets",
        "Error budgets",
        budgets.budgets,
        budgets_view,
        budgets.figures,
        budgets.DEFINITIONS,
    ),
    Section(
        "durations",
        "How long",
        durations.durations,
        durations_view,
        durations.figures,
        durations.DEFINITIONS,
    ),
    Section(
        "detection",
        "Who noticed",
        detection.detection,
        detection_view,
        detection.figures,
        detection.DEFINITIONS,
    ),
    Section("causes", "Why", causes.causes, causes_view, causes.figures, causes.DEFINITIONS),
    Section(
        "returns",
        "What came back",
        returns.returns,
        returns_view,
        returns.figures,
        returns.DEFINITIONS,
    ),
    Section(
        "impact", "What it cost", impact.impact, impact_view, impact.figures, impact.DEFINITIONS
    ),
    Section("load", "When it happened", load.load, load_view, load.figures, load.DEFINITIONS),
    Section(
        "actions",
        "What was promised",
        actions.actions,
        actions_section_view,
        actions.figures,
        actions.DEFINITIONS,
    ),
    Section(
        "majors",
        "Worth reading again",
        majors.majors,
        majors_view,
        majors.figures,
        majors.DEFINITIONS,
    ),
    Section(
        "reviews", "Reviews", reviews.reviews, reviews_view, reviews.figures, reviews.DEFINITIONS
    ),
    Section("files", "Data and definitions", _any_period, _files_view),
)

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {name: told for section in _ORDER for name, told in section.definitions.items()}
)
"""What each figure is, by its name."""

SECTIONS: Mapping[str, Section] = MappingProxyType({section.name: section for section in _ORDER})


def sections_of(trends: Trends, period: Period) -> Iterator[Section]:
    """Give the sections that have something to tell of a period."""
    for section in _ORDER:
        if trends.of(section.find, period) is not None:
            yield section
