"""A report's title, from its first heading or its file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from postmortem_archive.report.body.outline import Outline
from postmortem_archive.report.grammar.placeholders import is_placeholder
from postmortem_archive.report.problem import Place

_PREFIX = re.compile(
    r"^\W*(?:(?:incident\s+)?(?:post[\s-]?mortem(?:\s+report)?|incident\s+report|rca)"
    r"|(?:störungs|vorfalls?|ausfall)bericht|(?:compte rendu|rapport) d['’]incident)"
    r"\s*[::–—-]+\s*",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"^\W*(?:(?:incident\s+)?post[\s-]?mortem(?:\s+report)?(?:\s+template)?|incident report)\W*$",
    re.IGNORECASE,
)
_STEM_LEAD = re.compile(r"^(?:\d{4}-\d\d-\d\d|\d{8})[-_\s]+(?=\D)|^\d+[-_](?:\d+[-_])*(?=\D)")


@dataclass(frozen=True, slots=True)
class Title:
    """The first heading: its text without “Post-Mortem Report:”, None if it is the template's."""

    text: str | None
    place: Place
    tokens: tuple[int, int]


def read_title(outline: Outline) -> Title | None:
    """Return the heading that is a body's title, None if it has none."""
    first = outline.title
    if first is None or first.heading is None:
        return None
    written = first.heading.title
    text = _PREFIX.sub("", written).strip()
    told = None if _TEMPLATE.match(written) or is_placeholder(text) else text
    span = (first.heading.start, first.heading.stop)
    return Title(told or None, Place(first.line), span)


def id_from_path(path: str) -> str:
    """Return the id of a report that names none: the stem of its file."""
    name = PurePosixPath(path).name
    return name.split(".")[0] or name or "report"


def title_from_path(path: str) -> str:
    """Return a title made of the file's name, for a report that has none."""
    stem = id_from_path(path)
    words = re.sub(r"[-_\s]+", " ", _STEM_LEAD.sub("", stem)).strip() or stem
    return words[:1].upper() + words[1:] if not words.isupper() else words
