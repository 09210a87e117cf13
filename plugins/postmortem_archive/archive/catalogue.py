"""Reports by id and by path, in the order of time."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from postmortem_archive.archive.durations import instant
from postmortem_archive.report.problem import close_words, closest
from postmortem_archive.report.record import Report

_MOST_SUGGESTIONS = 20

# Ids that are close to one, each after how close it is.
Close = Callable[[str], Iterable[tuple[float, str]]]


def day(report: Report) -> date | None:
    """Return the incident's day, in the zone written."""
    started = report.milestones.get("started")
    return report.date or (started.day if started else None)


def in_order(reports: Iterable[Report], zone: tzinfo) -> tuple[Report, ...]:
    """Return reports by time (`started`, else the date), then id; those without a day come last.

    A report that tells its day alone stands at that day's beginning in the zone given.
    """
    return tuple(sorted(reports, key=lambda report: _order(report, zone)))


def _order(report: Report, zone: tzinfo) -> tuple[bool, timedelta, str, str]:
    started, on = report.milestones.get("started"), day(report)
    if started:
        at = instant(started.at)
    elif on:
        at = instant(datetime.combine(on, time(), zone))
    else:
        at = timedelta()
    return (started is None and on is None, at, report.id, report.path)


def is_after(report: Report, other: Report) -> bool:
    """Tell whether a report's incident is known to have begun after another's."""
    mine, theirs = report.milestones.get("started"), other.milestones.get("started")
    if mine and theirs and mine.exact and theirs.exact:
        return instant(mine.at) > instant(theirs.at)
    on, before = day(report), day(other)
    return bool(on and before and on > before)


class Catalogue:
    """Finds reports by what another report calls them.

    Where two reports have one id, it belongs to the first by path.
    """

    def __init__(self, reports: Iterable[Report], close: Close | None = None) -> None:
        """Take in reports; `close` finds, of more ids than theirs, those that are close to one."""
        self.by_path = {report.path: report for report in sorted(reports, key=lambda r: r.path)}
        self.by_id: dict[str, Report] = {}
        for report in self.by_path.values():
            self.by_id.setdefault(report.id, report)
        self._folded = {id_.casefold(): report for id_, report in reversed(self.by_id.items())}
        self._close = close or (lambda target: close_words(target, self.by_id))
        self._nearest: dict[str, str | None] = {}

    def with_id(self, id_: str) -> Report | None:
        """Return the report with an id, in upper or lower case, or None."""
        return self.by_id.get(id_) or self._folded.get(id_.casefold())

    def find(self, target: str, origin: str) -> Report | None:
        """Return the report that `target` means in the report at `origin`, or None.

        A target is an id (in upper or lower case), a path from the docs root, or a path from the
        folder of `origin`; a path may lack its `.md` and may end in an anchor.
        """
        target = target.strip()
        found = self.with_id(target)
        if found:
            return found
        path = target.partition("#")[0]
        places = (path.lstrip("/"), posixpath.join(posixpath.dirname(origin), path))
        for place in map(posixpath.normpath, places):
            found = self.by_path.get(place) or self.by_path.get(f"{place}.md")
            if found:
                return found
        return None

    def nearest(self, target: str) -> str | None:
        """Return the id that `target` was most likely meant to be.

        A comparison with ten thousand ids takes a tenth of a second; an archive with more unknown
        targets than a few has another trouble than a slip of the pen, and gets no further answers.
        """
        if target not in self._nearest and len(self._nearest) < _MOST_SUGGESTIONS:
            close = (found for found in self._close(target) if found[1] in self.by_id)
            self._nearest[target] = closest(close)
        return self._nearest.get(target)
