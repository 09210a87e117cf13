"""The plugin in a real build of MkDocs: small sites in, whole sites out."""

import gzip
import json
import logging
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.pages import Page

from postmortem_archive.hosts import dressing
from postmortem_archive.hosts.mkdocs import ArchivePlugin

from .built import PLUGIN, SECOND, article, links, navigation, page, read, told


def test_three_lines_give_a_site(make):
    """A stranger's reports become pages, lists and data without any option."""
    site = make(plugins=[PLUGIN])
    for address in ("", "2025/a", "incidents", "incidents/2025", "incidents/2025-01", "services",
                    "services/checkout", "causes", "causes/saturation", "triggers",
                    "triggers/config-push", "problems"):  # fmt: skip
        assert "<article" in page(site, address), address
    assert json.loads(read(site / "data/reports/2025/a.json"))["clocks"]["ttr"] == 60
    assert "fonts.googleapis" not in page(site, "")


def test_a_strict_build_is_clean(make, caplog):
    """Nothing that the plugin does is a warning of MkDocs."""
    make(strict=True)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("use_directory_urls", [True, False])
@pytest.mark.parametrize("site_url", ["https://example.com/below/", ""])
def test_every_link_of_the_archive_leads_to_a_file(make, use_directory_urls, site_url):
    """Links hold whatever the form of the addresses, from any page to any other."""
    site = make(use_directory_urls=use_directory_urls, site_url=site_url)
    seen = 0
    for html in site.rglob("*.html"):
        if html.name == "404.html":
            continue
        for href in links(article(read(html))):
            path = href.partition("#")[0].partition("?")[0]
            if not path or "://" in path:
                continue
            target = html.parent / path
            target = target / "index.html" if path.endswith(("/", ".", "..")) else target
            assert target.is_file(), f"{html.relative_to(site)}: {href}"
            seen += 1
    assert seen > 40


def test_at_moves_everything_but_the_reports(make):
    """One option gives the archive a folder of its own."""
    site = make({"index.md": "# Mine\n"}, options={"at": "archive"})
    assert "Mine" in page(site, "")
    assert (site / "2025/a/index.html").is_file()
    assert {path.name for path in site.iterdir() if path.is_dir()} == {"2025", "archive", "assets"}
    assert "../../archive/services/checkout/" in links(page(site, "2025/a"))


def test_a_report_is_not_converted_a_second_time(make, monkeypatch):
    """The archive has read it; MkDocs' own conversion costs as much as a report's whole page."""
    converted, render = [], Page.render

    def spy(self, config, files):
        converted.append(self.file.src_uri)
        render(self, config, files)

    monkeypatch.setattr(Page, "render", spy)
    nav = [{"Home": "index.md"}, {"The second": "2025/b.md"}]
    site = make({"index.md": "# Home\n", "notes.md": "# Notes\n"}, nav=nav)
    assert {"index.md", "notes.md", "incidents.md"} <= set(converted)
    assert "2025/a.md" not in converted
    assert "Checkout refuses cards" in article(page(site, "2025/a"))
    assert navigation(site) == ["Home", "The second"]


def test_reports_and_lists_stay_out_of_the_navigation(make):
    """The navigation without a setting holds the archive's places alone."""
    assert navigation(make()) == [
        "Overview",
        "Incidents",
        "Trends",
        "Services",
        "Root causes",
        "Triggers",
        "Map",
        "Problems",
    ]


def test_the_places_keep_their_order_in_a_folder_of_their_own(make):
    """They come before the author's folders there too."""
    site = make({"index.md": "# Mine\n", "about/us.md": "# Us\n"}, options={"at": "ops/archive"})
    assert navigation(site)[:7] == [
        "Mine", "Ops", "Archive", "Overview", "Incidents", "Trends", "Services"
    ]  # fmt: skip


def test_a_navigation_of_the_authors_own_is_left_as_it_is(make, caplog):
    """Pages outside of it are no warning."""
    site = make(nav=[{"Home": "index.md"}, {"All": "incidents.md"}], strict=True)
    assert navigation(site) == ["Home", "All"]


def test_the_footer_of_the_theme_does_not_lead_from_a_report_through_the_navigation(make):
    """A report has neighbours of its own."""
    nav = ["index.md", "2025/a.md", "problems.md"]
    html = page(
        make(nav=nav, theme={"name": "material", "features": ["navigation.footer"]}), "2025/a"
    )
    assert "md-footer__link" not in html
    assert 'rel="next" href="../../problems/"' not in html


