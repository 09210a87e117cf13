"""The one parse of a report's body: CommonMark + GFM with alerts, footnotes and admonitions.

The same tokens serve facts, words and page, so that a report reads on the site as it reads on a
forge, and so that every fact knows its line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.gfm import gfm_plugin

from postmortem_archive.report.markup.quick import is_bare, is_text, quicken, token_of
from postmortem_archive.report.record import Text

SOURCE_SCHEME = "src:"
SCHEMES = frozenset({"http", "https", "mailto", "tel", SOURCE_SCHEME.removesuffix(":")})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_BREAK = re.compile(r"<br\s*/?>\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the parser of report bodies; making one costs more than using it."""
    md = MarkdownIt("commonmark")
    md.use(gfm_plugin).use(admon_plugin)
    _bound_autolinks(md)
    quicken(md)
    md.add_render_rule("fence", _render_code)
    md.add_render_rule("code_block", _render_code)
    return md


# No address is longer. Each autolink rule looks at all that follows, and at all text before.
_LONGEST_ADDRESS = 8192
_OPENERS = {"gfm_autolink_www": "w", "gfm_autolink_protocol": ":", "gfm_autolink_email": "@"}
_PROTOCOLS = ("http", "https", "mailto", "xmpp")


def _bound_autolinks(md: MarkdownIt) -> None:
    """Keep the rules for bare addresses from reading a long paragraph over and over."""
    for rule in md.inline.ruler.__rules__:
        if rule.name in _OPENERS:
            md.inline.ruler.at(rule.name, _bounded(rule.fn, _OPENERS[rule.name]))


def _bounded(
    rule: Callable[[StateInline, bool], bool], opener: str
) -> Callable[[StateInline, bool], bool]:
    def bounded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        if state.src[state.pos] != opener:
            return False
        if opener == ":" and not state.pending.endswith(_PROTOCOLS):
            return False
        end = state.posMax
        state.posMax = min(end, state.pos + _LONGEST_ADDRESS)
        try:
            return rule(state, silent)
        finally:
            state.posMax = end

    return bounded


def _render_code(
    self: object, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    del self, options, env
    # Pygments takes a while to import, and most commands render nothing.
    from postmortem_archive.report.markup.highlight import highlight

    token = tokens[index]
    return highlight(token.content, token.info.split()[0] if token.info.split() else "") + "\n"


def _renderer() -> RendererHTML:
    return cast("RendererHTML", parser().renderer)


@lru_cache(maxsize=1)
def _inline_parser() -> MarkdownIt:
    """Return a parser in which raw HTML is text: what it renders is safe by construction."""
    md = MarkdownIt("commonmark", {"html": False})
    gfm_plugin(md)
    quicken(md)
    return md


def parse(body: str, path: str) -> tuple[list[Token], dict[str, Any]]:
    """Parse a body; links into the sources become `src:` addresses from the docs root."""
    env: dict[str, Any] = {}
    tokens = parser().parse(body, env)
    for token in tokens:
        if token.children:
            if not is_text(token.children):
                _address(token.children, path)
        elif token.attrs or token.type.startswith("a"):
            _dress(token)
    return tokens, env


# GitHub's alerts in the words of Material's admonitions.
_ALERTS = {"NOTE": "note", "TIP": "tip", "IMPORTANT": "info", "WARNING": "warning",
           "CAUTION": "danger"}  # fmt: skip


def _dress(token: Token) -> None:
    """Give tables, alerts and admonitions the markup that Material styles."""
    if token.type in ("th_open", "td_open"):
        _align(token)
    elif token.type == "alert_open":
        kind = str(token.meta.get("kind", "NOTE"))
        token.attrs["class"] = f"admonition {_ALERTS.get(kind, 'note')}"
    elif token.type == "alert_title_open":
        token.attrs["class"] = "admonition-title"
    elif token.type.startswith("admonition") and token.markup.startswith("???"):
        _fold(token)


def _align(token: Token) -> None:
    """Tell how a cell is aligned as a forge does: a policy of the site may forbid its style."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["align"] = style.removeprefix("text-align:")


def _fold(token: Token) -> None:
    """Turn a collapsible admonition into `details`."""
    if token.type in ("admonition_title_open", "admonition_title_close"):
        token.tag, token.attrs = "summary", {}
        return
    token.tag = "details"
    if token.nesting == 1:
        token.attrs = {"class": str(token.meta.get("tag", "note"))}
        if token.markup.startswith("???+"):
            token.attrs["open"] = ""


def _address(children: Sequence[Token], path: str) -> None:
    for child in children:
        attribute = {"link_open": "href", "image": "src"}.get(child.type)
        if attribute:
            url = source_address(str(child.attrs.pop(attribute, "")), path)
            if is_safe(url):
                child.attrs[attribute] = url


def is_safe(url: str) -> bool:
    """Whether an address is within the sources or the page, or has a scheme that may be shown."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in SCHEMES


def source_address(url: str, path: str) -> str:
    """Return `url`, as written in the report at `path`, with a relative one made `src:`."""
    if _ABSOLUTE.match(url) or not url:
        return url
    target, hash_, fragment = url.partition("#")
    target = unquote(target.partition("?")[0])
    if not target:
        return url
    base = "" if target.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
    return f"{SOURCE_SCHEME}{joined}{hash_}{fragment}"


def web_address(children: Sequence[Token]) -> str | None:
    """Return where the first link of inline tokens leads, if that is on the web."""
    links = (str(c.attrs.get("href", "")) for c in children if c.type == "link_open")
    first = next(links, "")
    return first if first.startswith(("https://", "http://")) else None


def is_line_break(token: Token) -> bool:
    """Whether a token is the tag `<br>`."""
    return token.type == "html_inline" and bool(_BREAK.match(token.content))


def plain(children: Sequence[Token]) -> str:
    """Return the text of inline tokens without markup, with white space folded."""
    if is_text(children):
        return " ".join(children[0].content.split())
    parts: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type == "image":
            parts.append(plain(child.children or []))
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and _BREAK.match(child.content)
        ):
            parts.append(" ")
    return " ".join("".join(parts).split())


