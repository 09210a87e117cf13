"""Error budgets and cost on pages: what is printed, where it leads, and what is said of it."""

from datetime import date
from fractions import Fraction

import pytest

from postmortem_archive.report.vocabulary import Objective, Service, Vocabulary
from postmortem_archive.site.views.budgets import finely, minutes, percent

from .stand import Tree, filled, front, site

QUARTER = "<!-- archive/trend {period: 2025-q3, section: budgets} -->"
YEAR = '<!-- archive/trend {period: "2025", section: budgets} -->'
ALL = "<!-- archive/trend {period: all, section: budgets} -->"
COST = "<!-- archive/trend {period: 2025-q3, section: impact} -->"
BLOCK = "<!-- archive/budget {service: checkout} -->"


def services(*slos, **told):
    return Vocabulary((Service("checkout", "Checkout", slos=slos, **told), Service("api", "API")))


MONTH = Objective("availability", 99.9, "month")
KEPT = services(MONTH, Objective("latency", 300, "month"), Objective("errors", 99.9, "28d"))


def incident(day="2025-08-10", minutes=10, fraction=1, service="checkout", **told):
    part = f"{{service: {service}, from: {day}T10:00Z, to: {day}T10:{minutes:02}Z"
    return front(
        **{
            "title": f"Trouble on {day}",
            "started": f"{day}T10:00Z",
            "services": f"[{service}]",
            "impact": f"{{services: [{part}, fraction: {fraction}}}], users: {{min: 5, max: 9}}}}",
            **told,
        }
    )


def shown(marker, *reports, words=KEPT, **given):
    texts = {f"2025/{n}.md": text for n, text in enumerate(reports)}
    return Tree(filled(site(texts, services=words, **given), marker))


def test_a_quarter_prints_each_window_that_was_used():
    tree = shown(QUARTER, incident(minutes=10, fraction=0.5), incident("2025-07-02", 50))
    of, used, left, by = (
        tree.texts(f"pa-windows__{part}") for part in ("of", "used", "left", "by")
    )
    assert of[0] == "Checkout availability 99.9 % July 2025"
    assert used[0] == "Used 112 % 50.0 min of 44.6 min"
    assert left[0] == "Left −5.4 min"
    assert by[0] == "Trouble on 2025-07-02 50.0 min"
    assert "Checkout availability 99.9 % August 2025" in of
    assert "2025/1.md" in tree.attributes("a", "href")
    assert tree.texts("pa-reading")[0].startswith(
        "4 windows of 2 objectives in Q3 2025: 1 used more than there was"
    )


def test_many_windows_that_the_chart_draws_are_folded_away():
    words = services(*(Objective(f"o{n}", 99.9, "month") for n in range(6)))
    html = filled(site({"2025/a.md": incident()}, services=words), QUARTER)
    folded = html[html.index("The windows in full") : html.index("</details>")]
    assert "<details open" not in html
    assert len(Tree(folded).texts("pa-windows__of")) == 6
    assert len(Tree(html).texts("pa-windows__of")) == 6


def test_windows_that_the_chart_cannot_draw_are_never_folded_away():
    """Where nothing may fail there is no share to draw, and all use is over."""
    words = services(
        *(Objective(f"o{n}", 99.9, "month") for n in range(6)), Objective("strict", 100, "month")
    )
    html = filled(site({"2025/a.md": incident()}, services=words), QUARTER)
    shown_rows = Tree(html[html.index("</details>") :]).texts("pa-windows__of")
    assert shown_rows == ["Checkout strict 100 % August 2025"]


def test_a_handful_of_windows_is_not_folded():
    html = filled(site({"2025/a.md": incident()}, services=KEPT), QUARTER)
    assert "The windows in full" not in html


def test_each_part_of_a_bar_leads_to_its_incident():
    made = site({"2025/a.md": incident()}, services=KEPT)
    html = filled(made, QUARTER)
    svg = html[html.index("<svg") : html.index("</svg>")]
    assert 'href="2025/a.md"' in svg
    assert "Checkout, availability, Aug\N{NO-BREAK SPACE}2025" in svg


def test_the_worst_rolling_window_stands_beside_the_last():
    tree = shown(QUARTER, incident("2025-07-02", 8))
    of = tree.texts("pa-windows__of")
    assert "Checkout errors 99.9 % 28 days to 2 Jul 2025 the worst that ends in the period" in of


def test_a_limit_in_milliseconds_is_said_to_have_no_budget():
    tree = shown(QUARTER, incident())
    notes = " ".join(tree.texts("pa-note"))
    assert "Checkout, latency: 300 ms is a limit and no share of requests" in notes