HOSTILE = """---
title: 'T <script>boom()</script> </title> " onload="boom()'
summary: 'S <script>boom()</script> " onload="boom()'
date: 2025-03-04
tags: ['<script>boom()</script>', '" onload="boom()']
services: ['v <script>boom()</script> --> " onload="boom()']
template: evil.html
location: https://evil.example/
hide: [toc]
icon: evil
status: new
subtitle: <script>boom()</script>
---
# T

[x](javascript:boom())

| a |
|---|
| <script>boom()</script> |
"""


def test_nothing_of_a_hostile_report_runs_on_any_page_of_the_theme(make):
    """Titles, descriptions and tags are printed by themes as they stand."""
    evil = {"overrides/evil.html": "<script>boom()</script>"}
    site = make(
        {"2025/evil.md": HOSTILE},
        files=evil,
        theme={"name": "material", "custom_dir": "overrides", "features": ["navigation.footer"]},
        plugins=["search", "tags", {PLUGIN: {}}],
        nav=["index.md", "2025/evil.md", "2025/a.md", "problems.md"],
    )
    pages = [path for path in site.rglob("*.html") if path.name != "evil.html"]
    assert len(pages) > 10
    for path in pages:
        html = read(path)
        for script in re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL):
            assert "boom" not in script, path
        for tag in re.findall(r"<[a-z][^<>]*>", html):
            outside = re.sub(r'"[^"]*"', "", tag)
            assert "boom" not in outside, (path, tag)
            assert not re.search(r'href="\s*javascript:', tag), (path, tag)
    html = page(site, "2025/evil")
    title = "T &lt;script&gt;boom()&lt;/script&gt; &lt;/title&gt; &quot; onload=&quot;boom()"
    assert f"<title>{title} - Post-mortems</title>" in html
    assert '<meta name="description" content="S &lt;script&gt;' in html
    assert "evil.example" not in html
    assert "md-sidebar--secondary" in html


def test_a_withheld_report_leaves_no_byte(make, caplog):
    """Its id, its title, its words, its picture and its service are in no file."""
    kept_back = """---
id: INC-HUSH-77
title: Wombat outage
visibility: RED
date: 2025-04-05
services: [quokka]
---
Numbat. ![graph](dingo.png)
"""
    other = (
        "---\ntitle: Third\ndate: 2025-04-06\nrelated: [{id: INC-HUSH-77}]\n---\n[see](hush.md)\n"
    )
    site = make(
        {"2025/hush.md": kept_back, "2025/c.md": other},
        files={"docs/2025/dingo.png": b"\x89PNG dingo"},
        plugins=["search", {PLUGIN: {}}],
        site_url="https://example.com/",
    )
    words = re.compile(rb"hush|wombat|numbat|quokka|dingo", re.IGNORECASE)
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert not words.search(str(path.relative_to(site)).encode()), path
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix in {".gz", ".bin"} else content
        assert not words.search(content), path
    assert "1 report is left out: not published up to AMBER" in " ".join(told(caplog, logging.INFO))
    assert "Third" in page(site, "2025/c")


def test_a_report_for_the_edition_s_audience_is_built(make):
    """What is withheld from one edition stands in another."""
    kept_back = "---\ntitle: Wombat outage\nvisibility: RED\ndate: 2025-04-05\n---\n"
    site = make({"2025/hush.md": kept_back}, options={"publish_up_to": "RED"})
    assert "Wombat outage" in page(site, "2025/hush")


def test_a_strict_build_stops_on_an_error_and_not_on_a_warning(make, caplog):
    """Warnings are told as information, with file, line and column."""
    make({"2025/c.md": "---\ntitle: C\ndate: 2025-01-01\nserverity: x\n---\n"}, strict=True)
    (line,) = [text for text in told(caplog, logging.INFO) if "serverity" in text]
    assert re.search(r"docs/2025/c\.md:4:1: warning: .* did you mean “severity”", line)
    with pytest.raises(Abort):
        make({"2025/c.md": "---\ntitle: C\ndate: 2025-01-01\nseverity: SEV9\n---\n"}, strict=True)
    (line,) = told(caplog, logging.WARNING)
    assert re.search(r"docs/2025/c\.md:4:11: error: .*SEV9", line)


