"""The head of a printed sheet, as a string of CSS that nothing can end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.site.views.trends.paper import css_string

from .stand import filled, report, site


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
    inner = str(css_string(text))[1:-1]
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*", inner)
    read = re.sub(r"\\([0-9a-f]{6})", lambda match: chr(int(match[1], 16)), inner)
    assert read == " ".join(text.split())


def test_a_periods_page_names_site_period_and_day():
    html = filled(
        site({"2025/a.md": report()}),
        '<!-- archive/trend {period: "2025-q1", section: paper} -->',
        "trends/2025-q1.md",
    )
    assert str(css_string("Archive · Q1 2025")) in html
    assert str(css_string("as of 31\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2026")) in html
