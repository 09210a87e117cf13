"""Dates, clock times, zones and durations as people write them."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report.grammar.moments import (
    find_date,
    find_duration,
    minutes_between,
    parse_iso,
)
from postmortem_archive.report.grammar.when import Days, read_when
from postmortem_archive.report.grammar.zones import AMBIGUOUS, find_zone, zone_in
from postmortem_archive.report.record import Moment, Precision

DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 30))
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(DAYS)
def test_a_day_reads_back_however_it_is_written(day):
    for text in (
        day.isoformat(),
        f"{day.year:04}/{day.month:02}/{day.day:02}",
        f"on {day:%B} {day.day}, {day.year:04}",
        f"{day:%b} {day.day} {day.year:04}",
        f"{day.day} {day:%B} {day.year:04}",
        f"{day.day}. {day:%B} {day.year:04}",
        f"{day.day:02}.{day.month:02}.{day.year:04}",
    ):
        assert find_date(text) == day, text


@pytest.mark.parametrize(
    "text",
    ["03/04/2025", "3-4-2025", "2025-02-30", "2025-13-01", "31 April 2025", "2025", "March 2025",
     "12025-03-04", "2025-03-041", "v2025-03-04", "10.2025", "1/2/3", "00.00.2025", "2025-0304"],
)  # fmt: skip
def test_what_is_no_day_or_two_days_is_none(text):
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("13/04/2025", date(2025, 4, 13)), ("04/13/2025", date(2025, 4, 13)),
     ("04/04/2025", date(2025, 4, 4)), ("3rd of March 2025", date(2025, 3, 3)),
     ("March 3rd, 2025", date(2025, 3, 3)), ("Sept. 9, 2025", date(2025, 9, 9)),
     ("due 2025-03-04.", date(2025, 3, 4)), ("(2025-03-04)", date(2025, 3, 4))],
)  # fmt: skip
def test_a_day_is_read_where_only_one_is_meant(text, day):
    assert find_date(text) == day


@given(TIMES)
def test_a_clock_reads_back_in_24_and_in_12_hours(at):
    for text in (f"{at:%H:%M}", f"{at:%H:%M:%S}", f"{at:%I:%M %p}", f"{at:%I:%M%p}".lower()):
        when = read_when(text, whole=True)
        assert when
        assert when.clock
        assert when.clock.at == at, text


@given(DAYS, TIMES, st.sampled_from(["", " UTC", "Z", " +02:00", " CET", " America/New_York"]))
def test_a_moment_reads_back_with_its_day_and_zone(day, at, zone):
    when = read_when(f"{day} {at:%H:%M}{zone}", whole=True)
    assert when
    assert when.clock
    assert (when.day, when.clock.at, when.clock.zone) == (day, at, zone.strip() or None)


@given(DAYS, TIMES, st.integers(-14 * 60, 14 * 60))
def test_an_iso_time_reads_back(day, at, offset):
    zone = timezone(timedelta(minutes=offset))
    written = datetime.combine(day, at, zone)
    read = parse_iso(written.isoformat(), UTC)
    assert read
    assert (read.at, read.zone_assumed) == (written, False)
    again = parse_iso(read.isoformat(), UTC)
    assert again
    assert again.at == read.at


@pytest.mark.parametrize(
    "text",
    ["14:?? a", "25:00", "14:60", "13:02 AM", "0:02 AM", "24:01", "1:2", "version 1:02.3", "14", "",
     "a 14:02", "10.0.0.1", "0:00 AM"],
)  # fmt: skip
def test_what_is_no_clock_is_none(text):
    when = read_when(text)
    assert when is None or when.clock is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("14:02-14:10", "14:02", "14:10"), ("14:02 – 14:10 UTC", "14:02", "14:10"),
     ("2:02 PM to 2:10 PM", "14:02", "14:10"), ("14:02 until 15:00", "14:02", "15:00"),
     ("10:00-12:00", "10:00", "12:00"), ("2025-03-04 10:00-12:00", "10:00", "12:00")],
)  # fmt: skip
def test_a_range_has_two_ends(text, start, end):
    when = read_when(text, whole=True)
    assert when
    assert when.clock
    assert when.until
    assert (f"{when.clock.at:%H:%M}", f"{when.until.at:%H:%M}") == (start, end)


def test_a_minus_after_an_iso_time_is_its_offset():
    when = read_when("2025-03-04T10:00-05:00", whole=True)
    assert when
    assert when.clock
    assert (when.clock.zone, when.until) == ("-05:00", None)


@given(st.lists(st.integers(0, 170), min_size=1, max_size=20), DAYS, TIMES)
def test_clocks_without_a_day_follow_each_other_over_midnight(steps, day, at):
    start = datetime.combine(day, at, UTC)
    days = Days(day, UTC, UTC)
    for minutes in [0, *steps]:
        start += timedelta(minutes=minutes)
        when = read_when(f"{start:%H:%M}")
        assert when
        moment, _ = days.moments(when)
        assert moment
        assert moment.at == start


@given(st.integers(0, 400), st.integers(0, 23), st.integers(0, 59))
def test_a_duration_reads_back(days, hours, minutes):
    total = days * 1440 + hours * 60 + minutes
    assert find_duration(f"{days} days, {hours} hours and {minutes} minutes") == total
    assert find_duration(f"{days}d {hours}h{minutes:02}m") == total
    assert find_duration(f"took {days * 24 + hours} hours {minutes} min in all") == total


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("10 minutes", 10), ("1 hours 12 minutes", 72), ("2h05m", 125), ("1.5 hours", 90),
     ("90 s", 1.5), ("45-minute", 45), ("3 hours, of which 2 hours at night", 180),
     ("about 2 weeks", 20160), ("1,5 Stunden", 90), ("none", None), ("5 monkeys", None),
     ("v2d3", None), ("", None)],
)  # fmt: skip
def test_durations(text, minutes):
    assert find_duration(text) == minutes


@pytest.mark.parametrize("name", sorted({"BST", "IST", "CST", "MST", "AST"} | set(AMBIGUOUS)))
def test_an_abbreviation_that_zones_share_is_refused(name):
    assert find_zone(name) is None
    assert zone_in(f"All times in {name}.") == name


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "Etc/../x", "/etc/passwd", "A/B/C/D", "+25:00", "X"]
)
def test_what_is_no_zone_is_none(name):
    assert find_zone(name) is None


def test_minutes_are_counted_across_zones_and_the_change_of_clocks():
    berlin = find_zone("Europe/Berlin")
    before = Moment(datetime(2025, 3, 30, 1, 30, tzinfo=berlin))
    after = Moment(datetime(2025, 3, 30, 3, 30, tzinfo=berlin))
    assert minutes_between(before, after) == 60


@given(DAYS)
def test_a_day_alone_stays_a_day(day):
    moment = parse_iso(day.isoformat(), UTC)
    assert moment
    assert moment.precision is Precision.DAY
    assert moment.at.time() == time()
    assert moment.isoformat() == day.isoformat()
