"""A new report, begun: a format with all that is known, and a placeholder for all that is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from traceback import walk_tb
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from postmortem_archive.report.formats.format import Format
from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.writing.front_matter import front_matter

# What Markdown takes for more than a character. An underscore within a word is one, and so is a
# number sign that no blank stands before.
_SPECIAL = re.compile(r"[\\`*~\[\]<|]|(?<![^\W_])_|_(?![^\W_])|(?:(?<=\s)|^)#|(?<=-)>|&(?=#?\w+;)")
# The keys that an author will want to tell besides, where the scaffold does not yet.
_STILL_TO_TELL = (
    "title", "severity", "started", "detected", "acknowledged", "mitigated", "resolved",
    "services", "trigger", "root_cause", "mitigation", "resolution",
)  # fmt: skip


class FormatError(ValueError):
    """A format that cannot be filled in; the message begins with its file and line."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an incident when its report is begun, in the archive's own words.

    `date` is the incident's day, `now` the moment of writing in UTC, and `zone` the name of the
    time zone that times are told in. `severities` are the words that there are.
    """

    id: str
    date: date
    now: datetime
    zone: str = "UTC"
    severities: tuple[str, ...] = ()
    title: str | None = None
    kind: str | None = None
    severity: str | None = None
    services: tuple[str, ...] = ()
    started: datetime | None = None
    alert: str | None = None
    authors: tuple[str, ...] = ()


def scaffold(name: str, formats: Mapping[str, Format], known: Known) -> str:
    """Return the text of a new report in the format of that name.

    A template may extend or include another of the `formats` by its name.
    Raises FormatError where the template, or one that it takes in, has a mistake.
    """
    body = _filled(name, formats, known).lstrip("\n")
    if body.startswith("---"):
        raise FormatError(
            f"{formats[name].file}:1: a format has no front matter of its own: it begins with the"
            " report's text, and what is known goes above it"
        )
    return f"{_front_matter(known)}\n{body.rstrip()}\n"


def _filled(name: str, formats: Mapping[str, Format], known: Known) -> str:
    def load(wanted: str) -> tuple[str, str, None] | None:
        found = formats.get(wanted)
        return (found.template, found.file, None) if found else None

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    try:
        return environment.get_template(name).render(_values(known))
    except TemplateSyntaxError as error:
        place = error.filename or formats[name].file
        raise FormatError(f"{place}:{error.lineno}: {error.message}") from error
    except Exception as error:  # a template may do anything that an expression can
        raise FormatError(f"{_place(error, formats, formats[name].file)}: {error}") from error


def _place(error: Exception, formats: Mapping[str, Format], file: str) -> str:
    """Return the file and line of the template's own line that failed."""
    files = {form.file for form in formats.values()}
    # Only the walk: to extract the frames would read their files.
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename in files
    ]
    failed, line = frames[-1] if frames else (file, 1)
    return f"{failed}:{line}"


def _values(known: Known) -> Mapping[str, Any]:
    """Return what a template may name; what is not known is empty."""
    return {
        "id": known.id,
        "title": _escaped(known.title),
        "kind": known.kind,
        "date": known.date.isoformat(),
        "started": f"{known.started:%Y-%m-%d %H:%M} {known.zone}" if known.started else None,
        "zone": known.zone,
        "severity": _escaped(known.severity),
        "severities": " | ".join(known.severities),
        "services": _escaped(", ".join(known.services)),
        "alert": _escaped(known.alert),
        "authors": _escaped(", ".join(known.authors)),
        "today": known.now.date().isoformat(),
        "generated": f"{known.now:%Y-%m-%d %H:%M} UTC",
        "in_days": lambda days: (known.now.date() + timedelta(days=days)).isoformat(),
        "after": lambda days: (known.date + timedelta(days=days)).isoformat(),
    }


def _escaped(text: str | None) -> str | None:
    """Return a text as Markdown that shows it, on one line; None for an empty one."""
    line = " ".join(text.split()) if text else ""
    return _SPECIAL.sub(r"\\\g<0>", line) or None


def _front_matter(known: Known) -> str:
    facts: dict[str, object] = {
        "id": known.id,
        "title": " ".join(known.title.split()) if known.title else None,
        "kind": known.kind,
        "severity": known.severity,
        "status": "draft",
        "date": None if known.started else known.date,
        "started": known.started,
        "detection": {"source": "alert", "note": known.alert} if known.alert else None,
        "services": list(known.services) or None,
        "authors": list(known.authors) or None,
    }
    told = {key for key, value in facts.items() if value is not None}
    notes = [_note(key, known) for key in _STILL_TO_TELL if key not in told]
    return "".join((front_matter(facts).removesuffix("---\n"), *notes, "---\n"))


def _note(key: str, known: Known) -> str:
    """Return a comment that is a key of the report once its first mark is taken away."""
    words = ", ".join(known.severities) if key == "severity" else ""
    meaning = re.split(r"[.:] ", KEYS[key].meaning.replace("`", ""), maxsplit=1)[0].rstrip(".")
    return f"# {key + ':':14}# {words or meaning}\n"
