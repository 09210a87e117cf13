"""The explorer, as people use it: by words, facets, ranges and charts, and by its address alone."""

import json
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from postmortem_archive.site.search.links import FACETS, explore

ALL = re.compile(r"^107\sreports")


@pytest.fixture(scope="session")
def incidents(built_site: Path) -> list[dict]:
    """The reports as the site's data file tells them, for counting without the search."""
    return json.loads((built_site / "data/incidents.json").read_text("utf-8"))["incidents"]


def field(page: Page):
    return page.get_by_role("searchbox", name="Search the reports").and_(
        page.locator("main [name=q]")
    )


def count(page: Page):
    return page.locator("[data-pa-part=count]")


def titles(page: Page):
    return page.locator("[data-pa-part=live] :is(.pa-result__title, .pa-dense__title) a")


def value(page: Page, facet: str, name: str):
    return page.locator(f"[data-pa-facet={facet}] [data-pa-value='{name}']")


def started(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("[data-pa-explorer][data-pa-started]")).to_be_visible()
    expect(page.locator("[data-pa-chart=when] [role=button]").first).to_be_attached()
    return page


def counted(page: Page) -> str:
    """Give the count of what is found, as soon as it is told."""
    expect(count(page)).to_have_text(re.compile(r"^\d+ of 107\sreports$"))
    return count(page).inner_text()


def without_script(page: Page, url: str) -> list[Route]:
    """Open a page whose explorer cannot start, and give the request that it waits for."""
    held: list[Route] = []

    def hold(route: Route):
        held.append(route)

    page.route("**/explorer.js", hold)
    with page.expect_request("**/explorer.js"):
        page.goto(url)
    return held


def told(page: Page, number: int):
    expect(count(page)).to_have_text(re.compile(rf"^{number} of 107\sreports$"))


