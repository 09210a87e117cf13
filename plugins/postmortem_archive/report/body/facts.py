"""Everything that one body tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markdown_it.token import Token

from postmortem_archive.report.agreement import disagreements
from postmortem_archive.report.body.actions import Actions, read_actions
from postmortem_archive.report.body.fieldblocks import FieldBlocks, find_field_blocks
from postmortem_archive.report.body.fields import Field, all_fields
from postmortem_archive.report.body.figures import contradicted, drop_far_end, read_figures
from postmortem_archive.report.body.header import Header, generator_facts, written_by
from postmortem_archive.report.body.inferred import from_rows
from postmortem_archive.report.body.leftovers import report_leftovers
from postmortem_archive.report.body.lifting import Lines, explained, find_lifts, headings_of_lifts
from postmortem_archive.report.body.milestones import MilestoneReader, impossible
from postmortem_archive.report.body.named import named_reports
from postmortem_archive.report.body.narrative import Narrative
from postmortem_archive.report.body.outline import Outline, Part, outline
from postmortem_archive.report.body.prose import read_explanation
from postmortem_archive.report.body.related import read_relations
from postmortem_archive.report.body.services import services_down
from postmortem_archive.report.body.several import first_of_several
from postmortem_archive.report.body.timeline import Setting, Timeline, read_timeline
from postmortem_archive.report.body.titles import Title, read_title
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.grammar.moments import DATE, date_of, find_date
from postmortem_archive.report.markup import markdown
from postmortem_archive.report.markup.blocks import (
    Block,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
    read_blocks,
)
from postmortem_archive.report.markup.markdown import plain
from postmortem_archive.report.markup.rendering import Cuts, render_body, unrendered_body
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Body, Figure, Moment, Relation, Statement

# What a file that tells of several incidents may say of itself below them.
_OF_THE_FILE = frozenset(
    {"title", "date", "authors", "reviewers", "approvals", "updated", "published", "next_review",
     "version", "status", "document_status", "visibility"}
)  # fmt: skip
_FILE_DATE = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a body tells: facts that it states, milestones inferred from its rows, and the rest."""

    stated: dict[str, Fact]
    inferred: dict[str, Fact]
    timeline: Timeline
    actions: Actions
    narrative: Narrative
    related: tuple[Relation, ...]
    figures: tuple[Figure, ...]
    impact_told: tuple[Statement, ...]
    others: tuple[Statement, ...]
    body: Body
    heading: Place | None
    tokens: Sequence[Token]


def read_body(front: dict[str, Fact], reading: Reading) -> BodyFacts:
    """Read the body; `front` is needed for the day that its clock times belong to."""
    tokens, env = markdown.parse(reading.source.body, reading.path)
    sections = outline(read_blocks(tokens, reading.source.body_line))
    fields = all_fields(sections, reading.source)
    title = read_title(sections)
    header = Header(fields, env, reading)
    stated = {**generator_facts(tokens, reading), **header.facts()}
    if "authors" not in stated:
        stated |= written_by(tokens, reading)
    if "services" not in stated and (down := services_down(sections, reading)):
        stated["services"] = down
    if title and title.text:
        stated["title"] = Fact(title.text, title.place)
    day = _incident_day(front, stated, sections, fields, reading)
    if day and "date" not in stated:
        stated["date"] = day
    when = _setting_of_timeline(day.value if day else None, front, fields, reading)
    timeline = read_timeline(sections, tokens, env, when, reading)
    milestones = MilestoneReader(day.value if day else None, timeline.zone, reading)
    opening = [part for part in sections.parts[:2] if part.level <= 1 or part is sections.title]
    figures = read_figures(fields)
    if first := first_of_several(sections, fields, reading):
        told, timeline = {}, Timeline(zone=timeline.zone)
        # How grave one of them was says nothing of the others.
        stated = {key: fact for key, fact in stated.items()
                  if key in _OF_THE_FILE or fact.place.line < first}  # fmt: skip
    else:
        told = milestones.stated(fields, [*sections.within("summary"), *opening])
        drop_far_end(told, figures, reading)
    stated |= told
    inferred = from_rows(timeline.entries, figures, {**told, **front})
    stated |= read_explanation(sections, fields, env, reading, known=set(stated))
    actions = read_actions(sections, tokens, env, reading)
    # What the front matter says otherwise is not shown by the archive, and stays as written.
    unheard = {theirs.place for _, _, theirs in disagreements(front, stated)}
    # Nor is a milestone that cannot be.
    unheard |= {told[name].place for name in impossible({**told, **front}) if name in told}
    places = {fact.place for fact in stated.values()} - unheard
    blocks = find_field_blocks(sections, places, env, reading)
    report_leftovers(tokens, reading)
    own_id = _own_id(front, stated)
    if reading.settings.page:
        cuts = _cuts(title, front, timeline, actions, blocks, sections)
        moments = {**inferred, **told, **front}
        lines = Lines(sections, fields, tokens, reading.settings.services)
        differing = [figure for figure, _ in contradicted(figures, moments)]
        lifts = tuple(find_lifts(front, stated, differing, lines, cuts.indexes))
        body = render_body(tokens, env, cuts, lifts, reading)
        named = named_reports(front, tokens, own_id, reading)
        body = replace(body, explained=explained(front, stated, lifts), named=named)
    else:
        body = unrendered_body(tokens, reading)
    return BodyFacts(
        stated,
        inferred,
        timeline,
        actions,
        Narrative(sections, fields, env, reading),
        read_relations(sections, own_id, reading),
        figures,
        header.impact_told(stated),
        tuple(blocks.others),
        body,
        title.place if title else None,
        tokens,
    )


