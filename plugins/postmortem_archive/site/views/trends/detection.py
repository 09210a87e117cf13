"""Who noticed the incidents of a period, made ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from postmortem_archive.archive.periods import Period
from postmortem_archive.archive.statistics.shares import Share
from postmortem_archive.archive.trends.detection import DetectionFacts, Noticed
from postmortem_archive.report.vocabulary import DETECTIONS
from postmortem_archive.site import wording
from postmortem_archive.site.charts import Bar, Caption, Chart, Part, Series, Tone, stacked_bars
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.marks import Link
from postmortem_archive.site.views.trends.telling import share_text

_TONES: Mapping[str, Tone] = MappingProxyType(
    {
        "alert": Tone.OURS_1,
        "staff_observation": Tone.OURS_2,
        "customer_report": Tone.OTHERS_1,
        "third_party": Tone.OTHERS_2,
        "security_report": Tone.OTHERS_3,
    }
)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share in the period, and in its window where that is longer."""

    name: str
    here: str
    trailing: str | None


@dataclass(frozen=True, slots=True)
class DetectionView:
    """Who noticed, as bars of sources, and two shares with their intervals.

    `here` and `trailing` head the columns of shares. `left_out` says which incidents no share
    counts.
    """

    sources: Chart | None
    here: str
    trailing: str | None
    rows: tuple[ShareRow, ...]
    left_out: str | None


def detection_view(facts: DetectionFacts, period: Period, point: Viewpoint) -> DetectionView:
    """Return who noticed the incidents of a period."""
    del point
    trailing = facts.trailing
    return DetectionView(
        sources=_chart(facts, period),
        here=period.title,
        trailing=wording.capital(facts.window.title) if trailing else None,
        rows=(
            ShareRow(
                "Noticed by ourselves (an alert or staff)",
                _share(facts.here.ourselves),
                _share(trailing.ourselves) if trailing else None,
            ),
            ShareRow(
                f"Mitigated within {wording.count_of(facts.within, 'minute')} of the first harm",
                _share(facts.here.in_time),
                _share(trailing.in_time) if trailing else None,
            ),
        ),
        left_out=_left_out(facts.here),
    )


def _chart(facts: DetectionFacts, period: Period) -> Chart | None:
    """Return a bar for the period and one for its window; None where no source is told."""
    every = [(period.title, facts.here)]
    if facts.trailing:
        every.append((wording.capital(facts.window.title), facts.trailing))
    bars = [_bar(title, noticed) for title, noticed in every if noticed.sources]
    if not bars:
        return None
    occurring = {name for _, noticed in every for name in noticed.sources}
    series = [
        Series(DETECTIONS.title(name), tone) for name, tone in _TONES.items() if name in occurring
    ]
    caption = Caption(f"noticed-{period.name}", "Who noticed first", _reading(facts))
    return stacked_bars(caption, bars, series)


def _bar(title: str, noticed: Noticed) -> Bar:
    parts = tuple(
        Part(noticed.sources[name], f"{DETECTIONS.title(name)} {noticed.sources[name]}", tone)
        for name, tone in _TONES.items()
        if name in noticed.sources
    )
    return Bar(Link(title), parts, f"n = {sum(noticed.sources.values()):,}")


def _reading(facts: DetectionFacts) -> str:
    found = facts.here.ourselves
    if found is None:
        return "No report of the period tells who noticed."
    others = found.n - found.k
    noun = wording.count_of(found.n, "incident")
    return (
        f"Of {noun} whose report tells it, {found.k:,} {_were(found.k)} noticed by an alert or by"
        f" staff, and {others:,} by customers and other people outside."
    )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _share(found: Share | None) -> str:
    if found is None:
        return "no incident tells it"
    return f"{found.k:,} of {found.n:,}: {share_text(found)}"


def _left_out(noticed: Noticed) -> str | None:
    """Say which incidents of the period tell no source."""
    parts = []
    if noticed.unknown:
        parts.append(f"{noticed.unknown:,} whose report says that nobody knows who noticed")
    if noticed.untold:
        parts.append(f"{noticed.untold:,} whose report does not say who noticed")
    return f"Left out: {wording.listed(parts)}." if parts else None
