"""What the archive tells of reports that resemble each other: which, how strongly, and why."""

from postmortem_archive.archive.similarity.reasons import Reason
from postmortem_archive.archive.similarity.scoring import Strength, strength
from postmortem_archive.archive.similarity.symptoms import search
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Cause, Detection, Relation, Text
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Term, Vocabulary

from .made import archive, pool, report


def names(found):
    return [similar.report.id for similar in found]


def test_a_strength_has_a_floor():
    assert [strength(score) for score in (0.5, 0.38, 0.3, 0.22, 0.2199)] == [
        Strength.STRONG,
        Strength.STRONG,
        Strength.LIKELY,
        Strength.POSSIBLE,
        None,
    ]


def test_reports_that_tell_the_same_are_found_with_reasons():
    alert = Detection("alert", None, "PoolWait fired")
    one, other = (pool(name, f"2025-0{n}-01", detection=alert) for n, name in ((1, "a"), (2, "b")))
    made = archive(one, other)
    (found,) = made.similar(made.by_id["a"])
    assert found.report.id == "b"
    assert found.strength is Strength.STRONG
    assert [str(reason) for reason in found.reasons] == [
        "same alert: PoolWait",
        "same cause: Saturation",
        "both on orders-db",
        "shared terms: max_connections, exhausted",
    ]


def test_the_class_of_a_contributing_factor_is_no_resemblance():
    factor = (Cause("human", Text("x", "x")),)
    made = archive(*(report(name, contributing_factors=factor) for name in "ab"))
    assert made.similar(made.by_id["a"]) == ()
    assert not made.similarity.features["2025/a.md"].facts


def test_a_service_is_not_told_by_its_title_and_its_name():
    orders = Vocabulary((Term("orders-db", title="Orders database"),))
    one, other = pool("a", "2025-01-01", "orders-db"), pool("b", "2025-01-02", "orders-db")
    made = archive(one, other, reading=ReadingSettings(services=orders))
    (found,) = made.similar(made.by_id["a"])
    assert [str(reason) for reason in found.reasons] == [
        "same cause: Saturation",
        "both on Orders database",
        "shared terms: max_connections, exhausted",
    ]


def test_a_name_and_its_part_are_no_phrase():
    said = ("orderserror order", "late orderserror order", "slow orderserror order")
    days = {"a": "2025-01-01", "b": "2025-01-02", "c": "2025-01-03"}
    made = archive(*(report(name, on, telling=said) for name, on in days.items()), filler=28)
    told = {
        name for found in made.similar(made.by_id["a"]) for r in found.reasons for name in r.names
    }
    assert {"orderserror", "order"} <= told
    assert "orderserror order" not in made.clusters[0].name


def test_a_report_that_shares_nothing_has_none():
    made = archive(pool("a", "2025-01-01"))
    assert all(made.similar(told) == () for told in made.reports)


def test_at_most_five_are_told():
    made = archive(*(pool(f"p{n}", f"2025-01-0{n}") for n in range(1, 9)), filler=28)
    assert len(made.similar(made.by_id["p1"])) == 5


def test_among_equals_the_newest_comes_first():
    days = {"a": "2025-01-01", "b": "2025-03-01", "c": "2025-02-01", "d": "2025-04-01"}
    made = archive(*(pool(name, on) for name, on in days.items()), filler=28)
    assert names(made.similar(made.by_id["a"])) == ["d", "b", "c"]


def test_what_is_told_to_be_related_is_not_found_again():
    told = Relation("b", "recurrence_of", Place(3))
    made = archive(pool("a", "2025-01-01", related=(told,)), pool("b", "2025-02-01"))
    assert made.similar(made.by_id["a"]) == ()
    assert made.similar(made.by_id["b"]) == ()


def test_what_one_report_rejects_neither_shows():
    made = archive(pool("a", "2025-01-01", not_related=("b",)), pool("b", "2025-02-01"))
    assert made.similar(made.by_id["a"]) == ()
    assert made.similar(made.by_id["b"]) == ()


def test_what_is_withheld_is_not_found_and_weighs_nothing():
    secret = pool("s", "2025-02-01", visibility="RED")
    made = archive(pool("a", "2025-01-01"), pool("b", "2025-03-01"), secret)
    without = archive(pool("a", "2025-01-01"), pool("b", "2025-03-01"))
    assert made.similarity == without.similarity
    assert names(made.similar(made.by_id["a"])) == ["b"]


def test_three_that_belong_together_are_a_cluster_named_by_what_they_share():
    told = Relation("a", "same_cause", Place(3))
    odd = report("c", "2025-05-01", telling=("something else",), related=(told,))
    made = archive(pool("a", "2025-01-01"), pool("b", "2025-02-01"), odd, filler=20)
    (cluster,) = made.clusters
    assert [member.id for member in cluster.members] == ["a", "b", "c"]
    assert cluster.name == "connection pool on orders-db"
    assert made.cluster(odd) is cluster


def test_two_are_no_cluster():
    assert archive(pool("a", "2025-01-01"), pool("b", "2025-02-01")).clusters == ()


def test_a_message_is_found_by_its_words_whatever_differs_from_day_to_day():
    made = archive(
        pool("a", "2025-01-01", "fatal:\u00a0no\u00a0slot\u00a0for\u00a0worker fatal slot worker"),
        pool("b", "2025-02-01"),
        filler=28,
    )
    (first, *_) = search("2026-01-01 12:00:01 FATAL: no slot for worker 4711", made.similarity)
    assert first.path == "2025/a.md"


def test_a_long_log_finds_what_one_of_its_lines_tells():
    made = archive(pool("a", "2025-01-01"), pool("b", "2025-02-01"), filler=28)
    noise = [f"12:00:{n % 60:02} INFO request {n} served by node-{n}" for n in range(300)]
    noise[170] = "12:00:02 ERROR connection pool exhausted, see max_connections"
    found = search("\n".join(noise), made.similarity)
    assert [symptom.path for symptom in found] == ["2025/a.md", "2025/b.md"]
    assert found[0].strength is not Strength.POSSIBLE
    assert found[0].reasons == (Reason("term", ("pool exhausted", "max_connections")),)


def test_a_word_that_everybody_uses_finds_nothing():
    made = archive(pool("a", "2025-01-01"), pool("b", "2025-02-01"), filler=28)
    assert search("hello", made.similarity) == ()
    assert search("", made.similarity) == ()
    assert search("connection pool", archive(filler=0).similarity) == ()
