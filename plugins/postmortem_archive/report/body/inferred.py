"""Milestones that a timeline's rows tell, and that a stated duration points at.

A row is taken for a milestone where it says so in words that the languages' tables know, and its
clause does not take them back (“rolled back, but no effect”). `started` is the first harm to users,
so no row of a change or a trigger is taken for it. `resolved` is the first full recovery that
lasted, and only without one the row that closes the incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from itertools import zip_longest

from postmortem_archive.report.context import Fact
from postmortem_archive.report.grammar.moments import is_approximate, minutes_between
from postmortem_archive.report.languages import LANGUAGES, joined
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import MILESTONES, Entry, Figure, Moment


def _compiled(pattern: str) -> re.Pattern[str]:
    # White space at a line's start is folded, so that long patterns can stand on several lines.
    return re.compile(re.sub(r"\n\s+", "", pattern), re.IGNORECASE)


@cache
def _rows(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of all languages for a milestone, the surest of each first.

    They take a while to compile, which a run that finds every report in the cache does without.
    """
    ranks: list[list[str]] = []
    for language in LANGUAGES:
        for rank, pattern in enumerate(language.rows.get(name, ())):
            ranks += [[]] if rank == len(ranks) else []
            ranks[rank].append(pattern)
    return tuple(_compiled(joined(tuple(patterns))) for patterns in ranks)


_DENIED = re.compile(rf"\b(?:{joined(tuple(lang.denied for lang in LANGUAGES))})\b", re.IGNORECASE)
_FAILED = re.compile(rf"\b(?:{joined(tuple(lang.failed for lang in LANGUAGES))})", re.IGNORECASE)
_CLAUSE = re.compile(r"[.,;:!?(–—]")
# How far a word reaches that takes a clause back.
_REACH = 40
# A row says at its start what it tells; a page of text in it is not searched to its end.
_LONGEST_START = 400
# What is tried and fails still stands in the row; a report or an alarm is one however it ended.
_MAY_FAIL = frozenset({"mitigated", "resolved"})


def from_rows(
    entries: Sequence[Entry], figures: Sequence[Figure], known: Mapping[str, Fact]
) -> dict[str, Fact]:
    """Return the milestones that rows of a timeline tell, for those not known already."""
    timed = [entry for entry in entries if entry.time and entry.time.exact]
    found = _from_figures(timed, figures, known)
    taken = {fact.place for fact in found.values()}
    for name in ("acknowledged", "detected", "mitigated", "resolved", "started"):
        if name in known or name in found:
            continue
        if name == "started" and "detected" in found:
            taken -= _opening_with_harm(timed, found["detected"].place)
        row = next(_rows_that_tell(name, timed, taken), None)
        if row and row.time and _fits(name, row.time, {**known, **found}):
            found[name] = Fact(row.time, row.place)
            taken.add(row.place)
    if "detected" in found and _is_contradicted({**known, **found}, figures):
        # A report or an alarm need not be the first.
        del found["detected"]
    return found


def _opening_with_harm(timed: Sequence[Entry], detected: Place) -> set[Place]:
    """Return the place of the row of detection where that row begins with the harm itself.

    “Site is down, engineers respond to alarms” tells of both; “Alert: site is down” of one.
    """
    row = next((entry for entry in timed if entry.place == detected), None)
    opens = row and any(pattern.match(row.text.plain) for pattern in _rows("started"))
    return {detected} if opens else set()


# Minutes by which people round, and by which clocks differ.
_OFF_BY = 5


def _is_contradicted(told: Mapping[str, Fact], figures: Sequence[Figure]) -> bool:
    """Whether the text states another time to detect than the milestones give."""
    started, detected = told.get("started"), told["detected"].value
    stated = _stated(figures, "detected")
    if not started or not started.value.exact or stated is None:
        return False
    measured = minutes_between(started.value, detected)
    return abs(measured - stated.total_seconds() / 60) > _OFF_BY


def _rows_that_tell(name: str, timed: Sequence[Entry], taken: set[Place]) -> Iterator[Entry]:
    """Yield the rows that tell a milestone, the surest first."""
    if name == "resolved":
        timed = timed[_end_of_last_relapse(timed) :]
    for pattern in _rows(name):
        telling = (
            entry
            for entry, after in zip_longest(timed, timed[1:])
            if entry.place not in taken
            and _says(entry, pattern, name)
            and not (name in _MAY_FAIL and after and _persists(after))
        )
        row = next(telling, None)
        if name == "detected" and row and _declared_before(row, timed):
            return
        if row:
            yield row


