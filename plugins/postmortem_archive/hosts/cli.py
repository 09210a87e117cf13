"""The command `postmortem`."""

# Every command imports what it needs when it runs: reading one report needs neither MkDocs nor the
# rest of the archive, and is run by the hundred.

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from postmortem_archive.hosts.baseline import Baseline
    from postmortem_archive.hosts.checking import Outcome

FOUND, MISUSE = 1, 2
MANY = 200
LEVELS = ("error", "warning", "hint")


class _Misuse(click.ClickException):
    exit_code = MISUSE


def fail(message: str) -> NoReturn:
    """End the command with a sentence and the exit code for misuse."""
    raise _Misuse(message)


class _Commands(click.Group):
    """Ends with a sentence where what is printed cannot be written, such as to a full disk."""

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            try:
                return super().main(*args, **extra)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except OSError as error:
            # What is left in the buffer would fail again when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            click.echo(f"Error: the output cannot be written: {error.strerror}", err=True)
            sys.exit(MISUSE)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="postmortem-archive", prog_name="postmortem")
def main() -> None:
    """Read, check and show incident reports."""
    for stream in (sys.stdout, sys.stderr):
        # A report may hold characters that a terminal cannot show; that is no reason to stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The archive's mkdocs.yml. By default the nearest one, from the current folder upwards.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
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
    type=click.Path(path_type=Path),
    help="A file of problems that are known, and not printed.",
)
@click.option(
    "--write-baseline", is_flag=True, help="Write all problems to the --baseline, and print none."
)
def check(
    paths: tuple[Path, ...],
    config_file: Path | None,
    form: str,
    fail_on: str,
    baseline_file: Path | None,
    *,
    write_baseline: bool,
) -> None:
    """Print the problems of all reports, or of those at or below PATHS.

    Relations and links are checked against the whole archive in either case. Exits with 0 where no
    problem of the level --fail-on is printed, 1 where one is, and 2 for misuse.
    """
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.checking import MisuseError, check_reports, summary

    if write_baseline and baseline_file is None:
        fail("--write-baseline needs the file to write: --baseline FILE")
    baseline = _read_baseline(baseline_file, may_be_new=write_baseline)
    try:
        outcome = check_reports(paths, config_file, baseline, _announce)
    except (MisuseError, ConfigurationError) as error:
        fail(str(error))
    for note in outcome.notes:
        click.echo(f"Note: {note}", err=True)
    if write_baseline and baseline_file is not None:
        _write_baseline(baseline_file, outcome)
        return
    if form == "json":
        click.echo(_as_json(outcome))
    else:
        for problem in outcome.problems:
            click.echo(str(problem))
        click.echo(summary(outcome))
    fatal = LEVELS[: LEVELS.index(fail_on) + 1] if fail_on != "never" else ()
    if any(problem.level in fatal for problem in outcome.problems):
        sys.exit(FOUND)


def _announce(new: int) -> None:
    """Tell a person at a terminal why the first check of a large archive takes a while."""
    if new >= MANY and sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"Reading {new} reports that are new or changed …", err=True)


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


def _as_json(outcome: Outcome) -> str:
    from postmortem_archive.report.problem import Level
    from postmortem_archive.site.facts import problems_as_facts

    return dump(
        {
            "problems": problems_as_facts(outcome.problems),
            "summary": {
                **{f"{level}s": outcome.count(level) for level in Level},
                "reports": outcome.reports,
                "reports_with_problems": outcome.faulty,
                "known": outcome.known,
            },
        }
    )


def dump(value: object) -> str:
    """Return a value as JSON that survives any terminal's encoding."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return json.dumps(value, ensure_ascii=encoding.lower() != "utf-8", indent=2)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
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
        click.echo(f"Note: {note}", err=True)
    from postmortem_archive.site.facts import facts

    if as_json:
        click.echo(dump(facts(report, texts=True)))
    else:
        from postmortem_archive.hosts.showing import as_text

        click.echo(as_text(report))


if __name__ == "__main__":
    main()
