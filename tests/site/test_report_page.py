"""A report's page, whole: what stands where, and that nothing stands twice."""

import re

import pytest

from postmortem_archive.report.record import Heading
from postmortem_archive.site.facts import facts

from .stand import Tree, front, report, site

FULL = """---
id: INC-7
title: Checkout refuses cards
summary: Cards were refused for an hour.
severity: SEV2
status: reviewed
started: 2025-01-02T10:00Z
detected: 2025-01-02T10:10Z
resolved: 2025-01-02T11:00Z
services: [Basket, search]
trigger: config_push
root_cause: {category: saturation, text: The pool was empty}
detection: {source: alert, note: PoolWait}
mitigation: Rolled back
resolution: Pool limits set
impact: {users: {min: 8000, max: 12000, estimated: true}, revenue: 5000 EUR}
authors: [A. Moreau]
version: "1.0"
links: [{kind: dashboard, url: "https://example.com/d"}, {kind: fix, url: "javascript:alert(1)"}]
communication: [{channel: status_page, at: 2025-01-02T10:20Z, url: "https://example.com/s"}]
---
# Checkout refuses cards

**Severity:** SEV2
**On call:** Jo

## Summary

It failed. See [the first time](first.md) and [nothing](gone.md).

## Timeline

| Time | Event |
|---|---|
| 10:00 | Errors begin in the unique-cart |
| 10:10 | Alert |

## Action items

| Action | Owner | Due | Status | Priority |
|---|---|---|---|---|
| Alert on unique-pool wait | Jo | 2025-01-20 | Open | P1 |
| Drop the cache | Sam | 2025-01-10 | Done | P2 |

## Lessons learned

Check the pool.
"""
TEXTS = {
    "2025/first.md": report("2025-01-01", services="[checkout]", severity="SEV2"),
    "2025/full.md": FULL,
    "2025/last.md": report("2025-02-01", severity="SEV2"),
}


@pytest.fixture(scope="module")
def page():
    return site(TEXTS).report_page("2025/full.md", "https://forge.example/full.md")


@pytest.fixture(scope="module")
def tree(page):
    return Tree(page.html)


def test_the_head_names_what_has_a_page_of_its_own(tree):
    """Services, cause and trigger link to their pages, by their titles."""
    hrefs = tree.attributes("a", "href")
    for target in (
        "services/checkout",
        "services/search",
        "causes/saturation",
        "triggers/config-push",
    ):
        assert f"../{target}.md" in hrefs
    (facts,) = tree.texts("pa-facts")
    for text in ("Checkout, Search", "Saturation", "The pool was empty", "Alert"):
        assert text in facts
    assert tree.texts("pa-head__authors") == ["by A. Moreau"]


def test_what_ended_it_stands_before_the_body(page):
    """Mitigation and resolution come before everything else that is told."""
    order = [
        "Cards were refused",
        "Rolled back",
        "Pool limits set",
        "8,000–12,000",
        "TTR",
        "See <a",
    ]
    places = [page.html.index(text) for text in order]
    assert places == sorted(places)


@pytest.mark.parametrize("text", ["unique-cart", "unique-pool", "Lessons learned", "On call"])
def test_nothing_stands_twice(page, text):
    """What the archive renders is gone from the body."""
    assert page.html.count(text) == 1


def test_slots_stand_where_the_author_put_them(tree, page):
    """The archive's timeline follows its own heading, and so do the action items."""
    html = page.html
    order = [
        'id="timeline"',
        "pa-timeline",
        'id="action-items"',
        "pa-actions",
        'id="lessons-learned"',
    ]
    places = [html.index(text) for text in order]
    assert places == sorted(places)
    assert "<table" not in html


def test_action_items_say_owner_due_state_and_never_how_late(tree):
    """A report's page prints dates and no ages."""
    (first, second) = tree.texts("pa-action")
    assert first == "Open Alert on unique-pool wait Owner Jo Due 20 Jan 2025 Priority P1"
    assert second.startswith("Done Drop the cache")
    assert "overdue" not in " ".join(tree.texts("pa-actions"))


def test_links_lead_where_they_may(tree, page):
    """Web addresses are followed, scripts are not, and a missing page keeps its text alone."""
    hrefs = tree.attributes("a", "href")
    assert "first.md" in hrefs
    assert "https://example.com/d" in hrefs
    assert "https://example.com/s" in hrefs
    assert not [href for href in hrefs if href.startswith("javascript")]
    assert '<span class="pa-gone" title="Not part of this site">nothing</span>' in page.html


