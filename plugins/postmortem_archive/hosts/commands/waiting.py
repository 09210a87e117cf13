"""What a person at a terminal is told while many reports are read."""

from __future__ import annotations

import sys

import click

# So many reports take about a second.
MANY = 200


def announce(done: int, new: int) -> None:
    """Say, in one line, how many of the reports that are new or changed have been read.

    Nothing is said where they are few, or where nobody watches; the line goes when all are read.
    """
    if new < MANY or sys.stderr is None or not sys.stderr.isatty():
        return
    line = f"Reading {new} reports that are new or changed: {100 * done // new} %"
    shown = f"\r{line}" if done < new else f"\r{' ' * len(line)}\r"
    click.echo(shown, err=True, nl=False)
