"""What a page shows at its top: texts of the body that stand there alone, in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from markdown_it.token import Token

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.outline import Outline, Part
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
from postmortem_archive.report.record import Text
from postmortem_archive.report.vocabulary import fold

_LIFTED = ("summary", "mitigation", "resolution", "verification")


# Sections whose heading says what the label at the top says.
_SECTIONS = frozenset({"summary", "mitigation", "resolution", "permanent_resolution"})


def headings_of_lifts(sections: Outline) -> frozenset[int]:
    """Return the headings that have nothing to say without the text below, as token indexes."""
    return frozenset(
        part.heading.start for part in sections.parts if part.heading and part.name in _SECTIONS
    )


def find_lifts(
    front: Mapping[str, Fact],
    stated: Mapping[str, Fact],
    sections: Outline,
    fields: Sequence[tuple[Part, Field]],
    tokens: Sequence[Token],
    taken: Collection[int],
) -> Iterator[Lift]:
    """Yield the texts of the body that go to the top of the page, each with where it stood.

    Where the front matter tells another text than the body, there are two texts, and the body's
    stays where it is. A line among others of its paragraph stays there too, and so does what is
    among the tokens `taken` by something else that the archive renders.
    """
    taken = set(taken)
    for name in _LIFTED:
        fact = stated.get(name)
        lift = _lift(name, fact, sections, fields, tokens) if fact else None
        if lift is None or (name in front and not _says(lift, front[name].value)):
            continue
        left = indexes(lift.ranges)
        if taken.isdisjoint(left):
            taken |= left
            yield lift


def _lift(
    name: str,
    fact: Fact,
    sections: Outline,
    fields: Sequence[tuple[Part, Field]],
    tokens: Sequence[Token],
) -> Lift | None:
    held = next((f for _, f in fields if f.key == name and f.place == fact.place), None)
    if held is not None:
        return _of_field(name, held, fields, tokens)
    block = next((b for b in _paragraphs_and_lists(sections) if b.line == fact.place.line), None)
    return Lift(name, (_range(block),), tuple(_shown(block, tokens))) if block else None


def _paragraphs_and_lists(sections: Outline) -> Iterator[Block]:
    for part in sections.parts:
        for block in part.blocks:
            for inner in block.blocks if isinstance(block, QuoteBlock) else (block,):
                if isinstance(inner, ParagraphBlock | ListBlock):
                    yield inner


def _of_field(
    name: str, held: Field, fields: Sequence[tuple[Part, Field]], tokens: Sequence[Token]
) -> Lift | None:
    """Return a labelled text that has an item of a list, or a paragraph, to itself."""
    block, below = held.block, held.below
    if isinstance(block, ParagraphBlock):
        first = held.place.line == block.segments[0].line
        if not first or any(f.block is block and f is not held for _, f in fields):
            return None
        below = () if held.plain else below
    elif not isinstance(block, ListItem):
        return None
    inline = [Token("inline", "", 0, children=list(held.value))] if held.plain else []
    shown = [token for b in below for token in _shown(b, tokens)]
    return Lift(name, (_range(block), *map(_range, below)), (*inline, *shown))


def _shown(block: Block, tokens: Sequence[Token]) -> Sequence[Token]:
    # A paragraph alone needs no element of its own.
    return [block.token] if isinstance(block, ParagraphBlock) else tokens[block.start : block.stop]


def _range(block: Block) -> Range:
    return block.start, block.stop


def _says(lift: Lift, told: Text) -> bool:
    written = " ".join(plain(token.children or []) for token in lift.shown if token.children)
    return fold(written) == fold(told.plain)


def explained(front: Mapping[str, Fact], stated: Mapping[str, Fact]) -> tuple[str, ...]:
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
    return tuple(key for key, told in ours.items() if key in stated and not told)
