"""The heads of printed sheets, as a style sheet in which nothing told can end a string."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.site.sheets import css_string

from .stand import Tree, filled, report, site


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Q1 2025", '"Q1\\0000202025"'),
        ('a"b', '"a\\000022b"'),
        ("</style>", '"\\00003c\\00002fstyle\\00003e"'),
    ],
)
def test_all_but_letters_and_digits_are_escapes(text, written):
    assert css_string(text) == written


@given(st.text())
def test_a_string_holds_its_text_and_cannot_be_ended(text):
    inner = css_string(text)[1:-1]
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*", inner)
    read = re.sub(r"\\([0-9a-f]{6})", lambda match: chr(int(match[1], 16)), inner)
    assert read == " ".join(text.split())


def test_a_periods_page_leads_to_the_head_of_its_sheets():
    """The page has no style of its own: it says which period's words a file of the site has."""
    made = site({"2025/a.md": report()})
    marker = '<!-- archive/trend {period: "2025-q1", section: paper} -->'
    (tag,) = (
        told
        for name, told in Tree(filled(made, marker, "trends/2025-q1.md")).elements
        if name == "link"
    )
    assert tag["media"] == "print"
    assert tag["data-pa-period"] == "2025-q1"
    (path,) = (path for path in made.asset_files if "/sheets." in path)
    assert tag["href"] == f"../{path}"
    rules = made.asset_files[path].decode().splitlines()
    (rule,) = (line for line in rules if f"[data-pa-period={css_string('2025-q1')}]" in line)
    left, right = (
        css_string("Archive · Q1 2025"),
        css_string("as of 31\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2026"),
    )
    assert f"--pa-sheet-left: {left}; --pa-sheet-right: {right};" in rule


def test_the_style_sheet_is_named_by_what_it_holds():
    """No browser may keep the words of another day."""
    texts = {"2025/a.md": report()}
    (one,) = (path for path in site(texts).asset_files if "/sheets." in path)
    (same,) = (path for path in site(texts).asset_files if "/sheets." in path)
    more = {**texts, "2024/b.md": report("2024-02-03")}
    (other,) = (path for path in site(more).asset_files if "/sheets." in path)
    assert one == same != other
