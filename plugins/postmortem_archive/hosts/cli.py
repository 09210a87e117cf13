"""The command `postmortem`."""

# Every command imports what it needs when it runs: reading one report needs neither MkDocs nor the
# rest of the archive, and is run by the hundred.

from __future__ import annotations

import os
import sys
from typing import Any

import click

from postmortem_archive.hosts.commands.answers import MISUSE
from postmortem_archive.hosts.commands.check import check
from postmortem_archive.hosts.commands.explain import explain
from postmortem_archive.hosts.commands.import_ import import_
from postmortem_archive.hosts.commands.new import new
from postmortem_archive.hosts.commands.related import related
from postmortem_archive.hosts.commands.schema import schema
from postmortem_archive.hosts.commands.show import show
from postmortem_archive.hosts.commands.similar import similar
from postmortem_archive.hosts.printing.line import printable

# What a shell tells of a program that was ended by a signal: 128 and the signal's number.
_INTERRUPTED, _NOBODY_READS = 130, 141


class _Commands(click.Group):
    """Ends with a sentence where a file fails that no command expects to, such as a full disk.

    A command that was stopped before its end has found nothing: it does not end with 1.
    """

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            click.echo("\nStopped.", err=True)
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            _write_to_nobody()
            ctx.exit(_NOBODY_READS)

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            try:
                return super().main(*args, **extra)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except OSError as error:
            _write_to_nobody()
            what = f"“{error.filename}”" if error.filename else "the output cannot be written"
            click.echo(printable(f"Error: {what}: {error.strerror}"), err=True)
            sys.exit(MISUSE)


def _write_to_nobody() -> None:
    """Drop what is left in the buffer of the output: it would fail again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="postmortem-archive", prog_name="postmortem")
def main() -> None:
    """Begin, read, check, show, compare and import incident reports."""
    for stream in (sys.stdout, sys.stderr):
        # A report may hold characters that a terminal cannot show; that is no reason to stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


main.add_command(check)
main.add_command(explain)
main.add_command(import_)
main.add_command(new)
main.add_command(related)
main.add_command(schema)
main.add_command(show)
main.add_command(similar)


if __name__ == "__main__":
    main()
