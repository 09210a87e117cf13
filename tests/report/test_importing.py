"""A text from elsewhere becomes a report: every fact kept, every guess marked, no byte lost."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postmortem_archive.report import ReadingSettings, read
from postmortem_archive.report.importing import draft as drafting
from postmortem_archive.report.importing.draft import (
    Draft,
    Left,
    Refused,
    contradictions,
    draft,
)
from postmortem_archive.report.importing.keys import KeyMap
from postmortem_archive.report.importing.opening import open_text, plain
from postmortem_archive.report.importing.settling import same_facts
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.report.rules.rule import ADVICE
from postmortem_archive.report.vocabulary import VISIBILITIES

from .golden import cases
from .test_any_text import TEXTS

EXAMPLES = sorted(Path(__file__).parents[2].glob("postmortems/[0-9]*/*.md"))
PATH = "old/2025-03-04-checkout-down.md"
FOREIGN = """---
layout: post
title: "Checkout: down"
author: Ada Ray  # on call
start_time: 2025-03-04 14:02
end_time: 2025-03-04 15:30 UTC
severity: Critical
company: Initech
---

# Checkout: down

## Timeline

| Time (UTC) | Event |
|---|---|
| 14:02 | Payments fail |
| 14:07 | Alert fired: error rate over 5% |
| 15:30 | Service restored |
"""


def drafted(text, path=PATH, settings=None, keys=None):
    data = text if isinstance(text, bytes) else text.encode()
    return draft(data, path, keys or KeyMap(), settings or ReadingSettings())


def guesses(made):
    return {guess.key: guess.reason for guess in made.guesses}


def test_a_foreign_report_becomes_one_of_the_archive():
    made = drafted(FOREIGN)
    text = made.text("INC-2025-001", PATH, is_made_up=True).decode()
    front, body = text[: text.index("\n---\n") + 5], text[text.index("\n---\n") + 5 :]
    assert body == FOREIGN[FOREIGN.index("\n---\n") + 5 :]
    assert (
        front
        == f"""---
id: INC-2025-001
title: 'Checkout: down'
severity: SEV1
started: 2025-03-04T14:02
detected: 2025-03-04T14:07Z
resolved: 2025-03-04T15:30Z
authors: [Ada Ray]
unconfirmed: [id, severity, started, detected]
imported:
  from: {PATH}
  digest: {made.digest}
  keys: {{layout: post, company: Initech}}
# on call
---
"""
    )
    assert guesses(made) == {
        "severity": "another word is written",
        "started": "it names no time zone, UTC is assumed",
        "detected": "read from a row of the timeline",
    }
    report = read(text, "2025/INC-2025-001.md")
    found = [p.rule for p in report.problems if RULES[p.rule].topic not in ADVICE]
    assert found == ["unconfirmed"] * 4


def facts_kept(data, path, settings=None):
    """Check that a text's import tells what the text tells; False where it is not imported."""
    settings = settings or ReadingSettings()
    made = drafted(data, path, settings)
    if not isinstance(made, Draft):
        assert not isinstance(made, Refused) or made.problems
        return False
    text = made.text()
    before, after = read(data, path, settings), read(text, path, settings)
    assert text.endswith(made.opened.body)
    assert data.endswith(made.opened.body)
    labels = VISIBILITIES.names
    if before.visibility:
        assert after.visibility
        assert labels.index(after.visibility) >= labels.index(before.visibility)
    # What a key of another name tells was not told before.
    if made.is_ours or not made.opened.front.items:
        assert same_facts(before, after)
    known = {problem.rule for problem in before.problems}
    fresh = {p.rule for p in after.problems if p.level is not Level.HINT} - known
    assert not fresh or made.imported or made.opened.front.items
    return True


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_tell_the_same_when_they_are_imported(file):
    assert facts_kept(file.read_bytes(), f"{file.parent.name}/{file.name}")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_golden_case_tells_the_same_or_is_refused(case):
    facts_kept(case.data, case.told.get("path", "2025/case.md"))


@given(TEXTS, st.sampled_from(["2025/a.md", "2025-03-04-outage.md"]))
@example("---\nvisibility: friends\ndate: 2025-03-04\nseverity: P1\n---\n", "a.md")
@example("+++\nvisibility = 'RED'\n+++\n# Outage\n**Date:** 2025-03-04\n**Severity:** P1", "a.md")
@example("\n---\nvisibility: RED\n---\n# Outage\n**Date:** 2025-03-04\n**Severity:** P1", "a.md")
def test_any_text_is_imported_whole_or_not_at_all(text, path):
    facts_kept(text.encode(errors="replace"), path)


@given(TEXTS)
def test_any_report_tells_the_same(text):
    data = f"# An outage\n\n**Date:** 2025-03-04\n**Severity:** SEV2\n\n{text}".encode()
    facts_kept(data, "2025/a.md")


