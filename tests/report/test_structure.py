"""A report has on the site the lists and tables that it has on a forge.

The reference is cmark-gfm, which GitHub's own rendering is made of.
"""

from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report.markup.markdown import parse
from postmortem_archive.report.markup.sanitise import block_html
from postmortem_archive.report.problem import Problems
from postmortem_archive.report.source import split

from .golden import cases

TEXTS = {
    "nested by two": "- a\n  - b\n    - c\n  - d\n- e\n",
    "nested by three": "1. a\n   - b\n   - c\n2. d\n",
    "nested by four": "- a\n    - b\n    - c\n- d\n",
    "numbers with bullets by two": "1. a\n  - not below\n2. b\n",
    "tight and loose": "- a\n- b\n\n- c\n\n\n- d\n  - e\n",
    "loose by a paragraph": "- a\n\n  more\n- b\n",
    "tasks": "- [x] a\n- [ ] b\n  - [X] c\n* [ ] d\n+ [ ]e\n- [-] f\n",
    "numbered tasks": "1. [x] a\n2. [ ] b\n",
    "numbers from seven": "7. a\n8. b\n\n1) c\n2) d\n",
    "three kinds of bullet": "- a\n* b\n+ c\n",
    "a list right below a line": "**What worked?**\n- a\n- b\n",
    "numbers right below a line": "Steps\n1. a\n2. b\n\nSteps\n3. no list\n",
    "a list right below a heading": "### Why\n- a\n1. b\n",
    "lines that go on": "- a\n  b\nlazy\n- c\n",
    "answers below whys": "1. **Why?** x\n   - Answer: y\n\n2. **Why?** z\n   - Answer: w\n",
    "code in a list": "- a\n\n  ```sh\n  b\n  ```\n- c\n\n      d\n",
    "quotes": "> a\n> - b\n>   - c\nlazy\n\n> d\n",
    "a quote below a line": "Example:\n> a\n\nExample:\n- b\n",
    "a ragged table": "| a | b |\n|---|:-:|\n| 1 |\n| 1 | 2 | 3 |\n\n| no\n| table |\n",
    "a table without edges": "a | b\n--- | ---\n1 | 2\nend\n",
    "a table below a line": "All times in UTC.\n| a | b |\n|---|---|\n| `x \\| y` | \\| |\n",
    "rules": "---\n\na\n\n***\nb\n---\n",
    "line breaks": "**A:** b  \n**C:** d\\\n**E:** f\n",
    "strikes": "- ~~a~~ b ~c~ ~~~d~~~\n",
    "links": "https://a.example/b_c. www.a.example (<https://c.example>) a@b.example\n",
    "html": "<details>\n<summary>a</summary>\n\n- b\n\n</details>\n\na<br>b <b>c</b>\n",
    "tabs": "-\ta\n\t- b\n\n\tcode?\n",
}
_STRUCTURE = {
    "ul", "ol", "li", "p", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre", "hr",
    "br", "em", "strong", "del", "code", "a", "details", "summary", "heading",
}  # fmt: skip
_EMPTY = {"hr", "br"}
_SAME = {"s": "del", **{f"h{level}": "heading" for level in range(1, 7)}}


class Skeleton(HTMLParser):
    """The elements and the words of some HTML, without what is for style alone."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        tag = _SAME.get(tag, tag)
        told = dict(attrs)
        if tag == "input":
            self.found.append("[x]" if "checked" in told else "[ ]")
        elif tag == "ol":
            self.found.append(f"<ol {told.get('start') or 1}>")
        elif tag == "a":
            self.found.append(f"<a {told.get('href')}>")
        elif tag in _STRUCTURE:
            self.found.append(f"<{tag}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        tag = _SAME.get(tag, tag)
        if tag in _STRUCTURE - _EMPTY:
            self.found.append(f"</{tag}>")

    def handle_data(self, data):
        self.found.extend(data.split())


def ours(body: str) -> list[str]:
    tokens, env = parse(body, "a.md")
    return Skeleton(block_html(tokens, env)).found


def theirs(body: str) -> list[str]:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return Skeleton(cmarkgfm.github_flavored_markdown_to_html(body, options)).found


def joined(found: list[str]) -> str:
    """Return a skeleton with words as they touch: highlighting parts those of code."""
    return "".join(found)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_the_structure_that_a_forge_gives_it(name):
    assert joined(ours(TEXTS[name])) == joined(theirs(TEXTS[name]))


# What is shown in another way than a forge does: dangerous HTML, and links into the sources.
_OTHERWISE = {
    "body/hostile-html",
    "body/code-is-opaque",
    "body/related",
    "body/related-as",
    "formats/003",
}


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.name not in _OTHERWISE], ids=lambda case: case.name
)
def test_a_golden_report_has_the_structure_that_a_forge_gives_it(case):
    body = split(case.data, Problems("")).body
    assert joined(ours(body)) == joined(theirs(body))


@st.composite
def lists(draw: st.DrawFn) -> str:
    """Make a list as people write them: deeper by two, three or four spaces, and back again."""
    lines, levels = [], [0]
    width = draw(st.integers(2, 4))
    for _ in range(draw(st.integers(0, 9))):
        # Below a number, two spaces are too few for a list of its own, and parsers differ there.
        numbers = ["1. ", "2. "] if width > 2 else []
        marker = draw(st.sampled_from(["- ", "* ", "- [x] ", "- [ ] ", *numbers]))
        text = draw(st.sampled_from(["a", "**b:** c", "d  ", "`e`", "14:02 f"]))
        lines.append(" " * levels[-1] + marker + text)
        step = draw(st.sampled_from(["same", "deeper", "deeper", "back", "more", "blank"]))
        if step == "deeper":
            levels.append(levels[-1] + width)
        elif step == "back":
            levels = levels[: draw(st.integers(1, len(levels)))]
        elif step == "more":
            lines.append(" " * (levels[-1] + draw(st.integers(0, 3))) + "more")
        elif step == "blank":
            lines.append("")
    return "\n".join(lines)


@given(lists())
def test_any_list_has_the_structure_that_a_forge_gives_it(body):
    assert joined(ours(body)) == joined(theirs(body))
