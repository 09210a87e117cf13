"""The JSON Schema of front matter refuses what reading calls a mistake, and nothing else."""

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from postmortem_archive.report import Level, ReadingSettings, read
from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.front.schema import front_matter_schema
from postmortem_archive.report.front.yaml_tree import _Loader
from postmortem_archive.report.vocabulary import SEVERITIES, Service, Term, Vocabulary

from .golden import cases

ROOT = Path(__file__).parents[2]
USUAL = ReadingSettings()
SITE = ReadingSettings(
    severities=Vocabulary((Term("Kritisch", "Kritisch", ("Größte", "1")), Term("Klein", "Klein"))),
    services=Vocabulary((Service("orders-db", "Orders database", ("DB",)), Service("web", "Web"))),
    triggers=Vocabulary((Term("solar_storm", "Solar storm"),)),
)
FRONT = re.compile(r"^---\n(.*?)^---$", re.DOTALL | re.MULTILINE)


def mistakes(front, settings=USUAL):
    validator = Draft202012Validator(front_matter_schema(settings))
    # As an editor reads YAML 1.2: no dates, and `on` is a word.
    told = yaml.load(front, _Loader)  # noqa: S506 -- this loader makes nothing but plain values
    return [error.message for error in validator.iter_errors(told)]


def rules(front, settings=USUAL):
    report = read(f"---\n{front}\n---\n", "2025/a.md", settings)
    return {p.rule for p in report.problems if p.level is not Level.HINT} - {
        "missing-date",
        "missing-title",
    }


@pytest.mark.parametrize("settings", [USUAL, SITE], ids=["usual", "own words"])
def test_the_schema_is_one(settings):
    Draft202012Validator.check_schema(front_matter_schema(settings))


def test_every_key_is_told_with_what_it_means():
    properties = front_matter_schema(USUAL)["properties"]
    assert list(properties) == list(KEYS)
    assert properties["resolved"]["title"] == "Resolved"
    assert properties["status"]["description"] == (
        "Of the document: draft, in_review, reviewed, closed or archived."
    )


@pytest.mark.parametrize(
    ("told", "is_right"),
    [
        ("ignore: [vague-action]", True),
        ("ignore: vague-action", True),
        ("ignore: [{rule: vague-action, reason: It is over}]", True),
        ("ignore: [vague-actions]", False),
        ("unconfirmed: [id, started]", True),
        ("unconfirmed: [bananas]", False),
        ("imported: {from: a.md, keys: {team: [x, {y: 1}]}}", True),
        ("imported: a.md", False),
    ],
)
def test_what_the_linter_and_the_import_write_is_known(told, is_right):
    assert (not mistakes(told), not rules(told)) == (is_right, is_right)


def test_the_words_to_choose_from_are_the_archives_own():
    properties = front_matter_schema(SITE)["properties"]
    assert properties["severity"]["anyOf"][0]["enum"] == ["Kritisch", "Klein", 1, None]
    assert "solar_storm" in str(properties["trigger"])
    assert "binary_push" not in str(properties["trigger"]["anyOf"])
    assert "orders-db" in str(properties["services"])


@pytest.mark.parametrize("file", sorted((ROOT / "postmortems").glob("20*/*.md")), ids=str)
def test_every_report_of_the_example_archive_passes(file):
    (front,) = FRONT.findall(file.read_text(encoding="utf-8"))[:1] or [""]
    assert front
    assert not mistakes(front)


