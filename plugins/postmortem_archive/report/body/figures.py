"""Durations that a report states under labels of its own, compared by those labels' definitions.

The formats use “TTR” for five things. Each label is held to what it means in the format that it
belongs to; a label that no format defines is shown and not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.labels import fold_label, is_figure_label
from postmortem_archive.report.body.outline import Part
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.grammar.moments import find_duration, is_approximate, minutes_between
from postmortem_archive.report.grammar.placeholders import is_missing
from postmortem_archive.report.record import Figure

_WHOLE = ("started", "resolved")

_WORKING_HOURS = re.compile(
    r"\b(?:support|business|working|office) hours?\b|\barbeitszeit|\bheures ouvr", re.IGNORECASE
)

# What a label means whatever the format.
_ANY = {
    "time to detection": ("started", "detected"),
    "time to detect": ("started", "detected"),
    "ttd": ("started", "detected"),
    "time to acknowledge": ("detected", "acknowledged"),
    "time to acknowledgement": ("detected", "acknowledged"),
    "tta": ("detected", "acknowledged"),
    "time to response": ("detected", "acknowledged"),
    "time to respond": ("detected", "acknowledged"),
    "time to recovery": _WHOLE,
    "mean time to recovery": _WHOLE,
    "duration": _WHOLE,
    "incident duration": _WHOLE,
    "total duration": _WHOLE,
    "duration of impact": _WHOLE,
}  # fmt: skip

# What it means beside the labels that mark a format.
_BY_FORMAT: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "time to response": {"time to resolution": ("acknowledged", "resolved")},
    "time to acknowledge": {
        "time to mitigate": ("acknowledged", "mitigated"),
        "time to resolve": _WHOLE,
    },
    "time to respond": {
        "time to mitigate": ("acknowledged", "mitigated"),
        "time to resolve": ("mitigated", "resolved"),
    },
}


def read_figures(fields: Sequence[tuple[Part, Field]]) -> tuple[Figure, ...]:
    """Return the durations that the body states."""
    labels = {fold_label(held.label) for _, held in fields}
    definitions = dict(_ANY)
    for mark, meanings in _BY_FORMAT.items():
        if mark in labels:
            definitions |= meanings
    found: dict[tuple[str, str], Figure] = {}
    for _, held in fields:
        folded = fold_label(held.label)
        if folded not in definitions and not is_figure_label(folded):
            continue
        minutes = find_duration(held.plain)
        if minutes is None or is_missing(held.plain):
            continue
        start, end = definitions.get(folded, (None, None))
        if _WORKING_HOURS.search(f"{held.label} {held.plain}"):
            # Hours of an office are no hours of a clock.
            start = end = None
        figure = Figure(held.label, held.plain, minutes, held.place, start, end)
        found.setdefault((folded, held.plain), figure)
    return tuple(found.values())


def tolerance(written: str, minutes: float) -> float:
    """Return by how many minutes a figure may be off for how finely it is written."""
    if is_approximate(written):
        return max(5.0, minutes * 0.1)
    if re.search(r"\d\s*-?\s*(?:m|min|minutes?|s|sec|seconds?)\b|\dm", written, re.IGNORECASE):
        return 1.0
    if re.search(r"\d\s*-?\s*h", written, re.IGNORECASE):
        return 30.0
    return 720.0


def check_figures(
    figures: Sequence[Figure], milestones: Mapping[str, Fact], reading: Reading
) -> None:
    """Warn of each stated figure that the milestones contradict."""
    for figure, measured in contradicted(figures, milestones):
        reading.warn(
            figure.place,
            "stated-figure",
            f"“{figure.label}” says {figure.minutes:g} minutes, but {figure.start} to"
            f" {figure.end} is {measured:g}",
            found=figure.written,
            expected=f"{measured:g} minutes",
        )


def contradicted(
    figures: Sequence[Figure], milestones: Mapping[str, Fact]
) -> Iterator[tuple[Figure, float]]:
    """Yield each stated figure that the milestones contradict, with the minutes they come to."""
    for figure in figures:
        start = milestones.get(figure.start or "")
        end = milestones.get(figure.end or "")
        if not start or not end or figure.minutes is None:
            continue
        if not (start.value.exact and end.value.exact):
            continue
        measured = minutes_between(start.value, end.value)
        if abs(measured - figure.minutes) > tolerance(figure.written, figure.minutes):
            yield figure, measured


_TO_THE_END = re.compile(r"duration|time to (?:resol|recover|restor)", re.IGNORECASE)
# A week has 168 hours, of which an office has 40; and a weekend with holidays may lie between.
_WEEK_OF_WORK = 168 / 40
_LONG_WEEKEND = 4 * 24 * 60


def drop_far_end(told: dict[str, Fact], figures: Sequence[Figure], reading: Reading) -> None:
    """Drop a `resolved` that no reading of a stated duration can reach: its date is mistyped.

    Durations may be of working hours, so only what lies beyond those is refused.
    """
    resolved = told.get("resolved")
    first = told.get("started") or told.get("detected")
    stated = [f for f in figures if f.minutes and _TO_THE_END.search(f.label)]
    if not resolved or not first or not stated:
        return
    longest = max(stated, key=lambda figure: figure.minutes or 0)
    measured = minutes_between(first.value, resolved.value)
    if measured > (longest.minutes or 0) * _WEEK_OF_WORK + _LONG_WEEKEND:
        reading.warn(
            resolved.place, "stated-figure",
            f"“resolved” lies {measured / 1440:.0f} days after the start, and “{longest.label}”"
            f" says {longest.written}; it is not taken",
            found=resolved.value.isoformat(), expected=f"a time {longest.written} after the start",
        )  # fmt: skip
        del told["resolved"]
