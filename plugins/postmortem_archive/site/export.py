"""The archive as files for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.clocks import clocks
from postmortem_archive.archive.durations import minutes
from postmortem_archive.report.front.schema import front_matter_schema
from postmortem_archive.report.record import Report
from postmortem_archive.site import schemas
from postmortem_archive.site.addresses import Addresses
from postmortem_archive.site.facts import facts
from postmortem_archive.site.linking import Here, UrlFor


def data_files(archive: Archive, addresses: Addresses, url_for: UrlFor) -> Mapping[str, str]:
    """Return the JSON files by path: one for each report, one that lists them, and the schemas.

    Addresses in the list start from its own.
    """
    here = Here(addresses.index, url_for)
    found = {
        addresses.facts(report.path): _json(facts(report, archive)) for report in archive.reports
    }
    index = {
        "as_of": archive.settings.as_of.isoformat(),
        "incidents": [_entry(report, archive, addresses, here) for report in archive.reports],
    }
    check = (files(schemas) / "check.schema.json").read_text("utf-8")
    front = front_matter_schema(archive.settings.reading)
    return found | {
        addresses.index: _json(index),
        addresses.check_schema: check,
        addresses.schema: _json(front),
    }


def _entry(
    report: Report, archive: Archive, addresses: Addresses, here: Here
) -> Mapping[str, object]:
    on, recurrence = day(report), archive.recurrence(report)
    return {
        "id": report.id,
        "path": report.path,
        "url": here.href(report.path),
        "facts": here.href(addresses.facts(report.path)),
        "title": report.title,
        "summary": report.summary.plain if report.summary else None,
        "kind": report.kind,
        "date": on.isoformat() if on else None,
        "severity": report.severity,
        "status": report.status,
        "services": list(report.services),
        "trigger": report.trigger.category if report.trigger else None,
        "root_cause": report.root_cause.category if report.root_cause else None,
        "recurrence_of": recurrence.earlier.id if recurrence else None,
        "clocks": {name: minutes(time) for name, time in clocks(report).items()},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
