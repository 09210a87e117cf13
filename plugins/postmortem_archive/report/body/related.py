"""The reports that a section of related incidents names, each with the relation stated beside it.

A relation is stated right before the name (“recurrence of INC-2024-031”), or as all that follows it
(“INC-2024-031: same cause”); names that “and” joins share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from postmortem_archive.report.body.outline import Outline
from postmortem_archive.report.context import Reading
from postmortem_archive.report.languages import LANGUAGES, joined, merged
from postmortem_archive.report.markup.blocks import ParagraphBlock, TableBlock, walk
from postmortem_archive.report.markup.markdown import SOURCE_SCHEME
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Relation
from postmortem_archive.report.vocabulary import fold

# Other things have ids of the same form: standards, weaknesses, requests to change code.
_REPORT_ID = re.compile(
    r"(?<![\w/.-])(?!(?:CVE|CWE|GHSA|RFC|ISO|PEP|PR|MR|SHA|UTF|HTTP)-)[A-Z][A-Z0-9]+-\d[\w-]*\d(?![\w-])"
)
_CELL = " | "
_AND = re.compile(r"[\s,;/&+]*(?:(?:and|und|et)\s*)?")


def _patterns() -> Iterator[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    denied = joined(tuple(language.unrelated for language in LANGUAGES))
    for name, words in merged(tuple(language.relations for language in LANGUAGES)).items():
        stated = rf"(?<!\w)(?<!-)(?:{joined(words)})"
        # “Same cause” needs no object; “caused by” with one would speak of the other incident.
        end = r"(?!\w)" if name == "same_cause" else r"[\s.)\]]*$"
        yield (
            name,
            re.compile(
                rf"(?<!\w)(?P<denied>(?:{denied})\s[^.;:]*)?{stated}[\s:–—\"“(-]*"
                r"(?:(?:the|an?|our|incident|report)\s+)*$",
                re.IGNORECASE,
            ),
            re.compile(rf"[\s:,(\[–—-]*(?:(?:the|an?)\s)?{stated}{end}", re.IGNORECASE),
        )


_STATED = tuple(_patterns())
# No phrase is longer, with what takes it back.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Named:
    """A report that a line names, with the words before it and after it in the line."""

    target: str
    before: str
    after: str


def read_relations(outline: Outline, own_id: str, reading: Reading) -> tuple[Relation, ...]:
    """Return the reports named in sections of related incidents, by link or by id."""
    found: dict[str, Relation] = {}
    for children, line in _lines(outline):
        relation = "related"
        for number, named in enumerate(_named(children)):
            stated = _stated(named)
            # “Same cause as A and B” says the same of both.
            if number == 0 or stated != "related" or not _AND.fullmatch(named.before):
                relation = stated
            place = Place(line, reading.source.column_of(line, named.target.rpartition("/")[2]))
            told = Relation(named.target, relation, place)
            first = found.setdefault(named.target, told)
            if first.relation == "related":
                found[named.target] = told if relation != "related" else first
    ours = {fold(own_id), fold(reading.path)}
    return tuple(told for told in found.values() if fold(told.target) not in ours)


def _lines(outline: Outline) -> Iterator[tuple[Sequence[Token], int]]:
    """Give the lines of the sections, and the rows of their tables.

    A row is about the reports of the first cell that names any; its other cells stand behind.
    """
    for block in (b for part in outline.within("related") for b in walk(part.blocks)):
        if isinstance(block, ParagraphBlock):
            for segment in block.segments:
                yield segment.children, segment.line
        elif isinstance(block, TableBlock):
            for row in block.rows:
                cells = [cell.segment.children for cell in row]
                about = next((n for n, cell in enumerate(cells) if any(_named(cell))), None)
                if about is not None:
                    rest = [_plain(cell) for n, cell in enumerate(cells) if n != about]
                    yield (*cells[about], *map(_words, rest)), row[0].line


def _words(cell: str) -> Token:
    return Token("text_special", "", 0, content=_CELL + cell)


def _plain(children: Sequence[Token]) -> str:
    return "".join(child.content for child in children if child.type in _TEXT)


_TEXT = ("text", "text_special", "code_inline")


def _named(children: Sequence[Token]) -> Iterator[_Named]:
    """Give the reports that a line links to or names, in its order."""
    targets: list[str] = []
    between = [""]
    linked = elsewhere = False
    for child in children:
        if child.type == "link_open":
            href = str(child.attrs.get("href", ""))
            target = href.removeprefix(SOURCE_SCHEME).partition("#")[0]
            elsewhere = not href.startswith(SOURCE_SCHEME)
            linked = target.endswith(".md") and not elsewhere
            if linked:
                targets.append(target)
                between.append("")
        elif child.type == "link_close":
            linked = elsewhere = False
        elif child.type in _TEXT and not linked:
            end = 0
            known = child.type != "text_special" and not elsewhere
            for match in _REPORT_ID.finditer(child.content) if known else ():
                between[-1] += child.content[end : match.start()]
                targets.append(match.group())
                between.append("")
                end = match.end()
            between[-1] += child.content[end:]
    for number, target in enumerate(targets):
        yield _Named(target, between[number], between[number + 1])


def _stated(named: _Named) -> str:
    before = named.before[-_LONGEST:]
    for name, ahead, behind in _STATED:
        match = ahead.search(before)
        if match:
            return "related" if match["denied"] else name
        if any(behind.match(cell[:_LONGEST]) for cell in named.after.split(_CELL)):
            return name
    return "related"
