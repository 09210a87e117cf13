"""What a build keeps back, in real builds of MkDocs: a file, a path, a word of it anywhere."""

import gzip
import json
import logging
import re
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, InclusionLevel

from postmortem_archive.hosts.mkdocs import ArchivePlugin, SiteFiles
from postmortem_archive.hosts.withholding import pruned, without_addresses
from postmortem_archive.site.linking import UnknownTargetError

from .built import PLUGIN, article, links, navigation, page, place, read, told

HUSH = (
    "---\nid: INC-HUSH\ntitle: Wombat outage\nvisibility: RED\ndate: 2025-04-05\n{front}---\n{body}"
)
PICTURE = b"\x89PNG picture"


def hush(body: str = "", front: str = "") -> dict[str, str]:
    return {"2025/hush.md": HUSH.format(front=front, body=body)}


def traces(site: Path, words: str) -> list[str]:
    """Return the files of a site in whose name or content one of the words stands."""
    pattern = re.compile(words.encode(), re.IGNORECASE)
    found = []
    for path in sorted(site.rglob("*")):
        name = str(path.relative_to(site))
        content = path.read_bytes() if path.is_file() else b""
        content = gzip.decompress(content) if path.suffix in {".gz", ".bin"} else content
        if pattern.search(name.encode()) or pattern.search(content):
            found.append(name)
    return found


# Attachments.


def test_a_file_of_the_same_name_on_a_page_does_not_publish_an_attachment(make):
    site = make(
        {"index.md": "# Home\n\n![x](img/dingo.png) and [text](2025/dingo.png.txt)\n"}
        | hush("![x](dingo.png)"),
        files={
            "docs/2025/dingo.png": PICTURE,
            "docs/2025/dingo.png.txt": "other",
            "docs/img/dingo.png": PICTURE,
        },
    )
    assert not (site / "2025/dingo.png").exists()
    assert (site / "img/dingo.png").is_file()
    assert (site / "2025/dingo.png.txt").is_file()


@pytest.mark.parametrize(
    "shown", ["2025/dingo.png", "./2025/dingo.png", "2025/%64ingo.png", "/2025/dingo.png"]
)
def test_an_attachment_that_a_page_shows_by_its_path_is_there(make, shown):
    site = make(
        {"index.md": f"# Home\n\n![x]({shown})\n"} | hush("![x](dingo.png)"),
        files={"docs/2025/dingo.png": PICTURE},
    )
    assert (site / "2025/dingo.png").is_file()


def test_an_attachment_that_a_published_report_shows_is_there(make):
    other = "---\ntitle: C\ndate: 2025-01-01\nactions: [{text: x, url: dingo.png}]\n---\n"
    site = make(
        {"2025/c.md": other} | hush("![x](dingo.png)"), files={"docs/2025/dingo.png": PICTURE}
    )
    assert (site / "2025/dingo.png").is_file()


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("actions: [{text: x, url: dingo.png}]\n", ""),
        ("summary: See ![x](dingo.png)\n", ""),
        ("mitigation: See [x](dingo.png)\n", ""),
        ("timeline:\n  - {time: 2025-04-05T10:00Z, text: See [x](dingo.png)}\n", ""),
        ("follow_up: {findings: See dingo.png}\n", ""),
        ("links: [{url: ./dingo.png}]\n", ""),
        ("", '<video src="dingo.png"></video>'),
        ("", '<object data="dingo.png"></object>'),
        ("", '<img srcset="dingo.png 2x">'),
        ("", "<!-- [x](dingo.png) -->"),
        ("", "The graph is in dingo.png."),
        ("broken: [\n", "![x](dingo.png)"),
    ],
)
def test_an_attachment_is_kept_back_however_it_is_named(make, front, body):
    site = make(hush(body, front), files={"docs/2025/dingo.png": PICTURE})
    assert traces(site, "dingo") == []


def test_an_attachment_with_a_space_in_its_name_is_kept_back(make):
    site = make(
        hush(front="links: [{url: big dingo.png}]\n"), files={"docs/img/big dingo.png": PICTURE}
    )
    assert traces(site, "dingo") == []


# What the site needs.


