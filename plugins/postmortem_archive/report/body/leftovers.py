"""What a template left behind and nobody filled in, each a hint at its place."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.placeholders import (
    is_choice,
    is_example_mark,
    is_placeholder,
    is_sample_row,
    may_hold_example,
    may_hold_placeholder,
)
from postmortem_archive.report.grammar.states import strip_marks
from postmortem_archive.report.markup.markdown import Segment, plain, segments
from postmortem_archive.report.problem import Place, shortened


def report_leftovers(tokens: Sequence[Token], reading: Reading) -> None:
    """Hint at each placeholder, and at each example, that still stands in the body."""
    for token in tokens:
        if token.type != "inline" or not _may_hold_any(token.children or []):
            continue
        line = reading.source.body_line + (token.map or [0])[0]
        for segment in segments(token, line):
            _report(segment, reading)


def _may_hold_any(children: Sequence[Token]) -> bool:
    """Tell by one look, which spares nearly every paragraph the rest."""
    text = plain(children)
    if may_hold_placeholder(text) or may_hold_example(text):
        return True
    # Without its code a text may read as a placeholder that it is not with it.
    return len(children) > 1 and any(child.type == "code_inline" for child in children)


def _report(segment: Segment, reading: Reading) -> None:
    label = split_label(segment, bold_only=False)
    children = label[1] if label else segment.children
    # What stands as code is shown to the reader and is no one's to fill in.
    written = plain([c for c in children if c.type != "code_inline"])
    value = strip_marks(written).strip()
    name = f"“{label[0] if label else shortened(value)}”"
    if is_example_mark(segment.plain) or is_sample_row(segment.plain):
        mark = "Example" if is_example_mark(segment.plain) else segment.plain
        reading.hint(
            Place(segment.line, reading.source.column_of(segment.line, mark)),
            "template-example", "the template's own example still stands here",
            found=segment.plain,
        )  # fmt: skip
    elif is_placeholder(value) or (label and is_choice(value) and value.startswith("[")):
        reading.hint(
            Place(segment.line, reading.source.column_of(segment.line, value)),
            "not-filled-in", f"{name} is not filled in yet", found=value,
        )  # fmt: skip
