"""Links of reports become addresses of the page that they are seen from."""

import pytest

from postmortem_archive.site.linking import Here, UnknownTargetError

KNOWN = {"2025/b.md": "../b/", "img/a b.png": "../../img/a%20b.png"}


def url_for(target: str, page: str) -> str:
    assert page == "2025/a.md"
    try:
        return KNOWN[target]
    except KeyError:
        raise UnknownTargetError(target) from None


HERE = Here("2025/a.md", url_for)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="src:2025/b.md">b</a>', '<a href="../b/">b</a>'),
        (
            '<a class="x" href="src:2025/b.md#why-1" rel="noopener">b <em>c</em></a>',
            '<a class="x" href="../b/#why-1" rel="noopener">b <em>c</em></a>',
        ),
        ('<a href="https://example.com/">w</a>', '<a href="https://example.com/">w</a>'),
        ('<a href="#below">w</a>', '<a href="#below">w</a>'),
        ('<img src="src:img/a b.png" alt="A">', '<img src="../../img/a%20b.png" alt="A">'),
    ],
)
def test_a_link_to_a_source_gets_its_address(source, expected):
    """Only `src:` links change, and keep their other attributes."""
    assert HERE.html(source) == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<a href="src:2024/secret.md">last year</a>', "last year"),
        ('<a href="src:2024/secret.md#x" title="t"><code>c</code></a>', "<code>c</code>"),
        ('<img src="src:secret.png" alt="A graph">', "A graph"),
        ('<img alt="" src="src:secret.png">', "image"),
    ],
)
def test_a_link_to_nothing_keeps_its_text_alone(source, text):
    """What is not part of the site is not named by a link to it."""
    found = HERE.html(f"before {source} after")
    assert (
        found == f'before <span class="pa-gone" title="Not part of this site">{text}</span> after'
    )


def test_several_links_of_one_line_are_each_judged_alone():
    """A missing target does not swallow the link after it."""
    html = HERE.html('<a href="src:gone.md">a</a> <a href="src:2025/b.md">b</a>')
    assert html.endswith('</span> <a href="../b/">b</a>')


def test_an_own_link_to_nothing_is_an_error():
    """The archive never prints a link that leads nowhere."""
    with pytest.raises(UnknownTargetError):
        HERE.href("services/gone.md")
