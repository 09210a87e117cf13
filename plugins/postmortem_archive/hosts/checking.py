"""What `postmortem check` does: the problems of an archive, or of files outside one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from postmortem_archive.archive.archive import Archive, Gathered
from postmortem_archive.hosts.baseline import EMPTY, Baseline
from postmortem_archive.hosts.configuration import Configuration, load
from postmortem_archive.hosts.files import PAGE_SUFFIXES, all_files, matcher_of, report_paths
from postmortem_archive.hosts.locating import from_here, inside, nearest_file
from postmortem_archive.hosts.reading import no_garbage_collection, read_reports
from postmortem_archive.hosts.texts import load_source
from postmortem_archive.hosts.words import decided_in, period_of, strays_in
from postmortem_archive.hosts.worker import Tell, say_nothing
from postmortem_archive.report.problem import Level, Problem
from postmortem_archive.report.rules.levels import Levels
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.site import pages
from postmortem_archive.site.addresses import Addresses


class MisuseError(ValueError):
    """The command cannot do what it was asked for; the message is for the person who asked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Reports that were checked, and their problems, with paths from `root`.

    `words` are the authors' pages about periods that were checked beside them.
    `rule_pages` are the addresses on the archive's site that explain its problems, by rule.
    """

    root: Path
    paths: tuple[str, ...]
    problems: tuple[Problem, ...]
    settings: ReadingSettings
    notes: tuple[str, ...] = ()
    rule_pages: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The problems to print, with paths from the current folder, and what they are among.

    `known` counts those that the baseline had. `notes` are for the person, beside the result.
    """

    problems: tuple[Problem, ...]
    reports: int
    known: int
    notes: tuple[str, ...]
    baseline: Baseline
    rule_pages: Mapping[str, str]

    def count(self, level: Level) -> int:
        """Return the number of problems of a level."""
        return sum(problem.level is level for problem in self.problems)

    @property
    def faulty(self) -> int:
        """The number of reports with a problem."""
        return len({problem.path for problem in self.problems})


@no_garbage_collection()
def check_reports(
    paths: Sequence[Path],
    config_file: Path | None = None,
    baseline: Baseline = EMPTY,
    tell: Tell = say_nothing,
) -> Outcome:
    """Check reports: all of the archive, or those at or below `paths`.

    The archive is that of `config_file`, else of the nearest mkdocs.yml from here upwards or, for
    paths that are not in it, from them upwards. Relations and links are checked against the whole
    of it. Paths that belong to no archive are read one by one, with default settings. `tell` is
    told how far the reports that are new to the cache have been read.

    Raises MisuseError, and ConfigurationError where the configuration cannot be read.
    """
    return _outcome(examine(paths, config_file, tell), baseline, whole=not paths)


def examine(
    paths: Sequence[Path], config_file: Path | None, tell: Tell = say_nothing
) -> list[Checked]:
    """Return the reports to check, and all of their problems, by the archive they belong to.

    Raises what `check_reports` does.
    """
    for path in paths:
        if not path.exists():
            raise MisuseError(f"there is no file or folder “{path}”")
    archive = archive_of(config_file)
    if paths:
        grouped = _by_archive(paths, archive, alone=config_file is not None)
        return [
            _check_archive(place, wanted, tell) if place else _check_loose(wanted, tell)
            for place, wanted in grouped
        ]
    if archive is None:
        raise MisuseError(
            "there is no mkdocs.yml with the plugin here or above: name the reports to check"
        )
    return [_check_archive(archive, (), tell)]


def archive_of(config_file: Path | None) -> Configuration | None:
    """Return the archive of a configuration file, else the nearest one from here upwards.

    Raises MisuseError, and ConfigurationError where the configuration cannot be read.
    """
    if config_file is not None:
        archive = load(config_file)
        if archive is None:
            raise MisuseError(f"“{config_file}” does not use the plugin")
        return archive
    nearest = nearest_file(Path())
    return load(nearest) if nearest else None


def _by_archive(
    paths: Iterable[Path], here: Configuration | None, *, alone: bool
) -> list[tuple[Configuration | None, list[Path]]]:
    """Return the paths of each archive, and of none.

    A path that is not in the archive `here` is in the one nearest to it, unless `here` is to be
    taken `alone`.
    """
    nearby: dict[Path, Configuration | None] = {here.file: here} if here else {}
    grouped: dict[Path | None, tuple[Configuration | None, list[Path]]] = {}
    for path in paths:
        place = here
        if not (here and _belongs(path, here)):
            file = None if alone else nearest_file(path if path.is_dir() else path.parent)
            if file and file not in nearby:
                nearby[file] = load(file)
            place = nearby[file] if file else None
        if place and not _belongs(path, place):
            place = None
        grouped.setdefault(place.file if place else None, (place, []))[1].append(path)
    return [*grouped.values()]


