"""A page that is open while the site behind it is put in place anew."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

# Each file of the search passes through this process.
_PATIENCE = 20_000
_NAME = re.compile(r"\b[0-9a-f]{12}\b")


class Publisher:
    """Answers for the search's files; after `publish` each has another name, and no old one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.published_anew = False

    def publish(self) -> None:
        self.published_anew = True

    def answer(self, route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        known = self._other(name) if self.published_anew else name
        file = self.folder / known
        if not file.is_file():
            route.fulfill(status=404)
        elif name == "index.json":
            told = file.read_text(encoding="utf-8")
            route.fulfill(body=self._other(told) if self.published_anew else told)
        else:
            route.fulfill(body=file.read_bytes())

    @staticmethod
    def _other(text: str) -> str:
        return _NAME.sub(lambda name: name[0][::-1], text)


@pytest.fixture
def publisher(page: Page, built_site: Path) -> Publisher:
    made = Publisher(built_site / "data/search")
    page.route("**/data/search/*", made.answer)
    return made


def forget_what_was_gone(page: Page, trouble) -> None:
    """Take out what the browser tells of files that are not there any more, when all are asked."""
    page.wait_for_load_state("networkidle")
    assert all("404" in line for line in trouble.console_errors)
    trouble.console_errors.clear()


def test_the_page_of_all_incidents_goes_on_with_the_new_index(
    page: Page, served_site: str, publisher: Publisher, trouble
):
    page.goto(f"{served_site}incidents/?q=certificate")
    titles = page.locator("[data-pa-part=live] .pa-result__title a")
    expect(titles.first).to_be_visible(timeout=_PATIENCE)
    publisher.publish()
    page.get_by_role("searchbox", name="Search the reports").and_(
        page.locator("main [name=q]")
    ).fill("out of connections")
    expect(titles.first).to_have_text(re.compile("orders-db out of connections"), timeout=_PATIENCE)
    expect(page.locator("[data-pa-part=failed]")).to_be_hidden()
    forget_what_was_gone(page, trouble)


def test_the_search_in_the_head_of_a_page_does_too(
    page: Page, served_site: str, publisher: Publisher, trouble
):
    page.goto(f"{served_site}services/")
    page.keyboard.press("/")
    page.keyboard.type("certificate")
    results = page.get_by_role("option")
    expect(results.first).to_be_visible(timeout=_PATIENCE)
    publisher.publish()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("out of connections")
    expect(results.first).to_contain_text("orders-db out of connections", timeout=_PATIENCE)
    forget_what_was_gone(page, trouble)
