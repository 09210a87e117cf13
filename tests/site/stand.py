"""A site made of texts, with a host that answers in the plainest way."""

import posixpath
from datetime import date
from html.parser import HTMLParser

from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.report import read
from postmortem_archive.report.decisions import read_decisions
from postmortem_archive.report.rules.levels import Levels
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Objective, Service, Vocabulary
from postmortem_archive.site.addresses import period_at
from postmortem_archive.site.linking import UnknownTargetError
from postmortem_archive.site.settings import SiteSettings
from postmortem_archive.site.site import Site

AS_OF = date(2026, 1, 31)
SERVICES = Vocabulary(
    (
        Service(
            "checkout",
            "Checkout",
            ("Basket",),
            owner="Payments",
            since=date(2020, 1, 1),
            slos=(Objective("availability", 99.9, "28d"), Objective("latency", 300, "month")),
        ),
        Service("search", "Search"),
        Service("old-pdf", "PDF tickets", owner="Venue", retired=date(2025, 6, 30)),
    )
)


def front(**told: object) -> str:
    """Write a report of front matter alone, from keys and YAML values."""
    lines = [f"{key}: {value}" for key, value in told.items()]
    return "\n".join(["---", *lines, "---", ""])


def report(day: str = "2025-01-02", **told: object) -> str:
    """Write a report with a title, a day and what else is told."""
    return front(**{"title": f"Trouble on {day}", "date": day, **told})


def site(
    texts: dict[str, str], *, at: str = "", extra_files: tuple[str, ...] = (), **given
) -> Site:
    """Build a site from reports by path; every address is the path from the page's folder."""
    reading = ReadingSettings(services=given.pop("services", SERVICES))
    archive = ArchiveSettings(as_of=AS_OF, levels=given.pop("levels", Levels()))
    settings = SiteSettings(reading, archive, at=at, site_name="Archive")
    words = {path: period for path in texts if (period := period_at(path, at, settings.archive))}
    reports = [read(text, path, reading) for path, text in texts.items() if path not in words]
    decided = {period: read_decisions(texts[path], path, reading) for path, period in words.items()}
    archive = build(reports, settings.archive, {*texts, *extra_files}, decided=decided)
    made: list[Site] = []

    def url_for(target: str, page: str) -> str:
        known = {*archive.by_path, *words, *extra_files}
        known |= {found.path for found in made[0].pages} | set(made[0].data_paths)
        known |= set(made[0].asset_files)
        if target not in known:
            raise UnknownTargetError(target)
        return posixpath.relpath(target, posixpath.dirname(page) or ".")

    made.append(Site(archive, settings, url_for, **given))
    return made[0]


def filled(made: Site, markdown: str, page: str = "page.md") -> str:
    """Return a page's HTML with its markers filled, which must be without a problem."""
    result = made.fill(markdown, page, markdown)
    assert result.problems == ()
    return result.html


_BLOCKS = {"dd", "div", "dt", "h1", "h2", "li", "p", "td", "th", "tr"}


class Tree(HTMLParser):
    """The elements of a page, each as its tag with its attributes, and the text within classes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, set[str]]] = []
        self._texts: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.elements.append((tag, told))
        classes = set((told.get("class") or "").split())
        if tag not in {"input", "img", "br", "hr", "meta", "link"}:
            self._open.append((tag, classes))
            for name in classes:
                self._texts.setdefault(name, []).append("")

    def handle_endtag(self, tag):
        while self._open:
            opened, _ = self._open.pop()
            if opened in _BLOCKS:
                self.handle_data(" ")
            if opened == tag:
                break

    def handle_data(self, data):
        for _, classes in self._open:
            for name in classes:
                self._texts[name][-1] += data

    def texts(self, name: str) -> list[str]:
        """Return the text of each element of a class, with white space folded."""
        return [" ".join(text.split()) for text in self._texts.get(name, [])]

    def attributes(self, tag: str, name: str) -> list[str]:
        """Return an attribute of every element with this tag that has it."""
        return [told[name] or "" for found, told in self.elements if found == tag and name in told]
