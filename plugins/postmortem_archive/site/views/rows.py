"""The rows of a body's field block, of which a page shows what stands nowhere else on it."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

from postmortem_archive.archive.clocks import CLOCKS
from postmortem_archive.archive.durations import minutes
from postmortem_archive.report.body.labels import key_of
from postmortem_archive.report.body.lifting import STATED_BUDGET
from postmortem_archive.report.body.stated_budget import percent_in, says_no_more
from postmortem_archive.report.record import Figure, Report, Statement
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.lifecycle import measured_for, stated_views
from postmortem_archive.site.views.marks import Line

# Days that the foot of a page shows, with the words that their row has for them.
_DAYS = ("published", "updated", "next_review")
_DURATION = re.compile(r"(?:\d+(?:[.,]\d+)?\s*[^\W\d_]+[\s,]*(?:and\s+)?)+")
_CLOCK = re.compile(r"\b\d\d:\d\d\b")


def field_lines(report: Report, point: Viewpoint) -> tuple[Line, ...]:
    """Return the rows of the body's field block that tell what no other place of the page does."""
    return tuple(
        Line(row.label, point.here.html(row.text.html))
        for row in report.other_fields
        if not _is_shown(row, report, point)
    )


def row_of(key: str, on: date, report: Report) -> Statement | None:
    """Return the row of a day that the foot of the page shows in its place."""
    rows = (row for row in report.other_fields if key_of(row.label) == key)
    place, written = report.sources.get(key), on.isoformat()
    return next((row for row in rows if row.place == place or written in row.text.plain), None)


def budget_as_written(report: Report) -> str | None:
    """Return the body's words on an error budget, where a share is all that is told besides."""
    if [(told.service, told.window) for told in report.stated_budgets] != [(None, None)]:
        return None
    rows = (row for row in report.other_fields if key_of(row.label) == STATED_BUDGET)
    share = report.stated_budgets[0].percent
    written = (row.text.html for row in rows if percent_in(row.text.plain) == share)
    lifted = (lifted.html for lifted in report.body.lifted if lifted.name == STATED_BUDGET)
    return next(chain(written, lifted), None)


def _is_shown(row: Statement, report: Report, point: Viewpoint) -> bool:
    key = key_of(row.label)
    if key == STATED_BUDGET:
        at_the_top = row.text.html == budget_as_written(report)
        told = report.stated_budgets
        return at_the_top or says_no_more(row.text.plain, told, point.reading.services)
    if key == "status":
        # Of the incident: its last milestone stands in the bar, and among the clocks.
        return row.text.plain.casefold() == "resolved" and "resolved" in report.milestones
    if key in _DAYS:
        on = getattr(report, key)
        return on is not None and row_of(key, on, report) is row
    return _is_measured(row, report)


def _is_measured(row: Statement, report: Report) -> bool:
    """Whether a row is a duration, and the page measures the same, or shows that it differs."""
    figure = next((figure for figure in report.figures if figure.place == row.place), None)
    if figure is None or figure.minutes is None:
        return False
    if any((view.label, view.written) == (figure.label, figure.written)
           for view in stated_views(report)):  # fmt: skip
        return True
    measured = measured_for(figure, report) if _has_clock(figure) else None
    if measured is None or minutes(measured) != figure.minutes:
        return False
    text = row.text.plain
    return bool(_DURATION.fullmatch(text)) or _is_span(text, figure, report)


def _has_clock(figure: Figure) -> bool:
    return any((clock.start, clock.end) == (figure.start, figure.end) for clock in CLOCKS)


def _is_span(text: str, figure: Figure, report: Report) -> bool:
    """Whether a text is the two times of a figure, with the duration behind them in parentheses."""
    span, _, duration = text.removesuffix(")").partition(" (")
    ends = [report.milestones[name].at for name in (figure.start, figure.end) if name]
    if _CLOCK.findall(span) != [f"{at:%H:%M}" for at in ends]:
        return False
    known = {"to"} if any(at.utcoffset() for at in ends) else {"to", "UTC"}
    known |= {word for at in ends for word in (f"{at.day}", f"{at:%B}", f"{at.year}")}
    rest = set(re.findall(r"\w+", _CLOCK.sub("", span)))
    return rest <= known and bool(_DURATION.fullmatch(duration))
