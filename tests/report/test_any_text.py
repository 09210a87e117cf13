"""Whatever a file holds, it is read: nothing is raised, and every problem stands in the file."""

from hypothesis import example, given
from hypothesis import strategies as st

from postmortem_archive.report import ReadingSettings, Report, read
from postmortem_archive.report.vocabulary import Term, Vocabulary

from .texts import TEXTS

SETTINGS = ReadingSettings(services=Vocabulary((Term("a", "A"),)), time_zone="Europe/Berlin")


def check(report: Report, text: str | bytes) -> None:
    """Check what holds for every report."""
    text = text if isinstance(text, str) else text.decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in report.problems:
        assert problem.message
        assert 1 <= problem.place.line <= lines + 1
        assert problem.place.column >= 1
        assert len(str(problem)) < 1500
    names = [piece.name for piece in report.body.pieces if hasattr(piece, "name")]
    assert len(names) == len(set(names))
    anchors = [heading.anchor for heading in report.body.headings]
    assert len(anchors) == len(set(anchors))
    assert report.title
    assert report.id
    assert "\x00" not in report.title
    hash(report.timeline)
    hash(report.actions)


@given(TEXTS)
@example("---\nstarted: 9999-12-31T24:00\n---\n")
@example("---\nstarted: 0001-01-01T00:00+14:00\nresolved: 9999-12-31T23:59-12:00\n---\n")
@example(
    "# a\n**Date:** 9999-12-31\n## Timeline\n- 23:00 a\n- 01:00 b\n- 24:00 c\n- 23:00–01:00 d\n"
)
@example("# a\n**Start Time:** 0001-01-01 00:00 +14:00\n**End Time:** 0001-01-01 01:00 UTC\n")
@example("# a\n**Date:** 2025-03-04\n## Timeline\n- ١٤:٠٢ a\n- 𝟙𝟚:𝟘𝟘 b\n- ²:00 c\n")
@example("---\nimpact: {users: ١٢, revenue: ²}\nversion: 1e999\nstated: {slis: {a: 1e999}}\n---\n")
@example("---\n? [a]\n: b\n? {a: b}\n: c\n---\n")
@example("---\ntitle: !!binary x\ndate: !!timestamp 2025-01-01\ntags: !!set {a}\n---\n")
@example("---\nid: '   '\ntitle: ''\n---\n")
@example("")
def test_any_text_is_read(text):
    check(read(text, "2025/a.md", SETTINGS), text)


@given(TEXTS)
def test_any_front_matter_is_read(text):
    text = f"---\n{text}\n---\n# A\n"
    check(read(text, "2025/a.md", SETTINGS), text)


@given(TEXTS, st.sampled_from(["Timeline", "Action Items", "Impact", "Summary", "Five whys"]))
def test_any_section_is_read(text, name):
    text = f"# A\n**Date:** 2025-03-04\n\n## {name}\n\n{text}"
    check(read(text, "2025/a.md", SETTINGS), text)


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data):
    check(read(data, "2025/a.md"), data)


@given(TEXTS, st.text(max_size=40).filter(str.strip))
def test_any_path_is_taken(text, path):
    report = read(text, path)
    assert report.path == path
    assert report.title


@given(TEXTS)
def test_the_same_text_is_read_the_same_again(text):
    assert read(text, "a.md") == read(text, "a.md")


@given(TEXTS)
def test_lines_end_as_they_like(text):
    told = text.replace("\r", "")
    assert read(told, "a.md") == read(told.replace("\n", "\r\n"), "a.md")
