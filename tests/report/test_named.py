"""Which words of a report's texts read like the id of another."""

import pytest

from postmortem_archive.report import ReadingSettings, read


def named(text, path="2025/INC-2025-014.md"):
    return [(word, place.line, place.column) for word, place in read(text, path).body.named]


@pytest.mark.parametrize(
    "line",
    [
        "Seen before, in INC-2024-031.",
        "Seen before (INC-2024-031), twice: INC-2024-031",
        "See `INC-2024-031`",
        "# After INC-2024-031",
        "- again\n- **INC-2024-031**",
        "| when | what |\n|---|---|\n| 10:00 | INC-2024-031 is back |",
        "> as INC-2024-031 says",
        "[INC-2024-031](https://tracker.example/browse/31)",
    ],
)
def test_an_id_is_found_wherever_a_reader_reads_it(line):
    assert [word for word, _, _ in named(line)] == ["INC-2024-031"]


@pytest.mark.parametrize(
    "line",
    [
        "```\n# see INC-2024-031\n```",
        "    INC-2024-031",
        "<!-- INC-2024-031 -->",
        "<p>INC-2024-031</p>",
        "[before](../2024/INC-2024-031.md)",
        "![INC-2024-031](graph.png)",
        "https://tracker.example/INC-2024-031",
        "2024/INC-2024-031 and INC-2024-031.md and INC-2024-031/log",
        "pre-INC-2024-031",
        "SEV-2 and SEV1, P1 and S3",
        "inc-two and 2024-03-01 and 10-20",
        "This is INC-2025-014, or inc 2025 014.",
    ],
)
def test_what_is_no_word_of_its_own_or_not_the_authors_is_none(line):
    assert named(line) == []


def test_other_forms_of_ids_and_their_places():
    text = "# T\n\nAs PM7 and\n2024-03-11-checkout-outage and INC0012345 and PM7\n"
    assert named(text) == [
        ("PM7", 3, 4),
        ("2024-03-11-checkout-outage", 4, 1),
        ("INC0012345", 4, 32),
    ]


def test_texts_of_front_matter_count_and_its_comments_and_relations_do_not():
    text = """---
id: INC-2025-014
title: After INC-1
# INC-90 is not for readers
summary: As in INC-2
root_cause: {category: saturation, text: INC-3 again}
contributing_factors: [Nobody read INC-4]
detection: {source: alert, note: The alert of INC-5}
follow_up: {findings: INC-6 was right}
related: [INC-91]
not_related: [INC-92]
tags: [INC-93]
actions:
  - {text: "Do INC-7", status: not_doing, reason: INC-8 does it}
timeline:
  - {time: "10:00", text: INC-9 is back}
---
Text.
"""
    assert [word for word, _, _ in named(text)] == [f"INC-{n}" for n in range(1, 10)]
    assert ("INC-7", 14, 5) in named(text)
    assert ("INC-2", 5, 10) in named(text)


def test_without_its_page_nothing_is_looked_for():
    assert read("As INC-1", "a.md", ReadingSettings(page=False)).body.named == ()
