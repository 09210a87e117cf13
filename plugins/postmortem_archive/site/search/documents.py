"""A report as what a search finds in it: its texts, block by block, each in its field.

The blocks follow the report's page, and hold what the page says of the report itself: not the
titles of other reports, nor the labels that every page has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from markupsafe import Markup, escape

from postmortem_archive.archive.catalogue import day
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Html, Report
from postmortem_archive.report.vocabulary import Term
from postmortem_archive.site import wording
from postmortem_archive.site.search.texts import blocks_of
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.actions import actions_view
from postmortem_archive.site.views.facts import (
    facts,
    impact_lines,
    record_lines,
    remedy_lines,
    shown,
)
from postmortem_archive.site.views.marks import Line
from postmortem_archive.site.views.rows import field_lines
from postmortem_archive.site.views.timeline import shown_details, time_of

HIDDEN = ""
"""The kind of a block that is searched, and is on no page: another name of a service."""

# Of what the foot of a page says, the texts; its dates and its version are for nobody's search.
_FOOT = frozenset({"Reviewers", "Approved by", "Findings", "Contributing factors", "Told outside"})


class Field(IntEnum):
    """What a word is part of: a title says more of its report than a sentence does."""

    ID = 0
    TITLE = 1
    SUMMARY = 2
    NAMES = 3
    CODE = 4
    BODY = 5


Part = tuple[Field, str]
"""A stretch of a block in one field."""


@dataclass(frozen=True, slots=True)
class Block:
    """A text that stands by itself; `kind` says what it is, for those who show it."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join([text for _, text in self.parts])


@dataclass(frozen=True, slots=True)
class Document:
    """What a search finds together: a report, or a part of another page."""

    blocks: tuple[Block, ...]


def plain(kind: str, text: str, field: Field = Field.BODY) -> Block:
    """Return a block of text without markup."""
    return Block(kind, ((field, text),))


def from_html(html: str, kind: str, field: Field = Field.BODY) -> Iterator[Block]:
    """Yield the blocks of safe HTML, with their code in its own field."""
    for found, runs in blocks_of(html, kind):
        yield Block(found, tuple([(Field.CODE if code else field, text) for text, code in runs]))


def report_document(report: Report, point: Viewpoint) -> Document:
    """Return a report as a document; of `point`, no address is asked that leads anywhere."""
    parts = (_head, _glance, _body, _foot)
    return Document(tuple(block for part in parts for block in part(report, point)))


def _head(report: Report, point: Viewpoint) -> Iterator[Block]:
    yield plain("fact", report.id, Field.ID)
    severity = point.severity(report.severity)
    on = day(report)
    told = (
        severity.title if severity else None,
        words.KINDS.title(report.kind) if report.kind != "incident" else None,
        words.STATUSES.title(report.status) if report.status else None,
    )
    for name in (*filter(None, told), *report.authors):
        yield plain("fact", name, Field.NAMES)
    if on:
        yield plain("fact", wording.long_day(on))
        yield plain(HIDDEN, on.isoformat())
    yield plain("title", report.title, Field.TITLE)
    if summary := shown("summary", report.summary, report, point):
        yield from from_html(summary, "summary", Field.SUMMARY)
    for fact in facts(report, point):
        for link in fact.links:
            yield plain("fact", link.text, Field.NAMES)
        if fact.note:
            yield from from_html(escape(fact.note), "fact")
    for name in _other_names(report, point):
        yield plain(HIDDEN, name, Field.NAMES)


def _other_names(report: Report, point: Viewpoint) -> Iterator[str]:
    """Yield what else the services and causes of a report are called."""
    reading = point.reading
    for service in report.services:
        title = point.service(service).text
        term = reading.services.find(service)
        names = _names(term) if term else (service,)
        yield from (name for name in names if name != title)
    told = ((reading.root_causes, report.root_cause), (reading.triggers, report.trigger))
    for vocabulary, cause in told:
        term = vocabulary.find(cause.category) if cause and cause.category else None
        if term:
            yield from (name for name in _names(term) if name != term.title)


def _names(term: Term) -> Iterable[str]:
    return dict.fromkeys((term.title, term.name, *term.aliases))


def _glance(report: Report, point: Viewpoint) -> Iterator[Block]:
    for line in (*remedy_lines(report, point), *impact_lines(report, point)):
        yield from _line(line)


def _line(line: Line) -> Iterator[Block]:
    yield from from_html(escape(line.text), "fact")


def _body(report: Report, point: Viewpoint) -> Iterator[Block]:
    slots = set()
    for piece in report.body.pieces:
        if isinstance(piece, Html):
            yield from from_html(piece.html, "prose")
            continue
        slots.add(piece.name)
        if piece.name == "timeline":
            yield from _timeline(report)
        elif piece.name == "actions":
            yield from _actions(report, point)
        else:
            for field in field_lines(report, point):
                html = Markup("{}: {}").format(field.label, field.text)
                yield from from_html(html, "fact")
    if "timeline" not in slots:
        yield from _timeline(report)
    if "actions" not in slots:
        yield from _actions(report, point)


def _timeline(report: Report) -> Iterator[Block]:
    days, group = {day(report)}, None
    for entry in report.timeline:
        on = entry.time.day if entry.time else None
        if on and on not in days:
            days.add(on)
            yield plain("heading", wording.long_day(on))
        if entry.group and entry.group != group:
            yield plain("heading", entry.group)
        group = entry.group
        said = [escape(text) for text in (time_of(entry), entry.actor) if text]
        yield from from_html(" ".join([*said, entry.text.html]), "timeline")
        for detail in shown_details(entry, report):
            yield from from_html(detail.html, "timeline")


def _actions(report: Report, point: Viewpoint) -> Iterator[Block]:
    for group in actions_view(report, point).groups:
        for action in group.actions:
            yield from from_html(action.text, "action")
            for fact in action.facts:
                yield from from_html(escape(fact.text), "fact")
            for told in (*action.details, action.reason, action.verification):
                if told:
                    yield from from_html(escape(told), "action")


def _foot(report: Report, point: Viewpoint) -> Iterator[Block]:
    for tag in report.tags:
        yield plain("fact", tag, Field.NAMES)
    for relation in report.related:
        if relation.note:
            yield plain("fact", relation.note)
    for line in record_lines(report, point):
        if line.label in _FOOT:
            yield from _line(line)
    for link in report.links:
        yield plain("fact", link.title or link.url)
