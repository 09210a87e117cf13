"""Where everything is, and that one setting moves it."""

import pytest

from postmortem_archive.archive.naming import slug
from postmortem_archive.site.addresses import slugs, spellings

from .stand import report, site

TEXTS = {
    "2025/a.md": report(
        "2025-01-02", services="[checkout]", trigger="config_push", root_cause="process"
    )
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Orders database", "orders-database"),
        ("config_push", "config-push"),
        ("../../etc/passwd", "etc-passwd"),
        ("Zahlungen & Ärger", "zahlungen-ärger"),
        ("<script>", "script"),
    ],
)
def test_a_slug_holds_words_and_hyphens_alone(name, expected):
    """Nothing of a name can leave its folder or open a tag."""
    assert slug(name) == expected


def test_names_of_one_slug_are_numbered():
    """Two services never share a page."""
    found = slugs(["C", "C++ +", "♯ c ♯"])
    assert list(found.values()) == ["c"]
    assert dict(slugs(["a-b c", "a b-cd", "a/b c!"])) == {"abc": "a-b-c", "abcd": "a-b-cd"}


@pytest.mark.parametrize("name", ["index", "README", "🎟", "!"])
def test_a_name_that_a_host_treats_specially_gets_another_slug(name):
    """A service called index has a page beside the others."""
    (found,) = slugs([name]).values()
    assert found not in {"", "index", "readme"}


def test_an_author_may_write_a_page_in_any_of_its_spellings():
    """A folder's index or README stands for the folder's address."""
    assert spellings("services/checkout.md") == (
        "services/checkout.md",
        "services/checkout/index.md",
        "services/checkout/README.md",
    )
    assert spellings("index.md") == ("index.md", "README.md")


def test_at_moves_every_page_and_file_but_the_reports():
    """The pages and files under `at` are those of the root, each below the folder."""
    root, moved = site(TEXTS), site(TEXTS, at="incidents/archive")
    paths = [page.path for page in root.pages] + list(root.data_paths)
    assert [page.path for page in moved.pages] + list(moved.data_paths) == [
        f"incidents/archive/{path}" for path in paths
    ]
    assert "services/checkout.md" in paths
    assert "incidents/2025-01.md" in paths
    assert "data/reports/2025/a.json" in paths


def test_links_follow_at():
    """A report's links lead below the folder."""
    html = site(TEXTS, at="archive").report_page("2025/a.md").html
    assert 'href="../archive/services/checkout.md"' in html
    assert 'href="../archive/causes/process.md"' in html
    assert 'href="../archive/triggers/config-push.md"' in html
    assert 'href="../archive/data/reports/2025/a.json"' in html
