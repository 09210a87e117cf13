"""What a site is made from: how to read, how to put together, and where the pages go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.formats.format import Format, built_in
from postmortem_archive.report.settings import ReadingSettings

DEFAULT_REPORTS = ("[0-9][0-9][0-9][0-9]/**/*.md",)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Everything that a site's options say, checked.

    `reports` are the globs that tell reports from other pages, in the syntax of a .gitignore.
    `at` is the folder that the archive's addresses start from: empty for the root, else without a
    slash at either end. `formats` are those that a new report can be begun in.
    """

    reading: ReadingSettings
    archive: ArchiveSettings
    reports: tuple[str, ...] = DEFAULT_REPORTS
    at: str = ""
    site_name: str = ""
    formats: Mapping[str, Format] = field(default_factory=built_in)

    def __post_init__(self) -> None:
        """Put the archive together with the words that its reports were read with."""
        object.__setattr__(self, "archive", replace(self.archive, reading=self.reading))
