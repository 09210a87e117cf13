"""The archive as seen from one page: every name with its title and its link."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urlsplit

from markupsafe import Markup, escape

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.recurrences import Chain
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.formats.format import Format, built_in
from postmortem_archive.report.record import Report, Text
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Vocabulary
from postmortem_archive.site import wording
from postmortem_archive.site.addresses import Addresses
from postmortem_archive.site.linking import Here, UnknownTargetError
from postmortem_archive.site.views.marks import DayMark, Link, SeverityMark, StateMark

TONES = 4
_LONG_SUMMARY = 200
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """An archive, its addresses, and the page that they are seen from.

    `sheets` is the path of the style sheet with the heads of printed sheets.
    """

    archive: Archive
    addresses: Addresses
    here: Here
    trends: Trends
    sheets: str
    formats: Mapping[str, Format] = field(default_factory=built_in)

    @property
    def reading(self) -> ReadingSettings:
        """The site's vocabularies."""
        return self.archive.settings.reading

    @property
    def as_of(self) -> date:
        """The day that the archive speaks of."""
        return self.archive.settings.as_of

    def report(self, report: Report) -> Link:
        """Return a link to a report's page, by its title."""
        return Link(report.title, self.here.href(report.path))

    def dated(self, report: Report) -> str:
        """Return a report's title with its day before it."""
        on = day(report)
        return f"{wording.day(on)}: {report.title}" if on else report.title

    def summary(self, report: Report) -> Markup | None:
        """Return a report's summary; of one that is longer than a line or two, its first sentence.

        A summary that was read from the body stands there in full.
        """
        return self.short(report.summary)

    def short(self, text: Text | None) -> Markup | None:
        """Return a text; of one that is longer than a line or two, its first sentence."""
        if text is None or len(text.plain) <= _LONG_SUMMARY:
            return self.here.prose(text)
        return escape(wording.first_sentence(text.plain))

    def day(self, value: date | None) -> DayMark | None:
        """Return a day for people and for programs."""
        return DayMark(wording.day(value), value.isoformat()) if value else None

    def severity(self, name: str | None) -> SeverityMark | None:
        """Return a severity's mark; scales of any length share four tones."""
        scale = self.reading.severities
        if name is None or name not in scale.names:
            return None
        last = max(len(scale.names) - 1, 1)
        tone = 1 + round(scale.names.index(name) * (TONES - 1) / last)
        return SeverityMark(scale.title(name), tone)

    def service(self, name: str) -> Link:
        """Return a link to a service's page, by its title."""
        group = self.archive.service(name)
        known = group.name if group else name
        return Link(group.title if group else name, self._to(self.addresses.service(known)))

    def cause(self, name: str) -> Link:
        """Return a link to a root cause's page, by its title."""
        known, title = _term(self.reading.root_causes, name)
        return Link(title, self._to(self.addresses.cause(known)))

    def trigger(self, name: str) -> Link:
        """Return a link to a trigger's page, by its title."""
        known, title = _term(self.reading.triggers, name)
        return Link(title, self._to(self.addresses.trigger(known)))

    def period(self, name: str) -> Link:
        """Return a link to a year (`2025`) or a month (`2025-09`)."""
        title = wording.period(name)
        return Link(title, self.here.href(self.addresses.period(name)))

    def trend(self, period: Period) -> Link:
        """Return a link to the page of a period's trends, if it has one."""
        known = period.name in self.trends.by_name
        href = self.here.href(self.addresses.trend(period.name)) if known else None
        return Link(period.title, href)

    def explorer(self, text: str, query: str) -> Link:
        """Return a link to the explorer, with a query from `search.links.explore`."""
        return Link(text, self.here.href(self.addresses.incidents) + query)

    def chain(self, chain: Chain, text: str) -> Link:
        """Return a link to the page of a history."""
        return Link(text, self.here.href(self.addresses.chain(chain.first.path)))

    def _to(self, target: str | None) -> str | None:
        return None if target is None else self.here.href(target)

    def outward(self, url: str | None, report: Report) -> str | None:
        """Return the address of a link in front matter, or None where it may not be followed.

        A relative one starts at the report's file. Only web and mail addresses leave the site.
        """
        if not url:
            return None
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return url if parts.scheme.lower() in _SAFE_SCHEMES else None
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(report.path), path))
        try:
            return self.here.href(target.lstrip("/"), parts.fragment)
        except UnknownTargetError:
            return None


def _term(vocabulary: Vocabulary, name: str) -> tuple[str, str]:
    term = vocabulary.find(name)
    return (term.name, term.title) if term else (name, name)


def state(name: str) -> StateMark:
    """Return the mark of an action item's status."""
    return StateMark(name, words.ACTION_STATUSES.title(name))
