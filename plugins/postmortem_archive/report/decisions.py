"""From an author's page about a period to what it decides.

Such a page is words, and stays as it was written. Only what stands under a heading “Decisions” is
read, in the grammar of action items: a table, a checklist or a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortem_archive.report.body.actions import read_action_parts
from postmortem_archive.report.body.headings import fold_heading
from postmortem_archive.report.body.outline import Outline, Part, outline
from postmortem_archive.report.context import Reading
from postmortem_archive.report.front.visibility import before_the_text, strictest
from postmortem_archive.report.front.yaml_tree import read_mapping
from postmortem_archive.report.grammar.dateorder import order_in
from postmortem_archive.report.languages import LANGUAGES
from postmortem_archive.report.lint.actions import DUE, OWNER, check_owner
from postmortem_archive.report.markup import markdown
from postmortem_archive.report.markup.blocks import ListBlock, TableBlock, read_blocks
from postmortem_archive.report.problem import Level, Place, Problems
from postmortem_archive.report.record import Action, Decided
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.source import split

_HEADINGS = frozenset(fold_heading(title) for lang in LANGUAGES for title in lang.decisions)
_OPEN = frozenset({"open", "in_progress"})


def read_decisions(data: str | bytes, path: str, settings: ReadingSettings) -> Decided:
    """Return what the page at `path`, relative to the docs root, decides.

    Nothing is raised for what a file holds: every mistake is one of the problems.
    """
    problems = Problems(path)
    source = split(data, problems)
    reading = Reading(path, source, settings, problems, order_in(source.body))
    if source.front is not None:
        # The host reads these keys, and says nothing of what it cannot read.
        read_mapping(source.front, 2, problems)
    broken = any(problem.level is Level.ERROR for problem in problems.all())
    raw = source.front if source.front is not None else source.unread
    if raw is None:
        raw = before_the_text(source.body)
    tokens, env = markdown.parse(source.body, path)
    parts = tuple(_deciding(outline(read_blocks(tokens, source.body_line))))
    decisions = read_action_parts(parts, tokens, env, reading)
    if not decisions:
        _tell_unread(parts, reading)
    _advise(decisions, reading)
    return Decided(path, decisions, strictest(raw, broken=broken), problems.all())


def _deciding(sections: Outline) -> Iterator[Part]:
    """Yield the sections under a heading of decisions, with those below it."""
    level: int | None = None
    for part in sections.parts:
        if part.heading is None:
            continue
        if level is not None and part.level <= level:
            level = None
        if level is None and fold_heading(part.title) in _HEADINGS:
            level = part.level
        if level is not None:
            yield part


def _tell_unread(parts: tuple[Part, ...], reading: Reading) -> None:
    """Warn of a table or list of decisions in which none can be read."""
    for part in parts:
        for block in part.blocks:
            if isinstance(block, TableBlock | ListBlock):
                reading.warn(
                    Place(block.line), "unread-decisions", "no decision can be read here",
                    expected="a list, or a table with a column “Owner” or “Due”",
                )  # fmt: skip


def _advise(decisions: tuple[Action, ...], reading: Reading) -> None:
    for decision in decisions:
        if decision.status not in _OPEN:
            continue
        for expected in (OWNER, DUE):
            if not expected.value(decision):
                reading.hint(decision.place, expected.rule, f"this open decision {expected.lacks}")
        check_owner(decision, reading)
