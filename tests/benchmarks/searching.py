"""What a search costs in a browser: bytes, time and memory, ours and that of Material for MkDocs.

    make scale N=10000 INTO=archive SCALE="--words 1100"      # or any project of MkDocs
    python tests/benchmarks/searching.py --project archive
    python tests/benchmarks/searching.py --ours site --theirs other-site    # built before

Each figure is of headless Chromium on this machine, with a server of this script's own, so that a
network adds nothing unless `--line` names one. What is compressed is so by gzip at level 6.

- Before a search: everything a first visit fetches until the page has loaded and rests, and of
  that what belongs to an index.
- To the first result: somebody opens the page with nothing in the cache and pastes two words as
  soon as it has loaded. Bytes are those fetched from then on, and those of an index before.
- From a key to the results: queries are typed letter by letter. A time ends when the frame with
  the first, or the last, change of the results has been drawn; a key that changes nothing has none.
- From a click to the repaint: values of facets are chosen and taken off, one after the other.
- Memory is what the renderer's process has for itself (Private_* of /proc/…/smaps_rollup), with
  no forced collection: after ten queries were pasted, after they were typed letter by letter as
  fast as the page answers, and after a while in which a browser frees what nobody holds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from browsing import OVERHEARD, build, chromium, served
from playwright.sync_api import Browser, CDPSession, Page

LONG = 600_000
"""How long the slowest is waited for, in milliseconds."""

# What somebody types into an archive that the generator of tests/scale has made.
QUERIES = (
    "certificate expired",
    "connection table",
    '"cannot allocate region"',
    "INC-2025-01",
    "timeout after deploy",
    "conection refused",
    "dashboards disagree",
    "restart -certificate",
    "memory grows slowly",
    "handshakes failed",
)

# Notes when a page was touched, and when it had drawn the first and the last change of a part.
CLOCK = """
window.clock = {touched: 0, first: 0, last: 0};
for (const kind of ["keydown", "click"]) {
  addEventListener(kind, event => {
    Object.assign(clock, {touched: event.timeStamp, first: 0, last: 0});
  }, true);
}
window.watch = selector => {
  window.watcher?.disconnect();
  window.watcher = new MutationObserver(() => {
    const {touched} = clock;
    requestAnimationFrame(() => setTimeout(() => {
      if (touched !== clock.touched) return;
      clock.last = performance.now();
      clock.first ||= clock.last;
    }));
  });
  const changes = {childList: true, characterData: true, subtree: true};
  watcher.observe(document.querySelector(selector), changes);
};
"""
# So long a page has to be still to count as done, in milliseconds.
STILL = 500
# A browser finds the time to free what nobody holds, in milliseconds.
LATER = 15_000
TIMES = "[clock.first, clock.last].map(time => time && time - clock.touched)"


@dataclass(frozen=True, slots=True)
class Box:
    """A place to search from: a page, and how to get at its box and its results."""

    name: str
    page: str
    field: str
    results: str
    """The part of the page that changes with the results."""
    result: str
    """One of them."""
    busy: str
    """What is true in the page while it is at work."""
    index: str
    """What the address of a file of its index contains."""
    whole: str = ""
    """The part of the page that changes with a facet."""
    facet: str = ""
    """A value of a facet, to be ticked."""


EXPLORER = Box(
    "Explorer",
    "incidents/",
    "[data-pa-part=field]",
    "[data-pa-part=live]",
    "[data-pa-part=live] .pa-result",
    "!!document.querySelector('[data-pa-explorer][aria-busy=true]')",
    "data/search/",
    "[data-pa-explorer]",
    "details[open] .pa-value:not(.pa-value--folded) input",
)
HEADER = Box(
    "Header's box",
    "",
    ".pa-search__field",
    ".pa-search__found",
    ".pa-search__found a",
    "!!document.querySelector('.pa-search__panel[aria-busy=true]')",
    "data/search/",
)
MATERIAL = Box(
    "Material",
    "",
    "[data-md-component=search-query]",
    ".md-search-result",
    ".md-search-result__item",
    "asked !== answers.length",
    "search/search_index.json",
)


@dataclass
class Traffic:
    """What a page has fetched, in bytes as they came over the line.

    It has no slots, since Playwright notes on it which of its methods listen.
    """

    fetched: dict[str, int] = field(default_factory=dict)
    awaited: set[str] = field(default_factory=set)
    _addresses: dict[str, str] = field(default_factory=dict)

    def follow(self, session: CDPSession) -> None:
        """Count what a page fetches from now on."""
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", self._failed)

    def _asked(self, event: dict) -> None:
        self.awaited.add(event["requestId"])

    def _failed(self, event: dict) -> None:
        self.awaited.discard(event["requestId"])

    def _answered(self, event: dict) -> None:
        self._addresses[event["requestId"]] = event["response"]["url"]

    def _finished(self, event: dict) -> None:
        self.awaited.discard(event["requestId"])
        address = self._addresses.get(event["requestId"], "")
        self.fetched[address] = self.fetched.get(address, 0) + int(event["encodedDataLength"])

    def total(self, part: str = "") -> int:
        """Return the bytes of all addresses with this part."""
        return sum(size for address, size in self.fetched.items() if part in address)


@dataclass(frozen=True, slots=True)
class Line:
    """A network between server and reader."""

    megabits: float
    """In a second, down."""
    latency: float
    """In milliseconds, there and back."""

    def join(self, session: CDPSession) -> None:
        """Put a page behind this line."""
        down = self.megabits * 1e6 / 8
        told = {"offline": False, "latency": self.latency, "downloadThroughput": down}
        session.send("Network.emulateNetworkConditions", {**told, "uploadThroughput": down})


@contextmanager
def visit(browser: Browser, line: Line | None = None) -> Iterator[tuple[Page, Traffic]]:
    """Open a page with nothing in the cache, and count what it fetches."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.set_default_timeout(LONG)
        context.add_init_script(CLOCK)
        context.add_init_script(OVERHEARD)
        page = context.new_page()
        session = context.new_cdp_session(page)
        traffic = Traffic()
        traffic.follow(session)
        if line:
            line.join(session)
        yield page, traffic


