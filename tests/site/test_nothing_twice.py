"""On a report's page no sentence of its text stands twice, and none is lost."""

import re
from html import unescape
from pathlib import Path

import cmarkgfm
import pytest

from postmortem_archive.report.problem import Problems
from postmortem_archive.report.source import split

from .stand import site

ROOT = Path(__file__).parents[2]
REPORTS = (
    *sorted((ROOT / "postmortems").glob("[0-9]*/*.md")),
    *sorted((ROOT / "tests/report/cases/formats").glob("*.md")),
)
_LABEL = re.compile(r"^[\w\s()/]{1,40}:\s")
_HEADS = re.compile(r"<(h[1-6]|thead)\b.*?</\1>", re.DOTALL)
# A list of names or places is a fact: the top of a page tells it beside the figures.
_FEWEST_WORDS = 5


def words_of(html: str) -> str:
    html = re.sub(r"<!--.*?-->", " ", html, flags=re.DOTALL)
    html = re.sub(r"</?(?:em|strong|code|del|a|span)\b[^>]*>", "", html)
    return unescape(re.sub(r"<[^>]*>", "\n", html))


def folded(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def sentences(text: str) -> set[str]:
    lines = re.split(r"\n+|(?<=[.!?;])\s+", text)
    found = {folded(_LABEL.sub("", line.strip())) for line in lines}
    return {sentence for sentence in found if len(sentence.split()) >= _FEWEST_WORDS}


# What a page tells in words of its own: states and labels that it has read.
OWN_WORDS = set(
    folded(
        """All times Author AM Approved Cancelled Closed Complete Critical Date Do Document Dropped
        End Engineer Fix Format HH MM High Incident ID Last Low Medium Note Permanent Plan Prepared
        By Review Reviewed SEV Severity Start Status Temporary Testing Time Under Updated Use What
        won't s Affected Breaches Customer Failed Geographic Impact Total Users
        Duration day days hour hours minutes Resolved
        of the budget consumed monthly quarterly"""
    ).split()
)


@pytest.fixture(params=REPORTS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def report(request):
    """Return a report's body as HTML, its front matter, and its page as text."""
    source = request.param.read_text("utf-8")
    # A report for few has no page.
    source = re.sub(r"(?im)^(visibility:|\*\*Visibility:\*\*).*$", "", source)
    parts = split(source, Problems(""))
    path = f"2025/{request.param.name}"
    return (
        cmarkgfm.github_flavored_markdown_to_html(parts.body),
        parts.front or "",
        words_of(site({path: source}).report_page(path).html),
    )


def test_no_sentence_of_a_report_stands_twice_on_its_page(report):
    body, front, page = report
    written, shown = folded(f"{words_of(body)} {front}"), folded(page)
    twice = {s for s in sentences(words_of(body)) if shown.count(s) > written.count(s)}
    assert twice == set()


def test_no_word_of_a_report_is_lost_on_its_page(report):
    body, _, page = report
    told = _HEADS.sub(" ", body)
    words = {word for word in folded(words_of(told)).split() if word.isalpha()}
    assert words - set(folded(page).split()) - OWN_WORDS == set()


# A value that says so little stands on a page for many reasons.
_FEWEST_LETTERS = 5
_FIGURE = re.compile(
    r"^(?:[\w ]*users affected|requests failed|failed requests|customer complaints|complaints"
    r"|revenue(?: impact)?|geographic impact|regions|mitigation|resolution|verification"
    r"|(?:mean )?time to \w+(?: \(\w+\))?|(?:total )?duration|(?:error|slo) budget \w+): (.+)$",
    re.IGNORECASE,
)


def test_no_labelled_figure_of_a_report_stands_twice_on_its_page(report):
    body, front, page = report
    written, shown = folded(f"{words_of(body)} {front}"), folded(page)
    lines = (_FIGURE.match(line.strip()) for line in words_of(body).split("\n"))
    values = {folded(line[1]) for line in lines if line}
    assert {
        value for value in values
        if len(value.strip()) >= _FEWEST_LETTERS and shown.count(value) > written.count(value)
    } == set()  # fmt: skip
