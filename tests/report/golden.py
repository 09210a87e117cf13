"""The golden cases: a report each, with the facts and problems that a careful reader finds in it.

A case is a YAML file; every scalar in it is read as text. Its keys:

    about      what the case shows, in one sentence
    path       where the report lies (default `2025/case.md`)
    report     the report's text, or `report_file`, a file beside the case
    saved_as   how its file is saved: `utf-8-bom`, `utf-16`, `crlf`, `cr`, `latin-1`
    settings   `services` (a mapping of names to their aliases) and `time_zone`
    facts      what is told, by key; `null` for what is not; keys left out are not compared
    problems   all of them, as `line:column level rule (suggestion)`
    slots      where the archive renders what it read, in the order of the page
    shows      what the page's HTML holds
    hides      what it does not hold
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from postmortem_archive.report import ReadingSettings, Report, read
from postmortem_archive.report.vocabulary import Term, Vocabulary

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A golden case, named by its file."""

    name: str
    text: str
    told: dict[str, Any]

    @property
    def data(self) -> bytes:
        """The report as its file holds it."""
        match self.told.get("saved_as", "utf-8"):
            case "utf-8-bom":
                return self.text.encode("utf-8-sig")
            case "crlf":
                return self.text.replace("\n", "\r\n").encode()
            case "cr":
                return self.text.replace("\n", "\r").encode()
            case encoding:
                return self.text.encode(encoding)

    @property
    def path(self) -> str:
        """Where the report lies."""
        return str(self.told.get("path", "2025/case.md"))

    @property
    def settings(self) -> ReadingSettings:
        """The case's settings."""
        settings = self.told.get("settings", {})
        services = tuple(
            Term(name, name, tuple(aliases))
            for name, aliases in settings.get("services", {}).items()
        )
        return ReadingSettings(
            services=Vocabulary(services), time_zone=settings.get("time_zone", "UTC")
        )

    def read(self) -> Report:
        """Read the report with the case's settings."""
        return read(self.data, self.path, self.settings)


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases."""
    found = []
    for file in sorted(CASES.rglob("*.yml")):
        # Every scalar stays text, so that an expectation is what it looks like.
        told = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        text = told.get("report")
        if text is None:
            text = (file.parent / told["report_file"]).read_text("utf-8")
        found.append(Case(str(file.relative_to(CASES).with_suffix("")), text, told))
    return tuple(found)