def before(browser: Browser, address: str, box: Box) -> tuple[int, int]:
    """Return the bytes of a page that nobody searches, and those of an index among them."""
    with visit(browser) as (page, traffic):
        page.goto(address + box.page, wait_until="load")
        page.wait_for_timeout(2 * STILL)
        while traffic.awaited:
            page.wait_for_timeout(STILL)
        return traffic.total(), traffic.total(box.index)


def first(browser: Browser, address: str, box: Box, query: str, line: Line | None) -> list[float]:
    """Return how a first search goes: bytes, seconds from opening the page, and from asking."""
    with visit(browser, line) as (page, traffic):
        page.goto(address + box.page, wait_until="load")
        loaded = traffic.total() - traffic.total(box.index)
        page.locator(box.field).focus()
        asked = page.evaluate("performance.now()")
        ask(page, box, query)
        page.locator(box.result).first.wait_for()
        shown = page.evaluate("performance.now()")
        page.wait_for_timeout(2 * STILL)
        return [traffic.total() - loaded, shown / 1000, (shown - asked) / 1000]


def ask(page: Page, box: Box, query: str) -> None:
    """Put a whole query into the box, as if pasted; Material's listens to keys, not to its text."""
    page.locator(box.field).fill(query)
    page.locator(box.field).press("End")


def still(page: Page, box: Box) -> None:
    """Wait until the page has done what it was asked."""
    since = "performance.now() - Math.max(clock.touched, clock.last)"
    page.wait_for_function(f"!({box.busy}) && {since} > {STILL}")


def typed(page: Page, box: Box, queries: Sequence[str]) -> tuple[list[float], list[float]]:
    """Type queries letter by letter.

    Return the milliseconds from each key to the first change of the results, and to their last.
    """
    page.evaluate("selector => watch(selector)", box.results)
    times: list[tuple[float, float]] = []
    for query in queries:
        ask(page, box, "")
        still(page, box)
        for letter in query:
            page.keyboard.type(letter)
            still(page, box)
            times.append(page.evaluate(TIMES))
    told = [(first, last) for first, last in times if last]
    return [first for first, _ in told], [last for _, last in told]


def clicked(page: Page, box: Box, count: int) -> list[float]:
    """Choose values of facets and take them off; return the milliseconds to each repaint."""
    ask(page, box, "")
    still(page, box)
    page.evaluate("selector => watch(selector)", box.whole)
    times = []
    for n in range(count):
        for _ in ("choose", "take off"):
            page.locator(box.facet).nth(n).click()
            still(page, box)
            times.append(page.evaluate(TIMES)[1])
    return times


