"""What belongs to reports that are not published, and what others use all the same."""

import pytest
from mkdocs import utils

from postmortem_archive.archive import build
from postmortem_archive.archive.attachments import (
    PAGE_SUFFIXES,
    Names,
    addresses,
    attachments,
    leads_into,
    used_in,
)
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Action, Communication, Entry, Link, Text

from .examples import SETTINGS, links, relation, report, text

FILE = "2025/dingo.png"


def test_the_suffixes_of_a_page_are_those_of_mkdocs():
    assert set(PAGE_SUFFIXES) == set(utils.markdown_extensions)


@pytest.mark.parametrize(
    "written",
    [
        "![x](dingo.png)",
        "actions:\n  - {text: x, url: dingo.png}",
        '<video src="clip/dingo.png"></video>',
        '<img srcset="dingo.png 2x">',
        "<!-- [x](dingo.png) -->",
        "_dingo.png_ shows it",
        "see DINGO.PNG",
        "图表dingo.png",
        "[x](%64ingo.png)",
        "[x](&#100;ingo.png)",
        "[x](dingo\\.png)",
    ],
)
def test_a_name_is_found_however_a_report_writes_it(written):
    assert Names([FILE, "2025/wombat.png"]).in_text(written) == {FILE}


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("2025/my graph (1).png", "[x](my%20graph%20%281%29.png)"),
        ("2025/my graph (1).png", "links: [{url: my graph (1).png}]"),
        ("2025/图.png", "![](图.png)"),
        ("2025/core.tar.gz", "core.tar.gz"),
        ("2025/runbook", "see the runbook"),
        ("2025/a&b.png", '<object data="a&amp;b.png">'),
        ("2025/snake_case_name.log", "snake\\_case\\_name.log"),
        ("2025/…", "…"),
    ],
)
def test_odd_names_are_found(file, written):
    assert Names([file]).in_text(written) == {file}


def test_a_name_that_does_not_stand_in_a_text_is_not_found():
    assert Names([FILE, "2025/b.png"]).in_text("a dingo, and a png; dingo png") == set()


@pytest.mark.parametrize(
    ("page", "written"),
    [
        ("index.md", "![x](2025/dingo.png)"),
        ("index.md", "![x](./2025/dingo.png)"),
        ("index.md", "![x](/2025/dingo.png)"),
        ("index.md", "![x](<2025/dingo.png>)"),
        ("index.md", '![x](2025/dingo.png "dingo.png")'),
        ("index.md", "[x]: 2025/dingo.png?raw#top"),
        ("index.md", "![x](2025/%64ingo.png)"),
        ("guide/how.md", "![x](../2025/dingo.png)"),
        ("guide/how.md", '<img src="../../2025/dingo.png">'),
        ("2025/notes.md", "![x](dingo.png)"),
        ("2025/notes.md", "![x](../2025/dingo.png)."),
        ("styles/site.css", "url(../2025/dingo.png)"),
    ],
)
def test_a_page_uses_a_file_by_the_path_that_it_would_write(page, written):
    assert used_in(written, page, [FILE]) == {FILE}


@pytest.mark.parametrize(
    ("page", "written"),
    [
        ("index.md", "![x](dingo.png)"),
        ("index.md", "![x](img/dingo.png)"),
        ("index.md", "![x](../2025/dingo.png)"),
        ("index.md", "![x](12025/dingo.png)"),
        ("index.md", "![x](2025/adingo.png)"),
        ("index.md", "![x](2025/dingo.png.bak)"),
        ("index.md", "![x](2025/dingo.pngs)"),
        ("index.md", "![x](2025/dingo.png/x.png)"),
        ("guide/how.md", "![x](2025/dingo.png)"),
        ("2024/notes.md", "![x](dingo.png)"),
    ],
)
def test_a_file_of_the_same_name_elsewhere_is_not_this_one(page, written):
    assert used_in(written, page, [FILE]) == set()


def test_everything_that_a_published_report_shows_is_used():
    def prose(name):
        return Text(name, f'<a href="src:2025/{name}">x</a>')

    shown = report(
        "a",
        body=links("2025/1.png#x"),
        summary=prose("2.png"),
        links=(Link("3%20x.png"), Link("https://example.org/no.png")),
        communication=(Communication("mail", url="/4.png"),),
        actions=(Action(prose("5.png"), Place(1), url="6.png"),),
        timeline=(Entry(None, "", text("x"), Place(1), details=(prose("7.png"),)),),
    )
    assert attachments([shown]) == {
        *(f"2025/{name}" for name in ("1.png", "2.png", "3 x.png", "5.png", "6.png", "7.png")),
        "4.png",
    }


GONE = addresses(["2025/hush.md", "2025/dingo.png"])


@pytest.mark.parametrize(
    "url",
    ["hush.md", "./hush.md#x", "../2025/hush.md", "/2025/hush.md", "%68ush.md", "hush/", "../hush/",
     "hush.html", "hush", "dingo.png?raw"],
)  # fmt: skip
def test_an_address_leads_to_what_is_gone_in_every_form(url):
    assert leads_into(url, "2025/a.md", GONE)


@pytest.mark.parametrize(
    "url", ["", "#hush", "b.md", "https://example.org/2025/hush.md", "//h/2025/hush.md", "http://["]
)
def test_other_addresses_do_not(url):
    assert not leads_into(url, "2025/a.md", GONE)


def test_an_address_that_leads_to_a_known_file_means_that_one():
    assert leads_into("../hush.md", "2025/a.md", GONE)
    assert not leads_into("../hush.md", "2025/a.md", GONE, ["hush.md"])


def test_a_published_report_has_no_address_of_a_withheld_one():
    secret = report("hush", visibility="RED", links=(Link("dingo.png"),))
    a = report(
        "a",
        links=(
            Link("hush.md"),
            Link("hush.md", title="The other"),
            Link("https://example.org/"),
        ),
        communication=(Communication("mail", url="../2025/hush/"),),
        actions=(Action(text("x"), Place(1), url="%68ush.md"), Action(text("y"), Place(2))),
    )
    archive = build([secret, a], SETTINGS, ["2025/a.md", "2025/hush.md", FILE])
    (found,) = archive.reports
    assert found.links == (Link("", title="The other"), Link("https://example.org/"))
    assert [said.url for said in found.communication] == [None]
    assert [action.url for action in found.actions] == [None, None]
    assert "hush" not in repr(found)


def test_files_named_in_withheld_reports_are_hidden_unless_something_published_shows_them():
    secret = report("hush", visibility="RED")
    a = report("a", body=links("2025/both.png"))
    named = ["2025/dingo.png", "2025/both.png", "logo.svg"]
    archive = build([secret, a], SETTINGS, named=named, shown_elsewhere=["logo.svg"])
    assert archive.hidden_files == {"2025/dingo.png"}


def test_a_draft_is_passed_over_in_relations_and_told_in_links_to_its_author_alone():
    draft = report("draft")
    a = report("a", body=links("2025/draft.md"), related=(relation("draft"),))
    archive = build(
        [a],
        SETTINGS,
        ["2025/a.md", "2025/draft.md"],
        left_out=["2025/draft.md"],
        drafts=[draft],
    )
    assert archive.problems == ()
    (problem,) = archive.all_problems
    assert "is not published" in problem.message
    assert (archive.withheld, archive.hidden_files) == (0, frozenset())