@given(TEXTS)
def test_any_front_matter_is_kept_or_refused(text):
    data = f"---\nstart_time: 2025-03-04\n{text}\n---\n# A\n".encode()
    made = drafted(data)
    if not isinstance(made, Draft):
        return
    front, _ = open_text(made.text(), "a.md")
    kept = plain(front.front)
    for name, value in plain(made.opened.front).items():
        home = KeyMap().home(name)
        assert (
            home in kept
            or (value is None and home == name)
            or name in kept["imported"].get("keys", {})
        )


def test_a_second_import_says_the_same():
    made = drafted(FOREIGN)
    once = made.text("INC-1", PATH, is_made_up=True)
    assert made.traces & drafted(once).traces


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# Team day\n\nWe went to the lake.\n", "names no day"),
        ("# Team day\n\nOn 2025-03-04 we went to the lake.\n", "but a day"),
        ("# Post-Mortem Report\n\n**Date:** [Date]\n\n## Timeline\n\n## Impact\n", "template"),
    ],
)
def test_what_tells_of_no_incident_is_left(text, reason):
    made = drafted(text, "pages/a.md")
    assert isinstance(made, Left)
    assert reason in made.reason


@pytest.mark.parametrize("name", ["README.md", "index.md", "Template.md", "x/readme.markdown"])
def test_the_page_of_a_folder_is_left(name):
    assert isinstance(drafted(FOREIGN, name), Left)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("# A\n\n**Severity:** SEV2\n", ["1:1 missing-date"]),
        (
            "# A\n\n**Severity:** SEV2\n\nOn 03/04/2025.\n",
            ["1:1 missing-date", "5:4 ambiguous-date"],
        ),
        (
            "# Card outage\n\n**Date:** 03/04/2025\n",
            ["1:1 missing-date", "3:11 ambiguous-date"],
        ),
        ("---\na: [1\nb: 1\nb: 2\n---\n", ["2:4 yaml-syntax", "4:1 duplicate-key"]),
    ],
)
def test_what_cannot_be_imported_is_refused_with_every_reason(text, rules):
    made = drafted(text, "pages/a.md")
    assert isinstance(made, Refused)
    assert [f"{p.place.line}:{p.place.column} {p.rule}" for p in made.problems] == rules


def test_several_incidents_in_one_file_are_refused(monkeypatch):
    """The reader finds them; nothing of them is mixed into one report."""
    found = Problem(PATH, Place(9), Level.WARNING, "several-incidents", "lines 3 and 9")

    def reading(data, path, settings):
        report = read(data, path, settings)
        return type(report)(path, "a", "A", problems=(found,))

    monkeypatch.setattr(drafting, "read", reading)
    assert drafted(FOREIGN) == Refused((found,))


def test_a_file_of_two_incidents_is_refused_with_the_line_of_the_second():
    made = drafted(
        "# Search: two outages in one week\n\n**Date:** 2025-03-04\n\n"
        "## 4 March 2025: index too large\n\n"
        "- 14:02 UTC Alert fired\n- 15:10 UTC Service restored\n\n"
        "**Duration:** 14:02 to 15:10 UTC\n\n"
        "## 6 March 2025: index lost again\n\n"
        "- 09:00 UTC Alert fired\n- 09:40 UTC Service restored\n\n"
        "**Duration:** 09:00 to 09:40 UTC\n"
    )
    assert isinstance(made, Refused)
    assert [(p.rule, p.place) for p in made.problems] == [("several-incidents", Place(12, 4))]
    assert made.problems[0].expected == "a file for each incident"


def test_two_reports_one_after_the_other_are_refused():
    """Nothing in their titles numbers them; each has its own day and timeline."""
    made = drafted(
        "# Outage of mail\n\n**Date:** 2025-03-04\n\n## Timeline\n\n"
        "- 10:00 UTC Mail fails\n- 11:00 UTC Resolved\n\n"
        "# Outage of the shop\n\n**Date:** 2025-05-04\n\n## Timeline\n\n"
        "- 12:00 UTC Shop fails\n- 13:00 UTC Resolved\n"
    )
    assert isinstance(made, Refused)
    assert [(p.rule, p.place.line) for p in made.problems] == [("several-incidents", 10)]


def test_two_days_of_one_incident_are_one_report():
    made = drafted(
        "# Outage of mail\n\n**Date:** 2025-03-04\n\n# Timeline\n\n**Date:** 2025-03-05\n\n"
        "- 10:00 UTC Mail fails\n- 11:00 UTC Resolved\n\n"
        "# Impact\n\n**Date:** 2025-03-06\n\n**Resolved:** 11:00 UTC\n"
    )
    assert isinstance(made, Draft)


def test_a_file_whose_name_is_no_text_becomes_one_that_can_be_read():
    text = drafted(FOREIGN, "old/2025-03-04-caf\udce9.md").text("X", "caf\udce9.md")
    assert not any(p.level is Level.ERROR for p in read(text, "2025/X.md").problems)
    assert b"from: caf?.md" in text


