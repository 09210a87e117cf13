"""A period's page on paper: a few sheets, nothing wider than one, no furniture of the screen."""

import re

import pytest
from playwright.sync_api import expect

# What is left of an A4 sheet, 210 mm wide, between the margins of 14 mm; 96 pixels to the inch.
SHEET = {"width": int((210 - 2 * 14) / 25.4 * 96), "height": 960}
QUIET, BUSY = "trends/2026-q2/", "trends/2025-q4/"

TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth + 1
  return [...document.querySelectorAll(".md-content *")]
    .filter((element) => element.getClientRects().length)
    .filter((element) => element.getBoundingClientRect().right > edge)
    .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`)
}"""
SHOWN = """(selector) => [...document.querySelectorAll(selector)]
  .filter((element) => element.getClientRects().length)
  .map((element) => element.textContent.trim())"""


def on_paper(open_page, served_site, path, **options):
    page = open_page(viewport=SHEET, **options)
    page.goto(f"{served_site}{path}")
    page.emulate_media(media="print")
    return page


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize(("path", "most"), [(QUIET, 6), (BUSY, 8), ("trends/2025/", 10)])
def test_a_period_takes_a_few_sheets(page, served_site, path, most):
    page.goto(f"{served_site}{path}")
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    assert pdf.startswith(b"%PDF-")
    assert 1 < sheets(pdf) <= most


@pytest.mark.parametrize("path", [QUIET, BUSY, "trends/2025/", "trends/"])
def test_nothing_is_wider_than_a_sheet(open_page, served_site, path):
    """A browser would shrink the whole page for it, down to what nobody can read."""
    assert on_paper(open_page, served_site, path).evaluate(TOO_WIDE) == []


def test_what_only_a_screen_needs_is_not_printed(open_page, served_site):
    page = on_paper(open_page, served_site, BUSY)
    furniture = (
        ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-content__button, .headerlink,"
        " .pa-periods__way, .pa-data, .pa-files"
    )
    assert page.evaluate(SHOWN, furniture) == []
    words = " ".join(page.evaluate(SHOWN, ".md-content h1, .pa-essence, .md-content h2"))
    assert "Q4 2025: sixteen" in words
    assert "In Q4 2025, 16 incidents began" in words
    assert "Data and definitions" not in words


def test_the_addresses_of_links_are_not_spelt_out(open_page, served_site):
    page = on_paper(open_page, served_site, BUSY)
    spelt = page.evaluate(
        """() => [...document.querySelectorAll(".md-content a")]
          .map((link) => getComputedStyle(link, "::after").content)
          .filter((content) => content.includes("http") || content.includes("attr"))"""
    )
    assert spelt == []


def test_each_sheet_is_headed_with_site_period_and_day(open_page, served_site):
    """The margin boxes of a sheet take their texts from the page's root."""
    page = on_paper(open_page, served_site, QUIET)
    head = page.evaluate(
        """() => ["left", "right"].map((side) =>
          getComputedStyle(document.documentElement).getPropertyValue(`--pa-sheet-${side}`))"""
    )
    told = [re.sub(r"\\([0-9a-f]{6})", lambda m: chr(int(m[1], 16)), text) for text in head]
    assert told == [
        '"Kestrel Tickets post-mortems · Q2 2026"',
        '"as of 1 Oct 2026"',
    ]
    assert page.evaluate("() => getComputedStyle(document.body).page") == "pa-trend"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_charts_keep_their_colours(open_page, served_site, scheme):
    page = on_paper(open_page, served_site, BUSY, color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }
    adjust = page.evaluate(
        """() => [...document.querySelectorAll(".pa-chart *")]
          .map((element) => getComputedStyle(element).printColorAdjust)"""
    )
    assert set(adjust) == {"exact"}


def test_other_pages_are_not_set_on_the_sheets_of_periods(open_page, served_site):
    """A report has sheets of its own, and an author's page those of the theme."""
    for path, sheet in (("2025/INC-2025-014/", "pa-sheet"), ("about/", "auto")):
        page = on_paper(open_page, served_site, path)
        assert page.evaluate("() => getComputedStyle(document.body).page") == sheet


def test_a_report_takes_no_more_sheets_than_it_has_to_say(page, served_site):
    """What ended it and what it did are on the first; a bar is not torn from what it shows."""
    page.goto(f"{served_site}2025/INC-2025-014/")
    expect(page.locator("main div.mermaid")).to_have_count(1)
    assert 4 < sheets(page.pdf(prefer_css_page_size=True, format="A4")) <= 9
    page.emulate_media(media="print")
    life = page.locator(".pa-life")
    assert life.evaluate("node => getComputedStyle(node).breakInside") == "avoid"
