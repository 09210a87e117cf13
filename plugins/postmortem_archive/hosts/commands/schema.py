"""The command `postmortem schema`."""

from __future__ import annotations

from pathlib import Path

import click

from postmortem_archive.hosts.commands.answers import dump, fail
from postmortem_archive.hosts.commands.choices import config_file_option


@click.command()
@config_file_option
def schema(config_file: Path | None) -> None:
    """Print a JSON Schema of the front matter, for editors and other programs.

    Its words (severities, services, triggers, root causes) are those of the archive; without an
    archive they are the usual ones.
    """
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.checking import MisuseError, archive_of
    from postmortem_archive.report.front.schema import front_matter_schema
    from postmortem_archive.report.settings import ReadingSettings

    try:
        archive = archive_of(config_file)
    except (MisuseError, ConfigurationError) as error:
        fail(str(error))
    settings = archive.settings.reading if archive else ReadingSettings()
    click.echo(dump(front_matter_schema(settings)))