def _setting_of_timeline(
    day: date | None,
    front: dict[str, Fact],
    fields: Sequence[tuple[Part, Field]],
    reading: Reading,
) -> Setting:
    """Return what front matter and fields say of when the timeline is."""
    told = {**MilestoneReader(day, None, reading).stated(fields, ()), **front}
    ends = [told[name].value for name in ("started", "resolved") if name in told]
    if not ends or "started" not in told or not ends[0].exact:
        ends = []
    zone = next((held for _, held in fields if held.key == "zone"), None)
    exact = tuple(moment for moment in ends if moment.exact)
    return Setting(day, exact, zone.plain if zone else "", zone.place.line if zone else 0)


def _own_id(front: dict[str, Fact], stated: dict[str, Fact]) -> str:
    fact = front.get("id") or stated.get("id")
    return str(fact.value) if fact else ""


def _cuts(
    title: Title | None,
    front: dict[str, Fact],
    timeline: Timeline,
    actions: Actions,
    blocks: FieldBlocks,
    sections: Outline,
) -> Cuts:
    slots = {"fields": blocks.slots}
    headings = headings_of_lifts(sections)
    # Where the front matter tells a timeline or actions of its own, the body's stay as written.
    if "timeline" not in front and timeline.entries:
        slots["timeline"] = timeline.taken
    if "actions" not in front and actions.actions:
        slots["actions"] = actions.taken
        headings |= set(actions.headings)
    dropped = list(blocks.dropped)
    if title and (title.text is None or _is_shown_title(title.text, front)):
        dropped.append(title.tokens)
    return Cuts(slots, dropped, headings, sections.bold_headings)


def _is_shown_title(text: str, front: dict[str, Fact]) -> bool:
    """Whether the page's title says what the first heading says."""
    return (
        "title" not in front
        or text.casefold() in str(front["title"].value).casefold()
        or (str(front["title"].value).casefold() in text.casefold())
    )


def _incident_day(
    front: dict[str, Fact],
    stated: dict[str, Fact],
    sections: Outline,
    fields: Sequence[tuple[Part, Field]],
    reading: Reading,
) -> Fact | None:
    """Return the incident's day: from the front matter, the fields, the timeline, the prose."""
    for key in ("started", "date", "detected"):
        if key in front:
            value = front[key].value
            return Fact(value.day if isinstance(value, Moment) else value, front[key].place)
    for _, held in fields:
        if held.key in ("started", "when", "detected") and (
            day := find_date(held.plain, reading.dates)
        ):
            return Fact(day, held.place)
    if "date" in stated:
        return stated["date"]
    ambiguous = False
    for token in _day_sources(sections, reading):
        for segment in markdown.segments(*token):
            for match in _days_of_incident(segment.plain):
                column = reading.source.column_of(segment.line, match.group())
                if day := date_of(match, reading.dates):
                    return Fact(day, Place(segment.line, column))
                ambiguous = True
                _warn_of_ambiguity(segment, match.group(), reading)
    return None if ambiguous or _names_a_day(sections, reading) else _day_of_file(reading)


