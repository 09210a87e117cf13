"""Foreign front matter as the archive's: each value read as its home reads it, or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from postmortem_archive.report.context import Reading
from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.front.yaml_tree import ListValue, MapValue, Scalar, Value
from postmortem_archive.report.grammar.amounts import parse_amount
from postmortem_archive.report.grammar.moments import parse_iso
from postmortem_archive.report.grammar.when import Days, read_when
from postmortem_archive.report.grammar.zones import find_zone
from postmortem_archive.report.importing.keys import KeyMap
from postmortem_archive.report.importing.opening import Opened, plain
from postmortem_archive.report.problem import Level, Problems
from postmortem_archive.report.record import MILESTONES, Cause, Detection, Link, Moment
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.source import Source
from postmortem_archive.report.vocabulary import fold

_DAYS = ("date", "published", "updated", "next_review")
_WORDS = ("kind", "severity", "status", "visibility")
_NAMES = ("services", "authors", "reviewers", "tags", "not_related")
# What a blog's generator puts on every page: there, `date` is likely the day of publication.
_BLOG = frozenset(map(fold, ("layout", "permalink", "slug", "draft", "categories", "category")))


@dataclass(frozen=True, slots=True)
class Kept:
    """A foreign key that is kept as it was, and why it tells nothing, or not all."""

    key: str
    reason: str


@dataclass(slots=True)
class Told:
    """What front matter tells in the archive's words, and what of it found no home.

    `written` are the spellings of the facts that are the archive's words for others.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    imported: dict[str, Any] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    is_blog: bool = False

    def keep(self, name: str, value: Value, reason: str) -> None:
        """Keep a key as it was."""
        self.imported[name] = plain(value)
        self.kept.append(Kept(name, reason))


def read_foreign(opened: Opened, path: str, keys: KeyMap, settings: ReadingSettings) -> Told:
    """Read foreign front matter; every key of it is a fact, or is kept, or both."""
    front = opened.front
    # What a value is wrong with is told in its own words, and not as a problem of the file.
    reading = Reading(path, Source(opened.lines, "", "", 1), settings, Problems(path))
    told = Told(is_blog=any(fold(name) in _BLOG for name in front.items))
    # A key that is called as the archive calls it has the first say.
    for name, value in sorted(front.items.items(), key=lambda item: keys.home(item[0]) != item[0]):
        home = keys.home(name)
        if isinstance(value, Scalar) and value.value is None:
            if home != name:
                told.imported[name] = None
        elif home is None:
            told.keep(name, value, "the archive has no such key")
        else:
            _take(name, home, value, reading, told)
    return told


def _take(name: str, home: str, value: Value, reading: Reading, told: Told) -> None:
    adapted = _adapted(home, value, reading, own=name == home)
    if adapted.value is None:
        told.keep(name, value, adapted.reason or "it says nothing that can be read")
        return
    known = _inside(told.facts, home)
    if known is not None and home in (*_NAMES, "links"):
        known += [item for item in adapted.value if item not in known]
    elif known is not None and known != adapted.value:
        told.keep(name, value, f"“{told.origin[home]}” says otherwise")
        return
    elif known is None:
        _put(told.facts, home, adapted.value)
        told.origin[home] = name
        told.written[home] = value.text if isinstance(value, Scalar) else ""
    if adapted.reason:
        told.keep(name, value, adapted.reason)


def _inside(facts: Mapping[str, Any], home: str) -> Any:
    whole, _, part = home.partition(".")
    return facts.get(whole, {}).get(part) if part else facts.get(whole)


def _put(facts: dict[str, Any], home: str, value: object) -> None:
    whole, _, part = home.partition(".")
    if part:
        facts.setdefault(whole, {})[part] = value
    else:
        facts[whole] = value


@dataclass(frozen=True, slots=True)
class _Adapted:
    """A value in the archive's words; `reason` says why the original is kept as well."""

    value: Any = None
    reason: str | None = None


