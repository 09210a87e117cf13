"""A builder of small sites."""

import logging
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from .built import PLUGIN, SITE, place


@pytest.fixture
def make(tmp_path, caplog):
    """Build a site from texts by path, in MkDocs' own process, and give its folder."""

    def make(
        texts=None,
        *,
        reports=SITE,
        options=None,
        strict=False,
        files=None,
        dirty=False,
        command="build",
        **config,
    ) -> Path:
        for path, text in {**reports, **(texts or {})}.items():
            place(tmp_path / "docs" / path, text)
        for path, content in (files or {}).items():
            place(tmp_path / path, content)
        told = {
            "site_name": "Post-mortems",
            "theme": {"name": "material"},
            "plugins": [{PLUGIN: {"as_of": "2025-06-01", **(options or {})}}],
            **config,
        }
        (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(told), encoding="utf-8")
        with caplog.at_level(logging.INFO):
            loaded = load_config(str(tmp_path / "mkdocs.yml"), strict=strict)
            loaded.plugins.on_startup(command=command, dirty=dirty)
            build(loaded, dirty=dirty)
        return tmp_path / "site"

    return make
