"""Timelines: tables, bullet lists, headings that are times, and headings above a `Time:` field."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report.body.details import DetailReader
from postmortem_archive.report.body.fields import Field, FieldReader
from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.body.timeline_clock import TimelineClock
from postmortem_archive.report.body.timeline_lines import (
    Line,
    broken_at_tags,
    lines_of_item,
    lines_of_paragraph,
)
from postmortem_archive.report.body.timeline_shape import (
    FEWEST_TIMES,
    Columns,
    columns_of,
    timeline_parts,
)
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.moments import is_day_alone
from postmortem_archive.report.grammar.placeholders import is_missing, is_placeholder
from postmortem_archive.report.grammar.when import When
from postmortem_archive.report.grammar.zones import (
    ZONE_PATTERN,
)
from postmortem_archive.report.markup.blocks import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    ParagraphBlock,
    RuleBlock,
    TableBlock,
)
from postmortem_archive.report.markup.markdown import Segment
from postmortem_archive.report.markup.trim import cut, unfolded
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Entry, Moment, Text

_TIMES = r"^\W*(?:all )?(?:times?|time ?stamps?|time ?zone)(?: are| is)?"
_ZONE_NOTE = re.compile(rf"{_TIMES}(?: in\b|:? (?:the )?{ZONE_PATTERN}).{{0,70}}$", re.IGNORECASE)
# What the note may say beside the zone and still say nothing more.
_MERELY_A_NOTE = re.compile(
    rf"{_TIMES}:? (?:in )?(?:the )?{ZONE_PATTERN}(?: time(?: ?zone)?)?\W*"
    r"(?:use [\d-]+ HH:MM format\W*)?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Timeline:
    """A body's timeline as it is read: entries, the zone named, the token ranges taken up."""

    entries: list[Entry] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report says elsewhere of when its timeline is.

    `day` is the incident's, for clock times without a date; `ends` are the start and the end that
    are told to the minute, and `zone` is a field's that names one for all times.
    """

    day: date | None
    ends: tuple[Moment, ...] = ()
    zone: str = ""
    zone_line: int = 0

    @property
    def start(self) -> Moment | None:
        """The moment that the first rows are near."""
        return self.ends[0] if self.ends else None


def read_timeline(
    outline: Outline, tokens: Sequence[Token], env: dict[str, Any], when: Setting, reading: Reading
) -> Timeline:
    """Return the body's timeline."""
    parts = timeline_parts(outline)
    clock = TimelineClock(when.day, when.start, _zone_shared(parts, when, reading), reading)
    reader = _TimelineReader(tokens, env, reading, clock, parts[:1])
    if when.zone:
        clock.use_zone(when.zone, when.zone_line)
    for part in parts:
        reader.read_zone(part)
    reader.clock.find_base((*parts, *outline.parts))
    for part in parts:
        reader.read_part(part)
    reader.timeline.zone = reader.clock.zone
    return reader.timeline


def _zone_shared(parts: Sequence[Part], when: Setting, reading: Reading) -> tzinfo | None:
    """Return the zone of the start or the end, where its clock time stands in the timeline too."""
    named = [moment.at for moment in when.ends if not moment.zone_assumed]
    blocks = [part.blocks for part in parts if part.blocks] if named else []
    for lines in (reading.source.lines[b[0].line - 1 : b[-1].end_line] for b in blocks):
        text = "\n".join(lines)
        for at in named:
            twelve = f"{(at.hour - 1) % 12 + 1}:{at.minute:02} {'ap'[at.hour >= 12]}m"
            if f"{at:%H:%M}" in text or twelve in text.casefold():
                return at.tzinfo
    return None


