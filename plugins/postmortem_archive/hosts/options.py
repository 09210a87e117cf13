"""The plugin's options, as they stand in mkdocs.yml."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.exceptions import ConfigurationError

from postmortem_archive.archive.settings import ArchiveSettings, WorkingHours
from postmortem_archive.hosts.option_types import (
    Option,
    read_count,
    read_day,
    read_folder,
    read_globs,
    read_levels,
    read_scale,
    read_services,
    read_switch,
    read_terms,
    read_text,
    read_time_zone,
    read_word,
)
from postmortem_archive.hosts.period_options import (
    Pages,
    read_month,
    read_pages,
    read_working_hours,
)
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.problem import nearest
from postmortem_archive.report.rules.levels import Levels
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Service, Term, Vocabulary
from postmortem_archive.site.settings import DEFAULT_REPORTS, SiteSettings

PLUGIN = "postmortem-archive"
DEFAULT_FORMATS = "formats"


class ArchiveOptions(Config):
    """The options of the plugin `postmortem-archive`."""

    reports = Option[tuple[str, ...]](read_globs, DEFAULT_REPORTS)
    """Which files are reports: patterns in the syntax of a .gitignore, from the docs folder.

    A pattern that starts with “!” takes files out again.
    """

    at = Option[str](read_folder, "")
    """The folder of the site that the archive's addresses start from; empty for the root."""

    as_of = Option[date | None](read_day, None)
    """The day the archive speaks of: what is overdue on it, how long ago the last incident was.

    Without it, the day of SOURCE_DATE_EPOCH, else today in UTC. A fixed day makes every build of
    the same sources the same.
    """

    time_zone = Option[str](read_time_zone, "UTC")
    """The time zone of every time in a report that names none, by its IANA name."""

    publish_up_to = Option[str](read_word(words.VISIBILITIES), "AMBER")
    """The narrowest audience that this edition is for: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.

    A report with a narrower `visibility` is left out of every page and file. A report without one
    counts as AMBER.
    """

    major = Option[int](read_count, 2)
    """How many of the highest severities count as major."""

    publish_within = Option[int](read_count, 14)
    """How many days after an incident its report is to be published."""

    year_starts = Option[int](read_month, 1)
    """The month in which years begin, by number or English name; quarters are counted from it."""

    trends = Option[Pages](read_pages, Pages())
    """The periods that have a page of trends: years, quarters, months; and any stretch of days, as
    a mapping of name, from and to (both days belong to it)."""

    working_hours = Option[WorkingHours](read_working_hours, WorkingHours())
    """The hours in which people are at work: days (such as mon-fri), from, to and time_zone.

    Without a time_zone of their own they are in that of the site.
    """

    mitigate_within = Option[int](read_count, 30)
    """How many minutes an incident is to be mitigated in, for the share that was."""

    show_mean = Option[bool](read_switch, default=False)
    """Whether the plain mean of each clock is printed beside its median, with its interval."""

    rules = Option[Levels](read_levels, Levels())
    """The level of each rule that is to have another one: off, hint, warning or error, by name."""

    severities = Option[tuple[Term, ...]](read_scale, words.SEVERITIES.terms)
    """The scale of severities, the most severe first: names, or mappings of name, title, aliases
    and description.

    SEV1 to SEV4 keep their usual aliases (P1, Critical, …) unless `aliases` is given for them.
    """

    services = Option[tuple[Service, ...]](read_services, ())
    """The services: names, or mappings of name, title, owner, since, retired, aliases, description
    and slos (each with a name, a target and a window: month, quarter, or days such as 28d).

    With an empty list a report may name any service.
    """

    triggers = Option[tuple[Term, ...]](read_terms, ())
    """Further words for `trigger`, or a built-in word with another title or other aliases."""

    root_causes = Option[tuple[Term, ...]](read_terms, ())
    """Further words for `root_cause`, or a built-in word with another title or other aliases."""

    formats = Option[str](read_text, DEFAULT_FORMATS)
    """The folder of the site's own formats for `postmortem new`, from mkdocs.yml: templates in
    Markdown, of which one that is named as a built-in format takes its place."""

    search = Option[bool](read_switch, default=True)
    """Whether the archive's search takes the place of Material's in the head of a page."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check all options, and return every error and warning (MkDocs stops at the first)."""
        errors: ConfigErrors = []
        for key, option in self._schema:
            try:
                self[key] = option.validate(self.get(key))
            except ValidationError as error:
                errors.append((key, error))
        known = dict(self._schema)
        return errors, [(key, _unknown(key, known)) for key in self if key not in known]


def _unknown(key: str, known: Mapping[str, object]) -> str:
    close = nearest(str(key), known)
    return f"There is no option “{key}”" + (f"; did you mean “{close}”?" if close else "")


def site_settings(options: ArchiveOptions, site_name: str, default_as_of: date) -> SiteSettings:
    """Return the settings that validated options stand for."""
    reading = ReadingSettings(
        severities=Vocabulary(options.severities),
        services=Vocabulary(options.services),
        triggers=words.TRIGGERS.extended(options.triggers),
        root_causes=words.ROOT_CAUSES.extended(options.root_causes),
        time_zone=options.time_zone,
        major=options.major,
    )
    archive = ArchiveSettings(
        as_of=options.as_of or default_as_of,
        publish_up_to=options.publish_up_to,
        reading=reading,
        levels=options.rules,
        publish_within=options.publish_within,
        year_starts=options.year_starts,
        trend_kinds=options.trends.kinds,
        spans=options.trends.spans,
        working_hours=options.working_hours,
        mitigate_within=options.mitigate_within,
        show_mean=options.show_mean,
    )
    return SiteSettings(reading, archive, options.reports, options.at, site_name)


def formats_folder(options: ArchiveOptions, beside: Path) -> Path:
    """Return the folder of the site's own formats, from the folder of its mkdocs.yml.

    Raises ConfigurationError where one was named that there is not.
    """
    folder = beside / options.formats
    if options.formats != DEFAULT_FORMATS and not folder.is_dir():
        raise ConfigurationError(f"plugin {PLUGIN}: formats: there is no folder “{folder}”")
    return folder


def build_day(environment: Mapping[str, str] = os.environ) -> date:
    """Return the day of SOURCE_DATE_EPOCH where it is set, else today, both in UTC.

    Raises ConfigurationError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise ConfigurationError(
            f"SOURCE_DATE_EPOCH must be a number of seconds, but is {epoch!r}"
        ) from None