def inline_html(children: Sequence[Token], env: MutableMapping[str, Any], path: str) -> str:
    """Render inline tokens as safe HTML: raw HTML is shown as text, except a line break."""
    if is_text(children):
        return escapeHtml(children[0].content).strip()
    safe: list[Token] = []
    for child in children:
        if child.type == "html_inline":
            safe.append(
                Token("hardbreak", "br", 0) if _BREAK.match(child.content) else _text(child.content)
            )
        elif child.type == "footnote_ref":
            # The note itself stands at the foot of the report's own page.
            safe.append(_text(""))
        else:
            safe.append(child)
    html = _renderer().renderInline(safe, parser().options, dict(env))
    html = re.sub(r'href="#', f'href="{SOURCE_SCHEME}{escapeHtml(path)}#', html)
    return html.strip()


def text_of(children: Sequence[Token], env: MutableMapping[str, Any], path: str) -> Text:
    """Return inline tokens as a record of prose."""
    return Text(plain(children), inline_html(children, env, path))


def text_from(source: str, path: str) -> Text:
    """Return Markdown that stands outside the body (a front-matter value) as prose."""
    children = [_text(source.strip())] if is_bare(source) else _inline_of(source)
    _address(children, path)
    return text_of(children, {}, path)


def _inline_of(source: str) -> list[Token]:
    children: list[Token] = []
    for block in _inline_parser().parse(source):
        if block.type == "inline":
            if children:
                children.append(Token("hardbreak", "br", 0))
            children.extend(block.children or [])
        elif block.type in ("fence", "code_block"):
            children.append(Token("code_inline", "code", 0, content=block.content))
    return children or [_text(" ".join(source.split()))]


def without_lines(token: Token, lines: Collection[int]) -> Token:
    """Return an inline token without some of its lines, which count from 0."""
    kept: list[Token] = []
    line, joint = 0, None
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            joint = child
        elif line not in lines:
            if joint and kept:
                kept.append(joint)
            joint = None
            kept.append(child)
    return token.copy(children=kept)


def _text(content: str) -> Token:
    return token_of("text", content=content)


@dataclass(frozen=True)
class Segment:
    """One line of inline content: its tokens and the line it stands on."""

    children: tuple[Token, ...]
    line: int

    @cached_property
    def plain(self) -> str:
        """The segment's text without markup."""
        return plain(self.children)


def segments(token: Token, line: int) -> tuple[Segment, ...]:
    """Split an inline token at its line breaks; `line` is the line its content starts on."""
    parts: list[Segment] = []
    current: list[Token] = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(Segment(tuple(current), line))
            current = []
            line += 1
        else:
            current.append(child)
    parts.append(Segment(tuple(current), line))
    return tuple(parts)
