"""A file from elsewhere comes apart without a loss: what was before its body, and its body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report.importing.opening import open_text, plain
from postmortem_archive.report.problem import Problems
from postmortem_archive.report.source import split


def opened(text):
    found, problems = open_text(text if isinstance(text, bytes) else text.encode(), "a.md")
    assert problems == ()
    return found


def problems(data):
    found, problems = open_text(data if isinstance(data, bytes) else data.encode(), "a.md")
    assert found is None
    return [f"{p.place.line}:{p.place.column} {p.rule}" for p in problems], problems


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("", "# A\n\nText\n"),
        ("", ""),
        ("", "---\n\nA rule and no fence.\n"),
        ("---\nlayout: post\n---\n", "\n# A\n"),
        ("---\nlayout: post\n...\n", "---\nA rule\n"),
        ("---\n---\n", "No line end"),
        ("---\na: 1\n---", ""),
        ('+++\ntitle = "A"\n+++\n', "B\n"),
    ],
)
def test_the_body_is_all_that_follows_the_front_matter(front, body, mark, end):
    found = opened(mark + (front + body).replace("\n", end).encode())
    assert found.body == body.replace("\n", end).encode()
    assert found.mark == mark
    again = found.with_front("---\nb: 2\n---\n")
    line_end = end if "\n" in front + body else "\n"
    assert again == mark + f"---{line_end}b: 2{line_end}---{line_end}".encode() + found.body


@given(st.text(max_size=80))
def test_the_body_is_the_one_that_is_read(text):
    found, told = open_text(text.encode(errors="replace"), "a.md")
    if found is None:
        assert told
        return
    source = split(text.encode(errors="replace"), Problems("a.md"))
    assert split(b"\n" + found.body, Problems("a.md")).body.removeprefix("\n") == source.body
    assert text.encode(errors="replace").endswith(found.body)


def test_toml_is_read_as_values():
    found = opened(
        '+++\ntitle = "A: b"\ndate = 2025-03-04T14:00:00+01:00\nweight = 3\ndraft = false\n'
        'tags = ["a", "12:30"]\n[extra]\nrate = 1.5\nday = 2025-03-04\nat = 14:30:00\n+++\nB\n'
    )
    assert plain(found.front) == {
        "title": "A: b",
        "date": "2025-03-04T14:00:00+01:00",
        "weight": 3,
        "draft": False,
        "tags": ["a", "12:30"],
        "extra": {"rate": "1.5", "day": "2025-03-04", "at": "14:30:00"},
    }
    assert found.front.key_places["weight"].line == 4


def test_comments_are_kept():
    yaml = "# top\na: 1  # beside\nb: '# no comment'\nc: |\n  # nor this\n# end\n"
    assert opened(f"---\n{yaml}---\nB").comments == ("# top", "# beside", "# end")
    toml = '# top\na = "# no comment"  # beside\n[b] # table\n'
    assert opened(f"+++\n{toml}+++\nB").comments == ("# top", "# beside", "# table")


def test_comments_are_kept_inside_a_list_and_nothing_is_taken_for_one():
    toml = r"""a = [1, # one
  2] # two
b = QQQ\\ # text
\QQQ # text
QQQQ # three
c = AAA
# text AAA # four
d = 'x # y' # five
e = "\" # z" # six
f = "" # seven
""".replace("Q", '"').replace("A", "'")
    found = opened(f"+++\n{toml}+++\nB")
    assert found.comments == ("# one", "# two", "# three", "# four", "# five", "# six", "# seven")
    assert plain(found.front)["b"].endswith('""" # text\n"')


@pytest.mark.parametrize(
    ("data", "places", "way"),
    [
        ("# Störung\n".encode("utf-16"), ["1:1 encoding"], "iconv -f UTF-16 -t UTF-8"),
        ("# A\nStörung\n".encode("latin-1"), ["2:3 encoding"], "iconv -f WINDOWS-1252 -t UTF-8"),
        (b"\xef\xbb\xbf# A\r\n\xc3\xa9\xe9", ["2:2 encoding"], "iconv"),
        (b"# A\nx\0y", ["2:2 encoding"], "saved as UTF-8"),
    ],
)
def test_another_encoding_is_refused_with_the_way_out(data, places, way):
    found, told = problems(data)
    assert found == places
    assert way in str(told[0])


def test_front_matter_that_cannot_be_read_is_refused_with_every_reason():
    assert problems("---\na: [1\nb: *x\nc: 1\nc: 2\n---\nB")[0] == [
        "2:4 yaml-syntax",
        "3:4 yaml-alias",
        "5:1 duplicate-key",
    ]
    assert problems("---\n- a\n---\nB")[0] == ["2:1 wrong-type"]
    assert problems("---\na: 1\n\n# B\n")[0] == ["1:1 unclosed-front-matter"]
    assert problems("+++\na = 1\n\n# B\n")[0] == ["1:1 unclosed-front-matter"]
    assert problems("+++\n[a.b]\nc = 1\n")[0] == ["1:1 unclosed-front-matter"]
    assert opened("+++\n# B\n").body == b"+++\n# B\n"
    assert opened("+++\n[a](b) c\n").body == b"+++\n[a](b) c\n"
    assert problems('+++\na = "x\n+++\nB')[0] == ["2:7 toml-front-matter"]
    assert problems("+++\na = 1\na = 2\n+++\nB")[0] == ["3:6 toml-front-matter"]
