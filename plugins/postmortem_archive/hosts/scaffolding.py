"""What `postmortem new` does: a new report's facts, its text and its place in an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from postmortem_archive.archive.naming import Naming, slug
from postmortem_archive.hosts.checking import MisuseError
from postmortem_archive.hosts.configuration import Configuration
from postmortem_archive.hosts.files import all_files, matcher_of, new_folder, report_paths
from postmortem_archive.hosts.own_formats import formats_in
from postmortem_archive.hosts.reading import read_reports
from postmortem_archive.hosts.writing import Change, write_all
from postmortem_archive.report.formats.format import Format
from postmortem_archive.report.formats.scaffold import FormatError, Known, scaffold
from postmortem_archive.report.grammar.moments import parse_iso
from postmortem_archive.report.problem import nearest
from postmortem_archive.report.record import Moment, Precision
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import KINDS, Vocabulary

DEFAULT_FORMAT = "standard"
_ID = re.compile(r"[^\W_](?:[\w.-]{0,98}[^\W_])?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a new report, in their own words; what they leave open is empty."""

    format: str | None = None
    title: str | None = None
    severity: str | None = None
    services: tuple[str, ...] = ()
    started: str | None = None
    date: str | None = None
    alert: str | None = None
    authors: tuple[str, ...] = ()
    kind: str | None = None
    id: str | None = None
    id_from_alert: bool = False


