"""How long an incident took: its phases, its clocks, and what its report says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, pairwise

from postmortem_archive.archive.clocks import CLOCKS, PHASES, Phase, phases
from postmortem_archive.archive.durations import elapsed, minutes
from postmortem_archive.archive.standing import Standing
from postmortem_archive.report.body.figures import tolerance
from postmortem_archive.report.body.lifting import name_of
from postmortem_archive.report.record import MILESTONES, Figure, Report
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Line

# The least part of the bar that a phase has.
_LEAST = 0.015
_EARLIER = "that started in the 24 months before this one"
_COMPARED = f"Compared with incidents of the same severity {_EARLIER}."
_TONES = {name: tone for tone, (name, _) in enumerate(PHASES, start=1)}


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase: where its part of the bar is, in percent, and the phase it begins with (1 to 4)."""

    name: str
    duration: str
    span: str
    hover: str
    left: str
    width: str
    tone: int


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock: what it measures, what it shows, and where that stands among earlier incidents."""

    short: str
    name: str
    value: str
    span: str
    standing: str | None


@dataclass(frozen=True, slots=True)
class ClocksView:
    """The clocks of a report, and which incidents they are compared with, or why with none."""

    clocks: tuple[ClockView, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class StatedView:
    """A figure that the report states and its milestones contradict.

    It is as `written`, or None where its line explains it, and stands in the body.
    """

    label: str
    written: str | None
    note: str


def phase_views(report: Report) -> tuple[PhaseView, ...]:
    """Return the phases of a report, from `started` to `resolved`."""
    found = phases(report)
    whole = sum((phase.duration for phase in found), timedelta()) or timedelta(seconds=1)
    # A phase of no time is drawn as wide as can be seen, at the cost of the others.
    widths = [max(phase.duration / whole, _LEAST) for phase in found]
    unit = 100 / sum(widths) if widths else 0
    edges = [unit * edge for edge in accumulate(widths, initial=0)]
    return tuple(
        _phase(phase, left, right)
        for phase, (left, right) in zip(found, pairwise(edges), strict=True)
    )


def _phase(phase: Phase, left: float, right: float) -> PhaseView:
    name, took = wording.capital(phase.title), wording.duration(phase.duration)
    span = wording.span(phase.start, phase.end)
    return PhaseView(
        name,
        took,
        span,
        f"{name}: {took}, {span}",
        f"{left:.2f}",
        f"{right - left:.2f}",
        _TONES[phase.parts[0]],
    )


def milestone_lines(report: Report) -> tuple[Line, ...]:
    """Return the milestones that a report tells, in their order."""
    return tuple(
        Line(wording.capital(name), wording.moment(report.milestones[name]))
        for name in MILESTONES
        if name in report.milestones
    )


def clocks_view(report: Report, point: Viewpoint) -> ClocksView:
    """Return the clocks that can be measured, and what they are compared with."""
    measured = point.archive.clocks(report)
    every = [clock for clock in CLOCKS if clock.name in measured]
    found = {clock.name: point.archive.standings.of(report, clock.name) for clock in every}
    standings = [standing for standing in found.values() if standing]
    severity = point.reading.severities.title(report.severity) if report.severity else ""
    # What keeps all of them from a comparison is said once.
    alone = standings[0] if standings else None
    if alone and (alone.share is not None or len({standing.n for standing in standings}) > 1):
        alone = None
    return ClocksView(
        tuple(
            ClockView(
                clock.abbreviation,
                clock.title,
                wording.duration(measured[clock.name]),
                f"{clock.start} → {clock.end}",
                standing_text(standing, severity) if standing and not alone else None,
            )
            for clock, standing in ((clock, found[clock.name]) for clock in every)
        ),
        _without_comparison(alone.n, severity) if alone else _COMPARED if standings else None,
    )


def _without_comparison(n: int, severity: str) -> str:
    """Return why none of a report's clocks is compared, where `n` incidents have each of them."""
    if not n:
        return f"Nothing to compare with: no {severity} incident {_EARLIER} has these clocks."
    return f"Too few to compare with: {severity} incidents {_EARLIER}, n = {n}."


def standing_text(standing: Standing, severity: str) -> str:
    """Return where a clock stands, as a sentence; `n` is always said."""
    share = standing.share
    if share is None:
        if not standing.n:
            return f"no earlier {severity} incident to compare with"
        return f"earlier {severity} incidents: n = {standing.n}, too few to compare"
    # Rounded down, so that the sentence is true of every share that it stands for.
    tenths = int(share * 10 + 1e-9)
    longer = f"{tenths} of 10" if tenths else "fewer than 1 of 10"
    return f"longer than {longer} earlier {severity} incidents, n = {standing.n}"


def stated_views(report: Report) -> tuple[StatedView, ...]:
    """Return the durations that a report states and its milestones contradict.

    Each is compared by the definition of its own label; one that cannot be compared stands where it
    was written, and nowhere else.
    """
    found = (_stated(figure, report) for figure in report.figures)
    return tuple(view for view in found if view)


def _stated(figure: Figure, report: Report) -> StatedView | None:
    measured = measured_for(figure, report)
    if measured is None or figure.minutes is None:
        return None
    if abs(minutes(measured) - figure.minutes) <= tolerance(figure.written, figure.minutes):
        return None
    took = f"{figure.start} → {figure.end} took {wording.duration(measured)}"
    moved = name_of(figure) in {lifted.name for lifted in report.body.lifted}
    if moved or figure.place in {row.place for row in report.other_fields}:
        return StatedView(figure.label, figure.written, f"but {took}")
    return StatedView(figure.label, None, f"is stated below, but {took}")


def measured_for(figure: Figure, report: Report) -> timedelta | None:
    """Return what a report's own times come to between the milestones that a figure is about."""
    start = report.milestones.get(figure.start or "")
    end = report.milestones.get(figure.end or "")
    return elapsed(start, end) if start and end and start.exact and end.exact else None
