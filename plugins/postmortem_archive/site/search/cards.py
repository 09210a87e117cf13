"""A report as a result shows it: display strings, ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin

from postmortem_archive.archive.actions import OPEN_STATUSES
from postmortem_archive.archive.catalogue import day
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.record import Report, Text
from postmortem_archive.report.vocabulary import Vocabulary
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint

Card = Mapping[str, object]

_LONG = 200


def report_card(report: Report, point: Viewpoint, text: str) -> Card:
    """Return a report's card; `text` is the file of its words.

    Addresses are relative to the root of the site, as those of `point` are to its page.
    """
    took = point.archive.clocks(report).get("ttr")
    on = day(report)
    mark = point.severity(report.severity)
    trigger, cause, found = report.trigger, report.root_cause, report.detection
    reading = point.reading
    return {
        "id": report.id,
        "title": report.title,
        "url": from_root(point.here.href(report.path), point.here.page),
        "summary": one_line(report.summary) or "",
        "date": on.isoformat() if on else None,
        "day": wording.day(on) if on else "",
        "severity": {"name": report.severity, "label": mark.title, "tone": mark.tone}
        if mark
        else None,
        "kind": words.KINDS.title(report.kind),
        "status": words.STATUSES.title(report.status) if report.status else "",
        "services": _services(report, point),
        "cause": _title(reading.root_causes, cause.category if cause else None),
        "trigger": _title(reading.triggers, trigger.category if trigger else None),
        "detection": _title(words.DETECTIONS, found.source if found else None),
        "took": wording.duration(took) if took is not None else None,
        "ended": one_line(report.mitigation or report.resolution),
        "open_actions": sum(action.status in OPEN_STATUSES for action in report.actions),
        "recurring": point.archive.chain(report) is not None,
        "text": text,
    }


def from_root(address: str, page: str) -> str:
    """Return an address relative to a page as one relative to the root of the site."""
    up = "../" * page.count("/")
    if address.startswith(up) and not address.startswith("../", len(up)):
        return address.removeprefix(up)
    return urljoin(page, address)


def _services(report: Report, point: Viewpoint) -> list[Card]:
    """Return the services of a report, each once, however often and as what it is named."""
    links = dict.fromkeys(point.service(name) for name in report.services)
    page = point.here.page
    return [
        {"title": link.text, "url": from_root(link.href, page) if link.href else None}
        for link in links
    ]


def _title(vocabulary: Vocabulary, name: str | None) -> str | None:
    return vocabulary.title(name) if name else None


def one_line(text: Text | None) -> str | None:
    """Return a text on one line; of a long one, its first sentence."""
    if text is None:
        return None
    line = " ".join(text.plain.split())
    return line if len(line) <= _LONG else wording.first_sentence(line)
