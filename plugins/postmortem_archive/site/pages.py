"""The pages that nobody wrote: headings in Markdown, with markers between."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report.vocabulary import Service
from postmortem_archive.site import wording
from postmortem_archive.site.addresses import Addresses
from postmortem_archive.site.settings import SiteSettings

if TYPE_CHECKING:
    from postmortem_archive.site.sections import Section

# The page of a service, a root cause or a trigger lists so many reports, the newest; the explorer
# has all of them. So does the page of a year, if there are more than many: its months list all.
_NEWEST, _MANY = 50, 200


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Markdown at a source path.

    A `place` is one that a site's navigation may show. A page that is not `searched` has nothing
    on it but what other pages have; a `long` one needs a table of contents. It is written when its
    `markdown` is asked for.
    """

    path: str
    title: str
    write: Callable[[], str]
    place: bool = False
    searched: bool = True
    long: bool = False

    @property
    def markdown(self) -> str:
        """The page's Markdown."""
        return self.write()


def pages(
    archive: Archive, addresses: Addresses, settings: SiteSettings, trends: Trends
) -> tuple[Page, ...]:
    """Return every page of the archive but the reports'; an author's page takes its place."""
    return (
        *_places(archive, addresses, settings, trends),
        *_trends(addresses, trends),
        *_chains(archive, addresses),
        *_groups(archive, addresses),
        *_periods(archive, addresses),
        *_rules(archive, addresses),
    )


def marker(name: str, /, **options: str | int) -> str:
    """Return the comment that places a block."""
    if not options:
        return f"<!-- archive/{name} -->"
    written = ", ".join(f'"{key}": {_quoted(value)}' for key, value in options.items())
    return f"<!-- archive/{name} {{{written}}} -->"


def _quoted(value: str | int) -> str:
    """Return a value as JSON, which is YAML too.

    No name may end the comment or open a tag; nor may it be run by a plugin that takes pages for
    templates.
    """
    written = json.dumps(value)
    for character in "<>-{}%#":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def heading(text: str, level: int = 1) -> str:
    """Return a Markdown heading that reads exactly as `text`, whatever is in it."""
    folded = " ".join(text.split())
    escaped = re.sub(r"[^\w\s]|_", lambda match: f"&#{ord(match.group())};", folded)
    return f"{'#' * level} {escaped}"


def _page(path: str, title: str, *parts: str, place: bool = False) -> Page:
    return Page(path, title, lambda: _joined(heading(title), *parts), place)


