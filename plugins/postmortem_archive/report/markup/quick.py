"""The parser's own rules, each tried only where the character that it begins with stands.

The library offers every line, and every character that may be a mark, to all of its rules, most of
which look at that one character and say no. The tokens are the same, and a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
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
        md.block.ruler = _Chosen(md.block.ruler, _BLOCK, _first_of_line)


def is_bare(source: str) -> bool:
    """Whether a Markdown text is one line of words in which nothing is marked up."""
    return source[:1].isalpha() and source.isprintable() and not _STOP.search(source)


def _first_of_line(state: StateBlock, line: int, *_: object) -> str:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : start + 1]


def _here(state: StateInline, *_: object) -> str:
    return state.src[state.pos]


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


class _Inline(ParserInline):
    """Reads inline content, from one character that may begin something to the next."""

    def __init__(self, library: ParserInline) -> None:
        self.__dict__.update(library.__dict__)
        self.ruler = _Chosen(library.ruler, _INLINE, _here)
        self.terminator_re = _STOP

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Add the tokens of inline content; most of it is nothing but text."""
        if src and not _STOP.search(src):
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        return super().parse(src, md, env, tokens)
