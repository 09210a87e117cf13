"""Why incidents happened, against hand-worked values and SciPy."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import period_named
from postmortem_archive.archive.statistics.counts import Verdict
from postmortem_archive.archive.trends.causes import (
    DEFINITIONS,
    New,
    Pair,
    Why,
    causes,
    figures,
)
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Cause, Factor

from .examples import SETTINGS, relation, report, text

Q1 = period_named("2025-q1")
TRIGGERS = st.sampled_from([None, "config_push", "expiry", "unknown"])


def cause(category):
    return Cause(category) if category else None


def incident(id_, on, trigger=None, root_cause=None, **told):
    return report(id_, f"{on}T10:00", trigger=cause(trigger), root_cause=cause(root_cause), **told)


def many(prefix, first, count, *category, step=10):
    """Return incidents some days apart, with a trigger and a root cause."""
    start = date.fromisoformat(first)
    return [
        incident(f"{prefix}{n}", (start + timedelta(days=n * step)).isoformat(), *category)
        for n in range(count)
    ]


def of(reports, period=Q1):
    return causes(build(reports, SETTINGS), period)


def test_incidents_stand_under_trigger_and_root_cause_and_others_are_counted():
    facts = of(
        [
            incident("a", "2025-01-02", "expiry", "process"),
            incident("b", "2025-01-03", "Expiry", "process"),
            incident("c", "2025-01-04", "config_push"),
            incident("d", "2025-01-05"),
            incident("drill", "2025-01-06", "expiry", "process", kind="drill"),
            incident("e", "2025-04-01", "expiry", "process"),
        ]
    )
    assert facts.n == 4
    assert [(p.trigger, p.root_cause, [r.id for r in p.reports]) for p in facts.pairs] == [
        ("expiry", "process", ["a", "b"]),
        ("config_push", None, ["c"]),
    ]
    assert facts.triggers == ("config_push", "expiry")
    assert facts.root_causes == ("process", None)
    assert [one.id for one in facts.untold] == ["d"]
    assert isinstance(facts.pairs[0], Pair)


def test_factors_are_counted_by_category_and_those_told_twice_are_named():
    told = (
        ("No alert on wait", "technical"),
        ("no alert on wait.", None),
        ("A busy day", "external"),
    )
    factor = [Factor(text(words), Place(9), category) for words, category in told]
    facts = of(
        [
            incident("a", "2025-01-02", contributing_factors=(factor[0], factor[2])),
            incident("b", "2025-01-03", contributing_factors=(factor[1],)),
            incident("c", "2025-01-04", "expiry"),
        ]
    )
    assert dict(facts.factors) == {"technical": 1, "external": 1, None: 1}
    assert facts.with_factors == 2
    assert [(one.text, len(one.reports)) for one in facts.repeated] == [("No alert on wait", 2)]


def test_a_trigger_is_new_where_two_years_did_not_have_it_and_says_whether_ever():
    reports = [
        incident("old", "2022-12-31", "expiry"),
        incident("known", "2023-01-01", "hardware"),
        incident("x", "2025-01-02", "expiry"),
        incident("y", "2025-01-03", "hardware"),
        incident("z", "2025-01-04", "data_migration"),
        incident("u", "2025-01-05", "unknown"),
    ]
    new = of(reports).changed.new
    assert [(one.name, one.ever, [r.id for r in one.reports]) for one in new] == [
        ("expiry", False, ["x"]),
        ("data_migration", True, ["z"]),
    ]
    assert all(isinstance(one, New) and one.why is Why.TRIGGER for one in new)


def test_nothing_is_new_or_gone_where_the_archive_does_not_reach_back_a_year():
    reports = [incident("a", "2024-01-02", "expiry"), incident("b", "2025-01-02", "hardware")]
    assert of(reports).changed is None
    reports.append(incident("first", "2024-01-01", "expiry"))
    assert of(reports).changed is not None


def test_what_grows_is_told_by_fishers_test_against_all_other_incidents():
    """9 of 10 after 2 of 20: Fisher's exact test, doubled, times two tests by Holm.

    Causes have a tenth of the page's level.
    """
    reports = [
        *many("o", "2024-01-01", 18, "expiry", step=15),
        *many("p", "2024-01-05", 2, "feature_flag", step=100),
        *many("q", "2025-01-01", 9, "feature_flag", step=9),
        incident("r", "2025-03-30", "expiry"),
    ]
    shares = {one.name: one for one in of(reports).changed.shares}
    flag = shares["feature_flag"]
    assert (flag.comparison.before, flag.all_before) == (2, 20)
    assert (flag.comparison.after, flag.all_after) == (9, 10)
    p = 2 * hypergeom.sf(8, 30, 11, 10)
    assert flag.comparison.p == pytest.approx(p)
    assert flag.comparison.adjusted == pytest.approx(10 * 2 * p)
    assert flag.comparison.verdict is Verdict.MORE
    assert shares["expiry"].comparison.verdict is Verdict.FEWER


def test_a_busier_period_alone_makes_nothing_grow():
    """Three times as many of everything, in a quarter of the time, is no change of any part."""
    reports = [
        *many("a", "2024-01-01", 6, "expiry", step=30),
        *many("b", "2024-01-10", 6, "hardware", step=30),
        *many("c", "2025-01-01", 18, "expiry", step=4),
        *many("d", "2025-01-02", 18, "hardware", step=4),
    ]
    verdicts = {one.comparison.verdict for one in of(reports).changed.shares}
    assert verdicts == {Verdict.NO_CHANGE}


def test_what_comes_back_within_days_counts_once_in_a_test():
    again = incident("again", "2025-01-04", "expiry", related=(relation("x", "recurrence_of"),))
    reports = [
        incident("first", "2024-01-01", "hardware"),
        incident("x", "2025-01-02", "expiry"),
        again,
    ]
    share = next(one for one in of(reports).changed.shares if one.name == "expiry")
    assert (share.comparison.after, share.all_after) == (1, 1)


def test_what_is_gone_has_the_chance_of_none_at_an_unchanged_rate():
    """Of 366 + 90 days 90 are the quarter's: three incidents all fall before with (366/456)³."""
    reports = [
        *many("a", "2024-01-01", 3, "expiry", step=30),
        incident("once", "2024-05-01", "hardware"),
        incident("b", "2025-01-02", "data_migration"),
    ]
    gone = of(reports).changed.gone
    assert [(one.name, one.before) for one in gone] == [("expiry", 3)]
    assert gone[0].chance == pytest.approx((366 / 456) ** 3)