def _joined(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _overview(archive: Archive, addresses: Addresses, settings: SiteSettings) -> Page:
    parts = [heading(settings.site_name or "Post-mortems")]
    if archive.reports:
        parts += [
            marker("overview"),
            heading("Latest", 2),
            marker("latest"),
            heading("Open action items", 2),
            marker("actions", limit=10),
            heading("Services", 2),
            marker("services"),
        ]
    else:
        patterns = wording.listed([f"`{pattern}`" for pattern in settings.reports], "or")
        parts.append(f"There is no report yet. A report is a page at {patterns}.")
    return Page(addresses.overview, "Overview", lambda: _joined(*parts), place=True)


def _places(
    archive: Archive, addresses: Addresses, settings: SiteSettings, trends: Trends
) -> Iterable[Page]:
    yield _overview(archive, addresses, settings)
    yield _page(
        addresses.incidents,
        "Incidents",
        marker("explorer"),
        heading("By year and month", 2),
        marker("periods"),
        place=True,
    )
    yield Page(
        addresses.trends, "Trends", lambda: _trends_index(archive, trends), place=True, long=True
    )
    yield _page(addresses.services, "Services", marker("services"), place=True)
    yield _page(addresses.causes, "Root causes", marker("causes"), place=True)
    yield _page(addresses.triggers, "Triggers", marker("triggers"), place=True)
    yield _page(addresses.map, "Map", marker("map"), place=True)
    yield _page(addresses.problems, "Problems", marker("problems"), place=True)


def _trends_index(archive: Archive, trends: Trends) -> str:
    parts = [heading("Trends")]
    if trends.whole is None:
        parts.append(_nothing_to_count(archive))
    else:
        parts += [marker("trends"), *_sections(trends, trends.whole)]
    return _joined(*parts)


def _nothing_to_count(archive: Archive) -> str:
    """Tell that no incident can be counted, and which reports there are nonetheless."""
    as_of = wording.long_day(archive.settings.as_of)
    others = Counter(report.kind for report in archive.reports if report.kind != "incident")
    days = [day(report) for report in archive.incidents]
    undated = days.count(None)
    left_out = wording.kinds(others)
    if undated:
        left_out.append(f"{wording.count_of(undated, 'incident')} without a day")
    if later := len(days) - undated:
        left_out.append(f"{wording.count_of(later, 'incident')} after {as_of}")
    if not left_out:
        return "There is no incident yet."
    return f"There is no incident to count up to {as_of}. Left out: {wording.listed(left_out)}."


def _trends(addresses: Addresses, trends: Trends) -> Iterable[Page]:
    for period in trends.periods:
        write = partial(_trend, trends, period)
        yield Page(addresses.trend(period.name), period.title, write, long=True)


def _trend(trends: Trends, period: Period) -> str:
    return _joined(heading(period.title), *_sections(trends, period))


def _sections(trends: Trends, period: Period) -> Iterable[str]:
    """Give the headings and markers of the sections that a period has something to tell in."""
    # A check asks where the pages are and not what is on them: it does without the sections.
    from postmortem_archive.site.sections import sections_of

    return section_parts(sections_of(trends, period), period)


def section_parts(sections: Iterable[Section], period: Period) -> Iterable[str]:
    """Give each section's heading, if it has one, and the marker that places it."""
    for section in sections:
        if section.title:
            yield heading(section.title, 2)
        yield marker("trend", period=period.name, section=section.name)


def _chains(archive: Archive, addresses: Addresses) -> Iterable[Page]:
    yield _page(addresses.recurrences, "What came back", marker("recurrences"))
    for chain in archive.chains:
        first = chain.first
        title = f"{first.title}: {len(chain.members)} times"
        # An id that two reports have belongs to one of them; a path does not.
        name = first.id if archive.by_id[first.id] is first else first.path
        write = partial(_joined, heading(title), marker("recurrence", id=name))
        yield Page(addresses.chain(first.path), title, write, searched=False)


def _groups(archive: Archive, addresses: Addresses) -> Iterable[Page]:
    kinds = (
        ("service", archive.services, addresses.service),
        ("cause", archive.causes, addresses.cause),
        ("trigger", archive.triggers, addresses.trigger),
    )
    for kind, groups, address in kinds:
        for group in groups:
            path = address(group.name)
            if path is None:
                continue
            chosen: dict[str, str | int] = {kind: group.name}
            newest = {"limit": _NEWEST} if len(group.reports) > _NEWEST else {}
            yield _page(
                path,
                group.title,
                marker(kind, name=group.name),
                *_history(kind, group),
                *_budget(group),
                heading("Incidents", 2),
                marker("incidents", **chosen, **newest),
                heading("Open action items", 2),
                marker("actions", **chosen, **newest),
            )


def _budget(group: Group) -> Iterable[str]:
    """Give the block on a service's error budgets, if it has objectives."""
    if isinstance(group.term, Service) and group.term.slos:
        yield heading("Error budget", 2)
        yield marker("budget", service=group.name)


def _history(kind: str, group: Group) -> Iterable[str]:
    if group.incidents:
        yield heading("Over the years", 2)
        yield marker("figures", **{kind: group.name})


def _periods(archive: Archive, addresses: Addresses) -> Iterable[Page]:
    for group in (*archive.years, *archive.months):
        year, _, month = group.name.partition("-")
        options: dict[str, str | int] = {"year": int(year)}
        if month:
            options["month"] = int(month)
        title = wording.period(group.name)
        newest = {"limit": _NEWEST} if len(group.reports) > _MANY and not month else {}
        listed = marker("incidents", **options, **newest)
        blocks = (heading(title), marker("period", **options), listed)
        write = partial(_joined, *blocks)
        yield Page(addresses.period(group.name), title, write, searched=False)


def _rules(archive: Archive, addresses: Addresses) -> Iterable[Page]:
    for name in sorted({problem.rule for problem in archive.problems}):
        blocks = (heading(name), marker("rule", name=name))
        write = partial(_joined, *blocks)
        yield Page(addresses.rule(name), name, write, searched=False)


def paths(archive: Archive, settings: SiteSettings) -> tuple[str, ...]:
    """Return the source paths of the archive's pages, for checking links to them."""
    addresses = Addresses.of(archive, settings.at)
    return tuple(page.path for page in pages(archive, addresses, settings, Trends(archive)))
