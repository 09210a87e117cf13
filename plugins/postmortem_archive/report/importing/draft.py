"""One text from elsewhere to a report of the archive, or the reasons why it is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.importing.incidents import why_no_report
from postmortem_archive.report.importing.keys import KeyMap
from postmortem_archive.report.importing.opening import Opened, open_text
from postmortem_archive.report.importing.recognising import digest, traces
from postmortem_archive.report.importing.settling import has, settled, text_of
from postmortem_archive.report.importing.values import (
    Kept,
    Told,
    read_foreign,
    words_differ,
)
from postmortem_archive.report.problem import Level, Place, Problem, Problems
from postmortem_archive.report.reader import read
from postmortem_archive.report.record import MILESTONES, Report
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.vocabulary import VISIBILITIES
from postmortem_archive.report.writing.front_matter import front_matter

_CONTRADICTIONS = frozenset(
    {"disagreement", "stated-figure", "milestone-order", "impossible-order", "told-twice"}
)
_REFUSED = frozenset({"several-incidents"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A fact that the text does not quite tell, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """A text that is no report, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that cannot be imported without a loss or a guess, with every reason."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report of the archive but for its name: what is known, guessed and kept."""

    opened: Opened
    report: Report
    day: date
    facts: Mapping[str, Any]
    guesses: tuple[Guess, ...]
    kept: tuple[Kept, ...]
    imported: Mapping[str, Any]
    digest: str

    @property
    def id(self) -> str | None:
        """The id that the text tells, if it tells one."""
        return self.report.id if "id" in self.facts else None

    @property
    def is_ours(self) -> bool:
        """Whether the text has front matter already, and all of it is the archive's."""
        names = self.opened.front.items
        return bool(names) and not self.kept and all(name in KEYS for name in names)

    @property
    def traces(self) -> frozenset[str]:
        """What the report is recognised by where it was imported before."""
        return frozenset((self.digest, *traces(self.opened, self.report)))

    def text(
        self, id_: str | None = None, origin: str | None = None, *, is_made_up: bool = False
    ) -> bytes:
        """Return the report's file; `origin` is the path that it came from.

        An id that the text does not tell may be its file's name, or one that `is_made_up`.
        """
        guessed = {guess.key for guess in self.guesses} | set(self.facts.get("unconfirmed", ()))
        facts = dict(self.facts)
        if id_ is not None:
            facts["id"] = id_
        if is_made_up:
            guessed.add("id")
        facts["unconfirmed"] = [key for key in KEYS if key in guessed] or None
        facts["imported"] = {
            # A name need not be text, and what is half a character cannot be written.
            **({"from": origin.encode(errors="replace").decode()} if origin else {}),
            "digest": self.digest,
            **({"keys": dict(self.imported)} if self.imported else {}),
        }
        return self.opened.with_front(_with_comments(front_matter(facts), self.opened.comments))


def draft(
    data: bytes, path: str, keys: KeyMap, settings: ReadingSettings
) -> Draft | Left | Refused:
    """Make a report of the archive of the text at `path`."""
    opened, problems = open_text(data, path)
    if opened is None:
        return Refused(problems)
    # The same text is read more than once on the way.
    read_text = cache(lambda text: read(text, path, settings))
    told = read_foreign(opened, path, keys, settings)
    guesses: list[Guess] = []
    original = read_text(data)
    refused = tuple(problem for problem in original.problems if problem.rule in _REFUSED)
    if refused:
        return Refused(refused)
    _keep_from_the_public(told, original, guesses)
    if told.is_blog and told.origin.get("date") == "date":
        _doubt_day(told, read_text(opened.with_front("")), guesses)
    first = read_text(text_of(opened, told.facts))
    reason = why_no_report(first)
    if reason:
        return Left(reason)
    if first.date is None:
        unclear = (problem for problem in original.problems if problem.rule == "ambiguous-date")
        return Refused((_without_day(path), *unclear))
    facts = settled(opened, told, first, read_text)
    report = read_text(text_of(opened, facts))
    guesses += _guesses(facts, told, first, text_of(opened, told.facts).decode(), settings)
    return Draft(
        opened,
        report,
        first.date,
        {key: facts[key] for key in KEYS if key in facts},
        tuple(sorted(guesses, key=lambda guess: list(KEYS).index(guess.key))),
        tuple(told.kept),
        told.imported,
        digest(data),
    )


def contradictions(report: Report) -> tuple[Problem, ...]:
    """Return where a report tells one thing in two ways."""
    return tuple(problem for problem in report.problems if problem.rule in _CONTRADICTIONS)


def _with_comments(front: str, comments: Sequence[str]) -> str:
    return front.removesuffix("---\n") + "".join(f"{comment}\n" for comment in comments) + "---\n"


def _without_day(path: str) -> Problem:
    problems = Problems(path)
    problems.add(
        Place(1), Level.ERROR, "missing-date", "the report names no day",
        expected="a day in its text or its front matter, or one that can be read in one way only",
    )  # fmt: skip
    return problems.all()[0]


def _keep_from_the_public(told: Told, original: Report, guesses: list[Guess]) -> None:
    """Let no fact be told to more people than it was: the narrowest label that was read holds."""
    labels = [label for label in (told.facts.get("visibility"), original.visibility) if label]
    if not labels:
        return
    narrowest = max(labels, key=VISIBILITIES.names.index)
    if told.facts.get("visibility") != narrowest:
        told.facts["visibility"] = narrowest
        if "visibility" not in original.sources:
            guesses.append(Guess("visibility", "a label that cannot be read counts as RED"))


def _doubt_day(told: Told, body: Report, guesses: list[Guess]) -> None:
    """Ask whose day a blog's `date` is: its page's, where the text names an earlier one."""
    day = told.facts["date"]
    of_text = body.date if not has(body, "date-from-file") else None
    if of_text is None:
        guesses.append(Guess("date", "on a blog's page it is often the day of publication"))
    elif of_text < day and "published" not in told.facts:
        told.facts["published"] = told.facts.pop("date")
        told.origin["published"] = told.origin.pop("date")
        guesses.append(Guess("published", f"the text names {of_text} as the incident's day"))


def _guesses(
    facts: Mapping[str, Any], told: Told, first: Report, text: str, settings: ReadingSettings
) -> Iterable[Guess]:
    from_file = has(first, "date-from-file")
    if has(first, "missing-title"):
        yield Guess("title", "taken from the file's name")
    if from_file and "date" in facts:
        yield Guess("date", "taken from the file's name")
    rows = {entry.place for entry in first.timeline}
    for name in MILESTONES:
        moment = first.milestones.get(name)
        if moment is None or name not in facts:
            continue
        own = name in told.facts
        doubts = {
            "its day is taken from the file's name": from_file and not own,
            "read from a row of the timeline": not own and first.sources[name] in rows,
            "told as approximate": moment.approximate,
            f"it names no time zone, {settings.time_zone} is assumed": moment.exact
            and moment.zone_assumed,
        }
        if any(doubts.values()):
            yield Guess(name, "; ".join(doubt for doubt, holds in doubts.items() if holds))
    severity = facts.get("severity")
    if severity and words_differ(_spelling_of_severity(told, first, text), severity):
        yield Guess("severity", "another word is written")


def _spelling_of_severity(told: Told, first: Report, text: str) -> str:
    if "severity" in told.facts:
        return told.written["severity"]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[first.sources["severity"].line - 1]
