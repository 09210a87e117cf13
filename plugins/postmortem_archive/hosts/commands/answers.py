"""How a command ends, and what it prints."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import click

from postmortem_archive.hosts.printing.line import printable, printable_json

FOUND, MISUSE = 1, 2


class _Misuse(click.ClickException):
    exit_code = MISUSE


def fail(message: str) -> NoReturn:
    """End the command with a sentence and the exit code for misuse."""
    raise _Misuse("\n".join(map(printable, message.split("\n"))))


def dump(value: object) -> str:
    """Return a value as JSON that survives any terminal's encoding."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return printable_json(json.dumps(value, ensure_ascii=encoding.lower() != "utf-8", indent=2))
