"""What stands at the head of each sheet when a period's page is printed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from postmortem_archive.archive.archive import Archive
from postmortem_archive.archive.periods import Period
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint


@dataclass(frozen=True, slots=True)
class Paper:
    """The two ends of the line at a sheet's head, each as a string of CSS."""

    left: Markup
    right: Markup


def paper_facts(archive: Archive, period: Period) -> Period:
    """Return the period itself: every period can be printed."""
    del archive
    return period


def paper_view(facts: Period, period: Period, point: Viewpoint) -> Paper:
    """Return what says which site a sheet is of, of which period, and of which day."""
    del facts
    named = " · ".join(filter(None, (point.site_name, period.title)))
    return Paper(css_string(named), css_string(f"as of {wording.day(point.as_of)}"))


def css_string(text: str) -> Markup:
    """Return a text as a string of CSS, whose escapes leave letters and digits alone.

    So nothing in it can end the string, or the style sheet that it stands in.
    """
    written = "".join(
        character if character.isascii() and character.isalnum() else f"\\{ord(character):06x}"
        for character in " ".join(text.split())
    )
    return Markup(f'"{written}"')  # noqa: S704 -- letters, digits and backslashes alone