def test_a_broken_report_does_not_stop_a_build(make):
    """Its page says what is wrong, and the others are whole."""
    site = make({"2025/c.md": "---\ntitle: [C\n---\n## Summary\n\nStill here.\n"})
    html = page(site, "2025/c")
    assert "Still here." in html
    assert "title: [C" not in html
    assert 'href="../../problems/#in-2025-c-md-ca15b69b"' in html
    assert 'id="in-2025-c-md-ca15b69b"' in page(site, "problems")


def test_a_wrong_marker_is_told_with_its_line(make, caplog):
    """An author's page says where the slip is."""
    site = make({"index.md": "---\ntitle: Home\n---\n\n# Home\n\n<!-- archive/lates -->\n"})
    (line,) = told(caplog, logging.WARNING)
    assert re.search(r"docs/index\.md:7:1: error: there is no marker “archive/lates”", line)
    assert "<h1" in page(site, "")


def test_markers_work_in_an_authors_pages_and_not_in_code_or_reports(make):
    """Examples stay examples, and a report's comment is none of the archive's."""
    example = "# Home\n\n<!-- archive/latest {limit: 1} -->\n\n`<!-- archive/latest -->`\n"
    comment = f"{SECOND}\n<!-- archive/latest -->\n"
    site = make({"index.md": example, "2025/b.md": comment})
    html = page(site, "")
    assert html.count("pa-latest__title") == 1
    assert "<code>&lt;!-- archive/latest --&gt;</code>" in html
    assert "pa-latest" not in article(page(site, "2025/b"))


@pytest.mark.parametrize("path", ["services/checkout.md", "services/checkout/index.md"])
def test_an_authors_page_takes_the_place_of_a_generated_one(make, path):
    """What somebody wrote is never overwritten, and links lead to it."""
    site = make({path: "# By hand\n\n<!-- archive/incidents {service: checkout} -->\n"})
    html = page(site, "services/checkout")
    assert "By hand" in html
    assert "../../2025/a/" in links(html)
    assert "../../services/checkout/" in links(page(site, "2025/a"))


