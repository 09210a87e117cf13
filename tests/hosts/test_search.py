"""One search on a site of MkDocs: what is written for it, and what becomes of the theme's own."""

import gzip
import json
import logging
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from .built import PLUGIN, page, place, read, told

OURS = "data-pa-search"
THEIRS = 'data-md-component="search"'
THEIR_INDEX = "search/search_index.json"
NOTES = """# Notes on quokkas

Before any heading.

## Wombats { #wombats }

They dig.

### What they eat

Grass, and `max_connections`.

## The archive

<!-- archive/latest -->
"""


def cards(site: Path, collection: str = "pages") -> list[dict]:
    """Return what is found in a collection, each card with its texts in the place of their file."""
    index = json.loads(read(site / "data/search/index.json"))

    def content(name: str):
        return json.loads(gzip.decompress((site / f"data/search/{name}.bin").read_bytes()))

    found = [card for name in index[collection]["cards"] for card in content(name)]
    return [card | {"text": content(card["text"])["blocks"]} for card in found]


def words(card: dict) -> str:
    return " ".join(text for _, text in card["text"])


def addresses(site: Path) -> list[str]:
    return [card["url"] for card in cards(site)]


@pytest.mark.parametrize("plugins", [["search"], [], ["material/search"], ["search", "tags"]])
def test_the_archives_search_takes_the_place_of_materials(make, plugins):
    """Whether or not the author lists a plugin for it, and nothing is indexed twice."""
    site = make(plugins=[*plugins, {PLUGIN: {}}])
    for html in (page(site, "2025/a"), read(site / "404.html")):
        assert html.count(OURS) == 1
        assert THEIRS not in html
        assert 'name="search"' not in html
    assert not (site / "search").exists()
    assert {card["id"] for card in cards(site, "reports")} == {"INC-1", "INC-2"}
    assert "incidents/" in addresses(site)


def test_it_does_so_when_its_plugin_comes_first(make):
    """Its hook runs while the others are still to be asked."""
    site = make(plugins=[{PLUGIN: {}}, "search"])
    assert OURS in page(site, "2025/a")
    assert not (site / "search").exists()


@pytest.mark.parametrize("enabled", [True, False])
def test_the_option_leaves_materials_search_as_it_is(make, enabled):
    site = make(plugins=[{"search": {"enabled": enabled}}, {PLUGIN: {"search": False}}])
    html = page(site, "2025/a")
    assert OURS not in html
    assert (THEIRS in html) is enabled
    assert (site / THEIR_INDEX).is_file() is enabled
    assert cards(site) == []
    assert len(cards(site, "reports")) == 2


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_another_theme_keeps_its_search(make, theme):
    site = make({"notes.md": NOTES}, plugins=["search", {PLUGIN: {}}], theme={"name": theme})
    assert OURS not in page(site, "2025/a")
    entries = json.loads(read(site / THEIR_INDEX))["docs"]
    assert any("They dig" in entry["text"] for entry in entries)
    (notes,) = (entry["text"] for entry in entries if entry["location"] == "notes/")
    assert "Checkout refuses" not in notes


def test_a_site_for_files_keeps_the_search_that_works_from_files(make, caplog):
    site = make(plugins=["search", "offline", {PLUGIN: {}}])
    assert THEIRS in read(site / "2025/a.html")
    assert any("the theme's search stays" in line for line in told(caplog, logging.INFO))


@pytest.mark.parametrize(
    ("template", "text", "reason"),
    [
        ("search", "<p>mine</p>", "is the site's own"),
        ("header", "<header>mine</header>", "has no place for a search"),
    ],
)
def test_templates_of_the_authors_win(make, caplog, template, text, reason):
    """Where the theme has not the shape that it needs, nothing breaks, and the log says so."""
    site = make(
        files={f"overrides/partials/{template}.html": text},
        plugins=["search", {PLUGIN: {}}],
        theme={"name": "material", "custom_dir": "overrides"},
        strict=True,
    )
    html = page(site, "2025/a")
    assert text in html
    assert OURS not in html
    assert (site / THEIR_INDEX).is_file()
    assert any(reason in line for line in told(caplog, logging.INFO))


