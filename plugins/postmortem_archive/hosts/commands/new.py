"""The command `postmortem new`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from postmortem_archive.hosts.commands.answers import fail
from postmortem_archive.hosts.commands.choices import config_file_option

if TYPE_CHECKING:
    from postmortem_archive.hosts.scaffolding import Desk, Wanted
    from postmortem_archive.report.formats.format import Format

T = TypeVar("T")


@click.command()
@click.option("-t", "--format", metavar="NAME", help="The format; --list names them.")
@click.option("--title", help="What happened, in one line.")
@click.option("--severity", help="A severity of the archive.")
@click.option("--service", "services", multiple=True, help="A service that was harmed; repeatable.")
@click.option("--started", metavar="TIME", help="First harm to users, such as 2025-09-30T14:32Z.")
@click.option("--date", help="The incident's day, where no time is known.")
@click.option("--alert", help="The name of the alert that told of it.")
@click.option("--author", "authors", multiple=True, help="Who writes the report; repeatable.")
@click.option("--kind", help="incident, near_miss, drill or maintenance.")
@click.option("--id", metavar="ID", help="The report's id. By default the next free one.")
@click.option("--id-from-alert", is_flag=True, help="Make the id of the start and the alert.")
@click.option("--edit", is_flag=True, help="Open the new report in $EDITOR.")
@click.option("--list", "only_list", is_flag=True, help="Print the formats, and begin no report.")
@config_file_option
def new(config_file: Path | None, *, edit: bool, only_list: bool, **told: Any) -> None:
    """Begin a report, and print the path of its file.

    The file goes where the archive has its reports, with the next free id; nothing is ever written
    over. At a terminal you are asked for what you left out of title, severity, service and start;
    an empty answer leaves it open. What stays open is a placeholder in square brackets.
    """
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.checking import MisuseError, archive_of
    from postmortem_archive.hosts.locating import from_here
    from postmortem_archive.hosts.scaffolding import Desk, Wanted, write

    try:
        archive = archive_of(config_file)
        if archive is None:
            if only_list:
                _print_formats(_built_in())
                return
            fail("there is no mkdocs.yml with the plugin here or above: name one with -f")
        desk = Desk(archive, datetime.now(UTC))
        if only_list:
            _print_formats(desk.formats)
            return
        wanted = Wanted(**told)
        wanted = replace(wanted, authors=wanted.authors or _author())
        desk.known(wanted)  # what is wrong already is told before anything is asked
        if _is_terminal():
            wanted = _asked(wanted, desk)
        file, text = desk.begin(wanted)
        write(file, text)
    except (MisuseError, ConfigurationError) as error:
        fail(str(error))
    if not (wanted.started or wanted.date):
        click.echo("Note: dated today, as no --started and no --date was given", err=True)
    click.echo(from_here(file))
    if edit:
        click.edit(filename=str(file))


def _built_in() -> Mapping[str, Format]:
    from postmortem_archive.report.formats.format import built_in

    return built_in()


def _print_formats(formats: Mapping[str, Format], *, to_person: bool = False) -> None:
    width = max(map(len, formats))
    for form in formats.values():
        own = "" if form == _built_in().get(form.name) else f" ({form.file})"
        click.echo(f"{form.name:{width}}  {form.about}{own}".rstrip(), err=to_person)


def _author() -> tuple[str, ...]:
    """Return the name that Git knows the person by, else that of their account."""
    try:
        git = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 -- the person's own Git, wherever it is
            capture_output=True, text=True, check=False, timeout=5,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.SubprocessError, UnicodeError):
        git = ""
    name = git or os.environ.get("USER") or os.environ.get("USERNAME") or ""
    return (name,) if name else ()


def _is_terminal() -> bool:
    return all(s is not None and s.isatty() for s in (sys.stdin, sys.stderr))


def _asked(wanted: Wanted, desk: Desk) -> Wanted:
    """Ask for what a report should not be without, unless all of it was given."""
    from postmortem_archive.hosts.scaffolding import DEFAULT_FORMAT

    words = desk.words
    asks = {
        "title": not wanted.title,
        "severity": not wanted.severity,
        "services": not wanted.services,
        "started": not (wanted.started or wanted.date),
    }
    if not any(asks.values()):
        return wanted
    if not wanted.format:
        _print_formats(desk.formats, to_person=True)
        told = _ask("Format", desk.format, default=DEFAULT_FORMAT)
        wanted = replace(wanted, format=told)
    if asks["title"]:
        wanted = replace(wanted, title=_ask("What happened, in one line", str))
    if asks["severity"]:
        choices = ", ".join(words.severities.names)
        wanted = replace(wanted, severity=_ask(f"Severity ({choices})", desk.severity))
    if asks["services"]:
        known = ", ".join(words.services.names)
        label = f"Services that were harmed, with commas ({known})" if known else (
            "Services that were harmed, with commas"
        )  # fmt: skip
        told_services = _ask(label, lambda text: _services(text, desk))
        wanted = replace(wanted, services=told_services or ())
    if asks["started"]:
        label = f"First harm to users ({words.time_zone}; such as 2025-09-30T14:32, or a day)"
        moment = _ask(label, lambda text: (desk.moment(text), text)[1])
        wanted = replace(wanted, started=moment)
    return wanted


def _services(text: str, desk: Desk) -> tuple[str, ...]:
    return tuple(desk.service(part) for part in text.split(",") if part.strip())


def _ask(label: str, read: Callable[[str], T], default: str = "") -> T | None:
    """Ask until the answer can be read; an empty one leaves it open."""

    def told(text: str) -> T | None:
        try:
            return read(text.strip()) if text.strip() else None
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    answer: T | None = click.prompt(
        label, default=default, show_default=bool(default), value_proc=told, err=True
    )
    return answer
