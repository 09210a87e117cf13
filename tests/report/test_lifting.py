"""What the top of a page shows leaves the body that told it, whole, and nothing else does."""

import pytest

from postmortem_archive.report import Report, read
from postmortem_archive.report.record import Html, Slot

SUMMARY = "Cards were refused for an hour, because the pool was empty."
LONG = " ".join(f"Sentence number {number} goes on and on." for number in range(20))


def page_of(text: str, front: str = "") -> Report:
    head = f"---\ntitle: A\ndate: 2025-01-02\n{front}---\n" if front else ""
    return read(f"{head}# A\n\n{text}", "2025/a.md")


def lifted(report: Report) -> dict[str, str]:
    return {part.name: part.html for part in report.body.lifted}


def body(report: Report) -> str:
    return "".join(piece.html for piece in report.body.pieces if isinstance(piece, Html))


def test_a_summary_goes_to_the_top_with_its_heading():
    report = page_of(f"## Summary\n\n{SUMMARY}\n\n## Impact\n\nMany.\n")
    assert lifted(report) == {"summary": SUMMARY}
    assert report.body.lifted[0].anchors == ("summary",)
    assert body(report) == '<h2 id="impact">Impact</h2>\n<p>Many.</p>\n'
    assert [heading.title for heading in report.body.headings] == ["Impact"]


def test_a_summary_goes_with_the_line_in_bold_that_serves_as_its_heading():
    report = page_of(f"**Summary**\n\n{SUMMARY}\n\n**Impact**\n\nMany.\n")
    assert lifted(report) == {"summary": SUMMARY}
    assert report.body.lifted[0].anchors == ()
    assert body(report) == "<p><strong>Impact</strong></p>\n<p>Many.</p>\n"


def test_further_paragraphs_stay_under_the_heading():
    report = page_of(f"## Summary\n\n{SUMMARY}\n\nIt came back in the night.\n")
    assert lifted(report) == {"summary": SUMMARY}
    assert report.body.lifted[0].anchors == ()
    assert body(report) == '<h2 id="summary">Summary</h2>\n<p>It came back in the night.</p>\n'


def test_a_long_paragraph_is_shown_whole_and_listed_by_its_first_sentences():
    report = page_of(f"## Summary\n\n{LONG}\n")
    assert lifted(report) == {"summary": LONG}
    assert len(str(report.summary)) < len(LONG)


@pytest.mark.parametrize("rule", ["", "---\n\n"])
def test_a_quote_goes_with_its_only_paragraph_and_the_rule_below(rule):
    report = page_of(f"## Summary\n\n> {SUMMARY}\n\n{rule}## Impact\n\nMany.\n")
    assert lifted(report) == {"summary": SUMMARY}
    assert body(report) == '<h2 id="impact">Impact</h2>\n<p>Many.</p>\n'


def test_a_quote_keeps_what_else_it_holds():
    report = page_of(f"## Summary\n\n> {SUMMARY}\n>\n> And more.\n")
    assert "<blockquote>\n<p>And more.</p>\n</blockquote>" in body(report)


def test_a_list_goes_whole_and_over_two_of_them_their_common_heading_too():
    report = page_of(
        "## Mitigation & Resolution\n\n### Immediate mitigation\n\n- Rolled back\n\n"
        "### Permanent resolution\n\n- Limits set\n- Limits tested\n\n## Lessons\n\nMany.\n"
    )
    assert lifted(report) == {
        "mitigation": "<ul>\n<li>Rolled back</li>\n</ul>",
        "resolution": "<ul>\n<li>Limits set</li>\n<li>Limits tested</li>\n</ul>",
    }
    assert [part.anchors for part in report.body.lifted] == [
        ("immediate-mitigation",),
        ("permanent-resolution", "mitigation--resolution"),
    ]
    assert body(report) == '<h2 id="lessons">Lessons</h2>\n<p>Many.</p>\n'


def test_a_second_list_of_a_section_stays():
    report = page_of("## Mitigation\n\nRolled back.\n\n- At 10:00\n- At 11:00\n")
    assert lifted(report) == {"mitigation": "Rolled back."}
    assert body(report).startswith('<h2 id="mitigation">Mitigation</h2>\n<ul>')


