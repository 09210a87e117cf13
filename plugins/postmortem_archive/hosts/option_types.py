"""Kinds of option for the plugin, each of which says plainly what it wants.

They derive from MkDocs' smallest base class alone: its own kinds pull in themes and Markdown,
which would cost every command a quarter of a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from mkdocs.config.base import BaseConfigOption, ValidationError

from postmortem_archive.hosts.files import matcher
from postmortem_archive.report.problem import Level, nearest
from postmortem_archive.report.rules.levels import OFF, Levels
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.report.vocabulary import (
    SEVERITIES,
    Objective,
    Service,
    Term,
    Vocabulary,
    fold,
)

T = TypeVar("T")

LEVELS = (OFF, *reversed(Level))


def wrong(value: object, expected: str, known: Iterable[str] = ()) -> ValidationError:
    """Return the error for a value, with what was expected and the nearest right word."""
    close = nearest(str(value), known)
    suggestion = f"; did you mean “{close}”?" if close else ""
    return ValidationError(f"Expected {expected}, but found {value!r}{suggestion}")


class Option(BaseConfigOption[T]):
    """An option that reads a value with a function; no value gives the default."""

    def __init__(self, read: Callable[[object], T], default: T) -> None:
        super().__init__()
        self._read = read
        self.default = default

    def run_validation(self, value: object, /) -> T:
        """Return the value read, or the default where none is given."""
        return self._read(self.default if value is None else value)


def read_text(value: object) -> str:
    """Read a text that is not empty."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise wrong(value, "a text")


def read_texts(value: object) -> tuple[str, ...]:
    """Read a list of texts; one text stands for a list of one."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, (list, tuple)):
        return tuple(read_text(item) for item in value)
    raise wrong(value, "a list of texts")


def read_globs(value: object) -> tuple[str, ...]:
    """Read file patterns in the syntax of a .gitignore; an empty list would find no report."""
    globs = read_texts(value)
    if not globs:
        raise wrong(value, "at least one pattern such as “[0-9][0-9][0-9][0-9]/**/*.md”")
    try:
        matcher(globs)
    except ValueError as error:
        raise wrong(value, f"patterns in the syntax of a .gitignore ({error})") from None
    return globs


def read_folder(value: object) -> str:
    """Read a folder of the site, as words between slashes; empty or “/” is the root."""
    if not isinstance(value, str):
        raise wrong(value, "a folder of the site such as “incidents”")
    folder = value.strip().strip("/")
    if folder and not all(re.fullmatch(r"\w[\w.-]*", part) for part in folder.split("/")):
        raise wrong(value, "a folder of the site in letters, digits, “-”, “_” and “/”")
    return folder


def read_day(value: object) -> date | None:
    """Read a day, as YAML gives it or as text in the form YYYY-MM-DD."""
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise wrong(value, "a day such as 2026-01-31")


def read_count(value: object) -> int:
    """Read a whole number from 0."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise wrong(value, "a whole number from 0")


def read_switch(value: object) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    raise wrong(value, "true or false")


def read_levels(value: object) -> Levels:
    """Read a mapping of rules to levels; every wrong entry is told."""
    if isinstance(value, Levels):
        return value
    if not isinstance(value, dict):
        raise wrong(value, "a mapping of rules to levels, such as {vague-action: off}")
    errors: list[str] = []
    told: dict[str, Level | None] = {}
    for rule, level in value.items():
        # YAML 1.1, which MkDocs reads, takes the word “off” for false.
        word = OFF if level is False else level
        if rule not in RULES:
            errors.append(str(wrong(rule, "the name of a rule", RULES)))
        elif word not in LEVELS:
            error = wrong(level, f"one of {', '.join(LEVELS)} for “{rule}”", LEVELS)
            errors.append(str(error))
        else:
            told[rule] = None if word == OFF else Level(word)
    if errors:
        raise ValidationError("; ".join(errors))
    return Levels(MappingProxyType(told))


def read_time_zone(value: object) -> str:
    """Read the name of a time zone."""
    try:
        if isinstance(value, str):
            return ZoneInfo(value.strip()).key
    except (KeyError, ValueError, OSError):
        pass
    raise wrong(value, "an IANA time zone such as “Europe/Paris”", available_timezones())


def read_word(vocabulary: Vocabulary) -> Callable[[object], str]:
    """Return a reader of one word of a vocabulary, in any of its spellings."""

    def read(value: object) -> str:
        term = vocabulary.find(value) if isinstance(value, str) else None
        if term is None:
            raise wrong(value, f"one of {', '.join(vocabulary.names)}", vocabulary.names)
        return term.name

    return read


