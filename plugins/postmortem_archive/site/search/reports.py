"""Reports, to be found."""

from __future__ import annotations

from dataclasses import replace

from postmortem_archive.report.record import Report
from postmortem_archive.site.linking import Here
from postmortem_archive.site.search.cards import Card, report_card
from postmortem_archive.site.search.documents import Document, report_document
from postmortem_archive.site.search.files import Item
from postmortem_archive.site.viewpoint import Viewpoint


def _nowhere(target: str, page: str) -> str:
    """Give no address: a document holds texts alone."""
    del target, page
    return ""


def report_item(report: Report, point: Viewpoint) -> Item:
    """Return a report as something to be found; addresses are asked for as of `point`."""

    def make() -> Document:
        return report_document(report, replace(point, here=Here("", _nowhere)))

    def card(text: str) -> Card:
        return report_card(report, point, text)

    titles = tuple(point.service(name).text for name in report.services)
    return Item(report.path, (report, titles), make, card)
