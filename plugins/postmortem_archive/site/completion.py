"""An author's page about a period, with the period's sections set around the author's words."""

from __future__ import annotations

import re

from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.trends.trends import Trends
from postmortem_archive.site.markers import outside_fences
from postmortem_archive.site.pages import heading, section_parts
from postmortem_archive.site.sections import OPENING, sections_of

_OWN_MARKER = re.compile(r"<!--\s*archive/trends?\b")
_FIRST_HEADING = re.compile(
    r"\s*?^(?: {0,3}#(?!#)[^\n]*|(?![-#>*+|])[^\n]+\n=+[ \t]*)(?:\n|\Z)", re.MULTILINE
)


def completed(markdown: str, title: str | None, trends: Trends, period: Period) -> str | None:
    """Return the Markdown of a whole page: title, verdict, the author's words, all else.

    The page's own heading of the first level is its title, else the `title` of its front matter,
    else the period's. None where the author places sections of trends; the page is theirs then.
    """
    if any(_OWN_MARKER.search(line) for _, line in outside_fences(markdown)):
        return None
    match = _FIRST_HEADING.match(markdown)
    top = match.group().strip("\n") if match else heading(title or period.title)
    words = markdown[match.end() if match else 0 :].strip("\n")
    sections = tuple(sections_of(trends, period))
    opening = [section for section in sections if section.name in OPENING]
    rest = [section for section in sections if section.name not in OPENING]
    parts = (top, *section_parts(opening, period), words, *section_parts(rest, period))
    return "\n\n".join(part for part in parts if part) + "\n"