def read_terms(value: object) -> tuple[Term, ...]:
    """Read terms: names, or mappings of name, title, aliases and description."""
    return _distinct(tuple(_term(item) for item in _items(value, "terms")))


def read_scale(value: object) -> tuple[Term, ...]:
    """Read a scale of severities, the most severe first.

    A severity of the default scale for which no aliases are told keeps its usual ones, except
    those that the site has given to another.
    """
    items, terms = _items(value, "severities"), read_terms(value)
    if not terms:
        raise wrong(value, "at least one severity, the most severe first")
    told = {fold(spelling) for term in terms for spelling in (term.name, term.title, *term.aliases)}
    usual = {
        term.name: tuple(alias for alias in term.aliases if fold(alias) not in told)
        for term in SEVERITIES.terms
    }
    return tuple(
        replace(term, aliases=usual.get(term.name, ()))
        if isinstance(item, str) or (isinstance(item, dict) and "aliases" not in item)
        else term
        for item, term in zip(items, terms, strict=True)
    )


def read_services(value: object) -> tuple[Service, ...]:
    """Read services: names, or mappings with owner, since, retired and objectives besides."""
    return _distinct(tuple(_service(item) for item in _items(value, "services")))


def _items(value: object, what: str) -> Sequence[object]:
    if isinstance(value, (list, tuple)):
        return value
    raise wrong(value, f"a list of {what}")


def _mapping(
    value: object, keys: tuple[str, ...], required: tuple[str, ...]
) -> Mapping[str, object]:
    """Check that a value is a mapping of known keys; a lone text is the first key's value."""
    if isinstance(value, str):
        value = {keys[0]: value}
    if not isinstance(value, dict):
        raise wrong(value, f"a text, or a mapping of {', '.join(keys)}")
    for key in value:
        if key not in keys:
            raise wrong(key, f"one of the keys {', '.join(keys)}", keys)
    for key in required:
        if value.get(key) is None:
            raise wrong(value, f"a mapping with “{key}”")
    return value


_TERM_KEYS = ("name", "title", "aliases", "description")
_SERVICE_KEYS = (*_TERM_KEYS, "owner", "since", "retired", "slos")


def _term(value: object) -> Term:
    if isinstance(value, Term):
        return value
    told = _mapping(value, _TERM_KEYS, ("name",))
    return Term(*_named(told))


def _named(told: Mapping[str, object]) -> tuple[str, str, tuple[str, ...], str]:
    name = read_text(told["name"])
    title = read_text(told.get("title") or name)
    description = told.get("description")
    return (
        name,
        title,
        read_texts(told.get("aliases") or ()),
        "" if description is None else read_text(description),
    )


def _service(value: object) -> Service:
    if isinstance(value, Service):
        return value
    told = _mapping(value, _SERVICE_KEYS, ("name",))
    since, retired = read_day(told.get("since")), read_day(told.get("retired"))
    if since and retired and retired < since:
        raise wrong(told["retired"], f"a day after {since}, on which “{told['name']}” began")
    owner = told.get("owner")
    return Service(
        *_named(told),
        owner=None if owner is None else read_text(owner),
        since=since,
        retired=retired,
        slos=tuple(_objective(item) for item in _items(told.get("slos") or (), "objectives")),
    )


def _objective(value: object) -> Objective:
    told = _mapping(value, ("name", "target", "window"), ("name", "target", "window"))
    target, window = told["target"], str(told["window"]).strip()
    if isinstance(target, bool) or not isinstance(target, (int, float)) or not target > 0:
        raise wrong(target, "a target over 0, such as 99.9")
    if window not in {"month", "quarter"} and not re.fullmatch(r"[1-9][0-9]*d", window):
        raise wrong(window, "month, quarter, or a number of days such as 28d", ("month", "quarter"))
    return Objective(read_text(told["name"]), float(target), window)


AnyTerm = TypeVar("AnyTerm", bound=Term)


def _distinct(terms: tuple[AnyTerm, ...]) -> tuple[AnyTerm, ...]:
    """Check that no spelling stands for two terms."""
    owners: dict[str, Term] = {}
    for term in terms:
        for spelling in (term.name, *term.aliases):
            other = owners.setdefault(fold(spelling), term)
            if other is not term:
                raise ValidationError(
                    f"“{spelling}” stands for both “{other.name}” and “{term.name}”"
                )
    return terms
