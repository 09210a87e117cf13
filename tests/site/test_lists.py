"""Lists over the archive, as an author places them."""

import json
import re

import pytest
import yaml

from postmortem_archive.report.vocabulary import Vocabulary
from postmortem_archive.site import assets
from postmortem_archive.site.pages import heading, marker
from postmortem_archive.site.wording import kinds

from .stand import Tree, filled, front, report, site

TEXTS = {
    "2024/a.md": report(
        "2024-05-06",
        title="Zebra",
        severity="SEV3",
        services="[search]",
        started="2024-05-06T10:00Z",
        resolved="2024-05-06T12:00Z",
        root_cause="process",
    ),
    "2025/b.md": report(
        "2025-03-04",
        title="Apple",
        severity="SEV1",
        services="[checkout, search]",
        started="2025-03-04T10:00Z",
        resolved="2025-03-04T10:30Z",
        trigger="config_push",
        actions="[{text: Late, due: 2025-04-01, owner: Jo}, {text: Soon, due: 2026-06-01},"
        " {text: Gone, due: 2025-01-01, status: done}]",
    ),
    "2025/c.md": report("2025-11-05", title="Mango", kind="drill", severity="SEV1"),
    "2026/d.md": report("2026-01-20", title="Kiwi", severity="SEV4"),
    "2026/e.md": "---\ntitle: Undated\n---\n",
}


@pytest.fixture(scope="module")
def made():
    return site(TEXTS)


def titles(html):
    return [text.split(" INC")[0] for text in re.findall(r'pa-row__title"><a[^>]*>([^<]*)', html)]


def test_the_list_is_newest_first_and_ends_with_what_has_no_date(made):
    """A reader sees the latest first; nothing is lost for want of a date."""
    html = filled(made, "<!-- archive/incidents -->")
    assert titles(html) == ["Kiwi", "Mango", "Apple", "Zebra", "Undated"]
    assert Tree(html).texts("pa-list__bar")[0].startswith("5 reports: 4 incidents and 1 drill")


def test_a_long_list_has_headings_that_link_to_the_years():
    """Years break a list that is longer than a screen."""
    texts = {
        f"{year}/{n}.md": report(f"{year}-01-0{n}") for year in (2023, 2024) for n in range(1, 8)
    }
    html = filled(site(texts), "<!-- archive/incidents -->")
    assert Tree(html).texts("pa-year") == ["2024 7 reports", "2023 7 reports"]
    assert 'href="incidents/2024.md"' in html


def places(html, order):
    found = re.findall(
        rf'data-pa-{order}="(\w+)".*?pa-row__title"><a[^>]*>([^<]*)', html, re.DOTALL
    )
    return [title for _, title in sorted((int(place, 36), title) for place, title in found)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("severity", ["Mango", "Apple", "Zebra", "Kiwi", "Undated"]),
        ("longest", ["Zebra", "Apple", "Kiwi", "Mango", "Undated"]),
        ("title", ["Apple", "Kiwi", "Mango", "Undated", "Zebra"]),
        ("services", ["Apple", "Zebra", "Kiwi", "Mango", "Undated"]),
    ],
)
def test_rows_carry_their_place_in_every_order(made, order, expected):
    html = filled(made, "<!-- archive/incidents -->")
    assert places(html, order) == expected
    assert f'type="radio" name="pa-sort-all" id="pa-sort-all-{order}"' in html


def test_every_order_of_the_buttons_has_places_and_a_rule(made):
    """A radio button without one would do nothing."""
    html = filled(made, "<!-- archive/incidents -->")
    # Not a legend: Safari puts one on a line of its own, whatever its style.
    assert '<div class="pa-sort" role="radiogroup" aria-label="Order">' in html
    orders = re.findall(r'type="radio"[^>]* value="(\w+)"', html)
    told = re.findall(r"data-pa-(\w+)=\"\w+\"", re.search(r'<tr class="pa-row"[^>]*>', html)[0])
    assert set(orders) - {"oldest"} == set(told) - {"untold"}
    style = assets.assets()[assets.style()].decode()
    ruled = re.findall(r'\[value="(\w+)"\]:checked\) \.pa-row { order: ', style)
    assert sorted(["newest", *ruled]) == sorted(orders)


