"""Front matter mended in place tells what it told, byte for byte but for the words."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report import ReadingSettings, read
from postmortem_archive.report.front.edits import mend
from postmortem_archive.report.vocabulary import (
    ACTION_STATUSES,
    KINDS,
    SEVERITIES,
    STATUSES,
    TRIGGERS,
    Term,
    Vocabulary,
)

from .golden import cases
from .told import told

SETTINGS = ReadingSettings(services=Vocabulary((Term("web-shop", "Web shop", ("shop: A, #1",)),)))


def spelling(words):
    return st.sampled_from(words.spellings).flatmap(
        lambda word: st.sampled_from((word, word.upper(), word.casefold()))
    )


def quoted(words):
    plain = spelling(words).filter(lambda word: "'" not in word)
    return st.builds(str.format, st.sampled_from(('"{}"', "'{}'", "{}")), plain)


reports = st.builds(
    lambda severity, status, kind, trigger, action, ends, mark, comment: (
        mark + ends.join(
            ["---", "title: x", "date: 2025-01-01", f"severity: {severity}{comment}",
             f"status:  {status}", f"kind: {kind}", "trigger:", f"  category: {trigger}",
             "  text: High", f"actions: [{{text: High, status: {action}}}]", "services:",
             '- "shop: A, #1"', "---", "High"]
        )
    ).encode(),
    quoted(SEVERITIES), quoted(STATUSES), quoted(KINDS), quoted(TRIGGERS), quoted(ACTION_STATUSES),
    st.sampled_from(("\n", "\r\n", "\r")), st.sampled_from(("", "\ufeff")),
    st.sampled_from(("", " # High", "  #")),
)  # fmt: skip


def mended(data, path="2025/a.md"):
    return mend(data, path, SETTINGS, read(data, path, SETTINGS).problems)


def facts(data):
    found = told(replace(read(data, "2025/a.md", SETTINGS), sources={}))
    return re.sub(r"'place': '\d+:\d+'", "", repr(found))


@given(reports)
def test_a_mended_report_tells_what_it_told(data):
    new = mended(data)
    assert facts(new.data) == facts(data)
    assert all(p.rule != "alias-used" for p in read(new.data, "2025/a.md", SETTINGS).problems)


@given(reports)
def test_what_is_mended_is_not_mended_again(data):
    new = mended(data)
    assert mended(new.data).edits == ()
    assert mended(new.data).data == new.data


@given(reports)
def test_nothing_but_the_words_changes(data):
    new = mended(data)
    text = new.data.decode()
    lines = re.split(r"(\r\n|\r|\n)", text)
    for edit in sorted(new.edits, key=lambda edit: edit.place):
        row = lines[2 * (edit.place.line - 1)]
        start = edit.place.column - 1
        assert row[start : start + len(edit.new)] == edit.new
        lines[2 * (edit.place.line - 1)] = row[:start] + edit.old + row[start + len(edit.new) :]
    assert "".join(lines).encode() == data


@given(st.binary(max_size=200))
def test_any_bytes_are_left_alone_or_mended(data):
    assert mended(b"---\nseverity: High\n" + data).edits is not None


def test_no_golden_case_loses_a_fact():
    for case in cases():
        before, after = (read(data, "2025/a.md") for data in (case.data, mended(case.data).data))
        lost = {
            key
            for key, value in told(before).items()
            if value != "null" and key not in ("sources", "problems") and told(after)[key] != value
        }
        assert lost <= {"actions", "related", "contributing_factors", "timeline"}, case.name
        assert [action.text for action in after.actions] == [a.text for a in before.actions]


def test_a_value_over_several_lines_or_with_escapes_stays():
    for value in (">\n  High", '"Hi\\x67h"', "!!str High"):
        data = f"---\ntitle: x\ndate: 2025-01-01\nseverity: {value}\n---\n".encode()
        assert mended(data).data == data


def test_another_encoding_stays():
    text = "---\ntitle: x\ndate: 2025-01-01\nseverity: High\n---\n"
    for encoding in ("utf-16", "latin-1"):
        data = text.replace("x", "ü").encode(encoding)
        assert mended(data).data == data
