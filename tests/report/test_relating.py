"""A relation is written into front matter, and every other byte stays."""

import pytest

from postmortem_archive.report import ReadingSettings, read
from postmortem_archive.report.front.relating import (
    RefusedError,
    with_relation,
    without_relation,
)

SETTINGS = ReadingSettings()
HEAD = "title: Pool ran dry  # again\ndate: '2025-03-04'\n"
BODY = "\n# Pool ran dry\n\nrelated: no\n---\n"


def pinned(front, body=BODY, target="INC-1", relation="same_cause"):
    data = f"---\n{front}---\n{body}".encode()
    return with_relation(data, "2025/a.md", SETTINGS, target, relation).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "related:\n  - {id: INC-1, relation: same_cause}\n"),
        ("related: []\n", "related: [{id: INC-1, relation: same_cause}]\n"),
        (
            "related: [{id: A-1}]  # one\n",
            "related: [{id: A-1}, {id: INC-1, relation: same_cause}]  # one\n",
        ),
        (
            "related:\n  - {id: A-1}  # one\nkind: drill\n",
            "related:\n  - {id: A-1}  # one\n  - {id: INC-1, relation: same_cause}\nkind: drill\n",
        ),
        (
            "related:\n- id: A-1\n  note: x\n\n# next\n",
            "related:\n- id: A-1\n  note: x\n- {id: INC-1, relation: same_cause}\n\n# next\n",
        ),
        ("related:\n", "related:\n  - {id: INC-1, relation: same_cause}\n"),
        ("related: [A-1,]\n", "related: [A-1,{id: INC-1, relation: same_cause}]\n"),
        (
            "related: [\n  A-1,  # one, two\n]\n",
            "related: [\n  A-1,  # one, two\n{id: INC-1, relation: same_cause}]\n",
        ),
        (
            "related: [\n  A-1  # one, two\n]\n",
            "related: [\n  A-1  # one, two\n, {id: INC-1, relation: same_cause}]\n",
        ),
    ],
)
def test_a_relation_goes_where_the_others_are(before, after):
    assert pinned(HEAD + before) == f"---\n{HEAD}{after}---\n{BODY}"
    told = read(pinned(HEAD + before), "2025/a.md").related[-1]
    assert (told.target, told.relation) == ("INC-1", "same_cause")


def test_the_ends_of_lines_stay():
    data = f"---\n{HEAD}---\n{BODY}".replace("\n", "\r\n").encode()
    new = with_relation(data, "2025/a.md", SETTINGS, "INC-1", "related")
    assert b"\n" not in new.replace(b"\r\n", b"")


def test_a_report_without_front_matter_gets_some():
    new = with_relation(b"# Pool\n", "2025/a.md", SETTINGS, "INC-1", "related")
    assert new == b"---\nrelated:\n  - {id: INC-1, relation: related}\n---\n# Pool\n"


def test_an_id_that_yaml_would_read_otherwise_is_quoted():
    assert 'id: "0012"' in pinned(HEAD, target="0012").replace("'", '"')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "not_related: [INC-1]\n"),
        ("not_related: [A-1, A-2]\n", "not_related: [A-1, A-2, INC-1]\n"),
        ("not_related:\n  - A-1\n", "not_related:\n  - A-1\n  - INC-1\n"),
    ],
)
def test_a_denial_is_written_likewise(before, after):
    data = f"---\n{HEAD}{before}---\n{BODY}".encode()
    new = without_relation(data, "2025/a.md", SETTINGS, "INC-1").decode()
    assert new == f"---\n{HEAD}{after}---\n{BODY}"


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: x\n",
        b"---\ntitle: [x\n---\n",
        b"---\nrelated: A-1\n---\n",
        b"---\nrelated: {id: A-1}\n---\n",
        "---\ntitle: ä\n---\n".encode("latin-1"),
    ],
)
def test_what_cannot_be_added_to_is_refused(data):
    with pytest.raises(RefusedError):
        with_relation(data, "2025/a.md", SETTINGS, "INC-1", "related")
