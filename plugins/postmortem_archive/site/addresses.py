"""Every address of the archive, as source paths under the setting `at`.

A report's page stays where its file is; everything that the archive adds has its place here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.naming import slug
from postmortem_archive.archive.periods import Period, period_named
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.vocabulary import fold

# Names that a host treats specially as files.
_RESERVED = frozenset({"", "index", "readme"})


def slugs(names: Iterable[str]) -> Mapping[str, str]:
    """Return a slug for every name, by its folded form.

    Names that come to the same slug are numbered in their order.
    """
    found: dict[str, str] = {}
    every = tuple(names)
    for name, numbered in zip(every, _numbered(every), strict=True):
        found.setdefault(fold(name) or name, numbered)
    return MappingProxyType(found)


def _numbered(names: Iterable[str]) -> Iterator[str]:
    """Give the slug of each name, with a number where another name has come to it before."""
    taken: set[str] = set()
    for name in names:
        stem = slug(name)
        stem = f"{stem}-1".strip("-") if stem in _RESERVED else stem
        candidate, number = stem, 2
        while candidate in taken:
            candidate, number = f"{stem}-{number}", number + 1
        taken.add(candidate)
        yield candidate


def spellings(path: str) -> tuple[str, ...]:
    """Return the source paths at which an author may have written the page of this address."""
    stem = path.removesuffix(".md")
    if PurePosixPath(stem).name == "index":
        return (path, f"{stem.removesuffix('index')}README.md")
    return (path, f"{stem}/index.md", f"{stem}/README.md")


def period_at(path: str, at: str, settings: ArchiveSettings) -> Period | None:
    """Return the period at whose address a source path is, whether or not it has incidents.

    `at` is the folder that the archive's addresses start from. All time has no such page.
    """
    name = name_at(path, at)
    if name is None:
        return None
    span = next((span for span in settings.spans if span.name == name), None)
    return span or period_named(name, settings.year_starts)


def name_at(path: str, at: str) -> str | None:
    """Return what a source path calls the period of its page, be it one or not."""
    folder = f"{at}/trends/" if at else "trends/"
    if not path.startswith(folder) or not path.endswith(".md"):
        return None
    stem = path.removeprefix(folder).removesuffix(".md")
    return stem.removesuffix("/index").removesuffix("/README")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Source paths of the archive's pages and files.

    `at` is the folder that they live in, empty for the root. The slug tables hold every name that
    has a page of its own.
    """

    at: str
    service_slugs: Mapping[str, str]
    cause_slugs: Mapping[str, str]
    trigger_slugs: Mapping[str, str]
    chain_slugs: Mapping[str, str]
    """By the path of the report that a chain began with."""

    @classmethod
    def of(cls, archive: Archive, at: str) -> Addresses:
        """Return the addresses of an archive."""
        firsts = [chain.first for chain in archive.chains]
        chains = zip((r.path for r in firsts), _numbered(r.id for r in firsts), strict=True)
        return cls(
            at,
            slugs(group.name for group in archive.services),
            slugs(group.name for group in archive.causes),
            slugs(group.name for group in archive.triggers),
            MappingProxyType(dict(chains)),
        )

    def _path(self, path: str) -> str:
        return f"{self.at}/{path}" if self.at else path

    @property
    def overview(self) -> str:
        """The archive's home."""
        return self._path("index.md")

    @property
    def incidents(self) -> str:
        """The list of all reports."""
        return self._path("incidents.md")

    @property
    def trends(self) -> str:
        """The trends of all time, and the way to those of a year or quarter."""
        return self._path("trends.md")

    def trend(self, name: str) -> str:
        """Return the path of a period's trends (`2025-q3`); `all` is all time."""
        return self.trends if name == "all" else self._path(f"trends/{name}.md")

    @property
    def recurrences(self) -> str:
        """The list of what came back."""
        return self._path("recurrences.md")

    def chain(self, first: str) -> str:
        """Return the page of the history that began with the report at a path."""
        return self._path(f"recurrences/{self.chain_slugs[first]}.md")

    @property
    def services(self) -> str:
        """The list of services."""
        return self._path("services.md")

    @property
    def causes(self) -> str:
        """The list of root causes."""
        return self._path("causes.md")

    @property
    def triggers(self) -> str:
        """The list of triggers."""
        return self._path("triggers.md")

    @property
    def map(self) -> str:
        """The map of the reports that belong together."""
        return self._path("map.md")

    @property
    def problems(self) -> str:
        """The list of problems in the reports."""
        return self._path("problems.md")

    def rule(self, name: str) -> str:
        """Return the page of a rule, and of what breaks it."""
        return self._path(f"problems/{name}.md")

    def period(self, name: str) -> str:
        """Return the path of a year (`2025`) or a month (`2025-09`)."""
        return self._path(f"incidents/{name}.md")

    def service(self, name: str) -> str | None:
        """Return the page of a service, if it has one."""
        return self._group("services", name, self.service_slugs)

    def cause(self, name: str) -> str | None:
        """Return the page of a root cause, if it has one."""
        return self._group("causes", name, self.cause_slugs)

    def trigger(self, name: str) -> str | None:
        """Return the page of a trigger, if it has one."""
        return self._group("triggers", name, self.trigger_slugs)

    def _group(self, folder: str, name: str, table: Mapping[str, str]) -> str | None:
        found = table.get(fold(name) or name)
        return None if found is None else self._path(f"{folder}/{found}.md")

    def facts(self, report: str) -> str:
        """Return the JSON file of a report's facts."""
        return self._path(f"data/reports/{PurePosixPath(report).with_suffix('.json')}")

    def figures(self, name: str, suffix: str) -> str:
        """Return the file of a period's figures; the suffix is json or csv."""
        return self._path(f"data/trends/{name}.{suffix}")

    @property
    def index(self) -> str:
        """The JSON file that lists every report."""
        return self._path("data/incidents.json")

    def search(self, name: str) -> str:
        """Return a file of the search."""
        return self._path(f"data/search/{name}")

    @property
    def check_schema(self) -> str:
        """The JSON Schema of what `postmortem check` prints."""
        return self._path("data/check.schema.json")

    @property
    def trends_schema(self) -> str:
        """The JSON Schema of the files of figures."""
        return self._path("data/trends.schema.json")

    @property
    def schema(self) -> str:
        """The JSON Schema of front matter, for editors and other programs."""
        return self._path("data/front-matter.schema.json")
