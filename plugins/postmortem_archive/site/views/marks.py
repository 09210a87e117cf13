"""The small records that larger views are made of."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere, or a plain text where `href` is None."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A fact under its label; `text` may hold safe HTML."""

    label: str
    text: str | Markup


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day, for people and for programs."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class SeverityMark:
    """A severity: its title, and its tone from 1 (the most severe) to 4."""

    title: str
    tone: int


@dataclass(frozen=True, slots=True)
class StateMark:
    """The state of an action item: its name in front matter and its title."""

    name: str
    title: str
