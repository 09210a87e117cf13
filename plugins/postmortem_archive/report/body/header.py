"""Facts that the labelled lines of a body tell: who, how severe, which services, what impact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.body.fields import Field
from postmortem_archive.report.body.labels import fold_label
from postmortem_archive.report.body.outline import Part
from postmortem_archive.report.body.people import names_in, without_parentheses
from postmortem_archive.report.body.stated_budget import percent_in
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.grammar.amounts import after_amount, parse_amount
from postmortem_archive.report.grammar.moments import find_date
from postmortem_archive.report.grammar.placeholders import (
    is_choice,
    is_missing,
    is_nothing,
    is_placeholder,
)
from postmortem_archive.report.grammar.states import strip_marks
from postmortem_archive.report.markup.blocks import ListBlock
from postmortem_archive.report.markup.markdown import plain, text_of
from postmortem_archive.report.problem import Place, nearest
from postmortem_archive.report.record import Amount, Approval, Cause, Detection, Statement

Fields = Sequence[tuple[Part, Field]]

# Sections whose labelled lines describe the report or the incident as a whole.
_HEAD = (None, "incident_details", "summary", "impact")
_IMPACT_SECTIONS = (
    "impact", "summary", "customer_impact", "business_impact", "technical_impact",
    "service_level_impact", "scope", "quantitative_impact", "incident_details",
)  # fmt: skip
# There “Mitigation:” says what was learnt of it, and not what it was.
_LESSONS = frozenset(
    {"went_well", "went_poorly", "to_improve", "lucky", "good_responses", "held_up",
     "response_issues", "prevention_gaps", "lessons", "technical_lessons", "process_lessons",
     "organizational_lessons"}
)  # fmt: skip
_ROLES = {"review.technical": "technical", "review.management": "management",
          "review.final": "final"}  # fmt: skip
_GENERATED = re.compile(r"^[ \t]*(Severity|Author)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_WRITTEN_BY = re.compile(
    r"\b(?:[Ww]ritten|[Pp]repared|[Rr]eported) by (?P<a>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){1,3})"
    r"(?: (?:with help from|and) (?P<b>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){1,3}))?"
)
# Markup may part the words, and no letters of one.
_PERHAPS_WRITTEN = tuple(
    re.compile(rf"{end}(?:<[^>]*>|&\w+;|[\W_])+by") for end in ("ritten", "repared", "eported")
)


class Header:
    """Reads the labelled facts of one body."""

    def __init__(self, fields: Fields, env: dict[str, Any], reading: Reading) -> None:
        self.fields = fields
        self.env = env
        self.reading = reading
        self.by_key: dict[str, list[tuple[Part, Field]]] = {}
        for part, held in fields:
            self.by_key.setdefault(held.key or "", []).append((part, held))

    def facts(self) -> dict[str, Fact]:
        """Return the facts by front-matter key, milestones apart."""
        found: dict[str, Fact] = {}
        for key, read in self._readers().items():
            for part, held in self._fields_of(key):
                if not _tells(held):
                    continue
                value = read(part, held)
                if value is not None:
                    found[key.partition(".")[0] if key in _WHOLE else key] = Fact(value, held.place)
                    break
        found |= self._approvals()
        if "published" not in found and (prepared := self._date_of_report()):
            found["published"] = prepared
        return found

    def _date_of_report(self) -> Fact | None:
        """Return the date that stands right below “Report Prepared By”."""
        for (_, before), (_, held) in pairwise(self.fields):
            if before.key == "authors" and held.key == "date" and held.block is before.block:
                day = find_date(held.plain, self.reading.dates)
                # At the head of a report the date beside the author is the incident's.
                if day and before.label.casefold().startswith("report"):
                    return Fact(day, held.place)
        return None

    def _fields_of(self, key: str) -> Iterator[tuple[Part, Field]]:
        """Yield the fields of a key: those that head the report first, then the footer's."""
        mine = self.by_key.get(key, [])
        yield from (pair for pair in mine if _heads(pair[0]))
        others = [(part, f) for part, f in mine if not _heads(part) and part.name not in _LESSONS]
        if key in ("severity", "services", "id"):
            yield from (p for p in others if p[0].name in ("scope", "incident_details"))
        elif key != "date":
            yield from others

    def _readers(self) -> Mapping[str, Callable[[Part, Field], Any]]:
        return {
            "id": _id_in,
            "date": lambda _, held: find_date(held.plain, self.reading.dates),
            "severity": self._severity,
            "visibility": lambda _, held: _name_of(words.VISIBILITIES.find(held.plain)),
            "document_status": self._status,
            "status": self._status,
            "services": self._services,
            "authors": lambda _, held: names_in(_before_date(held.plain)) or None,
            "reviewers": lambda _, held: names_in(_before_date(held.plain)) or None,
            "updated": lambda _, held: find_date(held.plain, self.reading.dates),
            "published": lambda _, held: find_date(held.plain, self.reading.dates),
            "next_review": lambda _, held: find_date(held.plain, self.reading.dates),
            "version": lambda _, held: held.plain,
            "mitigation": self._text,
            "resolution": self._text,
            "verification": self._text,
            "root_cause.text": self._root_cause,
            "detection.note": self._detection,
            "summary": self._summary,
            "impact.users": self._amount,
            "impact.requests_failed": self._amount,
            "impact.requests_total": self._amount,
            "impact.revenue": self._amount,
            "impact.complaints": self._amount,
            "impact.data_loss": lambda _, held: held.plain,
            "impact.regions": lambda _, held: names_in(held.plain),
            "impact.sla_breach": lambda _, held: held.plain,
            "stated.budget": lambda _, held: percent_in(held.plain),
            "follow_up.due": lambda _, held: find_date(held.plain, self.reading.dates),
        }

    def _severity(self, _: Part, held: Field) -> str | None:
        text = held.plain.strip("` ")
        if is_choice(text):
            self._not_filled_in(held)
            return None
        scale = self.reading.settings.severities
        names = re.split(r"\s*[/|]\s*", text)
        terms = {term.name: term for name in names if (term := self._severity_named(name))}
        term = next(iter(terms.values())) if len(terms) == 1 else None
        if term is None:
            head = re.split(r"[\s(,:–—/]+", text)[0]
            # In the body the word stays as prose; only a fact is missing.
            self.reading.warn(
                held.place, "unknown-word", f"“{text}” is no severity of this archive",
                found=text, expected="one of " + ", ".join(scale.names),
                suggestion=None if terms else nearest(head, scale.spellings),
            )  # fmt: skip
        return term.name if term else None

    def _severity_named(self, text: str) -> words.Term | None:
        """Return the severity that a text names, or that its first word does."""
        scale = self.reading.settings.severities
        head = re.split(r"[\s(,:–—]+", text)[0]
        # Behind its label a number alone is the scale's: “Severity: 2”.
        named = f"sev{head}" if head.isdigit() else head
        return scale.find(text) or scale.find(without_parentheses(text)) or scale.find(named)

    def _status(self, _: Part, held: Field) -> str | None:
        if is_choice(held.plain):
            self._not_filled_in(held)
            return None
        text = strip_marks(held.plain)
        head = re.split(r" ?[(/,:;.–—]| - | (?:by|on|at|since) ", text)[0].strip()
        term = words.STATUSES.find(text) or words.STATUSES.find(head)
        first = head.partition(" ")[0].casefold()
        if not term and {head.casefold(), first} & words.INCIDENT_STATES:
            return None
        if term is None:
            self.reading.warn(
                held.place, "unknown-word", f"“{held.plain}” is no status of a report",
                found=held.plain, expected="one of " + ", ".join(words.STATUSES.names),
                suggestion=nearest(head, words.STATUSES.spellings),
            )  # fmt: skip
        return term.name if term else None

    def _not_filled_in(self, held: Field) -> None:
        self.reading.hint(
            held.place, "not-filled-in", f"“{held.label}” is not filled in yet", found=held.plain
        )

    def _services(self, _: Part, held: Field) -> tuple[str, ...] | None:
        names = names_in(held.plain)
        for block in held.below:
            if isinstance(block, ListBlock):
                names += tuple(item.plain for item in block.items)
        known = self.reading.settings.services
        if not known.terms:
            return names or None
        found = []
        for name in names:
            term = known.find(name)
            if term:
                found.append(term.name)
            else:
                self.reading.warn(
                    held.place, "unknown-word", f"“{name}” is no service of this archive",
                    found=name, expected="a service that the site's configuration lists",
                    suggestion=nearest(name, known.spellings),
                )  # fmt: skip
        return tuple(dict.fromkeys(found)) or None

    def _text(self, _: Part, held: Field) -> Any:
        value = held.told
        return text_of(value, self.env, self.reading.path) if plain(value) else None

    def _root_cause(self, part: Part, held: Field) -> Cause | None:
        text = self._text(part, held)
        return Cause(None, text) if text else None

    def _summary(self, part: Part, held: Field) -> Any:
        return self._text(part, held) if part.name == "summary" else None

    def _detection(self, part: Part, held: Field) -> Detection | None:
        if part.name not in (
            "detection",
            "timeline_detection",
            "incident_details",
            "summary",
            None,
        ):
            return None
        by = next((f.plain for p, f in self.fields if f.key == "detection.by" and p is part), None)
        return Detection(detection_source(held.plain), by, held.plain)

    def _amount(self, part: Part, held: Field) -> Amount | None:
        """Return an amount, where the line counts what its label says and nothing else."""
        if part.name not in _IMPACT_SECTIONS and part.name is not None:
            return None
        amount = parse_amount(held.plain)
        counted = _COUNTED.get(held.key or "")
        if amount and counted and not counted.match(after_amount(held.plain)):
            return None
        return amount

    def _approvals(self) -> dict[str, Fact]:
        """Return who signed a report off, who of them are its reviewers."""
        signed = [
            (held, names_in(_before_date(held.plain)))
            for _, held in self.fields
            if held.key in _ROLES and not is_missing(held.plain)
        ]
        approvals = tuple(
            Approval(_ROLES[held.key or ""], name, find_date(held.plain, self.reading.dates))
            for held, names in signed
            for name in names
        )
        if not approvals:
            return {}
        place = signed[0][0].place
        reviewers = tuple(dict.fromkeys(approval.by for approval in approvals))
        return {"approvals": Fact(approvals, place), "reviewers": Fact(reviewers, place)}

    def impact_told(self, known: Mapping[str, Fact]) -> tuple[Statement, ...]:
        """Return the labelled statements of the impact sections that are no fact in `known`."""
        taken = {fact.place for fact in known.values()}
        return tuple(
            Statement(held.label, text_of(held.value, self.env, self.reading.path), held.place)
            for part, held in self.fields
            if part.name in _IMPACT_SECTIONS and held.place not in taken
            and (held.key or "impact.").startswith("impact.")
            and not (held.key is None and part.name == "incident_details")
            and held.plain and not is_placeholder(held.plain)
        )  # fmt: skip