def test_a_list_that_is_too_long_for_two_digits_says_so():
    """The style sheet reads two digits to the base of 36; a script reads any number of them."""
    texts = {f"2025/{number}.md": report() for number in range(1296)}
    html = filled(site(texts), "<!-- archive/incidents -->")
    assert 'class="pa pa-list pa-list--long"' in html
    assert 'data-pa-newest="zz"' in html
    assert 'data-pa-newest="100"' in html
    html = filled(site({"2025/a.md": report()}), "<!-- archive/incidents -->")
    assert "pa-list--long" not in html


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("{service: checkout}", ["Apple"]),
        ("{service: Basket}", ["Apple"]),
        ("{service: search}", ["Apple", "Zebra"]),
        ("{severity: Critical}", ["Mango", "Apple"]),
        ("{kind: drill}", ["Mango"]),
        ("{cause: process}", ["Zebra"]),
        ("{trigger: config push}", ["Apple"]),
        ("{year: 2025}", ["Mango", "Apple"]),
        ("{year: 2025, month: 3}", ["Apple"]),
        ("{limit: 2}", ["Kiwi", "Mango"]),
        ("{severity: SEV1, limit: 1}", ["Mango"]),
    ],
)
def test_options_choose_the_reports(made, options, expected):
    """Options narrow a list, in any spelling that a report may use."""
    assert titles(filled(made, f"<!-- archive/incidents {options} -->")) == expected


def test_latest_shows_five_unless_told_otherwise():
    """A short list for a page of the author's own."""
    texts = {f"2025/{n}.md": report(f"2025-01-{n:02}") for n in range(1, 9)}
    made = site(texts)
    assert filled(made, "<!-- archive/latest -->").count("pa-latest__title") == 5
    assert filled(made, "<!-- archive/latest {limit: 7} -->").count("pa-latest__title") == 7


def test_open_actions_stand_by_due_date_and_say_how_late_they_are(made):
    """What is done is gone; what is overdue says by how many days as of the archive's day."""
    tree = Tree(filled(made, "<!-- archive/actions -->"))
    assert tree.texts("pa-note") == ["2 open action items, 1 overdue."]
    assert tree.texts("pa-open__due") == ["1 Apr 2025 305 days overdue", "1 Jun 2026"]
    assert [text.split(" ")[0] for text in tree.texts("pa-open__what")] == ["Late", "Soon"]


def test_the_overview_counts_incidents_alone_and_says_what_it_leaves_out(made):
    """A drill is no incident, and the last major one is an incident."""
    html = filled(made, "<!-- archive/overview -->")
    tree = Tree(html)
    (numbers,) = tree.texts("pa-numbers")
    values = tree.texts("pa-numbers__value")
    assert values[:3] == ["333", "4", "2"]
    assert "Not counted as incidents: 1 drill." in numbers
    assert "As of 31 Jan 2026" in numbers
    assert "SEV1: Apple" in numbers
    assert 'href="incidents.md?actions=open">open action items</a>' in html


def test_the_overview_leads_to_the_trends_of_the_present_quarter_and_the_last():
    """The counts are those of the quarters' pages: incidents alone, up to the archive's day."""
    days = ["2025-11-02", "2026-01-05", "2026-01-06", "2026-02-20"]
    texts = {f"{day}.md": front(title="x", date=day) for day in days}
    texts["drill.md"] = front(title="x", kind="drill", date="2026-01-07")
    html = filled(site(texts), "<!-- archive/overview -->")
    assert "2 incidents in Q1 2026 so far" in Tree(html).texts("pa-note")[0].replace("\xa0", " ")
    assert "1 incident in Q4 2025." in Tree(html).texts("pa-note")[0].replace("\xa0", " ")
    links = Tree(html).attributes("a", "href")
    assert "trends/2026-q1.md" in links
    assert "trends/2025-q4.md" in links


def test_kinds_are_counted_in_their_own_plural():
    assert kinds({"near_miss": 2, "drill": 1, "maintenance": 3}) == [
        "2\N{NO-BREAK SPACE}near misses",
        "1\N{NO-BREAK SPACE}drill",
        "3\N{NO-BREAK SPACE}maintenance windows",
    ]


def test_the_history_has_a_mark_for_each_dated_incident(made):
    """Each lane holds the incidents of its severity, within the width."""
    html = filled(made, "<!-- archive/history -->")
    marks = re.findall(r'<a xlink:href="([^"]+)" tabindex="-1"><title>.*?<rect x="([\d.]+)%"', html)
    assert [href for href, _ in marks] == ["2025/b.md", "2024/a.md", "2026/d.md"]
    assert all(0 <= float(left) <= 100 for _, left in marks)
    assert "Incidents from 2024 to 2026 by severity: 1 SEV1, 1 SEV3 and 1 SEV4." in html


def test_services_are_all_there_used_or_not(made):
    """A service without an incident is told too, and one that no setting names."""
    rows = Tree(filled(made, "<!-- archive/services -->")).texts("pa-groups__name")
    assert rows == ["Checkout", "Search", "PDF tickets retired 30 Jun 2025"]