def _belongs(path: Path, archive: Configuration) -> bool:
    """Tell whether a path is in an archive's docs folder, or around it."""
    return inside(path, archive.docs_dir) is not None or inside(archive.docs_dir, path) is not None


def _check_archive(archive: Configuration, wanted: Sequence[Path], tell: Tell) -> Checked:
    if not archive.docs_dir.is_dir():
        raise MisuseError(f"{archive.file}: there is no docs folder “{archive.docs_dir}”")
    files = all_files(archive.docs_dir)
    every = report_paths(archive.docs_dir, matcher_of(archive.settings), files)
    reported = frozenset(every)
    settings = archive.settings
    reading = replace(settings.reading, page=False)
    reports = read_reports(archive.docs_dir, every, reading, archive.cache_dir, tell)
    others = [path for path in files if path not in reported]
    written = [path for path in others if period_of(path, settings)]
    decided = decided_in((load_source(archive.docs_dir, path) for path in written), settings)
    strays = strays_in(others, settings)
    gathered = Gathered(reports, settings.archive, decided=decided, strays=strays)
    # A report may link to a page that the archive is going to have.
    made = pages.paths(gathered.archive(), settings)
    built = gathered.archive({*files, *made})
    written += [problem.path for problem in strays]
    known = (*every, *written)
    paths, notes = _chosen(known, archive, wanted) if wanted else (known, ())
    if not every:
        globs = ", ".join(archive.settings.reports)
        notes = (f"no file below {from_here(archive.docs_dir)} is a report (reports: {globs})",)
    chosen = set(paths)
    return Checked(
        archive.docs_dir,
        tuple(path for path in paths if path not in written),
        tuple(problem for problem in built.all_problems if problem.path in chosen),
        settings.reading,
        (*archive.warnings, *notes),
        _rule_pages(archive, built),
        tuple(path for path in paths if path in written),
    )


def _rule_pages(configuration: Configuration, archive: Archive) -> Mapping[str, str]:
    """Return where the site explains the rules that its published reports break."""
    addresses = Addresses.of(archive, configuration.settings.at)
    names = {problem.rule for problem in archive.problems}
    pages = {name: configuration.url(addresses.rule(name)) for name in names}
    return {name: url for name, url in pages.items() if url}


def _chosen(
    every: Sequence[str], archive: Configuration, wanted: Iterable[Path]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the reports at or below the paths wanted, and a note on each path without any."""
    chosen: set[str] = set()
    notes: list[str] = []
    for path in wanted:
        place = inside(path, archive.docs_dir)
        if place is None or place == ".":
            return tuple(every), ()
        found = {report for report in every if report == place or report.startswith(f"{place}/")}
        if not found:
            globs = ", ".join(archive.settings.reports)
            notes.append(f"“{path}” is not, and holds no, report (reports: {globs})")
        chosen |= found
    return tuple(report for report in every if report in chosen), tuple(notes)


def _check_loose(wanted: Iterable[Path], tell: Tell) -> Checked:
    paths: list[str] = []
    for path in wanted:
        if path.is_dir():
            names = (name for name in all_files(path) if name.lower().endswith(PAGE_SUFFIXES))
            paths += [os.path.normpath(path / name) for name in names]
        else:
            paths.append(os.path.normpath(path))
    unique = tuple(dict.fromkeys(Path(path).as_posix() for path in paths))
    settings = ReadingSettings(page=False)
    reports = read_reports(Path(), unique, settings, tell=tell)
    judged = map(Levels().applied, reports)
    problems = tuple(problem for report in judged for problem in report.problems)
    return Checked(Path(), unique, problems, settings)


def _outcome(found: Sequence[Checked], baseline: Baseline, *, whole: bool) -> Outcome:
    shown: list[Problem] = []
    known = 0
    # Where everything is checked, what is known of files that are gone is of no more use.
    renewed = EMPTY if whole else baseline
    for checked in found:
        new, count = baseline.sift(checked.problems)
        known += count
        renewed = renewed.renewed(checked.problems, (*checked.paths, *checked.words))
        here = {path: from_here(checked.root / path) for path in {p.path for p in new}}
        shown += [replace(problem, path=here[problem.path]) for problem in new]
    return Outcome(
        problems=tuple(shown),
        reports=sum(len(checked.paths) for checked in found),
        known=known,
        notes=tuple(note for checked in found for note in checked.notes),
        baseline=renewed,
        rule_pages={name: url for checked in found for name, url in checked.rule_pages.items()},
    )