def _heads(part: Part) -> bool:
    return part.name in _HEAD and part.level <= 2


def _id_in(_: Part, held: Field) -> str | None:
    """Return an id; what stands behind “Incident” alone may as well be the incident's name."""
    first, *others = held.plain.strip("`").split()
    is_name = fold_label(held.label) == "incident" and (others or not re.search(r"\d", first))
    return None if is_name else first


_WHOLE = frozenset({"root_cause.text", "detection.note"})
# Here “none” is an answer, and says that there was none.
_ANSWERED_BY_NONE = frozenset({"impact.data_loss", "impact.sla_breach"})


def _tells(held: Field) -> bool:
    """Whether a field holds something, in its line or below."""
    if is_placeholder(plain(held.told)):
        return False
    if held.key in _ANSWERED_BY_NONE and held.plain.casefold().rstrip(".") == "none":
        return True
    return bool(held.below) or not is_nothing(held.plain)


_NOTHING_MORE = r"\s*(?:$|[.,;(]|estimated\b|in total\b|affected\b)"
_COUNTED = {
    "impact.users": re.compile(
        rf"{_NOTHING_MORE}|\s*(?:of )?(?:all |our )?(?:\w+ )?(?:users?|customers?|people|visitors"
        r"|accounts|buyers|shoppers|members|guests|fans)\b", re.IGNORECASE),
    "impact.requests_failed": re.compile(
        rf"{_NOTHING_MORE}|\s*(?:of )?(?:all |failed )?requests?\b", re.IGNORECASE),
    "impact.requests_total": re.compile(rf"{_NOTHING_MORE}|\s*requests?\b", re.IGNORECASE),
    "impact.complaints": re.compile(rf"{_NOTHING_MORE}|\s*complaints?\b", re.IGNORECASE),
}  # fmt: skip

