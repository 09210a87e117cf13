"""What is wrong with YAML is told in an author's words: what is there, and what should be."""

import pytest

from postmortem_archive.report import Problem, read


def slip(lines: str) -> Problem:
    """Return the one error of a front matter that holds these lines."""
    text = f"---\ntitle: Pool ran dry\ndate: 2025-03-04\n{lines}\n---\nText.\n"
    [error] = [p for p in read(text, "2025/case.md").problems if p.level == "error"]
    return error


@pytest.mark.parametrize(
    ("lines", "place", "found", "there", "expected"),
    [
        ("summary: A: b", (4, 11), ": b", "a second “: ”", "quotes around"),
        ('summary: "A', (4, 10), '"A', "quote that is not closed", "the same quote"),
        ("summary: x\n\tstatus: draft", (5, 1), "\tstatus: draft", "a tab", "spaces"),
        ("impact:\n\tusers: 3", (5, 1), "\tusers: 3", "a tab", "spaces"),
        ("tags: [a, b", (4, 7), "[a, b", "list that is not closed", "“]” at its end"),
        ("impact: {users: 3", (4, 9), "{users: 3", "mapping that is not closed", "“}” at its end"),
        ("tags: - a", (4, 7), "- a", "item of a list behind its key", "lines of their own"),
        ("summary: @ana", (4, 10), "@ana", "begins with a sign", "quotes around"),
        ("summary: *so* it is", (4, 13), "* it is", "begins with “*”", "quotes around"),
        (r'summary: "C:\dir"', (4, 13), r'\dir"', "backslash", "single quotes"),
        ("summary: !<x", (4, 10), "!<x", "begins with “!”", "quotes around"),
        ("tags:\n  - a\n - b", (6, 2), "- b", "does not go with", "below each other"),
        ("impact:\n  users: 3\n   regions: [x]", (6, 11), ": [x]", "further in", "the key above"),
        ("links:\n  - url: x\n    kind fix", (6, 5), "kind fix", "without “: ”", "key: value"),
        ("tags: [a,, b]", (4, 10), ", b]", "a sign where a value should be", "in quotes"),
        ("summary: a\x07b", (4, 11), "U+0007", "control character U+0007", "without it"),
        ("summary:what", (4, 1), "summary:what", "no key with a value", "“summary: what”"),
        ("just a line", (4, 1), "just a line", "no key with a value", "key: value"),
    ],
)
def test_a_slip_names_what_is_there_and_what_should_be(
    lines: str, place: tuple[int, int], found: str, there: str, expected: str
):
    error = slip(lines)
    assert (error.place.line, error.place.column) == place
    assert error.found == found
    assert there in error.message
    assert expected in (error.expected or "")


def test_slips_in_three_keys_are_told_at_once():
    text = '---\ntitle: A: b\ndate: 2025-03-04\nseverity: "SEV2\ntags: [a\n---\nText.\n'
    errors = [p for p in read(text, "2025/case.md").problems if p.level == "error"]
    assert [p.place.line for p in errors] == [2, 4, 5]
