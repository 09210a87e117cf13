"""An author's page about a period is completed and never written over."""

import re
from pathlib import Path

import pytest

from postmortem_archive.report.decisions import read_decisions
from postmortem_archive.report.settings import ReadingSettings

from .stand import Tree, filled, report, site

INCIDENTS = {"2025/a.md": report("2025-05-02"), "2025/b.md": report("2025-08-02")}
Q3 = "trends/2025-q3.md"
WORDS = "# A calm summer\n\nWe slept.\n\n## Decisions\n\n- Buy disks (T. Okafor, by 2026-01-21)\n"


def completed(markdown: str, title: str | None = None, path: str = Q3, **more: str) -> str | None:
    return site({**INCIDENTS, path: markdown, **more}).completed(path, markdown, title)


def test_the_authors_words_stand_between_the_verdict_and_all_other_sections():
    lines = completed(WORDS).splitlines()
    assert lines[0] == "# A calm summer"
    way = lines.index('<!-- archive/trend {"period": "2025\\u002dq3", "section": "way"} -->')
    words = lines.index("We slept.")
    rest = lines.index("## Where decisions stand")
    assert 0 < way < words < rest
    assert WORDS.partition("\n")[2].strip() in "\n".join(lines)


@pytest.mark.parametrize(
    ("markdown", "title", "first"),
    [
        ("# Own\n\nText", "Told", "# Own"),
        ("\n\nOwn\n===\n\nText", None, "Own\n==="),
        ("Text", "Told in front", "# Told in front"),
        ("Text\n\n# Later", None, "# Q3 2025"),
        ("## Lower\n\nText", None, "# Q3 2025"),
        ("", None, "# Q3 2025"),
        ("```\n# code\n```", None, "# Q3 2025"),
    ],
)
def test_the_title_is_the_pages_own_else_that_of_its_front_matter_else_the_periods(
    markdown, title, first
):
    assert completed(markdown, title).startswith(f"{first}\n\n<!-- archive/trend ")


@pytest.mark.parametrize(
    "markdown",
    [
        '<!-- archive/trend {period: "2025-q3", section: way} -->',
        "Text\n\n<!--archive/trends-->\n",
    ],
)
def test_a_page_that_places_sections_itself_stays_as_it_is(markdown):
    assert completed(markdown) is None


def test_a_marker_in_code_is_an_example():
    assert completed("```\n<!-- archive/trends -->\n```\n") is not None


@pytest.mark.parametrize(
    "path", ["trends/2025-q3/index.md", "trends/2025-q3/README.md", "trends/2025.md"]
)
def test_the_page_of_a_period_may_be_written_at_any_of_its_addresses(path):
    assert completed(WORDS, path=path) is not None


@pytest.mark.parametrize("path", ["trends/2031-q1.md", "trends/notes.md", "words/2025-q3.md"])
def test_other_pages_are_not_completed(path):
    assert completed(WORDS, path=path) is None


def test_last_periods_decisions_are_shown_with_owner_state_and_a_link():
    made = site({**INCIDENTS, "trends/2025-q2.md": WORDS})
    html = filled(made, '<!-- archive/trend {period: "2025-q3", section: words} -->', Q3)
    tree = Tree(html)
    assert tree.texts("pa-decided__page") == ["Q2 2025: 1 decision, 1 open (1 overdue)."]
    assert tree.attributes("a", "href") == ["2025-q2.md"]
    assert tree.texts("pa-decided__facts") == ["T. Okafor due 21 Jan 2026 10 days overdue"]
    assert tree.texts("pa-state") == ["Open"]


def test_a_decision_is_escaped():
    hostile = "## Decisions\n\n- Buy <img src=x onerror=alert(1)> (<b>Ana</b>, by 2026-01-21)\n"
    made = site({**INCIDENTS, "trends/2025-q2.md": hostile})
    html = filled(made, '<!-- archive/trend {period: "2025-q3", section: words} -->', Q3)
    assert "<img" not in html
    assert "<b>" not in html


def test_problems_of_such_a_page_stand_among_those_of_the_reports():
    made = site({**INCIDENTS, Q3: "## Decisions\n\n- Buy disks\n"})
    html = filled(made, "<!-- archive/problems -->")
    assert "Q3 2025" in html
    assert "this open decision has no owner" in html


def test_the_guides_examples_are_read_as_it_says():
    guide = Path(__file__).parents[2] / "postmortems/guide/quarterly-review.md"
    examples = re.findall(
        r"^```markdown\n(.*?)^```", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    told = [
        [(d.owner, d.status) for d in read_decisions(text, Q3, ReadingSettings()).decisions]
        for text in examples
    ]
    assert told == [
        [("W. Jiayi", "in_progress"), ("R. Holm", "done")],
        [("Ravn Holm", "done"), ("Marta Kowalczyk", "open")],
    ]
