"""What an on-call engineer does: come to the home page, find a report, read its clocks."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


def test_from_the_home_page_to_a_reports_clocks_by_clicks_alone(page: Page, served_site: str):
    """Two clicks lead from the home page to a report that says how long it took."""
    page.goto(served_site)
    page.get_by_role("link", name="Incidents", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/incidents/$"))
    row = page.locator("main").get_by_role("link", name=re.compile("certificate chain"))
    row.first.click()
    expect(page).to_have_url(re.compile(r"/2024/INC-2024-012/$"))
    main = page.locator("main")
    # 2024-05-30, 16:38 to 17:44.
    expect(main).to_contain_text("TTR")
    expect(main).to_contain_text("1 h 6 min")
    expect(main).to_contain_text("started → resolved")


def test_a_report_leads_on_to_its_service_and_back(page: Page, served_site: str):
    """A report's service has a page that lists the report."""
    page.goto(f"{served_site}2024/INC-2024-036/")
    title = page.locator("h1").first.inner_text()
    page.locator("main").get_by_role("link", name="Orders database").first.click()
    expect(page).to_have_url(re.compile(r"/services/orders-db/$"))
    expect(page.locator("main")).to_contain_text(title.splitlines()[0].strip())


@pytest.mark.parametrize(
    "path", ["", "incidents/", "2025/INC-2025-014/", "services/", "problems/", "trends/2025-q3/"]
)
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_window(
    open_page: Callable[..., Page], served_site: str, path: str, width: int
):
    """No page has to be scrolled sideways, on a phone or on a desk."""
    page = open_page(viewport={"width": width, "height": 900})
    answer = page.goto(f"{served_site}{path}")
    if answer is None or not answer.ok:
        pytest.fail(f"{path} is not there")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_diagram_is_drawn_without_a_request_to_another_host(page: Page, served_site: str):
    """A Mermaid fence becomes a picture, at first sight and after a click."""
    page.goto(f"{served_site}2025/INC-2025-014/")
    drawn = page.locator("main div.mermaid")
    expect(drawn).to_have_count(1, timeout=20_000)
    assert drawn.bounding_box()["height"] > 40
    page.goto(f"{served_site}incidents/")
    page.locator("main a[href*='INC-2025-014']").first.click()
    expect(page.locator("main div.mermaid")).to_have_count(1, timeout=20_000)


