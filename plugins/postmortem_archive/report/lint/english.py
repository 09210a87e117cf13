"""Whether a text is in English: rules on words hold for that language only."""

from __future__ import annotations

import re

# Words that every English text is full of, and that its neighbours do not have. (“in” and “was”
# are German too, “of” is Dutch; “of” alone does not reach the share below.)
_COMMON = frozenset({"and", "by", "for", "from", "of", "that", "the", "to", "were", "with"})
_SHARE = 0.08
_ENOUGH = 4000  # characters
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Tell whether at least 8 in 100 of a text's first words are among the commonest of English."""
    words = _WORD.findall(text[:_ENOUGH].casefold())
    return sum(word in _COMMON for word in words) >= _SHARE * max(len(words), 1)
