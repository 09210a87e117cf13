"""Which way the text of a body runs: that of each block is left to its first letters.

A forge does so for every text. Here only a body that holds a letter of such a script says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours, with their forms of presentation, and
# what else Unicode has set aside for scripts that run from right to left.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BLOCKS = frozenset(
    {"paragraph_open", "heading_open", "bullet_list_open", "ordered_list_open", "blockquote_open",
     "th_open", "td_open"}
)  # fmt: skip


def direct(tokens: Sequence[Token], body: str) -> None:
    """Let each block of a body with text from right to left run as its own first letter does."""
    if _RIGHT_TO_LEFT.search(body):
        for token in tokens:
            if token.type in _BLOCKS:
                token.attrs["dir"] = "auto"
