"""Fenced code, highlighted in the markup that Material's styles know."""

from __future__ import annotations

from contextlib import suppress

from markdown_it.common.utils import escapeHtml
from pygments import highlight as _highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER = HtmlFormatter(nowrap=True)

# Highlighting is for reading; a log of this size is not read in colour, and would take seconds.
_LONGEST = 50_000


def highlight(code: str, language: str) -> str:
    """Return the HTML of a fence; an unknown language is shown as plain text."""
    body = escapeHtml(code)
    if language and len(code) <= _LONGEST:
        with suppress(ClassNotFound):
            body = _highlight(code, get_lexer_by_name(language, stripnl=False), _FORMATTER)
    name = f"language-{escapeHtml(language)} highlight" if language else "highlight"
    return f'<div class="{name}"><pre><span></span><code>{body}</code></pre></div>'
