"""Small reports, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from postmortem_archive.archive import ArchiveSettings
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import (
    Body,
    Moment,
    Precision,
    Relation,
    Report,
    Text,
)

AS_OF = date(2026, 1, 31)
SETTINGS = ArchiveSettings(as_of=AS_OF)


def moment(text: str) -> Moment:
    """Return the moment of an ISO text: a day alone has day precision, no offset means UTC."""
    at = datetime.fromisoformat(text)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Moment(at, Precision.DAY if len(text) == 10 else Precision.MINUTE)


def report(id_: str, started: str | None = None, **facts) -> Report:
    """Return a report at `2025/<id>.md`; milestones may be given by name, as ISO texts."""
    names = ("detected", "acknowledged", "mitigated", "resolved")
    told = {"started": started, **{name: facts.pop(name, None) for name in names}}
    milestones = {name: moment(text) for name, text in told.items() if text}
    day = milestones["started"].day if started else None
    made = Report(path=f"2025/{id_}.md", id=id_, title=id_, date=day, milestones=milestones)
    return replace(made, **facts)


def text(words: str) -> Text:
    return Text(words, words)


def relation(target: str, name: str = "related", note: str | None = None) -> Relation:
    return Relation(target, name, Place(7, 3), note)


def links(*targets: str) -> Body:
    """Return a body with these links, the first on line 20."""
    return Body(links=tuple((target, Place(20 + n)) for n, target in enumerate(targets)))


def naming(*words: str) -> Body:
    """Return a body that names these reports, the first on line 20."""
    return Body(named=tuple((word, Place(20 + n)) for n, word in enumerate(words)))
