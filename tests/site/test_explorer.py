"""The explorer before any script runs, and the addresses that lead into it."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report.vocabulary import Vocabulary
from postmortem_archive.site.search.columns import facets
from postmortem_archive.site.search.links import FACETS, explore
from postmortem_archive.site.views.explorer import explorer_view

from .stand import Tree, filled, report, site

SCRIPTS = Path(__file__).parents[2] / "plugins/postmortem_archive/site/scripts/search"
TEXTS = {
    "2024/a.md": report("2024-02-29", severity="SEV1", services="[checkout, search]"),
    "2025/b.md": report(
        "2025-03-31",
        severity="SEV2",
        services="[Basket]",
        started="2025-03-31T10:00Z",
        resolved="2025-03-31T10:15Z",
        trigger="deploy",
        mitigation="Rolled back",
        tags="[Cards, night]",
        actions="[{text: Alert on it, status: open}, {text: Sleep, status: done}]",
    ),
    "2025/c.md": report("2025-04-01", severity="SEV2", kind="drill"),
    "2025/d.md": "---\ntitle: Nobody knows when\n---\n",
}


def explorer(texts):
    return filled(site(texts), "<!-- archive/explorer -->")


def view(texts, **given):
    made = site(texts, **given)
    return explorer_view(made._point("incidents.md"))


def counts(html, facet):
    """Return the values of a facet with their counts, in the order of the page."""
    box = re.search(rf'data-pa-facet="{facet}".*?</ul>', html, re.DOTALL)
    found = re.findall(r'data-pa-value="([^"]*)".*?pa-value__count">([\d,]+)', box[0], re.DOTALL)
    return {unescape(name): count for name, count in found}


def test_every_facet_has_the_counts_of_all_reports():
    """What a click will leave is told before the click; the commonest of names comes first."""
    html = explorer(TEXTS)
    assert counts(html, "severity") == {"SEV1": "1", "SEV2": "2"}
    assert list(counts(html, "service").items()) == [("checkout", "2"), ("search", "1")]
    assert counts(html, "kind") == {"incident": "3", "drill": "1"}
    assert list(counts(html, "year").items()) == [("2025", "2"), ("2024", "1")]
    assert counts(html, "trigger") == {"binary_push": "1"}
    assert counts(html, "took") == {"15m-1h": "1", "untold": "3"}
    assert counts(html, "actions") == {"open": "1"}
    assert counts(html, "tag") == {"cards": "1", "night": "1"}
    assert 'data-pa-facet="recurring"' not in html
    assert Tree(html).texts("pa-explorer__count") == ["4 reports: 3 incidents and 1 drill"]


def test_a_report_in_the_list_tells_what_ended_it_and_what_is_open():
    """The list of a page without scripts says what a result says."""
    html = explorer(TEXTS)
    told = Tree(html)
    assert [text.split(" ", 1)[0] for text in told.texts("pa-result__when")] == [
        "1", "31", "29", "no",
    ]  # fmt: skip
    assert told.texts("pa-result__ended") == ["Ended by Rolled back"]
    assert told.texts("pa-result__facts")[1] == "CheckoutTTR 15 min1 open action item"
    assert told.texts("pa-results__year") == ["2025", "2024", "Without a date"]
    assert 'href="incidents/2025.md"' in html
    # Once in the list, and once in the table for browsers that run no script.
    assert told.texts("pa-kind") == ["Drill", "Drill"]


def test_without_scripts_the_list_is_put_in_order_apart_from_others_of_its_page():
    """Buttons of one name would exclude each other across two lists."""
    html = filled(site(TEXTS), "<!-- archive/incidents -->\n<!-- archive/explorer -->")
    plain, scriptless = re.search(r"(.*)<noscript>(.*?)</noscript>", html, re.DOTALL).groups()
    names = [set(re.findall(r'type="radio" name="([^"]+)"', part)) for part in (plain, scriptless)]
    assert len(names[0] | names[1]) == 2


def test_an_archive_without_reports_has_no_field():
    """There is nothing to look for."""
    assert Tree(explorer({})).texts("pa-empty") == ["No report yet."]


def test_nothing_is_laid_out_by_an_attribute_of_style():
    """A strict policy on content forbids it."""
    assert not Tree(explorer(TEXTS)).attributes("*", "style")
    assert " style=" not in explorer(TEXTS)


def many(number, **told):
    first = date(2020, 1, 1)
    days = (first + timedelta(days=3 * place) for place in range(number))
    return {f"all/{place:04}.md": report(f"{on}", **told) for place, on in enumerate(days)}


def test_a_large_archive_lists_the_newest_and_leads_to_the_years():
    """The page stays light: 200 reports are listed whole, of more the newest 50."""
    whole, large = view(many(200)), view(many(201))
    assert (whole.whole, whole.written) == (True, 200)
    assert (large.whole, large.written) == (False, 50)
    listed = [entry.date.iso for year in large.years for entry in year.entries]
    assert len(listed) == 50
    assert listed[0] == f"{date(2020, 1, 1) + timedelta(days=600)}"
    assert listed == sorted(listed, reverse=True)
    assert [link.text for link in large.all_years] == ["2021", "2020"]


def test_rare_values_are_folded_away_behind_their_number():
    """Eight values are shown, the commonest; the page has the others for those who ask."""
    texts = {
        f"2025/{place}-{again}.md": report("2025-01-02", services=f"[svc-{place:02}]")
        for place in range(10)
        for again in range(1 + (place in {8, 9}))
    }
    service = next(
        box.facets[0]
        for box in view(texts, services=Vocabulary(())).boxes
        if box.title == "Service"
    )
    assert [value.name for value in service.values][:3] == ["svc-08", "svc-09", "svc-00"]
    assert [value.folded for value in service.values] == [False] * 8 + [True] * 2
    assert service.more == "All 10"


def columns(html, key):
    """Return the title and the heights of the parts of each live column that has a key."""
    found = re.findall(rf"<g [^>]*data-pa-{key}=.*?</g>", html)
    return [re.findall(r'class="pa-part[^"]*"', one) and one for one in found]


def heights(html, key):
    return [
        [float(part) for part in re.findall(r'height="([\d.]+)%" class="pa-part', one)]
        for one in columns(html, key)
    ]


def test_the_chart_of_time_has_a_column_for_each_quarter_by_severity():
    """The highest column fills the plot; a quarter without a report has its place."""
    html = explorer(TEXTS)
    spans = re.findall(r'data-pa-from="([^"]*)" data-pa-to="([^"]*)"', html)
    assert spans[0] == ("2024-01-01", "2024-03-31")
    assert spans[-1] == ("2025-04-01", "2025-06-30")
    assert len(spans) == 6
    # SEV1, SEV2, SEV3, SEV4 and no severity.
    assert heights(html, "from") == [
        [100, 0, 0, 0, 0], *[[0] * 5] * 3, [0, 100, 0, 0, 0], [0, 100, 0, 0, 0],
    ]  # fmt: skip
    titles = re.findall(r"<title>(Q\d[^<]*)</title>", html)
    assert titles[0] == "Q1 2024: 1 SEV1"
    assert titles[1] == "Q2 2024: none"
    left = Tree(html).texts("pa-chart__left")
    assert left == ["1 report not drawn: no date, or long before the others."]


def test_over_many_years_a_column_is_a_year():
    """Sixty quarters fit; what lies before sixty years is told and not drawn."""
    span = {"a.md": report("2005-01-01"), "b.md": report("2019-12-31")}
    assert view(span).when.title == "Reports by quarter"
    years = view(span | {"c.md": report("2020-01-01")}).when
    assert years.title == "Reports by year"
    assert years.svg.count("data-pa-from=") == 16
    assert years.left == ""
    ancient = view({"a.md": report("1971-01-01"), "b.md": report("2150-12-31")}).when
    assert ancient.svg.count("data-pa-from=") == 60
    assert ancient.left.startswith("1\N{NO-BREAK SPACE}report not drawn")


def took(minutes):
    start = "2025-01-02T00:00:00Z"
    end = f"{date(2025, 1, 2) + timedelta(days=minutes // 1440)}"
    seconds = round(minutes % 1440 * 60)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return report("2025-01-02", started=start, resolved=f"{end}T{clock}Z")


@pytest.mark.parametrize(
    ("minutes", "band"),
    [
        (0, "under-15m"),
        (1, "under-15m"),
        (14.95, "under-15m"),
        (15, "15m-1h"),
        (59.95, "15m-1h"),
        (60, "1h-4h"),
        (240, "4h-24h"),
        (1439, "4h-24h"),
        (1440, "over-24h"),
        (400_000, "over-24h"),
    ],
)
def test_a_duration_stands_in_its_band(minutes, band):
    """A band holds its lower end and not its upper one; the axis has no end on either side."""
    html = explorer({"2025/a.md": took(minutes)})
    counted = re.findall(r'<text[^>]*data-pa-figure="">(\d+)</text></g>', html)
    names = re.findall(r'data-pa-band="([^"]*)"', html)
    figures = {
        name: re.search(r'data-pa-figure="">(\d+)<', zone)[1]
        for zone in re.findall(r"<g [^>]*data-pa-band=.*?</g>", html)
        for name in re.findall(r'data-pa-band="([^"]*)"', zone)
    }
    assert len(names) == len(counted) == 5
    assert [name for name, figure in figures.items() if figure == "1"] == [band]
    drawn = [
        re.search(r'data-pa-in="([^"]*)"', one)[1]
        for one, parts in zip(columns(html, "low"), heights(html, "low"), strict=True)
        if parts == [100]
    ]
    assert drawn == [band]


def test_the_scripts_and_the_pages_agree_on_names():
    """An address that Python writes is one that the page reads."""
    state = (SCRIPTS / "state.js").read_text("utf-8")

    def listed(name):
        return re.findall(r'"([^"]+)"', re.search(rf"{name} = \[(.*?)\]", state, re.DOTALL)[1])

    assert tuple(listed("FACETS")) == FACETS
    assert set(facets(site(TEXTS).archive)) == set(FACETS)
    shown = view(TEXTS)
    assert [column.name for column in shown.columns] == [
        name for name in listed(" COLUMNS") if name != "title"
    ]
    assert [column.name for column in shown.columns if column.usual] == [
        name for name in listed("USUAL_COLUMNS") if name != "title"
    ]
    assert {name for name, _ in shown.sorts} == {"", *listed("SORTS")}


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
asked = st.dictionaries(
    st.sampled_from(FACETS), st.lists(names, min_size=1, max_size=3), max_size=4
)


@given(asked, asked, names, st.none() | st.dates(), st.none() | st.integers(0, 9_999_999))
def test_what_is_asked_for_can_be_read_from_the_address(any_of, none_of, text, first, longer):
    """Any name survives, whatever is in it, and the order of the grammar is kept."""
    query = explore(text, any_of=any_of, none_of=none_of, first=first, longer=longer)
    expected = [("q", " ".join(text.split()))]
    for facet in FACETS:
        expected += [(facet, value) for value in any_of.get(facet, [])]
        expected += [(f"not-{facet}", value) for value in none_of.get(facet, [])]
    expected += [("from", f"{first or ''}"), ("longer", "" if longer is None else f"{longer}")]
    assert parse_qsl(query.removeprefix("?")) == [(key, value) for key, value in expected if value]
    assert re.fullmatch(r"[?&=+%*._0-9A-Za-z-]*", query)


def test_asking_for_nothing_is_the_page_itself():
    """No question mark stands alone."""
    assert explore() == ""
    assert explore("  ") == ""


def test_a_facet_that_there_is_not_is_refused():
    """A link that would do nothing is a mistake."""
    with pytest.raises(ValueError, match="no facet of the explorer: services"):
        explore(any_of={"services": ["checkout"]})


@pytest.mark.parametrize(
    ("marker", "query"),
    [
        ("{service: Basket, limit: 1}", "?service=checkout"),
        ("{severity: Critical, kind: outage, limit: 1}", "?severity=SEV1&kind=incident"),
        ("{cause: bug, status: final, limit: 1}", "?cause=software_defect&status=reviewed"),
        ("{trigger: deploy, limit: 1}", "?trigger=binary_push"),
        ("{year: 2024, limit: 1}", "?year=2024"),
        ("{year: 2024, month: 2, limit: 1}", "?from=2024-02-01&to=2024-02-29"),
        ("{limit: 1}", ""),
    ],
)
def test_a_list_that_is_cut_short_leads_to_the_rest(marker, query):
    """The explorer is asked for what the marker chose, in the names that it knows."""
    told = {"severity": "SEV1", "services": "[checkout]", "root_cause": "bug"}
    texts = {
        f"2024/{place}.md": report("2024-02-03", trigger="deploy", status="final", **told)
        for place in range(2)
    }
    html = filled(site(texts), f"<!-- archive/incidents {marker} -->")
    links = re.findall(r'<a href="incidents\.md([^"]*)">All 2 in the explorer</a>', html)
    assert {unescape(link) for link in links} == {query}
    whole = filled(site(texts), "<!-- archive/incidents {limit: 2} -->")
    assert "in the explorer" not in whole


def test_the_page_of_a_large_group_lists_the_newest():
    """A service with hundreds of incidents has a page that opens at once."""
    texts = many(51, services="[checkout]", actions="[{text: Look at it}]")
    made = site(texts)
    page = next(page for page in made.pages if page.path == "services/checkout.md")
    html = filled(made, page.markdown, page.path)
    assert html.count('class="pa-row"') == 50
    assert 'href="../incidents.md?service=checkout">All 51 in the explorer</a>' in html
    rest = "../incidents.md?service=checkout&amp;actions=open"
    assert f'href="{rest}">All reports with open action items</a>' in html
    small = site(dict(list(texts.items())[:50]))
    html = filled(small, page.markdown.replace('"limit": 50', '"limit": 99'), page.path)
    assert "in the explorer" in html
    assert "All 50" not in html


def test_a_history_leads_to_what_its_incidents_share():
    """The services that all of them name, and their root cause, if it is one."""
    told = {"root_cause": "saturation", "kind": "incident"}
    texts = {
        "2025/a.md": report("2025-01-02", id="A", services="[checkout, search]", **told),
        "2025/b.md": report(
            "2025-02-02", id="B", services="[Basket]",
            related="[{id: A, relation: recurrence_of}]", **told,
        ),
    }  # fmt: skip
    html = filled(site(texts), "<!-- archive/recurrence {id: A} -->")
    assert 'href="incidents.md?service=checkout&amp;cause=saturation"' in html
    assert "All reports of Checkout and Saturation" in html
