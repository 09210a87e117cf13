"""Pages of anybody's HTML, cut at their headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.site.search.pages import PageText, page_items
from postmortem_archive.site.search.sections import Section, sections_of
from postmortem_archive.site.search.texts import blocks_of


def told(html: str) -> list[tuple[str, str, str]]:
    """Return each section's title and anchor, and the texts of its blocks."""
    return [(one.title, one.anchor, " | ".join(texts(one.html))) for one in sections_of(html)]


def texts(html: str) -> list[str]:
    return ["".join(text for text, _ in runs) for _, runs in blocks_of(html)]


def test_a_page_is_cut_at_headings_that_can_be_linked():
    html = (
        "<p>Before.</p><h1 id='top'>The <em>page</em></h1><p>Lead.</p>"
        "<h2 id=one>One</h2><p>First &amp; last.</p><h3 id='in'>In it</h3><p>Deep.</p>"
        "<h2>Without an anchor</h2><p>Still deep.</p>"
    )
    assert told(html) == [
        ("The page", "", "Before. | Lead."),
        ("One", "one", "First & last."),
        ("In it", "in", "Deep. | Without an anchor | Still deep."),
    ]


def test_a_heading_above_nothing_has_no_text():
    """White space, an empty element and a comment say nothing."""
    html = "<h2 id=a>A</h2>\n<div>\n<!-- words --></div>\n<h2 id=b>B</h2><p>c</p>"
    assert [section.html == "" for section in sections_of(html)] == [True, True, False]


def test_an_anchor_that_stood_before_begins_no_section():
    """A link would lead to the first."""
    html = "<h2 id=a>One</h2><p>x</p><h2 id=a>Two</h2><p>y</p><h1>Three</h1><p>z</p>"
    assert told(html)[1:] == [("One", "a", "x | Two | y | Three | z")]


@pytest.mark.parametrize(
    "unread",
    [
        '<a class="headerlink" href="#a">&para;</a>',
        "<script>if (a < b) '</p>'</script>",
        "<style>p > a {}</style>",
        "<svg><title>T</title><svg><text>x</text></svg>y</svg>",
        "<pa-block data-search-exclude><table><tr><td>x</table></pa-block>",
        "<div data-search-exclude=''>a<div>b</div>c</div>",
        "<button>Copy</button>",
        "<!-- archive/latest -->",
    ],
)
def test_what_is_not_for_readers_is_left_out(unread):
    assert told(f"<h2 id=a>A{unread}</h2><p>b</p>{unread}<p>c</p>")[1:] == [("A", "a", "b | c")]


def test_a_heading_that_is_taken_out_takes_its_section_with_it():
    html = (
        "<h1 id=t data-search-exclude>T</h1><p>x</p><h2 id=a data-search-exclude>A</h2><p>y</p>"
        "<h3 id=b>B</h3><p>z</p>"
    )
    assert told(html) == [("T", "", ""), ("B", "b", "z")]


def test_attributes_go_and_what_stands_for_a_picture_stays():
    (section,) = sections_of("<p title='a > b'>x <img src=y alt='an \"owl\"'> <code>a_b</code></p>")
    assert section.html == '<p>x <img alt="an &quot;owl&quot;"> <code>a_b</code></p>'


def test_code_keeps_its_lines():
    (section,) = sections_of("<pre><code>a\n  b &lt; c\n</code></pre>")
    assert list(blocks_of(section.html)) == [("code", [("a\n  b < c", True)])]


@given(st.text(alphabet=st.sampled_from("<>/hp123 id='a\"=!-&;script"), max_size=60))
def test_no_html_stops_it(html):
    """And what comes of it is HTML that the search's own reader takes."""
    for section in sections_of(html):
        assert isinstance(section, Section)
        list(blocks_of(section.html))


def test_every_part_of_a_page_has_a_card_of_its_own():
    lead = "<h1>Notes &lt;1&gt;</h1><h2 id=none>None</h2><h2 id=some>Some</h2><p>Words.</p>"
    pages = (
        PageText("guide.md", "guide/", "Guide", "<p>All.</p>"),
        PageText("guide/notes.md", "guide/notes/", "Told", lead, ("a tag",)),
    )
    items = page_items(pages)
    assert [item.card("file") for item in items] == [
        {"title": "Guide", "url": "guide/", "where": "", "text": "file"},
        {"title": "Notes <1>", "url": "guide/notes/", "where": "Guide", "text": "file"},
        {"title": "Some", "url": "guide/notes/#some", "where": "Notes <1>", "text": "file"},
    ]
    said = [[block.text for block in item.make().blocks] for item in items]
    assert said[1] == ["Notes <1>", "Guide", "a tag", "None"]
    assert said[2] == ["Some", "Notes <1>", "Words."]


def test_equal_parts_are_known_again_and_changed_ones_are_not():
    """What a server made before is made again only where it has to be."""

    def contents(html: str) -> list[object]:
        return [item.content for item in page_items([PageText("a.md", "a/", "A", html)])]

    one = "<p>x</p><h2 id=b>B</h2><p>y</p>"
    assert contents(one) == contents(one)
    changed = contents(one.replace("y", "z"))
    assert [a == b for a, b in zip(contents(one), changed, strict=True)] == [True, False]