def test_no_report_takes_away_what_the_site_needs(make):
    needed = {
        "docs/styles/extra.css": "a { background: url(../img/back.png) }",
        "docs/scripts/extra.js": "fetch('../data.json')",
        "docs/data.json": "{}",
        "docs/img/back.png": PICTURE,
        "docs/img/logo.svg": "<svg/>",
        "docs/img/favicon.png": PICTURE,
        "docs/img/hero.png": PICTURE,
        "docs/CNAME": "example.org",
        "docs/robots.txt": "",
    }
    names = [path.removeprefix("docs/") for path in needed]
    theirs = ["assets/stylesheets/main.css", "assets/images/favicon.png", "guide/how.markdown"]
    text = "\n".join(f"[x](../{name}) {Path(name).name}" for name in [*names, *theirs])
    template = '{% extends "base.html" %}{% block hero %}{{ "img/hero.png"|url }}{% endblock %}'
    site = make(
        {"guide/how.markdown": "# How\n"} | hush(text),
        files=needed | {"overrides/main.html": template},
        extra_css=["styles/extra.css"],
        extra_javascript=["scripts/extra.js"],
        theme={
            "name": "material",
            "custom_dir": "overrides",
            "logo": "img/logo.svg",
            "favicon": "img/favicon.png",
        },
    )
    assert [name for name in names if not (site / name).is_file()] == []
    assert (site / "assets/images/favicon.png").is_file()
    assert (site / "guide/how/index.html").is_file()
    assert list((site / "assets/postmortem-archive").iterdir())


# Reports from elsewhere.

ADDS = """
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

RED = '''---
title: Wombat outage
visibility: RED
date: 2025-04-05
---
<script>numbat()</script>
'''

@event_priority({priority})
def on_files(files, config):
    files.append(File.generated(config, "2025/made.md", content=RED))
    files.append(File.generated(config, "2025/open.md", content=RED.replace("RED", "CLEAR")))
    files.append(File("2025/other.md", "elsewhere", config.site_dir, config.use_directory_urls))
    return files
"""


@pytest.mark.parametrize("in_docs", [False, True])
def test_reports_that_a_hook_adds_are_reports(make, tmp_path, monkeypatch, in_docs):
    monkeypatch.chdir(tmp_path)
    red = {"elsewhere/2025/other.md": HUSH.format(front="", body="Numbat.")}
    decoy = "---\ntitle: Decoy\nvisibility: CLEAR\ndate: 2025-04-05\n---\n"
    texts = {"2025/other.md": decoy} if in_docs else {}
    adds = ADDS.format(priority=0)
    if in_docs:
        adds = adds.replace(
            "    files.append(File(",
            "    files.remove(files.src_uris['2025/other.md'])\n    files.append(File(",
        )
    site = make(texts, files=red | {"hook.py": adds}, hooks=["hook.py"])
    assert not (site / "2025/made").exists()
    assert not (site / "2025/other").exists()
    assert "Wombat outage" in page(site, "incidents")
    assert "<script>numbat" not in page(site, "2025/open")
    assert traces(site, "numbat") in ([], ["2025/open/index.html"])


def test_a_report_that_comes_after_the_archive_is_left_out(make, tmp_path, monkeypatch, caplog):
    monkeypatch.chdir(tmp_path)
    red = {"elsewhere/2025/other.md": "# Numbat\n"}
    site = make(files=red | {"hook.py": ADDS.format(priority=-100)}, hooks=["hook.py"])
    assert traces(site, "numbat|wombat|2025/(made|open|other)") == []
    assert navigation(site)[0] == "Overview"
    assert any("2025/made.md was added after" in line for line in told(caplog, logging.WARNING))


# Ways that lead there.

WAYS = """# Home

[one](2025/hush.md), [two](2025/hush.md#top), [three](./2025/%68ush.md), [four](2025/hush/) and
<a href="2025/hush.md">five</a>, <a class="x" title='a > b' href='2025/hush/'>six</a>,
[seven](/2025/hush.md), [eight](https://example.com/below/2025/hush/), ![nine](2025/dingo.png "t")
[ten][r], [a](2025/a.md)

[r]: 2025/hush.md

<video src="2025/dingo.png" poster=2025/dingo.png></video>
"""


