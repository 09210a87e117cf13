"""The command `postmortem check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem_archive.hosts.commands.answers import FOUND, fail
from postmortem_archive.hosts.commands.choices import A_PATH, config_file_option
from postmortem_archive.hosts.commands.waiting import announce
from postmortem_archive.hosts.printing.line import printable

if TYPE_CHECKING:
    from postmortem_archive.hosts.baseline import Baseline
    from postmortem_archive.hosts.checking import Outcome

LEVELS = ("error", "warning", "hint")
FORMS = ("text", "json", "github", "sarif")


@click.command()
@click.argument("paths", nargs=-1, type=A_PATH)
@config_file_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="How the problems are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice((*LEVELS, "never")),
    default="error",
    show_default=True,
    help="Exit with 1 where a problem of this level, or a graver one, is printed.",
)
@click.option(
    "--baseline",
    "baseline_file",
    type=A_PATH,
    help="A file of problems that are known, and not printed.",
)
@click.option(
    "--write-baseline", is_flag=True, help="Write all problems to the --baseline, and print none."
)
@click.option(
    "--fix",
    is_flag=True,
    help="First mend the front matter where nothing has to be judged: other spellings of words, and"
    " dates that can be read in one way only.",
)
@click.option(
    "--diff", is_flag=True, help="With --fix: print what would change, and write nothing."
)
def check(
    paths: tuple[Path, ...],
    config_file: Path | None,
    form: str,
    fail_on: str,
    baseline_file: Path | None,
    *,
    write_baseline: bool,
    fix: bool,
    diff: bool,
) -> None:
    """Print the problems of all reports, or of those at or below PATHS.

    Relations and links are checked against the whole archive in either case. Exits with 0 where no
    problem of the level --fail-on is printed, 1 where one is, and 2 for misuse.
    """
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.checking import MisuseError, check_reports

    if write_baseline and baseline_file is None:
        fail("--write-baseline needs the file to write: --baseline FILE")
    if diff and not fix:
        fail("--diff shows what --fix would change: --fix --diff")
    baseline = _read_baseline(baseline_file, may_be_new=write_baseline)
    try:
        if fix:
            _fix(paths, config_file, diff=diff)
        if diff:
            return
        outcome = check_reports(paths, config_file, baseline, announce)
    except (MisuseError, ConfigurationError) as error:
        fail(str(error))
    for note in outcome.notes:
        click.echo(f"Note: {printable(note)}", err=True)
    if write_baseline and baseline_file is not None:
        _write_baseline(baseline_file, outcome)
        return
    click.echo(_printed(outcome, form))
    fatal = LEVELS[: LEVELS.index(fail_on) + 1] if fail_on != "never" else ()
    if any(problem.level in fatal for problem in outcome.problems):
        sys.exit(FOUND)


def _fix(paths: tuple[Path, ...], config_file: Path | None, *, diff: bool) -> None:
    """Mend the reports, or show how; what is printed goes beside the problems."""
    from postmortem_archive.hosts.checking import examine
    from postmortem_archive.hosts.fixing import difference, fixes, write
    from postmortem_archive.hosts.locating import from_here

    found = [item for checked in examine(paths, config_file, announce) for item in fixes(checked)]
    for item in found:
        shown = from_here(item.file)
        if diff:
            click.echo(difference(item, shown), nl=False)
            continue
        try:
            write(item)
        except OSError as error:
            fail(f"“{shown}” cannot be written: {error.strerror}")
        for edit in item.edits:
            place = f"{shown}:{edit.place.line}:{edit.place.column}"
            told = f"{place}: mended: “{edit.old}” is now “{edit.new}”"
            click.echo(printable(told), err=True)
    if not found:
        click.echo("nothing to mend", err=True)


def _printed(outcome: Outcome, form: str) -> str:
    from postmortem_archive.hosts.printing import as_json, github, sarif, text

    forms = {"text": text, "json": as_json, "github": github, "sarif": sarif}
    printed: str = forms[form].dumps(outcome)
    return printed


def _read_baseline(file: Path | None, *, may_be_new: bool) -> Baseline:
    from postmortem_archive.hosts.baseline import EMPTY, BaselineError, loads

    if file is None or (may_be_new and not file.exists()):
        return EMPTY
    try:
        return loads(file.read_text("utf-8"))
    except (OSError, UnicodeError) as error:
        fail(f"the baseline “{file}” cannot be read: {error}")
    except BaselineError as error:
        fail(f"the baseline “{file}” cannot be used: {error}")


def _write_baseline(file: Path, outcome: Outcome) -> None:
    try:
        file.write_text(outcome.baseline.dumps(), "utf-8")
    except OSError as error:
        fail(f"the baseline “{file}” cannot be written: {error.strerror}")
    count = sum(outcome.baseline.known.values())
    click.echo(f"wrote {count} {'problem' if count == 1 else 'problems'} to {file}")
