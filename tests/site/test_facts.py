"""The JSON of a report: plain values under the keys of its front matter."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.report import read
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import (
    Action,
    AffectedService,
    Amount,
    Approval,
    Body,
    Cause,
    Communication,
    Detection,
    Entry,
    Factor,
    Figure,
    FollowUp,
    Impact,
    Improvement,
    Item,
    Link,
    Moment,
    Precision,
    Relation,
    Report,
    Section,
    StatedBudget,
    Statement,
    Text,
    Why,
)
from postmortem_archive.site.facts import facts, problems_as_facts

SETTINGS = ArchiveSettings(as_of=date(2026, 1, 1))


def at(hour, minute):
    return Moment(datetime(2025, 9, 30, hour, minute, tzinfo=UTC))


def text(words):
    return Text(words, f"<b>{words}</b>")


PROBLEM = Problem("2025/a.md", Place(9, 2), Level.HINT, "rule", "why", "x", "y", "z")
FULL = Report(
    path="2025/a.md",
    id="INC-1",
    title="Cards refused",
    kind="incident",
    date=date(2025, 9, 30),
    summary=text("One line."),
    severity="SEV2",
    status="reviewed",
    visibility="AMBER",
    milestones={
        "started": at(14, 32),
        "detected": at(14, 38),
        "resolved": at(16, 45),
        "mitigated": Moment(datetime(2025, 9, 30, tzinfo=UTC), Precision.DAY),
    },
    published=date(2025, 10, 7),
    detection=Detection("alert", "on-call", "PoolWait"),
    services=("checkout", "orders-db"),
    trigger=Cause("config_push"),
    root_cause=Cause("saturation", text("Too few connections")),
    contributing_factors=(
        Factor(text("No alert"), Place(5)),
        Factor(text("Late"), Place(6), "human"),
    ),
    whys=(Why(text("Why?"), text("Because"), Place(7)), Why(text("And?"), None, Place(8))),
    mitigation=text("Rolled back"),
    impact=Impact(
        users=Amount(8000, 12000, "count", estimated=True, written="8–12k"),
        revenue=Amount(99.5, 99.5, "EUR", estimated=False, written="99.5 EUR"),
        regions=("eu-west",),
        services=(AffectedService("checkout", at(14, 38), None, 0.4),),
        told=(Statement("Mood", text("bad"), Place(11)),),
    ),
    figures=(
        Figure("MTTR", "133 minutes", 133.0, Place(12), "started", "resolved"),
        Figure("Mystery", "long", None, Place(13)),
    ),
    stated_budgets=(StatedBudget(35.0, "checkout", "month"),),
    stated_slis={"availability": 99.82},
    authors=("A. Moreau",),
    approvals=(Approval("management", "L. Brandt", date(2025, 10, 9)),),
    tags=("payments",),
    related=(Relation("INC-9", "follows", Place(14), "same pool"),),
    not_related=("INC-8",),
    links=(Link("https://x.example/1", "fix"),),
    communication=(Communication("status_page", at(14, 50)),),
    follow_up=FollowUp(
        date(2025, 10, 30), questions=(Item(text("Enough?"), Place(15), ticked=False),)
    ),
    timeline=(
        Entry(at(14, 32), "14:32", text("It breaks"), Place(20), group="Detection"),
        Entry(None, "later", text("It is odd"), Place(21), actor="Ops", details=(text("very"),)),
    ),
    actions=(
        Action(
            text("Alert on waits"),
            Place(30),
            "done",
            "A. Moreau",
            "P1",
            "short",
            due=date(2025, 10, 14),
            closed=date(2025, 10, 12),
        ),
        Action(text("Think"), Place(31)),
    ),
    improvements=(Improvement(text("Train"), "Prevention", Place(40), ticked=True),),
    went_well=(Item(text("The pager"), Place(41)),),
    sections=(
        Section(
            "impact", "Impact", 2, Place(45), "<!-- secret -->\n", (Item(text("Bad"), Place(46)),)
        ),
    ),
    problems=(PROBLEM,),
    sources={"title": Place(3, 8)},
)


@pytest.fixture
def told():
    return json.loads(json.dumps(facts(FULL)))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("id", "INC-1"),
        ("date", "2025-09-30"),
        ("severity", "SEV2"),
        ("started", "2025-09-30T14:32Z"),
        ("mitigated", "2025-09-30"),
        ("published", "2025-10-07"),
        ("summary", "One line."),
        ("detection", {"source": "alert", "by": "on-call", "note": "PoolWait"}),
        ("services", ["checkout", "orders-db"]),
        ("trigger", "config_push"),
        ("root_cause", {"category": "saturation", "text": "Too few connections"}),
        ("contributing_factors", ["No alert", {"category": "human", "text": "Late"}]),
        ("authors", ["A. Moreau"]),
        ("approvals", [{"role": "management", "by": "L. Brandt", "date": "2025-10-09"}]),
        ("stated", {
            "budget": [{"service": "checkout", "percent": 35, "window": "month"}],
            "slis": {"availability": 99.82},
        }),
        ("related", [{"id": "INC-9", "relation": "follows", "note": "same pool", "line": 14}]),
        ("not_related", ["INC-8"]),
        ("links", [{"kind": "fix", "url": "https://x.example/1"}]),
        ("communication", [{"channel": "status_page", "at": "2025-09-30T14:50Z"}]),
        ("follow_up", {
            "due": "2025-10-30",
            "questions": [{"ticked": False, "text": "Enough?", "line": 15}],
        }),
        ("improvements", [{"ticked": True, "text": "Train", "section": "Prevention", "line": 40}]),
        ("went_well", [{"text": "The pager", "line": 41}]),
        ("clocks", {"ttd": 6, "ttr": 133}),
        ("sources", {"title": {"line": 3, "column": 8}}),
    ],
)  # fmt: skip
def test_a_fact_stands_under_its_key(told, key, expected):
    assert told[key] == expected


def test_the_timeline_is_a_list_of_objects(told):
    assert told["timeline"] == [
        {
            "group": "Detection",
            "time": "2025-09-30T14:32Z",
            "written": "14:32",
            "text": "It breaks",
            "line": 20,
        },
        {
            "actor": "Ops",
            "details": ["very"],
            "time": None,
            "written": "later",
            "text": "It is odd",
            "line": 21,
        },
    ]


def test_an_action_has_its_main_keys_even_where_nothing_is_told(told):
    done, bare = told["actions"]
    assert done["closed"] == "2025-10-12"
    assert bare == {
        "text": "Think",
        "owner": None,
        "priority": None,
        "horizon": None,
        "due": None,
        "status": "open",
        "line": 31,
    }


def test_an_amount_keeps_its_range_its_unit_and_what_was_written(told):
    assert told["impact"]["users"] == {
        "min": 8000,
        "max": 12000,
        "unit": "count",
        "estimated": True,
        "written": "8–12k",
    }
    assert told["impact"]["revenue"]["min"] == 99.5
    assert told["impact"]["services"][0] == {
        "service": "checkout",
        "from": "2025-09-30T14:38Z",
        "to": None,
        "fraction": 0.4,
    }


def test_phases_are_told_with_their_minutes(told):
    assert [(phase["title"], phase["minutes"]) for phase in told["phases"]] == [
        ("undetected", 6),
        ("unacknowledged, mitigating and restoring", 127),
    ]


def test_a_stated_figure_without_a_meaning_is_kept(told):
    assert [(figure["label"], figure["minutes"], figure["end"]) for figure in told["figures"]] == [
        ("MTTR", 133, "resolved"),
        ("Mystery", None, None),
    ]


def test_the_source_of_a_section_with_its_comments_is_for_its_author_alone(told):
    assert told["sections"] == [
        {
            "items": [{"text": "Bad", "line": 46}],
            "name": "impact",
            "heading": "Impact",
            "level": 2,
            "line": 45,
        }
    ]
    assert facts(FULL, texts=True)["sections"][0]["text"] == "<!-- secret -->"


def test_what_is_not_told_is_not_there_and_never_zero():
    told = facts(Report(path="x.md", id="x", title="X"))
    assert told == {
        "path": "x.md",
        "id": "x",
        "title": "X",
        "kind": "incident",
        "date": None,
        "clocks": {},
        "phases": [],
        "sections": [],
        "problems": [],
        "sources": {},
    }


def test_in_an_archive_relations_are_those_to_published_reports():
    other = Report(path="2025/b.md", id="INC-9", title="B")
    archive = build([FULL, other], SETTINGS)
    assert facts(FULL, archive)["related"] == [
        {
            "id": "INC-9",
            "path": "2025/b.md",
            "relation": "follows",
            "words": "follows",
            "note": "same pool",
            "inverse": False,
            "reason": "told by its author",
        }
    ]


def test_a_relation_tells_what_it_rests_on():
    a = Report(path="2025/a.md", id="INC-1", title="A")
    b = replace(a, path="2025/b.md", id="INC-2", body=Body(named=(("INC-1", Place(3)),)))
    c = replace(a, path="2025/c.md", id="INC-3", body=Body(links=(("2025/a.md", Place(3)),)))
    archive = build([a, b, c], SETTINGS)
    assert [(found["id"], found["reason"]) for found in facts(a, archive)["related"]] == [
        ("INC-2", "named in the text"),
        ("INC-3", "linked in the text"),
    ]
    assert facts(b)["named"] == [{"id": "INC-1", "line": 3}]
    assert "named" not in facts(b, archive)


def test_a_recurrence_tells_the_promises_that_it_met():
    opened = {"opened": date(2025, 1, 10)}
    actions = (
        Action(text("Raise the limit"), Place(5), **opened),
        Action(text("Page earlier"), Place(6), "not_doing", **opened),
        Action(text("Write it down"), Place(7), "done", **opened),
    )
    a = Report("2025/a.md", "INC-1", "A", date=date(2025, 1, 5), actions=actions)
    told = (Relation("INC-1", "recurrence_of", Place(9)),)
    b = Report("2025/b.md", "INC-2", "B", date=date(2025, 3, 12), related=told)
    archive = build([a, b], SETTINGS)
    assert facts(b, archive)["recurrence"] == {
        "id": "INC-1",
        "path": "2025/a.md",
        "days": 66,
        "time": 2,
        "open_actions": [
            {
                "id": "INC-1",
                "number": 1,
                "text": "Raise the limit",
                "status": "open",
                "closed": None,
                "days": 61,
            }
        ],
        "dropped": [
            {
                "id": "INC-1",
                "number": 2,
                "text": "Page earlier",
                "status": "not_doing",
                "closed": None,
            }
        ],
    }
    assert facts(a, archive)["history"] == facts(b, archive)["history"] == ["INC-1", "INC-2"]
    assert "recurrence" not in facts(a, archive)


def test_in_an_archive_no_id_of_a_withheld_report_is_told():
    secrets = [
        Report(path=f"2025/{id_}.md", id=id_, title="x", visibility="RED")
        for id_ in ("INC-8", "INC-9")
    ]
    told = json.dumps(facts(FULL, build([FULL, *secrets], SETTINGS)))
    assert "INC-1" in told
    assert "INC-8" not in told
    assert "INC-9" not in told


def test_in_an_archive_problems_include_those_among_reports():
    told = facts(FULL, build([FULL], SETTINGS))["problems"]
    assert [(problem["rule"], problem["found"]) for problem in told] == [
        ("unknown-relation", "INC-8"),
        ("rule", "x"),
        ("unknown-relation", "INC-9"),
    ]


def test_a_problem_is_told_in_full():
    assert problems_as_facts([PROBLEM]) == [
        {
            "found": "x",
            "expected": "y",
            "suggestion": "z",
            "path": "2025/a.md",
            "line": 9,
            "column": 2,
            "level": "hint",
            "rule": "rule",
            "message": "why",
        }
    ]


def test_what_a_report_ignores_is_told_with_its_reason():
    text = (
        "---\ntitle: x\ndate: 2025-01-01\nignore: [alias-used, {rule: encoding, reason: y}]\n---\n"
    )
    assert facts(read(text, "2025/a.md"))["ignore"] == [
        {"rule": "alias-used"},
        {"rule": "encoding", "reason": "y"},
    ]
