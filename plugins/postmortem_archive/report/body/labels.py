"""The labels that reports give their fields (`**Start Time:** …`), and the key each stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from postmortem_archive.report.languages import LANGUAGES, merged
from postmortem_archive.report.markup.blocks import TableBlock
from postmortem_archive.report.vocabulary import without_accents

# Key -> labels, in every language.
_LABELS = merged(tuple(language.labels for language in LANGUAGES))

# A label of a duration that a report states, whether or not a format defines it.
_FIGURE = re.compile(r"(?:mean )?time to \w+|m?tt[admr]")
_NOISE = re.compile(r"\([^()]{0,100}\)")


@lru_cache(maxsize=4096)
def fold_label(label: str) -> str:
    """Return the form in which labels are compared."""
    text = without_accents(_NOISE.sub("", label)).casefold()
    return " ".join(re.sub(r"[^\w\s/&.-]+", " ", text).split()).strip(" .-")


def _index() -> Mapping[str, str]:
    keys: dict[str, str] = {}
    for key, labels in _LABELS.items():
        for label in labels:
            keys.setdefault(fold_label(label), key)
    return MappingProxyType(keys)


_BY_LABEL = _index()


def key_of(label: str) -> str | None:
    """Return the key that a label stands for, None for an unknown one."""
    return _BY_LABEL.get(fold_label(label))


_COUNTS = frozenset({"", "no", "nr", "n", "step", "schritt", "etape"})


def counts_rows(table: TableBlock, column: int) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3."""
    head, rows = fold_label(table.header[column].plain), enumerate(table.rows, start=1)
    return head in _COUNTS and all(row[column].plain.strip("#. ") == str(n) for n, row in rows)


def is_figure_label(label: str) -> bool:
    """Whether a label is one of a stated duration (“Time to detection”)."""
    return bool(_FIGURE.fullmatch(fold_label(label)))
