"""What the body tells beside clocks and actions: factors, whys, what went well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.body.labels import key_of
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.body.whys import WhyReader
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.placeholders import is_missing, is_placeholder
from postmortem_archive.report.languages import LANGUAGES, joined
from postmortem_archive.report.markup.blocks import Block, ListBlock, ListItem, ParagraphBlock
from postmortem_archive.report.markup.markdown import text_of
from postmortem_archive.report.markup.trim import cut, unfolded
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Factor, Item, Section, Text, Why
from postmortem_archive.report.vocabulary import FACTOR_CATEGORIES

_MARKS = re.compile(r"^[\s✅☑✔❌✖⚠❗🍀\ufe0f]+")
_WORSE = re.compile(rf"\b(?:{joined(tuple(lang.worse for lang in LANGUAGES))})", re.IGNORECASE)

_GOOD = ("went_well", "good_responses", "held_up")
_POOR = ("went_poorly", "response_issues", "prevention_gaps", "to_improve")


class Narrative:
    """Reads the telling sections of one body."""

    def __init__(
        self,
        outline: Outline,
        fields: Sequence[tuple[Part, Field]],
        env: dict[str, Any],
        reading: Reading,
    ) -> None:
        self.outline = outline
        self.fields = fields
        self.env = env
        self.reading = reading

    def text(self, children: Sequence[Token]) -> Text:
        """Return tokens as prose."""
        return text_of(children, self.env, self.reading.path)

    def items(self, block: Block) -> Iterator[Item]:
        """Yield the items of a list, without ticks and emoji in front."""
        for item in block.items if isinstance(block, ListBlock) else ():
            if item.lead and not is_missing(_MARKS.sub("", item.plain)):
                yield Item(self._item_text(item), self._place(item.line), item.ticked)

    def _item_text(self, item: ListItem) -> Text:
        children = item.lead.token.children or [] if item.lead else []
        marks = _MARKS.match(unfolded(children))
        return self.text(cut(children, marks.end()) if marks else children)

    def _place(self, line: int, text: str = "") -> Place:
        return Place(line, self.reading.source.column_of(line, text))

    def contributing_factors(self) -> tuple[Factor, ...]:
        """Return the contributing factors, with the category that a bold label names."""
        blocks = [b for part in self.outline.within("contributing_factors") for b in part.blocks]
        blocks += [b for _, f in self.fields if f.key == "CONTRIBUTING" for b in f.below]
        blocks = blocks or list(self._announced_factors())
        found: list[Factor] = []
        if not blocks:
            return tuple(self._labelled_factors())
        # A label that serves as a section leads to its list in both ways.
        for block in {block.start: block for block in blocks}.values():
            for item in block.items if isinstance(block, ListBlock) else ():
                factor = self._factor(item)
                if factor:
                    found.append(factor)
        return tuple(found)

    def _labelled_factors(self) -> Iterator[Factor]:
        """Yield what stands right behind the label “Contributing factor”."""
        for _, held in self.fields:
            if held.key == "CONTRIBUTING" and not is_missing(held.plain):
                yield Factor(self.text(held.value), held.place)

    def _announced_factors(self) -> Iterator[Block]:
        """Yield the lists that a line of the root cause announces: “What made it worse:”."""
        for part in self.outline.within("root_cause"):
            for announcing, block in pairwise(part.blocks):
                if isinstance(announcing, ParagraphBlock) and isinstance(block, ListBlock):
                    text = announcing.plain
                    named = key_of(text.rstrip(": ")) == "CONTRIBUTING"
                    if text.endswith(":") and (named or _WORSE.search(text)):
                        yield block

    def _factor(self, item: ListItem) -> Factor | None:
        if not item.lead or is_missing(item.plain):
            return None
        place = self._place(item.line)
        label = split_label(item.lead.segments[0], bold_only=False)
        category = FACTOR_CATEGORIES.find(label[0]) if label else None
        if label and category:
            rest = [t for s in item.lead.segments[1:] for t in (_space(), *s.children)]
            text = self.text([*label[1], *rest])
            return None if is_missing(text.plain) else Factor(text, place, category.name)
        return Factor(self._item_text(item), place)

    def whys(self) -> tuple[Why, ...]:
        """Return the five whys, each with its answer."""
        return WhyReader(self.text, self._place).read(self.outline)

    def told_items(self, names: tuple[str, ...], labels: tuple[str, ...]) -> tuple[Item, ...]:
        """Return the items of sections of these names, and what fields of these labels hold."""
        found: list[Item] = []
        for part in self.outline.parts:
            if part.name in names:
                for block in part.blocks:
                    found.extend(self.items(block))
        for _, held in self.fields:
            if held.key in labels:
                if not is_missing(held.plain):
                    found.append(Item(self.text(held.value), held.place))
                for block in held.below:
                    found.extend(self.items(block))
        found.sort(key=lambda item: item.place)
        return tuple(dict.fromkeys(found))

    def went_well(self) -> tuple[Item, ...]:
        """Return what went well."""
        return self.told_items(_GOOD, ("WENT_WELL",))

    def went_poorly(self) -> tuple[Item, ...]:
        """Return what went poorly, and what could be improved."""
        return self.told_items(_POOR, ("WENT_POORLY", "TO_IMPROVE"))

    def lucky(self) -> tuple[Item, ...]:
        """Return where the responders were lucky."""
        return self.told_items(("lucky",), ())

    def questions(self) -> tuple[Item, ...]:
        """Return the questions of a follow-up review, with their ticks."""
        below = [b for _, f in self.fields if f.key == "FOLLOW_UP_QUESTIONS" for b in f.below]
        return tuple(item for block in below for item in self.items(block))

    def sections(self) -> tuple[Section, ...]:
        """Return every section with what it holds, and every label that serves as one.

        Without the report's page they are named and placed, and hold nothing.
        """
        found = [self._section(part) for part in self.outline.parts if part.title]
        for _, held in self.fields:
            if not held.key or (not held.key.isupper() and not held.key.startswith("detection")):
                continue
            told = held.plain or any(item for block in held.below for item in self.items(block))
            if told and not is_placeholder(held.plain):
                name = held.key.lower().replace("detection.by", "detected_by")
                name = name.replace("detection.note", "detection_method")
                section = Section(name, held.label, 0, held.place)
                found.append(self._filled(section, held.plain, held.below))
        return tuple(sorted(found, key=lambda section: section.place))

    def _section(self, part: Part) -> Section:
        level = part.heading.level if part.heading else 0
        section = Section(part.name, part.title, level, self._place(part.line))
        if not self.reading.settings.page:
            return section
        first = part.blocks[0].line if part.blocks else part.line
        last = part.blocks[-1].end_line - 1 if part.blocks else first - 1
        text = "\n".join(self.reading.source.lines[first - 1 : last]).strip()
        return self._filled(section, text, part.blocks)

    def _filled(self, section: Section, text: str, blocks: Sequence[Block]) -> Section:
        if not self.reading.settings.page:
            return section
        items = tuple(item for block in blocks for item in self.items(block))
        return replace(section, text=text, items=items)


def _space() -> Token:
    return Token("softbreak", "br", 0)
