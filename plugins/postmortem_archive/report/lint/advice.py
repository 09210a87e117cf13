"""All advice on one report."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from postmortem_archive.report.context import Reading
from postmortem_archive.report.lint.actions import check_actions
from postmortem_archive.report.lint.analysis import check_analysis
from postmortem_archive.report.lint.words import check_words
from postmortem_archive.report.record import Report


def advise(report: Report, tokens: Sequence[Token], reading: Reading) -> None:
    """Hint at what makes a report of little use; `tokens` are those of its body."""
    check_actions(report, reading)
    check_analysis(report, reading)
    check_words(report, tokens, reading)
