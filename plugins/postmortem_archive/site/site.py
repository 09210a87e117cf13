"""A site of an archive: what a host asks for, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.naming import slug
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report.record import Heading, Html, Lifted, Report, Slot
from postmortem_archive.site import assets, blocks, export, markers
from postmortem_archive.site.addresses import Addresses, period_at
from postmortem_archive.site.body import holds_diagram, ready
from postmortem_archive.site.completion import completed
from postmortem_archive.site.fragments import Fragments, Overrides
from postmortem_archive.site.linking import Here, UrlFor
from postmortem_archive.site.markers import Filled
from postmortem_archive.site.pages import Page, pages
from postmortem_archive.site.search.columns import columns, orders
from postmortem_archive.site.search.files import Found, Item, search_files
from postmortem_archive.site.search.reports import report_item
from postmortem_archive.site.settings import SiteSettings
from postmortem_archive.site.sheets import sheet_heads
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.actions import actions_view
from postmortem_archive.site.views.report import ReportView, free_anchor, report_view
from postmortem_archive.site.views.rows import field_lines
from postmortem_archive.site.views.timeline import timeline_view

_TIMELINE = "Timeline"
_ACTIONS = "Action items"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report's page: its HTML, and what a host says about it elsewhere, as plain text."""

    title: str
    description: str
    tags: tuple[str, ...]
    html: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Site:
    """An archive made into pages and files.

    `url_for` is asked for every address; `overrides` gives an author's own templates.
    `brings_mermaid` says that its author has every page load Mermaid already.
    """

    archive: Archive
    settings: SiteSettings
    url_for: UrlFor
    overrides: Overrides | None = None
    brings_mermaid: bool = False

    @cached_property
    def addresses(self) -> Addresses:
        """Where everything is."""
        return Addresses.of(self.archive, self.settings.at)

    @cached_property
    def trends(self) -> Trends:
        """The periods that the archive tells of."""
        return Trends(self.archive)

    @cached_property
    def _fragments(self) -> Fragments:
        return Fragments(self.overrides)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page but the reports', for those addresses where nobody wrote one."""
        return pages(self.archive, self.addresses, self.settings, self.trends)

    def completed(self, path: str, markdown: str, title: str | None = None) -> str | None:
        """Return the whole page of a period that an author wrote words for.

        `markdown` is what the author wrote, without front matter; `title` is told there. None where
        the page at this path is none of a period, or its author places the sections of trends.
        """
        at = period_at(path, self.settings.at, self.archive.settings)
        period = self.trends.by_name.get(at.name) if at else None
        return completed(markdown, title, self.trends, period) if period else None

    @cached_property
    def words_pages(self) -> frozenset[str]:
        """The paths of authors' pages about periods that have a page of trends."""
        known, decided = self.trends.by_name, self.archive.decided
        return frozenset(page.path for period, page in decided.items() if period.name in known)

    @cached_property
    def data_paths(self) -> tuple[str, ...]:
        """The paths of `data_files`, before any address is known."""
        addresses = self.addresses
        return (
            *(addresses.facts(path) for path in self.archive.by_path),
            *(
                addresses.figures(name, suffix)
                for name in self.trends.by_name
                for suffix in ("json", "csv")
            ),
            addresses.index,
            addresses.check_schema,
            addresses.trends_schema,
            addresses.schema,
        )

    def data_files(self) -> Mapping[str, str]:
        """Return the files for other programs, by path."""
        return export.data_files(self.archive, self.addresses, self.url_for, self.trends)

    @cached_property
    def asset_files(self) -> Mapping[str, bytes]:
        """The styles, scripts and type, by path; Mermaid only where a report has a diagram."""
        drawn = any(_holds_diagram(report) for report in self.archive.reports)
        mermaid = (assets.mermaid(),) if drawn and not self.brings_mermaid else ()
        return {**assets.assets(self.settings.at), **dict((self._sheets, *mermaid))}

    def search(self, pages: Sequence[Item] = (), before: Found | None = None) -> Found:
        """Return the files of the search, by their names in its folder.

        `pages` are the site's other pages; `before` is what an earlier site's search was made of.
        """
        archive, point = self.archive, self._point(self.addresses.index)
        items = [report_item(report, point) for report in archive.reports]
        return search_files(items, pages, columns(archive), orders(archive), self.settings, before)

    @cached_property
    def _sheets(self) -> tuple[str, bytes]:
        """The path and the content of the style sheet with the heads of printed sheets."""
        as_of = self.archive.settings.as_of
        heads = sheet_heads(self.settings.site_name, as_of, self.trends.by_name.values()).encode()
        return assets.named("sheets", "css", heads), heads

    def _mermaid(self, report: Report, here: Here) -> str | None:
        """Return the address of the script that draws a report's diagrams.

        The theme would fetch Mermaid from another host, where it is not there already.
        """
        if self.brings_mermaid or not _holds_diagram(report):
            return None
        return here.href(assets.mermaid()[0])

    def _point(self, page: str) -> Viewpoint:
        here = Here(page, self.url_for)
        settings = self.settings
        return Viewpoint(
            self.archive, self.addresses, here, self.trends, self._sheets[0], settings.formats
        )

    def report_page(self, path: str, source_url: str | None = None) -> ReportPage:
        """Return the page of the report at a path; `source_url` is where its file can be seen."""
        report = self.archive.by_path[path]
        point = self._point(path)
        extra = _extra_headings(report)
        body = [self._piece(piece, report, point) for piece in report.body.pieces]
        body += [self._extra(heading, report, point) for heading in extra]
        mermaid = self._mermaid(report, point.here)
        view = report_view(report, point, tuple(body), mermaid, source_url)
        return ReportPage(
            title=report.title,
            description=report.summary.plain if report.summary else "",
            tags=report.tags,
            html=self._fragments.render("report", report=view),
            headings=_headings(report, view, extra),
        )

    def _extra(self, heading: Heading, report: Report, point: Viewpoint) -> Markup:
        title, anchor = heading.title, heading.anchor
        if title == _TIMELINE:
            timeline = timeline_view(report, point.here, title, anchor)
            return self._fragments.render("report_timeline", timeline=timeline)
        actions = actions_view(report, point, title, anchor)
        return self._fragments.render("report_actions", actions=actions)

    def _piece(self, piece: Html | Slot, report: Report, point: Viewpoint) -> Markup:
        if isinstance(piece, Html):
            return point.here.html(ready(piece.html))
        if piece.name == "timeline":
            view = timeline_view(report, point.here)
            return self._fragments.render("report_timeline", timeline=view)
        if piece.name == "actions":
            return self._fragments.render("report_actions", actions=actions_view(report, point))
        return self._fragments.render("report_fields", fields=field_lines(report, point))

    def fill(self, html: str, path: str, source: str) -> Filled:
        """Fill the markers of a page at a path, whose Markdown is `source`."""
        point = self._point(path)
        filled = markers.fill(
            html, path, source, lambda name, options: self._block(name, options, point)
        )
        levels = self.settings.archive.levels
        return replace(filled, problems=tuple(levels.judged(filled.problems)))

    def _block(self, name: str, options: str, point: Viewpoint) -> str:
        return str(blocks.render(name, options, point, self._fragments))


