"""States of action items as people write them: ticks, emoji and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from postmortem_archive.report.grammar.moments import DATE, find_date
from postmortem_archive.report.vocabulary import ACTION_STATUSES

_EMOJI = (
    ("done", "✅☑✔🟢🎉"),
    ("in_progress", "🔄🚧🏗🟡🟠⚙"),
    ("not_doing", "❌🚫⛔✖🗑"),
    ("open", "⏳⌛🔲⬜☐🔴📝⏰🕐🆕"),
)
_MARKS = "".join(marks for _, marks in _EMOJI) + "\ufe0f"
_LEAD = re.compile(rf"[\s{_MARKS}]*")
_AROUND = " \t:;,.(–—-)"
# “Won't do: too dear”, “In progress – size the pool”: a state, then what else is said.
_OPENING = re.compile(r"(?P<words>[A-Za-z][A-Za-z'’ -]{1,14}?)\s?(?::\s|\s[–—-]\s)")
_MOST_WORDS = 3
# These begin a promise as often as they tell its state.
_ALSO_VERBS = frozenset({"new", "planned", "started", "resolved", "backlog", "fixed"})


# What a column “Done?” has for an answer.
_ANSWERS = {
    "done": frozenset({"yes", "y", "ja", "oui", "x", "[x]"}),
    "open": frozenset({"no", "n", "nein", "non", "[ ]"}),
}


@dataclass(frozen=True, slots=True)
class State:
    """A status, with the date, the reason and the remark that may stand beside it."""

    status: str
    day: date | None = None
    reason: str | None = None
    remark: str | None = None

    @property
    def done_on(self) -> date | None:
        """The day it was done, if it was."""
        return self.day if self.status == "done" else None


def read_state(text: str) -> State | None:
    """Return the state that a text tells, None where it tells none that is known.

    Words win over emoji: “⏳ In progress” is in progress.
    """
    text = text.strip()
    words = strip_marks(text).strip()
    opening = words.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    for length in range(len(opening), 0, -1):
        head = " ".join(opening[:length])
        term = ACTION_STATUSES.find(head.rstrip(_AROUND))
        if term:
            rest = words[len(head) :].strip(_AROUND)
            reason = rest if rest and term.name == "not_doing" else None
            remark = rest if DATE.sub("", rest).strip(_AROUND) not in ("", "on") else None
            return State(term.name, find_date(rest), reason, None if reason else remark)
    if words and not find_date(words):
        return None
    status = next((name for name, marks in _EMOJI if any(mark in text for mark in marks)), None)
    return State(status, find_date(words)) if status else None


def read_cell(text: str) -> State | None:
    """Return the state that a table's cell tells, be it an answer to “Done?”."""
    answer = text.strip().casefold()
    status = next((name for name, answers in _ANSWERS.items() if answer in answers), None)
    return State(status) if status else read_state(text)


def opening_state(text: str) -> tuple[State, int] | None:
    """Return the state that a promise begins with (“In progress: …”), and where it ends."""
    match = _OPENING.match(text)
    if not match or match["words"].casefold() in _ALSO_VERBS:
        return None
    term = ACTION_STATUSES.find(match["words"])
    return (State(term.name), match.end()) if term else None


def strip_marks(text: str) -> str:
    """Return text without the ticks and emoji it begins with."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text
