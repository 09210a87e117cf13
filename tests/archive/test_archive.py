"""All reports together: order, groups, what is published, what is open."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.report import read
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Action, Cause, Link
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import Service, Vocabulary

from .examples import AS_OF, SETTINGS, links, moment, relation, report, text


def ids(reports):
    return [found.id for found in reports]


def told(problems):
    return [(problem.path, problem.rule, problem.found) for problem in problems]


# Order.


def test_reports_stand_in_the_order_of_time_and_those_without_a_day_last():
    reports = [
        report("undated"),
        report("c", "2025-02-01T09:00+02:00"),
        report("b", "2025-02-01T08:00"),
        report("day", date=date(2025, 2, 1)),
        report("a", "2025-02-01T08:00"),
    ]
    assert ids(build(reports, SETTINGS).reports) == ["day", "c", "a", "b", "undated"]


def test_a_day_begins_in_the_zone_of_the_site():
    settings = replace(SETTINGS, reading=ReadingSettings(time_zone="America/New_York"))
    reports = [report("day", date=date(2025, 2, 1)), report("a", "2025-02-01T04:30")]
    assert ids(build(reports, SETTINGS).reports) == ["day", "a"]
    assert ids(build(reports, settings).reports) == ["a", "day"]


def test_the_years_1_and_9999_can_be_sorted():
    reports = [report("z", "9999-12-31T23:59-12:00"), report("a", "0001-01-01T00:00+14:00")]
    assert ids(build(reports, SETTINGS).reports) == ["a", "z"]


# Neighbours.


def test_neighbours_are_the_incidents_before_and_after():
    reports = [
        report("1", "2025-01-01T00:00"),
        report("2", "2025-01-02T00:00", kind="drill"),
        report("3", "2025-01-03T00:00"),
    ]
    archive = build(reports, SETTINGS)
    found = {r.id: archive.neighbours(r) for r in archive.reports}
    assert (found["1"].previous, found["1"].next.id) == (None, "3")
    assert (found["2"].previous.id, found["2"].next.id) == ("1", "3")
    assert (found["3"].previous.id, found["3"].next) == ("1", None)


def test_a_report_without_a_day_has_no_neighbours():
    archive = build([report("1", "2025-01-01T00:00"), report("x")], SETTINGS)
    found = archive.neighbours(archive.by_id["x"])
    assert (found.previous, found.next) == (None, None)
    assert archive.neighbours(archive.by_id["1"]).next is None


def test_neighbours_on_a_service_pass_over_other_services():
    reports = [
        report("1", "2025-01-01T00:00", services=("db",)),
        report("2", "2025-01-02T00:00", services=("web",)),
        report("3", "2025-01-03T00:00", services=("web", "db")),
    ]
    archive = build(reports, SETTINGS)
    last = archive.by_id["3"]
    assert archive.neighbours_on(last, archive.service("db")).previous.id == "1"
    assert archive.neighbours_on(last, archive.service("web")).previous.id == "2"


# Groups.


def test_services_of_the_settings_come_first_and_are_there_without_a_report():
    services = Vocabulary((Service("orders-db", "Orders database"), Service("web", "Web")))
    settings = replace(SETTINGS, reading=ReadingSettings(services=services))
    archive = build([report("a", services=("web", "cache"))], settings)
    assert [(g.name, g.title, ids(g.reports)) for g in archive.services] == [
        ("orders-db", "Orders database", []),
        ("web", "Web", ["a"]),
        ("cache", "cache", ["a"]),
    ]
    assert archive.services[0].term is services.terms[0]


def test_spellings_of_a_free_service_are_one_under_the_commonest():
    reports = [
        report("a", services=("Orders DB",)),
        report("b", services=("orders-db", "orders db")),
        report("c", services=("orders-db",)),
    ]
    archive = build(reports, SETTINGS)
    (group,) = archive.services
    assert (group.name, ids(group.reports)) == ("orders-db", ["a", "b", "c"])
    assert archive.service("ORDERS DB") is group


def test_causes_and_triggers_are_those_that_occur_in_the_vocabularys_order():
    reports = [
        report("a", root_cause=Cause("process"), trigger=Cause("expiry")),
        report("b", root_cause=Cause("saturation"), trigger=Cause(None, text("who knows"))),
    ]
    archive = build(reports, SETTINGS)
    assert [(g.name, ids(g.reports)) for g in archive.causes] == [
        ("saturation", ["b"]),
        ("process", ["a"]),
    ]
    assert [(g.name, g.title) for g in archive.triggers] == [("expiry", "Expiry")]


def test_years_and_months_hold_the_reports_that_have_a_day():
    reports = [
        report("a", "2024-12-31T23:30-02:00"),
        report("b", date=date(2025, 1, 2)),
        report("x"),
    ]
    archive = build(reports, SETTINGS)
    assert [(g.name, ids(g.reports)) for g in archive.years] == [("2024", ["a"]), ("2025", ["b"])]
    assert [g.name for g in archive.months] == ["2024-12", "2025-01"]


def test_kinds_are_counted_and_severities_of_incidents_alone():
    reports = [
        report("a", severity="SEV2"),
        report("b", severity="SEV2"),
        report("c"),
        report("d", severity="SEV1", kind="drill"),
    ]
    archive = build(reports, SETTINGS)
    assert archive.kinds == {"incident": 3, "drill": 1}
    assert archive.severities == {"SEV1": 0, "SEV2": 2, "SEV3": 0, "SEV4": 0, None: 1}


# What is published.


@pytest.mark.parametrize(
    ("up_to", "expected"),
    [
        ("CLEAR", ["CLEAR"]),
        ("GREEN", ["CLEAR", "GREEN"]),
        ("AMBER", ["AMBER", "CLEAR", "GREEN", "none"]),
        ("AMBER+STRICT", ["AMBER", "AMBER+STRICT", "CLEAR", "GREEN", "none"]),
        ("RED", ["AMBER", "AMBER+STRICT", "CLEAR", "GREEN", "RED", "none"]),
    ],
)
def test_a_report_above_the_audience_is_left_out(up_to, expected):
    names = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
    reports = [report(name, visibility=name) for name in names] + [report("none")]
    archive = build(reports, replace(SETTINGS, publish_up_to=up_to))
    assert sorted(ids(archive.reports)) == expected
    assert archive.withheld == 6 - len(expected)
    assert archive.withheld_paths.isdisjoint(found.path for found in archive.reports)


def test_an_audience_that_nobody_knows_is_for_none():
    reports = [
        report("slip", sources={"visibility": Place(3)}),
        report("odd", visibility="PURPLE"),
        report("plain"),
    ]
    assert ids(build(reports, replace(SETTINGS, publish_up_to="RED")).reports) == ["plain"]


PARTS = (
    *("reports", "by_id", "by_path", "incidents", "problems", "open_actions", "last_major"),
    *("services", "causes", "triggers", "years", "months", "kinds", "severities"),
)


def test_a_withheld_report_is_in_no_part_of_the_archive():
    secret = report(
        "secret",
        "2025-01-02T00:00",
        visibility="RED",
        severity="SEV1",
        services=("vault",),
        root_cause=Cause("security"),
        trigger=Cause("expiry"),
        actions=(Action(text("hush"), Place(9)),),
        problems=(Problem("2025/secret.md", Place(1), Level.ERROR, "x", "hush"),),
    )
    others = [report("a", "2024-01-01T00:00"), report("b", "2026-01-03T00:00")]
    archive, without = build([secret, *others], SETTINGS), build(others, SETTINGS)
    for part in PARTS:
        assert getattr(archive, part) == getattr(without, part), part
    assert [archive.neighbours(r) for r in others] == [without.neighbours(r) for r in others]
    assert told(archive.all_problems) == [("2025/secret.md", "x", None)]


def test_only_the_files_of_withheld_reports_alone_are_hidden():
    secret = report(
        "secret",
        visibility="RED",
        body=links("img/both.png", "img/secret.png#x", "guide/how.md", "2025/a.md"),
        links=(Link("../img/front%20matter.pdf"), Link("https://example.org/x.png")),
    )
    archive = build([secret, report("a", body=links("img/both.png"))], SETTINGS)
    assert archive.hidden_files == {"img/secret.png", "img/front matter.pdf"}


# Problems between reports.


def test_an_id_told_twice_is_an_error_at_the_second():
    first = report("x", sources={"id": Place(2)})
    second = replace(first, path="2025/y.md", sources={"id": Place(2, 5)})
    archive = build([second, first], SETTINGS)
    (problem,) = archive.problems
    assert (problem.path, problem.rule, problem.level) == ("2025/y.md", "duplicate-id", "error")
    assert (problem.place, problem.found) == (Place(2, 5), "x")
    assert "2025/x.md" in problem.message
    assert archive.by_id["x"].path == "2025/x.md"
    assert len(archive.reports) == 2


def test_an_id_from_a_files_name_may_occur_twice_with_a_warning():
    first = report("x")
    archive = build([first, replace(first, path="2026/x.md")], SETTINGS)
    assert [(p.path, p.level) for p in archive.problems] == [("2026/x.md", "warning")]


def test_a_link_to_nothing_is_a_warning_where_the_files_are_known():
    reports = [report("a", body=links("img/gone.png", "2025/a.md#top", "img/here.png"))]
    assert build(reports, SETTINGS).problems == ()
    (problem,) = build(reports, SETTINGS, ["2025/a.md", "img/here.png", "old/gone.png"]).problems
    assert (problem.rule, problem.level, problem.place.line) == ("missing-target", "warning", 20)
    assert (problem.found, problem.suggestion) == ("img/gone.png", "old/gone.png")


def test_a_name_that_occurs_often_suggests_nothing():
    reports = [report("a", body=links("gone/x.png", "gone/index.md"))]
    problems = build(reports, SETTINGS, ["1/x.png", "2/x.png", "guide/index.md"]).problems
    assert [problem.suggestion for problem in problems] == [None, None]


def test_no_problem_on_the_site_names_a_withheld_report():
    secret = replace(report("secret", visibility="RED"), title="The heist")
    a = report("a", body=links("2025/secret.md", "2024/secret.md"), related=(relation("secrets"),))
    archive = build([secret, a], SETTINGS, ["2025/a.md", "2025/secret.md"])
    assert told(archive.problems) == [
        ("2025/a.md", "unknown-relation", "secrets"),
        ("2025/a.md", "missing-target", "2024/secret.md"),
    ]
    assert not any("heist" in str(problem) for problem in archive.problems)
    assert [problem.suggestion for problem in archive.problems] == [None, None]


def test_an_attachment_that_another_page_shows_is_not_hidden():
    secret = report("secret", visibility="RED", body=links("img/map.png", "img/key.png"))
    files = ["2025/secret.md", "img/map.png", "img/key.png"]
    archive = build([secret], SETTINGS, files, shown_elsewhere=["img/map.png"])
    assert archive.hidden_files == {"img/key.png"}


def test_for_its_author_a_link_to_a_withheld_report_is_told_as_such():
    secret = report("secret", visibility="RED")
    a = report("a", body=links("2025/secret.md"))
    (problem,) = build([secret, a], SETTINGS, ["2025/a.md", "2025/secret.md"]).all_problems
    assert "is not published" in problem.message


def test_problems_stand_by_file_and_place_and_can_be_asked_for_by_report():
    own = Problem("2025/b.md", Place(30), Level.HINT, "own", "x")
    b = report("b", related=(relation("zzz"),), problems=(own,))
    a = report("a", related=(relation("zzz"),))
    archive = build([b, a], SETTINGS)
    assert [(p.path, p.rule) for p in archive.problems] == [
        ("2025/a.md", "unknown-relation"),
        ("2025/b.md", "unknown-relation"),
        ("2025/b.md", "own"),
    ]
    assert [p.rule for p in archive.problems_of(b)] == ["unknown-relation", "own"]


# What is open, and how long ago.


def action(words, due=None, status="open", **facts):
    return Action(text(words), Place(9), status, due=due, **facts)


def test_open_actions_stand_by_due_date_with_the_days_they_are_overdue():
    a = report(
        "a",
        "2025-01-01T00:00",
        actions=(
            action("none"),
            action("later", date(2026, 2, 1)),
            action("done", date(2025, 1, 1), "done"),
            action("dropped", date(2025, 1, 1), "not_doing"),
            action("today", AS_OF, "in_progress"),
        ),
    )
    b = report("b", actions=(action("late", date(2026, 1, 21)),), kind="drill")
    found = build([a, b], SETTINGS).open_actions
    assert [(item.action.text.plain, item.overdue, item.number) for item in found] == [
        ("late", 10, 1),
        ("today", 0, 5),
        ("later", 0, 2),
        ("none", 0, 1),
    ]


def test_an_action_was_opened_on_its_day_else_on_publication_else_on_the_incidents_day():
    own = action("own", opened=date(2025, 3, 1))
    published = {"published": date(2025, 2, 1), "date": date(2025, 1, 1)}
    reports = [
        report("a", actions=(own, action("published")), **published),
        report("b", actions=(action("dated"),), date=date(2025, 1, 1)),
        report("c", actions=(action("never"),)),
    ]
    found = {item.action.text.plain: item.opened for item in build(reports, SETTINGS).open_actions}
    assert found == {
        "own": date(2025, 3, 1),
        "published": date(2025, 2, 1),
        "dated": date(2025, 1, 1),
        "never": None,
    }


def test_the_last_major_incident_is_no_drill_and_not_after_the_day_of_the_archive():
    reports = [
        report("old", "2025-01-01T00:00", severity="SEV1"),
        report("last", "2026-01-01T12:00", severity="SEV2"),
        report("minor", "2026-01-02T12:00", severity="SEV3"),
        report("drill", "2026-01-03T12:00", severity="SEV1", kind="drill"),
        report("future", "2026-02-03T12:00", severity="SEV1"),
    ]
    found = build(reports, SETTINGS).last_major
    assert (found.report.id, found.days) == ("last", 30)
    only_the_first = build(
        reports, replace(SETTINGS, reading=replace(SETTINGS.reading, major=1))
    ).last_major
    assert (only_the_first.report.id, only_the_first.days) == ("old", 395)
    assert build(reports[2:4], SETTINGS).last_major is None


def test_an_empty_archive_is_an_archive():
    archive = build([], ArchiveSettings(as_of=AS_OF))
    assert (archive.reports, archive.problems, archive.services) == ((), (), ())
    assert archive.last_major is None


def test_a_moment_alone_gives_a_day():
    undated = replace(report("a"), milestones={"started": moment("2025-05-05T01:00")})
    assert [group.name for group in build([undated], SETTINGS).months] == ["2025-05"]


REPORTS = Path(__file__).parents[2] / "postmortems"
FILES = sorted(file.relative_to(REPORTS).as_posix() for file in REPORTS.rglob("*.*"))
LOST = b"---\ntitle: A\nrelated: [INC-0]\nstatus: draft\n---\n## 2 May 2020\n"


@pytest.fixture(scope="module")
def examples():
    """Return the examples and one more, all read with their pages, and all without."""
    paths = (path for path in FILES if path.startswith("20") and path.endswith(".md"))
    texts = {path: (REPORTS / path).read_bytes() for path in paths} | {"2025/lost.md": LOST}
    return [
        [read(data, path, ReadingSettings(page=page)) for path, data in texts.items()]
        for page in (True, False)
    ]


@pytest.mark.parametrize("publish_up_to", ["RED", "AMBER", "CLEAR"])
def test_reports_without_their_pages_have_the_same_problems_beside_each_other(
    examples, publish_up_to
):
    """A check reads no more than it needs; what a problem stands on is all there."""
    settings = replace(SETTINGS, publish_up_to=publish_up_to)
    whole, alone = (build(reports, settings, FILES).all_problems for reports in examples)
    assert any(problem.rule == "unknown-relation" for problem in whole)
    assert alone == whole