def test_minutes_that_are_assumed_are_marked_and_explained():
    told = front(
        title="Slow", started="2025-08-10T10:00Z", resolved="2025-08-10T10:10Z",
        services="[checkout]",
    )  # fmt: skip
    tree = shown(QUARTER, told)
    assert tree.texts("pa-windows__by")[0] == "Slow ≈ 10.0 min"
    assert any(
        note.startswith("≈ marks minutes that are assumed") for note in tree.texts("pa-note")
    )
    plain = shown(QUARTER, incident())
    assert not any("assumed" in note for note in plain.texts("pa-note"))


def test_what_is_not_counted_is_listed_with_its_reason():
    tree = shown(QUARTER, incident(), front(title="x", date="2025-08-11", services="[checkout]"))
    assert "x Checkout: no times of its start and end are told" in tree.texts("pa-heavy")[-1]


def test_what_is_over_the_20_percent_rules_is_named_with_their_source():
    cause = {"root_cause": "saturation"}
    tree = shown(
        QUARTER,
        incident("2025-08-10", 20, **cause),
        incident("2025-08-20", 20, **cause),
    )
    rules = " ".join(tree.texts("pa-heavy"))
    assert "49.6 % Trouble on 2025-08-10 Checkout, availability 99.9 %: 20.0 min" in rules
    assert "30.2 % Saturation Checkout, availability 99.9 %, Q3 2025: 40.0 min" in rules
    assert "https://sre.google/workbook/error-budget-policy/" in tree.attributes("a", "href")


def test_a_long_list_is_cut_and_says_so():
    reports = [front(title=f"t{n}", date="2025-08-11", services="[checkout]") for n in range(32)]
    tree = shown(QUARTER, *reports, incident())
    assert tree.texts("pa-heavy")[-1].endswith("and 2 more")


def test_a_stated_share_that_differs_is_shown_open():
    stated = {"stated": "{budget: {service: checkout, percent: 90, window: month}}"}
    tree = shown(QUARTER, incident(**stated))
    assert ("details", {"class": "pa-data", "open": None}) in tree.elements
    assert tree.texts("pa-stated--differs") == [
        "Trouble on 2025-08-10 90 % of Checkout, month 22 % of August 2025 differs"
    ]


def test_a_stated_share_stands_beside_the_computed_on_the_reports_page():
    stated = {"stated": "{budget: {service: checkout, percent: 90, window: month}}"}
    made = site({"2025/a.md": incident(**stated)}, services=KEPT)
    page = made.report_page("2025/a.md").html.replace("\N{NO-BREAK SPACE}", " ")
    assert "90 % of Checkout, month; computed: 22 % of August 2025" in page
    drill = site({"2025/a.md": incident(**stated, kind="drill")}, services=KEPT)
    page = drill.report_page("2025/a.md").html
    assert "of Checkout, month" in page
    assert "computed" not in page


def test_where_nothing_may_fail_there_is_no_share():
    words = services(Objective("availability", 100, "month"))
    tree = shown(QUARTER, incident(minutes=1), words=words)
    assert tree.texts("pa-windows__used") == ["Used over 1.0 min of 0.0 min"]
    assert not [tag for tag, _ in tree.elements if tag == "svg"]
    block = shown(BLOCK, incident("2026-01-10", minutes=1), words=words)
    assert block.texts("pa-budget__present") == [
        "January 2026: 1.0 min failed, where nothing may fail."
    ]
    assert block.texts("pa-strip__share") == ["over"]


def test_a_year_is_a_grid_of_windows_that_lead_to_their_quarters():
    words = services(MONTH, Objective("data", 99.9, "quarter"))
    made = site(
        {"2025/a.md": incident("2025-07-10", 10), "2025/b.md": incident("2025-08-10", 50)},
        services=words,
    )
    tree = Tree(filled(made, YEAR))
    assert "trends/2025-q3.md" in tree.attributes("a", "href")
    assert tree.attributes("td", "colspan")[:3] == ["6", "1", "1"]
    assert "3" in tree.attributes("td", "colspan")
    assert tree.texts("pa-used--4") == ["112 %"]
    assert not tree.texts("pa-windows")


def test_all_time_has_the_worst_window_of_each_year():
    tree = shown(ALL, incident("2024-07-10", 10), incident("2025-08-10", 50))
    cells = [" ".join(tree.texts(f"pa-used--{tone}")) for tone in range(5)]
    assert "112 % Aug 2025; 1 of 12 over" in cells[4]
    assert "22 % Jul 2024; 0 of 6 over" in cells[2]


