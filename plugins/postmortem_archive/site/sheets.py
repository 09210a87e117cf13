"""What stands at the head of each printed sheet of a period's page, as a style sheet of the site.

Only a style sheet can set the margin of a sheet, and a page may have no style of its own: a site's
policy may forbid it. So one file has the words for every period, and a page says of which it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from postmortem_archive.archive.periods import Period
from postmortem_archive.site import wording


def sheet_heads(site_name: str, as_of: date, periods: Iterable[Period]) -> str:
    """Return the style sheet that says which site, period and day a printed page is of."""
    day = css_string(f"as of {wording.day(as_of)}")
    return "".join(
        f":root:has(.pa-paper[data-pa-period={css_string(period.name)}])"
        f" {{ --pa-sheet-left: {css_string(_named(site_name, period))};"
        f" --pa-sheet-right: {day}; }}\n"
        for period in periods
    )


def _named(site_name: str, period: Period) -> str:
    return " · ".join(filter(None, (site_name, period.title)))


def css_string(text: str) -> str:
    """Return a text as a string of CSS, whose escapes leave letters and digits alone.

    So nothing in it can end the string, or the rule that it stands in.
    """
    written = "".join(
        character if character.isascii() and character.isalnum() else f"\\{ord(character):06x}"
        for character in " ".join(text.split())
    )
    return f'"{written}"'
