"""The search in the head of every page: its keys, what is found as one types, and where that leads.

In the example archive two reports tell of cards refused for want of a connection pool.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.config import load_config
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 390, "height": 844}
QUERY = "certificate chain"
FOUND = "2024/INC-2024-012/"


def field(page: Page) -> Locator:
    return page.locator("header").get_by_role("combobox", name="Search")


def options(page: Page) -> Locator:
    return page.locator("header [role=option]")


def arrive(page: Page, url: str) -> None:
    """Open a page, and let all that it sets off by itself come to its end.

    Its network may be idle before its scripts have run, where the machine is busy.
    """
    page.goto(url)
    page.wait_for_load_state("networkidle")


def asked(page: Page, text: str = QUERY) -> Locator:
    """Open the search by its key, type, and give the first result once it is there."""
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type(text)
    expect(page.locator("header [role=option] mark").first).to_be_visible()
    return options(page).first


def watched(page: Page) -> list[str]:
    """Return the addresses of what is fetched for the search, from now on."""
    seen: list[str] = []

    def note(request):
        if "/data/search/" in request.url or re.search(r"/search\.[0-9a-f]+/", request.url):
            seen.append(request.url)

    page.on("request", note)
    return seen


def navigate_instantly(page: Page, site: Path, url: str) -> None:
    """Let the theme swap contents here as it does where the site is published.

    It looks an address up in the sitemap, whose addresses are those of the published site.
    """
    published = load_config(str(Path(__file__).parents[2] / "mkdocs.yml")).site_url
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8").replace(published, url)
    page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="text/xml"))


def test_a_key_leads_to_the_field(page: Page, served_site: str):
    page.goto(f"{served_site}{FOUND}")
    for key in ("/", "s", "f", "Control+k", "Meta+k"):
        page.keyboard.press(key)
        expect(field(page), key).to_be_focused()
        expect(field(page)).to_have_value("")
        page.keyboard.press("Escape")
        expect(field(page)).not_to_be_focused()


def test_no_key_leads_away_from_a_field_that_is_typed_in(page: Page, served_site: str):
    page.goto(f"{served_site}{FOUND}")
    for tag in ("input", "textarea"):
        put = "tag => document.querySelector('main').prepend(document.createElement(tag))"
        page.evaluate(put, tag)
        other = page.locator(f"main {tag}").first
        other.press_sequentially("s/f")
        page.keyboard.press("Control+k")
        expect(other).to_be_focused()
        expect(other).to_have_value("s/f")


def test_nothing_of_the_search_is_fetched_before_it_is_used(page: Page, served_site: str):
    seen = watched(page)
    arrive(page, f"{served_site}{FOUND}")
    assert seen == []
    page.keyboard.press("/")
    expect(page.locator("header").get_by_text("one report, by its id")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert any(url.endswith("/data/search/index.json") for url in seen)
    assert not any(url.endswith(".bin") for url in seen)


def test_results_tell_what_an_incident_was_and_what_ended_it(page: Page, served_site: str):
    """Reports come before pages; each has its severity, its day, its words and its end."""
    page.goto(f"{served_site}about/")
    first = asked(page)
    expect(first).to_contain_text("Gate scanners refused our certificate chain")
    expect(first.locator(".pa-sev")).to_have_text("SEV2")
    expect(first.locator("time")).to_have_text("30 May 2024")
    expect(first).to_contain_text("Ended by: ")
    expect(first.locator(".pa-hit__title mark")).to_have_text(["certificate", "chain"])
    assert first.locator(".pa-hit__excerpt mark").count() > 0
    groups = page.locator("header [role=group]")
    expect(groups.nth(0)).to_have_accessible_name(re.compile("^Reports"))
    expect(groups.nth(1)).to_have_accessible_name(re.compile("^Pages"))
    counts = re.compile(r"\d+.reports?, \d+.page")
    expect(page.locator("header [role=status]")).to_contain_text(counts)
    expect(field(page)).to_have_attribute("aria-expanded", "true")


def test_a_section_of_the_guide_is_found_with_its_page(page: Page, served_site: str):
    page.goto(served_site)
    asked(page, "medians 90th percentiles")
    section = page.locator("header .pa-hit--page").first
    expect(section).to_contain_text("What the figures can say")
    section.click()
    expected = r"/guide/statistics/\?h=[^#]*#medians-and-90th-percentiles$"
    expect(page).to_have_url(re.compile(expected))


def test_arrows_choose_and_enter_follows(page: Page, served_site: str):
    """The field keeps the focus, tells what is chosen, and is the place before the first."""
    page.goto(served_site)
    first = asked(page)
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    page.keyboard.press("ArrowUp")
    expect(page.locator("header [aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}{FOUND}?h=certificate+chain")
    expect(options(page).first).to_be_hidden()


def test_the_page_that_a_result_leads_to_has_its_words_marked(
    page: Page, built_site: Path, served_site: str
):
    """After an instant navigation, and when the address is opened by itself."""
    navigate_instantly(page, built_site, served_site)
    arrive(page, served_site)
    page.evaluate("window.stays = true")
    asked(page).click()
    marks = "CSS.highlights.get('pa-found')?.size > 3"
    page.wait_for_function(marks)
    assert page.evaluate("window.stays")
    page.locator("header").get_by_role("link", name="About").click()
    expect(page).to_have_url(re.compile("/about/$"))
    page.wait_for_function("!CSS.highlights.has('pa-found')")
    page.go_back()
    page.wait_for_function(marks)
    page.reload()
    page.wait_for_function(marks)


def test_enter_in_the_field_falls_to_the_page_of_all_incidents(page: Page, served_site: str):
    page.goto(f"{served_site}{FOUND}")
    asked(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/incidents/\?q=certificate\+chain"))
    expect(page.locator("main")).to_contain_text("Gate scanners refused our certificate chain")


def test_the_way_to_all_results_is_a_link_too(page: Page, served_site: str):
    page.goto(f"{served_site}{FOUND}")
    asked(page)
    page.locator("header").get_by_role("link", name=re.compile("^Filter and sort")).click()
    expect(page).to_have_url(re.compile(r"/incidents/\?q=certificate\+chain"))


def test_it_leads_from_the_page_of_all_incidents_to_itself(
    page: Page, built_site: Path, served_site: str
):
    """There the keys lead to that page's own field; the one above asks the page anew."""
    navigate_instantly(page, built_site, served_site)
    arrive(page, f"{served_site}incidents/")
    page.keyboard.press("/")
    expect(page.locator("main input[name=q]")).to_be_focused()
    field(page).click()
    page.keyboard.type(QUERY)
    page.locator("header").get_by_role("link", name=re.compile("^Filter and sort")).click()
    expect(page).to_have_url(re.compile(r"/incidents/\?q=certificate\+chain"))
    expect(page.locator("main input[name=q]")).to_have_value(QUERY)