def test_nothing_of_the_index_is_fetched_before_something_is_asked(page: Page, served_site: str):
    """The page comes with its list, counts and charts; a facet's first click fetches the rest."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    started(page, f"{served_site}incidents/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "/data/search/" in url]
    expect(count(page)).to_have_text(ALL)
    page.get_by_label(re.compile("^SEV1 3$")).check()
    told(page, 3)
    assert [url for url in fetched if url.endswith("/data/search/index.json")]


def test_words_find_reports_and_excerpts_show_where(page: Page, served_site: str):
    """Results come as one types, the best first, with the words marked."""
    started(page, f"{served_site}incidents/")
    field(page).press_sequentially("out of connections")
    expect(titles(page).first).to_have_text(re.compile("orders-db out of connections"))
    marks = page.locator(".pa-result__excerpt mark")
    expect(marks.filter(has_text=re.compile("connect", re.IGNORECASE)).first).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=out\+of\+connections$"))
    assert int(counted(page).split()[0]) == titles(page).count()


def test_what_is_typed_before_the_script_is_there_is_looked_for(page: Page, served_site: str):
    """On a slow line one types sooner than the explorer starts; no letter is lost."""
    held = without_script(page, f"{served_site}incidents/")
    field(page).fill("INC-2025-014")
    held[0].continue_()
    expect(titles(page).first).to_have_attribute("href", re.compile("/2025/INC-2025-014/"))
    expect(field(page)).to_have_value("INC-2025-014")


def test_what_is_set_before_the_script_is_there_is_heeded(
    page: Page, served_site: str, incidents: list[dict]
):
    """So are ticks, ranges and the order, beside what the address asks for."""
    held = without_script(page, f"{served_site}incidents/?service=checkout&show=40")
    value(page, "severity", "SEV2").get_by_role("checkbox").check()
    page.get_by_label("From").fill("2025-01-01")
    page.locator("[data-pa-part=sort]").select_option("date")
    held[0].continue_()
    expect(page).to_have_url(
        re.compile(r"\?severity=SEV2&service=checkout&from=2025-01-01&sort=date$")
    )
    asked = [
        one
        for one in incidents
        if one["severity"] == "SEV2"
        and "checkout" in one["services"]
        and (one["date"] or "") >= "2025-01-01"
    ]
    told(page, len(asked))
    expect(value(page, "severity", "SEV2").get_by_role("checkbox")).to_be_checked()
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?service=checkout&show=40$"))
    expect(value(page, "severity", "SEV2").get_by_role("checkbox")).not_to_be_checked()


def test_an_id_comes_first_and_a_slip_of_the_pen_is_told(page: Page, served_site: str):
    """An id leads to its report; a word that no report has is replaced, and the page says so."""
    started(page, f"{served_site}incidents/?q=INC-2025-014")
    expect(titles(page).first).to_have_attribute("href", re.compile("/2025/INC-2025-014/"))
    assert "?h=INC-2025-014" in (titles(page).first.get_attribute("href") or "")
    field(page).fill("conection")
    expect(page.locator("[data-pa-part=words]")).to_have_text(
        re.compile("No report has “conection”; showing “connections?”.")
    )


def test_facets_include_exclude_and_count(page: Page, served_site: str, incidents: list[dict]):
    """Each value can be asked for or left out; counts are those of the data file."""
    started(page, f"{served_site}incidents/")
    value(page, "service", "checkout").get_by_role("checkbox").check()
    on_checkout = [one for one in incidents if "checkout" in one["services"]]
    told(page, len(on_checkout))
    severities = [one for one in on_checkout if one["severity"] == "SEV2"]
    expect(value(page, "severity", "SEV2").locator(".pa-value__count")).to_have_text(
        str(len(severities))
    )
    without = value(page, "severity", "SEV2").get_by_role("button", name="Leave out SEV2")
    value(page, "severity", "SEV2").hover()
    without.click()
    expect(without).to_have_attribute("aria-pressed", "true")
    told(page, len(on_checkout) - len(severities))
    expect(page).to_have_url(re.compile(r"\?not-severity=SEV2&service=checkout$"))
    # The facet's own counts do not heed what it leaves out.
    expect(value(page, "severity", "SEV2").locator(".pa-value__count")).to_have_text(
        str(len(severities))
    )
    page.get_by_role("button", name="Take off Severity: not SEV2").click()
    told(page, len(on_checkout))
    page.get_by_role("button", name="Clear all").click()
    expect(count(page)).to_have_text(ALL)
    expect(page).to_have_url(re.compile(r"/incidents/$"))


def test_ranges_of_days_and_of_durations(page: Page, served_site: str, incidents: list[dict]):
    """A range has two ends that are inside it; what tells no duration is outside every one."""
    started(page, f"{served_site}incidents/")
    page.get_by_label("From").fill("2025-03-01")
    page.get_by_label("Until").fill("2025-08-14")
    page.get_by_label("Until").blur()
    within = [one for one in incidents if "2025-03-01" <= (one["date"] or "") <= "2025-08-14"]
    told(page, len(within))
    page.get_by_label("At least").fill("1 h")
    page.get_by_label("At most").fill("4.5 hours")
    page.get_by_label("At most").press("Enter")
    told(page, sum(60 <= one["clocks"].get("ttr", -1) <= 270 for one in within))
    expect(page).to_have_url(re.compile("from=2025-03-01&to=2025-08-14&longer=60&shorter=270$"))
    expect(page.get_by_label("At most")).to_have_value("4 h 30 min")
    # Safari shows the present day in an empty field: this is how a style tells it from a set one.
    expect(page.locator("input[type=date][data-pa-unset]")).to_have_count(0)
    page.get_by_label("Until").fill("")
    page.get_by_label("Until").blur()
    expect(page.locator("[data-pa-unset]")).to_have_attribute("data-pa-range", "to")
    page.get_by_label("Until").fill("2025-08-14")
    page.get_by_label("Until").blur()
    page.get_by_label("At most").fill("soon")
    page.get_by_label("At most").press("Enter")
    expect(page.get_by_label("At most")).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile("shorter=270$"))


def test_a_quarter_of_the_chart_sets_the_range(page: Page, served_site: str, incidents: list[dict]):
    """A click takes a quarter, one with Shift stretches the range, and one more lets go."""
    started(page, f"{served_site}incidents/")
    quarter = page.locator("[data-pa-from='2025-07-01']")
    spring = page.locator("[data-pa-from='2025-04-01']")
    quarter.click()
    expect(page).to_have_url(re.compile(r"\?from=2025-07-01&to=2025-09-30$"))
    summer = [one for one in incidents if "2025-07-01" <= (one["date"] or "") <= "2025-09-30"]
    told(page, len(summer))
    expect(quarter).to_have_attribute("aria-pressed", "true")
    # The chart does not heed its own range, so the other quarters stay where they were.
    expect(spring).to_have_class(re.compile("pa-out"))
    spring.click(modifiers=["Shift"])
    expect(page).to_have_url(re.compile(r"\?from=2025-04-01&to=2025-09-30$"))
    quarter.click()
    quarter.click()
    expect(count(page)).to_have_text(ALL)


def heights(page: Page, chart: str) -> list[list[float]]:
    """Return the heights of the parts of each column, in percent of the plot."""
    return page.locator(f"[data-pa-chart={chart}] .pa-live:not([data-pa-band])").evaluate_all(
        "groups => groups.map(group => [...group.querySelectorAll('.pa-part')]"
        ".map(part => parseFloat(part.getAttribute('height'))))"
    )


def test_charts_follow_the_filter(page: Page, served_site: str, incidents: list[dict]):
    """Columns are as high as the counts of what is found, and say so to those who cannot see."""
    started(page, f"{served_site}incidents/?service=checkout")
    on_checkout = [one for one in incidents if "checkout" in one["services"]]
    told(page, len(on_checkout))
    quarters = page.locator("[data-pa-chart=when] [data-pa-from]")
    spans = quarters.evaluate_all("all => all.map(one => [one.dataset.paFrom, one.dataset.paTo])")
    counts = [
        sum(first <= (one["date"] or "") <= last for one in on_checkout) for first, last in spans
    ]
    drawn = [sum(parts) for parts in heights(page, "when")]
    assert drawn == pytest.approx([100 * number / max(counts) for number in counts], abs=0.1)
    page.get_by_label(re.compile("^SEV1 ")).check()
    third = [one for one in on_checkout if one["severity"] == "SEV1"]
    told(page, len(third))
    for one in third:
        first, _ = next(span for span in spans if span[0] <= one["date"] <= span[1])
        expect(page.locator(f"[data-pa-from='{first}']")).to_have_attribute(
            "aria-label", re.compile(r"^Q\d \d{4}: \d SEV1$")
        )
    took = sum("ttr" in one["clocks"] for one in third)
    expect(page.locator("[data-pa-n]")).to_have_text(re.compile(rf"^n\s=\s{took} of {len(third)}$"))


def test_a_band_of_durations_is_a_facet(page: Page, served_site: str, incidents: list[dict]):
    """The strip's bands are the values of the facet beside it."""
    started(page, f"{served_site}incidents/")
    page.locator("[data-pa-band='4h-24h']").click()
    told(page, sum(240 <= one["clocks"].get("ttr", -1) < 1440 for one in incidents))
    expect(value(page, "took", "4h-24h").get_by_role("checkbox")).to_be_checked()