def test_an_authors_template_takes_the_place_of_the_archives(make):
    """One file in the theme's own folder changes one part."""
    site = make(
        files={"overrides/archive/report_foot.html": "<footer>Mine: {{ report.id }}</footer>"},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    html = page(site, "2025/a")
    assert "<footer>Mine: INC-1</footer>" in html
    assert "pa-foot" not in html
    assert "pa-head" in html


def test_links_of_pages_to_headings_of_reports_are_checked(make, caplog):
    """MkDocs knows the anchors of reports and of blocks, and misses those that are not there."""
    problems = "[list](problems.md#in-2025-c-md-ca15b69b)"
    text = f"# Home\n\n[ok](2025/a.md#root-cause) {problems} [no](2025/a.md#gone)\n"
    broken = "---\ntitle: C\ndate: 2025-01-01\nserverity: x\n---\n"
    make(
        {"index.md": text, "2025/c.md": broken},
        validation={"links": {"anchors": "warn"}},
    )
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert "2025/a.md#gone" in warnings[0]


def test_the_table_of_contents_is_the_reports(make):
    """The theme shows the headings of the report's page."""
    html = page(make(), "2025/a")
    toc = html.partition("md-nav--secondary")[2].partition("</nav>")[0]
    anchors = re.findall(r'href="(#[^"]+)" class="md-nav__link"', toc)
    assert anchors == ["#pa-life", "#pa-related", "#summary", "#root-cause"]


def test_the_source_of_a_report_is_linked(make):
    """A reader gets to the file on the forge."""
    html = page(make(repo_url="https://forge.example/x/y", edit_uri="edit/main/docs/"), "2025/a")
    assert "https://forge.example/x/y/edit/main/docs/2025/a.md" in links(html)


def files_of(site: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(site)): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_the_same_sources_give_the_same_bytes(make, monkeypatch):
    """With a fixed day, a build today and one in a year are the same."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = files_of(make(site_url="https://example.com/"))
    assert b"2025-06-01" in first["sitemap.xml"]
    assert "SOURCE_DATE_EPOCH" not in os.environ
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert files_of(make(site_url="https://example.com/")) == first


def test_the_build_day_of_the_environment_holds_without_a_setting(make, monkeypatch):
    """SOURCE_DATE_EPOCH is the archive's day where no option names one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740000000")
    assert "As of 19\xa0Feb\xa02025" in page(make(plugins=[PLUGIN]), "")


def test_mkdocs_never_reads_the_front_matter_of_a_report(make, monkeypatch):
    """The theme learns of a report what the plugin tells it, and no more."""
    seen = {}
    original = dressing.ReadPage.render

    def render(self, config, files):
        seen[self.file.src_uri] = dict(self.meta)
        return original(self, config, files)

    monkeypatch.setattr(dressing.ReadPage, "render", render)
    make({"2025/evil.md": HOSTILE})
    assert set(seen["2025/evil.md"]) == {"title", "description", "tags", "search"}


def test_reports_that_are_excluded_are_not_read(make):
    """What the author keeps out of the site is in no list."""
    html = page(make(exclude_docs="2025/b.md\n"), "incidents")
    assert "Checkout refuses cards" in html
    assert "Search finds nothing" not in html


def test_an_empty_archive_says_what_a_report_is(make, tmp_path):
    """The first page of a new archive tells how to begin."""
    (tmp_path / "docs").mkdir()
    html = page(make(reports={}, strict=True), "")
    assert "There is no report yet." in html
    assert "[0-9][0-9][0-9][0-9]/**/*.md" in html


def test_an_edited_report_is_read_anew_and_a_broken_one_stops_nothing(make):
    """What `mkdocs serve` does on each save: build again, with what is there now."""
    assert "Look." in page(make(), "2025/b")
    assert "Look again." in page(
        make({"2025/b.md": SECOND.replace("Look.", "Look again.")}), "2025/b"
    )
    site = make({"2025/b.md": "---\ntitle: {\n---\nLook a third time.\n"})
    assert "Look a third time." in page(site, "2025/b")
    assert "Checkout refuses cards" in page(site, "incidents")
    assert "Look." in page(make(), "2025/b")


def test_a_pattern_for_every_page_leaves_the_archives_own_pages_alone(make):
    """Somebody whose whole folder is reports names them all, with services of any name."""
    text = "---\ntitle: A\ndate: 2025-01-02\nservices: [Public API]\n---\nText.\n"
    site = make(reports={"a.md": text, "b/c.md": text}, options={"reports": ["**/*.md"]})
    for path in ("index.html", "a/index.html", "b/c/index.html", "services/public-api/index.html"):
        assert (site / path).is_file(), path
    assert "Public API" in (site / "a" / "index.html").read_text(encoding="utf-8")


def test_a_sites_own_formats_are_in_its_guide(make):
    site = make(
        {"formats.md": "# Formats\n\n<!-- archive/format {name: db} -->\n"},
        files={"ours/db.md": "{# For databases. #}\n# [Which shard]\n"},
        options={"formats": "ours"},
        strict=True,
    )
    assert "[Which shard]" in re.sub(r"<[^>]+>", "", page(site, "formats"))


def test_the_schema_of_front_matter_is_a_file_of_the_site(make):
    site = make(options={"services": ["checkout"]})
    told = json.loads(read(site / "data/front-matter.schema.json"))
    assert "checkout" in json.dumps(told["properties"]["services"])


def test_the_folder_of_formats_is_watched(tmp_path):
    """A format that is saved while the site is served is seen on the page that shows it."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    plugin = ArchivePlugin()
    plugin.load_config({"formats": "ours"})
    watched = []
    server = SimpleNamespace(watch=watched.append)
    plugin.on_serve(server, config=load_config(str(tmp_path / "mkdocs.yml")), builder=0)
    assert watched == [str(tmp_path / "ours")]


QUARTER = "trends/2025-q1.md"
WORDS = "# A slow start\n\nWe slept.\n\n## Decisions\n\n- Buy disks (Ana Lee, by 2025-04-01)\n"


@pytest.mark.parametrize("path", [QUARTER, "trends/2025-q1/index.md"])
def test_an_authors_page_about_a_period_is_completed(make, caplog, path):
    """The words stay, with the theme's way to edit them, and the sections stand around them."""
    site = make(
        {path: WORDS},
        strict=True,
        plugins=["search", {PLUGIN: {"as_of": "2025-06-01", "search": False}}],
        theme={"name": "material", "features": ["content.action.edit"]},
        repo_url="https://git.example/x",
        edit_uri="edit/",
    )
    html = page(site, "trends/2025-q1")
    assert "A slow start" in article(html)
    assert "We slept." in html
    assert "pa-periods__way" in html
    assert "Where decisions stand" in html.partition('data-md-component="toc"')[2]
    assert f"https://git.example/x/edit/{path}" in html
    assert "Q1 2025" in html
    assert "Buy disks" in article(page(site, "trends/2025-q2"))
    assert "A slow start" not in navigation(site)
    assert "We slept." in read(site / "search/search_index.json")
    assert told(caplog, logging.WARNING) == []


def test_a_decision_that_cannot_be_read_is_told_with_its_line(make, caplog):
    text = "---\ntitle: Words\n---\n## Decisions\n\n| One | Two |\n| --- | --- |\n| a | b |\n"
    make({QUARTER: text})
    assert any(
        f"{QUARTER}:6:1: warning: no decision can be read here" in line
        for line in told(caplog, logging.INFO)
    )


def test_a_page_with_nearly_the_name_of_a_period_is_told(make, caplog):
    site = make({"trends/2025-q9.md": WORDS})
    assert "We slept." in page(site, "trends/2025-q9")
    assert any("trends/2025-q9.md:1:1: warning: “2025-q9” is no period" in line
               for line in told(caplog, logging.INFO))  # fmt: skip


@pytest.mark.parametrize("name", ["gone.html", "../main.html", "[a]"])
def test_a_template_that_there_is_not_is_told_and_the_page_is_built(make, caplog, name):
    site = make({QUARTER: f"---\ntitle: Words\ntemplate: {name}\n---\n{WORDS}"})
    assert "We slept." in page(site, "trends/2025-q1")
    (line,) = told(caplog, logging.WARNING)
    assert f"{QUARTER}:3:1: the theme has no template" in line


def test_a_template_of_the_theme_is_taken(make, caplog):
    site = make({QUARTER: f"---\ntemplate: 404.html\n---\n{WORDS}"})
    assert "We slept." not in page(site, "trends/2025-q1")
    assert told(caplog, logging.WARNING) == []


def test_words_for_a_narrower_audience_leave_no_byte(make, caplog):
    """The period's page is generated as if nobody had written one."""
    site = make(
        {
            QUARTER: "---\nvisibility: RED\n---\n# Wombat\n\n![x](wombat.png)\n",
        },
        files={"docs/trends/wombat.png": b"PNG"},
    )
    assert not (site / "trends/wombat.png").exists()
    for file in site.rglob("*"):
        assert not file.is_file() or b"ombat" not in file.read_bytes()
    assert "Q1 2025" in article(page(site, "trends/2025-q1"))
    assert any("words left out" in line for line in told(caplog, logging.INFO))


def test_a_pattern_for_every_page_takes_no_words_for_a_report(make):
    site = make({QUARTER: WORDS}, options={"reports": ["**/*.md"]})
    assert "pa-periods__way" in page(site, "trends/2025-q1")
    assert "pa-glance" not in page(site, "trends/2025-q1")


def test_a_search_finds_the_words_around_blocks_and_the_page_has_the_blocks_in_order(make):
    notes = "# Notes\n\nBefore.\n\n<!-- archive/latest -->\n\nAfter.\n\n<!-- archive/services -->\n"
    site = make({"notes.md": notes}, plugins=["search", {PLUGIN: {"search": False}}])
    shown = article(page(site, "notes"))
    places = [shown.index(told) for told in ("Before.", "Checkout refuses", "After.", "<table")]
    assert places == sorted(places)
    entries = json.loads(read(site / "search/search_index.json"))["docs"]
    (entry,) = (each for each in entries if each["location"] == "notes/")
    assert "Before." in entry["text"]
    assert "After." in entry["text"]
    assert "Checkout refuses" not in entry["text"]


def test_a_search_is_handed_no_tag_of_a_block():
    block = "<pa-block data-search-exclude>{}</pa-block>"
    html = f"<p>a</p>{block.format('')}<p>b</p>{block.format('<svg></svg>')}<p>c</p>"
    short, held = dressing.without_skipped(html)
    assert short == f"<p>a</p>{block.format('')}<p>b</p>{block.format('')}<p>c</p>"
    assert dressing.with_skipped(short, held) == html