def test_a_labelled_item_goes_with_all_that_stands_below_it():
    report = page_of(
        "## Resolution\n\n- **Temporary Fix:** Fewer pods\n- **Permanent Fix:**\n"
        "  - A pooler\n- **Time to Recovery:** 48 minutes\n"
    )
    assert lifted(report) == {
        "mitigation": "Fewer pods",
        "resolution": "<ul>\n<li>A pooler</li>\n</ul>",
    }
    assert "Fewer pods" not in body(report)
    assert "Fix" not in body(report)
    assert "48 minutes" in body(report)


def test_a_labelled_paragraph_goes_with_the_list_that_it_announces():
    report = page_of("## Resolution\n\n**Permanent fix:**\n\n- A pooler\n\nIt held.\n")
    assert lifted(report) == {"resolution": "<ul>\n<li>A pooler</li>\n</ul>"}
    assert body(report) == '<h2 id="resolution">Resolution</h2>\n<p>It held.</p>\n'


@pytest.mark.parametrize("end", ["", "  ", "\\"])
def test_a_line_among_others_of_its_paragraph_goes_alone(end):
    report = page_of(
        f"## Notes\n\n**Wind:** none{end}\n**Resolution:** Limits set{end}\nand tested{end}\n"
        f"**Weather:** fine\n"
    )
    assert lifted(report)["resolution"].replace("<br>", "").split() == [
        "Limits",
        "set",
        "and",
        "tested",
    ]
    assert "Limits" not in body(report)
    assert "Resolution" not in body(report)
    assert "none" in body(report)
    assert "fine" in body(report)
    assert ("<br" in body(report)) == bool(end)


def test_a_paragraph_goes_with_its_last_line():
    report = page_of(
        "## Notes\n\n**Mitigation:** Fewer pods\n**Resolution:** Limits set\n\nIt held.\n"
    )
    assert lifted(report) == {"mitigation": "Fewer pods", "resolution": "Limits set"}
    assert body(report) == '<h2 id="notes">Notes</h2>\n<p>It held.</p>\n'


def test_a_figure_goes_to_the_top_as_it_is_written():
    report = page_of(
        "## Impact\n\n- **Users Affected:** 5,900\n- **Geographic Impact:** Sweden\n"
        "- **Data Loss:** None\n",
        "impact: {users: 5900}\n",
    )
    assert lifted(report) == {
        "impact.users": "5,900", "impact.data_loss": "None", "impact.regions": "Sweden",
    }  # fmt: skip
    assert body(report) == ""


@pytest.mark.parametrize("front", ["", "services: [search, cart]\n"])
def test_a_list_of_services_goes_where_it_says_no_more_than_their_names(front):
    """They stand under the title with links, and so not again in a list."""
    text = "## Impact\n\nMany.\n\n### Scope\n\n- **Services**: cart, search\n- **Feature**: Login\n"
    assert body(page_of(text, front)).endswith(
        "<ul>\n<li><strong>Feature</strong>: Login</li>\n</ul>\n"
    )


@pytest.mark.parametrize("written", ["cart, search and what hangs on them", "cart", "cart, wallet"])
def test_a_list_of_services_that_says_something_else_stays(written):
    text = f"## Impact\n\n### Scope\n\n- **Services**: {written}\n- **Feature**: Login\n"
    assert written in body(page_of(text, "services: [cart, search]\n"))


def test_a_figure_that_is_explained_stays_with_what_explains_it():
    text = "About 5,200 guests of two early shows, and the staff of nine venues"
    report = page_of(f"## Impact\n\n- **Users Affected:** {text}\n- **Revenue:** 5 EUR\n")
    assert "impact.users" not in lifted(report)
    assert text in body(report)


def test_a_figure_that_the_front_matter_tells_otherwise_stays():
    report = page_of("## Impact\n\n- **Users Affected:** 5,900\n", "impact: {users: 6000}\n")
    assert lifted(report) == {}
    assert "5,900" in body(report)


def test_a_field_of_the_head_stands_at_the_top_alone():
    report = read("# A\n\n**Date:** 2025-01-02\n**Resolution:** Limits set\n", "2025/a.md")
    assert str(report.resolution) == "Limits set"
    assert report.other_fields == ()
    assert body(report) == ""


def test_two_texts_both_stay():
    report = page_of(f"## Summary\n\n{SUMMARY}\n", "summary: The pool ran dry.\n")
    assert lifted(report) == {}
    assert SUMMARY in body(report)


def test_the_same_text_twice_stays_once():
    report = page_of(f"## Summary\n\n**{SUMMARY[:-1]}**.\n", f"summary: {SUMMARY}\n")
    assert "refused" not in body(report)


