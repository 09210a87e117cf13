"""The command `postmortem import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem_archive.hosts.commands.answers import FOUND, dump, fail
from postmortem_archive.hosts.commands.choices import A_PATH, config_file_option

if TYPE_CHECKING:
    from postmortem_archive.hosts.accounts import Outcome
    from postmortem_archive.report.importing.keys import KeyMap


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=A_PATH)
@config_file_option
@click.option(
    "--into",
    type=A_PATH,
    help="The folder that the reports go to. By default the archive's docs folder.",
)
@click.option(
    "--in-place", is_flag=True, help="Give the files front matter where they are, and copy nothing."
)
@click.option(
    "--map",
    "map_file",
    type=A_PATH,
    help="A YAML file that gives foreign keys a home: `their_key: our_key`.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as one JSON object.")
def import_(
    paths: tuple[Path, ...],
    config_file: Path | None,
    into: Path | None,
    map_file: Path | None,
    *,
    in_place: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Turn Markdown files from elsewhere, or all below a folder, into reports of the archive.

    The text of a file stays as it is: front matter is put before it, with every fact that is read.
    Exits with 0, with 1 where a file was refused, and with 2 for misuse.
    """
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.accounts import REFUSED
    from postmortem_archive.hosts.checking import MisuseError
    from postmortem_archive.hosts.importing import plan_import

    if in_place and into is not None:
        fail("--in-place and --into exclude each other")
    try:
        outcome = plan_import(paths, config_file, into, _key_map(map_file), in_place=in_place)
    except (MisuseError, ConfigurationError) as error:
        fail(str(error))
    if not dry_run:
        _write(outcome)
    _tell(outcome, dry_run=dry_run, as_json=as_json)
    if outcome.count(REFUSED):
        sys.exit(FOUND)


def _write(outcome: Outcome) -> None:
    from postmortem_archive.hosts.writing import write_all

    try:
        write_all(outcome.changes)
    except OSError as error:
        told = [str(part) for part in (error.filename2 or error.filename, error.strerror) if part]
        fail(f"nothing was imported: {': '.join(told) or error}")


def _tell(outcome: Outcome, *, dry_run: bool, as_json: bool) -> None:
    from postmortem_archive.hosts.accounts import as_facts, differences, table

    if as_json:
        click.echo(dump(as_facts(outcome, dry_run=dry_run)))
        return
    for account in outcome.accounts if dry_run else ():
        for line in differences(account):
            click.echo(line)
    for line in table(outcome, dry_run=dry_run):
        click.echo(line)


def _key_map(file: Path | None) -> KeyMap:
    from postmortem_archive.report.importing.keys import KeyMap, read_key_map

    if file is None:
        return KeyMap()
    try:
        keys, problems = read_key_map(file.read_text("utf-8"), str(file))
    except (OSError, UnicodeError) as error:
        fail(f"the map “{file}” cannot be read: {error}")
    if problems:
        fail("\n".join(["the map cannot be used:", *map(str, problems)]))
    return keys
