"""What a report refers to when its file moves: what comes along, and which links break."""

import pytest

from postmortem_archive.archive.moving import Copy, follow
from postmortem_archive.report import read

FILES = {"old/a.md", "old/b.md", "old/img/a b.png", "log.txt", "old/notes.md"}


def followed(link, new="2025/INC-1.md", moved=None):
    text = f"# A\n**Date:** 2025-03-04\n\n[x]({link})\n"
    moved = {"old/a.md": new, "old/b.md": "2024/INC-9.md", **(moved or {})}
    return list(follow(read(text, "old/a.md"), read(text, new), moved, FILES))


@pytest.mark.parametrize(
    ("link", "source", "target"),
    [
        ("img/a%20b.png", "old/img/a b.png", "2025/img/a b.png"),
        ("../log.txt#L3", "log.txt", "log.txt"),
        ("/log.txt", "log.txt", "log.txt"),
    ],
)
def test_a_file_goes_where_the_same_link_leads_to_it(link, source, target):
    (copy,) = followed(link)
    assert isinstance(copy, Copy)
    assert (copy.source, copy.target, copy.place.line) == (source, target, 4)


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("b.md", "now “2024/INC-9.md”"),
        ("b", "now “2024/INC-9.md”"),
        ("b.md#impact", "now “2024/INC-9.md”"),
        ("notes.md", "not imported"),
        ("gone.png", "no such file before"),
        ("../../secret.txt", "outside the folder that is imported"),
    ],
)
def test_a_link_that_breaks_is_told(link, why):
    (problem,) = followed(link)
    assert problem.rule == "broken-link"
    assert why in problem.message
    assert problem.path == "2025/INC-1.md"


def test_a_place_outside_the_archive_is_told():
    (problem,) = followed("../log.txt", new="INC-1.md")
    assert "outside the archive" in problem.message


@pytest.mark.parametrize("link", ["https://a.example/b.md", "#lessons", "b.md"])
def test_a_link_that_still_leads_there_needs_nothing(link):
    assert followed(link, moved={"old/b.md": "2025/b.md"}) == []
