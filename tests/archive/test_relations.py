"""Relations between reports, as each page sees them."""

from dataclasses import replace

import pytest

from postmortem_archive.archive import build

from .examples import SETTINGS, links, naming, relation, report


def seen(archive, id_):
    """Return (id of the other, words) for each relation on a report's page."""
    return [(r.report.id, r.words) for r in archive.relations(archive.by_id[id_])]


@pytest.mark.parametrize(
    ("name", "words", "inverse"),
    [
        ("recurrence_of", "recurrence of", "came back as"),
        ("caused_by", "caused by", "caused"),
        ("same_cause", "same cause as", "same cause as"),
        ("follows", "follows", "followed by"),
        ("related", "related to", "related to"),
    ],
)
def test_a_relation_shows_on_both_pages_in_its_own_words(name, words, inverse):
    archive = build([report("a"), report("b", related=(relation("a", name),))], SETTINGS)
    assert seen(archive, "b") == [("a", words)]
    assert seen(archive, "a") == [("b", inverse)]


@pytest.mark.parametrize(
    "target",
    ["a", "A", "2025/a.md", "2025/a", "a.md", "./a.md", "../2025/a.md#impact", "/2025/a.md"],
)
def test_a_target_is_an_id_or_a_path(target):
    archive = build([report("a"), report("b", related=(relation(target),))], SETTINGS)
    assert seen(archive, "b") == [("a", "related to")]
    assert archive.problems == ()


def test_an_unknown_target_is_an_error_at_its_place_with_the_nearest_id():
    reports = [report("INC-12"), report("b", related=(relation("INC-21"),))]
    (problem,) = build(reports, SETTINGS).problems
    assert (problem.path, problem.rule, problem.level) == ("2025/b.md", "unknown-relation", "error")
    assert (problem.place.line, problem.place.column) == (7, 3)
    assert (problem.found, problem.suggestion) == ("INC-21", "INC-12")


def test_what_is_not_related_has_to_exist_too():
    (problem,) = build([report("b", not_related=("gone",))], SETTINGS).problems
    assert (problem.rule, problem.found) == ("unknown-relation", "gone")


def test_a_report_cannot_be_related_to_itself():
    archive = build([report("a", related=(relation("a"),))], SETTINGS)
    assert [problem.rule for problem in archive.problems] == ["self-relation"]
    assert seen(archive, "a") == []


def test_a_link_in_a_text_relates_both_reports():
    archive = build([report("a"), report("b", body=links("2025/a.md#impact"))], SETTINGS)
    assert seen(archive, "a") == [("b", "related to")]
    (found,) = archive.relations(archive.by_id["b"])
    assert (found.report.id, found.told) == ("a", False)


def test_a_link_adds_nothing_to_what_its_own_report_tells():
    b = report("b", body=links("2025/a.md"), related=(relation("a", "follows"),))
    archive = build([report("a"), b], SETTINGS)
    assert seen(archive, "a") == [("b", "followed by")]


def test_a_link_adds_nothing_to_what_the_other_report_tells():
    a = report("a", related=(relation("b", "follows"),))
    archive = build([a, report("b", body=links("2025/a.md"))], SETTINGS)
    assert seen(archive, "b") == [("a", "followed by")]


def test_an_id_in_a_text_relates_both_reports_and_an_unknown_one_none():
    archive = build([report("INC-1"), report("b", body=naming("inc-1", "INC-9", "b"))], SETTINGS)
    assert seen(archive, "INC-1") == [("b", "related to")]
    (found,) = archive.relations(archive.by_id["b"])
    assert (found.report.id, found.basis) == ("INC-1", "name")
    assert archive.problems == ()


def test_a_file_that_is_named_is_no_id():
    archive = build([report("a"), report("b", body=naming("2025/a", "a.md"))], SETTINGS)
    assert seen(archive, "b") == []


