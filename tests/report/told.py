"""What a report tells, as plain values that stand easily in a golden case.

Every leaf is a text, so that an expectation needs no types: a day is `2025-03-04`, a number `12`,
nothing is `null`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from postmortem_archive.report import Level, Place, Report
from postmortem_archive.report.problem import Problem
from postmortem_archive.report.record import Amount, Html, Lifted, Moment, Slot, Text
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.report.rules.rule import ADVICE


def told(report: Report) -> dict[str, object]:
    """Return every fact of a report by its key."""
    facts = {
        part.name: plain(getattr(report, part.name))
        for part in fields(report)
        if part.name not in ("milestones", "body", "problems", "sections")
    }
    facts |= {name: plain(moment) for name, moment in report.milestones.items()}
    facts["sections"] = [section.name or "-" for section in report.sections]
    facts["items"] = {
        section.heading: [item.text.plain for item in section.items]
        for section in report.sections
        if section.items
    }
    return facts


def plain(value: object) -> object:
    """Return a value with every leaf as text."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple) and value:
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, Text | Moment | Place | Amount):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    return leaf(value)


def leaf(value: object) -> str:
    """Return a single value as text."""
    match value:
        case None | "" | ():
            return "null"
        case bool():
            return str(value).lower()
        case Moment():
            return ("~" if value.approximate else "") + value.isoformat()
        case Place():
            return f"{value.line}:{value.column}"
        case Amount():
            return amount(value)
        case float():
            return f"{value:.10g}"
    return str(value)


def amount(value: Amount) -> str:
    """Return an amount as `8000 to 12000 count, estimated`."""
    text = f"{value.minimum:.10g}"
    if value.maximum != value.minimum:
        text += f" to {value.maximum:.10g}"
    return f"{text} {value.unit}" + (", estimated" if value.estimated else "")


def problem(found: Problem) -> str:
    """Return a problem as `3:11 error unknown-severity (High)`."""
    text = f"{found.place.line}:{found.place.column} {found.level} {found.rule}"
    return text + (f" ({found.suggestion})" if found.suggestion else "")


def problems(report: Report, *levels: Level) -> list[str]:
    """Return the problems of reading a report, of these levels or of all."""
    found = [p for p in report.problems if RULES[p.rule].topic not in ADVICE]
    return [problem(p) for p in found if not levels or p.level in levels]


def advice(report: Report) -> list[str]:
    """Return what makes a report of little use."""
    return [problem(p) for p in report.problems if RULES[p.rule].topic in ADVICE]


def slots(report: Report) -> list[str]:
    """Return the slots of a report's body."""
    return [piece.name for piece in report.body.pieces if isinstance(piece, Slot)]


def html(report: Report) -> str:
    """Return the HTML of a report's body without its slots, and of what went to the top."""
    shown = (*report.body.pieces, *report.body.lifted)
    return "\n".join(part.html for part in shown if isinstance(part, Html | Lifted))


def differences(expected: object, found: object, path: str = "") -> Iterator[str]:
    """Yield where `found` is not as expected; of a mapping only the keys expected are compared."""
    if isinstance(expected, dict):
        known = found if isinstance(found, dict) else {}
        for key, value in expected.items():
            yield from differences(value, known.get(key, "null"), f"{path}.{key}".lstrip("."))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif expected != ("null" if found == [] else found):
        yield f"{path}: expected {expected!r}, found {found!r}"


def words(text: str) -> set[str]:
    """Return the words of a text."""
    return set(re.findall(r"\w+", text.casefold()))