def test_a_services_page_tells_what_the_site_says_of_it(made):
    """Owner, age and objectives, with their units."""
    (facts,) = Tree(filled(made, "<!-- archive/service {name: checkout} -->")).texts("pa-facts")
    assert "Owner Payments" in facts
    assert "In use since 1 Jan 2020" in facts
    assert "Objective: availability 99.9 % over 28 days" in facts
    assert "Objective: latency 300 ms per month" in facts


@pytest.mark.parametrize(
    ("options", "previous", "following"),
    [
        ("{year: 2024}", None, "2025"),
        ("{year: 2025}", "2024", "2026"),
        ("{year: 2025, month: 3}", "May 2024", "November 2025"),
        ("{year: 2026, month: 1}", "November 2025", None),
    ],
)
def test_periods_lead_to_the_ones_beside_them(made, options, previous, following):
    """The way leads over periods without a report."""
    html = filled(made, f"<!-- archive/period {options} -->")
    assert re.findall(r'rel="prev" href="[^"]*">← ([^<]*)', html) == (
        [previous] if previous else []
    )
    assert re.findall(r'rel="next" href="[^"]*">([^<]*) →', html) == (
        [following] if following else []
    )


def test_problems_stand_report_by_report_with_errors_first():
    """Each problem says its level, place and rule, what was found and the nearest right word."""
    texts = {
        "2025/a.md": "---\ntitle: A\ndate: 2025-01-02\nserverity: SEV1\n---\n",
        "2025/b.md": "---\ntitle: B\ndate: 2025-01-03\nseverity: SEV11\n---\n",
        "2025/c.md": report("2025-01-04"),
    }
    tree = Tree(filled(site(texts), "<!-- archive/problems -->"))
    assert tree.texts("pa-note")[0] == "1 error and 1 warning in 2 of 3 reports."
    assert [text.split(" ")[0] for text in tree.texts("pa-problems__report")] == ["B", "A"]
    assert tree.texts("pa-level") == ["error", "warning"]
    assert tree.texts("pa-problems__place") == ["4:11", "4:1"]


def test_no_problem_is_a_line_too():
    """A clean archive says so."""
    html = filled(site({"2025/c.md": report()}), "<!-- archive/problems -->")
    assert "No problem in 1\xa0report." in html


@pytest.mark.parametrize(
    "name",
    [
        "overview",
        "latest",
        "incidents",
        "services",
        "causes",
        "triggers",
        "actions",
        "problems",
        "periods",
        "history",
    ],
)
def test_every_block_of_an_empty_archive_is_sound(name):
    """A new archive has no error and no empty table."""
    html = filled(site({}, services=Vocabulary(())), f"<!-- archive/{name} -->")
    assert "<table" not in html


def test_generated_pages_hold_markers_that_a_name_cannot_break():
    """A service's name stays within its marker and its heading."""
    name = 'a --> <script>x</script> "b" {c} [d](e) *f* _g_ # h'
    written = marker("service", name=name)
    assert written.count("-->") == 1
    assert "<script" not in written
    assert "<" not in heading(name)
    made = site({"2025/a.md": report(services=json.dumps([name]))}, services=Vocabulary(()))
    page = next(page for page in made.pages if page.path.startswith("services/a-"))
    assert Tree(filled(made, page.markdown)).texts("pa-row__services") == [name]


def test_every_generated_page_fills_without_a_problem(made):
    """No marker that the archive writes is wrong."""
    for page in made.pages:
        assert made.fill(page.markdown, page.path, page.markdown).problems == (), page.path


def test_the_data_lists_every_report(made):
    """Other programs find each report, its page and its facts from one file."""
    files = made.data_files()
    assert set(files) == set(made.data_paths)
    index = json.loads(files["data/incidents.json"])
    assert [entry["id"] for entry in index["incidents"]] == ["a", "b", "c", "d", "e"]
    first = index["incidents"][0]
    assert first["url"] == "../2024/a.md"
    assert first["clocks"] == {"ttr": 120}
    assert json.loads(files[f"data/{first['facts']}"])["title"] == "Zebra"


def test_a_list_of_one_is_not_put_in_order():
    """One report needs no buttons."""
    html = filled(site({"2025/a.md": report()}), "<!-- archive/incidents -->")
    assert 'type="radio"' not in html
    assert "data-pa-sort" not in html


@pytest.mark.parametrize("name", ["{{ 7*7 }}", "{% raw %}", "{# a #}", "-->", "<script>"])
def test_no_name_in_a_marker_is_run_or_ends_it(name):
    """Another plugin may take a generated page for a template, and any browser reads a tag."""
    written = marker("service", name=name)
    inner = written.removeprefix("<!-- archive/service {").removesuffix("} -->")
    assert not re.search(r"\{[{%#]|[%#}]\}|<|>|--", inner)
    assert yaml.safe_load("{" + inner + "}") == {"name": name}
