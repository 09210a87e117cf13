"""Charts as they are seen: at any width, in both schemes, on paper, and by those who click."""

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

PAGE = "trends/2025-q3/"
CLOCKS = "figure#pa-clocks-2025-q3"


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found = (text.bounding_box() for text in page.locator(selector).all() if text.is_visible())
    return [box for box in found if box]


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] + 2 < other["y"] + other["height"]
        and other["y"] + 2 < one["y"] + one["height"]
    )


def test_a_dot_leads_to_its_report(page: Page, served_site: str):
    page.goto(f"{served_site}{PAGE}")
    dot = page.locator(f"{CLOCKS} svg a").first
    title = dot.locator("title").text_content().partition(": ")[2].partition(": ")[2]
    dot.locator("circle").click()
    expect(page).to_have_url(re.compile(r"/2025/INC-"))
    expect(page.locator("h1").first).to_contain_text(title)


def test_the_keyboard_comes_to_the_data_and_to_no_dot(page: Page, served_site: str):
    page.goto(f"{served_site}{PAGE}")
    summary = page.locator(f"{CLOCKS} summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.closest('.pa-data table') !== null")
    assert focused
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"document.activeElement.closest('{CLOCKS} svg') === null")


@pytest.mark.parametrize("width", [390, 1440])
def test_names_in_a_chart_keep_their_size_and_their_room(
    open_page: Callable[..., Page], served_site: str, width: int
):
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(f"{served_site}{PAGE}")
    for figure in page.locator("figure.pa-chart:has(svg)").all():
        name = f"figure#{figure.get_attribute('id')}"
        words = boxes(page, f"{name} svg text")
        assert words
        assert {round(box["height"]) for box in words} <= set(range(13, 22))
        assert not [pair for pair in combinations(words, 2) if overlap(*pair)], name
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in words), name


def test_colours_follow_the_scheme(open_page: Callable[..., Page], served_site: str):
    fills = []
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        page.goto(f"{served_site}{PAGE}")
        fills.append(
            page.locator(f"{CLOCKS} circle.pa-tone--sev-2").first.evaluate(
                "dot => getComputedStyle(dot).fill"
            )
        )
    assert fills == ["rgb(163, 71, 0)", "rgb(237, 166, 98)"]


def test_on_paper_a_chart_has_its_colours_and_no_closed_data(page: Page, served_site: str):
    page.goto(f"{served_site}{PAGE}")
    page.emulate_media(media="print")
    chart = page.locator(CLOCKS)
    expect(chart.locator("svg")).to_be_visible()
    expect(chart.locator("details")).to_be_hidden()
    style = "band => getComputedStyle(band).getPropertyValue('print-color-adjust')"
    assert chart.locator("rect.pa-band").first.evaluate(style) == "exact"
