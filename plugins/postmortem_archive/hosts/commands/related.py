"""The command `postmortem related`."""

from __future__ import annotations

from pathlib import Path

import click

from postmortem_archive.hosts.commands.answers import dump, fail
from postmortem_archive.hosts.commands.choices import config_file_option
from postmortem_archive.hosts.commands.waiting import announce
from postmortem_archive.report.vocabulary import RELATIONS


@click.command()
@click.argument("report")
@config_file_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--pin", metavar="OTHER", help="Write into REPORT that it is related to OTHER.")
@click.option(
    "--relation",
    type=click.Choice(RELATIONS.names),
    help="With --pin: how they are related. Without it, related.",
)
@click.option("--reject", metavar="OTHER", help="Write into REPORT that OTHER is not related.")
def related(
    report: str,
    config_file: Path | None,
    pin: str | None,
    relation: str | None,
    reject: str | None,
    *,
    as_json: bool,
) -> None:
    """Print what REPORT is told to be related to, and what it resembles, with reasons.

    REPORT and OTHER are ids or files. A relation is written into the front matter of REPORT, where
    every other byte stays. Exits with 0, and with 2 for misuse or where nothing can be written.
    """
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.checking import MisuseError
    from postmortem_archive.hosts.locating import from_here
    from postmortem_archive.hosts.printing.found import as_facts, told_of
    from postmortem_archive.hosts.relating import Shelf

    if relation and not pin:
        fail("--relation says how --pin relates two reports: name the other one with --pin")
    if pin and reject:
        fail("--pin and --reject exclude each other")
    try:
        shelf = Shelf.of(config_file, announce)
        found = shelf.find(report)
        if pin or reject:
            written = (
                shelf.pin(found, pin, relation or "related")
                if pin
                else shelf.reject(found, str(reject))
            )
            click.echo(f"{from_here(written)}" if written else "it says so already")
            return
        relatives = shelf.relatives(found)
    except (MisuseError, ConfigurationError) as error:
        fail(str(error))
    if as_json:
        facts = {
            "id": relatives.report.id,
            "told": as_facts(relatives.told),
            "similar": as_facts(relatives.similar),
        }
        click.echo(dump(facts))
        return
    click.echo(f"{relatives.report.id}: {relatives.report.title}")
    for title, part in (("Told", relatives.told), ("Might be related", relatives.similar)):
        if part:
            click.echo(f"\n{title}")
            click.echo("\n".join(told_of(part)))
    if not (relatives.told or relatives.similar):
        click.echo("nothing in the archive resembles it")