def test_a_day_from_the_file_s_name_is_a_guess_and_so_are_the_times_of_that_day():
    made = drafted("# Outage\n\n## Timeline\n\n- 14:02 UTC Alert fired\n- 15:00 UTC Resolved\n")
    assert made.day == date(2025, 3, 4)
    assert guesses(made)["date"] == "taken from the file's name"
    assert guesses(made)["detected"].startswith("its day is taken from the file's name")
    # Under another name it still tells them.
    report = read(made.text("X"), "2025/X.md")
    assert report.date == date(2025, 3, 4)
    assert report.milestones["detected"].isoformat() == "2025-03-04T14:02Z"


@pytest.mark.parametrize(
    "text",
    [
        # The day of the report is another than that of its first milestone.
        "**Date:** 2025-03-05\n\n**Start Time:** 2025-03-04 23:50 UTC\n\n- 00:10 Alert fired\n",
        "**Start Time:** 23:50 UTC\n\n## Timeline\n\n- 2025-03-06 00:10 UTC Alert fired\n",
    ],
)
def test_a_fact_that_would_change_another_stays_in_the_text_alone(text):
    data = f"# Outage\n\n**Severity:** SEV2\n\n{text}".encode()
    made = drafted(data, "a.md")
    assert "severity" in made.facts
    after = read(made.text(), "a.md")
    assert same_facts(read(data, "a.md"), after)
    assert {p.rule for p in after.problems} == {p.rule for p in read(data, "a.md").problems}


def test_a_title_from_the_file_s_name_is_a_guess():
    made = drafted("**Date:** 2025-03-04\n\n**Severity:** SEV2\n")
    assert made.facts["title"] == "Checkout down"
    assert "title" in guesses(made)


@pytest.mark.parametrize(
    ("word", "is_guess"), [("SEV2", False), ("SEV-2 (major)", False), ("P2", True), ("High", True)]
)
def test_a_severity_in_another_word_is_a_guess(word, is_guess):
    made = drafted(f"# A\n\n**Date:** 2025-03-04\n\n**Severity:** {word}\n")
    assert made.facts["severity"] == "SEV2"
    assert ("severity" in guesses(made)) is is_guess


def test_the_date_of_a_blog_s_page_is_that_of_its_publication_where_the_text_names_another():
    body = "# Outage\n\n**Date:** 2025-03-04\n\n**Severity:** SEV2\n"
    made = drafted(f"---\nlayout: post\ndate: 2025-03-09 10:00\n---\n{body}", "a.md")
    assert made.facts["date"] == date(2025, 3, 4)
    assert made.facts["published"] == date(2025, 3, 9)
    assert set(guesses(made)) == {"published"}
    made = drafted("---\nlayout: post\ndate: 2025-03-09\nseverity: SEV2\n---\n# Outage\n", "a.md")
    assert made.facts["date"] == date(2025, 3, 9)
    assert set(guesses(made)) == {"date"}


def test_what_front_matter_and_text_tell_differently_is_told_of_the_new_file():
    made = drafted("---\nsev: SEV1\ndate: 2025-03-04\n---\n# A\n\n**Severity:** SEV2\n")
    text = made.text("X")
    (problem,) = contradictions(read(text, "2025/X.md"))
    assert problem.rule == "disagreement"
    assert text.decode().split("\n")[problem.place.line - 1] == "**Severity:** SEV2"


def test_a_label_nobody_knows_keeps_a_report_from_the_public():
    made = drafted("+++\nvisibility = 'friends'\ndate = 2025-03-04\nseverity = 'SEV2'\n+++\nB\n")
    assert made.facts["visibility"] == "RED"
    assert "visibility" in guesses(made)
    assert read(made.text(), PATH).visibility == "RED"


@pytest.mark.parametrize(
    ("text", "detected"),
    [
        ("- 11:58 PM Payments fail\n- 12:04 AM Alert fired\n", "2025-03-05T00:04"),
        ("| Time (UTC) | Event |\n|---|---|\n| 14:07 | Alert \\| fired<br>twice |\n",
         "2025-03-04T14:07Z"),
        ("```\n## Timeline\n- 09:00 Alert fired\n```\n- 14:07 UTC Alert fired\n",
         "2025-03-04T14:07Z"),
        ("- 14:07 IST Alert fired\n", None),
    ],
)  # fmt: skip
def test_hard_timelines_are_told_as_they_are_read(text, detected):
    data = f"# Outage\n\n**Date:** 2025-03-04\n\n## Timeline\n\n{text}".encode()
    assert facts_kept(data, "a.md")
    made = drafted(data, "a.md")
    if detected:
        assert made.facts["detected"] == detected
    else:
        assert not str(made.facts.get("detected", "")).endswith("Z")
