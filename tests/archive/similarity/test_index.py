"""Which reports resemble each other, how much, and that it does not matter how one came to know."""

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive.similarity.features import (
    Features,
    features,
)
from postmortem_archive.archive.similarity.index import index, matches
from postmortem_archive.archive.similarity.weighing import bits, is_boilerplate, rounded
from postmortem_archive.report.formats.blank import blank_sentences
from postmortem_archive.report.settings import ReadingSettings

from .made import others, report, told


def test_a_count_is_rounded_to_the_nearest_power_of_two():
    assert [rounded(n) for n in (0, 1, 2, 3, 5, 6, 11, 12, 100)] == [0, 1, 2, 4, 4, 8, 8, 16, 128]


def test_what_is_told_by_being_one_of_few_is_counted_in_bits():
    assert [bits(n, 64) for n in (1, 2, 4, 64)] == [6, 5, 4, 0]
    assert bits(3, 2) == 0


def test_the_score_is_the_cosine_of_weighed_terms_and_a_hundredth_of_each_bit():
    """Of 16 reports two have `pool` and `dry`, once each; `ours` and `its` stand in one alone."""
    made = index(
        {
            "a.md": told("ours", "pool dry", service="db"),
            "b.md": told("its", "pool pool dry", service="db"),
            **others(14),
        }
    )
    (match,) = matches("a.md", made)
    shared, alone = bits(2, 16), bits(1, 16)
    # The title counts twice.
    title = (1 + log(2)) * alone
    one = sqrt(title**2 + 2 * shared**2)
    other = sqrt(title**2 + ((1 + log(2)) * shared) ** 2 + shared**2)
    cosine = ((1 + log(2)) * shared**2 + shared**2) / (one * other)
    assert match.path == "b.md"
    assert match.score == pytest.approx(cosine + 0.01 * bits(2, 16), abs=1e-8)


def test_it_is_the_same_from_either_side():
    made = index({"a.md": told("x", "pool dry"), "b.md": told("y", "dry pool db"), **others(6)})
    (one,), (other,) = matches("a.md", made), matches("b.md", made)
    assert (one.path, other.path) == ("b.md", "a.md")
    assert one.score == other.score


def test_the_rarer_thing_counts_more():
    common = {f"c{n}.md": told(f"t{n}a t{n}b", "pool") for n in range(6)}
    made = index(
        {
            "a.md": told("x", "pool", "needle"),
            "b.md": told("y", "needle"),
            **common,
            **others(20),
        }
    )
    assert matches("a.md", made)[0].path == "b.md"


def test_what_half_of_the_archive_says_is_no_resemblance():
    every = {f"{n}.md": told(f"t{n}a", "usual words") for n in range(8)}
    assert matches("0.md", index(every)) == ()


def test_a_sentence_that_very_many_reports_have_is_a_templates():
    assert not is_boilerplate(8, 1000)
    assert is_boilerplate(24, 1000)
    habit = "reviewed blameless culture"
    every = {f"h{n:02}.md": told(f"t{n}a t{n}b", habit) for n in range(24)} | others(200)
    assert matches("h00.md", index(every)) == ()
    few = {path: features for path, features in every.items() if path not in list(every)[2:20]}
    assert matches("h00.md", index(few))


def test_what_stands_in_a_blank_format_is_known():
    assert "initial assessment" in blank_sentences()
    told_again = report("a", telling=("pool", "initial assessment"))
    assert features(told_again, ReadingSettings()).sentences == ("pool",)


def test_among_equals_the_path_decides():
    every = {f"{name}.md": told(f"t{name}", "pool dry") for name in "dacb"} | others(28)
    assert [match.path for match in matches("c.md", index(every))] == ["a.md", "b.md", "d.md"]


def test_what_still_holds_is_not_computed_again():
    every = {"a.md": told("x", "pool dry"), "b.md": told("y", "pool dry"), **others(11)}
    before = index(every)
    kept = matches("a.md", before)
    vector = before.vectors["a.md"]
    after = index({**every, **others(1, start=50)}, before)
    assert after.found["a.md"] == kept
    assert after.vectors["a.md"] is vector
    assert index(every, before) is before


def test_what_is_new_is_found_from_both_sides():
    every = {"a.md": told("x", "pool dry"), **others(12)}
    before = index(every)
    assert matches("a.md", before) == ()
    after = index({**every, "b.md": told("y", "pool dry")}, before)
    assert [match.path for match in matches("a.md", after)] == ["b.md"]


# Few sentences, so that many reports share some, and others, so that their number rounds to 32.
_SENTENCES = st.lists(
    st.sampled_from(
        ["pool dry", "disk full", "queue lock", "cache retry pool", "lock", "dry disk"]
    ),
    max_size=4,
)
_FACTS = st.dictionaries(
    st.tuples(st.sampled_from(["service", "cause", "trigger", "tag"]), st.sampled_from("abc")),
    st.just("A"),
    max_size=4,
)
_FEATURES = st.builds(Features, _FACTS, _SENTENCES.map(tuple))
_OTHERS = others(23)
_ARCHIVES = st.lists(_FEATURES, max_size=20).map(
    lambda told: {f"{n}.md": features for n, features in enumerate(told)} | _OTHERS
)
# What is said in a dozen reports of some thirty is a habit, and in one less it is none.
_HABITS = {f"h{n:02}.md": told(f"own{n}a", "said often", f"own{n}b") for n in range(11)}
_EDITS = st.lists(
    st.tuples(
        st.sampled_from([*(f"{n}.md" for n in range(6)), *_HABITS]),
        st.none() | _FEATURES | st.just(told("new", "said often")),
    ),
    min_size=1,
    max_size=6,
)


def known_whole(made, paths):
    return {path: matches(path, made) for path in paths}


@given(st.lists(_FEATURES, min_size=3, max_size=6), _EDITS)
def test_an_index_is_the_same_however_it_came_about(told_first, edits):
    reports = {f"{n}.md": features for n, features in enumerate(told_first)} | _HABITS | _OTHERS
    known = index(reports)
    known_whole(known, reports)
    for path, features_then in edits:
        reports = {p: f for p, f in reports.items() if p != path}
        if features_then is not None:
            reports[path] = features_then
        known = index(reports, known)
        afresh = index(reports)
        assert known == afresh
        assert known_whole(known, reports) == known_whole(afresh, reports)


@given(_ARCHIVES, _ARCHIVES)
def test_an_index_of_other_reports_is_the_same_as_one_from_scratch(first, then):
    before = index(first)
    known_whole(before, first)
    after = index(then, before)
    assert after == index(then)
    assert known_whole(after, then) == known_whole(index(then), then)


@given(_ARCHIVES, _FEATURES)
def test_one_more_report_gives_what_all_together_give(reports, new):
    before = index(reports)
    known_whole(before, reports)
    after = {**reports, "new.md": new}
    grown = index(after, before)
    assert grown == index(after)
    assert known_whole(grown, after) == known_whole(index(after), after)


@given(_ARCHIVES)
def test_every_resemblance_is_mutual(reports):
    made = index(reports)
    scores = {(a, m.path): m.score for a in reports for m in matches(a, made)}
    for (one, other), score in scores.items():
        assert scores.get((other, one), score) == score
