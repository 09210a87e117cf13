"""Problems as commands to GitHub Actions, which shows them beside the lines of a change.

A command is `::error file=…,line=…,col=…,title=…::message`. The runner ends a property at a comma
and a command at a line's end, so these are written as the percent sign and their hexadecimal code.
"""

from __future__ import annotations

from postmortem_archive.hosts.checking import Outcome
from postmortem_archive.hosts.printing.text import summary
from postmortem_archive.report.problem import Level, Problem

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}
# The percent sign comes first: what the others become holds one.
_IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTY = (*_IN_MESSAGE, (":", "%3A"), (",", "%2C"))


def dumps(outcome: Outcome) -> str:
    """Return a command for each problem, and a line for the log."""
    return "\n".join([*map(_command, outcome.problems), summary(outcome)])


def _command(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": str(problem.place.line),
        "col": str(problem.place.column),
        "title": problem.rule,
    }
    told = ",".join(f"{key}={_escaped(value, _IN_PROPERTY)}" for key, value in properties.items())
    return f"::{_COMMANDS[problem.level]} {told}::{_escaped(problem.sentence, _IN_MESSAGE)}"


def _escaped(text: str, codes: tuple[tuple[str, str], ...]) -> str:
    for character, code in codes:
        text = text.replace(character, code)
    return text