def test_templates_of_the_authors_that_have_nothing_to_do_with_it_stay(make):
    site = make(
        files={"overrides/partials/copyright.html": "<p>ours alone</p>"},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    html = page(site, "2025/a")
    assert "ours alone" in html
    assert OURS in html


@pytest.mark.parametrize(
    ("at", "directory_urls", "path", "action"),
    [
        ("", True, "2025/a/index.html", "../../incidents/"),
        ("", True, "index.html", "incidents/"),
        ("", True, "404.html", "/below/incidents/"),
        ("ops/archive", True, "2025/a/index.html", "../../ops/archive/incidents/"),
        ("", False, "2025/a.html", "../incidents.html"),
    ],
)
def test_the_form_leads_to_the_list_of_incidents(make, at, directory_urls, path, action):
    """That is where it goes without a script."""
    site = make(
        options={"at": at},
        site_url="https://example.com/below/",
        use_directory_urls=directory_urls,
    )
    assert f'<form class="pa-search__form" action="{action}" method="get"' in read(site / path)


def test_an_address_that_leads_nowhere_leads_on(make):
    """To the search, and to the archive's places, from whatever address a server shows it at."""
    site = make({"incidents/README.md": "# Ours\n"}, site_url="https://example.com/below/")
    html = read(site / "404.html").partition("<main")[2]
    assert "404 - Not found" not in html
    assert '<form action="/below/incidents/" method="get">' in html
    for address, title in (("./", "Overview"), ("services/", "Services"), ("map/", "Map")):
        assert f'<a href="/below/{address}">{title}</a>' in html


def test_an_authors_own_page_for_such_an_address_stays(make):
    site = make(
        files={"overrides/404.html": "<p>ours alone</p>"},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    assert read(site / "404.html") == "<p>ours alone</p>"


def test_an_authors_page_for_the_list_is_where_the_form_leads(make):
    site = make({"incidents/README.md": "# Ours\n\n<!-- archive/incidents -->\n"})
    assert 'action="../../incidents/"' in page(site, "2025/a")


def test_pages_are_found_section_by_section(make):
    site = make({"guide/notes.md": NOTES}, markdown_extensions=["attr_list"])
    found = {card["url"]: card for card in cards(site)}
    lead = found["guide/notes/"]
    assert (lead["title"], lead["where"]) == ("Notes on quokkas", "")
    assert words(lead) == "Notes on quokkas Before any heading. The archive"
    wombats = found["guide/notes/#wombats"]
    assert (wombats["title"], wombats["where"]) == ("Wombats", "Notes on quokkas")
    assert words(wombats) == "Wombats They dig."
    assert words(found["guide/notes/#what-they-eat"]) == (
        "What they eat Grass, and max_connections."
    )
    assert "guide/notes/#the-archive" not in found


def test_places_of_the_archive_are_found_by_title_and_headings(make):
    site = make()
    found = {card["url"]: card for card in cards(site)}
    checkout = found["services/checkout/"]
    assert (checkout["title"], checkout["where"]) == ("checkout", "Services")
    assert words(checkout) == "checkout Over the years Incidents Open action items"
    assert not any(url.startswith(("2025/", "incidents/2025")) for url in found)


@pytest.mark.parametrize("collection", ["pages", "reports"])
def test_no_page_is_among_the_reports_and_no_report_among_the_pages(make, collection):
    site = make({"notes.md": NOTES})
    reports = [card for card in cards(site, collection) if card["url"].startswith("2025/")]
    assert bool(reports) is (collection == "reports")


def test_what_an_author_takes_out_of_the_search_is_not_found(make):
    texts = {
        "hidden.md": "---\nsearch: {exclude: true}\n---\n# Hidden\n\nNumbat.\n",
        "boosted.md": "---\nsearch: {boost: 2}\n---\n# Boosted\n\nDingo.\n",
        "part.md": (
            "# Part\n\nSeen.\n\n## Gone { data-search-exclude }\n\nEmu.\n\n## Back\n\nQuoll.\n\n"
            "Kiwi.\n{ data-search-exclude }\n"
        ),
    }
    site = make(texts, markdown_extensions=["attr_list"])
    said = " ".join(map(words, cards(site)))
    for word, is_said in [
        ("Numbat", False),
        ("Dingo", True),
        ("Seen", True),
        ("Gone", False),
        ("Emu", False),
        ("Quoll", True),
        ("Kiwi", False),
    ]:
        assert (word in said) is is_said, word


def test_a_withheld_page_and_a_draft_are_not_found(make):
    site = make(
        {
            "2025/x/index.md": "---\nvisibility: RED\n---\n# Wombat\n\nNumbat.\n",
            "draft.md": "# Dingo\n",
        },
        draft_docs="draft.md\n",
    )
    for path in (site / "data/search").iterdir():
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".bin" else content
        for word in (b"ombat", b"umbat", b"ingo"):
            assert word not in content, path


def test_the_search_is_the_same_from_the_same_sources(make):
    def files(site: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (site / "data/search").iterdir()}

    assert files(make({"notes.md": NOTES})) == files(make({"notes.md": NOTES}))


def test_a_saved_file_is_found_at_once_where_the_site_is_served(tmp_path):
    """The plugin of `mkdocs serve` lives on, and what it knew before is no answer."""
    place(tmp_path / "docs/2025/a.md", "---\ntitle: Old\ndate: 2025-01-02\n---\nQuokka.\n")
    place(tmp_path / "docs/notes.md", "# Notes\n\nWombat.\n")
    text = f"site_name: x\ntheme: material\nplugins: [search, {PLUGIN}]\n"
    place(tmp_path / "mkdocs.yml", text)
    site = tmp_path / "site"

    def built() -> tuple[str, str]:
        # MkDocs keeps a plugin that is told when a server starts, and makes the rest anew.
        config = load_config(str(tmp_path / "mkdocs.yml"))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        return " ".join(map(words, cards(site, "reports"))), " ".join(map(words, cards(site)))

    reports, pages = built()
    assert "Quokka" in reports
    assert "Wombat" in pages
    place(tmp_path / "docs/2025/a.md", "---\ntitle: New\ndate: 2025-01-02\n---\nNumbat.\n")
    place(tmp_path / "docs/notes.md", "# Notes\n\nDingo.\n")
    reports, pages = built()
    assert "Numbat" in reports
    assert "Quokka" not in reports
    assert "Dingo" in pages
    assert "Wombat" not in pages


def test_a_dirty_build_finds_what_it_does_not_read_again(make):
    """In one process, as of `mkdocs serve --dirty`."""
    make({"notes.md": NOTES}, command="serve", markdown_extensions=["attr_list"])
    site = make(
        {"other.md": "# Emus\n"},
        command="serve",
        dirty=True,
        markdown_extensions=["attr_list"],
    )
    assert {"notes/", "notes/#wombats", "other/"} <= set(addresses(site))
