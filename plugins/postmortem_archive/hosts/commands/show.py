"""The command `postmortem show`."""

from __future__ import annotations

from pathlib import Path

import click

from postmortem_archive.hosts.commands.answers import dump, fail
from postmortem_archive.hosts.commands.choices import A_PATH
from postmortem_archive.hosts.printing.line import printable


@click.command()
@click.argument("file", type=A_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the facts as one JSON object.")
def show(file: Path, *, as_json: bool) -> None:
    """Print every fact that is read from one report, with its line.

    FILE may be any Markdown file, with or without front matter, in an archive or not. The settings
    are those of the archive that it is in.
    """
    from postmortem_archive.hosts.showing import UnreadableError, read_one

    try:
        report, notes = read_one(file)
    except UnreadableError as error:
        fail(str(error))
    for note in notes:
        click.echo(f"Note: {printable(note)}", err=True)
    from postmortem_archive.site.facts import facts

    if as_json:
        click.echo(dump(facts(report, texts=True)))
    else:
        from postmortem_archive.hosts.showing import as_text

        click.echo(as_text(report))
