"""What `postmortem import` does: files from elsewhere become reports of an archive."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from postmortem_archive.archive.moving import Copy, follow
from postmortem_archive.archive.naming import Naming
from postmortem_archive.hosts.accounts import IMPORTED, KNOWN, LEFT, REFUSED, Account, Outcome
from postmortem_archive.hosts.checking import MisuseError, archive_of
from postmortem_archive.hosts.configuration import Configuration
from postmortem_archive.hosts.files import (
    PAGE_SUFFIXES,
    Matcher,
    all_files,
    matcher,
    matcher_of,
    new_folder,
    report_paths,
)
from postmortem_archive.hosts.locating import from_here, inside
from postmortem_archive.hosts.reading import read_reports
from postmortem_archive.hosts.texts import load_source
from postmortem_archive.hosts.writing import Change
from postmortem_archive.report.importing.draft import (
    Draft,
    Guess,
    Left,
    Refused,
    contradictions,
    draft,
)
from postmortem_archive.report.importing.keys import KeyMap
from postmortem_archive.report.importing.opening import open_text
from postmortem_archive.report.importing.recognising import origin_of, traces
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.reader import read
from postmortem_archive.report.record import Report
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.site.settings import DEFAULT_REPORTS


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import: the folder that it is looked at from, and its path in there."""

    root: Path
    path: str

    @property
    def file(self) -> Path:
        """Where it is."""
        return self.root / self.path


def plan_import(
    paths: Sequence[Path],
    config_file: Path | None = None,
    into: Path | None = None,
    keys: KeyMap | None = None,
    *,
    in_place: bool = False,
) -> Outcome:
    """Find out what an import of files and folders does, without doing it.

    Reports go into the docs folder of the archive, or `into` another one, or stay where they are.
    Raises MisuseError, and ConfigurationError where the archive's configuration cannot be read.
    """
    archive = archive_of(config_file)
    settings = archive.settings.reading if archive else ReadingSettings()
    found, others = _files(paths)
    drafts = [_drafted(item, keys or KeyMap(), settings) for item in found]
    if in_place:
        return _in_place(drafts, others, settings)
    target = _target(archive, into)
    return _Move(target, settings).outcome(drafts, others)


Drafted = tuple[Found, Account, Draft | None]


def _files(paths: Sequence[Path]) -> tuple[list[Found], int]:
    """Return the pages at or below some paths, and how many other files there are."""
    found: dict[str, Found] = {}
    others = 0
    for path in paths:
        if not path.exists():
            raise MisuseError(f"there is no file or folder “{path}”")
        if path.is_dir():
            names = all_files(path)
            pages = [name for name in names if name.lower().endswith(PAGE_SUFFIXES)]
            others += len(names) - len(pages)
            items = [Found(path, name) for name in pages]
        else:
            items = [Found(path.parent, path.name)]
        for item in items:
            found.setdefault(os.path.realpath(item.file), item)
    return list(found.values()), others


def _drafted(item: Found, keys: KeyMap, settings: ReadingSettings) -> Drafted:
    shown = from_here(item.file)
    account = Account(shown, REFUSED)
    try:
        account.before = item.file.read_bytes()
    except OSError as error:
        problem = f"the file cannot be read: {error.strerror}"
        account.problems = [Problem(shown, Place(1), Level.ERROR, "unreadable-file", problem)]
        return item, account, None
    made = draft(account.before, item.path, keys, settings)
    if isinstance(made, Left):
        account.status, account.reason = LEFT, made.reason
        return item, account, None
    if isinstance(made, Refused):
        account.problems = [replace(problem, path=shown) for problem in made.problems]
        return item, account, None
    account.status = IMPORTED
    account.understood = tuple(key for key in made.facts if key != "unconfirmed")
    account.guesses = list(made.guesses)
    account.kept = made.kept
    return item, account, made