_SOURCES = (
    ("security_report", r"bug bounty|security researcher|responsible disclosure"),
    (
        "customer_report",
        r"customers?\b|users? report|reported by users?|support (?:ticket|desk)|complain|phone",
    ),
    ("alert", r"\balerts?\b|\balarms?\b|pagerduty|pingdom|monitoring|monitor\b|probe"),
    ("third_party", r"vendor|provider told|third part"),
    ("staff_observation", r"engineer|staff|team (?:noticed|observed)|manual(?:ly)? obs|developer"),
)


def detection_source(text: str) -> str | None:
    """Return the source that a sentence on detection names first, None if it names none."""
    found = [
        (match.start(), name)
        for name, pattern in _SOURCES
        if (match := re.search(pattern, text, re.IGNORECASE))
    ]
    return min(found)[1] if found else None


def _before_date(text: str) -> str:
    return re.split(r"\s*\((?:date|on)\b", text, maxsplit=1, flags=re.IGNORECASE)[0]


def generator_facts(tokens: Sequence[Token], reading: Reading) -> dict[str, Fact]:
    """Return what a scaffold's comment at the top of the body says (severity, author)."""
    first = tokens[0] if tokens else None
    if first is None or first.type != "html_block" or "generated on" not in first.content.lower():
        return {}
    found: dict[str, Fact] = {}
    for match in _GENERATED.finditer(first.content):
        line = reading.source.body_line + (first.map or [0])[0]
        line += first.content.count("\n", 0, match.start(2))
        place = Place(line, reading.source.column_of(line, match[2]))
        if match[1] == "Severity" and (term := reading.settings.severities.find(match[2].strip())):
            found["severity"] = Fact(term.name, place)
        elif match[1] == "Author" and not is_missing(match[2]):
            found["authors"] = Fact((match[2].strip(),), place)
    return found


def written_by(tokens: Sequence[Token], reading: Reading) -> dict[str, Fact]:
    """Return the authors that a sentence such as “Written by Ann Lee.” names."""
    if not any(pattern.search(reading.source.body) for pattern in _PERHAPS_WRITTEN):
        return {}
    for token in tokens:
        if token.type != "inline":
            continue
        match = _WRITTEN_BY.search(plain(token.children or []))
        if match:
            line = reading.source.body_line + (token.map or [0])[0]
            names = tuple(name for name in match.groups() if name)
            return {"authors": Fact(names, Place(line, reading.source.column_of(line, names[0])))}
    return {}


def _name_of(term: words.Term | None) -> str | None:
    return term.name if term else None
