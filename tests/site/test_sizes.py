"""Pages of an archive with more incidents than can be told one by one."""

import re
from datetime import date, timedelta

import pytest

from .stand import Tree, filled, report, site

MARKER = "<!-- archive/history -->"


def many(count: int, first: date, days: int, **told: object) -> dict[str, str]:
    """Write so many reports, each some days after the one before."""
    texts = {}
    for number in range(count):
        on = (first + timedelta(days=number * days)).isoformat()
        name = "-".join(map(str, told.values()))
        texts[f"{on[:4]}/{on}-{name}-{number}.md"] = report(on, **told)
    return texts


@pytest.fixture(scope="module")
def busy():
    """60 of SEV3 in January 2025 and 60 in March, 30 of SEV4 in March, and one of SEV1."""
    january, march = date(2025, 1, 10), date(2025, 3, 10)
    texts = many(60, january, 0, severity="SEV3") | many(60, march, 0, severity="SEV3")
    texts |= many(101, march, 0, severity="SEV4") | many(1, march, 0, severity="SEV1")
    return site(texts)


def test_up_to_eighty_incidents_of_a_severity_have_a_mark_each():
    html = filled(site(many(80, date(2025, 1, 1), 1, severity="SEV3")), MARKER)
    assert html.count('class="pa-history__track"><title') == 0
    assert len(re.findall(r'<rect x="[\d.]+%"></rect>', html)) == 80
    assert "pa-history__bars" not in html
    assert "<details" not in html
    assert "a bar" not in html


def test_more_are_bars_by_month_on_one_scale(busy):
    """The highest bar is 101 of SEV4: 60 is 59.41% of its height, and of the place below it."""
    html = filled(busy, MARKER)
    bars = re.findall(
        r'<a xlink:href="([^"]+)" tabindex="-1"><title>([^<]*)</title>'
        r'<rect class="pa-hit"[^>]*></rect>'
        r'<rect class="pa-history__bar" x="[\d.]+%" y="([\d.]+)%" width="[\d.]+%"'
        r' height="([\d.]+)%">',
        html,
    )
    assert bars == [
        ("incidents/2025-01.md", "January 2025: 60 SEV3", "40.59", "59.41"),
        ("incidents/2025-03.md", "March 2025: 60 SEV3", "40.59", "59.41"),
        ("incidents/2025-03.md", "March 2025: 101 SEV4", "0.00", "100.00"),
    ]


def test_a_severity_of_few_keeps_its_marks_beside_bars(busy):
    html = filled(busy, MARKER)
    marks = re.findall(r'<a xlink:href="([^"]+)" tabindex="-1"><title>[^<]*</title><rect x=', html)
    assert marks == ["2025/2025-03-10-SEV1-0.md"]


def test_bars_stand_where_their_month_is_in_time(busy):
    """2025 to the end of January 2026 are 396 days: March begins after 59 and has 31 of them."""
    html = filled(busy, MARKER)
    found = re.findall(r'<rect class="pa-hit" x="([\d.]+)%" width="([\d.]+)%"', html)
    assert found[1] == ("14.90", "7.83")


def test_what_a_bar_is_stands_in_the_sentence(busy):
    (told,) = re.findall(r"<figcaption>(.*?)</figcaption>", filled(busy, MARKER))
    assert told == (
        "Incidents from 2025 to 2026 by severity: 1 SEV1, 120 SEV3 and 101 SEV4. Of a severity with"
        " more than 80, each bar is a month; the highest is 101 SEV4 in March 2025."
    )


def test_bars_have_their_data_in_a_table_with_links(busy):
    """Whoever uses no pointer reads the same there, and gets to the month."""
    html = filled(busy, MARKER)
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    assert [re.sub(r"<[^>]+>", "|", row).strip("|").split("|||") for row in rows] == [
        ["Period||SEV1||SEV2||SEV3||SEV4||All"],
        ["January 2025", "0||0||60||0||60"],
        ["March 2025", "1||0||60||101||162"],
    ]
    assert 'href="incidents/2025-03.md">March 2025</a>' in html


def test_what_spans_many_years_is_counted_by_quarter():
    """Of months there would be more than sixty: bars too thin to be hit."""
    html = filled(site(many(101, date(2020, 1, 1), 20, severity="SEV3")), MARKER)
    assert "each bar is a quarter" in html
    assert "<title>Q1 2020: 5 SEV3</title>" in html
    assert 'xlink:href="trends/2020-q1.md"' in html


def test_incidents_of_no_severity_are_counted_too():
    html = filled(site(many(101, date(2025, 1, 1), 0)), MARKER)
    assert "<title>January 2025: 101 without a severity</title>" in html
    assert "No severity" in Tree(html).texts("pa-data__table")[0]


def cell(html: str) -> str:
    (title,) = re.findall(r'title="([^"]+)">22</', html)
    return title