def test_neighbours_of_all_incidents_and_of_each_service(tree):
    """The way on leads through time, and through each service."""
    rows = tree.texts("pa-neighbours")
    assert rows[0].startswith("All incidents Previous 1 Jan 2025: Trouble on 2025-01-01 Next 1 Feb")
    assert rows[1].startswith("Checkout Previous 1 Jan 2025")
    assert len(rows) == 2


def test_the_foot_links_source_facts_and_problems(tree):
    """A reader gets to the file, to the JSON and to what is wrong."""
    hrefs = tree.attributes("a", "href")
    assert "https://forge.example/full.md" in hrefs
    assert "../data/reports/2025/full.json" in hrefs
    assert any(href.startswith("../problems.md#in-2025-full-md-") for href in hrefs)


def test_the_table_of_contents_holds_the_archives_blocks_and_the_bodys_headings(page):
    """Headings stand in the order of the page, and each has its anchor there."""
    assert [heading.title for heading in page.headings] == [
        "Checkout refuses cards",
        "What ended it",
        "What it did",
        "How long it took",
        "Related incidents",
        "Summary",
        "Timeline",
        "Action items",
        "Lessons learned",
    ]
    for heading in page.headings:
        assert f'id="{heading.anchor}"' in page.html


def test_an_id_is_there_once(page):
    """No two elements of a page share an id."""
    ids = re.findall(r'\sid="([^"]+)"', page.html)
    assert len(ids) == len(set(ids))


def test_what_only_front_matter_tells_is_shown_at_the_end():
    """A timeline and actions without a place in the body get one, under headings of their own."""
    text = """---
title: T
date: 2025-01-02
timeline: [{time: 2025-01-02T10:00Z, text: It broke}]
actions: [{text: Mend it, owner: Jo, horizon: short, status: not_doing, reason: Too late}]
---
## Timeline

We did not keep one.
"""
    page = site({"2025/a.md": text}).report_page("2025/a.md")
    assert page.headings[-2:] == (
        Heading(2, "Timeline", "archive-timeline"),
        Heading(2, "Action items", "action-items"),
    )
    tree = Tree(page.html)
    assert tree.texts("pa-entry") == ["10:00 It broke"]
    assert tree.texts("pa-actions__horizon") == ["Short term"]
    assert tree.texts("pa-action") == ["Not doing Mend it Owner Jo Reason: Too late"]


def test_a_report_with_an_error_shows_what_could_be_read():
    """The notice says so, and leads to the places."""
    text = "---\ntitle: Half read\ndate: 2025-01-02\nseverity: SEV99\n---\n## Summary\n\nText.\n"
    made = site({"2025/a.md": text})
    tree = Tree(made.report_page("2025/a.md").html)
    (notice,) = tree.texts("pa-notice")
    assert notice.startswith("1 error in this report. What has an error is left out")
    assert notice.endswith("Show it, with its line")
    assert "Text." in " ".join(tree.texts("pa-body"))
    assert tree.texts("pa-sev") == []


def test_a_report_of_a_title_and_a_day_is_a_page():
    """The least there can be is shown without empty parts."""
    html = site({"2025/a.md": report("2025-01-02")}).report_page("2025/a.md").html
    for part in (
        "pa-notice",
        "pa-facts",
        "pa-glance",
        "pa-life",
        "pa-related",
        "pa-body",
        "pa-sev",
    ):
        assert part not in html
    assert "2\xa0January\xa02025" in html


def test_relations_show_on_both_pages_with_their_words():
    """The other report's page tells the relation from its side."""
    texts = {
        "2025/a.md": report("2025-01-02", id="A", severity="SEV1"),
        "2025/b.md": report(
            "2025-02-02", id="B", related="[{id: A, relation: caused_by, note: same pool}]"
        ),
    }
    made = site(texts)
    assert Tree(made.report_page("2025/b.md").html).texts("pa-related__word") == ["Caused by"]
    (seen,) = Tree(made.report_page("2025/a.md").html).texts("pa-related__what")
    assert seen == "Trouble on 2025-02-02 2 Feb 2025 same pool"


