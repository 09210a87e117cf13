"""The guide names every option of the plugin and of the commands."""

import re
from pathlib import Path

import click
import pytest

from postmortem_archive.hosts.cli import main
from postmortem_archive.hosts.options import ArchiveOptions

GUIDE = Path(__file__).parents[2] / "postmortems" / "guide"


@pytest.mark.parametrize("option", [name for name, _ in ArchiveOptions()._schema])
def test_every_option_of_the_plugin_is_told(option):
    """Each option has an entry, and stands in the example."""
    text = (GUIDE / "options.md").read_text(encoding="utf-8")
    assert re.search(rf"^`.*\b{option}\b.*`\n:   ", text, re.MULTILINE)
    assert f"\n      {option}:" in text


@pytest.mark.parametrize("name", main.commands)
def test_every_command_and_its_options_are_told(name):
    """Each command has a section, and each of its options is named there."""
    text = (GUIDE / "commands.md").read_text(encoding="utf-8")
    section = text.partition(f"## postmortem {name}\n")[2].partition("\n## ")[0]
    assert section
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            for spelling in parameter.opts:
                assert f"{spelling}" in section
