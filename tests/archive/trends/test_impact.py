"""What a period's incidents cost, added by hand."""

from dataclasses import replace
from datetime import date

from archive.examples import SETTINGS, moment, report
from postmortem_archive.archive import build
from postmortem_archive.archive.periods import PeriodKind, period_of
from postmortem_archive.archive.trends.impact import DEFINITIONS, figures, impact
from postmortem_archive.report.record import AffectedService, Amount, Impact

Q3 = period_of(PeriodKind.QUARTER, date(2025, 9, 1))


def amount(low, high=None, unit="count", *, estimated=False):
    return Amount(low, low if high is None else high, unit, estimated, "")


def part(service, start, end, fraction=1.0):
    return AffectedService(service, moment(start), moment(end), fraction)


def incident(id_, started="2025-09-01T10:00", services=(), parts=(), **told):
    kind = told.pop("kind", "incident")
    resolved = told.pop("resolved", None)
    impact = Impact(services=parts, **told)
    return report(id_, started, resolved=resolved, services=services, impact=impact, kind=kind)


def found(*incidents, settings=SETTINGS):
    return impact(build(incidents, settings), Q3)


def test_services_stand_by_minutes_and_not_by_count():
    often = [
        incident(
            str(n),
            services=("often",),
            parts=(part("often", f"2025-09-0{n}T10:00", f"2025-09-0{n}T10:05"),),
        )
        for n in (1, 2, 3)
    ]
    # Named by its impact alone.
    long = incident("long", parts=(part("long", "2025-09-04T10:00", "2025-09-04T11:00", 0.5),))
    facts = found(*often, long)
    assert [(s.group.name, float(s.minutes), s.cost.incidents) for s in facts.services] == [
        ("long", 30, 1),
        ("often", 15, 3),
    ]


def test_of_equal_minutes_the_service_with_more_users_is_first():
    parts = [(part(name, "2025-09-01T10:00", "2025-09-01T10:05"),) for name in "ab"]
    few = incident("few", services=("a",), parts=parts[0], users=amount(10))
    many = incident("many", services=("b",), parts=parts[1], users=amount(20))
    assert [s.group.name for s in found(few, many).services] == ["b", "a"]


def test_overlapping_incidents_lose_a_minute_once():
    first = incident(
        "a", services=("s",), parts=(part("s", "2025-09-01T10:00", "2025-09-01T11:00"),)
    )
    second = incident(
        "b", services=("s",), parts=(part("s", "2025-09-01T10:30", "2025-09-01T11:30", 0.5),)
    )
    (service,) = found(first, second).services
    assert service.minutes == 75


def test_ranges_are_added_as_ranges_and_percentages_not_at_all():
    facts = found(
        incident("a", users=amount(100)),
        incident("b", users=amount(8000, 12000, estimated=True)),
        incident("c", users=amount(12, unit="percent")),
        incident("d"),
    )
    users = facts.whole.users
    assert (users.minimum, users.maximum) == (8100, 12100)
    assert (users.n, users.shares, users.estimated, facts.whole.incidents) == (2, 1, True, 4)
    (figure,) = figures(facts)
    assert (figure.value, figure.low, figure.high, figure.n) == (None, 8100, 12100, 2)
    assert figure.note == "estimated in part; 1 told a percentage, which is not added"


def test_percentages_alone_come_to_no_figure():
    facts = found(incident("a", users=amount(12, unit="percent")))
    (figure,) = figures(facts)
    assert (figure.value, figure.n) == (None, 0)


def test_money_of_different_currencies_is_never_added():
    facts = found(
        incident("a", revenue=amount(5000, unit="EUR")),
        incident("b", revenue=amount(300, unit="USD")),
        incident("c", revenue=amount(70, unit="EUR")),
        incident("d", revenue=amount(9)),
    )
    assert [(total.unit, total.minimum, total.n) for total in facts.whole.money] == [
        ("EUR", 5070, 2),
        ("USD", 300, 1),
        ("count", 9, 1),
    ]
    assert [(f.value, f.unit, f.note) for f in figures(facts)][-1] == (9, "", "no currency is told")


def test_what_is_assumed_is_said():
    told = incident("a", resolved="2025-09-01T10:20", services=("s", "t"))
    facts = found(told)
    assert [(s.minutes, s.assumed, s.timed) for s in facts.services] == [(20, 20, 1)] * 2
    (first, *_) = figures(facts)
    assert first.note == "of which 20 minutes are assumed"


def test_a_service_whose_times_nobody_tells_has_no_minutes():
    facts = found(incident("a", services=("s",), users=amount(5)))
    (service,) = facts.services
    assert (service.minutes, service.timed) == (0, 0)
    assert {f.name: f.value for f in figures(facts) if f.of == "s"} == {
        "minutes_lost": None,
        "users_harmed": 5,
    }


def test_users_stand_with_the_services_that_were_harmed_alone():
    told = incident(
        "a",
        services=("s", "t"),
        parts=(part("s", "2025-09-01T10:00", "2025-09-01T10:05"),),
        users=amount(5),
    )
    assert [s.group.name for s in found(told).services] == ["s"]


def test_spellings_of_a_service_are_one_row():
    incidents = [
        incident("a", services=("Check out",), resolved="2025-09-01T10:20"),
        incident("b", "2025-09-02T10:00", services=("checkout",), resolved="2025-09-02T10:20"),
    ]
    (service,) = found(*incidents).services
    assert service.minutes == 40


def test_only_incidents_of_the_period_up_to_as_of_cost_anything():
    incidents = [
        incident("before", "2025-06-30T10:00", users=amount(1)),
        incident("in", "2025-09-01T10:00", users=amount(2)),
        incident("late", "2025-09-20T10:00", users=amount(4)),
        incident("drill", "2025-09-02T10:00", users=amount(8), kind="drill"),
    ]
    facts = found(*incidents, settings=replace(SETTINGS, as_of=date(2025, 9, 10)))
    assert facts.whole.users.minimum == 2


def test_a_period_that_tells_nothing_has_no_section():
    assert found(incident("a")) is None
    assert found() is None


def test_every_figure_has_its_definition():
    told = incident(
        "a",
        services=("s",),
        parts=(part("s", "2025-09-01T10:00", "2025-09-01T10:05"),),
        users=amount(1),
        requests_failed=amount(1),
        complaints=amount(1),
        revenue=amount(1, unit="EUR"),
    )
    assert {figure.name for figure in figures(found(told))} == set(DEFINITIONS)
