"""The parser with fewer tries reads every text as the library's own."""

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.gfm import gfm_plugin
from tests.report.golden import cases
from tests.report.texts import TEXTS

from postmortem_archive.report.markup import markdown, quick

REPORTS = Path(__file__).parents[3] / "postmortems"
MARKS = st.sampled_from(
    ["\n", "\n\n", "\n    ", "\\", "\\*", "`", "``", "~", "~~", "*", "**", "_", "__", "[", "]", "(",
     ")", "[a](b)", "[a]: /b\n", "![", "!", "<", ">", "<b>", "</b>", "<!-- a -->", "<http://a.b>",
     "&amp;", "&#35;", "&", "@", "a@b.example", "www.", "www.a.example", "http://a.example/?b",
     "https:", "mailto:a@b.example", "xmpp:a@b.example", ":", "w", "ww", "^", "[^1]", "[^1]: a\n",
     "a", "Words of text", " ", "  ", "\t", "    ", "# ", "## ", "#", "---\n", "- ", "+ ", "* ",
     "- [ ] ", "1. ", "1) ", "12345678901. ", "> ", ">", "> [!NOTE]\n", "!!! note\n    ",
     "??? tip\n    ", "===\n", "***\n", "```\n", "~~~\n", "|", "| a | b |\n|---|---|\n| c |",
     "|-", ":-", "<div>\n", "</div>\n", "é", "\u00a0", "\u2028", "\x0c", "\r", "\x00"]
)  # fmt: skip


def library() -> MarkdownIt:
    return MarkdownIt("commonmark").use(gfm_plugin).use(admon_plugin)


def tokens(md: MarkdownIt, text: str) -> list[dict[str, object]]:
    return [token.as_dict() for token in md.parse(text, {})]


@given(st.lists(MARKS, max_size=25).map("".join))
@example("![a *b* [c](d) ww](www.a.example) www.a.example, http://a.example and a@b.example")
@example("http://a.example, https://b.example, mailto:c@d.example and xmpp:e@f.example")
@example("- a\n\n      b\n  ---\n  > c\nd\n\n| e |\n|---|\n- f")
@example("[" * 200 + "a" + "]" * 200)
@example("> " * 200 + "a")
def test_any_marks_are_read_as_by_the_library(text):
    assert tokens(markdown.parser(), text) == tokens(library(), text)


@given(TEXTS)
def test_any_text_is_read_as_by_the_library(text):
    assert tokens(markdown.parser(), text) == tokens(library(), text)


def test_whole_reports_are_read_as_by_the_library():
    texts = [case.text for case in cases()]
    texts += [file.read_text("utf-8") for file in REPORTS.rglob("*.md")]
    ours, theirs = markdown.parser(), library()
    assert all(tokens(ours, text) == tokens(theirs, text) for text in texts)


def test_all_rules_of_the_parser_are_known_by_their_first_character():
    md = markdown.parser()
    assert type(md.inline.ruler) is not Ruler
    assert type(md.block.ruler) is not Ruler


@pytest.mark.parametrize("kind", ["inline", "block"])
def test_a_parser_with_a_rule_that_is_not_known_is_left_alone(kind):
    md = library()
    getattr(md, kind).ruler.push("new", lambda *_: False)
    quick.quicken(md)
    assert type(getattr(md, kind).ruler) is Ruler


@given(st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=6).map("".join))
def test_a_line_of_words_needs_no_parser(text):
    with patch.object(markdown, "is_bare", lambda _: False):
        parsed = markdown.text_from(text, "a.md")
    assert markdown.text_from(text, "a.md") == parsed
