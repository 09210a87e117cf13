"""The share of a budget that a report states, against the one that its own times come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

from postmortem_archive.archive.budgets.budgets import Budget, Budgets, Pledge, pledges_of
from postmortem_archive.archive.budgets.harm import Stretch, exactly
from postmortem_archive.archive.budgets.windows import Window, day_at, windows_between
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Report, StatedBudget
from postmortem_archive.report.vocabulary import fold

# A statement contradicts where it is off by more than both. Reports round to whole percent, and
# some count a month as 30 days.
POINTS = Fraction(5, 100)
RELATIVE = Fraction(1, 5)

_LAST = timedelta(microseconds=1)
_DAYS = re.compile(r"(\d{1,4})\s*-?\s*d(?:ays?)?", re.IGNORECASE)
_WEEKS = re.compile(r"(\d{1,3})\s*-?\s*w(?:eeks?|ks?)?", re.IGNORECASE)


class Silence(StrEnum):
    """Why a stated budget cannot be compared."""

    SERVICE = "it does not say of which service"
    OBJECTIVE = "the service has no such objective"
    TIMES = "the times of its harm are not told"
    UNUSED = "the service was not in use then"
    ZERO = "the objective allows no failure at all"


@dataclass(frozen=True, slots=True)
class StatedShare:
    """A stated budget with the computed one that is closest to it, or why there is none.

    The computed `share` is what this incident alone used. It may stand on what is `assumed`, and
    then contradicts nothing.
    """

    report: Report
    told: StatedBudget
    budget: Budget | None = None
    silence: Silence | None = None

    @property
    def stated(self) -> Fraction:
        """The share that the report states."""
        return exactly(self.told.percent) / 100

    @property
    def share(self) -> Fraction | None:
        """The share that was computed."""
        return self.budget.share if self.budget else None

    @property
    def assumed(self) -> bool:
        """Whether the computed share stands on what was assumed."""
        return bool(self.budget and self.budget.assumed)

    @property
    def contradicts(self) -> bool:
        """Whether the two differ by over 5 percentage points and over a fifth of the computed."""
        if self.share is None or self.assumed:
            return False
        off = abs(self.stated - self.share)
        return off > POINTS and off > RELATIVE * self.share


def stated_shares(report: Report, settings: ArchiveSettings) -> tuple[StatedShare, ...]:
    """Return what a report states of error budgets, each beside what it comes to.

    Where a service has several objectives over one window, or the incident reaches into two
    windows, the one that comes closest is meant.
    """
    if not report.stated_budgets:
        return ()
    alone = Budgets((report,), settings)
    return tuple(_compared(report, told, alone) for told in report.stated_budgets)


def contradicted(reports: Iterable[Report], settings: ArchiveSettings) -> Iterator[Problem]:
    """Warn of each stated budget that the report's own times contradict."""
    for report in reports:
        if report.kind != "incident":
            continue
        for found in stated_shares(report, settings):
            if found.contradicts and found.share is not None and found.budget:
                service = found.budget.pledge.service.title
                computed = f"{float(100 * found.share):.0f} %"
                yield Problem(
                    report.path,
                    report.sources.get("stated", Place(1)),
                    Level.WARNING,
                    "stated-budget",
                    f"{found.told.percent:g} % of the error budget of {service} is stated, but the"
                    f" times and fractions of the impact come to {computed}",
                    found=f"{found.told.percent:g} %",
                    expected=computed,
                )


def _compared(report: Report, told: StatedBudget, alone: Budgets) -> StatedShare:
    service = told.service or (report.services[0] if len(report.services) == 1 else None)
    if service is None:
        return StatedShare(report, told, silence=Silence.SERVICE)
    pledges = [
        pledge
        for pledge in pledges_of(service, alone.services)
        if pledge.has_budget and _window_meant(told.window) in {None, pledge.objective.window}
    ]
    if not pledges:
        return StatedShare(report, told, silence=Silence.OBJECTIVE)
    pieces = alone.ledger(service).pieces
    if not pieces:
        return StatedShare(report, told, silence=Silence.TIMES)
    known = [
        budget
        for pledge in pledges
        for window in _windows(pledge, pieces, alone.settings)
        if (budget := alone.of(pledge, window))
    ]
    shares = [StatedShare(report, told, budget) for budget in known if budget.share is not None]
    if not shares:
        return StatedShare(report, told, silence=Silence.ZERO if known else Silence.UNUSED)
    return min(shares, key=lambda found: abs(found.stated - (found.share or Fraction(0))))


def _window_meant(written: str | None) -> str | None:
    """Return the window that a report's word for it stands for; an unknown word for itself."""
    if written is None:
        return None
    word = fold(written)
    for name in ("month", "quarter"):
        if word.startswith(name) or word.endswith(name):
            return name
    if match := _DAYS.fullmatch(written.strip()):
        return f"{int(match[1])}d"
    if match := _WEEKS.fullmatch(written.strip()):
        return f"{int(match[1]) * 7}d"
    return written


def _windows(
    pledge: Pledge, pieces: tuple[Stretch, ...], settings: ArchiveSettings
) -> tuple[Window, ...]:
    """Return the calendar windows that harm lies in, or the rolling one that it ends in."""
    zone = settings.reading.zone
    first = day_at(pieces[0].start, zone)
    last = day_at(pieces[-1].end - _LAST, zone)
    found = windows_between(pledge.objective.window, first, last, settings.year_starts)
    return tuple(Window(item.period, item.period.last) for item in found)
