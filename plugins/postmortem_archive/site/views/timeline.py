"""A timeline as people read one: in order of time, with its gaps, days and milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from postmortem_archive.archive.durations import elapsed, instant
from postmortem_archive.report.grammar.moments import DATE
from postmortem_archive.report.record import MILESTONES, Entry, Moment, Report, Text
from postmortem_archive.site import wording
from postmortem_archive.site.linking import Here

# A silence that a reader should see; below it, entries simply follow each other.
_SILENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry: what precedes it (a change of day, a silence), and what it says."""

    time: str
    iso: str | None
    text: Markup
    details: tuple[Markup, ...]
    milestones: tuple[str, ...]
    actor: str | None
    group: str | None
    day: str | None
    gap: str | None


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A timeline; `heading` is given where it stands outside the author's own sections."""

    entries: tuple[EntryView, ...]
    zone: str | None
    heading: str | None = None
    anchor: str | None = None


def timeline_view(
    report: Report, here: Here, heading: str | None = None, anchor: str | None = None
) -> TimelineView:
    """Return a report's timeline, ordered by time."""
    entries = _in_order(report.timeline)
    moments = [entry.time for entry in entries if entry.time and entry.time.exact]
    mixed = len({wording.zone(moment) for moment in moments}) > 1
    milestones = _marked(entries, report.milestones)
    views = []
    last: Entry | None = None
    group: str | None = None
    several_days = len({entry.time.day for entry in entries if entry.time}) > 1
    for number, entry in enumerate(entries):
        new_day = _new_day(entry, last, several_days=several_days)
        views.append(
            EntryView(
                time=time_of(entry, mixed=mixed),
                iso=entry.time.isoformat() if entry.time else None,
                text=here.html(entry.text.html),
                details=tuple(here.html(text.html) for text in shown_details(entry, report)),
                milestones=milestones.get(number, ()),
                actor=entry.actor,
                group=entry.group if entry.group != group else None,
                day=wording.long_day(new_day) if new_day else None,
                gap=_gap(entry, last),
            )
        )
        group = entry.group
        last = entry if entry.time else last
    return TimelineView(tuple(views), _zone(moments, mixed=mixed), heading, anchor)


def shown_details(entry: Entry, report: Report) -> tuple[Text, ...]:
    """Return the lines under an entry, without what the top of the page shows."""
    above = (report.mitigation, report.resolution, report.verification)
    ends = tuple(f": {text.plain}" for text in above if text)
    return tuple(detail for detail in entry.details if not detail.plain.endswith(ends))


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Sort by time; an entry without one stays behind the entry that it was written after.

    So does one that tells its day alone, where that entry is of the same day.
    """
    keyed: list[tuple[timedelta, int, Entry]] = []
    key = timedelta.min
    for number, entry in enumerate(entries):
        if entry.time:
            at = instant(entry.time.at)
            if entry.time.exact or not at <= key < at + timedelta(days=1):
                key = at
        keyed.append((key, number, entry))
    return [entry for _, _, entry in sorted(keyed, key=lambda item: item[:2])]


def _marked(
    entries: Sequence[Entry], milestones: Mapping[str, Moment]
) -> Mapping[int, tuple[str, ...]]:
    """Return the milestones that each entry stands for: the first one at that very moment."""
    first: dict[timedelta, int] = {}
    for number, entry in enumerate(entries):
        if entry.time and entry.time.exact:
            first.setdefault(instant(entry.time.at), number)
    found: dict[int, tuple[str, ...]] = {}
    for name in MILESTONES:
        moment = milestones.get(name)
        place = first.get(instant(moment.at)) if moment and moment.exact else None
        if place is not None:
            found[place] = (*found.get(place, ()), wording.capital(name))
    return found


def _new_day(entry: Entry, last: Entry | None, *, several_days: bool) -> date | None:
    """Return the day that begins with an entry, in a timeline of more than one."""
    if entry.time is None or not several_days:
        return None
    if last is None or last.time is None or last.time.day != entry.time.day:
        return entry.time.day
    return None


def _gap(entry: Entry, last: Entry | None) -> str | None:
    """Return the silence before an entry in words, where it is one."""
    before = (last.end or last.time) if last else None
    if before is None or entry.time is None or not (before.exact and entry.time.exact):
        return None
    silence = elapsed(before, entry.time)
    return f"{wording.duration(silence)} pass" if silence >= _SILENCE else None


def time_of(entry: Entry, *, mixed: bool = False) -> str:
    """Return when an entry was, on its day; with the zone where several are `mixed`."""
    if entry.time is None:
        return entry.written
    if not entry.time.exact:
        # “2024-03-13 14:??”: the day stands above; what follows could not be read, and is shown.
        return DATE.sub("", entry.written, count=1).strip(" ,T")
    text = wording.clock(entry.time)
    if entry.end and entry.end.exact and entry.end.at != entry.time.at:
        text += f"–{wording.clock(entry.end)}"
    return f"{text} {wording.zone(entry.time)}" if mixed else text


def _zone(moments: Sequence[Moment], *, mixed: bool) -> str | None:
    if not moments:
        return None
    if mixed:
        return "Times in the zones that the report gives"
    name = wording.zone(moments[0])
    if all(moment.zone_assumed for moment in moments):
        return f"Times in {name}, the archive’s zone: the report names none"
    return f"Times in {name}"
