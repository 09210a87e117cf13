"""The site under the Content-Security-Policy of the guide: it works, and nothing is refused."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

GUIDE = Path(__file__).parents[2] / "postmortems" / "guide" / "serving.md"
NAME = "Content-Security-Policy"
TOLD = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`forbidden: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`))
"""


def policy_of(site: Path, scratch: Path) -> str:
    """Return the policy of a built site, by the program that the guide has for it."""
    (program,) = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    file = scratch / "policy.py"
    file.write_text(program)
    command = [sys.executable, str(file), str(site)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def policy(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return policy_of(built_site, tmp_path_factory.mktemp("policy"))


@pytest.fixture(scope="module")
def guarded_site(built_site: Path, site_path: str, serve: Callable[..., str], policy: str) -> str:
    return serve(built_site, at=site_path, headers={NAME: policy})


@pytest.fixture
def guarded(page: Page) -> Page:
    """Give a page that tells what a policy forbids; then the test fails, as for any error."""
    page.add_init_script(TOLD)
    return page


def at_home(page: Page, site: str) -> None:
    """Have the theme take this server for the one that the site is published at.

    It puts pages in place that its sitemap names, and goes to all others as a browser does.
    """

    def answer(route: Route) -> None:
        told = route.fetch().text()
        root = re.search(r"<loc>(\w+://[^/]+/)", told)[1]
        route.fulfill(body=told.replace(root, site), content_type="application/xml")

    page.route("**/sitemap.xml", answer)


def test_the_policy_forbids_what_is_unsafe_and_knows_three_scripts(policy: str):
    assert "unsafe" not in policy
    # Firefox fetches the page ahead that a page names as its next, and asks the default for it.
    assert policy.startswith("default-src 'self'; object-src 'none'; script-src 'self' 'sha256-")
    assert policy.count("'sha256-") == 3


@pytest.mark.parametrize(
    "path",
    [
        "",
        "incidents/",
        "incidents/2025/",
        "services/",
        "services/checkout/",
        "causes/",
        "recurrences/",
        "trends/",
        "trends/2025-q3/",
        "map/",
        "problems/",
        "guide/options/",
        "guide/serving/",
        "about/",
        "2024/INC-2024-010/",
        "404.html",
    ],
)
def test_nothing_of_a_page_is_refused(guarded: Page, guarded_site: str, policy: str, path: str):
    answer = guarded.goto(f"{guarded_site}{path}")
    guarded.wait_for_load_state("networkidle")
    assert answer.headers[NAME.lower()] == policy
    # Its style sheets are there, and the scripts of the theme and the archive have run.
    assert guarded.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Plex')
    assert guarded.evaluate("typeof document$") == "object"


def test_pages_that_the_theme_puts_in_place_are_not_refused(guarded: Page, guarded_site: str):
    """It fetches a page, reads it and takes its contents over, scripts and all."""
    at_home(guarded, guarded_site)
    guarded.goto(guarded_site)
    guarded.wait_for_load_state("networkidle")
    guarded.evaluate("window.same = true")
    guarded.locator(".md-tabs").get_by_role("link", name="Services").click()
    expect(guarded).to_have_url(f"{guarded_site}services/")
    guarded.locator(".pa-groups__name a", has_text="Login").click()
    expect(guarded).to_have_url(f"{guarded_site}services/identity/")
    guarded.locator(".pa-sort label", has_text="Severity").click()
    expect(guarded.locator("th[aria-sort=ascending]")).to_have_text("Severity")
    guarded.locator(".pa-row__title a[href*='INC-2025-014']").click()
    expect(guarded.locator("main div.mermaid")).to_be_visible(timeout=20_000)
    guarded.go_back()
    expect(guarded).to_have_url(f"{guarded_site}services/identity/")
    assert guarded.evaluate("window.same")


def test_a_diagram_is_drawn_with_its_styles(guarded: Page, guarded_site: str):
    """Mermaid's own way is forbidden; its picture has its colours and lengths all the same."""
    guarded.add_init_script(
        """const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function () { return attach.call(this, {mode: "open"}) }"""
    )
    guarded.goto(f"{guarded_site}2025/INC-2025-014/")
    diagram = guarded.locator("main div.mermaid")
    expect(diagram).to_be_visible(timeout=20_000)
    drawn = diagram.evaluate(
        """({shadowRoot}) => ({
          fill: getComputedStyle(shadowRoot.querySelector(".node rect")).fill,
          width: shadowRoot.querySelector("svg").style.maxWidth,
          held: shadowRoot.querySelectorAll("style, [data-pa-style]").length,
        })"""
    )
    assert drawn["fill"] != "rgb(0, 0, 0)"
    assert re.fullmatch(r"\d[\d.]*px", drawn["width"])
    assert drawn["held"] == 0


def test_the_search_works_in_the_head_of_a_page_and_on_its_own(guarded: Page, guarded_site: str):
    """Its modules and files are fetched, charts and marks drawn, and results taken away."""
    guarded.goto(f"{guarded_site}services/checkout/")
    guarded.keyboard.press("/")
    guarded.keyboard.type("out of connections")
    results = guarded.get_by_role("option")
    expect(results.first).to_contain_text("orders-db out of connections")
    guarded.keyboard.press("Enter")
    expect(guarded).to_have_url(re.compile(r"/incidents/\?q=out\+of\+connections$"))
    count = guarded.locator("[data-pa-part=count]")
    expect(count).to_have_text(re.compile(r"^\d+ of 107\sreports$"))
    expect(guarded.locator(".pa-result__excerpt mark").first).to_be_visible()

    before = count.inner_text()
    guarded.get_by_label(re.compile("^SEV1 ")).check()
    expect(count).not_to_have_text(before)
    expect(guarded.locator("[data-pa-chart=when] [role=button]").first).to_be_attached()
    guarded.get_by_role("button", name="Table").click()
    expect(guarded.get_by_role("table").locator("tbody tr").first).to_be_visible()
    with guarded.expect_download() as taken:
        guarded.get_by_role("button", name="Download as CSV").click()
    assert "connections" in taken.value.path().read_text(encoding="utf-8")

    title = guarded.locator("[data-pa-part=live] tbody a").first
    title.click()
    expect(guarded).to_have_url(re.compile(r"/INC-[\d-]+/"))
    guarded.wait_for_load_state()
    assert guarded.evaluate("typeof document$") == "object"


def test_a_choice_of_colours_holds_on_the_next_page(guarded: Page, guarded_site: str):
    """The theme reads it in a script of the page itself, which the policy knows by its hash."""
    guarded.goto(guarded_site)
    body = guarded.locator("body")
    guarded.get_by_title("Use the light scheme").click()
    guarded.get_by_title("Use the dark scheme").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    guarded.goto(f"{guarded_site}services/checkout/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_what_a_policy_forbids_is_noticed(
    guarded: Page, built_site: Path, serve: Callable[..., str], trouble
):
    """Without the hashes the theme's scripts are refused, and these tests would fail."""
    guarded.goto(serve(built_site, headers={NAME: "default-src 'self'"}))
    assert any("forbidden: script-src-elem" in line for line in trouble.console_errors)
    trouble.console_errors.clear()
    trouble.page_errors.clear()
