"""Headings' anchors, as a forge makes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report import read
from postmortem_archive.report.markup.anchors import slug


def anchors(*titles):
    text = "".join(f"## {title}\n\nText.\n\n" for title in titles)
    return [heading.anchor for heading in read(text, "a.md").body.headings]


@pytest.mark.parametrize(
    ("title", "anchor"),
    [("What went well", "what-went-well"), ("Root Cause Analysis (RCA)", "root-cause-analysis-rca"),
     ("Mitigation & Resolution", "mitigation--resolution"), ("Überblick", "überblick"),
     ("14:02 UTC", "1402-utc"), ("🔥", "section"), ("__nav", "nav")],
)  # fmt: skip
def test_an_anchor_is_the_title_in_lower_case(title, anchor):
    assert slug(title) == anchor


def test_equal_titles_are_numbered_and_no_number_is_given_twice():
    assert anchors("Notes", "Notes", "Notes") == ["notes", "notes-1", "notes-2"]
    assert anchors("Notes 1", "Notes", "Notes") == ["notes-1", "notes", "notes-2"]


@given(st.lists(st.sampled_from(["a", "a 1", "a-1", "a 1 1", "b", "!"]), max_size=8))
def test_no_two_headings_share_an_anchor(titles):
    found = anchors(*titles)
    assert len(found) == len(set(found)) == len(titles)


def test_a_first_level_heading_of_the_body_is_one_of_the_second_level_on_the_page():
    report = read("# Pool ran dry\n\nText.\n\n# Timeline\n\nText.\n", "a.md")
    assert [(h.level, h.title) for h in report.body.headings] == [(2, "Timeline")]


def test_links_into_the_sources_are_known_with_their_places():
    body = """# Pool

See [a](../2024/x.md#y), [b](z.md) and [c](https://a.example/x.md).
Then ![d](img/g.png)
and <a href="raw.html">e</a>.

<p>
<img src="/top.png"></p>
"""
    links = [(target, str(place.line)) for target, place in read(body, "2025/a.md").body.links]
    assert links == [
        ("2024/x.md#y", "3"),
        ("2025/z.md", "3"),
        ("2025/img/g.png", "4"),
        ("2025/raw.html", "5"),
        ("top.png", "8"),
    ]
