"""The parser's own rules, each tried only where the character that it begins with stands.

The library offers every line, and every character that may be a mark, to all of its rules, most of
which look at that one character and say no. The tokens are the same, and a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, zip_longest
from operator import add
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_Rule = Callable[..., bool]

# Rule -> the characters that it begins with; an empty string stands for any.
_INLINE: Mapping[str, str] = {
    "text": "", "newline": "\n", "escape": "\\", "backticks": "`", "strikethrough": "~",
    "emphasis": "*_", "link": "[", "image": "!", "footnote_ref": "[", "autolink": "<",
    "html_inline": "<", "entity": "&", "gfm_autolink_www": "w", "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
}  # fmt: skip
_BLOCK: Mapping[str, str] = {
    "table": "", "code": "", "admonition": "!?", "fence": "`~", "blockquote": ">", "hr": "*-_",
    "list": "*+-0123456789", "footnote_def": "[", "reference": "[", "html_block": "<",
    "heading": "#", "lheading": "", "paragraph": "",
}  # fmt: skip

# Where text ends: an inline rule may begin, or a link's label may close. One character each, or
# one literal: these are all looked for at once.
_STOP = re.compile(r"\n|\\|`|~|\*|_|\[|\]|<|&|@|!(?=\[)|w(?=ww\.)|:(?<=[pso]:)")


def quicken(md: MarkdownIt) -> None:
    """Let a parser, complete with its plugins, try fewer rules; one with others is left alone."""
    if _INLINE.keys() >= set(md.inline.ruler.get_active_rules()):
        md.inline = _Inline(md.inline)
    if _BLOCK.keys() >= set(md.block.ruler.get_active_rules()):
        for rule in md.block.ruler.__rules__:
            if rule.name in _GUARDS:
                md.block.ruler.at(rule.name, _GUARDS[rule.name](rule.fn), {"alt": rule.alt})
        md.block = _Block(md.block)
    for last in md.core.ruler.__rules__:
        if last.name == "text_join":
            md.core.ruler.at("text_join", _where_texts_may_meet(last.fn))


def _where_texts_may_meet(rule: Callable[[StateCore], None]) -> Callable[[StateCore], None]:
    """Join the texts of inline content, unless all of it is one text."""

    def join(state: StateCore) -> None:
        every = state.tokens
        state.tokens = [token for token in every if token.children and not is_text(token.children)]
        rule(state)
        state.tokens = every

    return join


def is_text(children: Sequence[Token]) -> bool:
    """Whether inline content is one text, as that of most lines and cells is."""
    return len(children) == 1 and children[0].type == "text"


def is_bare(source: str) -> bool:
    """Whether a Markdown text is one line of words in which nothing is marked up."""
    return source[:1].isalpha() and source.isprintable() and not _STOP.search(source)


def _first_of_line(state: StateBlock, line: int, *_: object) -> str:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : start + 1]


def _here(state: StateInline, *_: object) -> str:
    return state.src[state.pos]


def _quick_table(rule: _Rule) -> _Rule:
    """Read a table whose rows can be parted at each `|`; leave others to the library.

    One is tried where the next line begins as the one below its head does.
    """

    def table(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- the parser calls it so
        if _first_of_line(state, line + 1) not in _BELOW_HEAD:
            return False
        is_table = rule(state, line, end, True)  # noqa: FBT003 -- the library's
        if silent or not is_table:
            return is_table
        rows = [*_rows(state, line, end)]
        below = _DASHES.findall(_text_of_line(state, line + 1))
        styles = [_ALIGNMENTS[dashes[0] == ":", dashes[-1] == ":"] for dashes in below]
        if len(rows) * len(styles) > _MOST_CELLS or any("\\" in row for row in rows):
            return rule(state, line, end, silent)
        outer, state.parentType = state.parentType, "table"
        after = line + 1 + len(rows)
        state.push("table_open", "table", 1).map = [line, after]
        state.push("thead_open", "thead", 1).map = [line, line + 1]
        _push_row(state, line, "th", rows[0], styles)
        state.push("thead_close", "thead", -1)
        if len(rows) > 1:
            state.push("tbody_open", "tbody", 1).map = [line + 2, after]
            for number, row in enumerate(rows[1:], start=line + 2):
                _push_row(state, number, "td", row, styles)
            state.push("tbody_close", "tbody", -1)
        state.push("table_close", "table", -1)
        state.parentType, state.line = outer, after
        return True

    return table


# Whether a cell of the line below the head begins, and ends, with a colon -> its column's style.
_ALIGNMENTS = {
    (False, False): "", (True, False): "text-align:left", (False, True): "text-align:right",
    (True, True): "text-align:center",
}  # fmt: skip
_DASHES = re.compile(r"[:-]+")
# Far below the number of cells at which the library stops adding those that rows lack.
_MOST_CELLS = 10_000


def _rows(state: StateBlock, line: int, end: int) -> Iterator[str]:
    """Yield the text of a table's head, and of each row below, up to where the table ends."""
    terminators = state.md.block.ruler.getRules("blockquote")
    yield mdTrim(_text_of_line(state, line))
    for number in range(line + 2, end):
        if state.sCount[number] < state.blkIndent or state.is_code_block(number):
            return
        if any(rule(state, number, end, True) for rule in terminators):  # noqa: FBT003 -- the library's
            return
        text = mdTrim(_text_of_line(state, number))
        if not text:
            return
        yield text


