"""What a period's incidents cost, by service and in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.impact import Cost, ImpactFacts, ServiceCost, Total
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link

_METHOD = (
    "Minutes are those of an incident times the fraction of requests that failed; minutes in which"
    " incidents overlap count once. Users and requests of an incident stand with every service that"
    " it harmed, so the rows do not add up to the whole, and a user who met two incidents counts"
    " twice."
)
_ASSUMED = (
    "The pale end of a bar is assumed: where a report tells no impact on services, everything is"
    " taken to have failed from started to resolved."
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with how many reports told it, and what was left out of it."""

    label: str
    text: str
    n: str


@dataclass(frozen=True, slots=True)
class CostRow:
    """What one service lost; `share` is its bar in percent of the longest."""

    service: Link
    incidents: str
    minutes: str
    minutes_n: str
    share: str
    assumed: str
    note: str | None
    users: Sum | None
    requests: Sum | None
    money: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class ImpactView:
    """The section: totals of the period, and a row for each service, the costliest first."""

    reading: str
    whole: tuple[Sum, ...]
    rows: tuple[CostRow, ...]
    notes: tuple[str, ...]


def impact_view(facts: ImpactFacts, period: Period, point: Viewpoint) -> ImpactView:
    """Return the section on what the incidents cost."""
    del period
    longest = max((found.minutes for found in facts.services), default=0) or 1
    assumed = any(found.assumed for found in facts.services)
    return ImpactView(
        reading=_reading(facts, point),
        whole=tuple(_whole(facts.whole)),
        rows=tuple(
            CostRow(
                service=point.service(found.group.name),
                incidents=wording.count_of(found.cost.incidents, "incident"),
                minutes=_minutes(found),
                minutes_n=_of(found.timed, found.cost.incidents),
                share=f"{float((found.minutes - found.assumed) * 100 / longest):.4g}",
                assumed=f"{float(found.assumed * 100 / longest):.4g}",
                note=f"{_duration(found.assumed)} assumed" if found.assumed else None,
                users=_sum("Users", found.cost.users, found.cost),
                requests=_sum("Requests failed", found.cost.requests, found.cost),
                money=tuple(_money(total, found.cost) for total in found.cost.money),
            )
            for found in facts.services
        ),
        notes=(_METHOD, _ASSUMED) if assumed else (_METHOD,),
    )


def _reading(facts: ImpactFacts, point: Viewpoint) -> str:
    costly = [found for found in facts.services if found.minutes]
    if not costly:
        return "No report tells for how long a service was harmed."
    first = costly[0]
    title = point.service(first.group.name).text
    count = wording.count_of(first.cost.incidents, "incident")
    return f"{title} lost the most: as much as {_minutes(first)} of full outage, in {count}."


def _minutes(found: ServiceCost) -> str:
    return _duration(found.minutes) if found.timed else "not told"


def _duration(value: Fraction) -> str:
    return wording.duration(timedelta(minutes=float(value)))


def _whole(cost: Cost) -> list[Sum]:
    told = [
        _sum("Users harmed", cost.users, cost),
        _sum("Requests failed", cost.requests, cost),
        _sum("Complaints", cost.complaints, cost),
        *(_money(total, cost) for total in cost.money),
    ]
    return [found for found in told if found]


def _sum(label: str, total: Total | None, cost: Cost) -> Sum | None:
    if total is None:
        return None
    n = _of(total.n, cost.incidents)
    if total.shares:
        n += f", and {total.shares} as a percentage"
    return Sum(label, _amount(total) if total.n else "–", n)


def _money(total: Total, cost: Cost) -> Sum:
    label = f"Revenue, {total.unit}" if total.unit != "count" else "Revenue, no currency told"
    return Sum(label, _amount(total), _of(total.n, cost.incidents))


def _amount(total: Total) -> str:
    low, high = _figure(total.minimum), _figure(total.maximum)
    figure = low if low == high else f"{low}–{high}"
    if total.unit != "count":
        figure += f"{wording.NBSP}{total.unit}"
    return f"≈{wording.NBSP}{figure}" if total.estimated else figure


def _figure(value: float) -> str:
    """Return a sum, without the cents of thousands."""
    return wording.number(round(value) if value >= 1000 else value)


def _of(count: int, incidents: int) -> str:
    return f"told by {count} of {incidents}"