def test_no_page_leads_to_a_withheld_report_and_a_strict_build_goes_on(make, caplog):
    front = (
        "---\ntitle: C\ndate: 2025-04-06\n"
        "links: [{url: hush.md}, {url: hush.md, title: The other}]\n"
        "communication: [{channel: mail, url: ../hush/}]\n"
        "actions: [{text: x, url: hush.md}]\n---\n[see](hush.md) <a href='hush.md'>raw</a>\n"
    )
    nav = [
        {"Home": "index.md"},
        {"Hidden": [{"Wombat": "2025/hush.md"}]},
        {"Reports": [{"A": "2025/a.md"}, "2025/hush.md"]},
    ]
    site = make(
        {"index.md": WAYS.replace("2025/dingo.png", "2025/hush.md"), "2025/c.md": front} | hush(),
        nav=nav,
        strict=True,
        plugins=["search", {PLUGIN: {"as_of": "2025-06-01"}}],
        site_url="https://example.com/below/",
    )
    assert traces(site, "hush|wombat") == []
    assert navigation(site)[0] == "Home"
    html = article(page(site, ""))
    for word in ("one", "two", "three", "four", "seven", "eight", "ten"):
        assert f'<span class="pa-gone" title="Not part of this site">{word}</span>' in html
    assert '<a class="pa-gone">five</a>' in html
    assert "2025/a/" in links(html)
    told_of_nav = [line for line in told(caplog, logging.INFO) if "navigation" in line]
    assert len(told_of_nav) == 2
    facts = json.loads(read(site / "data/reports/2025/c.json"))
    assert facts["links"] == [{"kind": "link", "title": "The other"}]
    assert facts["actions"][0].get("url") is None


def test_the_addresses_of_tags_go_and_the_rest_stays():
    html = (
        '<a id="x" href="gone" class=\'y\' title="a > b">t</a><img src=gone alt="z"/><a href="b">'
    )
    found = without_addresses(html, lambda url: url == "gone")
    assert found == (
        '<a id="x" title="a > b" class="pa-gone">t</a><img alt="z" class="pa-gone"><a href="b">'
    )
    srcset = '<img srcset="a 1x, gone 2x">'
    assert without_addresses(srcset, lambda url: url == "gone") == '<img class="pa-gone">'


@pytest.mark.parametrize("use_directory_urls", [False, True])
def test_a_page_of_the_same_name_elsewhere_can_still_be_linked(make, use_directory_urls):
    text = "# Hush\n\n[up](../index.md) [a](../2025/a.md) <a href='../other/'>raw</a>\n"
    site = make(
        {
            "index.md": "# Home\n\n[hush](guide/hush.md)\n",
            "guide/hush.md": text,
            "guide/other.md": "# Other\n",
            "2025/other.md": HUSH.format(front="", body="").replace("INC-HUSH", "INC-OTHER"),
        }
        | hush(),
        use_directory_urls=use_directory_urls,
        strict=True,
    )
    home, guide = ("", "guide/hush") if use_directory_urls else ("index.html", "guide/hush.html")
    home, guide = (
        article(read(path if path.suffix else path / "index.html"))
        for path in (site / home, site / guide)
    )
    assert "pa-gone" not in home + guide
    assert "<a href=" in home


@pytest.mark.parametrize(
    ("nav", "left"),
    [
        (["a", "gone"], ["a"]),
        ([{"T": "gone"}, {"U": "b"}], [{"U": "b"}]),
        ([{"S": ["gone"]}], None),
        ([{"S": []}], [{"S": []}]),
        ({"T": "gone", "U": "b"}, {"U": "b"}),
        ([], []),
    ],
)
def test_the_navigation_loses_entries_and_sections_that_they_leave_empty(nav, left):
    assert pruned(nav, lambda url: url == "gone", []) == left


# Builds upon earlier ones.


def test_a_dirty_build_removes_what_was_made_of_a_report_that_is_now_withheld(make):
    texts = hush("Numbat. ![x](dingo.png)")
    red = texts["2025/hush.md"]
    home = {"index.md": "# Home\n\n<!-- archive/latest -->\n"}
    files = {"docs/2025/dingo.png": PICTURE}
    plugins = ["search", {PLUGIN: {"as_of": "2025-06-01"}}]
    opened = {"2025/hush.md": red.replace("RED", "CLEAR")}
    site = make(home | opened, files=files, plugins=plugins)
    assert "data/reports/2025/hush.json" in traces(site, "wombat")
    site = make(texts, files=files, plugins=plugins, dirty=True)
    assert traces(site, "hush|wombat|numbat|dingo") == []
    assert "Checkout refuses cards" in page(site, "")


# Drafts.


def test_a_draft_is_no_target_of_a_link_and_no_error_as_a_relation(make, caplog):
    draft = "---\nid: INC-9\ntitle: Draft\ndate: 2025-03-03\n---\n"
    other = "---\ntitle: C\ndate: 2025-03-04\nrelated: [INC-9]\n---\nSee [it](draft.md).\n"
    site = make(
        {"2025/draft.md": draft, "2025/c.md": other}, draft_docs="2025/draft.md\n", strict=True
    )
    assert '<span class="pa-gone" title="Not part of this site">it</span>' in page(site, "2025/c")
    assert any("“2025/draft.md” is not published" in line for line in told(caplog, logging.INFO))