def test_nothing_is_gone_while_a_period_is_in_progress():
    reports = [*many("a", "2025-01-01", 3, "expiry"), incident("b", "2026-01-02", "hardware")]
    assert of(reports, period_named("2026-q1")).changed.gone == ()


def test_a_quiet_period_still_tells_what_is_gone_and_one_without_a_word_nothing():
    reports = many("a", "2024-01-01", 3, "expiry")
    assert of(reports).n == 0
    assert of([incident("a", "2025-01-02")]) is None


def test_all_time_compares_nothing():
    made = build(many("a", "2023-01-01", 30, "expiry", step=30), SETTINGS)
    assert causes(made, Trends(made).whole).changed is None


def test_every_figure_has_a_definition():
    reports = [
        *many("a", "2024-01-01", 3, "expiry", "process"),
        incident("b", "2025-01-02", "hardware"),
        incident("c", "2025-01-03", contributing_factors=(Factor(text("x"), Place(1)),)),
        incident("d", "2025-01-04", contributing_factors=(Factor(text("x"), Place(1)),)),
    ]
    assert {figure.name for figure in figures(of(reports))} == set(DEFINITIONS) - {
        "root_cause_incidents"
    }


@given(st.lists(st.tuples(TRIGGERS, TRIGGERS), max_size=12))
def test_every_incident_is_in_one_cell_or_told_to_be_in_none(told):
    reports = [incident(str(n), "2025-01-02", *pair) for n, pair in enumerate(told)]
    facts = of(reports)
    if facts is None:
        assert all(pair == (None, None) for pair in told)
    else:
        cells = [r.id for pair in facts.pairs for r in pair.reports]
        assert sorted([*cells, *(r.id for r in facts.untold)]) == sorted(r.id for r in reports)