def memory(browser: Browser) -> int:
    """Return the bytes that the largest renderer has for itself."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return max(_private(one["id"]) for one in told["processInfo"] if one["type"] == "renderer")


def _private(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def searched(browser: Browser, address: str, box: Box) -> dict[str, str]:
    """Return the figures of a tab in which one goes on searching, as they are printed."""
    with visit(browser) as (page, traffic):
        page.goto(address + box.page, wait_until="load")
        page.wait_for_timeout(2 * STILL)
        unused = memory(browser)
        page.locator(box.field).focus()
        ask(page, box, QUERIES[0])
        page.locator(box.result).first.wait_for()
        for query in QUERIES:
            ask(page, box, query)
            still(page, box)
        pasted = memory(browser)
        shown, settled = typed(page, box, QUERIES)
        hurried = memory(browser)
        page.wait_for_timeout(LATER)
        later = memory(browser)
        fetched = traffic.total(box.index)
        clicks = clicked(page, box, 10) if box.facet else []
        return {
            "From a key to results": spread(shown),
            "From a key to all of them with their excerpts": spread(settled),
            "From a click on a facet to the repaint": spread(clicks),
            "Fetched of the index for all these searches": size(fetched),
            "Memory of the tab before a search": f"{unused / 1e6:.0f} MB",
            "Memory of the tab after ten searches": f"{pasted / 1e6:.0f} MB",
            "… and ten more, letter by letter in a hurry": f"{hurried / 1e6:.0f} MB",
            f"… and {LATER / 1000:g} s later": f"{later / 1e6:.0f} MB",
        }


def figures(site: Path, box: Box, line: Line) -> dict[str, str]:
    """Measure one search on one site; return its figures as they are printed."""
    told: dict[str, str] = {}
    with chromium() as browser, served(site, compressed=True) as address:
        with served(site) as plain:
            told["Page before a search, as it is"] = size(before(browser, plain, box)[0])
        whole, index = before(browser, address, box)
        told["Page before a search, compressed"] = size(whole)
        told["… of it from an index"] = size(index)
        fetched, opened, asked = first(browser, address, box, QUERIES[0], None)
        told["Fetched for the first results"] = size(fetched)
        told["First result after opening the page"] = f"{opened:.2f} s"
        told["… after asking"] = f"{asked:.2f} s"
        _, opened, asked = first(browser, address, box, QUERIES[0], line)
        name = f"at {line.megabits:g} Mbit/s and {line.latency:g} ms"
        told[f"First result after opening the page, {name}"] = f"{opened:.2f} s"
        told[f"… after asking, {name}"] = f"{asked:.2f} s"
    # A browser of its own, so that no other tab is taken for this one.
    with chromium() as browser, served(site, compressed=True) as address:
        return told | searched(browser, address, box)


def size(count: float) -> str:
    """Write bytes."""
    return f"{count / 1000:,.0f} kB"


def spread(times: Sequence[float]) -> str:
    """Write the median and the longest of some times, with their number."""
    if not times:
        return "–"
    return f"{statistics.median(times):.0f} and {max(times):.0f} ms (n = {len(times)})"


def main() -> None:
    """Print a table of all figures."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--project", type=Path, help="a project of MkDocs, to be built")
    options.add_argument("--ours", type=Path, help="it with the archive's search, built")
    options.add_argument("--theirs", type=Path, help="it with the theme's search, built")
    options.add_argument("--line", type=float, nargs=2, default=(10, 40), metavar=("MBIT", "MS"))
    told = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = told.ours, told.theirs
        if told.project:
            ours = ours or build(told.project, Path(folder) / "ours", search=True)
            theirs = theirs or build(told.project, Path(folder) / "theirs", search=False)
        columns = {}
        for site, boxes in ((ours, (EXPLORER, HEADER)), (theirs, (MATERIAL,))):
            if site:
                columns |= {box.name: figures(site, box, Line(*told.line)) for box in boxes}
    print(f"| Figure | {' | '.join(columns)} |\n|---{'|---:' * len(columns)}|")
    for name in next(iter(columns.values())):
        print(f"| {name} | {' | '.join(figures[name] for figures in columns.values())} |")


if __name__ == "__main__":
    main()
