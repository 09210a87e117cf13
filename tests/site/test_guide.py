"""The guide names everything that a reader can use."""

import re
from pathlib import Path

import pytest

from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.vocabulary import (
    ACTION_STATUSES,
    ACTION_TYPES,
    DETECTIONS,
    FACTOR_CATEGORIES,
    HORIZONS,
    KINDS,
    RELATIONS,
    ROOT_CAUSES,
    STATUSES,
    TRIGGERS,
    VISIBILITIES,
)
from postmortem_archive.site.blocks import BLOCKS

GUIDE = Path(__file__).parents[2] / "postmortems" / "guide"
VOCABULARIES = (
    ACTION_STATUSES,
    ACTION_TYPES,
    DETECTIONS,
    FACTOR_CATEGORIES,
    HORIZONS,
    KINDS,
    RELATIONS,
    ROOT_CAUSES,
    STATUSES,
    TRIGGERS,
    VISIBILITIES,
)


def codes(name: str) -> str:
    """Return what a page of the guide shows as code, one piece a line."""
    text = (GUIDE / name).read_text(encoding="utf-8")
    fences = re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    return "\n".join([*fences, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_front_matter_is_told(key):
    """A key that the guide does not name is found by nobody."""
    assert re.search(rf"(?<![\w_]){key}(?![\w_])", codes("front-matter.md"))


@pytest.mark.parametrize(
    "word", sorted({name for vocabulary in VOCABULARIES for name in vocabulary.names})
)
def test_every_word_of_the_archive_is_told(word):
    """The fixed words stand where an author looks for them."""
    assert re.search(rf"(?<![\w+]){re.escape(word)}(?![\w+])", codes("front-matter.md"))


@pytest.mark.parametrize("name", BLOCKS)
def test_every_marker_is_told(name):
    """Each block stands in the guide under its full name."""
    assert f"archive/{name}\n" in codes("markers.md") + "\n"


@pytest.mark.parametrize(
    "option", sorted({option for block in BLOCKS.values() for option in block.options})
)
def test_every_option_of_a_marker_is_told(option):
    """Each option of a block stands in the guide."""
    assert re.search(rf"\b{option}\b", codes("markers.md"))


def test_every_marker_of_the_guide_exists():
    """The guide promises no block that there is not."""
    assert set(re.findall(r"archive/([a-z]+)", codes("markers.md"))) == set(BLOCKS)


def test_the_tables_of_keys_say_what_the_schema_says():
    """What an editor shows of a key are the guide's own words."""
    text = (GUIDE / "front-matter.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE))
    assert len(told) > 30
    assert told == {name: KEYS[name].meaning for name in told}
