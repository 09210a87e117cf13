"""Where a period's figures can be had, and what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from postmortem_archive.archive.periods import Period
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Line, Link


@dataclass(frozen=True, slots=True)
class FilesView:
    """The files of a period's figures, and the definitions of those that occur."""

    count: str
    files: tuple[Link, ...]
    definitions: tuple[Line, ...]


def files_view(
    count: int, definitions: Mapping[str, str], period: Period, point: Viewpoint
) -> FilesView:
    """Return the files that hold a period's `count` figures, and what these are by name."""
    addresses, here = point.addresses, point.here
    return FilesView(
        count=wording.count_of(count, "figure"),
        files=(
            Link("JSON", here.href(addresses.figures(period.name, "json"))),
            Link("CSV", here.href(addresses.figures(period.name, "csv"))),
            Link("JSON Schema", here.href(addresses.trends_schema)),
        ),
        definitions=tuple(Line(name, told) for name, told in definitions.items()),
    )