def _holds_diagram(report: Report) -> bool:
    shown = (*report.body.pieces, *report.body.lifted)
    return any(isinstance(p, Html | Lifted) and holds_diagram(p.html) for p in shown)


def _extra_headings(report: Report) -> tuple[Heading, ...]:
    """Return headings for what front matter tells and the body has no place for."""
    slots = {piece.name for piece in report.body.pieces if isinstance(piece, Slot)}
    told = (
        (_TIMELINE, report.timeline and "timeline" not in slots),
        (_ACTIONS, report.actions and "actions" not in slots),
    )
    return tuple(
        Heading(2, title, free_anchor(report, slug(title))) for title, missing in told if missing
    )


def _headings(report: Report, view: ReportView, extra: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings of a report's page in order, those of its own blocks among them."""
    life = view.phases or view.measured.clocks or view.milestones or view.stated
    own = (
        ("What ended it", "pa-remedy", view.remedy),
        ("What it did", "pa-impact", view.impact),
        ("How long it took", "pa-life", life),
        ("It came back", "pa-history", view.history),
        ("Related incidents", "pa-related", view.related),
        ("Might be related", "pa-similar", view.similar),
    )
    return (
        Heading(1, report.title, view.anchor),
        *(Heading(2, title, anchor) for title, anchor, shown in own if shown),
        *report.body.headings,
        *extra,
    )
