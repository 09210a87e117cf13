"""What several commands let a person choose."""

from __future__ import annotations

from pathlib import Path

import click

# What may not be read is told by the commands themselves, like what is not there.
A_PATH = click.Path(path_type=Path, readable=False)

config_file_option = click.option(
    "-f",
    "--config-file",
    type=A_PATH,
    help="The archive's mkdocs.yml. By default the nearest one, from the current folder upwards.",
)
