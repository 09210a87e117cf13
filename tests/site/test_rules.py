"""The rules as pages: what each is for, at which level it is told here, and what breaks it."""

from dataclasses import replace

import pytest

from postmortem_archive.report import Level
from postmortem_archive.report.rules.levels import Levels
from postmortem_archive.report.rules.registry import RULES

from .stand import Tree, filled, report, site

TEXTS = {
    "2025/a.md": report(severity="SEV9", titel="x"),
    "2025/b.md": report(severity="SEV8", ignore="[unknown-severity]", titel="y"),
    "2025/c.md": report(severity="SEV7", visibility="RED", status="Drfat"),
}


def test_every_rule_has_a_heading_that_can_be_linked_to():
    tree = Tree(filled(site(TEXTS), "<!-- archive/rules -->"))
    ids = tree.attributes("h3", "id")
    assert sorted(ids) == sorted(RULES)
    assert len(set(ids + tree.attributes("h2", "id"))) == len(ids) + 8


def test_a_rule_is_told_with_its_level_and_the_one_set_here():
    levels = Levels({"vague-action": None, "unknown-key": Level.ERROR})
    tree = Tree(filled(site(TEXTS, levels=levels), "<!-- archive/rules -->"))
    told = {line.rpartition("] ")[2] for line in tree.texts("pa-rules__about")}
    assert any(line.startswith("off by itself: hint An action item says") for line in told)
    assert any(line.startswith("error by itself: warning A key of the front") for line in told)
    assert any(line.startswith("error Two reports have the same id.") for line in told)


def test_a_rule_that_is_broken_here_leads_to_what_breaks_it():
    hrefs = Tree(filled(site(TEXTS), "<!-- archive/rules -->")).attributes("a", "href")
    pages = [href for href in hrefs if not href.startswith("#")]
    assert pages == ["problems/unknown-key.md", "problems/unknown-severity.md"]


def test_there_is_a_page_for_each_rule_that_published_reports_break():
    made = site(TEXTS)
    pages = {page.path: page for page in made.pages if page.path.startswith("problems/")}
    assert set(pages) == {"problems/unknown-key.md", "problems/unknown-severity.md"}
    page = pages["problems/unknown-key.md"]
    tree = Tree(filled(made, page.markdown, page.path))
    assert [text.split(" ")[0] for text in tree.texts("pa-problems__place")] == ["5:1", "6:1"]
    assert "2 problems in 2 of 2 reports." in tree.texts("pa-note")[0]
    assert tree.attributes("a", "href")[:2] == ["../problems.md", "../2025/a.md"]


def test_the_page_of_all_problems_leads_to_their_rules():
    hrefs = Tree(filled(site(TEXTS), "<!-- archive/problems -->")).attributes("a", "href")
    assert {href for href in hrefs if href.startswith("problems/")} == {
        "problems/unknown-key.md",
        "problems/unknown-severity.md",
    }


def test_a_rule_that_is_off_has_no_page():
    made = site(TEXTS, levels=Levels({"unknown-key": None}))
    assert [p.path for p in made.pages if p.path.startswith("problems/")] == [
        "problems/unknown-severity.md"
    ]


@pytest.mark.parametrize(
    ("marker", "suggestion"),
    [("{name: vage-action}", "vague-action"), ("{name: '<b>'}", None)],
)
def test_a_rule_that_there_is_not_is_told(marker, suggestion):
    made = site(TEXTS)
    (problem,) = made.fill(f"<!-- archive/rule {marker} -->", "x.md", "").problems
    assert (problem.rule, problem.suggestion) == ("marker", suggestion)


def test_levels_hold_for_markers_too():
    made = site(TEXTS, levels=Levels({"marker": Level.HINT}))
    (problem,) = made.fill("<!-- archive/rule {name: x} -->", "x.md", "").problems
    assert problem.level is Level.HINT


def test_what_a_report_says_is_escaped_on_the_page_of_its_rule():
    made = site({"2025/a.md": report(severity="'<script>alert(1)</script>'")})
    html = filled(made, '<!-- archive/rule {name: "unknown-severity"} -->')
    assert "<script" not in html
    assert replace(made, overrides=None).archive.problems[0].found in html.replace(
        "&lt;", "<"
    ).replace("&gt;", ">")


def test_hints_are_for_authors_and_stay_off_the_page_and_the_overview():
    made = site({"2025/a.md": report(severity="high")})
    assert made.archive.problems[0].rule == "alias-used"
    assert "pa-notice" not in made.report_page("2025/a.md").html
    assert "problems.md#in-2025-a-md" in made.report_page("2025/a.md").html
    assert "problem" not in filled(made, "<!-- archive/stats -->")
    graver = site({"2025/a.md": report(severity="high", titel="x")})
    assert "pa-notice--warning" in graver.report_page("2025/a.md").html
    assert "problem in the reports" in filled(graver, "<!-- archive/stats -->")