def test_an_id_adds_nothing_to_a_link_or_to_what_is_told():
    linking = replace(naming("a"), links=links("2025/a.md").links)
    archive = build([report("a"), report("b", body=linking)], SETTINGS)
    (found,) = archive.relations(archive.by_id["b"])
    assert found.basis == "link"
    a = report("a", related=(relation("b", "follows"),))
    archive = build([a, report("b", body=naming("a"))], SETTINGS)
    assert seen(archive, "b") == [("a", "followed by")]


def test_two_texts_that_name_each_other_are_related_once():
    archive = build([report("a", body=naming("b")), report("b", body=naming("a"))], SETTINGS)
    assert (seen(archive, "a"), seen(archive, "b")) == (
        [("b", "related to")],
        [("a", "related to")],
    )


@pytest.mark.parametrize("denier", ["a", "b"])
@pytest.mark.parametrize(
    "facts",
    [
        {"related": (relation("a", "recurrence_of"),)},
        {"body": links("2025/a.md")},
        {"body": naming("a")},
    ],
    ids=["told", "link", "name"],
)
def test_what_either_report_denies_is_no_relation_however_it_came_about(facts, denier):
    a = report("a", not_related=("b",) if denier == "a" else ())
    b = report("b", not_related=("a",) if denier == "b" else (), **facts)
    archive = build([a, b], SETTINGS)
    assert (seen(archive, "a"), seen(archive, "b"), archive.chains) == ([], [], ())


def test_a_relation_told_by_a_link_is_judged_as_a_link():
    b = report("b", body=links("2025/gone.md"), related=(relation("2025/gone.md"),))
    problems = build([b], SETTINGS, ["2025/b.md"]).problems
    assert [problem.rule for problem in problems] == ["missing-target"]


def test_a_relation_that_both_tell_shows_once():
    a = report("a", related=(relation("b", "same_cause"),))
    b = report("b", related=(relation("a", "same_cause"),))
    archive = build([a, b], SETTINGS)
    assert seen(archive, "a") == [("b", "same cause as")]


def test_the_strongest_relation_comes_first_and_makes_a_weaker_one_needless():
    a = report("a", related=(relation("b", "related"),))
    b = report("b", related=(relation("a", "caused_by"),))
    c = report("c", related=(relation("a", "related"),))
    d = report("d", related=(relation("a", "recurrence_of"),))
    archive = build([a, b, c, d], SETTINGS)
    assert seen(archive, "a") == [("d", "came back as"), ("b", "caused"), ("c", "related to")]


def test_nothing_relates_to_a_report_that_is_not_published():
    secret = report("secret", visibility="RED", related=(relation("b", "caused_by"),))
    leading = replace(naming("secret"), links=links("2025/secret.md").links)
    b = report("b", related=(relation("secret"),), body=leading)
    archive = build([secret, b], SETTINGS)
    assert seen(archive, "b") == []
    assert archive.problems == ()


@pytest.mark.parametrize(("denier", "where"), [("a", "2025/a.md"), ("b", "this report")])
def test_what_is_told_and_denied_is_reported_where_it_is_told(denier, where):
    a = report("a", not_related=("b",) if denier == "a" else ())
    told = (relation("a", "same_cause"),)
    b = report("b", related=told, not_related=("a",) if denier == "b" else ())
    (problem,) = build([a, b], SETTINGS).problems
    assert (problem.path, problem.rule, problem.level) == (
        "2025/b.md",
        "denied-relation",
        "warning",
    )
    assert (problem.place.line, problem.place.column, problem.found) == (7, 3, "a")
    assert where in problem.message


def test_a_recurrence_before_its_first_time_is_reported():
    a = report("a", "2025-01-05T10:00", related=(relation("b", "recurrence_of"),))
    b = report("b", "2025-03-12T08:00")
    (problem,) = build([a, b], SETTINGS).problems
    assert (problem.path, problem.rule, problem.found) == ("2025/a.md", "recurrence-order", "b")
    told = (relation("b", "follows"),)
    assert build([replace(a, related=told), b], SETTINGS).problems == ()
    same_day = report("b", "2025-01-05")
    assert build([a, same_day], SETTINGS).problems == ()
