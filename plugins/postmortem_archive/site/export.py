"""The archive as files for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.durations import minutes
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report.front.schema import front_matter_schema
from postmortem_archive.report.record import Report
from postmortem_archive.site import schemas
from postmortem_archive.site.addresses import Addresses
from postmortem_archive.site.facts import facts
from postmortem_archive.site.figures import as_csv, as_json
from postmortem_archive.site.linking import Here, UrlFor
from postmortem_archive.site.sections import figures_of


def data_files(
    archive: Archive, addresses: Addresses, url_for: UrlFor, trends: Trends
) -> Mapping[str, str]:
    """Return the files by path: each report's facts, the list of reports, figures, and schemas.

    Addresses in a file start from its own.
    """
    here = Here(addresses.index, url_for)
    found = {
        addresses.facts(report.path): _json(facts(report, archive)) for report in archive.reports
    }
    index = {
        "as_of": archive.settings.as_of.isoformat(),
        "incidents": [_entry(report, archive, addresses, here) for report in archive.reports],
    }
    front = front_matter_schema(archive.settings.reading)
    for name in trends.by_name:
        found |= _figures(name, addresses, url_for, trends)
    return found | {
        addresses.index: _json(index),
        addresses.check_schema: _schema("check"),
        addresses.trends_schema: _schema("trends"),
        addresses.schema: _json(front),
    }


def _schema(name: str) -> str:
    return (files(schemas) / f"{name}.schema.json").read_text("utf-8")


def _figures(name: str, addresses: Addresses, url_for: UrlFor, trends: Trends) -> Mapping[str, str]:
    """Return the two files of a period's figures."""
    period, as_of = trends.by_name[name], trends.archive.settings.as_of
    told = tuple(figures_of(trends, period))
    path = addresses.figures(name, "json")
    schema = Here(path, url_for).href(addresses.trends_schema)
    return {
        path: as_json(told, period, as_of, schema),
        addresses.figures(name, "csv"): as_csv(told, period, as_of),
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
        "clocks": {name: minutes(time) for name, time in archive.clocks(report).items()},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
