"""Columns and orders, by hand and against a count over the reports themselves."""

from collections import Counter
from datetime import date

import pytest

from postmortem_archive.site.search.columns import columns, facets, orders
from postmortem_archive.site.site import Site

from ..stand import front, site  # noqa: TID252 -- Python has a module called site too

FIRST = front(
    id="A", title="beta", severity="SEV1", status="reviewed", kind="incident",
    started="2024-12-31T23:50Z", resolved="2025-01-01T00:20Z", services="[Basket, search]",
    trigger="config_push", root_cause="saturation", detection="alert", tags="[Payments, db]",
)  # fmt: skip
SECOND = front(
    id="B", title="Alpha", severity="SEV3", kind="drill", started="2025-03-01T10:00Z",
    resolved="2025-03-01T11:00Z", services="[search]", tags="[payments]",
    related="[{id: A, relation: recurrence_of}]",
    actions="[{text: Do it}, {text: Done, status: done}]",
)  # fmt: skip
THIRD = front(id="C", title="alpha", date="2025-04-01", root_cause="Cosmic rays")


@pytest.fixture
def made() -> Site:
    return site({"2024/a.md": FIRST, "2025/b.md": SECOND, "2025/c.md": THIRD})


def told(made: Site, name: str) -> list:
    """Give the names of what each report has of a facet."""
    facet = facets(made.archive)[name]
    names = [value for value, _ in facet.values]
    return [
        [names[place] for place in of]
        if isinstance(of, tuple)
        else None if of is None else names[of]
        for of in facet.of
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("severity", ["SEV1", "SEV3", None]),
        ("kind", ["incident", "drill", "incident"]),
        ("status", ["reviewed", None, None]),
        ("service", [["checkout", "search"], ["search"], []]),
        ("trigger", ["config_push", None, None]),
        ("cause", ["saturation", None, None]),
        ("detection", ["alert", None, None]),
        ("year", ["2024", "2025", "2025"]),
        ("tag", [["db", "payments"], ["payments"], []]),
        ("actions", [None, "open", None]),
        ("took", ["15m-1h", "1h-4h", "untold"]),
    ],
)
def test_each_report_has_the_values_that_it_tells(made, facet, values):
    assert told(made, facet) == values


def test_a_history_recurs(made):
    chained = {report.id for chain in made.archive.chains for report in chain.members}
    assert told(made, "recurring") == ["yes" if n in chained else None for n in ("A", "B", "C")]
    assert chained


def test_only_values_that_occur_are_there_in_the_order_of_their_vocabulary(made):
    found = facets(made.archive)
    assert found["severity"].values == (("SEV1", "SEV1"), ("SEV3", "SEV3"))
    assert found["service"].values == (("checkout", "Checkout"), ("search", "Search"))
    assert found["tag"].values == (("db", "db"), ("payments", "Payments"))
    assert [title for _, title in found["took"].values] == [
        "15 to 60 minutes", "1 to 4 hours", "Not told",
    ]  # fmt: skip


def test_days_and_minutes_are_numbers_or_null(made):
    told = columns(made.archive)
    days = [
        (date(*day) - date(1970, 1, 1)).days for day in ((2024, 12, 31), (2025, 3, 1), (2025, 4, 1))
    ]
    assert told["day"] == days
    assert told["minutes"] == {"ttr": [30, 60, None]}


def test_orders_rank_equals_alike_and_what_has_no_service_not_at_all(made):
    assert orders(made.archive) == {"title": [1, 0, 0], "service": [0, 1, None]}


@pytest.mark.parametrize(
    ("minutes", "band"),
    [
        (0, "under-15m"), (14, "under-15m"), (15, "15m-1h"), (59, "15m-1h"), (60, "1h-4h"),
        (239, "1h-4h"), (240, "4h-24h"), (1439, "4h-24h"), (1440, "over-24h"), (90_000, "over-24h"),
    ],
)  # fmt: skip
def test_a_band_begins_with_its_first_minute(minutes, band):
    days, rest = divmod(minutes, 1440)
    end = f"{date.fromordinal(date(2025, 1, 1).toordinal() + days)}T{rest // 60:02}:{rest % 60:02}Z"
    made = site({"2025/a.md": front(title="x", started="2025-01-01T00:00Z", resolved=end)})
    assert told(made, "took") == [band]


def test_counts_are_those_of_the_archives_groups(made):
    counts = Counter(name for names in told(made, "service") for name in names)
    assert counts == {g.name: len(g.reports) for g in made.archive.services if g.reports}
