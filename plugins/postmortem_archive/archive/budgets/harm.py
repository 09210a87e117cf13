"""The stretches of time in which an incident harmed a service, as far as its report tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

from postmortem_archive.archive.durations import instant
from postmortem_archive.report.record import AffectedService, Moment, Report
from postmortem_archive.report.vocabulary import Vocabulary, fold

_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS_A_MINUTE = 60_000_000


class Reason(StrEnum):
    """Why an incident that names a service counts nothing, or not in full, against its budgets."""

    START = "no time of its start is told"
    END = "no time of its end is told"
    TIMES = "no times of its start and end are told"
    ORDER = "it ends before it starts"
    OTHERS = "its impact is told of other services only"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in which a fraction of a service's requests failed in an incident.

    `start` and `end` are instants (`archive.durations.instant`). What is `assumed` was not told of
    the service: the incident's own times, or that everything failed.
    """

    report: Report
    start: timedelta
    end: timedelta
    fraction: Fraction
    assumed: bool

    @property
    def minutes(self) -> Fraction:
        """The minutes times the fraction."""
        return self.fraction * minutes_between(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Harm:
    """What one incident did to one service, and why some of it cannot be counted."""

    stretches: tuple[Stretch, ...]
    uncounted: Reason | None = None


def minutes_between(start: timedelta, end: timedelta) -> Fraction:
    """Return the minutes between two instants, exactly."""
    return Fraction((end - start) // _MICROSECOND, _MICROSECONDS_A_MINUTE)


def exactly(value: float) -> Fraction:
    """Return the decimal fraction that a number was written as: 0.4 is two fifths."""
    return Fraction(repr(value))


def service_key(name: str, services: Vocabulary) -> str:
    """Return what is the same for every spelling of a service."""
    term = services.find(name)
    return fold(term.name if term else name)


def harm_of(report: Report, services: Vocabulary) -> Mapping[str, Harm]:
    """Return what an incident did to each service that it names, by `service_key`.

    Where the report tells the impact on services, that is all of it. Where it tells none,
    everything that it names is assumed to have failed from started to resolved.
    """
    named = dict.fromkeys(service_key(name, services) for name in report.services)
    told: dict[str, list[AffectedService]] = {}
    for part in report.impact.services:
        told.setdefault(service_key(part.service, services), []).append(part)
    if not told:
        whole = _harm(report, (None,))
        return dict.fromkeys(named, whole)
    return {
        key: _harm(report, told[key]) if key in told else Harm((), Reason.OTHERS)
        for key in {**named, **told}
    }


def _harm(report: Report, parts: list[AffectedService] | tuple[None]) -> Harm:
    found = [_stretch(report, part) for part in parts]
    return Harm(
        tuple(item for item in found if isinstance(item, Stretch)),
        next((item for item in found if isinstance(item, Reason)), None),
    )


def _stretch(report: Report, part: AffectedService | None) -> Stretch | Reason:
    own = report.milestones
    start = (part.start if part else None) or own.get("started")
    end = (part.end if part else None) or own.get("resolved")
    known_start, known_end = _exact(start), _exact(end)
    if known_start is None or known_end is None:
        if known_start is known_end:
            return Reason.TIMES
        return Reason.END if known_end is None else Reason.START
    if known_end < known_start:
        return Reason.ORDER
    assumed = part is None or part.start is None or part.end is None
    fraction = exactly(part.fraction) if part else Fraction(1)
    return Stretch(report, known_start, known_end, fraction, assumed)


def _exact(moment: Moment | None) -> timedelta | None:
    """Return the instant of a moment that was told to the minute."""
    return instant(moment.at) if moment and moment.exact else None