def test_escape_closes_and_gives_the_focus_back(page: Page, served_site: str):
    page.goto(served_site)
    link = page.locator("article p a").first
    link.focus()
    first = asked(page)
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(link).to_be_focused()
    expect(field(page)).to_have_value(QUERY)
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("/")
    expect(first).to_be_visible()


def test_what_stands_elsewhere_closes_it(page: Page, served_site: str):
    """A click beside it, and the key that leads out of it."""
    page.goto(served_site)
    first = asked(page)
    page.mouse.click(100, 700)
    expect(first).to_be_hidden()
    page.keyboard.press("/")
    expect(first).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(first).to_be_hidden()


def test_a_word_that_no_report_has_is_told(page: Page, served_site: str):
    page.goto(served_site)
    asked(page, "certificte chain")
    told = page.locator("header .pa-search__told")
    expect(told).to_have_text("No report has “certificte”; showing “certificate”.")
    field(page).fill("qqqqxxxx")
    expect(told).to_contain_text("Nothing is found.")
    expect(options(page)).to_have_count(0)


def test_lines_that_are_pasted_stay_apart(page: Page, served_site: str):
    page.goto(served_site)
    page.keyboard.press("/")
    expect(page.locator("header .pa-search__tips")).to_be_visible()
    field(page).evaluate(
        """(field) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "certificate\\n  chain\\r\\n");
          const told = { clipboardData, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", told));
        }"""
    )
    expect(field(page)).to_have_value(QUERY)
    expect(options(page).first).to_contain_text("Gate scanners")


def test_on_a_phone_it_is_a_sheet(open_page: Callable[..., Page], served_site: str):
    """It fills the window, is opened by a button, and closed by another."""
    page = open_page(viewport=PHONE)
    page.goto(f"{served_site}{FOUND}")
    expect(field(page)).to_be_hidden()
    button = page.locator("header").get_by_role("button", name="Search")
    button.focus()
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type("connection pool")
    expect(options(page).first).to_be_visible()
    assert page.locator(".pa-search").bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("header").get_by_role("button", name="Close").click()
    expect(field(page)).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    options(page).first.click()
    expect(page).to_have_url(re.compile(r"/20\d\d/INC-[\d-]+/\?h="))
    expect(field(page)).to_be_hidden()


