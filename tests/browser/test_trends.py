"""What an engineering lead does: come to a quarter, follow a dot to its report, take the data."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

QUARTER = "trends/2025-q4/"
# Nothing of a page may stand over the edge of the box that it is in; what scrolls may.
OVER_ITS_BOX = """() => {
  const boxes = ".md-content .pa :is(p, td, th, li, dt, figcaption, .pa-num)"
  const scrolls = ".md-typeset__scrollwrap, .pa-matrix__frame, .pa-scroll:has(.pa-budgetgrid)"
  document.querySelectorAll(".md-content details").forEach((details) => { details.open = true })
  return [...document.querySelectorAll(boxes)]
    .filter((element) => element.getClientRects().length && !element.closest(scrolls))
    .filter((element) => {
      const box = element.parentElement.closest("td, th, dd > *, li, div, p, figure")
      const edge = box.getBoundingClientRect().right + 1.5
      return element.getBoundingClientRect().right > edge
        || (element.clientWidth && element.scrollWidth > element.clientWidth + 2)
    })
    .map((element) => element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60))
}"""


def test_from_the_home_page_to_a_dots_report_and_back(page: Page, served_site: str):
    """Clicks alone lead there, over links within a picture too, and the way back is as it was."""
    page.goto(served_site)
    page.locator(".md-tabs").get_by_role("link", name="Trends", exact=True).click()
    expect(page).to_have_url(re.compile(r"/trends/$"))
    page.locator(".pa-trendlist").get_by_role("link", name=re.compile("^Q4 2025")).click()
    expect(page).to_have_url(re.compile(r"/trends/2025-q4/$"))
    heading = page.locator("h1").first.inner_text()
    dot = page.locator("figure#pa-clocks-2025-q4 svg a").first
    title = dot.locator("title").text_content().partition(": ")[2].partition(": ")[2]
    dot.locator("circle").click()
    expect(page.locator("h1").first).to_contain_text(title)
    expect(page.locator("main .pa-clocks")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/trends/2025-q4/$"))
    expect(page.locator("h1").first).to_have_text(heading)


def test_pages_are_still_exchanged_in_place_around_a_link_of_a_picture(
    page: Page, served_site: str, built_site: Path
):
    """A link within a picture loads its page anew; the links before and after it need not.

    The theme exchanges the pages that the sitemap names, and takes their port from there.
    """
    sitemap = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    here = re.sub(r"<loc>https://[^/]*/", f"<loc>{served_site}", sitemap)
    page.route("**/sitemap.xml", lambda route: route.fulfill(body=here, content_type="text/xml"))
    with page.expect_response("**/sitemap.xml"):
        page.goto(f"{served_site}trends/2025/")
    page.evaluate("window.kept = true")
    page.locator("main").get_by_role("link", name="Q4 2025", exact=True).first.click()
    expect(page.locator("h1").first).to_contain_text("Q4 2025")
    assert page.evaluate("window.kept") is True
    with page.expect_response("**/sitemap.xml"):
        page.locator("figure#pa-clocks-2025-q4 svg a circle").first.click()
    expect(page).to_have_url(re.compile(r"/INC-"))
    page.evaluate("window.kept = true")
    page.locator(".md-tabs").get_by_role("link", name="Services", exact=True).click()
    expect(page.locator("h1").first).to_contain_text("Services")
    assert page.evaluate("window.kept") is True


def test_the_home_page_leads_to_the_present_quarter(page: Page, served_site: str):
    page.goto(served_site)
    page.locator("main .pa-numbers").get_by_role("link", name=re.compile("Q4 2026 so far")).click()
    expect(page).to_have_url(re.compile(r"/trends/2026-q4/$"))


def test_the_files_of_a_quarters_figures_are_there(page: Page, served_site: str):
    page.goto(f"{served_site}{QUARTER}")
    links = page.locator(".pa-files a[href*='data/']").all()
    files = [urljoin(page.url, link.get_attribute("href")) for link in links]
    assert {file.rpartition(".")[2] for file in files} == {"csv", "json"}
    for file in files:
        answer = page.request.get(file)
        assert answer.ok, file
        assert answer.body(), file


def test_without_javascript_a_quarter_reads_whole(open_page: Callable[..., Page], served_site: str):
    """Every section stands there with its charts, and a list opens when it is asked."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{served_site}{QUARTER}")
    heads = [text.rstrip("¶\n ") for text in page.locator(".md-content h2").all_inner_texts()]
    for head in ("How many", "Error budgets", "How long", "Who noticed", "Why", "Reviews"):
        assert head in heads
    assert all(svg.is_visible() for svg in page.locator("svg.pa-chart__svg").all())
    windows = page.locator("details", has=page.locator("summary", has_text="The windows in full"))
    expect(windows.locator("table")).to_be_hidden()
    windows.locator("summary").click()
    expect(windows.locator("table")).to_be_visible()


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_no_figure_stands_over_the_edge_of_its_box(
    open_page: Callable[..., Page], served_site: str, width: int
):
    page = open_page(viewport={"width": width, "height": 900})
    found = []
    for path in ("trends/", QUARTER):
        page.goto(f"{served_site}{path}")
        found += page.evaluate(OVER_ITS_BOX)
    assert found == []


def test_the_years_below_columns_keep_apart_on_a_phone(
    open_page: Callable[..., Page], served_site: str
):
    page = open_page(viewport={"width": 390, "height": 900})
    page.goto(f"{served_site}trends/")
    years = page.locator("figure#pa-counts-all text.pa-start").all()
    boxes = [box for year in years if year.is_visible() and (box := year.bounding_box())]
    assert len(boxes) == 3
    assert all(one["x"] + one["width"] < two["x"] for one, two in pairwise(boxes))