def _persists(entry: Entry) -> bool:
    return any(_says(entry, pattern, "persists") for pattern in _rows("persists"))


def _end_of_last_relapse(timed: Sequence[Entry]) -> int:
    """Return where the rows begin that come after an incident was over, and then was not."""
    relapses = [n for n, e in enumerate(timed) if any(_says(e, p, "again") for p in _rows("again"))]
    start = 0
    for relapse in relapses:
        rows = timed[start:relapse]
        if any(_says(entry, p, "resolved") for entry in rows for p in _rows("resolved")):
            start = relapse
    return start


def _declared_before(row: Entry, timed: Sequence[Entry]) -> bool:
    """Whether the incident was declared earlier: it was detected then, if not before."""
    declared = (e for e in timed for p in _rows("declared") if _says(e, p, "declared"))
    first = next(declared, None)
    return bool(first and first.time and row.time and first.time.at < row.time.at)


def _says(entry: Entry, pattern: re.Pattern[str], name: str) -> bool:
    text = entry.text.plain[:_LONGEST_START]
    match = pattern.search(text)
    if match is None:
        return False
    before = _CLAUSE.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
    if _DENIED.search(before) or _DENIED.match(match.group()):
        return False
    return name not in _MAY_FAIL or not _FAILED.search(text, match.start())


def _from_figures(
    timed: Sequence[Entry], figures: Sequence[Figure], known: Mapping[str, Fact]
) -> dict[str, Fact]:
    """Return what a stated time to detect or to resolve points at, where rows stand at both ends.

    “Time to detection: 8 minutes” beside a row of detection at 14:10 and a row at 14:02 says that
    harm started at 14:02. Taken only where there is one such pair of rows, to the minute.
    """
    to_detect, to_resolve = (_stated(figures, end) for end in ("detected", "resolved"))
    at = {_minute(entry.time): entry for entry in reversed(timed) if entry.time}
    if "started" in known or to_detect is None:
        return {}
    pairs = []
    for row in timed:
        start = at.get(_minute(row.time) - to_detect) if row.time else None
        end = (
            at.get(_minute(start.time) + to_resolve)
            if start and start.time and to_resolve
            else None
        )
        if start and start.place != row.place and _agrees(row, known) and _reports(row, end):
            pairs.append((start, row, end))
    if len(pairs) != 1:
        return {}
    start, row, end = pairs[0]
    found = {name: Fact(e.time, e.place) for name, e in (("started", start), ("detected", row))}
    if end:
        found["resolved"] = Fact(end.time, end.place)
    return {name: fact for name, fact in found.items() if name not in known}


_NOTICED = re.compile(
    r"\b(?:alert|alarm|detect|discover|notic|report|erkannt|alerte)", re.IGNORECASE
)


def _reports(row: Entry, end: Entry | None) -> bool:
    """Whether a row tells of detection, or the other stated duration confirms the pair as well."""
    return end is not None or bool(_NOTICED.search(row.text.plain[:_LONGEST_START]))


def _agrees(row: Entry, known: Mapping[str, Fact]) -> bool:
    fact = known.get("detected")
    return fact is None or (row.time is not None and _minute(row.time) == _minute(fact.value))


def _stated(figures: Sequence[Figure], end: str) -> timedelta | None:
    told = [f for f in figures if f.start == "started" and f.end == end and f.minutes]
    exact = {f.minutes for f in told if f.minutes and not is_approximate(f.written)}
    return timedelta(minutes=exact.pop()) if len(exact) == 1 else None


def _minute(moment: Moment) -> timedelta:
    """Return a moment to the minute, as the time since one that all moments share."""
    at = moment.at.replace(second=0, microsecond=0)
    days = timedelta(days=at.toordinal(), hours=at.hour, minutes=at.minute)
    return days - (at.utcoffset() or timedelta())


def _fits(name: str, moment: Moment, known: Mapping[str, Fact]) -> bool:
    """Whether an inferred milestone agrees in order with those around it."""
    position = MILESTONES.index(name)
    before = [known[n].value for n in MILESTONES[:position] if n in known]
    after = [known[n].value for n in MILESTONES[position + 1 :] if n in known]
    return all(minutes_between(m, moment) >= 0 for m in before if m.exact) and all(
        minutes_between(moment, m) >= 0 for m in after if m.exact
    )
