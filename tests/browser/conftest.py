"""A real browser for the tests, and pages that watch for what must never happen on them.

A test asks for ``page`` (a desktop window) or calls ``open_page(viewport=…,
color_scheme=…)``, and opens ``served_site``. When it ends it fails if any of its pages
raised an error, wrote one to the console, or asked for anything from outside this
machine (or opened a web socket at all: a static site has no use for one). A test that
expects such trouble takes it out of ``trouble`` itself.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

# Milliseconds. What is waited for comes at once on a machine that has nothing else to do.
expect.set_options(timeout=20_000)

LAUNCH_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # A second wall behind the routes below: no name leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass
class Trouble:
    """What went wrong on a test's pages, as one line each."""

    page_errors: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            *(f"page error: {line}" for line in self.page_errors),
            *(f"console error: {line}" for line in self.console_errors),
            *(f"request to elsewhere: {line}" for line in self.foreign_requests),
        ]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright starts Chromium without its sandbox, as root and most containers need;
    # the only pages it opens are our own.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_browser_path(), headless=True, args=LAUNCH_ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def open_page(chromium: Browser, trouble: Trouble) -> Iterator[Callable[..., Page]]:
    """Open watched pages, each in a context of its own; arguments are Playwright's for one."""
    contexts = []

    def open_page(**options) -> Page:
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = chromium.new_context(service_workers="block", **options)
        contexts.append(context)
        context.route("**/*", lambda route: _keep_home(route, trouble))
        context.route_web_socket("**/*", lambda socket: trouble.foreign_requests.append(socket.url))
        context.on("weberror", lambda error: trouble.page_errors.append(str(error.error)))
        context.on("console", lambda message: _note_console(message, trouble))
        return context.new_page()

    yield open_page
    for context in contexts:
        for page in context.pages:
            # What the page set off last has yet to be told.
            page.wait_for_timeout(50)
        context.close()
    if trouble.lines():
        pytest.fail("\n".join(["The page had trouble:", *trouble.lines()]), pytrace=False)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def _keep_home(route: Route, trouble: Trouble) -> None:
    url = urlsplit(route.request.url)
    if url.hostname == "127.0.0.1" or url.scheme in {"data", "blob"}:
        route.continue_()
    else:
        trouble.foreign_requests.append(route.request.url)
        route.abort()


def _note_console(message, trouble: Trouble) -> None:
    if message.type == "error":
        trouble.console_errors.append(f"{message.text} ({message.location.get('url', '')})")


def _browser_path() -> str:
    """Take the browser that `make test` found, or look for one without installing any."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    finder = Path(__file__).with_name("find_browser.py")
    found = subprocess.run(
        [sys.executable, str(finder), "--no-install"], capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return found.stdout.strip()