def _adapted(home: str, value: Value, reading: Reading, *, own: bool) -> _Adapted:
    """Read a value for its home. What the archive's `own` key held stays as it was written."""
    if home in MILESTONES:
        return _milestone(value, reading.settings)
    if home in _DAYS:
        return _day(value, reading.settings)
    if home == "impact.users":
        return _amount(value)
    key = home.partition(".")[0]
    reading = replace(reading, problems=Problems(reading.path))
    found = KEYS[key].read(_shaped(home, value), key, reading)
    wrong = [problem for problem in reading.problems.all() if problem.level is not Level.HINT]
    reason = "; ".join(problem.sentence for problem in wrong) or None
    if found is None:
        return _Adapted(None, reason)
    written = _written(home, found, value)
    if written != plain(value):
        return _Adapted(written, reason)
    if not own and any(problem.level is Level.ERROR for problem in wrong):
        return _Adapted(None, reason)
    return _Adapted(written)


def _milestone(value: Value, settings: ReadingSettings) -> _Adapted:
    moment = _moment(value, settings)
    return _Adapted(spelled(moment)) if moment else _unreadable(value, "time")


def _day(value: Value, settings: ReadingSettings) -> _Adapted:
    moment = _moment(value, settings)
    if moment is None:
        return _unreadable(value, "day")
    return _Adapted(moment.day, "its time of day has no home" if moment.exact else None)


def _unreadable(value: Value, what: str) -> _Adapted:
    told = f"“{value.text}”" if isinstance(value, Scalar) else value.kind
    return _Adapted(None, f"{told} is no {what} that can be read in one way only")


def _moment(value: Value, settings: ReadingSettings) -> Moment | None:
    """Return the one moment that a value tells with its day, in any of the spellings of a body."""
    if not isinstance(value, Scalar):
        return None
    text = value.text.strip()
    try:
        moment = parse_iso(text.lstrip("~ "), settings.zone)
    except ValueError:
        return None
    if moment:
        return replace(moment, approximate=text.startswith("~"))
    when = read_when(text, whole=True)
    if when is None or when.day is None or when.until is not None:
        return None
    if when.clock and when.clock.zone and find_zone(when.clock.zone) is None:
        return None
    return Days(when.day, None, settings.zone).moments(when)[0]


def _amount(value: Value) -> _Adapted:
    text = value.text if isinstance(value, Scalar) else ""
    if parse_amount(text) is None:
        return _Adapted(None, f"“{text}” is no number, percentage or range")
    return _Adapted(plain(value))


def spelled(moment: Moment) -> str:
    """Return a moment as front matter has it."""
    return ("~" if moment.approximate else "") + moment.isoformat()


def _shaped(home: str, value: Value) -> Value:
    """Return a value in the shape that its home takes: a part in its whole, prose as prose."""
    part = home.partition(".")[2]
    if part:
        return MapValue({part: value}, {part: value.place}, value.place)
    if home in ("trigger", "root_cause") and isinstance(value, Scalar) and " " in value.text:
        return MapValue({"text": value}, {"text": value.place}, value.place)
    if home == "detection" and isinstance(value, Scalar) and " " in value.text:
        return MapValue({"note": value}, {"note": value.place}, value.place)
    return value


def _written(home: str, found: Any, value: Value) -> Any:
    """Return what is put into front matter: the archive's word, or the value as it was."""
    if home in _WORDS:
        return found
    if home in _NAMES:
        return list(found)
    if isinstance(found, date):
        return found
    if isinstance(value, Scalar) and isinstance(found, Cause):
        return found.category or {"text": value.text}
    if isinstance(value, Scalar) and isinstance(found, Detection):
        return found.source or {"note": value.text}
    if isinstance(found, tuple) and found and all(isinstance(item, Link) for item in found):
        return plain(value) if isinstance(value, ListValue) else [plain(value)]
    return plain(value)


def words_differ(written: str, name: str) -> bool:
    """Whether a word was written in another spelling than the archive's own name for it."""
    return fold(name) not in fold(written)