def test_a_relation_that_nobody_has_told_says_what_it_rests_on():
    """A link and an id in a text are told apart from what an author says."""
    texts = {
        "2025/a.md": report("2025-01-02", id="INC-1"),
        "2025/b.md": report("2025-02-02", id="INC-2") + "As in INC-1.\n",
        "2025/c.md": report("2025-03-02", id="INC-3") + "As [before](b.md).\n",
    }
    made = site(texts)
    assert Tree(made.report_page("2025/b.md").html).texts("pa-related__note") == [
        "Named in the text",
        "A link in the text",
    ]


def test_a_drill_says_that_it_is_one():
    """Only incidents go without the name of their kind."""
    made = site({"2025/a.md": report(kind="drill"), "2025/b.md": report()})
    assert Tree(made.report_page("2025/a.md").html).texts("pa-kind") == ["Drill"]
    assert Tree(made.report_page("2025/b.md").html).texts("pa-kind") == []


SCRIPT = "<script>boom()</script>"
ATTRIBUTE = '" onclick="boom()'


def hostile() -> str:
    told = {
        "id": f"'I{ATTRIBUTE}'",
        "title": f"'T {SCRIPT} {ATTRIBUTE} </title>'",
        "summary": f"'S {SCRIPT} <img src=x onerror=boom()>'",
        "date": "2025-01-02",
        "services": f"['v {SCRIPT} --> {ATTRIBUTE}']",
        "authors": f"['{SCRIPT}{ATTRIBUTE}']",
        "tags": f"['{SCRIPT}{ATTRIBUTE}']",
        "detection": f"{{source: alert, by: '{SCRIPT}{ATTRIBUTE}'}}",
        "trigger": f"{{category: config_push, text: '{SCRIPT} [x](javascript:boom())'}}",
        "mitigation": f"'{SCRIPT} <a href=\"javascript:boom()\">x</a>'",
        "links": f"[{{kind: '{SCRIPT}', title: '{SCRIPT}', url: 'JavaScript:boom()'}}]",
        "communication": f"[{{channel: '{SCRIPT}{ATTRIBUTE}', url: 'data:text/html,x'}}]",
    }
    body = f"""# {SCRIPT}

**Odd{ATTRIBUTE}:** {SCRIPT}

## {SCRIPT}{ATTRIBUTE}

| Time | Who | Event |
|---|---|---|
| 10:00 | {SCRIPT} | {SCRIPT} <img src=x onerror=boom()> [x](javascript:boom()) |
| {ATTRIBUTE} | x | y |

<svg onload="boom()"></svg><iframe src="javascript:boom()"></iframe>
"""
    return front(**told) + body


def test_nothing_of_a_hostile_report_runs_on_any_page():
    """No script, no handler and no address that runs gets out of what a report tells."""
    made = site({"2025/a.md": hostile(), "2025/b.md": report("2025-02-02")})
    pages = [made.report_page(path).html for path in ("2025/a.md", "2025/b.md")]
    pages += [made.fill(page.markdown, page.path, page.markdown).html for page in made.pages]
    assert "boom" in pages[0]
    for html in pages:
        tree = Tree(html)
        assert not [tag for tag, _ in tree.elements if tag in {"script", "iframe"}]
        drawn = [told.get("class") or "" for tag, told in tree.elements if tag == "svg"]
        assert all(name.startswith("pa-") for name in drawn)
        for tag, told in tree.elements:
            assert not [name for name in told if name.startswith("on")], (tag, told)
        for address in tree.attributes("a", "href") + tree.attributes("img", "src"):
            assert not re.match(r"\s*(javascript|data):", address, re.IGNORECASE)


def test_a_page_with_a_diagram_loads_its_script_from_the_site_itself():
    """The theme would fetch it from another host, and other pages have no use for it."""
    fence = report() + "```mermaid\ngraph LR; A-->B\n```\n"
    raw = report(id="b") + '<pre class="mermaid">graph TD</pre>\n'
    made = site({"2025/a.md": fence, "2025/b.md": raw, "2025/c.md": report(id="c")})
    (path,) = [path for path in made.asset_files if "mermaid" in path]
    html = made.report_page("2025/a.md").html
    assert '<pre class="mermaid"><code>graph LR; A--&gt;B' in html
    assert f'data-pa-mermaid="../{path}"' in html
    assert f'data-pa-mermaid="../{path}"' in made.report_page("2025/b.md").html
    assert "mermaid" not in made.report_page("2025/c.md").html


