"""What a period's incidents cost: minutes, users, requests and money, by service and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.budgets.harm import Reason, Stretch, harm_of, service_key
from postmortem_archive.archive.budgets.ledger import Ledger
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.archive.trends.trends import incidents_in
from postmortem_archive.report.record import Amount, Report

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "minutes_lost": "Minutes times the fraction of a service's requests that failed, in the"
        " incidents that began in the period; overlapping minutes count once, for the largest"
        " fraction.",
        "users_harmed": "Users harmed, added over incidents: one who met two incidents counts"
        " twice. Every service that an incident harmed has all of its users.",
        "requests_failed": "Requests failed, added over incidents. Every service that an incident"
        " harmed has all of its requests.",
        "money_lost": "Revenue lost, added over incidents, each currency for itself.",
        "complaints": "Complaints received, added over incidents.",
    }
)

_COUNT, _PERCENT = "count", "percent"


@dataclass(frozen=True, slots=True)
class Total:
    """Amounts of one unit, added: ranges are added as ranges.

    `n` reports told one. It is `estimated` where one of them said so. `shares` more told a
    percentage, which cannot be added.
    """

    unit: str
    minimum: float
    maximum: float
    n: int
    estimated: bool
    shares: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What incidents cost, as far as their reports tell it.

    `users`, `requests` and `complaints` are None where no report told them; `money` has a total for
    each currency.
    """

    incidents: int
    users: Total | None
    requests: Total | None
    complaints: Total | None
    money: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class ServiceCost:
    """What a period's incidents cost one service.

    `timed` incidents told when it was harmed (or when they were resolved); `assumed` is the part of
    the `minutes` for which the report tells no impact on the service itself.
    """

    group: Group
    minutes: Fraction
    assumed: Fraction
    timed: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class ImpactFacts:
    """What the incidents of a period cost: each service, the costliest first, and in all."""

    services: tuple[ServiceCost, ...]
    whole: Cost


def impact(archive: Archive, period: Period) -> ImpactFacts | None:
    """Return what a period's incidents cost; None where no report tells anything of it."""
    incidents = incidents_in(archive, period)
    services = tuple(_services(archive, incidents))
    whole = cost_of(incidents)
    if not any(found.minutes for found in services) and not _told(whole):
        return None
    known = [found for found in services if found.minutes or _told(found.cost)]
    return ImpactFacts(tuple(sorted(known, key=_costliest_first)), whole)


def cost_of(incidents: Sequence[Report]) -> Cost:
    """Add what the reports of some incidents tell of users, requests, complaints and money."""
    told = [report.impact for report in incidents]
    return Cost(
        incidents=len(incidents),
        users=_counted(impact.users for impact in told),
        requests=_counted(impact.requests_failed for impact in told),
        complaints=_counted(impact.complaints for impact in told),
        money=_money(impact.revenue for impact in told),
    )


def _services(archive: Archive, incidents: Sequence[Report]) -> Iterator[ServiceCost]:
    words = archive.settings.reading.services
    harmed: dict[str, list[Report]] = defaultdict(list)
    stretches: dict[str, list[Stretch]] = defaultdict(list)
    names: dict[str, str] = {}
    for report in incidents:
        for name in (*report.services, *(part.service for part in report.impact.services)):
            names.setdefault(service_key(name, words), name)
        for key, harm in harm_of(report, words).items():
            if harm.uncounted is Reason.OTHERS:
                continue
            harmed[key].append(report)
            stretches[key].extend(harm.stretches)
    for key, reports in harmed.items():
        pieces = Ledger(stretches[key]).pieces
        yield ServiceCost(
            # A service that an impact alone names has no group.
            group=archive.service(names[key]) or Group(names[key], names[key]),
            minutes=sum((piece.minutes for piece in pieces), Fraction(0)),
            assumed=sum((piece.minutes for piece in pieces if piece.assumed), Fraction(0)),
            timed=len({stretch.report.path for stretch in stretches[key]}),
            cost=cost_of(reports),
        )


def _told(cost: Cost) -> bool:
    return bool(cost.users or cost.requests or cost.complaints or cost.money)


def _costliest_first(found: ServiceCost) -> tuple[Fraction, float, float, str]:
    users, requests = found.cost.users, found.cost.requests
    return (
        -found.minutes,
        -(users.maximum if users else 0),
        -(requests.maximum if requests else 0),
        found.group.title.casefold(),
    )


def _counted(amounts: Iterable[Amount | None]) -> Total | None:
    """Add counts; None where there is neither a count nor a percentage."""
    told = [amount for amount in amounts if amount]
    counts = [amount for amount in told if amount.unit == _COUNT]
    shares = sum(amount.unit == _PERCENT for amount in told)
    return _total(_COUNT, counts, shares) if counts or shares else None


def _money(amounts: Iterable[Amount | None]) -> tuple[Total, ...]:
    """Add money by currency, in the order of their codes; a sum without one stands by itself."""
    by_unit: dict[str, list[Amount]] = defaultdict(list)
    for amount in amounts:
        if amount and amount.unit != _PERCENT:
            by_unit[amount.unit].append(amount)
    order = sorted(by_unit, key=lambda unit: (unit == _COUNT, unit))
    return tuple(_total(unit, by_unit[unit]) for unit in order)


def _total(unit: str, amounts: Sequence[Amount], shares: int = 0) -> Total:
    return Total(
        unit=unit,
        minimum=sum(amount.minimum for amount in amounts),
        maximum=sum(amount.maximum for amount in amounts),
        n=len(amounts),
        estimated=any(amount.estimated for amount in amounts),
        shares=shares,
    )


def figures(facts: ImpactFacts) -> tuple[Figure, ...]:
    """Return every figure of what a period's incidents cost."""
    return (
        *_figures("", facts.whole),
        *(
            figure
            for found in facts.services
            for figure in (_minutes(found), *_figures(found.group.name, found.cost))
        ),
    )


def _minutes(found: ServiceCost) -> Figure:
    note = f"of which {float(found.assumed):g} minutes are assumed" if found.assumed else ""
    value = float(found.minutes) if found.timed else None
    return Figure("minutes_lost", found.group.name, value, "min", found.timed, note=note)


def _figures(of: str, cost: Cost) -> Iterator[Figure]:
    counted = (
        ("users_harmed", cost.users),
        ("requests_failed", cost.requests),
        ("complaints", cost.complaints),
    )
    for name, total in counted:
        if total:
            yield _figure(name, of, total, "")
    for total in cost.money:
        yield _figure("money_lost", of, total, "" if total.unit == _COUNT else total.unit)


def _figure(name: str, of: str, total: Total, unit: str) -> Figure:
    """Return a total as a figure: a range has ends and no single value."""
    notes = [
        "estimated in part" if total.estimated else "",
        f"{total.shares} told a percentage, which is not added" if total.shares else "",
        "no currency is told" if name == "money_lost" and not unit else "",
    ]
    note = "; ".join(filter(None, notes))
    if not total.n:
        return Figure(name, of, None, unit, 0, note=note)
    if total.minimum == total.maximum:
        return Figure(name, of, total.minimum, unit, total.n, note=note)
    return Figure(name, of, None, unit, total.n, total.minimum, total.maximum, note)