def test_it_leads_right_from_a_path_below_the_root(
    page: Page, built_site: Path, serve: Callable[..., str]
):
    url = serve(built_site, at="/below/it/")
    page.goto(f"{url}services/checkout/")
    first = asked(page)
    assert first.evaluate("link => link.href").startswith(f"{url}{FOUND}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"^{url}incidents/\?q=certificate"))


def test_it_leads_right_after_an_instant_navigation(page: Page, built_site: Path, served_site: str):
    """The head of the page stays, and its addresses with it, where the page's own changes."""
    navigate_instantly(page, built_site, served_site)
    arrive(page, f"{served_site}services/checkout/")
    page.evaluate("window.stays = true")
    page.locator("header").get_by_role("link", name="About").click()
    expect(page).to_have_url(re.compile("/about/$"))
    first = asked(page)
    assert page.evaluate("window.stays")
    first.click()
    expect(page).to_have_url(re.compile(FOUND))
    expect(first).to_be_hidden()
    assert page.evaluate("window.stays")
    field(page).click()
    expect(first).to_be_visible()
    assert first.evaluate("link => link.href").startswith(f"{served_site}{FOUND}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"^{served_site}incidents/\?q="))


def test_it_leads_right_from_the_page_of_what_is_not_there(
    page: Page, built_site: Path, served_site: str
):
    """A server shows that page at any address."""
    answer = {"body": (built_site / "404.html").read_bytes(), "content_type": "text/html"}
    page.route("**/no/such/page/", lambda route: route.fulfill(**answer))
    page.goto(f"{served_site}no/such/page/")
    first = asked(page)
    assert first.evaluate("link => link.href").startswith(f"{served_site}{FOUND}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"^{served_site}incidents/\?q="))


def test_an_index_that_is_not_there_is_told_in_a_line(page: Page, served_site: str, trouble):
    """The way to the list stays, and so does Enter."""
    page.route("**/data/search/*", lambda route: route.fulfill(status=404))
    page.goto(f"{served_site}{FOUND}")
    page.keyboard.press("/")
    page.keyboard.type("pool")
    expect(page.locator("header .pa-search__told")).to_contain_text("The search cannot be loaded")
    link = page.locator("header").get_by_role("link", name="All incidents")
    expect(link).to_have_attribute("href", f"{served_site}incidents/")
    trouble.console_errors[:] = [line for line in trouble.console_errors if "404" not in line]
    page.unroute_all()
    field(page).press("s")
    expect(options(page).first).to_be_visible()


def test_a_page_from_a_file_says_why_it_cannot_search(page: Page, built_site: Path):
    page.context.unroute_all()
    page.goto(f"{built_site.as_uri()}/about/index.html")
    page.keyboard.press("/")
    expect(page.locator("header [role=status]")).to_have_text(
        "No search: a page opened from a file cannot search. See the list of all incidents."
    )


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
def test_without_javascript_the_form_leads_to_the_list(
    open_page: Callable[..., Page], served_site: str, viewport: dict[str, int]
):
    page = open_page(java_script_enabled=False, viewport=viewport)
    page.goto(f"{served_site}{FOUND}")
    typed = page.locator("header input[name=q]")
    if viewport == PHONE:
        expect(typed).to_be_hidden()
        page.locator("header label[for=__search].md-header__button").click()
    typed.fill("pool")
    typed.press("Enter")
    expect(page).to_have_url(re.compile(r"/incidents/\?q=pool$"))
    expect(page.locator("main a[href*='INC-2024-012']").first).to_be_visible()


def test_what_reports_say_is_text_and_nothing_else(
    page: Page, tmp_path: Path, serve: Callable[..., str]
):
    """Also where their titles are marked, and where nobody lists Material's search."""
    title = "<img src=x onerror=boom()> quokka <b>&amp;</b>"
    front = f"---\nid: '<i>1'\ntitle: '{title}'\ndate: 2025-01-02\n---\n"
    report = f"{front}Quokka <script>boom()</script>\n"
    (tmp_path / "docs/2025").mkdir(parents=True)
    (tmp_path / "docs/2025/a.md").write_text(report)
    config = "site_name: T\ntheme: material\nplugins: [postmortem-archive]\n"
    (tmp_path / "mkdocs.yml").write_text(config)
    command = [sys.executable, "-m", "mkdocs", "build"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    page.goto(serve(tmp_path / "site"))
    first = asked(page, "quokka")
    expect(first.locator(".pa-hit__title")).to_have_text(f"{title} <i>1")
    assert first.locator("img, b, i, script").count() == 0


@pytest.mark.parametrize(
    ("scheme", "viewport"), [("light", PHONE), ("dark", {"width": 1440, "height": 900})]
)
def test_what_is_found_breaks_no_rule_of_access(
    open_page: Callable[..., Page], served_site: str, scheme: str, viewport: dict[str, int]
):
    page = open_page(color_scheme=scheme, viewport=viewport)
    page.goto(f"{served_site}about/")
    asked(page, "connection pool drill")
    page.keyboard.press("ArrowDown")
    # Material gives every copy button's region the same name.
    rules = {"rules": {"landmark-unique": {"enabled": False}}}
    response = Axe().run(page, options=rules).response
    assert any(rule["id"] == "color-contrast" for rule in response["passes"])
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in response["violations"]] == []