def numbered(count: int, **told: object) -> dict[str, str]:
    return {
        f"2025/r{number:02}.md": report("2025-07-08", title=f"No. {number:02}", **told)
        for number in range(1, count + 1)
    }


LATEST = "; ".join(f"No. {number:02}" for number in range(3, 23))


def test_a_cell_of_the_week_tells_the_latest_titles():
    made = site(numbered(22, started="2025-07-08T10:00Z"))
    html = filled(made, "<!-- archive/trend {period: 2025-q3, section: load} -->")
    assert cell(html) == f"Tue 09–12: {LATEST}; and 2 more"


def test_a_cell_of_causes_tells_the_latest_and_the_explorer_has_the_others():
    made = site(numbered(22, trigger="expiry", root_cause="process"))
    html = filled(made, "<!-- archive/trend {period: 2025-q3, section: causes} -->")
    assert cell(html) == f"Process, set off by expiry: {LATEST}; and 2 more"
    assert re.findall(r"<dd><a[^>]*>([^<]*)</a></dd>", html) == [
        *(f"No. {number:02}" for number in range(13, 23)),
        "and 12 more",
    ]
    query = "?trigger=expiry&cause=process&kind=incident&from=2025-07-01&to=2025-09-30"
    assert f"incidents.md{query}" in Tree(html).attributes("a", "href")


def test_what_no_report_tells_cannot_be_asked_for():
    """The explorer has no value for it, so the count leads nowhere."""
    made = site(numbered(22, trigger="expiry"))
    html = filled(made, "<!-- archive/trend {period: 2025-q3, section: causes} -->")
    assert "<dd><span>and 12 more</span></dd>" in html


@pytest.fixture(scope="module")
def large():
    """201 reports of one service and year, and one more without a date."""
    texts = many(201, date(2025, 1, 1), 1, services="[checkout]")
    return site(texts | {"2025/undated.md": "---\ntitle: Undated\nservices: [checkout]\n---\n"})


def test_a_year_of_many_reports_lists_the_newest_and_leads_to_its_months(large):
    page = next(page for page in large.pages if page.path == "incidents/2025.md")
    html = filled(large, page.markdown, page.path)
    assert html.count('class="pa-row"') == 50
    assert (
        Tree(html)
        .texts("pa-list__bar")[0]
        .startswith("The newest 50 reports. All 201 in the explorer")
    )
    assert [href for href in Tree(html).attributes("a", "href") if href.startswith("2025-")] == [
        f"2025-0{month}.md" for month in range(1, 8)
    ]


def test_a_month_lists_all_its_reports(large):
    page = next(page for page in large.pages if page.path == "incidents/2025-03.md")
    assert filled(large, page.markdown, page.path).count('class="pa-row"') == 31


def test_a_shortened_list_leads_to_the_years_where_no_page_lists_all(large):
    """Without a script the explorer is of no help: the years and their months are."""
    page = next(page for page in large.pages if page.path == "services/checkout.md")
    html = filled(large, page.markdown, page.path)
    assert html.count('class="pa-row"') == 50
    assert Tree(html).texts("pa-onward")[-2:] == [
        "All 202 in the explorer",
        "Or among all reports, by year and month: 2025, without a date",
    ]
    assert 'href="../incidents/2025.md">2025</a>' in html
    assert 'href="../incidents.md#pa-undated">without a date</a>' in html


def test_a_shortened_list_of_a_small_archive_leads_to_the_explorer_alone():
    html = filled(site(many(60, date(2025, 1, 1), 1)), "<!-- archive/incidents {limit: 50} -->")
    assert "by year and month" not in html


def test_reports_without_a_date_are_linked_where_the_list_of_all_is_cut(large):
    html = filled(large, "<!-- archive/periods -->", "incidents.md")
    assert Tree(html).texts("pa-periods__undated") == ["Without a date: Undated"]
    assert 'id="pa-undated"' in html
    assert 'href="2025/undated.md"' in html


def test_the_map_draws_the_largest_groups_and_lists_all():
    """51 groups of three: fifty lanes, and every report in the list."""
    texts = {}
    for group in range(51):
        first = f"G{group:02}-1"
        for number in range(1, 4):
            related = f"[{{id: {first}, relation: recurrence_of}}]" if number > 1 else "[]"
            texts[f"2025/g{group:02}-{number}.md"] = report(
                f"2025-0{number}-01", id=f"G{group:02}-{number}", related=related
            )
    html = filled(site(texts), "<!-- archive/map -->")
    assert html.count('class="pa-thread"') == 50
    assert html.count('class="pa-cluster"') == 51
    assert (
        Tree(html)
        .texts("pa-chart__reading")[0]
        .endswith("The 50 largest of 51 groups are drawn; all are listed below.")
    )
