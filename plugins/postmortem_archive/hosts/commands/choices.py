"""What several commands let a person choose."""

from __future__ import annotations

from pathlib import Path

import click

config_file_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The archive's mkdocs.yml. By default the nearest one, from the current folder upwards.",
)