def build_site(
    folder: Path,
    reports: dict[str, str],
    plugins: str = "[search, postmortem-archive]",
    theme: str = "material",
) -> Path:
    """Build a site of these reports, by path, with three lines of configuration."""
    for path, text in reports.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (folder / "mkdocs.yml").write_text(f"site_name: T\ntheme: {theme}\nplugins: {plugins}\n")
    command = [sys.executable, "-m", "mkdocs", "build"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "site"


def test_words_without_an_end_stay_within_a_phone(
    open_page: Callable[..., Page], tmp_path: Path, serve: Callable[..., str]
):
    """An id is that of a long file name where a report has none; an owner may be one long word."""
    name = "2025-03-04-checkout-refuses-cards-after-a-pool-setting-change-in-the-evening"
    word = "Rindfleischetikettierung" * 8
    actions = f"| Action | Owner |\n|---|---|\n| {word} | {word} |\n"
    facts = f"title: {word}\ndate: 2025-03-04\nservices: [{word}, cart]\nauthors: [{word}]"
    text = f"---\n{facts}\n---\n## Action items\n\n{actions}"
    url = serve(build_site(tmp_path, {f"2025/{name}.md": text}))
    page = open_page(viewport={"width": 390, "height": 900})
    quarter = ("services/", "services/cart/", "trends/2025-q1/")
    for path in ("", "incidents/", "incidents/2025/", f"2025/{name}/", *quarter):
        page.goto(f"{url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_the_archives_words_run_their_own_way_in_a_theme_from_right_to_left(
    open_page: Callable[..., Page], tmp_path: Path, serve: Callable[..., str]
):
    """“1 h 5 min” stays so, time goes on to the right, and an Arabic paragraph begins there."""
    times = "started: 2025-01-02T10:00Z\ndetected: 2025-01-02T10:05Z\nresolved: 2025-01-02T11:05Z"
    prose = "توقفت الخدمة (booking) لمدة ساعة."
    text = f"---\ntitle: خدمة الحجز\n{times}\n---\n## ملخص\n\n{prose}\n\n- أولا\n"
    theme = "{name: material, language: ar}"
    url = serve(build_site(tmp_path, {"2025/a.md": text}, theme=theme))
    page = open_page(viewport={"width": 1440, "height": 900})
    for path in ("", "2025/a/", "incidents/"):
        page.goto(f"{url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1440, path
        assert page.evaluate("document.documentElement.scrollLeft") == 0, path
    page.goto(f"{url}2025/a/")
    places = page.evaluate(
        """() => {
          const text = document.querySelectorAll(".pa-clock__value")[1].firstChild;
          const left = (from) => {
            const range = document.createRange();
            range.setStart(text, from);
            range.setEnd(text, from + 1);
            return range.getBoundingClientRect().left;
          };
          return [left(0), left(text.length - 1)];
        }"""
    )
    assert places[0] < places[1]
    undetected, rest = page.locator(".pa-phases li").all()
    assert undetected.bounding_box()["x"] < rest.bounding_box()["x"]
    assert page.locator(".pa-body p").evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_the_themes_search_leaves_the_explorers_words_alone(
    page: Page, tmp_path: Path, serve: Callable[..., str]
):
    """Where it is kept it reads the same name in an address, on whatever page it is."""
    reports = {
        f"2025/{name}.md": f"---\ntitle: {name} fails\ndate: 2025-01-02\n---\nText.\n"
        for name in ("pump", "valve")
    }
    plugins = "[search, {postmortem-archive: {search: false}}]"
    url = serve(build_site(tmp_path, reports, plugins))
    theirs = page.get_by_role("dialog", name="Search").locator("input[name=query]")
    page.goto(f"{url}incidents/?q=valve")
    found = page.locator("[data-pa-part=live] .pa-result__title a")
    expect(found).to_have_text(["valve fails"])
    expect(page).to_have_url(f"{url}incidents/?q=valve")
    assert not page.locator("#__search").is_checked()
    page.keyboard.press("/")
    expect(theirs).to_be_focused()
    expect(theirs).to_have_value("")
    page.goto(f"{url}?q=valve")
    expect(theirs).to_have_value("valve")


def test_a_diagram_with_a_mistake_stays_as_its_text(
    open_page: Callable[..., Page], trouble, tmp_path: Path, serve: Callable[..., str]
):
    """No picture of a bomb is added to the page; the text is still there to be read."""
    fence = "```mermaid\ngraph LR\n  A --> (((\n```\n"
    text = f"---\ntitle: Broken\ndate: 2025-01-02\n---\n{fence}"
    url = serve(build_site(tmp_path, {"2025/a.md": text}))
    page = open_page()
    page.goto(f"{url}2025/a/")
    page.wait_for_timeout(3000)
    assert "A --> (((" in page.locator("main").inner_text()
    assert "Syntax error" not in page.locator("body").inner_text()
    assert page.locator("body > div[id^=d__mermaid]").count() == 0
    # The theme leaves the parser's refusal uncaught; nothing else went wrong.
    trouble.page_errors[:] = [line for line in trouble.page_errors if "Parse error" not in line]


def test_reports_read_without_javascript(open_page: Callable[..., Page], served_site: str):
    """The list of incidents and a report's page are whole without any script."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{served_site}incidents/")
    links = page.locator("main a[href*='INC-']")
    assert links.count() >= 17
    page.goto(f"{served_site}2024/INC-2024-012/")
    expect(page.locator("main")).to_contain_text("TTR")


def test_a_list_is_sorted_without_javascript(open_page: Callable[..., Page], served_site: str):
    page = open_page(java_script_enabled=False)
    page.goto(f"{served_site}services/orders-db/")
    rows = page.locator(".pa-incidents .pa-row")
    titles = [row.locator(".pa-row__title a").inner_text() for row in rows.all()]
    page.locator(".pa-sort label", has_text="Title").click()
    tops = [row.bounding_box()["y"] for row in rows.all()]
    seen = [title for _, title in sorted(zip(tops, titles, strict=True))]
    assert seen == sorted(titles, key=str.casefold)
    assert seen != titles