def _in_place(drafts: Sequence[Drafted], others: int, settings: ReadingSettings) -> Outcome:
    changes = []
    for item, account, made in drafts:
        if made is None:
            continue
        if origin_of(made.opened.front.items) is not None:
            account.status, account.reason = KNOWN, "it was imported here"
        elif made.is_ours:
            account.status, account.reason = LEFT, "its front matter is the archive's already"
        else:
            account.id, account.path, account.after = made.id, account.file, made.text()
            _tell_contradictions(account, read(account.after, item.path, settings))
            changes.append(Change(item.file.resolve(), account.after, is_new=False))
    return Outcome(tuple(account for _, account, _ in drafts), tuple(changes), others)


def _tell_contradictions(account: Account, report: Report) -> None:
    """Tell what a report says in two ways, at its places in the new file."""
    path = account.path or report.path
    account.contradictions = tuple(replace(found, path=path) for found in contradictions(report))


@dataclass(frozen=True, slots=True)
class _Target:
    """The folder that reports go to, what there is, and which paths are those of reports."""

    folder: Path
    files: frozenset[str]
    reports: tuple[Report, ...]
    naming: Naming
    is_report: Matcher | None


def _target(archive: Configuration | None, into: Path | None) -> _Target:
    if archive is None and into is None:
        raise MisuseError(
            "there is no mkdocs.yml with the plugin here or above: name the folder with --into DIR"
        )
    globs = archive.settings.reports if archive else DEFAULT_REPORTS
    ours = archive and (into is None or inside(into, archive.docs_dir) == ".")
    known: tuple[Report, ...] = ()
    if archive and archive.docs_dir.is_dir():
        paths = report_paths(archive.docs_dir, matcher_of(archive.settings))
        known = read_reports(archive.docs_dir, paths, archive.settings.reading, archive.cache_dir)
    folder = archive.docs_dir if archive and into is None else into or Path()
    if folder.exists() and not folder.is_dir():
        raise MisuseError(f"“{folder}” is no folder")
    files = all_files(folder) if folder.is_dir() else ()
    there = known
    if not ours:
        reading = archive.settings.reading if archive else ReadingSettings()
        there = read_reports(folder, report_paths(folder, matcher(globs), files), reading)
        known = (*known, *there)
    return _Target(
        folder,
        frozenset(files),
        there,
        Naming.of(known, files, otherwise=new_folder(globs)),
        matcher_of(archive.settings) if archive and ours else None,
    )


