"""A report's body, made ready for its page: diagrams to draw or to read, ticks with a name."""

from __future__ import annotations

import re

_FENCE = re.compile(
    r'<div class="language-mermaid highlight"><pre><span></span><code>(.*?)</code></pre></div>',
    re.DOTALL,
)
_DRAWN = re.compile(r'(<pre\b[^>]*\bclass="[^"]*)\bmermaid\b')
_TAG = re.compile(r"<[^>]*>")
_TICK = re.compile(r'<input\b(?=[^>]*type="checkbox")([^>]*)>')


def ready(html: str, *, draws_diagrams: bool) -> str:
    """Return a stretch of a body as a page shows it."""
    return _named_ticks(_diagrams(html, drawn=draws_diagrams))


def _diagrams(html: str, *, drawn: bool) -> str:
    """Leave Mermaid diagrams to be drawn only on a site that brings the script itself.

    The theme would fetch it from another host, for every page that holds a diagram.
    """
    if "mermaid" not in html:
        return html
    if drawn:
        return _FENCE.sub(
            lambda match: f'<pre class="mermaid"><code>{_TAG.sub("", match[1])}</code></pre>', html
        )
    return _DRAWN.sub(r"\1", html)


def _named_ticks(html: str) -> str:
    """Give the boxes of a checklist a name, for those who do not see them."""
    return _TICK.sub(
        lambda match: (
            f'<input aria-label="{"done" if "checked" in match[1] else "open"}"{match[1]}>'
        ),
        html,
    )
