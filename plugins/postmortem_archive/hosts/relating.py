"""What `postmortem related` and `postmortem similar` do: reports compared, relations written."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from postmortem_archive.archive.archive import Archive, build, is_published
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.similarity.symptoms import search
from postmortem_archive.hosts.checking import MisuseError, archive_of
from postmortem_archive.hosts.configuration import Configuration
from postmortem_archive.hosts.files import all_files, matcher_of, report_paths
from postmortem_archive.hosts.locating import from_here, inside
from postmortem_archive.hosts.reading import no_garbage_collection, read_reports
from postmortem_archive.hosts.texts import Source, read_source
from postmortem_archive.hosts.worker import Tell, say_nothing
from postmortem_archive.hosts.writing import Change, write_all
from postmortem_archive.report.front.relating import (
    RefusedError,
    with_relation,
    without_relation,
)
from postmortem_archive.report.problem import nearest
from postmortem_archive.report.record import Report

# A draft begins with front matter or a heading; what does not is a message, or a log.
_DRAFT = re.compile(r"\s*(?:---[ \t]*$|#{1,2}[ \t]+\S)", re.MULTILINE)
_DRAFT_PATH = "draft.md"


@dataclass(frozen=True, slots=True)
class Found:
    """A past incident for a person who looks for one: what it was, why it is told, what ended it.

    `strength` is strong, likely or possible, or the words of a relation that is told. `file` is its
    path from the current folder, `page` that of its page on the site, or its whole address.
    """

    id: str
    title: str
    date: str | None
    severity: str | None
    strength: str
    reasons: tuple[str, ...]
    mitigation: str | None
    file: str
    page: str


@dataclass(frozen=True, slots=True)
class Relatives:
    """A report with what it is told to be related to, and what it resembles."""

    report: Report
    told: tuple[Found, ...]
    similar: tuple[Found, ...]


@dataclass(frozen=True)
class Shelf:
    """An archive's reports, with their words.

    What is published to nobody here is left out, as on the site, so that what is printed may be
    passed on.
    """

    place: Configuration
    every: tuple[Report, ...]

    @classmethod
    @no_garbage_collection()
    def of(cls, config_file: Path | None, tell: Tell = say_nothing) -> Shelf:
        """Read the archive of a configuration file, else the nearest one from here upwards.

        Raises MisuseError, and ConfigurationError where the configuration cannot be read.
        """
        place = archive_of(config_file)
        if place is None:
            raise MisuseError(
                "there is no mkdocs.yml with the plugin here or above: name one with -f"
            )
        if not place.docs_dir.is_dir():
            raise MisuseError(f"{place.file}: there is no docs folder “{place.docs_dir}”")
        paths = report_paths(place.docs_dir, matcher_of(place.settings), all_files(place.docs_dir))
        reading = place.settings.reading
        return cls(place, read_reports(place.docs_dir, paths, reading, place.cache_dir, tell))

    def find(self, name: str) -> Report:
        """Return the report of an id or a path. Raises MisuseError where there is none."""
        place = inside(Path(name), self.place.docs_dir)
        for report in self.every:
            if report.path in (place, name) or report.id.casefold() == name.casefold():
                return report
        close = nearest(name, [report.id for report in self._shown()])
        raise MisuseError(
            f"there is no report “{name}”" + (f"; did you mean “{close}”?" if close else "")
        )

    def _shown(self, *more: Report) -> tuple[Report, ...]:
        """Return the published reports and those given, each at its path once."""
        up_to = self.place.settings.archive.publish_up_to
        shown = {report.path: report for report in self.every if is_published(report, up_to)}
        return tuple({**shown, **{report.path: report for report in more}}.values())

    def _archive(self, *more: Report) -> Archive:
        settings = replace(self.place.settings.archive, publish_up_to="RED")
        return build(self._shown(*more), settings)

    def relatives(self, report: Report) -> Relatives:
        """Return what a report is told to be related to, and what it resembles."""
        archive = self._archive(report)
        mine = archive.by_path[report.path]
        told = (
            self._found(related.report, related.words, (related.note,) if related.note else ())
            for related in archive.relations(mine)
        )
        return Relatives(mine, tuple(told), self._similar(mine, archive))

    def like(self, text: str) -> tuple[Found, ...]:
        """Return the past incidents that a message, a log or a draft report resembles."""
        if _DRAFT.match(text):
            draft = read_source(Source(_DRAFT_PATH, text.encode()), self.place.settings.reading)
            # A report that is in the archive already does not resemble itself.
            rest = tuple(report for report in self.every if report.id != draft.id)
            return replace(self, every=rest).relatives(draft).similar
        archive = self._archive()
        return tuple(
            self._found(archive.by_path[found.path], found.strength, map(str, found.reasons))
            for found in search(text, archive.similarity)
        )

    def _similar(self, report: Report, archive: Archive) -> tuple[Found, ...]:
        return tuple(
            self._found(found.report, found.strength, map(str, found.reasons))
            for found in archive.similar(report)
        )

    def _found(self, report: Report, strength: str, reasons: Iterable[str]) -> Found:
        on = day(report)
        ended = report.mitigation or report.resolution
        stem = report.path.removesuffix(".md")
        return Found(
            id=report.id,
            title=report.title,
            date=on.isoformat() if on else None,
            severity=report.severity,
            strength=str(strength),
            reasons=tuple(reasons),
            mitigation=ended.plain if ended else None,
            file=from_here(self.place.docs_dir / report.path),
            page=self.place.url(report.path) or f"{stem}/",
        )

    def pin(self, report: Report, other: str, relation: str) -> Path | None:
        """Write a relation into a report's file and return it; None where it is told already.

        Raises MisuseError where it cannot be written.
        """
        target = self._other(report, other)
        if target.id in report.not_related:
            raise MisuseError(f"{report.id} says that it is not related to {target.id}")
        if any(r.target == target.id and r.relation == relation for r in report.related):
            return None
        reading = self.place.settings.reading
        return self._write(
            report, lambda data: with_relation(data, report.path, reading, target.id, relation)
        )

    def reject(self, report: Report, other: str) -> Path | None:
        """Write into a report's file that another is not related, and return it; None if it is so.

        Raises MisuseError where it cannot be written.
        """
        target = self._other(report, other)
        if any(relation.target == target.id for relation in report.related):
            raise MisuseError(f"{report.id} says that it is related to {target.id}")
        if target.id in report.not_related:
            return None
        reading = self.place.settings.reading
        return self._write(
            report, lambda data: without_relation(data, report.path, reading, target.id)
        )

    def _other(self, report: Report, name: str) -> Report:
        other = self.find(name)
        if other.path == report.path:
            raise MisuseError(f"{report.id} cannot be related to itself")
        return other

    def _write(self, report: Report, change: Callable[[bytes], bytes]) -> Path:
        file = Path(os.path.realpath(self.place.docs_dir / report.path))
        try:
            write_all((Change(file, change(file.read_bytes()), is_new=False),))
        except (OSError, RefusedError) as error:
            told = getattr(error, "strerror", None) or error
            raise MisuseError(f"“{from_here(file)}” is left as it was: {told}") from error
        return file
