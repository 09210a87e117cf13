"""A JSON Schema (2020-12) of the front matter, made of the keys and of a site's own words."""

from __future__ import annotations

import re

from postmortem_archive.report.front import shapes
from postmortem_archive.report.front.keys import KEYS, Key
from postmortem_archive.report.front.shapes import Schema
from postmortem_archive.report.settings import ReadingSettings


def front_matter_schema(settings: ReadingSettings) -> Schema:
    """Return the schema: what it refuses, reading calls an error or a warning.

    No key is required, for the text may tell what the front matter leaves out.
    """
    properties = {
        key.name: {
            "title": key.name.replace("_", " ").capitalize(),
            "description": _meaning(key).replace("`", ""),
            # Editors that know this keyword show code as code.
            "markdownDescription": _meaning(key),
            **key.read.shape(settings),
        }
        for key in KEYS.values()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of an incident report",
        **shapes.mapping(properties),
    }


def _meaning(key: Key) -> str:
    """Return what a key means; a link leads from a page of the guide, and from nowhere else."""
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", key.meaning)
