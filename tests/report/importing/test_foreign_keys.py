"""Foreign front matter: what has a home is read there, and everything else is kept."""

import re
from datetime import date
from pathlib import Path

import pytest

from postmortem_archive.report import ReadingSettings
from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.importing.keys import NAMES, TARGETS, KeyMap, read_key_map
from postmortem_archive.report.importing.opening import open_text
from postmortem_archive.report.importing.values import read_foreign
from postmortem_archive.report.vocabulary import Term, Vocabulary

GUIDE = Path(__file__).parents[3] / "postmortems" / "guide" / "importing.md"
SETTINGS = ReadingSettings(
    services=Vocabulary((Term("checkout", "Checkout", ("shop",)), Term("search", "Search"))),
    time_zone="Europe/Paris",
)


def told(front, keys=None):
    opened, problems = open_text(f"---\n{front}\n---\nB\n".encode(), "a.md")
    assert problems == ()
    return read_foreign(opened, "a.md", keys or KeyMap(), SETTINGS)


@pytest.mark.parametrize(
    ("front", "facts"),
    [
        ("start_time: 2025-03-04 14:00 UTC", {"started": "2025-03-04T14:00Z"}),
        ("Start-Time: 2025-03-04T14:00:05.000+0100", {"started": "2025-03-04T14:00:05+01:00"}),
        ("end_time: March 4, 2025 2:30 PM PST", {"resolved": "2025-03-04T14:30-08:00"}),
        ("end_time: 4.3.2025 14:30", {"resolved": "2025-03-04T14:30"}),
        ("detected_at: ~2025-03-04 14:00", {"detected": "~2025-03-04T14:00"}),
        ("incident_date: 4 March 2025", {"date": date(2025, 3, 4)}),
        ("lastmod: 2025-03-04", {"updated": date(2025, 3, 4)}),
        ("author: Ada Ray", {"authors": ["Ada Ray"]}),
        ("authors: [Ada]\nauthor: Bo", {"authors": ["Ada", "Bo"]}),
        ("categories: [cloud, dns]\ntags: [dns, ttl]", {"tags": ["dns", "ttl", "cloud"]}),
        ("affected_services: Shop, search", {"services": ["checkout", "search"]}),
        ("priority: P1", {"severity": "SEV1"}),
        ("sev: 2", {}),
        ("tlp: red", {"visibility": "RED"}),
        ("root_cause: The disk was full", {"root_cause": {"text": "The disk was full"}}),
        ("cause: bug", {"root_cause": "software_defect"}),
        ("detected_by: PagerDuty at night", {"detection": {"note": "PagerDuty at night"}}),
        ("detection_source: alarm", {"detection": "alert"}),
        ("users_affected: 8000", {"impact": {"users": 8000}}),
        ("url: https://a.example", {"links": ["https://a.example"]}),
        ("links: [https://b.example]\nurl: https://a.example",
         {"links": ["https://b.example", "https://a.example"]}),
        ("version: 1.10", {"version": "1.10"}),
        ("incident: INC-7", {"id": "INC-7"}),
        ("actions: [{text: A, status: wip}]", {"actions": [{"text": "A", "status": "wip"}]}),
    ],
)  # fmt: skip
def test_a_key_by_another_name_is_read_at_home(front, facts):
    assert told(front).facts == facts


@pytest.mark.parametrize(
    ("front", "kept", "why"),
    [
        ("layout: post\nmeta: {a: [1, x]}", {"layout": "post", "meta": {"a": [1, "x"]}}, "no such"),
        ("company: Initech", {"company": "Initech"}, "no such key"),
        # Two zones have this name, two days this spelling.
        ("start: 2025-03-04 14:00 IST", {"start": "2025-03-04 14:00 IST"}, "in one way only"),
        ("start: 4 March 2025 14:00 IST", {"start": "4 March 2025 14:00 IST"}, "in one way only"),
        ("start: 03/04/2025 14:00", {"start": "03/04/2025 14:00"}, "in one way only"),
        ("start: 14:00", {"start": "14:00"}, "in one way only"),
        ("end_time: 2025-02-30", {"end_time": "2025-02-30"}, "in one way only"),
        ("resolved: after lunch", {"resolved": "after lunch"}, "in one way only"),
        ("severity: huge", {"severity": "huge"}, "no severity of this archive"),
        ("status: resolved", {"status": "resolved"}, "speaks of the incident"),
        ("impact: All users", {"impact": "All users"}, "mapping"),
        ("owner: Ada", {"owner": "Ada"}, "no such key"),
        ("title: '[Title]'", {"title": "[Title]"}, "says nothing"),
        ("start: 2025-03-04\nstart_time: 2025-03-05", {"start_time": "2025-03-05"}, "“start” says"),
        ("action_items: [{due: soon}]", {"action_items": [{"due": "soon"}]}, "text"),
    ],
)
def test_what_has_no_home_or_cannot_be_read_there_is_kept(front, kept, why):
    found = told(front)
    assert found.imported == kept
    assert why in found.kept[-1].reason


def test_what_is_not_told_whole_is_told_and_kept():
    """A day's clock time has no home in `date`, and an unknown service none in the archive."""
    found = told("date: 2025-03-04 09:15\nservices: [checkout, mail]")
    assert found.facts == {"date": date(2025, 3, 4), "services": ["checkout"]}
    assert found.imported == {"date": "2025-03-04 09:15", "services": ["checkout", "mail"]}


def test_the_archive_s_own_name_has_the_first_say():
    found = told("start_time: 2025-03-05\nstarted: 2025-03-04")
    assert found.facts == {"started": "2025-03-04"}
    assert found.imported == {"start_time": "2025-03-05"}


def test_an_author_can_give_a_key_a_home_or_take_it_away():
    keys, problems = read_key_map("opened_at: started\nBugs: impact.users\npriority: ~\n", "m.yml")
    assert problems == ()
    found = told("opened at: 2025-03-04\nbugs: 12\npriority: P1", keys)
    assert found.facts == {"started": "2025-03-04", "impact": {"users": 12}}
    assert found.imported == {"priority": "P1"}


def test_a_map_is_told_all_that_is_wrong_with_it_at_once():
    _, problems = read_key_map(
        "a: startd\nb: [started]\nc: imported\nd: started\nd: date\n", "m.yml"
    )
    assert [str(problem).partition(";")[0] for problem in problems] == [
        "m.yml:1:4: error: “startd” is no key of a report",
        "m.yml:2:4: error: “b” is a list",
        "m.yml:3:4: error: “imported” is no key of a report [unknown-key]",
        "m.yml:5:1: error: “d” is written twice, first on line 4",
    ]
    assert problems[0].suggestion == "started"


def test_the_guide_names_every_key_that_is_understood():
    """The table of the guide is the table of the code, row by row."""
    rows = re.findall(r"^\| `([a-z_.]+)` \| (`.*`) \|$", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert {home: tuple(re.findall(r"`([^`]+)`", names)) for home, names in rows} == dict(NAMES)


def test_homes_are_keys_of_the_archive():
    assert {home.partition(".")[0] for home in TARGETS} <= set(KEYS)
    assert all(KeyMap().home(key) == key for key in KEYS if key != "imported")