def test_no_script_for_diagrams_where_there_are_none_or_the_site_brings_its_own():
    text = report() + "```mermaid\ngraph LR\n```\n"
    assert not [path for path in site({"2025/c.md": report()}).asset_files if "mermaid" in path]
    own = site({"2025/a.md": text}, brings_mermaid=True)
    assert not [path for path in own.asset_files if "mermaid" in path]
    assert "data-pa-mermaid" not in own.report_page("2025/a.md").html


def test_an_authors_template_takes_the_place_of_the_archives():
    """One file changes one part of every report."""

    def own(name: str) -> str | None:
        return (
            "<header>{{ report.title }}!</header>" if name == "archive/report_head.html" else None
        )

    html = site({"2025/a.md": report(title="A & B")}, overrides=own).report_page("2025/a.md").html
    assert "<header>A &amp; B!</header>" in html
    assert "pa-head" not in html
    assert "pa-foot" in html


def test_the_boxes_of_a_checklist_have_a_name():
    """A tick is read out as what it means."""
    text = report() + "## Notes\n\n- [x] mended\n- [ ] tested\n"
    tree = Tree(site({"2025/a.md": text}).report_page("2025/a.md").html)
    assert tree.attributes("input", "aria-label") == ["done", "open"]
    assert len(tree.attributes("input", "disabled")) == 2


def test_what_an_action_tells_beside_its_facts_is_on_the_page_and_in_the_data():
    """A column that the archive has no word for is not lost with the table."""
    table = "## Action Items\n\n| Action | Effort |\n|---|---|\n| Raise the limit | 3 **days** |\n"
    made = site({"2025/a.md": report() + table})
    html = made.report_page("2025/a.md").html
    assert "3 <strong>days</strong>" in html
    assert "Effort" in html
    (action,) = facts(made.archive.by_path["2025/a.md"])["actions"]
    assert any("3 days" in detail for detail in action["details"])


def test_what_was_guessed_is_said_quietly_and_what_was_imported_is_not():
    """The page names the keys to confirm; what came along with the report stays in its file."""
    told = "---\ntitle: A\nstarted: 2025-01-02T10:00\nunconfirmed: [started, root_cause]\n"
    told += "imported: {from: unique-origin.md, keys: {layout: unique-layout}}\n---\nText.\n"
    made = site({"2025/a.md": told})
    html = made.report_page("2025/a.md", "https://forge.example/a.md").html
    (line,) = Tree(html).texts("pa-head__unconfirmed")
    assert line.endswith("not confirmed yet: started and root cause.")
    report = made.archive.by_path["2025/a.md"]
    assert "unique-" not in html + str(facts(report, made.archive))
    assert facts(report)["unconfirmed"] == ["started", "root_cause"]


MOVED = """# A

**Date:** 2025-01-02

## Summary

Cards were refused for an hour, because [the pool](#mitigation) was empty.

## Detection

- **Method:** An alert on the pool of the database

## Timeline

### Resolution
- **Time:** 2025-01-02 11:00 UTC
- **Resolution Method:** The limits were set for every service
- **Verification:** No card was refused in the hour after it

## Mitigation

- Rolled back

## Impact

- **Data Loss:** Yes, some orders had to be entered again by hand

## Root cause

The pool was smaller than the two services that share it.
"""


def test_the_top_says_in_full_what_it_takes_from_the_text_and_what_led_there_leads_here():
    page = site({"2025/a.md": MOVED}).report_page("2025/a.md")
    tree = Tree(page.html)
    assert "Cards were refused for an hour" in tree.texts("pa-lede")[0]
    assert page.html.count("Cards were refused") == 1
    assert page.html.count("Rolled back") == 1
    assert page.html.index('id="mitigation"') < page.html.index("Rolled back")
    assert page.html.count('id="summary"') == 1
    titles = [heading.title for heading in page.headings]
    assert "Summary" not in titles
    assert "Mitigation" not in titles


@pytest.mark.parametrize(
    "told",
    ["The limits were set", "No card was refused", "An alert on the pool", "The pool was smaller",
     "had to be entered again"],
)  # fmt: skip
def test_the_top_repeats_nothing_that_a_section_or_the_timeline_tells(told):
    assert site({"2025/a.md": MOVED}).report_page("2025/a.md").html.count(told) == 1


def test_an_answer_that_the_text_explains_is_told_at_the_top_by_its_word_alone():
    tree = Tree(site({"2025/a.md": MOVED}).report_page("2025/a.md").html)
    assert "Yes" in tree.texts("pa-impact")[0]
