"""No sentence of a report is lost: what its page does not print as written is among its facts."""

import re
from html import unescape

import cmarkgfm
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postmortem_archive.report import Report, read
from postmortem_archive.report.problem import Problems
from postmortem_archive.report.source import split

from . import told
from .golden import Case, cases

# What a page says in its own words: column headers, labels and states of what it renders itself,
# and the template's words around a title.
OWN_WORDS = told.words(
    """Time Event Actor Action Observation Date When Who What Action Item Task Owner Due Date By
    Status Verification Priority Prio Ticket UTC Z Done Open Pending done in progress Cancelled
    Dropped due by on Field Value Metadata Incident Details Key Information Severity Start Time End
    ID Author s Authors Reviewers Document Last Updated Next Review Version Affected Services Report
    Prepared Complete Approved Published Immediate Short Medium Long term Actions
    Post Mortem Postmortem Critical High HIGH SEV SEV1 SEV2 of Under Final Resolved Template
    Description Phase Entries This Week Month Quarter Next 24 hours week month within 1 quarter
    Detection Response Resolution Title Incident closed opened won t do X hidden
    Detected Mitigated Outage Started Alerted Restored at Components
    All times timestamps are in Use YYYY MM DD HH format Duration Notes Effort Europe Berlin
    1 2 3 4 P1 5 6 yes no
    Assessment Component Scope Executive Summary What Mitigation
    Temporary Permanent Immediate Fix Method Workaround
    Impact Users Affected Total Customer Complaints Requests Failed Revenue Data Loss Geographic
    Regions SLA Breaches Business Technical Quantitative Error SLO Budget Consumed"""
)
_NAMED_MONTH = re.compile(r"\b(?:\d{1,2} )?(?:March|May|June)(?: \d{1,2})?,? \d{4}\b")
# Cases about what must not be shown, or that tell a thing in other words by design.
LOSSES_BY_DESIGN = {
    "body/hostile-html": "hostile HTML is not shown",
    "body/whys-in-a-line": "an unknown tag is no text",
    "body/actions-behind-dashes": "what the archive renders itself is in its own language",
    "front/front-and-body-agree": "the same values in other words",
    "grammar/timeline-four-columns": "a row that the template left goes as a whole",
    "languages/french": "what the archive renders itself is in its own language",
    "languages/french-rows": "what the archive renders itself is in its own language",
    "languages/german-night": "what the archive renders itself is in its own language",
    "languages/german": "what the archive renders itself is in its own language",
}


def spoken(html: str) -> set[str]:
    """Return the words that a reader of some HTML sees."""
    html = re.sub(r"<!--.*?-->", " ", html, flags=re.DOTALL)
    # A tag within a word does not part it.
    html = re.sub(r"</?(?:em|strong|code|del|a|span)\b[^>]*>", "", html)
    # Days are told by number.
    return words(_NAMED_MONTH.sub(" ", unescape(re.sub(r"<[^>]*>", " ", html))))


def words(text: str) -> set[str]:
    """Return the words of a text, those of an ISO time apart."""
    return told.words(re.sub(r"(?<=\d)[TZ](?=\d|\b)", " ", text))


def leaves(value: object) -> set[str]:
    """Return the words of every fact."""
    match value:
        case dict():
            return set().union(*map(leaves, value.values()))
        case list():
            return set().union(*map(leaves, value))
    return words(str(value))


def lost_words(report: Report, body: str) -> set[str]:
    """Return the words of a body that neither its page nor its facts hold."""
    written = spoken(
        cmarkgfm.github_flavored_markdown_to_html(
            body, options=cmarkgfm.cmark.Options.CMARK_OPT_FOOTNOTES
        )
    )
    facts = told.told(report)
    # A section's text is the source itself, and would hold every word.
    del facts["sections"], facts["items"]
    return written - spoken(told.html(report)) - leaves(facts) - OWN_WORDS


KEPT = [case for case in cases() if case.name not in LOSSES_BY_DESIGN]


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.name)
def test_every_word_of_a_case_is_on_its_page_or_among_its_facts(case: Case):
    report = case.read()
    missed = {p.found or "" for p in report.problems if p.rule == "not-filled-in"}
    lost = lost_words(report, split(case.data, Problems("")).body)
    assert lost - set().union(*map(told.words, missed)) == set()


WORDS = st.text("abcdefgxyz", min_size=3, max_size=6)
SENTENCES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
CELLS = st.one_of(
    SENTENCES, st.sampled_from(["14:02", "2025-03-04", "Done", "", "-", "P1", "@ana", "done (x)"])
)
HEADERS = st.sampled_from(
    ["Time", "Event", "Action", "Owner", "Due Date", "Status", "Notes", "Effort", "Date", "Who"]
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Make a table whose rows may have more or fewer cells than its head."""
    header = draw(st.lists(HEADERS, min_size=1, max_size=5))
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=4))
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


LONGER = st.lists(WORDS, min_size=6, max_size=9).map(" ".join)
LEADS = st.sampled_from(
    ["", "14:02 ", "**14:05** – ", "[ ] ", "[x] ", "✅ ", "**Owner:** ", "done: ",
     "**Resolution:** ", "What: ", "**Temporary Fix:** ", "**Verification:** "]
)  # fmt: skip
ITEMS = st.tuples(st.sampled_from(["- ", "  - ", "    - ", "1. "]), LEADS, SENTENCES).map("".join)
LISTS = st.lists(ITEMS, min_size=1, max_size=6).map("\n".join)
FIELDS = st.tuples(
    st.sampled_from(
        ["Date", "Severity", "Status", "Author", "Services", "Weather", "Impact", "Resolution"]
    ),
    st.one_of(SENTENCES, CELLS),
).map(lambda pair: f"**{pair[0]}:** {pair[1]}")
HEADINGS = st.sampled_from(
    ["## Timeline", "## Action Items", "### Immediate Actions", "## Summary", "## Lessons Learned",
     "### 14:10", "### Detection", "## Impact", "## Preventive Measures", "# Title", "## Own",
     "## Mitigation", "### Permanent Resolution"]
)  # fmt: skip
BLOCKS = st.one_of(tables(), LISTS, FIELDS, HEADINGS, SENTENCES, LONGER, LONGER.map("> {}".format))
BODIES = st.lists(BLOCKS, max_size=8).map("\n\n".join)


@given(BODIES)
@example("## Action Items\n\n- aaa (Ana, by 2025-04-01)\n  - **Owner:** aab\n  - **Owner:** aac")
@example("## Timeline\n\n| Time | Who | Event |\n|---|---|---|\n| 14:02 | | aaa |\n| | aab | |")
def test_every_word_of_any_body_is_on_its_page_or_among_its_facts(body):
    report = read(body, "a.md")
    assert lost_words(report, body) == set()