class _Move:
    """Gives each draft its id and its place, and what it refers to a place beside it."""

    def __init__(self, target: _Target, settings: ReadingSettings) -> None:
        self.target = target
        self.settings = settings
        self.naming = target.naming
        self.changes: dict[str, Change] = {}
        self.files: dict[Path, frozenset[str]] = {}
        self.mentioned: set[str] = set()

    def outcome(self, drafts: Sequence[Drafted], others: int) -> Outcome:
        known = self._known()
        new: list[tuple[Found, Account, Draft, str]] = []
        moved: dict[Path, dict[str, str]] = {}
        made = [(item, account, one) for item, account, one in drafts if one is not None]
        self.mentioned = {
            relation.target.casefold() for _, _, one in made for relation in one.report.related
        }
        # Ids that reports have come first; then those that go on do so in the order of time.
        made.sort(key=lambda of: (self._lacks_id(of[0], of[2]), of[2].day, of[0].path))
        for item, account, one in made:
            there = next((known[trace] for trace in one.traces if trace in known), None)
            if there is not None:
                file = self.target.folder / there
                account.status, account.path = KNOWN, from_here(file)
                is_there = os.path.realpath(file) == os.path.realpath(item.file)
                account.reason = "it is in the archive" if is_there else f"it is {account.path}"
                moved.setdefault(item.root, {})[item.path] = there
            elif path := self._named(item, account, one):
                known |= dict.fromkeys(one.traces, path)
                new.append((item, account, one, path))
                moved.setdefault(item.root, {})[item.path] = path
        for item, account, one, path in new:
            self._take_along(item, account, one, path, moved[item.root])
        accounts = tuple(account for _, account, _ in drafts)
        return Outcome(accounts, tuple(self.changes.values()), others)

    def _known(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for report in self.target.reports:
            source = load_source(self.target.folder, report.path)
            opened, _ = open_text(source.data, report.path)
            if opened is not None and source.error is None:
                found |= dict.fromkeys(traces(opened, report), report.path)
        return found

    def _named(self, item: Found, account: Account, one: Draft) -> str | None:
        """Give a report its id, path and file; None where it can have none."""
        is_made_up = self._lacks_id(item, one)
        if is_made_up:
            account.id = self._next_id(one)
            account.guesses.insert(0, Guess("id", "the next free one"))
        else:
            account.id = one.id or PurePosixPath(item.path).stem
        path = self.naming.path_of(account.id, one.day, one.report.title)
        problem = self._why_not(account.id, path)
        if problem:
            account.status = REFUSED
            account.problems.append(
                Problem(account.file, Place(1), Level.ERROR, *problem, found=account.id)
            )
            return None
        self.naming = self.naming.with_report(account.id, path)
        file = self.target.folder / path
        account.path = from_here(file)
        account.after = one.text(account.id, item.path, is_made_up=is_made_up)
        self.changes[path] = Change(file, account.after)
        return path

    def _lacks_id(self, item: Found, one: Draft) -> bool:
        """Whether neither the text nor the file's name tells an id like those of the archive."""
        return one.id is None and not self.naming.goes_on(PurePosixPath(item.path).stem)

    def _next_id(self, one: Draft) -> str:
        """Return the next free id that no text takes for another report's."""
        while (id_ := self.naming.next_id(one.day, one.report.title)).casefold() in self.mentioned:
            self.naming = self.naming.with_report(id_, id_)
        return id_

    def _why_not(self, id_: str, path: str) -> tuple[str, str] | None:
        if not self.naming.is_free(id_):
            return "duplicate-id", f"the id “{id_}” is that of another report"
        if self.target.is_report and not self.target.is_report(path):
            return "no-report-path", f"“{path}” is not among the archive's reports (option reports)"
        return None

    def _take_along(
        self, item: Found, account: Account, one: Draft, path: str, moved: Mapping[str, str]
    ) -> None:
        """Copy what a report shows beside it; what cannot be kept is a problem of its account."""
        after = read(account.after or b"", path, self.settings)
        _tell_contradictions(account, after)
        if one.report.body.links and item.root not in self.files:
            self.files[item.root] = frozenset(all_files(item.root))
        for found in follow(one.report, after, moved, self.files.get(item.root, ())):
            problem = found if isinstance(found, Problem) else self._copy(item.root, path, found)
            if problem:
                shown = replace(problem, path=account.path or path)
                account.problems.append(shown)
            elif isinstance(found, Copy):
                account.copied.append(from_here(self.target.folder / found.target))

    def _copy(self, root: Path, report: str, copy: Copy) -> Problem | None:
        source, file = root / copy.source, self.target.folder / copy.target
        if inside(Path(os.path.realpath(source)), Path(os.path.realpath(root))) is None:
            return _broken(report, copy, "it lies outside the folder that is imported")
        try:
            data = source.read_bytes()
            there = file.read_bytes() if copy.target in self.target.files else None
        except OSError as error:
            return _broken(report, copy, f"it cannot be read: {error.strerror}")
        planned = self.changes.get(copy.target)
        there = planned.data if planned else there
        if there is not None and there != data:
            return _broken(report, copy, f"another file is “{copy.target}” already")
        if there is None:
            self.changes[copy.target] = Change(file, data)
        return None


def _broken(report: str, copy: Copy, why: str) -> Problem:
    message = f"“{copy.source}” cannot come along: {why}"
    return Problem(report, copy.place, Level.WARNING, "broken-link", message, found=copy.source)