@dataclass(frozen=True)
class Desk:
    """The archive that a report is begun in, at a moment `now` in UTC."""

    archive: Configuration
    now: datetime

    @property
    def words(self) -> ReadingSettings:
        """The archive's vocabularies and time zone."""
        return self.archive.settings.reading

    @cached_property
    def formats(self) -> Mapping[str, Format]:
        """The formats, built in and the archive's own.

        Raises MisuseError where a file of theirs cannot be read.
        """
        try:
            return formats_in(self.archive.formats_dir)
        except OSError as error:
            raise MisuseError(f"“{error.filename}” cannot be read: {error.strerror}") from error

    def format(self, name: str) -> str:
        """Return the name of a format; raise ValueError where there is none of this name."""
        if name not in self.formats:
            raise ValueError(_no_such(name, "format", self.formats))
        return name

    def severity(self, word: str) -> str:
        """Return the archive's word for a severity; raise ValueError where it has none."""
        return _term(word, self.words.severities, "severity")

    def kind(self, word: str) -> str:
        """Return the archive's word for a kind; raise ValueError where it has none."""
        return _term(word, KINDS, "kind")

    def service(self, name: str) -> str:
        """Return the archive's name of a service; raise ValueError where it has no such service."""
        known = self.words.services
        return _term(name, known, "service") if known.terms else " ".join(name.split())

    def moment(self, text: str) -> Moment:
        """Return a moment in the archive's time zone; raise ValueError for what is none."""
        expected = "expected a time such as 2025-09-30T14:32, or a day such as 2025-09-30"
        try:
            moment = parse_iso(text, self.words.zone)
        except ValueError as error:
            raise ValueError(f"“{text}” is no time: {error}") from None
        if moment is None:
            raise ValueError(f"“{text}” is no time; {expected}")
        return replace(moment, at=moment.at.astimezone(self.words.zone))

    def begin(self, wanted: Wanted) -> tuple[Path, str]:
        """Return the file and the text of a new report; nothing is written yet.

        Raises MisuseError with all that is wrong, a line each.
        """
        known = self.known(wanted)
        try:
            text = scaffold(wanted.format or DEFAULT_FORMAT, self.formats, known)
        except FormatError as error:
            raise MisuseError(str(error)) from error
        return self.archive.docs_dir / self._path(known), text

    def known(self, wanted: Wanted) -> Known:
        """Return what a person says in the archive's own words.

        Raises MisuseError with all that is wrong, a line each.
        """
        problems: list[str] = []

        def read(reader: Callable[[str], T], text: str | None) -> T | None:
            try:
                return reader(text) if text else None
            except ValueError as error:
                problems.append(str(error))
                return None

        read(self.format, wanted.format or DEFAULT_FORMAT)
        started, day = read(self.moment, wanted.started), read(self.moment, wanted.date)
        severity, kind = read(self.severity, wanted.severity), read(self.kind, wanted.kind)
        services = [read(self.service, name) for name in wanted.services]
        if started and day and started.day != day.day:
            problems.append(f"the day is {day.day}, but it started on {started.day}")
        if wanted.id_from_alert and not wanted.alert:
            problems.append("an id from the alert needs the alert's name: --alert NAME")
        read(self._free_id, wanted.id)
        if problems:
            raise MisuseError("\n".join(problems))
        on = next((moment.day for moment in (started, day) if moment), self._today)
        clock = started.at if started and started.precision is not Precision.DAY else None
        return Known(
            id=wanted.id or self._next_id(wanted, on, clock),
            date=on,
            now=self.now,
            zone=self.words.time_zone,
            severities=self.words.severities.names,
            title=wanted.title,
            kind=kind,
            severity=severity,
            services=tuple(dict.fromkeys(name for name in services if name)),
            started=clock,
            alert=wanted.alert,
            authors=tuple(" ".join(name.split()) for name in wanted.authors),
        )

    @property
    def _today(self) -> date:
        return self.now.astimezone(self.words.zone).date()

    @cached_property
    def _naming(self) -> Naming:
        archive = self.archive
        files = all_files(archive.docs_dir)
        paths = report_paths(archive.docs_dir, matcher_of(archive.settings), files)
        reports = read_reports(archive.docs_dir, paths, self.words, archive.cache_dir)
        return Naming.of(reports, files, otherwise=new_folder(archive.settings.reports))

    def _free_id(self, name: str) -> str:
        if not _ID.fullmatch(name):
            raise ValueError(
                f"“{name}” is no id: it begins and ends with a letter or digit, and has only"
                " letters, digits, “-”, “_” and “.”"
            )
        if not self._naming.is_free(name):
            raise ValueError(f"the id “{name}” is taken; the next free one is made without --id")
        return name

    def _next_id(self, wanted: Wanted, day: date, clock: datetime | None) -> str:
        """Return an id as the archive has them; without any, one of the alert that was told."""
        if wanted.alert and (wanted.id_from_alert or not self._naming.learnt):
            at = clock.astimezone(UTC) if clock else datetime.combine(day, self.now.time())
            stem = f"INCIDENT-{at:%Y%m%d-%H%M}-{slug(wanted.alert) or 'alert'}"
            numbered = (f"{stem}-{number}" for number in range(2, 10_000))
            return next(name for name in (stem, *numbered) if self._naming.is_free(name))
        return self._naming.next_id(day, wanted.title or "")

    def _path(self, known: Known) -> str:
        """Return where the archive's reports are; in a new archive, where they would be found."""
        settings = self.archive.settings
        path = self._naming.path_of(known.id, known.date, known.title or "")
        if not matcher_of(settings)(path):
            globs = ", ".join(settings.reports)
            raise MisuseError(f"{path} would be no report of this archive (reports: {globs})")
        return path


def write(file: Path, text: str) -> None:
    """Write a new file and the folders on its way; never over another.

    Raises MisuseError where it cannot.
    """
    try:
        write_all([Change(file, text.encode())])
    except FileExistsError:
        raise MisuseError(f"“{file}” is there already, and stays as it is") from None
    except OSError as error:
        raise MisuseError(f"“{file}” cannot be written: {error.strerror}") from error


def _term(word: str, vocabulary: Vocabulary, what: str) -> str:
    term = vocabulary.find(word)
    if term is None:
        raise ValueError(_no_such(word, what, vocabulary.names, vocabulary.spellings))
    return term.name


def _no_such(
    word: str, what: str, names: Iterable[str], spellings: Iterable[str] | None = None
) -> str:
    names = tuple(names)
    close = nearest(word, names if spellings is None else spellings)
    suggestion = f"; did you mean “{close}”?" if close else ""
    return f"“{word}” is no {what} of this archive; expected one of {', '.join(names)}{suggestion}"