@pytest.mark.parametrize("serving", [False, True])
def test_the_author_alone_sees_the_links_to_drafts(serving):
    draft = File("a.md", None, "site", use_directory_urls=True, inclusion=InclusionLevel.DRAFT)
    files = Files([draft, File("b.md", None, "site", use_directory_urls=True)])
    found = SiteFiles(files, serving=serving)
    if serving:
        assert found.url_for("a.md", "b.md") == "../a/"
    else:
        with pytest.raises(UnknownTargetError):
            found.url_for("a.md", "b.md")


def test_a_draft_that_is_kept_back_keeps_back_its_attachments(make):
    site = make(
        hush("![x](dingo.png)"),
        files={"docs/2025/dingo.png": PICTURE},
        exclude_docs="2025/hush.md\n",
    )
    assert traces(site, "dingo") == []


# What is no report.


@pytest.mark.parametrize("name", ["index.md", "README.md"])
def test_the_page_of_a_folder_is_no_report(make, name):
    site = make({f"2025/{name}": "# That year\n\n<!-- archive/incidents {year: 2025} -->\n"})
    html = page(site, "2025")
    assert "That year" in html
    assert "a/" in links(article(html))
    assert "That year" not in article(page(site, "incidents"))


def test_the_page_of_a_folder_that_names_a_narrow_audience_is_kept_back_all_the_same(make):
    site = make(
        {"2025/x/index.md": HUSH.format(front="", body="Numbat. ![x](dingo.png)")},
        files={"docs/2025/x/dingo.png": PICTURE},
    )
    assert traces(site, "numbat|wombat|dingo") == []


def test_a_page_in_the_place_of_one_of_the_archives_is_no_report(make):
    incident = "---\ntitle: One\ndate: 2025-01-01\nservices: [web]\n---\n"
    site = make(
        {
            "incidents/one.md": incident,
            "incidents/2025.md": "# By hand\n\n<!-- archive/incidents {year: 2025} -->\n",
            "services/web.md": "# The web\n\n<!-- archive/incidents {service: web} -->\n",
        },
        reports={},
        options={"reports": ["incidents/*.md", "services/*.md"], "services": ["web"]},
    )
    for address, title in (("incidents/2025", "By hand"), ("services/web", "The web")):
        html = page(site, address)
        assert title in html
        assert "One" in article(html)
    assert "By hand" not in article(page(site, "incidents"))


# The theme.


def test_a_tag_that_the_theme_does_not_allow_stops_nothing(make, caplog):
    report = "---\ntitle: C\ndate: 2025-01-01\ntags: [R&D, other]\n---\n"
    site = make(
        {"2025/c.md": report},
        plugins=["search", {"tags": {"tags_allowed": ["R&D"]}}, {PLUGIN: {"search": False}}],
        strict=True,
    )
    entries = json.loads(read(site / "search/search_index.json"))["docs"]
    (tags,) = {tuple(entry["tags"]) for entry in entries if entry["location"] == "2025/c/"}
    assert tags == ("R&D",)
    assert any("“other” is not among tags_allowed" in line for line in told(caplog, logging.INFO))


def test_reports_stand_above_other_pages_in_the_search_of_the_theme(make):
    site = make({"guide.md": "# Guide\n"}, plugins=["search", {PLUGIN: {"search": False}}])
    entries = json.loads(read(site / "search/search_index.json"))["docs"]
    boosts = {entry["location"]: entry.get("boost", 1) for entry in entries}
    assert boosts["2025/a/"] == 2
    assert boosts["guide/"] == 1


def test_the_folder_of_templates_is_watched_before_there_is_one(tmp_path):
    place(tmp_path / "overrides/main.html", "")
    theme = "theme: {name: material, custom_dir: overrides}\n"
    place(tmp_path / "mkdocs.yml", f"site_name: x\ndocs_dir: overrides\n{theme}")
    watched = []

    class Server:
        def watch(self, folder):
            watched.append(folder)

    plugin = ArchivePlugin()
    plugin.load_config({})
    plugin.on_serve(Server(), config=load_config(str(tmp_path / "mkdocs.yml")), builder=0)
    assert watched == [str(tmp_path / "overrides")]