def test_a_pasted_link_restores_everything(page: Page, served_site: str):
    """Words, facets, ranges, order, view and columns all stand in the address."""
    query = (
        "?q=payments&severity=SEV2&severity=SEV3&not-kind=drill&from=2024-01-01&longer=20"
        "&sort=-took&view=table&columns=date,title,took,cause"
    )
    started(page, f"{served_site}incidents/{query}")
    expect(page.locator(".pa-dense thead")).to_have_text(re.compile("Date.*Incident.*TTR.*Root"))
    expect(page.locator(".pa-dense [aria-sort]")).to_have_text("TTR")
    expect(field(page)).to_have_value("payments")
    expect(page.get_by_label("From")).to_have_value("2024-01-01")
    expect(page.get_by_label("At least")).to_have_value("20 min")
    expect(page.locator(".pa-chip")).to_have_count(5)
    expect(page).to_have_url(f"{served_site}incidents/{query}")


def test_what_nobody_knows_stays_to_be_taken_off(page: Page, served_site: str):
    """A link to a service of another day finds nothing, and says which part of it is to blame."""
    started(page, f"{served_site}incidents/?service=gone%3Cb%3E&severity=SEV1")
    told(page, 0)
    expect(page.locator("[data-pa-part=live]")).to_contain_text("no report has “")
    page.get_by_role("button", name="Take off Service: gone<b>").click()
    told(page, 3)