def test_a_heading_that_says_something_of_its_own_stays():
    report = page_of(f"## The day we learnt\n\n### Summary\n\n{SUMMARY}\n")
    assert body(report) == '<h2 id="the-day-we-learnt">The day we learnt</h2>\n'


def test_the_heading_goes_where_the_rest_of_its_section_is_shown_elsewhere():
    report = page_of(
        "**Severity:** SEV2\n\n## Executive Summary\n\n"
        f"{SUMMARY}\n\n### Incident Details\n\n- **Start Time:** 2025-01-02 10:00\n\n"
        "## Impact\n\nMany.\n"
    )
    assert [heading.title for heading in report.body.headings] == ["Impact"]


def test_a_heading_stays_over_a_block_that_the_archive_shows_there():
    report = page_of(
        f"## Summary\n\n{SUMMARY}\n\n### Incident Details\n\n- **Start Time:** 2025-01-02 10:00\n"
    )
    assert lifted(report) == {"summary": SUMMARY}
    assert body(report) == '<h2 id="summary">Summary</h2>\n'
    assert report.body.pieces[-1] == Slot("fields")


def test_the_heading_of_a_horizon_goes_before_a_footer_that_goes_too():
    """The items stand in the archive's list by horizon, and who wrote the report at its foot."""
    text = "## Action Items\n\n### Immediate Actions\n\n- [x] Mend it\n\n"
    text += "### Short-term Actions (Next week)\n\n- [ ] Test it\n\n---\n\n"
    footer = "**Report Prepared By:** A. Moreau  \n**Date:** 2025-01-03\n"
    assert body(page_of(text + footer)) == '<h2 id="action-items">Action Items</h2>\n'
    kept = body(page_of(text + "Ask Jo first.\n\n" + footer))
    assert "Short-term Actions (Next week)</h3>" in kept


def test_what_a_timeline_tells_is_not_moved_out_of_it():
    report = page_of(
        "## Timeline\n\n### Resolution\n- **Time:** 2025-01-02 11:00\n"
        "- **Resolution Method:** A pooler\n"
    )
    assert str(report.resolution) == "A pooler"
    assert lifted(report) == {}
    assert "A pooler" in str(report.timeline[0].details[0])


def test_what_is_learnt_of_a_mitigation_is_no_mitigation():
    report = page_of("## What went well\n\n- **Mitigation**: It had been rehearsed\n")
    assert report.mitigation is None
    assert "rehearsed" in body(report)


def test_a_note_still_leads_to_its_reference_at_the_top():
    report = page_of(f"## Summary\n\n{SUMMARY}[^1]\n\n[^1]: By the log.\n")
    assert 'id="fnref1"' in lifted(report)["summary"]
    assert 'href="#fnref1"' in body(report)


def test_what_is_hostile_is_hostile_at_the_top_too():
    report = page_of(f'## Summary\n\n{SUMMARY} <script>alert(1)</script><b onclick="x()">b</b>\n')
    assert lifted(report)["summary"].endswith("<b>b</b>")
    assert "script" not in lifted(report)["summary"]
    opened = page_of(f"## Summary\n\n{SUMMARY} {'<i>' * 101}\n")
    assert "&lt;i&gt;" in lifted(opened)["summary"]


def test_links_and_pictures_keep_their_places_in_the_sources():
    report = page_of(f'## Summary\n\n[{SUMMARY}](b.md) <a href="c.md">c</a>\n')
    assert 'href="src:2025/b.md"' in lifted(report)["summary"]
    assert 'href="src:2025/c.md"' in lifted(report)["summary"]
    assert [target for target, _ in report.body.links] == ["2025/b.md", "2025/c.md"]


@pytest.mark.parametrize(
    ("front", "explained"),
    [
        ("", ("root_cause", "detection")),
        ("root_cause: saturation\n", ("root_cause", "detection")),
        ("root_cause: {category: saturation, text: Too few}\n", ("detection",)),
        ("detection: alert\n", ("root_cause",)),
    ],
)
def test_a_cause_and_a_source_are_explained_in_the_body_and_stay_there(front, explained):
    report = page_of(
        "## Detection\n\n- **Method:** An alert on the pool\n\n"
        "## Root cause\n\nThe pool was small.\n",
        front or "status: draft\n",
    )
    assert report.body.explained == explained
    assert "The pool was small." in body(report)
