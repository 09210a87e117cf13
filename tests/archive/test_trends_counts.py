"""Counts of a period, and what they are compared with."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from scipy import stats

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period, PeriodKind, period_of
from postmortem_archive.archive.statistics.counts import Verdict
from postmortem_archive.archive.trends.changes import Against, Untested, stretches_around
from postmortem_archive.archive.trends.counts import DEFINITIONS, counts, figures
from postmortem_archive.archive.trends.tallies import Events, Tallies

from .examples import SETTINGS, relation, report


def archive(*reports, **settings):
    ordered = tuple(sorted(reports, key=lambda one: (one.date or date.max, one.id)))
    return Archive(replace(SETTINGS, **settings), ordered, (), frozenset(), frozenset(), ())


def on(day, id_=None, **facts):
    return report(id_ or f"R{day}", str(day), **{"severity": "SEV3", **facts})


def spread(count, start, days=80, **facts):
    """Return incidents spread evenly over the days from one on."""
    begin = date.fromisoformat(start)
    return [
        on(begin + timedelta(days=days * n // count), f"{start}-{n}", **facts) for n in range(count)
    ]


def quarter(day):
    return period_of(PeriodKind.QUARTER, date.fromisoformat(day))


def by_test(facts):
    return {(test.majors, test.against): test for test in facts.changes.tests}


def test_incidents_are_counted_by_severity_and_others_by_kind():
    facts = counts(
        archive(
            on("2025-01-01", severity="SEV1"),
            on("2025-02-01", severity="SEV2"),
            on("2025-02-02", severity=None),
            on("2025-02-03", kind="drill"),
            on("2025-04-01"),
        ),
        quarter("2025-01-01"),
    )
    assert facts.now.incidents == Events(3, 0, opening=1)
    assert facts.now.majors == Events(2, 0, opening=1)
    assert dict(facts.now.severities) == {"SEV1": 1, "SEV2": 1, "SEV3": 0, "SEV4": 0, None: 1}
    assert facts.now.kinds == (("drill", 1),)
    assert facts.now.rate.exposure == 90


def test_nothing_is_told_of_a_time_before_the_first_incident_or_to_come():
    kept = archive(on("2025-05-01"), on("2025-01-05", "drill", kind="drill"))
    assert counts(kept, quarter("2025-01-01")) is None
    assert counts(kept, quarter("2025-05-01")) is not None
    assert counts(kept, quarter("2026-04-01")) is None
    assert counts(archive(), quarter("2025-05-01")) is None


def test_a_period_in_which_the_archive_begins_is_compared_with_nothing_and_by_nothing():
    """The time before the first incident is unknown; it is not a time without incidents."""
    kept = archive(*spread(3, "2025-01-02"), *spread(9, "2025-04-01"), *spread(9, "2025-07-01"))
    assert counts(kept, quarter("2025-01-02")).changes.tests == ()
    second = counts(kept, quarter("2025-04-01"))
    assert second.changes.tests == ()
    assert second.changes.before is None
    # The rate of the first is over the days that the archive covers.
    assert counts(kept, quarter("2025-01-02")).now.exposure.total == 89
    third = counts(kept, quarter("2025-07-01"))
    assert {test.why for test in third.changes.tests} == {Untested.NO_SEASON}
    assert third.changes.year_before is None


def test_the_year_before_is_compared_by_the_exact_test():
    kept = archive(*spread(3, "2024-10-01"), *spread(17, "2025-10-01"))
    facts = counts(kept, quarter("2025-10-01"))
    test = by_test(facts)[False, Against.YEAR_BEFORE]
    assert (test.comparison.before, test.comparison.after) == (3, 17)
    # The quarters between had none, so the counts of 3, 0, 0, 0 vary more than chance: 3 by 3
    # degrees of freedom × (2.25² + 3 × .75²) / .75 = 3.
    assert facts.changes.dispersion.value == pytest.approx(3, rel=0.02)
    exact = 2 * stats.binom.cdf(3, 20, 0.5)
    wider = 2 * stats.norm.cdf(stats.norm.ppf(exact / 2) / facts.changes.dispersion.value**0.5)
    assert test.comparison.p == pytest.approx(wider)


def test_one_verdict_of_a_change():
    quarters = ("2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01")
    steady = [one for start in quarters for one in spread(10, start)]
    kept = archive(*steady, *spread(40, "2025-04-01"))
    found = by_test(counts(kept, quarter("2025-04-01")))
    assert found[False, Against.YEAR_BEFORE].comparison.verdict is Verdict.MORE
    assert found[False, Against.BEFORE].comparison.verdict is Verdict.MORE
    assert found[False, Against.BEFORE].seasonal
    assert found[True, Against.BEFORE].why is Untested.NOTHING_COUNTED
    fewer = archive(*steady, *spread(1, "2025-04-01"))
    found = by_test(counts(fewer, quarter("2025-04-01")))
    assert found[False, Against.YEAR_BEFORE].comparison.verdict is Verdict.FEWER


def test_after_a_quarter_out_of_line_counts_are_known_to_vary():
    """No incident after ten a year before is a change, unless another quarter had forty."""
    months = ("2024-01", "2024-04", "2024-07", "2024-10", "2025-01", "2025-04")
    steady = [one for month in months for one in spread(10, f"{month}-01")]
    calm = counts(archive(*steady), quarter("2025-07-01"))
    wild = counts(archive(*steady, *spread(30, "2025-04-02")), quarter("2025-07-01"))
    verdicts = [
        by_test(facts)[False, Against.YEAR_BEFORE].comparison.verdict for facts in (calm, wild)
    ]
    assert verdicts == [Verdict.FEWER, Verdict.NO_CHANGE]


def test_seasons_that_come_every_year_are_no_change():
    """Forty in the fourth quarter after ten in the third is what every year has."""
    kept = archive(
        *[
            one
            for year in (2023, 2024, 2025)
            for month, count in ((1, 10), (4, 10), (7, 10), (10, 40))
            for one in spread(count, f"{year}-{month:02}-01")
        ]
    )
    facts = counts(kept, quarter("2025-10-01"))
    assert {test.comparison.verdict for test in facts.changes.tests if not test.majors} == {
        Verdict.NO_CHANGE
    }
    assert facts.changes.dispersion.seasonal
    assert facts.changes.dispersion.value == pytest.approx(0, abs=0.001)


def test_a_period_in_progress_is_held_against_its_days_so_far():
    kept = archive(
        *[
            one
            for start in ("2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01")
            for one in spread(30, start)
        ],
        *[one for start in ("2025-01-01", "2025-04-01", "2025-07-01") for one in spread(30, start)],
        *spread(30, "2025-10-01"),
        *spread(10, "2026-01-01", days=31),
        on("2026-02-01", "tomorrow"),
    )
    facts = counts(kept, quarter("2026-01-31"))
    assert facts.now.incidents.count == 10
    assert facts.now.exposure.total == 31
    comparison = by_test(facts)[False, Against.YEAR_BEFORE].comparison
    assert (comparison.before, comparison.after) == (30, 10)
    assert comparison.expected == pytest.approx(40 * 31 / 121)
    assert {test.comparison.verdict for test in facts.changes.tests if not test.majors} == {
        Verdict.NO_CHANGE
    }


def test_a_year_is_compared_with_the_year_before_alone():
    kept = archive(*spread(20, "2023-12-30", days=700), *spread(20, "2025-12-01", days=30))
    year = counts(kept, period_of(PeriodKind.YEAR, date(2025, 1, 1)))
    assert year.changes.before is None
    assert {test.against for test in year.changes.tests} == {Against.YEAR_BEFORE}
    assert [tally.period.name for tally in year.columns] == [
        f"{y}-q{q}" for y in (2024, 2025) for q in (1, 2, 3, 4)
    ]


def test_all_time_and_spans_are_compared_with_nothing():
    kept = archive(*spread(40, "2024-01-01", days=700))
    whole = Period(PeriodKind.ALL, "all", "All time", date(2024, 1, 1), date(2026, 2, 1))
    assert counts(kept, whole).changes.tests == ()
    assert [tally.period.name for tally in counts(kept, whole).columns][-1] == "2026-q1"
    span = Period(PeriodKind.SPAN, "freeze", "Freeze", date(2025, 3, 3), date(2025, 4, 4))
    assert counts(kept, span).changes.tests == ()
    assert counts(kept, span).columns == ()


def test_a_long_history_is_shown_by_years():
    kept = archive(on("2015-03-01"), on("2025-03-01"))
    whole = Period(PeriodKind.ALL, "all", "All time", date(2015, 3, 1), date(2026, 2, 1))
    assert [tally.period.name for tally in counts(kept, whole).columns] == [
        str(year) for year in range(2015, 2027)
    ]


@pytest.mark.parametrize(
    ("days", "name", "folded"),
    [
        (0, "recurrence_of", 1),
        (7, "recurrence_of", 1),
        (7, "same_cause", 1),
        (8, "recurrence_of", 0),
        (3, "follows", 0),
        (3, "related", 0),
    ],
)
def test_one_cause_within_seven_days_counts_once_in_rates(days, name, folded):
    first = date(2025, 2, 1)
    kept = archive(
        on("2025-01-01", "opening"),
        on(first, "a"),
        on(first + timedelta(days=days), "b", related=(relation("a", name),)),
    )
    now = counts(kept, quarter("2025-02-01")).now
    assert now.incidents == Events(3, folded, opening=1)
    assert now.rate.n == 2 - folded


def test_rates_leave_the_incident_out_that_their_days_begin_with():
    kept = archive(on("2025-02-01", "a", severity="SEV3"), on("2025-02-01", "b", severity="SEV1"))
    now = counts(kept, quarter("2025-02-01")).now
    assert (now.incidents.count, now.rate.n, now.rate.exposure) == (2, 1, 59)
    assert (now.majors.count, now.major_rate.n) == (1, 1)
    assert counts(kept, quarter("2025-05-01")).now.incidents == Events(0, 0)


@pytest.mark.parametrize("mean", [0.05, 0.3, 0.8, 1.3, 2.6, 5, 10, 100])
def test_a_rate_holds_the_truth_in_an_archive_however_young(mean):
    """After the first incident the others are Poisson; with it counted, 81% hold for a mean of 0.8.

    Its own probability is summed over every count that can be.
    """
    first, last = date(2025, 1, 1), date(2025, 3, 31)
    held = 0.0
    for others in range(int(mean + 8 * mean**0.5 + 10)):
        days = [first, *(first + timedelta(days=1 + n % 80) for n in range(others))]
        kept = archive(*(on(day, f"i{n}") for n, day in enumerate(days)))
        rate = counts(kept, quarter(first.isoformat())).now.rate
        assert rate.exposure == (last - first).days + 1
        if rate.low * rate.exposure <= mean <= rate.high * rate.exposure:
            held += stats.poisson.pmf(others, mean)
    assert held >= 0.9


def test_a_run_of_recurrences_counts_once_from_one_to_the_next():
    kept = archive(
        on("2025-02-01", "a"),
        on("2025-02-06", "b", related=(relation("a", "recurrence_of"),)),
        on("2025-02-11", "c", related=(relation("b", "recurrence_of"),)),
    )
    assert counts(kept, quarter("2025-02-01")).now.incidents == Events(3, 2, opening=1)


def test_a_major_incident_is_not_lost_in_a_minor_one_before_it():
    kept = archive(
        on("2025-02-01", "a", severity="SEV4"),
        on("2025-02-02", "b", severity="SEV1", related=(relation("a", "recurrence_of"),)),
        on("2025-02-03", "c", severity="SEV2", related=(relation("b", "same_cause"),)),
    )
    now = counts(kept, quarter("2025-02-01")).now
    assert (now.incidents, now.majors) == (Events(3, 2, opening=1), Events(2, 1))


def test_days_between_majors():
    kept = archive(
        on("2025-01-01", "a", severity="SEV1"),
        report("b", "2025-01-11T00:00", severity="SEV2"),
        report("c", "2025-01-12T12:00", severity="SEV2"),
        on("2025-02-01", "d"),
        on("2025-05-01", "e", severity="SEV1"),
    )
    found = counts(kept, quarter("2025-01-01")).gaps
    assert [(gap.report.id, gap.days) for gap in found.gaps] == [("b", 10), ("c", 1.5)]
    assert (found.last.id, found.since, found.until) == ("c", 78, date(2025, 3, 31))
    assert found.chart is None
    # A quarter in progress counts to the day that the archive speaks of.
    assert counts(kept, quarter("2026-01-01")).gaps.since == 275
    assert counts(archive(on("2025-02-01")), quarter("2025-02-01")).gaps is None


def test_limits_are_those_of_the_last_gaps():
    kept = archive(*[on(date(2015, 1, 1) + timedelta(days=60 * n), severity="SEV1")
                     for n in range(60)])  # fmt: skip
    found = counts(kept, quarter("2025-01-01")).gaps
    assert len(found.gaps) == 40
    assert found.chart.centre == pytest.approx(60)


def test_every_figure_is_defined_and_tells_its_interval():
    steady = [one for y in (2023, 2024, 2025) for one in spread(90, f"{y}-01-01", 360)]
    majors = spread(20, "2023-01-03", 1090, severity="SEV1")
    facts = counts(archive(*steady, *majors, on("2025-11-01", kind="drill")), quarter("2025-10-01"))
    told = figures(facts)
    assert {figure.name for figure in told} == set(DEFINITIONS)
    by_name = {(figure.name, figure.of): figure for figure in told}
    rate = by_name["incident_rate", "all"]
    assert rate.value == facts.now.incidents.counted / 92
    assert rate.low < rate.value < rate.high
    change = by_name["change_in_incidents", "all against the year before"]
    assert (change.note, change.unit) == ("no_change", "p-value")
    gaps = [figure.of for figure in told if figure.name == "days_before_major"]
    assert gaps == [gap.report.id for gap in facts.gaps.gaps if gap.end >= date(2025, 10, 1)]


def test_causes_vary_by_quarters_before_and_by_the_halves_of_years():
    kept = Tallies(archive(on("2022-12-01"), on("2025-12-01")))
    year = stretches_around(kept, period_of(PeriodKind.YEAR, date(2024, 5, 5), 4))
    assert [(name, half.start.isoformat(), half.end.isoformat()) for name, half in year] == [
        ("fy2025", "2024-04-01", "2024-10-01"),
        ("fy2025", "2024-10-01", "2025-04-01"),
        ("fy2024", "2023-04-01", "2023-10-01"),
        ("fy2024", "2023-10-01", "2024-04-01"),
    ]
    # The second half of a year in progress has still to come.
    assert len(stretches_around(kept, period_of(PeriodKind.YEAR, date(2026, 1, 1)))) == 6
    quarters = stretches_around(kept, quarter("2023-12-01"))
    assert [one.name for _, one in quarters] == ["2023-q3", "2023-q2", "2023-q1"]


def test_a_page_at_the_beginning_of_the_calendar_is_made():
    kept = archive(on("0001-01-02"), on("0001-05-02"))
    for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR):
        assert counts(kept, period_of(kind, date(1, 5, 2))).changes.year_before is None
