"""Text that runs from right to left, on a report's page."""

import pytest

from postmortem_archive.report import read
from postmortem_archive.report.markup.sanitise import clean
from postmortem_archive.report.record import Html

HEAD = "---\ntitle: A\ndate: 2025-01-02\n---\n"


def body_of(text: str) -> str:
    pieces = read(f"{HEAD}{text}", "a.md").body.pieces
    return "".join(piece.html for piece in pieces if isinstance(piece, Html))


def test_each_block_runs_as_its_first_letter_does():
    """A heading, a paragraph, a list, a quotation and a cell each say that a browser shall look."""
    lists = "- أولا\n\n1. ב\n\n> ג\n\n"
    html = body_of(f"## ملخص\n\nعاد `config.yaml`.\n\n{lists}| ד | b |\n|---|---|\n| ה | c |\n")
    assert '<h2 id="ملخص" dir="auto">ملخص</h2>' in html
    for tag in ("p", "ul", "ol", "blockquote", "th", "td"):
        assert f'<{tag} dir="auto">' in html


@pytest.mark.parametrize("text", ["## Summary\n\nPlain – “words”, ελληνικά, 中文, 한국어.\n", ""])
def test_a_body_without_such_letters_says_nothing_of_it(text):
    assert "dir=" not in body_of(text)


def test_a_direction_that_an_author_gives_is_kept_and_nothing_else_is():
    assert clean('<p dir="rtl">a</p>') == '<p dir="rtl">a</p>'
    assert clean('<p dir="x onclick">a</p>') == "<p>a</p>"
