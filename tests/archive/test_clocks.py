"""Clocks and phases, against values worked out by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive import CLOCKS, clocks, phases
from postmortem_archive.archive.durations import elapsed, minutes
from postmortem_archive.report.record import MILESTONES, Moment

from .examples import report


def in_minutes(durations):
    return {name: minutes(time) for name, time in durations.items()}


def lengths(found):
    return [(phase.name, minutes(phase.duration)) for phase in found]


FULL = {
    "started": "2025-09-30T14:32",
    "detected": "2025-09-30T14:38",
    "acknowledged": "2025-09-30T14:42",
    "mitigated": "2025-09-30T15:25",
    "resolved": "2025-09-30T16:45",
}


def without(*names):
    return report("a", **{name: at for name, at in FULL.items() if name not in names})


def test_each_clock_is_declared_once_between_two_milestones():
    assert [(clock.abbreviation, clock.start, clock.end) for clock in CLOCKS] == [
        ("TTD", "started", "detected"),
        ("TTA", "detected", "acknowledged"),
        ("TTM", "started", "mitigated"),
        ("TTR", "started", "resolved"),
    ]


def test_an_incident_with_every_milestone_has_every_clock():
    assert in_minutes(clocks(without())) == {"ttd": 6, "tta": 4, "ttm": 53, "ttr": 133}


def test_a_clock_without_both_its_milestones_is_absent():
    assert in_minutes(clocks(without("detected", "resolved"))) == {"ttm": 53}


def test_a_day_alone_measures_nothing():
    told = FULL | {"started": "2025-09-30"}
    assert in_minutes(clocks(report("a", **told))) == {"tta": 4}


def test_an_incident_caught_before_harm_has_no_time_to_detect():
    told = FULL | {"detected": "2025-09-30T14:20"}
    assert in_minutes(clocks(report("a", **told))) == {"ttd": 0, "tta": 22, "ttm": 53, "ttr": 133}


def test_an_incident_acknowledged_before_harm_has_no_time_to_acknowledge():
    told = FULL | {"detected": "2025-09-30T14:20", "acknowledged": "2025-09-30T14:25"}
    assert in_minutes(clocks(report("a", **told))) == {"ttd": 0, "tta": 0, "ttm": 53, "ttr": 133}


@pytest.mark.parametrize(
    ("milestone", "at", "clock"),
    [
        ("mitigated", "2025-09-30T14:31", "ttm"),
        ("resolved", "2025-09-30T14:31", "ttr"),
        ("acknowledged", "2025-09-30T14:37", "tta"),
    ],
)
def test_a_clock_out_of_order_is_absent(milestone, at, clock):
    found = clocks(report("a", **(FULL | {milestone: at})))
    assert clock not in found
    assert len(found) == 3


def test_a_change_of_clocks_in_the_night_is_not_time_that_passed():
    paris = ZoneInfo("Europe/Paris")
    start = Moment(datetime(2025, 3, 30, 1, 30, tzinfo=paris))
    end = Moment(datetime(2025, 3, 30, 3, 30, tzinfo=paris))
    assert elapsed(start, end) == timedelta(hours=1)


def test_the_first_and_last_years_can_be_measured():
    first = Moment(datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo")))
    last = Moment(datetime.max.replace(tzinfo=ZoneInfo("America/Los_Angeles")))
    assert elapsed(first, last).days == 3652059


def test_phases_follow_each_other_from_start_to_end():
    assert lengths(phases(without())) == [
        ("undetected", 6),
        ("unacknowledged", 4),
        ("mitigating", 43),
        ("restoring", 80),
    ]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (
            ["mitigated"],
            [("undetected", 6), ("unacknowledged", 4), ("mitigating_and_restoring", 123)],
        ),
        (
            ["detected"],
            [("undetected_and_unacknowledged", 10), ("mitigating", 43), ("restoring", 80)],
        ),
        (
            ["acknowledged", "mitigated"],
            [("undetected", 6), ("unacknowledged_and_mitigating_and_restoring", 127)],
        ),
        (["started"], []),
        (["resolved"], []),
    ],
)
def test_phases_merge_over_a_missing_milestone(missing, expected):
    assert lengths(phases(without(*missing))) == expected


def test_a_merged_phase_names_what_it_is_made_of():
    merged = phases(without("acknowledged", "mitigated"))[1]
    assert merged.title == "unacknowledged, mitigating and restoring"
    assert merged.parts == ("unacknowledged", "mitigating", "restoring")


def test_the_ten_minute_incident_has_phases_of_one_one_and_eight():
    found = phases(
        report(
            "INC-001",
            "2025-01-01T10:00",
            detected="2025-01-01T10:01",
            acknowledged="2025-01-01T10:02",
            resolved="2025-01-01T10:10",
        )
    )
    assert [minutes(phase.duration) for phase in found] == [1, 1, 8]


def test_a_milestone_with_its_day_alone_merges_phases():
    found = phases(report("a", **(FULL | {"mitigated": "2025-09-30"})))
    assert lengths(found)[-1] == ("mitigating_and_restoring", 123)


@pytest.mark.parametrize(
    "disorder",
    [
        {"mitigated": "2025-09-30T14:31"},
        {"mitigated": "2025-09-30T14:40"},
        {"acknowledged": "2025-09-30T14:37"},
        {"resolved": "2025-09-30T15:00"},
    ],
)
def test_out_of_order_there_are_no_phases(disorder):
    assert phases(report("a", **(FULL | disorder))) == ()


def test_what_came_before_harm_takes_no_time_of_it():
    told = FULL | {"detected": "2025-09-30T14:20"}
    assert lengths(phases(report("a", **told)))[:2] == [("undetected", 0), ("unacknowledged", 10)]


offsets = st.integers(0, 3000)
milestone_sets = st.fixed_dictionaries(
    {"started": offsets, "resolved": offsets},
    optional={name: offsets for name in MILESTONES if name not in ("started", "resolved")},
)


@given(milestone_sets)
def test_phases_are_none_or_add_up_to_the_time_to_resolve(offsets):
    base = datetime(2025, 1, 1, tzinfo=UTC)
    told = {
        name: (base + timedelta(minutes=offset)).isoformat() for name, offset in offsets.items()
    }
    made = report("a", **told)
    found = phases(made)
    if found:
        assert sum((phase.duration for phase in found), timedelta()) == clocks(made)["ttr"]
        assert all(phase.duration >= timedelta() for phase in found)
        assert [part for phase in found for part in phase.parts] == [
            "undetected",
            "unacknowledged",
            "mitigating",
            "restoring",
        ]


@given(st.lists(offsets, min_size=5, max_size=5).map(sorted))
def test_milestones_in_order_always_have_four_phases(offsets):
    base = datetime(2025, 1, 1, tzinfo=UTC)
    told = {
        name: (base + timedelta(minutes=offset)).isoformat()
        for name, offset in zip(MILESTONES, offsets, strict=True)
    }
    assert len(phases(report("a", **told))) == 4


@given(milestone_sets)
def test_no_clock_is_negative(offsets):
    base = datetime(2025, 1, 1, tzinfo=UTC)
    told = {
        name: (base + timedelta(minutes=offset)).isoformat() for name, offset in offsets.items()
    }
    assert all(time >= timedelta() for time in clocks(report("a", **told)).values())
