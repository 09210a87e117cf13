"""Which reports a marker's options choose, and the query of the explorer for the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.periods import PeriodKind, period_of
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.problem import nearest
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import Vocabulary, fold
from postmortem_archive.site.markers import MarkerError, Option, Options
from postmortem_archive.site.search.links import explore
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.listing import newest_first

# Which reports a block speaks of.
SELECTION: Mapping[str, Option] = {
    "service": Option(str, "only reports that name this service"),
    "severity": Option(str, "only reports of this severity"),
    "cause": Option(str, "only reports of this root cause"),
    "trigger": Option(str, "only reports of this trigger"),
    "kind": Option(str, "only reports of this kind"),
    "status": Option(str, "only reports with this document status"),
    "year": Option(int, "only reports of this year"),
    "month": Option(int, "only reports of this month (1 to 12) of the year"),
    "limit": Option(int, "at most so many, the newest first"),
}


def select(point: Viewpoint, options: Options) -> tuple[Report, ...]:
    """Return the reports that a marker's options choose, in the order of time.

    Raises MarkerError for a word that the archive does not know.
    """
    reading = point.reading
    reports: Sequence[Report] = point.archive.reports
    if "service" in options:
        reports = service_group(point, options["service"]).reports
    if "severity" in options:
        wanted = _word(reading.severities, options, "severity")
        reports = [report for report in reports if report.severity == wanted]
    if "kind" in options:
        wanted = _word(words.KINDS, options, "kind")
        reports = [report for report in reports if report.kind == wanted]
    if "status" in options:
        wanted = _word(words.STATUSES, options, "status")
        reports = [report for report in reports if report.status == wanted]
    if "cause" in options:
        reports = _of_cause(reports, _word(reading.root_causes, options, "cause"))
    if "trigger" in options:
        reports = _of_trigger(reports, _word(reading.triggers, options, "trigger"))
    return _in_period(reports, options)


def _of_cause(reports: Sequence[Report], name: str) -> list[Report]:
    return [
        report
        for report in reports
        if report.root_cause and fold(report.root_cause.category or "") == fold(name)
    ]


def _of_trigger(reports: Sequence[Report], name: str) -> list[Report]:
    return [
        report
        for report in reports
        if report.trigger and fold(report.trigger.category or "") == fold(name)
    ]


def _in_period(reports: Sequence[Report], options: Options) -> tuple[Report, ...]:
    chosen = tuple(reports)
    if "month" in options and "year" not in options:
        message = "the option “month” of a marker needs the option “year”"
        raise MarkerError(message, found=str(options["month"]), expected="{year: …, month: …}")
    if "year" in options:
        start = f"{options['year']:04}"
        start += f"-{options['month']:02}" if "month" in options else ""
        chosen = tuple(
            report for report in chosen if (on := day(report)) and on.isoformat().startswith(start)
        )
    return chosen


def limited(reports: Sequence[Report], options: Options) -> tuple[Report, ...]:
    """Return the newest reports, at most `limit` of them."""
    newest = newest_first(reports)
    return newest[: int(options["limit"])] if "limit" in options else newest


def _word(vocabulary: Vocabulary, options: Options, option: str) -> str:
    spelling = str(options[option])
    term = vocabulary.find(spelling)
    if term is None:
        message = f"the option “{option}” of a marker is “{spelling}”"
        raise MarkerError(
            message,
            found=spelling,
            expected=f"one of {', '.join(vocabulary.names)}",
            suggestion=nearest(spelling, vocabulary.names),
        )
    return term.name


def group_of(kind: str, name: object, groups: Sequence[Group], vocabulary: Vocabulary) -> Group:
    """Return the group of a name, in any spelling that a report may use."""
    spelling = str(name)
    term = vocabulary.find(spelling)
    known = fold(term.name if term else spelling)
    found = next((group for group in groups if fold(group.name) == known), None)
    if found is None:
        names = [group.name for group in groups]
        message = f"the archive has no {kind} “{spelling}”"
        raise MarkerError(message, found=spelling, suggestion=nearest(spelling, names))
    return found


def service_group(point: Viewpoint, name: object) -> Group:
    """Return the group of a service, in any spelling that a report may use."""
    return group_of("service", name, point.archive.services, point.reading.services)


def explored(point: Viewpoint, options: Options, **also: tuple[str, ...]) -> str:
    """Return the explorer's query for the reports that a marker's options choose.

    `also` are values of further facets.
    """
    reading = point.reading
    vocabularies = {
        "severity": reading.severities,
        "kind": words.KINDS,
        "status": words.STATUSES,
        "cause": reading.root_causes,
        "trigger": reading.triggers,
    }
    asked = also | {
        option: (_word(vocabulary, options, option),)
        for option, vocabulary in vocabularies.items()
        if option in options
    }
    if "service" in options:
        asked["service"] = (service_group(point, options["service"]).name,)
    if "month" in options:
        first = date(int(options["year"]), int(options["month"]), 1)
        month = period_of(PeriodKind.MONTH, first)
        return explore(any_of=asked, first=month.start, last=month.last)
    if "year" in options:
        asked["year"] = (f"{options['year']:04}",)
    return explore(any_of=asked)