def test_a_value_is_known_by_its_title_and_in_any_case(page: Page, served_site: str):
    """Who writes a link into a runbook writes “sev1” and “Checkout”."""
    page.goto(f"{served_site}incidents/?severity=sev1&service=Checkout&service=checkout")
    expect(value(page, "severity", "SEV1").locator("input")).to_be_checked()
    expect(value(page, "service", "checkout").locator("input")).to_be_checked()
    expect(page.locator("[data-pa-part=chips] .pa-chip")).to_have_count(2)
    expect(count(page)).to_have_text(re.compile(r"^[1-9]\d* of 107\sreports$"))


def test_back_and_forward_take_steps_and_not_letters(page: Page, served_site: str):
    """A word that is typed at one go is one step, and so is each facet."""
    started(page, f"{served_site}incidents/")
    page.get_by_label(re.compile("^SEV2 ")).check()
    told(page, 31)
    field(page).press_sequentially("database", delay=20)
    expect(page).to_have_url(re.compile(r"q=database&severity=SEV2$"))
    told(page, 8)
    page.go_back()
    told(page, 31)
    expect(field(page)).to_have_value("")
    page.go_back()
    expect(count(page)).to_have_text(ALL)
    expect(page.get_by_label(re.compile("^SEV2 "))).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    told(page, 8)
    expect(field(page)).to_have_value("database")


@pytest.fixture
def instant(page: Page, built_site: Path, served_site: str) -> Page:
    """Give a page on which the theme knows its own addresses: it compares ports with the map's."""
    told = (built_site / "sitemap.xml").read_text("utf-8")
    told = re.sub(r"<loc>https://[^/]+/", f"<loc>{served_site}", told)
    page.route("**/sitemap.xml", lambda route: route.fulfill(content_type="text/xml", body=told))
    return page


def test_a_report_and_back_again_without_a_page_load(instant: Page, served_site: str):
    """The theme changes pages within one document: the state comes back with the page."""
    page = instant
    started(page, f"{served_site}incidents/?q=certificate")
    page.evaluate("window.stayed = true")
    found = counted(page)
    titles(page).first.click()
    expect(page).to_have_url(re.compile(r"/INC-[\d-]+/"))
    expect(page.locator(".pa-report")).to_be_visible()
    page.go_back()
    expect(count(page)).to_have_text(found)
    expect(titles(page).first).to_be_visible()
    # A link to the page itself is a step like any other.
    page.get_by_role("link", name="Incidents", exact=True).first.click()
    expect(count(page)).to_have_text(ALL)
    expect(field(page)).to_have_value("")
    page.go_back()
    expect(field(page)).to_have_value("certificate")
    assert page.evaluate("window.stayed")


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("services/checkout/", "Search and compare in the explorer"),
        ("causes/saturation/", "Search and compare in the explorer"),
        ("triggers/config-push/", "Search and compare in the explorer"),
        ("incidents/2025/", "Search and compare in the explorer"),
        ("incidents/2025-09/", "Search and compare in the explorer"),
        ("trends/2025-q3/", "Its incidents in the explorer"),
        ("recurrences/", "Their reports in the explorer"),
    ],
)
def test_pages_lead_into_the_explorer_with_their_filter_set(
    page: Page, served_site: str, path: str, link: str
):
    """Every value of the link is one that the explorer knows: it has a title, and finds reports."""
    page.goto(f"{served_site}{path}")
    page.get_by_role("link", name=link).click()
    expect(count(page)).to_have_text(re.compile(r"^[1-9]\d* of 107\sreports$"))
    expect(page.locator(".pa-chip").first).to_be_visible()
    for chip in page.locator(".pa-chip[data-pa-name]").all():
        name = json.dumps(chip.get_attribute("data-pa-name"))
        facet = chip.get_attribute("data-pa-facet")
        expect(page.locator(f"[data-pa-facet={facet}] [data-pa-value={name}]")).to_be_attached()