# What stands before the day of a text, and not of what it tells.
_OF_THE_REPORT = re.compile(
    r"\b(?:posted|published|written|updated|modified|prepared|drafted|reviewed"
    r"|date of (?:the |this )?report|report date|publication date"
    r"|veröffentlicht|verfasst|erstellt|aktualisiert|berichtsdatum"
    r"|publiée?|rédigée?|mise? à jour|date du rapport|date de publication)"
    r"(?: (?:on|at|am|le|by|von|par))?[\s:*_]*(?:\w+,? )?$",
    re.IGNORECASE,
)


def _days_of_incident(text: str) -> Iterator[re.Match[str]]:
    """Yield what names a day in a text, and does not say when a report was written."""
    for match in DATE.finditer(text):
        if not _OF_THE_REPORT.search(text, 0, match.start()):
            yield match


def _names_a_day(sections: Outline, reading: Reading) -> bool:
    """Whether the text names a day anywhere that can be read in two ways, and say so."""
    for part in sections.parts:
        for token, line in _inlines(part):
            for segment in markdown.segments(token, line):
                match = next(
                    (m for m in DATE.finditer(segment.plain) if not date_of(m, reading.dates)), None
                )
                if match:
                    _warn_of_ambiguity(segment, match.group(), reading)
                    return True
    return False


def _warn_of_ambiguity(segment: markdown.Segment, written: str, reading: Reading) -> None:
    reading.warn(
        Place(segment.line, reading.source.column_of(segment.line, written)), "ambiguous-date",
        f"“{written}” can be read as two days, or as none", found=written,
        expected="a date such as 2025-09-30",
    )  # fmt: skip


# A first row this many days before the next tells of a cause, and not of the incident's day.
_LONG_BEFORE = 45


def _begins_long_before(timeline: Sequence[Part], reading: Reading) -> bool:
    days = (
        day
        for part in timeline
        for block in part.blocks
        for token, _ in _inlines_of(block)
        if (day := find_date(plain(token.children or []), reading.dates))
    )
    first = next(days, None)
    second = next((day for day in days if day != first), None)
    return bool(first and second and (second - first).days > _LONG_BEFORE)


def _is_span(part: Part) -> bool:
    """Whether a heading names two days, from the first of its rows to the last."""
    return part.heading is not None and len(DATE.findall(part.title)) > 1


def _day_sources(sections: Outline, reading: Reading) -> Iterator[tuple[Token, int]]:
    """Yield what may name the day, best first: timeline, title, summary, the opening lines."""
    timeline = [part for part in sections.parts if "timeline" in (part.name, *part.parents)]
    if _begins_long_before(timeline, reading):
        timeline = []
    title = [part for part in sections.parts if part.level == 1 or part is sections.title][:1]
    opening = [*sections.within("summary"), *sections.parts[:2]]
    for part in timeline:
        yield from _inlines(part)
    for part in title:
        if part.heading:
            yield part.heading.token, part.line
    for part in opening:
        yield from _inlines(part)


def _inlines(part: Part) -> Iterator[tuple[Token, int]]:
    if part.heading and part.level > 1 and not _is_span(part):
        yield part.heading.token, part.line
    for block in part.blocks:
        yield from _inlines_of(block)


def _inlines_of(block: Block) -> Iterator[tuple[Token, int]]:
    if isinstance(block, ParagraphBlock):
        yield block.token, block.line
    for inner in block.blocks if isinstance(block, QuoteBlock) else ():
        yield from _inlines_of(inner)
    for item in block.items if isinstance(block, ListBlock) else ():
        if item.lead:
            yield item.lead.token, item.line
    for row in block.rows if isinstance(block, TableBlock) else ():
        yield row[0].token, row[0].line


def _day_of_file(reading: Reading) -> Fact | None:
    """Return the day in the file's name, which may be that of publication: said in a hint."""
    match = _FILE_DATE.search(reading.path.rpartition("/")[2])
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if day is None:
        return None
    place = Place(reading.source.body_line)
    reading.hint(
        place, "date-from-file", f"the text names no day; {day} is taken from the file's name",
        found=str(day), expected="a “date:” in the front matter",
    )  # fmt: skip
    return Fact(day, place)
