"""A report's body, made ready for its page: diagrams to draw or to read, ticks with a name."""

from __future__ import annotations

import re

_FENCE = re.compile(
    r'<div class="language-mermaid highlight"><pre><span></span><code>(.*?)</code></pre></div>',
    re.DOTALL,
)
_DRAWN = '<pre class="mermaid">'
_TAG = re.compile(r"<[^>]*>")
_TICK = re.compile(r'<input\b(?=[^>]*type="checkbox")([^>]*)>')


def ready(html: str) -> str:
    """Return a stretch of a body as a page shows it."""
    return _named_ticks(_diagrams(html))


def holds_diagram(html: str) -> bool:
    """Whether a stretch of a body, made ready or not, holds a diagram."""
    return _DRAWN in html or bool(_FENCE.search(html))


def _diagrams(html: str) -> str:
    """Mark fences of Mermaid as what its script draws; their code stays for who has no script."""
    if "mermaid" not in html:
        return html
    return _FENCE.sub(lambda match: f"{_DRAWN}<code>{_TAG.sub('', match[1])}</code></pre>", html)


def _named_ticks(html: str) -> str:
    """Give the boxes of a checklist a name, for those who do not see them."""
    return _TICK.sub(
        lambda match: (
            f'<input aria-label="{"done" if "checked" in match[1] else "open"}"{match[1]}>'
        ),
        html,
    )
