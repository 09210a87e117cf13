"""The command `postmortem similar`."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path

import click

from postmortem_archive.hosts.commands.answers import dump, fail
from postmortem_archive.hosts.commands.choices import A_PATH, config_file_option
from postmortem_archive.hosts.commands.waiting import announce


@click.command()
@click.argument("file", required=False, type=A_PATH)
@config_file_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="At most so many, the closest first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def similar(file: Path | None, config_file: Path | None, limit: int, *, as_json: bool) -> None:
    """Print the past incidents that look like an error message, a log or a draft report.

    It is read from FILE, or from standard input. Times, addresses, ids and numbers in it do not
    matter. Exits with 0, whether something is found or not, and with 2 for misuse.
    """
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.checking import MisuseError
    from postmortem_archive.hosts.printing.found import as_facts, told_of
    from postmortem_archive.hosts.relating import Shelf

    try:
        found = Shelf.of(config_file, announce).like(_read(file))[:limit]
    except (MisuseError, ConfigurationError) as error:
        fail(str(error))
    if as_json:
        click.echo(dump({"similar": as_facts(found)}))
    elif found:
        click.echo("\n".join(told_of(found)))
    else:
        click.echo("nothing in the archive looks like this")


def _read(file: Path | None) -> str:
    """Return what to look for, in whatever encoding it came; what is no text ends the program."""
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
    except OSError as error:
        fail(f"“{file}” cannot be read: {error.strerror}")
    # Windows PowerShell writes what is sent into a file in UTF-16.
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    # Chance would find incidents for it.
    if "\0" in text:
        fail("this is no text: give an error message, a log or a draft report")
    if not text.strip():
        fail("there is nothing to look for: give an error message, or the file of one")
    return text
