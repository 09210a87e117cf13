"""The budget of a service's objective over a window, and what used it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, partial

from postmortem_archive.archive.budgets.harm import (
    Reason,
    Stretch,
    exactly,
    harm_of,
    minutes_between,
    service_key,
)
from postmortem_archive.archive.budgets.ledger import Ledger, Spent, spent_by
from postmortem_archive.archive.budgets.windows import (
    FOUR_WEEKS,
    Window,
    begins,
    day_at,
    latest,
    rolling,
    rolling_days,
    windows_in,
)
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.record import Report
from postmortem_archive.report.vocabulary import Objective, Service, Vocabulary

_WHOLE = 100
_DAY = timedelta(days=1)
_LAST = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pledge:
    """A service with one of its objectives."""

    service: Service
    objective: Objective

    @property
    def has_budget(self) -> bool:
        """Whether the target is a share of requests; over 100 it is a limit in milliseconds."""
        return self.objective.target <= _WHOLE

    @property
    def allowed(self) -> Fraction:
        """The share of requests that may fail."""
        return 1 - exactly(self.objective.target) / _WHOLE

    @property
    def four_weeks(self) -> Fraction:
        """The budget of four weeks, in minutes."""
        return self.allowed * FOUR_WEEKS * 24 * 60


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An incident that names a service and counts nothing, or not in full, against its budgets."""

    report: Report
    reason: Reason


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget of an objective over a window.

    `minutes` are those that the whole window allows; `used` are those that were used up to the last
    day that is counted, and `spent` says by what, the most first. `clipped` tells that the service
    was not in use on all days of the window, and has a budget for the others alone. A budget
    `in_progress` has days to come.
    """

    pledge: Pledge
    window: Window
    minutes: Fraction
    spent: tuple[Spent, ...]
    used: Fraction
    clipped: bool
    in_progress: bool

    @property
    def assumed(self) -> Fraction:
        """The minutes used that stand on what was assumed."""
        return sum((spent.assumed for spent in self.spent), Fraction(0))

    @property
    def remaining(self) -> Fraction:
        """The minutes left; negative where more was used than there were."""
        return self.minutes - self.used

    @property
    def share(self) -> Fraction | None:
        """The part used; None where nothing at all is allowed to fail."""
        return self.share_of(self.used)

    @property
    def over(self) -> bool:
        """Whether more was used than there was."""
        return self.used > self.minutes

    def share_of(self, minutes: Fraction) -> Fraction | None:
        """Return some minutes as a part of the budget; None where there is none."""
        return minutes / self.minutes if self.minutes else None


def pledges_of(service: str, services: Vocabulary) -> tuple[Pledge, ...]:
    """Return the objectives of a service, by any spelling of its name."""
    term = services.find(service)
    if not isinstance(term, Service):
        return ()
    return tuple(Pledge(term, objective) for objective in term.slos)


class Budgets:
    """The budgets of all objectives, counted from the incidents given."""

    def __init__(self, incidents: Iterable[Report], settings: ArchiveSettings) -> None:
        self.settings = settings
        self.services = settings.reading.services
        self._zone = settings.reading.zone
        self._stretches: dict[str, list[Stretch]] = defaultdict(list)
        self._uncounted: dict[str, list[Uncounted]] = defaultdict(list)
        known = [day(report) for report in incidents]
        self.first = min((on for on in known if on), default=None)
        for report in incidents:
            for key, harm in harm_of(report, self.services).items():
                self._stretches[key].extend(harm.stretches)
                if harm.uncounted:
                    self._uncounted[key].append(Uncounted(report, harm.uncounted))
        self._ledgers: dict[str, Ledger] = {}
        self._found: dict[tuple[str, Objective, Window], Budget | None] = {}

    @cached_property
    def pledges(self) -> tuple[Pledge, ...]:
        """Every objective of every service, in the order of the settings."""
        return tuple(
            pledge
            for term in self.services.terms
            for pledge in pledges_of(term.name, self.services)
        )

    def ledger(self, service: str) -> Ledger:
        """Return what used a service's budgets, by any spelling of its name."""
        key = service_key(service, self.services)
        if key not in self._ledgers:
            self._ledgers[key] = Ledger(self._stretches.get(key, ()))
        return self._ledgers[key]

    def uncounted(self, service: str, period: Period) -> tuple[Uncounted, ...]:
        """Return the incidents of a period that a service's budgets do not hold in full."""
        key = service_key(service, self.services)
        return tuple(
            item for item in self._uncounted.get(key, ()) if period.holds(day(item.report))
        )

    def of(self, pledge: Pledge, window: Window) -> Budget | None:
        """Return a budget; None where the service was not in use, or the target is no share."""
        # A window is asked for by its quarter, its year and its service.
        key = pledge.service.name, pledge.objective, window
        if key not in self._found:
            self._found[key] = self._count(pledge, window)
        return self._found[key]

    def _count(self, pledge: Pledge, window: Window) -> Budget | None:
        bounds = self._bounds(pledge.service, window) if pledge.has_budget else None
        if bounds is None:
            return None
        opens, closes, seen = bounds
        spent = spent_by(self.ledger(pledge.service.name).between(opens, seen))
        whole = self._instants(window.period)
        return Budget(
            pledge,
            window,
            pledge.allowed * minutes_between(opens, closes),
            spent,
            sum((item.minutes for item in spent), Fraction(0)),
            clipped=(opens, closes) != whole,
            in_progress=seen < closes,
        )

    def within(self, pledge: Pledge, period: Period) -> tuple[Budget, ...]:
        """Return the budgets of the windows that end in a period, or that its last day is in."""
        settings = self.settings
        windows = windows_in(pledge.objective.window, period, settings.as_of, settings.year_starts)
        return self._known(pledge, windows)

    def latest(self, pledge: Pledge, count: int) -> tuple[Budget, ...]:
        """Return the budgets of the last windows of an objective, the latest first.

        The windows of a retired service end with it; none lies before the archive's first incident.
        """
        last = min(self.settings.as_of, pledge.service.retired or date.max)
        found: list[Budget] = []
        for window in latest(pledge.objective.window, last, self.settings.year_starts):
            known = self._known(pledge, (window,)) if len(found) < count else ()
            if not known:
                break
            found += known
        return tuple(found)

    def worst(self, pledge: Pledge, period: Period) -> Budget | None:
        """Return the rolling window that used the most, of those that end on a day of a period.

        None for an objective of calendar windows, and where none used anything. The first of equals
        is returned.
        """
        if rolling_days(pledge.objective.window) is None or not pledge.has_budget:
            return None
        windows = (rolling(pledge.objective.window, end) for end in self._ends(pledge, period))
        budgets = (budget for budget in map(partial(self.of, pledge), windows) if budget)
        return max((b for b in budgets if b.spent), key=lambda budget: budget.used, default=None)

    def _ends(self, pledge: Pledge, period: Period) -> list[date]:
        """Return the days of a period on which a window can end that used the most, in order.

        From one day to the next a window only gains what was harmed on that day, so no others come
        into question than those days and the first.
        """
        last = min(period.last, self.settings.as_of)
        if last < period.start:
            return []
        bounds = begins(period.start, self._zone), begins(last + _DAY, self._zone)
        ends = {period.start}
        for piece in self.ledger(pledge.service.name).between(*bounds):
            first = day_at(piece.start, self._zone)
            final = day_at(piece.end - _LAST, self._zone)
            ends |= {first + _DAY * n for n in range((final - first).days + 1)}
        return sorted(ends)

    def _known(self, pledge: Pledge, windows: Iterable[Window]) -> tuple[Budget, ...]:
        """Return the budgets of windows that the archive may know incidents of."""
        known = (
            self.of(pledge, window)
            for window in windows
            if self.first and window.period.last >= self.first
        )
        return tuple(budget for budget in known if budget)

    def _bounds(
        self, service: Service, window: Window
    ) -> tuple[timedelta, timedelta, timedelta] | None:
        """Return when a budget opens, when it closes, and up to when it is counted.

        A service is in use on its last day, too.
        """
        opens, closes = self._instants(window.period)
        seen = closes if not window.in_progress else begins(window.until + _DAY, self._zone)
        if service.since and service.since > window.period.start:
            opens = begins(service.since, self._zone)
        if service.retired and service.retired < window.period.last:
            closes = begins(service.retired + _DAY, self._zone)
        seen = min(seen, closes)
        return (opens, closes, seen) if opens < seen else None

    def _instants(self, period: Period) -> tuple[timedelta, timedelta]:
        return begins(period.start, self._zone), begins(period.end, self._zone)
