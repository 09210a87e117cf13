"""What a report is compared by: its facts, and the sentences that tell what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.report.record import Cause, Report
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.terms import identifiers
from postmortem_archive.report.vocabulary import Vocabulary, fold

Fact = tuple[str, str]
"""A kind of fact, and its name in the form in which names are compared.

The kinds are alert, cause, service, trigger and tag. Contributing factors are compared by their
words: that two are human, or technical, says nothing.
"""

Facts = tuple[Fact, ...]
"""A fact alone, or two that a report has together."""

Key = str | Facts
"""A term, or facts: what two reports can share."""


@dataclass(frozen=True, slots=True)
class Features:
    """A report's facts, each with its name as people write it, and its telling sentences.

    A sentence is a string of terms with blanks between (`report/terms.py`).
    """

    facts: Mapping[Fact, str]
    sentences: tuple[str, ...]


def features(report: Report, reading: ReadingSettings) -> Features:
    """Return what a report is compared by."""
    facts = {(kind, fold(name) or name): shown for kind, name, shown in _facts(report, reading)}
    # Reports from a cache do without the reader, and so do commands that compare none.
    from postmortem_archive.report.formats.blank import blank_sentences

    blank = blank_sentences()
    return Features(MappingProxyType(facts), tuple(s for s in report.telling if s not in blank))


def _facts(report: Report, reading: ReadingSettings) -> Iterator[tuple[str, str, str]]:
    detection = report.detection
    if detection and detection.source == "alert":
        for told in (detection.note, detection.by):
            yield from (("alert", name, name) for name in identifiers(told or ""))
    yield from _cause("cause", report.root_cause, reading.root_causes)
    for service in report.services:
        yield _named("service", service, reading.services)
    yield from _cause("trigger", report.trigger, reading.triggers)
    yield from (("tag", tag, tag) for tag in report.tags)


def _cause(kind: str, told: Cause | None, words: Vocabulary) -> Iterator[tuple[str, str, str]]:
    # What nobody knows is nothing that two reports share.
    if told and told.category and told.category not in ("unknown", "indeterminate"):
        yield _named(kind, told.category, words)


def _named(kind: str, name: str, words: Vocabulary) -> tuple[str, str, str]:
    term = words.find(name)
    return (kind, term.name, term.title) if term else (kind, name, name)
