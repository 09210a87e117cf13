"""Where a clock stands among the incidents before, against counts by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive import Standing, Standings, clocks

from .examples import report

BASE = datetime(2024, 3, 1, tzinfo=UTC)


def incident(number, day, minutes, severity="SEV2", **facts):
    """Return an incident that starts `day` days after the base and lasts so many minutes."""
    start = BASE + timedelta(days=day)
    end = start + timedelta(minutes=minutes)
    return report(
        f"I-{number}", start.isoformat(), resolved=end.isoformat(), severity=severity, **facts
    )


def test_a_clock_is_ranked_among_those_before_it():
    earlier = [incident(n, n, n) for n in range(1, 11)]
    this = incident(99, 20, 8)
    standing = Standings([*earlier, this]).of(this, "ttr")
    assert standing == Standing(n=10, shorter=7, equal=1)
    assert standing.share == pytest.approx(0.75)


def test_under_ten_incidents_there_is_no_share():
    earlier = [incident(n, n, n) for n in range(1, 10)]
    this = incident(99, 20, 8)
    standing = Standings([*earlier, this]).of(this, "ttr")
    assert standing.n == 9
    assert standing.share is None


def test_only_the_same_severity_is_compared():
    this = incident(99, 20, 8)
    others = [incident(1, 1, 5, severity="SEV1"), incident(2, 2, 5)]
    assert Standings([*others, this]).of(this, "ttr").n == 1


def test_the_window_opens_24_months_before_to_the_minute():
    this = report("now", "2026-03-01T12:00", resolved="2026-03-01T12:10", severity="SEV1")
    just_in = report("in", "2024-03-01T12:00", resolved="2024-03-01T12:10", severity="SEV1")
    just_out = report("out", "2024-03-01T11:59", resolved="2024-03-01T12:10", severity="SEV1")
    standings = Standings([just_out, just_in, this])
    assert standings.of(this, "ttr") == Standing(n=1, shorter=0, equal=1)


def test_on_a_leap_day_the_window_opens_with_march():
    this = report("now", "2024-02-29T10:00", resolved="2024-02-29T10:10", severity="SEV1")
    before = report("out", "2022-02-28T23:59", resolved="2022-03-01T00:10", severity="SEV1")
    after = report("in", "2022-03-01T00:00", resolved="2022-03-01T00:10", severity="SEV1")
    assert Standings([before, after, this]).of(this, "ttr").n == 1


def test_what_starts_at_the_same_moment_is_not_before():
    pair = [incident(1, 5, 3), incident(2, 5, 4)]
    standings = Standings(pair)
    assert [standings.of(one, "ttr").n for one in pair] == [0, 0]


@pytest.mark.parametrize("facts", [{"severity": None}, {"milestones": {}}])
def test_an_incident_that_cannot_be_compared_has_no_standing(facts):
    this = incident(1, 5, 3, **({"severity": "SEV2"} | facts))
    assert Standings([this]).of(this, "ttr") is None


def test_an_incident_without_the_clock_is_not_counted():
    this = incident(99, 20, 8)
    unresolved = report("open", BASE.isoformat(), severity="SEV2")
    assert Standings([unresolved, this]).of(this, "ttr").n == 0


incidents = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 40), st.sampled_from(("SEV1", "SEV2"))),
    max_size=30,
).map(lambda rows: [incident(n, *row) for n, row in enumerate(rows)])


def counted_one_by_one(this, others):
    """The definition, without a window that moves: it knows no leap day, and BASE has none."""
    start = this.milestones["started"].at
    since = start.replace(year=start.year - 2)
    before = [
        clocks(other)["ttr"]
        for other in others
        if other.severity == this.severity and since <= other.milestones["started"].at < start
    ]
    own = clocks(this)["ttr"]
    return Standing(len(before), sum(time < own for time in before), before.count(own))


@given(incidents)
def test_every_standing_is_what_the_definition_says(rows):
    standings = Standings(rows)
    for this in rows:
        start = this.milestones["started"].at
        if (start.month, start.day) != (2, 29):
            assert standings.of(this, "ttr") == counted_one_by_one(this, rows)


@given(incidents)
def test_a_rank_lies_within_what_it_is_counted_among(rows):
    standings = Standings(rows)
    for this in rows:
        found = standings.of(this, "ttr")
        assert found.shorter >= 0
        assert found.shorter + found.equal <= found.n
        assert found.share is None or 0 <= found.share <= 1


@given(incidents, st.integers(0, 40))
def test_a_later_report_never_changes_an_earlier_standing(rows, minutes):
    later = incident(999, 2001, minutes)
    before, after = Standings(rows), Standings([*rows, later])
    assert all(before.of(this, "ttr") == after.of(this, "ttr") for this in rows)
    assert after.of(later, "ttr") is not None