def _text_of_line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _push_row(state: StateBlock, line: int, tag: str, row: str, styles: Sequence[str]) -> None:
    cells = row.split("|")
    if cells[0] == "":
        del cells[0]
    if cells and cells[-1] == "":
        del cells[-1]
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for style, cell in zip_longest(styles, cells[: len(styles)], fillvalue=""):
        opening = state.push(f"{tag}_open", tag, 1)
        if style:
            opening.attrs = {"style": style}
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = mdTrim(cell), [line, line + 1], []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _guarded_rule(rule: _Rule) -> _Rule:
    """Try a horizontal rule where no other characters than its own stand on the line."""

    def hr(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- the parser calls it so
        start = state.bMarks[line] + state.tShift[line]
        return bool(_HR.match(state.src, start)) and rule(state, line, end, silent)

    return hr


def _paragraph_too(rule: _Rule) -> _Rule:
    """Look for the line under a heading, and for the end of a paragraph, in one go."""

    def paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- the parser calls it so
        if end != state.lineMax or state.is_code_block(line):
            return rule(state, line, end, silent)
        outer, state.parentType = state.parentType, "paragraph"
        after = _end_of_paragraph(state, line + 1, end)
        state.parentType = outer
        if after is None:
            return rule(state, line, end, silent)
        if after == line + 1:
            text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        else:
            text = state.getLines(line, after, state.blkIndent, False)  # noqa: FBT003 -- the library's
        state.line = after
        state.push("paragraph_open", "p", 1).map = [line, after]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = mdTrim(text), [line, after], []
        state.push("paragraph_close", "p", -1)
        return True

    return paragraph


def _end_of_paragraph(state: StateBlock, line: int, end: int) -> int | None:
    """Return the line after a paragraph, None where a line may make a heading of it."""
    terminators = state.md.block.ruler.getRules("paragraph")
    while line < end and not state.isEmpty(line):
        if state.sCount[line] - state.blkIndent <= _MOST_INDENT:
            if _first_of_line(state, line) in "-=" and _UNDERLINE.match(
                state.src, state.bMarks[line] + state.tShift[line]
            ):
                return None
            if state.sCount[line] >= 0 and any(
                rule(state, line, end, True)  # noqa: FBT003 -- the library's
                for rule in terminators
            ):
                break
        line += 1
    return line


# The first characters that the line below a table's head may have.
_BELOW_HEAD = ("|", "-", ":")
_HR = re.compile(r"[-*_][-*_ \t]+$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*$", re.MULTILINE)
_MOST_INDENT = 3  # columns; what stands further in goes on with the paragraph
_GUARDS: Mapping[str, Callable[[_Rule], _Rule]] = {
    "table": _quick_table, "hr": _guarded_rule, "lheading": _paragraph_too,
}  # fmt: skip


class _Chosen(Ruler[Any]):
    """Rules that are chosen by a character of the state that they are called with."""

    def __init__(
        self, library: Ruler[Any], openers: Mapping[str, str], character_of: Callable[..., str]
    ) -> None:
        self.__dict__.update(library.__dict__)
        self._openers = openers
        self._character_of = character_of
        self._chains: dict[str, list[_Rule]] = {}

    def getRules(self, chainName: str = "") -> list[_Rule]:  # noqa: N802, N803 -- the library's
        """Return the rules of a chain, as one that tries them."""
        if chainName not in self._chains:
            self._chains[chainName] = [self._one_of(super().getRules(chainName))]
        return self._chains[chainName]

    def _one_of(self, rules: Sequence[_Rule]) -> _Rule:
        openers = {rule.fn: self._openers[rule.name] for rule in self.__rules__ if rule.enabled}
        anywhere = tuple(rule for rule in rules if not openers[rule])
        chosen = {
            character: tuple(r for r in rules if not openers[r] or character in openers[r])
            for character in "".join(openers.values())
        }
        character_of = self._character_of

        def one(*arguments: Any) -> bool:
            # A generator for any() would take as long as the rules.
            for rule in chosen.get(character_of(*arguments), anywhere):  # noqa: SIM110 -- see above
                if rule(*arguments):
                    return True
            return False

        return one


class _Block(ParserBlock):
    """Reads blocks by rules that are chosen by a line's first character."""

    def __init__(self, library: ParserBlock) -> None:
        self.__dict__.update(library.__dict__)
        self.ruler = _Chosen(library.ruler, _BLOCK, _first_of_line)

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: Any,
        outTokens: list[Token],  # noqa: N803 -- the library's
    ) -> list[Token] | None:
        """Add the tokens of a text's blocks."""
        if not src:
            return None
        state = _StateBlock(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class _StateBlock(StateBlock):
    """Knows where the lines are, and makes tokens, in a part of the library's time."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        if "\t" in src:
            super().__init__(src, md, env, tokens)
            return
        super().__init__("", md, env, tokens)
        lines = src.split("\n")
        if not lines[-1].strip(" "):  # what follows the last end of a line is none
            lines.pop()
        lengths = [*map(len, lines), 0]
        begins = [0, *accumulate(length + 1 for length in lengths[:-1])]
        begins[-1] = len(src)
        self.src, self.lineMax = src, len(lines)
        self.bMarks = begins
        self.eMarks = list(map(add, begins, lengths))
        self.tShift = [len(line) - len(line.lstrip(" ")) for line in lines]
        self.tShift.append(0)
        self.sCount = self.tShift.copy()
        self.bsCount = [0] * len(begins)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token."""
        if nesting < 0:
            self.level -= 1
        # What token_of does: half of all tokens are made here, and a call costs as much as this.
        token = _new(Token)
        token.type, token.tag, token.nesting, token.level = ttype, tag, nesting, self.level
        token.attrs, token.meta, token.map, token.children = {}, {}, None, None
        token.content = token.markup = token.info = ""
        token.block, token.hidden = True, False
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


_new = Token.__new__


def token_of(
    kind: str,
    tag: str = "",
    nesting: Literal[-1, 0, 1] = 0,
    *,
    level: int = 0,
    content: str = "",
    markup: str = "",
) -> Token:
    """Make a token in half the time, without the defaults that its own way looks up."""
    token = _new(Token)
    token.type, token.tag, token.nesting, token.level = kind, tag, nesting, level
    token.attrs, token.meta, token.map, token.children = {}, {}, None, None
    token.content, token.markup, token.info = content, markup, ""
    token.block = token.hidden = False
    return token


class _Inline(ParserInline):
    """Reads inline content, from one character that may begin something to the next."""

    def __init__(self, library: ParserInline) -> None:
        self.__dict__.update(library.__dict__)
        self.ruler = _Chosen(library.ruler, _INLINE, _here)
        self.terminator_re = _STOP

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Add the tokens of inline content; most of it is text with little else."""
        if not _STOP.search(src):
            if src:
                tokens.append(token_of("text", content=src))
            return tokens
        found = _simple(src)
        if found is None:
            return super().parse(src, md, env, tokens)
        tokens += found
        return tokens


# What is more than text, strong text, code and the ends of lines, each in its simplest form.
_BEYOND = re.compile(
    r"\\|~|\[|\]|<|&|@|w(?=ww\.)"
    r"|:(?<=[pso]:)(?:(?<=http:)|(?<=https:)|(?<=mailto:)|(?<=xmpp:))| \n|\n[ \t]"
)
_MARKS = re.compile(r"(\n|\*\*|`[^`\n ][^`\n]*`)")
_WITHOUT = re.compile(r"(?:[^`*_]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*")
_BEHIND_STRONG = (".", ",", ";", ":", ")")


def _simple(src: str) -> list[Token] | None:
    """Return the tokens of inline content that is simple, None where it may not be."""
    parts = _MARKS.split(src)
    if _BEYOND.search(src) or not all(map(_WITHOUT.fullmatch, parts[::2])):
        return None
    tokens: list[Token] = []
    level = position = 0
    closed = False
    for text, mark in zip_longest(parts[::2], parts[1::2]):
        position += len(text)
        opens = mark == "**" and not level
        # The library leaves an empty text before strong text, and one behind it.
        if text or closed or opens:
            tokens.append(token_of("text", level=level, content=text))
        closed = bool(level) and mark == "**"
        if opens:
            if not _may_open(src, position):
                return None
            tokens.append(token_of("strong_open", "strong", 1, markup="**"))
            level = 1
        elif closed:
            if not _may_close(src, position):
                return None
            level = 0
            tokens.append(token_of("strong_close", "strong", -1, markup="**"))
        elif mark == "\n":
            tokens.append(token_of("softbreak", "br", level=level))
        elif mark:
            code = token_of("code_inline", "code", level=level, content=mark[1:-1], markup="`")
            tokens.append(code)
        position += len(mark or "")
    return None if level else tokens


def _may_open(src: str, position: int) -> bool:
    """Whether two asterisks open strong text by all rules, and cannot close any."""
    before, after = src[max(0, position - 1) : position], src[position + 2 : position + 3]
    return before in ("", " ", "\n") and bool(after) and not after.isspace() and after != "*"


def _may_close(src: str, position: int) -> bool:
    """Whether two asterisks close strong text by all rules, and cannot open any."""
    before, after = src[position - 1], src[position + 2 : position + 3]
    if before.isspace() or before == "*":
        return False
    return after in ("", " ", "\n") or (
        after in _BEHIND_STRONG and before.isascii() and before.isalnum()
    )