def test_the_table_is_sorted_by_its_heads_and_shows_the_columns_that_are_chosen(
    page: Page, served_site: str, incidents: list[dict]
):
    """A first click sorts worst first, a second one the other way round; the focus stays."""
    started(page, f"{served_site}incidents/?service=checkout")
    page.get_by_role("button", name="Table").click()
    head = page.locator(".pa-dense thead")
    head.get_by_role("button", name="TTR").click()
    expect(page).to_have_url(re.compile("sort=-took&view=table$"))
    expect(head.get_by_role("button", name="TTR")).to_be_focused()
    took = [one["clocks"].get("ttr") for one in incidents if "checkout" in one["services"]]
    longest = max(filter(None, took))
    rows = page.locator(".pa-dense tbody tr")
    longest_title = next(one["title"] for one in incidents if one["clocks"].get("ttr") == longest)
    expect(rows.first).to_contain_text(longest_title)
    # What tells no duration is last in both orders.
    expect(rows.last.locator(".pa-dense__took")).to_have_text("not told")
    head.get_by_role("button", name="TTR").click()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    expect(rows.last.locator(".pa-dense__took")).to_have_text("not told")
    page.get_by_role("checkbox", name="Root cause").check()
    page.get_by_role("checkbox", name="Services").uncheck()
    expect(head).to_have_text(re.compile("^Date.*Root cause$"))
    expect(page).to_have_url(re.compile("columns=date,severity,title,took,cause$"))


def test_more_results_are_shown_and_still_there_after_back(page: Page, served_site: str):
    """Results come in pages; how many are shown is a part of the address."""
    started(page, f"{served_site}incidents/?severity=SEV3")
    expect(titles(page)).to_have_count(20)
    page.get_by_role("button", name="Show 20 more of 55").click()
    expect(titles(page)).to_have_count(40)
    expect(titles(page).nth(20)).to_be_focused()
    titles(page).nth(30).click()
    expect(page.locator(".pa-report")).to_be_visible()
    page.go_back()
    expect(titles(page)).to_have_count(40)


def test_where_only_the_newest_are_listed_more_come_from_the_index(
    page: Page, built_site: Path, served_site: str
):
    """A large archive's page has fifty reports; the next ones follow those that were read."""
    html = (built_site / "incidents/index.html").read_text("utf-8")
    large = html.replace('data-pa-written="107"', 'data-pa-written="50"')
    large = large.replace(' data-pa-whole="true" hidden', "")
    assert html != large
    page.route(
        f"{served_site}incidents/",
        lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=large),
    )
    started(page, f"{served_site}incidents/")
    page.get_by_role("button", name="Show more").click()
    expect(titles(page)).to_have_count(70)
    expect(titles(page).nth(50)).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?show=70$"))
    expect(page.get_by_role("button", name="Show 20 more of 107")).to_be_visible()