class _TimelineReader:
    def __init__(
        self,
        tokens: Sequence[Token],
        env: dict[str, Any],
        reading: Reading,
        clock: TimelineClock,
        heads: Sequence[Part],
    ) -> None:
        self.heads = heads
        self.tokens = tokens
        self.env = env
        self.reading = reading
        self.clock = clock
        self.fields = FieldReader(reading.source)
        self.details = DetailReader(tokens, env, reading.path)
        self.timeline = Timeline()
        self.taken: set[int] = set()
        self.day_above: str | None = None

    def text(self, children: Iterable[Token]) -> Text:
        return self.details.text(tuple(children))

    def _group(self, part: Part) -> str | None:
        """Return what stands above an entry: the day's line, else its section's heading."""
        return self.day_above or (part.title if self._is_group(part) else None)

    def _is_group(self, part: Part) -> bool:
        """Whether a section is a part of the timeline, and not the one that holds all of it."""
        return bool(part.heading) and part.name != "timeline" and part not in self.heads

    def _take(self, start: int, stop: int) -> None:
        self.timeline.taken.append((start, stop))
        self.taken.add(start)

    def read_zone(self, part: Part) -> None:
        """Take the zone that a heading or a note names for all times below it."""
        if part.heading:
            self.clock.use_zone(part.title, part.line)
        for block in part.blocks:
            note = block.segments[0].plain if isinstance(block, ParagraphBlock) else ""
            named = bool(_ZONE_NOTE.match(note)) and self.clock.use_zone(note, block.line)
            if named and isinstance(block, ParagraphBlock) and _MERELY_A_NOTE.match(block.plain):
                self._take(block.start, block.stop)

    def read_part(self, part: Part) -> None:
        before = len(self.timeline.entries)
        self.day_above = None
        if (
            part.heading
            and part.name != "timeline"
            and self._read_heading(part, part.heading.start)
        ):
            return
        for block, above in zip(part.blocks, (None, *part.blocks), strict=False):
            if isinstance(block, TableBlock | ListBlock):
                self._read_day_above(above)
            if isinstance(block, TableBlock):
                self._read_table(block, part)
            elif isinstance(block, ListBlock):
                self._read_list(block, part)
        if len(self.timeline.entries) == before:
            self._read_paragraphs(part)
        if (
            part.heading
            and part.whole
            and self._is_group(part)
            and len(self.timeline.entries) > before
            and all(b.start in self.taken or isinstance(b, RuleBlock) for b in part.blocks)
        ):
            # The heading lives on as the group of its entries.
            self._take(part.heading.start, part.heading.stop)

    # A heading that is a time, or a heading above a `Time:` field.

    def _read_heading(self, part: Part, start: int) -> bool:
        title = part.title
        when = self.clock.when(title)
        if (when is None or when.clock is None) and self._holds_times(part):
            # A day's own heading, above the day's entries.
            self.clock.begin_day(title)
            return False
        stop = part.blocks[-1].stop if part.blocks else start + 3
        if when:
            children = part.heading.token.children or [] if part.heading else []
            rest = self.text(cut(children, when.end))
            details = list(self.details.read(part.blocks))
            if not rest.plain:
                rest = details.pop(0) if details else Text(title, self.text(children).html)
            self._add(when, title, rest, part.line, details=tuple(details))
        else:
            held = list(self.fields.of_part(part))
            time = next((f for f in held if f.key == "time"), None)
            if time is None:
                return False
            self._add_block(part, time, held)
        self._take(start, stop)
        return True

    def _read_day_above(self, block: Block | None) -> None:
        """Take the day that a line of its own names, for the list or table right below it."""
        if isinstance(block, ParagraphBlock) and is_day_alone(block.plain):
            self.clock.begin_day(block.plain)
            self.day_above = block.plain.strip(" :")
            self._take(block.start, block.stop)

    def _holds_times(self, part: Part) -> bool:
        """Whether lists or tables below a heading have times of their own."""
        return any(
            (isinstance(block, ListBlock) and self._is_timed(list(block.items[:1])))
            or (isinstance(block, TableBlock) and columns_of(block) is not None)
            for block in part.blocks
        )  # fmt: skip

    def _is_timed(self, items: Sequence[ListItem]) -> bool:
        whens = [self.clock.when(item.plain) for item in items]
        return any(when and when.clock for when in whens)

    def _add_block(self, part: Part, time: Field, held: list[Field]) -> None:
        starts = {f.block.start for f in held if _is_field_alone(f)}
        details = [self._labelled(f) for f in held if f is not time and not is_placeholder(f.plain)]
        others = [
            b for b in part.blocks
            if not (isinstance(b, ListBlock) and all(i.start in starts for i in b.items))
            and b.start not in starts
        ]  # fmt: skip
        details += self.details.read(others)
        heading = self.text(part.heading.token.children or [] if part.heading else [])
        when = self.clock.when(time.plain)
        if when or not is_missing(time.plain):
            self._add(when, time.plain, heading, time.place.line, details=tuple(details))

    def _labelled(self, held: Field) -> Text:
        lines = [self.text(held.value), *self.details.read(held.below)]
        value = Text("; ".join(t.plain for t in lines if t.plain),
                     "; ".join(t.html for t in lines if t.html))  # fmt: skip
        return self.details.labelled(held.label, value)

    # Bullet lists.

    def _read_list(self, block: ListBlock, part: Part) -> None:
        lines = [line for item in block.items for line in lines_of_item(item)]
        whens = [self.clock.when(unfolded(line.children)) for line in lines]
        timed = [when for when in whens if when and when.clock]
        if len(timed) * 2 < len(block.items) or not timed:
            return
        self.clock.start_table()
        left = deque(zip(lines, whens, strict=True))
        while left:
            line, when = left.popleft()
            details = list(self.details.read(line.below))
            # A bullet without a time goes on about the one before.
            while left and left[0][1] is None:
                later = left.popleft()[0]
                told = self.text(later.children)
                details += [told] if told.plain else []
                details += self.details.read(later.below)
            self._add_line(line, when, tuple(details), part)
        self._take(block.start, block.stop)

    def _add_line(
        self, line: Line, when: When | None, details: tuple[Text, ...], part: Part
    ) -> None:
        text = self.text(cut(line.children, when.end) if when else line.children)
        written = unfolded(line.children)[: when.end].strip(" *_`([") if when else ""
        if when or details or not is_missing(text.plain):
            self._add(when, written, text, line.number, group=self._group(part), details=details)

    # Paragraphs that begin with a time.

    def _read_paragraphs(self, part: Part) -> None:
        """Read a run of paragraphs with times; what stands between goes on about the one before."""
        lines = [line for block in part.blocks for line in lines_of_paragraph(block)]
        whens = [self.clock.when(unfolded(line.children)) for line in lines]
        if sum(1 for when in whens if when and (when.clock or when.day)) < FEWEST_TIMES:
            return
        self.clock.start_table()
        left = deque(zip(lines, whens, strict=True))
        while left:
            line, when = left.popleft()
            if when is None:
                self.clock.forget_day(unfolded(line.children))
                continue
            self._take_line(line)
            if when.day and not when.clock and _is_day_of_the_next(line, when, left):
                self.clock.moments(when, "", line.number)
                continue
            details: list[Text] = []
            while left and left[0][1] is None:
                later = left.popleft()[0]
                self._take_line(later)
                told = self.text(later.children)
                details += [told] if told.plain else []
                details += self.details.read(later.below)
            self._add_line(line, when, tuple(details), part)

    def _take_line(self, line: Line) -> None:
        if line.block.start not in self.taken:
            self._take(line.block.start, line.block.stop)

    # Tables.

    def _read_table(self, table: TableBlock, part: Part) -> None:
        columns = columns_of(table)
        if columns is None:
            self._read_broken_cells(table)
            return
        if columns.time is not None:
            self.clock.use_zone(table.header[columns.time].plain, table.line)
        self.clock.start_table()
        for row in table.rows:
            self._read_row(row, columns, part)
        self._take(table.start, table.stop)

    def _read_broken_cells(self, table: TableBlock) -> None:
        """Read a table of cells in which each line begins with a time, a phase in front of them."""
        rows = [
            ([cell.plain for cell in row if not self._is_broken(cell)],
             [line for cell in row if self._is_broken(cell)
              for line in broken_at_tags(cell.segment)])
            for row in table.rows
        ]  # fmt: skip
        if not rows or not all(len(group) < 2 and lines for group, lines in rows):
            return
        self.clock.start_table()
        for group, lines in rows:
            for line in lines:
                when = self.clock.when(unfolded(line.children))
                text = self.text(cut(line.children, when.end) if when else line.children)
                written = unfolded(line.children)[: when.end].strip(" *_`([") if when else ""
                name = group[0] if group and group[0] else None
                self._add(when, written, text, line.line, group=name)
        self._take(table.start, table.stop)

    def _is_broken(self, cell: Cell) -> bool:
        whens = [self.clock.when(unfolded(line.children)) for line in broken_at_tags(cell.segment)]
        return len(whens) > 1 and all(when and when.clock for when in whens)

    def _read_row(self, row: tuple[Cell, ...], columns: Columns, part: Part) -> None:
        time = row[columns.time] if columns.time is not None else None
        day = row[columns.day] if columns.day is not None else None
        written = " ".join(c.plain for c in (day, time) if c is not None and c.plain)
        text = self._joined([row[n] for n in columns.text])
        actor = row[columns.actor].plain if columns.actor is not None else ""
        if columns.actor is not None and not text.plain:
            # A row that is a cell short: who acted was left out, and what happened stands there.
            text, actor = self.text(row[columns.actor].segment.children), ""
        if is_placeholder(written) or (not written and not text.plain):
            return
        line = row[0].line
        when = self.clock.when(written)
        later = self._timed_lines(row, columns) if when and when.clock else []
        if later:
            text = self.text(later[0].children)
        self._add(
            when, written, text, line, group=self._group(part),
            actor=None if is_missing(actor) else actor,
        )  # fmt: skip
        for told in later[1:]:
            plain = unfolded(told.children)
            if further := self.clock.when(plain):
                self._add(
                    further, plain[: further.end].strip(" *_`(["),
                    self.text(cut(told.children, further.end)), line, group=self._group(part),
                )  # fmt: skip

    def _timed_lines(self, row: tuple[Cell, ...], columns: Columns) -> list[Segment]:
        """Return the lines of a row's text, where all but the first begin with times of their own.

        Empty where they do not: what `<br>` parts is one text then.
        """
        if len(columns.text) != 1:
            return []
        lines = list(broken_at_tags(row[columns.text[0]].segment))
        whens = [self.clock.when(unfolded(line.children)) for line in lines[1:]]
        return lines if whens and all(when and when.clock for when in whens) else []

    def _joined(self, cells: list[Cell]) -> Text:
        """Join the text columns of a row: the first is the event, the rest what was observed."""
        texts = [self.text(c.segment.children) for c in cells if not is_missing(c.plain)]
        if len(texts) < 2:
            return texts[0] if texts else Text("", "")
        first, *rest = texts
        return Text(
            f"{first.plain}: " + "; ".join(t.plain for t in rest),
            f"<strong>{first.html}</strong>: " + "; ".join(t.html for t in rest),
        )

    def _add(
        self,
        when: When | None,
        written: str,
        text: Text,
        line: int,
        *,
        group: str | None = None,
        actor: str | None = None,
        details: tuple[Text, ...] = (),
    ) -> None:
        moment, end = self.clock.moments(when, written, line)
        place = Place(line, self.reading.source.column_of(line, written))
        self.timeline.entries.append(
            Entry(moment, written, text, place, end, actor, group, details)
        )


def _is_day_of_the_next(line: Line, when: When, later: Sequence[tuple[Line, When | None]]) -> bool:
    """Whether a line is nothing but the day of the times that follow it."""
    following = later[0][1] if later else None
    alone = not unfolded(line.children)[when.end :].strip(" *_`:.")
    return alone and following is not None and following.clock is not None and not following.day


def _is_field_alone(held: Field) -> bool:
    """Whether a field's block holds nothing but fields."""
    if not isinstance(held.block, ParagraphBlock):
        return True
    return split_label(held.block.segments[0]) is not None
