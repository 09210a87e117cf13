"""What a page shows at its top: texts of the body that stand there alone, in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.body.people import names_in
from postmortem_archive.report.body.stated_budget import says_no_more
from postmortem_archive.report.context import Fact
from postmortem_archive.report.markup.blocks import (
    Block,
    ListBlock,
    ListItem,
    ParagraphBlock,
    QuoteBlock,
)
from postmortem_archive.report.markup.emptied import Range, indexes
from postmortem_archive.report.markup.markdown import plain
from postmortem_archive.report.markup.rendering import Lift
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Amount, Figure, StatedBudget, Text
from postmortem_archive.report.vocabulary import Vocabulary, fold

_LIFTED = ("summary", "mitigation", "resolution", "verification")
# These go where their line says no more than the figure; a longer one explains it in its place.
_FIGURES = (
    "impact.users", "impact.requests_failed", "impact.requests_total", "impact.revenue",
    "impact.complaints", "impact.data_loss", "impact.regions", "impact.sla_breach",
)  # fmt: skip
_LONGEST_FIGURE = 8  # words

# Sections whose heading says what the label at the top says.
_SECTIONS = frozenset(
    {"summary", "mitigation", "resolution", "permanent_resolution", "impact", "customer_impact",
     "business_impact", "technical_impact", "quantitative_impact", "scope"}
)  # fmt: skip


def headings_of_lifts(sections: Outline) -> frozenset[int]:
    """Return the headings that have nothing to say without the text below, as token indexes."""
    return frozenset(
        part.heading.start for part in sections.parts if part.heading and part.name in _SECTIONS
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """The body in which the texts stand: its sections, labelled lines and tokens."""

    sections: Outline
    fields: Sequence[tuple[Part, Field]]
    tokens: Sequence[Token]
    services: Vocabulary

    def at(self, place: Place, key: str | None = None) -> Field | None:
        """Return the labelled line whose value stands at a place, of this key if one is told."""
        held = (f for _, f in self.fields if f.place == place and key in {None, f.key})
        return next(held, None)


def find_lifts(
    front: Mapping[str, Fact],
    stated: Mapping[str, Fact],
    differing: Sequence[Figure],
    lines: Lines,
    taken: Collection[int],
) -> Iterator[Lift]:
    """Yield the texts of the body that go to the top of the page, each with where it stood.

    Where the front matter tells another text than the body, there are two texts, and the body's
    stays where it is. So does what is among the tokens `taken` by something else that the archive
    renders. `differing` are the stated figures that the top of the page compares.
    """
    taken = set(taken)
    for lift in _candidates(front, stated, differing, lines):
        left = indexes(lift.ranges)
        if lift.lines and taken.isdisjoint(left):
            yield lift
        elif taken.isdisjoint(left):
            taken |= left
            yield lift


def _candidates(
    front: Mapping[str, Fact],
    stated: Mapping[str, Fact],
    differing: Sequence[Figure],
    lines: Lines,
) -> Iterator[Lift]:
    parts = front["impact"].value if "impact" in front else {}
    for name in (*_LIFTED, *_FIGURES):
        fact = stated.get(name)
        if fact is None:
            continue
        if name in _FIGURES:
            ours = parts.get(name.removeprefix("impact."))
            same = ours is None or _same(ours, fact.value)
            lift = _figure(name, lines.at(fact.place, name), lines) if same else None
        else:
            lift = _lift(name, fact, lines)
        if lift and (name not in front or _says(lift, front[name].value)):
            yield lift
    if lift := _services(front, stated, lines):
        yield lift
    for held in _on_budgets(front, stated, lines):
        if lift := _figure(STATED_BUDGET, held, lines):
            yield lift
    for figure in differing:
        if lift := _figure(name_of(figure), lines.at(figure.place), lines):
            yield lift


def _services(front: Mapping[str, Fact], stated: Mapping[str, Fact], lines: Lines) -> Lift | None:
    """Return the line that names the services, where it names those at the top and says no more."""
    fact = stated.get("services")
    held = lines.at(fact.place, "services") if fact else None
    if fact is None or held is None:
        return None
    written = {_named(name, lines.services) for name in names_in(held.plain)}
    shown = {_named(name, lines.services) for name in front.get("services", fact).value}
    return _figure("services", held, lines) if written == shown else None


def _named(spelling: str, services: Vocabulary) -> str:
    term = services.find(spelling)
    return term.name if term else fold(spelling)


STATED_BUDGET = "stated.budget"


def name_of(figure: Figure) -> str:
    """Return the name under which the line of a stated figure goes to the top of a page."""
    return f"figure.{figure.label}: {figure.written}"


def _on_budgets(
    front: Mapping[str, Fact], stated: Mapping[str, Fact], lines: Lines
) -> Iterator[Field]:
    """Yield the lines on error budgets that say what the top says: first the one it is taken from.

    Where the front matter tells of them, none is.
    """
    told: tuple[StatedBudget, ...] | None = None
    if "stated" in front:
        told = front["stated"].value.get("budget")
    fact, first = stated.get(STATED_BUDGET), None
    if told is None and fact is not None:
        told = (StatedBudget(fact.value),)
        first = lines.at(fact.place, STATED_BUDGET)
    if first:
        yield first
    for _, held in lines.fields:
        if held.key != STATED_BUDGET or held is first:
            continue
        if says_no_more(held.plain, told or (), lines.services):
            yield held


def _lift(name: str, fact: Fact, lines: Lines) -> Lift | None:
    held = lines.at(fact.place, name)
    if held is not None:
        return _of_field(name, held, lines.fields, lines.tokens)
    blocks = _paragraphs_and_lists(lines.sections)
    block = next((b for b in blocks if b.line == fact.place.line), None)
    return Lift(name, (_range(block),), tuple(_shown(block, lines.tokens))) if block else None


def _same(ours: object, theirs: object) -> bool:
    """Whether front matter and body tell one figure, however it is written."""
    if isinstance(ours, Amount) and isinstance(theirs, Amount):
        return replace(ours, written="", estimated=False) == replace(
            theirs, written="", estimated=False
        )
    return fold(str(ours)) == fold(str(theirs))


def _figure(name: str, held: Field | None, lines: Lines) -> Lift | None:
    if held is None or held.below or len(held.plain.split()) > _LONGEST_FIGURE:
        return None
    return _of_field(name, held, lines.fields, lines.tokens)


def _paragraphs_and_lists(sections: Outline) -> Iterator[Block]:
    for part in sections.parts:
        for block in part.blocks:
            for inner in block.blocks if isinstance(block, QuoteBlock) else (block,):
                if isinstance(inner, ParagraphBlock | ListBlock):
                    yield inner


def _of_field(
    name: str, held: Field, fields: Sequence[tuple[Part, Field]], tokens: Sequence[Token]
) -> Lift | None:
    """Return a labelled text: an item of a list, a paragraph, or lines of one."""
    block, below = held.block, held.below
    lines = None
    if isinstance(block, ParagraphBlock):
        starts = sorted(f.place.line for _, f in fields if f.block is block)
        first, last = block.segments[0].line, block.segments[-1].line
        after = next((line for line in starts if line > held.place.line), last + 1)
        if held.place.line > first or after <= last:
            if not held.plain:
                return None
            lines = range(held.place.line - first, after - first)
        below = () if held.plain else below
    elif not isinstance(block, ListItem):
        return None
    inline = [Token("inline", "", 0, children=list(held.value))] if held.plain else []
    shown = [token for b in below for token in _shown(b, tokens)]
    return Lift(name, (_range(block), *map(_range, below)), (*inline, *shown), lines)


def _shown(block: Block, tokens: Sequence[Token]) -> Sequence[Token]:
    # A paragraph alone needs no element of its own.
    return [block.token] if isinstance(block, ParagraphBlock) else tokens[block.start : block.stop]


def _range(block: Block) -> Range:
    return block.start, block.stop


def _says(lift: Lift, told: Text) -> bool:
    written = " ".join(plain(token.children or []) for token in lift.shown if token.children)
    return fold(written) == fold(told.plain)


def explained(
    front: Mapping[str, Fact], stated: Mapping[str, Fact], lifts: Sequence[Lift]
) -> tuple[str, ...]:
    """Return the keys that the body explains in its own place, and the front matter does not.

    The top of a page names a cause, a source or an answer; the text is not moved there, because
    what follows it in its section goes on from it.
    """
    cause, impact = front.get("root_cause"), front["impact"].value if "impact" in front else {}
    ours = {
        "root_cause": cause is not None and cause.value.text is not None,
        "detection": "detection" in front,
        "impact.data_loss": "data_loss" in impact,
        "impact.sla_breach": "sla_breach" in impact,
    }
    moved = {lift.name for lift in lifts}
    return tuple(
        key for key, told in ours.items() if key in stated and not told and key not in moved
    )