def test_keyboard_alone(page: Page, served_site: str):
    """From the field down into the results and back; facets and columns by arrows."""
    started(page, f"{served_site}incidents/")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("database")
    expect(titles(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(titles(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(titles(page).nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    expect(count(page)).to_have_text(ALL)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(value(page, "severity", "SEV1").get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    told(page, 31)
    page.keyboard.press("-")
    told(page, 107 - 31)
    expect(value(page, "severity", "SEV2").get_by_role("checkbox")).to_be_focused()
    last = page.locator("[data-pa-chart=when] [role=button]").last
    last.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("from=2026-04-01&to=2026-06-30$"))


def test_a_phone_has_the_filters_in_a_dialog(open_page: Callable[..., Page], served_site: str):
    """Escape closes it, the focus comes back, and nothing is wider than the screen."""
    page = open_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    started(page, f"{served_site}incidents/?q=database")
    expect(titles(page).first).to_be_in_viewport()
    opener = page.get_by_role("button", name="Filters and charts")
    expect(page.get_by_label(re.compile("^SEV2 "))).to_be_hidden()
    opener.tap()
    dialog = page.get_by_role("dialog", name="Filters and charts")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-pa-chart=when]")).to_be_visible()
    before = counted(page)
    dialog.get_by_label(re.compile("^SEV2 ")).tap()
    expect(count(page)).not_to_have_text(before)
    found = re.match(r"\d+", counted(page))[0]
    expect(dialog.get_by_role("button", name=re.compile(rf"^Show {found}\sreport"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    expect(page).to_have_url(re.compile(r"q=database&severity=SEV2$"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Table").tap()
    expect(page.locator(".pa-dense")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_back_closes_the_filters_of_a_phone(open_page: Callable[..., Page], served_site: str):
    """What was set in them stays, is one step together, and is taken off by the next "back"."""
    page = open_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(served_site)
    started(page, f"{served_site}incidents/?q=database")
    opener = page.get_by_role("button", name="Filters and charts")
    dialog = page.get_by_role("dialog", name="Filters and charts")
    opener.tap()
    dialog.get_by_label(re.compile("^SEV2 ")).tap()
    dialog.get_by_label(re.compile("^SEV3 ")).tap()
    expect(page).to_have_url(re.compile(r"q=database&severity=SEV2&severity=SEV3$"))
    page.go_back()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    expect(page).to_have_url(re.compile(r"q=database&severity=SEV2&severity=SEV3$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=database$"))
    expect(page.get_by_role("button", name=re.compile("^Take off"))).to_have_count(0)
    # Opened and closed without a change, it is no step at all, whatever closes it.
    for close in (lambda: dialog.get_by_role("button", name="Close").tap(), page.go_back):
        opener.tap()
        expect(dialog).to_be_visible()
        close()
        expect(dialog).to_be_hidden()
        expect(page).to_have_url(re.compile(r"\?q=database$"))
    page.go_back()
    expect(page).to_have_url(served_site)


def test_downloads_hold_what_is_found(page: Page, served_site: str, incidents: list[dict]):
    """All reports that are found, not only those shown, in the order shown."""
    started(page, f"{served_site}incidents/?severity=SEV3&sort=date")
    expect(titles(page)).to_have_count(20)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download as CSV").click()
    lines = Path(taken.value.path()).read_bytes().decode("utf-8").split("\r\n")
    assert lines[0].startswith("id,title,date,severity,")
    expected = [one for one in incidents if one["severity"] == "SEV3"]
    assert len(lines) == len(expected) + 2
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download as JSON").click()
    found = json.loads(Path(taken.value.path()).read_text("utf-8"))
    assert found["query"] == f"{served_site}incidents/?severity=SEV3&sort=date"
    assert {one["id"] for one in found["reports"]} == {one["id"] for one in expected}
    days = [one["date"] for one in found["reports"]]
    assert days == sorted(days)
    by_id = {one["id"]: one for one in incidents}
    for one in found["reports"]:
        assert one["ttr_minutes"] == by_id[one["id"]]["clocks"].get("ttr")
        assert one["url"].startswith(f"{served_site}2")


def module(page: Page, name: str) -> str:
    """Return the address of one of the explorer's modules, as the page fetched it."""
    return (
        page.evaluate(
            "name => performance.getEntriesByType('resource').map(one => one.name)"
            ".find(url => url.endsWith(name)).replace(/[^/]+$/, '') + name",
            f"/{name}",
        )
        .replace("//", "/")
        .replace(":/", "://")
    )


def addresses(number: int) -> list[str]:
    """Return queries as Python writes them, with names that are hard on an address."""
    dice = random.Random(7)
    hard = ["a b", "a+b", "100%", "x&y=z", "~t*", "é", "“q”", "not-", "日本", "-", "a,b", "#?/"]

    def some() -> dict[str, list[str]]:
        return {
            facet: dice.sample(hard, dice.randint(1, 3))
            for facet in dice.sample(FACETS, dice.randint(0, 3))
        }

    found = []
    for _ in range(number):
        any_of, none_of = some(), some()
        for facet, names in none_of.items():
            none_of[facet] = [name for name in names if name not in any_of.get(facet, [])]
        found.append(
            explore(
                dice.choice(["", " ".join(dice.sample(hard, 2))]),
                any_of=any_of,
                none_of=none_of,
                first=dice.choice([None, date(2024, 2, 29)]),
                last=dice.choice([None, date(2026, 12, 31)]),
                longer=dice.choice([None, 0, 90]),
                shorter=dice.choice([None, 1440]),
                sort=dice.choice(["", "-took", "title"]),
            )
        )
    return found


def test_an_address_that_python_writes_is_the_one_that_the_page_writes(
    page: Page, served_site: str
):
    """Reading and writing again changes no letter, so that one state has one address."""
    started(page, f"{served_site}incidents/")
    written = addresses(300)
    again = page.evaluate(
        """async ([url, written]) => {
          const { read, written: write } = await import(url);
          return written.map((query) => write(read(query)));
        }""",
        [module(page, "state.js"), written],
    )
    assert again == written


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?from=2025-02-30&to=2025-13-01&longer=-1&shorter=1e3", ""),
        ("?sort=worst&view=list&columns=nothing&show=many", ""),
        ("?utm_source=mail&q=+pool++wait+", "?q=pool++wait"),
        ("?severity=SEV1&severity=SEV1&not-severity=SEV1", "?severity=SEV1"),
        ("?columns=took,date&view=table&show=50", "?view=table&columns=date,title,took"),
        ("?service=", ""),
    ],
)
def test_what_makes_no_sense_is_passed_over(page: Page, served_site: str, query: str, kept: str):
    """A broken link still opens; what is left of it is what the page then writes."""
    started(page, f"{served_site}incidents/")
    again = page.evaluate(
        """async ([url, query]) => {
          const { read, written } = await import(url);
          return written(read(query));
        }""",
        [module(page, "state.js"), query],
    )
    assert again == kept


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("=1+2", '"\'=1+2"'),
        ("+1", '"\'+1"'),
        ("-1", '"\'-1"'),
        ("@SUM(A1)", '"\'@SUM(A1)"'),
        ("\t=1", '"\'\t=1"'),
        ('a "b", c', '"a ""b"", c"'),
        ("two\nlines", '"two\nlines"'),
        ("plain = 1", "plain = 1"),
    ],
)
def test_no_spreadsheet_runs_a_cell(page: Page, served_site: str, written: str, expected: str):
    """What begins like a formula gets a quote before it; what needs quotes gets them."""
    started(page, f"{served_site}incidents/")
    made = page.evaluate(
        """async ([url, title]) => {
          const { csv } = await import(url);
          const card = { id: "A", title, url: "x/", services: [], severity: null };
          return csv([{ card, minutes: NaN }], new URL("https://example.org/"));
        }""",
        [module(page, "download.js"), written],
    )
    assert made.split("\r\n")[1].startswith(f"A,{expected},")


@pytest.mark.parametrize(
    ("typed", "minutes", "shown"),
    [
        ("90", 90, "1 h 30 min"),
        ("90 min", 90, "1 h 30 min"),
        ("1h30", 90, "1 h 30 min"),
        ("1,5 Hours", 90, "1 h 30 min"),
        ("2 d 4 h", 3120, "2 d 4 h"),
        ("0", 0, "0 min"),
        ("", None, None),
        ("soon", None, None),
        ("5 months", None, None),
    ],
)
def test_durations_are_read_as_people_write_them(
    page: Page, served_site: str, typed: str, minutes: int | None, shown: str | None
):
    """A number alone is of minutes."""
    started(page, f"{served_site}incidents/")
    made = page.evaluate(
        """async ([url, typed]) => {
          const { minutes, duration } = await import(url);
          const read = minutes(typed);
          return [read, read === null ? null : duration(read)];
        }""",
        [module(page, "durations.js"), typed],
    )
    assert made == [minutes, shown]


def test_the_link_can_be_copied(open_page: Callable[..., Page], served_site: str):
    """The link has what was asked for, and not how far it was read."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    started(page, f"{served_site}incidents/?severity=SEV3&show=40")
    expect(titles(page)).to_have_count(40)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("[data-pa-part=copied]")).to_have_text("Link copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{served_site}incidents/?severity=SEV3"


def test_below_another_path(
    page: Page, built_site: Path, serve: Callable[..., str], incidents: list[dict]
):
    """The index, the modules and every link are found wherever the site lies."""
    home = serve(built_site, at="/some/path/")
    started(page, f"{home}incidents/?q=certificate&severity=SEV2")
    expect(titles(page).first).to_be_visible()
    assert titles(page).first.get_attribute("href").startswith(home)
    titles(page).first.click()
    expect(page.locator(".pa-report")).to_be_visible()


def test_without_javascript_there_is_a_table_to_sort(
    open_page: Callable[..., Page], served_site: str
):
    """Every report is in it; what needs a script is not there."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{served_site}incidents/")
    rows = page.get_by_role("row").filter(has=page.locator(".pa-row__title"))
    expect(rows).to_have_count(107)
    expect(page.get_by_role("row", name="2025 45 reports")).to_be_visible()
    expect(page.get_by_text("Without JavaScript there is no search here.")).to_be_visible()
    expect(page.locator(".pa-explorer__written")).to_be_hidden()
    expect(page.locator("main [name=q]")).to_be_hidden()
    expect(page.locator(".pa-facets")).to_be_hidden()
    expect(page.locator("[data-pa-part=tools]")).to_be_hidden()
    # Nothing but its own style sheets puts the rows in order, and those in ways that all have.
    for name, key in (("Title", str.casefold), ("Severity", None)):
        page.locator(".pa-sort label", has_text=name).click()
        of = ".pa-row__title a" if key else ".pa-row__severity"
        seen = [(row.bounding_box()["y"], row.locator(of).inner_text()) for row in rows.all()]
        texts = [text for _, text in sorted(seen, key=lambda one: one[0])]
        told = [text for text in texts if text]
        assert told == sorted(told, key=key)
        assert not any(texts[len(told) :])
    expect(page.get_by_role("row", name="2025 45 reports")).to_be_hidden()
    page.locator(".pa-sort label", has_text="Oldest").click()
    tops = [row.bounding_box()["y"] for row in rows.all()]
    assert tops == sorted(tops, reverse=True)


def test_with_javascript_that_table_is_nowhere(page: Page, served_site: str):
    """Also where the theme puts the page in place, and reads it as if there were no scripts."""
    started(page, f"{served_site}incidents/")
    expect(page.locator(".pa-explorer__written .pa-result")).to_have_count(107)
    expect(page.locator("main table:visible")).to_have_count(0)


def test_from_a_file_there_is_the_list_and_a_reason(page: Page, built_site: Path, trouble):
    """A browser loads no module and no index into such a page."""
    page.context.unroute_all()
    page.goto((built_site / "incidents/index.html").as_uri())
    expect(page.get_by_text("A page that was opened from a file cannot search")).to_be_visible()
    expect(page.locator(".pa-explorer__written .pa-result").first).to_be_visible()
    expect(page.locator(".pa-facets")).to_be_hidden()
    # The theme's own files are told of in the console; the explorer adds nothing to that.
    trouble.console_errors[:] = [one for one in trouble.console_errors if "search." in one]


def test_without_an_index_the_list_stays_and_says_why(page: Page, served_site: str, trouble):
    """The step can be tried again, and then goes where it was to go."""
    page.route("**/data/search/**", lambda route: route.fulfill(status=404))
    started(page, f"{served_site}incidents/")
    page.get_by_label(re.compile("^SEV1 ")).check()
    failed = page.get_by_role("alert")
    expect(failed).to_contain_text("The search could not be loaded")
    expect(failed).to_contain_text("index.json")
    expect(page.locator(".pa-explorer__written .pa-result").first).to_be_visible()
    page.unroute("**/data/search/**")
    failed.get_by_role("button", name="Try again").click()
    told(page, 3)
    expect(failed).to_be_hidden()
    assert all("404" in line for line in trouble.console_errors)
    trouble.console_errors.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_state_breaks_a_rule_of_access(
    open_page: Callable[..., Page], served_site: str, scheme: str, width: int
):
    """Cards, the table and the open facets hold what every page does."""
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = []

    def look(state: str) -> None:
        options = {"rules": {"landmark-unique": {"enabled": False}}}
        for violation in Axe().run(page, options=options).response["violations"]:
            targets = [node["target"][0] for node in violation["nodes"]][:3]
            found.append(f"{state}: {violation['id']} at {targets}")

    started(page, f"{served_site}incidents/?q=database&severity=SEV2&not-kind=drill&service=gone")
    page.get_by_role("button", name="Take off Service: gone").click()
    expect(page.locator(".pa-result__excerpt mark").first).to_be_visible()
    look("cards")
    page.get_by_role("button", name="Table").click()
    expect(page.locator(".pa-dense")).to_be_visible()
    look("table")
    if width < 900:
        page.get_by_role("button", name="Filters and charts").click()
    closed = page.locator(".pa-facet:not([open]) > summary")
    while closed.count():
        closed.first.click()
    look("facets")
    assert not found, "\n".join(found)


def test_on_paper_what_is_found_is_a_plain_list(page: Page, served_site: str):
    """No field, facet, chart or button is printed."""
    started(page, f"{served_site}incidents/?severity=SEV1")
    told(page, 3)
    page.emulate_media(media="print")
    expect(titles(page)).to_have_count(3)
    expect(count(page)).to_be_visible()
    for part in (".pa-facets", "[data-pa-chart=when]", "main [name=q]", "main button.pa-clear"):
        expect(page.locator(part)).to_be_hidden()
