"""The hook for pre-commit that the repository defines."""

import re
from pathlib import Path

import yaml

from postmortem_archive.hosts.cli import main

(HOOK,) = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8"))


def test_the_hook_runs_a_command_that_there_is():
    program, command = HOOK["entry"].split()
    assert program == "postmortem"
    assert command in main.commands


def test_the_hook_takes_reports_and_leaves_other_pages():
    takes = re.compile(HOOK["files"]).search
    assert takes("postmortems/2025/INC-1.md")
    assert takes("2025/a/b.md")
    assert not takes("README.md")
    assert not takes("docs/guide/writing.md")


def test_the_guide_names_the_hook():
    guide = Path(__file__).parents[2] / "postmortems" / "guide" / "commands.md"
    assert f"- id: {HOOK['id']}" in guide.read_text("utf-8")