def test_the_guides_examples_pass():
    text = (ROOT / "postmortems" / "guide" / "front-matter.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(examples) > 3
    for example in examples:
        assert not mistakes(example.replace("---\n", ""))


def is_well_read(case):
    front = FRONT.match(case.text)
    return (
        front
        and "settings" not in case.told
        and re.match(r"\w+:", front[1])
        and not any(p.place.line <= front[0].count("\n") + 1 for p in case.read().problems)
    )


WELL_READ = [case for case in cases() if is_well_read(case)]


@pytest.mark.parametrize("case", WELL_READ, ids=lambda case: case.name)
def test_front_matter_that_is_read_without_complaint_passes(case):
    assert not mistakes(FRONT.match(case.text)[1])


@pytest.mark.parametrize(
    "front",
    [
        "title: [a, b]",
        "title: {a: b}",
        "titel: Pool ran dry",
        "kind: outrage",
        "severity: SEV9",
        "status: wrong",
        "status: resolved",
        "visibility: PURPLE",
        "date: yesterday",
        "date: 2025-13-01",
        "date: 2025-01-32",
        "date: 1825-01-01",
        "started: 14:32",
        "started: 2025-09-30T25:00Z",
        "started: 2025-09-30T14:61Z",
        "started: 2025-09-30T14:32 BST",
        "started: 20250930",
        "detection: gut feeling",
        "detection: {source: gut feeling}",
        "detection: {sauce: alert}",
        "detection: [alert]",
        "trigger: gremlins",
        "root_cause: {category: gremlins}",
        "contributing_factors: [{category: technical}]",
        "contributing_factors: [{category: weather, text: It rained}]",
        "impact: large",
        "impact: {users: many}",
        "impact: {users: {min: few}}",
        "impact: {users: [1, 2]}",
        "impact: {user: 3}",
        "impact: {services: [{service: web, fraction: half}]}",
        "impact: {services: [{service: web, fraction: 1.5}]}",
        "impact: {services: [{fraction: 0.5}]}",
        "stated: {budget: {service: web}}",
        "stated: {slis: 99}",
        "authors: {name: A. Moreau}",
        "approvals: [{by: L. Brandt}]",
        "related: [{id: INC-1, relation: cousin}]",
        "related: [{relation: follows}]",
        "links: [{kind: fix}]",
        "communication: [{at: 2025-09-30T14:50Z}]",
        "follow_up: {due: soon}",
        "next_review: soon",
        "timeline: [{time: 2025-09-30T14:32Z}]",
        "timeline: [{time: noon, text: Lunch}]",
        "actions: [{owner: A. Moreau}]",
        "actions: [{text: Alert, status: maybe}]",
        "actions: [{text: Alert, horizon: some day}]",
        "actions: [{text: Alert, due: soon}]",
    ],
)
def test_a_mistake_is_refused_by_reading_and_schema_alike(front):
    assert rules(front)
    assert mistakes(front)


@pytest.mark.parametrize(
    "front",
    [
        "version: 1.0",
        "version: 2",
        "id: 0012",
        "severity: p1",
        "severity: 'Sev-1'",
        "severity:",
        "kind: Near Miss",
        "status: UNDER REVIEW",
        "date: n/a",
        "date: 2025-09-30",
        "started: ~2025-09-30 14:32",
        "started: 2025-09-30T24:00Z",
        "started: 2025-09-30T14:32:10.5+02:00",
        "started: 2025-09-30 14:32 Europe/Paris",
        "detection: {source: customer, note: A mail}",
        "services: web, db",
        "services: none",
        "contributing_factors: One sentence",
        "contributing_factors: [{category: people, text: Tired}, Another]",
        "impact:",
        "impact: {users: about 5k, revenue: '$5,000', data_loss: false, sla_breach: none}",
        "impact: {users: {min: 8000, max: 12_000, estimated: true}, complaints: none}",
        "stated: {budget: {percent: 35%}, slis: {availability: 99.82}}",
        "related: INC-1",
        "links: https://example.com",
        "follow_up: 2025-10-30",
        "approvals:",
    ],
)
def test_what_is_read_passes(front):
    assert not rules(front)
    assert not mistakes(front)


@pytest.mark.parametrize(
    ("front", "right"),
    [
        ("severity: GROESSTE", False),
        ("severity: größte", True),
        ("severity: 1", True),
        ("severity: SEV1", False),
        ("services: [ORDERS_DB, web]", True),
        ("services: Orders Database, Web", True),
        ("services: orders, web", False),
        ("services: [n/a]", False),
        ("trigger: Solar Storm", True),
        ("impact: {services: [{service: db}]}", True),
        ("impact: {services: [{service: dbs}]}", False),
    ],
)
def test_a_sites_own_words_hold_in_both(front, right):
    assert (not rules(front, SITE)) is right
    assert (not mistakes(front, SITE)) is right
    assert SEVERITIES.find("GROESSTE") is None