def test_what_a_hostile_title_says_is_text():
    made = site({"2025/a.md": incident(title="'<b onclick=x>boom</b>'")}, services=KEPT)
    for marker in (QUARTER, YEAR, BLOCK):
        html = filled(made, marker)
        assert "<b onclick" not in html
    assert "&lt;b onclick" in filled(made, QUARTER)


# A service's page


def test_a_services_page_has_its_budgets_where_it_has_objectives():
    made = site({"2025/a.md": incident()}, services=KEPT)
    pages = {page.path: page.markdown for page in made.pages}
    assert "## Error budget\n\n<!-- archive/budget" in pages["services/checkout.md"]
    assert "archive/budget" not in pages["services/api.md"]


def test_the_block_tells_the_present_window_and_the_last_twelve():
    tree = shown(BLOCK, incident("2024-01-10"), incident("2026-01-05", 9))
    present = tree.texts("pa-budget__present")
    # The archive speaks of 31 January 2026, the month's last day.
    assert present[0] == "January 2026: 20 % used, left: 35.6 min of 44.6 min."
    assert present[1] == "28 days to 31 Jan 2026: 22 % used, left: 31.3 min of 40.3 min."
    labels = tree.texts("pa-strip__label")
    assert labels[0] == "Feb 2025"
    assert labels[11] == "Jan 2026"
    assert len(labels) == 24
    assert tree.texts("pa-budget__title") == [
        "Availability 99.9 % per month",
        "Errors 99.9 % over 28 days",
    ]


def test_a_retired_services_last_window_is_that_of_its_last_day():
    words = services(MONTH, retired=date(2025, 6, 15))
    tree = shown(BLOCK, incident("2025-05-10", 9), words=words)
    assert tree.texts("pa-budget__present") == ["June 2025: 0 % used, left: 21.6 min of 21.6 min."]


def test_a_service_without_objectives_says_so():
    made = site({"2025/a.md": incident()}, services=KEPT)
    html = filled(made, "<!-- archive/budget {service: api} -->")
    assert Tree(html).texts("pa-empty")


def test_a_budget_of_an_unknown_service_is_an_error_at_its_marker():
    made = site({"2025/a.md": incident()}, services=KEPT)
    marker = "<!-- archive/budget {service: chekout} -->"
    (problem,) = made.fill(marker, "page.md", marker).problems
    assert problem.suggestion == "checkout"


# What it cost


def test_a_services_cost_says_how_many_reports_told_it():
    tree = shown(
        COST,
        incident(minutes=20, fraction=0.5),
        front(title="x", date="2025-08-11", services="[checkout]"),
        incident("2025-08-12", 5, service="api", impact="{revenue: 30 EUR}"),
    )
    assert tree.texts("pa-reading") == [
        "Checkout lost the most: as much as 10 min of full outage, in 2 incidents."
    ]
    assert tree.texts("pa-cost__minutes") == [
        "Minutes lost 10 min told by 1 of 2",
        "Minutes lost not told told by 0 of 1",
    ]
    assert [text for text in tree.texts("pa-num") if "–" in text] == ["5–9", "5–9"]
    assert "30 EUR" in tree.texts("pa-cost__money")[0]


def test_sums_of_money_have_no_cents_over_a_thousand():
    tree = shown(COST, *(incident(f"2025-08-1{n}", impact="{revenue: 600.25 EUR}") for n in (1, 2)))
    assert tree.texts("pa-cost__whole") == ["Revenue, EUR 1,200 EUR told by 2 of 2"]
    tree = shown(COST, incident(impact="{revenue: 600.25 EUR}"))
    assert tree.texts("pa-cost__whole") == ["Revenue, EUR 600.25 EUR told by 1 of 1"]


# Words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1, 10000), "under 0.1 %"),
        (Fraction(1, 400), "0.2 %"),
        (Fraction(99, 1000), "9.9 %"),
        (Fraction(996, 1000), "under 100 %"),
        (Fraction(1), "100 %"),
        (Fraction(1004, 1000), "over 100 %"),
        (Fraction(277, 100), "277 %"),
        (Fraction(1234), "123,400 %"),
    ],
)
def test_a_share_never_reads_as_all_where_it_is_not(value, text):
    assert percent(value).replace("\N{NO-BREAK SPACE}", " ") == text


def test_a_share_over_a_fifth_is_told_to_a_tenth():
    assert finely(Fraction(2041, 10000)).startswith("20.4")
    assert finely(Fraction(3)).startswith("300")
    assert finely(None) == "over"
    assert minutes(Fraction(432, 10)).startswith("43.2")
