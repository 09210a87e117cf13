"""The archive's fixed words, with the other spellings that reports use for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from postmortem_archive.report.languages import aliases_of


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary: its name in front matter, its title on pages, other spellings."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """A service-level objective: a target in percent (or milliseconds) over a window.

    `window` is "month", "quarter" or a number of days such as "28d".
    """

    name: str
    target: float
    window: str


@dataclass(frozen=True, slots=True)
class Service(Term):
    """A service: a term with an owner, dates of birth and retirement, and objectives."""

    owner: str | None = None
    since: date | None = None
    retired: date | None = None
    slos: tuple[Objective, ...] = ()


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Return the form in which spellings are compared: letters and digits, lower case."""
    return re.sub(r"[\W_]+", "", word).casefold()


def without_accents(text: str) -> str:
    """Return text with its letters bare: people leave accents out, most of all in capitals."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ordered set of terms that a spelling can be looked up in."""

    terms: tuple[Term, ...]
    _by_spelling: Mapping[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index every spelling; a term's own name is never taken by another's alias."""
        spellings: dict[str, Term] = {}
        for term in self.terms:
            for alias in (term.title, *term.aliases):
                spellings.setdefault(fold(alias), term)
        spellings.update({fold(term.name): term for term in self.terms})
        object.__setattr__(self, "_by_spelling", spellings)

    def find(self, spelling: str) -> Term | None:
        """Return the term that a spelling stands for, or None."""
        return self._by_spelling.get(fold(spelling))

    def title(self, name: str) -> str:
        """Return a term's title, or the name itself where the vocabulary has no such term."""
        term = self.find(name)
        return term.title if term else name

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical names, in order."""
        return tuple(term.name for term in self.terms)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every word that stands for a term, as it is written."""
        return tuple(s for term in self.terms for s in dict.fromkeys((term.name, *term.aliases)))

    def extended(self, terms: Iterable[Term]) -> Vocabulary:
        """Return this vocabulary with further terms; a term of the same name is replaced."""
        new = {term.name: term for term in self.terms} | {term.name: term for term in terms}
        return Vocabulary(tuple(new.values()))


def _terms(
    table: Mapping[str, tuple[str, ...]],
    titles: Mapping[str, str] | None = None,
    *,
    named: str = "",
) -> Vocabulary:
    """Return a vocabulary; `named` is what the languages' tables call it."""
    titles, more = titles or {}, aliases_of(named)
    return Vocabulary(
        tuple(
            Term(
                name,
                titles.get(name, name.replace("_", " ").capitalize()),
                (*aliases, *more.get(name, ())),
            )
            for name, aliases in table.items()
        )
    )


KINDS = _terms(
    {
        "incident": ("outage",),
        "near_miss": ("near miss",),
        "drill": ("exercise", "game day", "simulation"),
        "maintenance": ("planned maintenance",),
    },
    named="kinds",
)

STATUSES = _terms(
    {
        "draft": ("under investigation", "investigating", "in progress"),
        "in_review": ("under review", "review"),
        "reviewed": ("approved", "complete", "completed", "final"),
        "closed": (),
        "archived": (),
    },
    named="statuses",
)

# Words that speak of the incident and not of the document: they set no status.
INCIDENT_STATES = frozenset(
    {"resolved", "monitoring", "mitigated", "identified", "fixed", "ongoing", "open"}
).union(*aliases_of("incident_states").values())

# TLP 2.0, from the widest audience to the narrowest.
VISIBILITIES = _terms(
    {
        "CLEAR": ("white", "TLP:CLEAR"),
        "GREEN": ("TLP:GREEN",),
        "AMBER": ("TLP:AMBER",),
        "AMBER+STRICT": ("TLP:AMBER+STRICT",),
        "RED": ("TLP:RED",),
    },
    {name: f"TLP:{name}" for name in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")},
)

DETECTIONS = _terms(
    {
        "alert": ("alarm", "monitoring", "automated alert", "automated monitoring"),
        "customer_report": ("customer", "user report", "support ticket"),
        "staff_observation": ("manual observation", "staff", "engineer"),
        "security_report": ("bug bounty", "researcher"),
        "third_party": ("vendor", "provider"),
        "unknown": (),
    },
    named="detections",
)

TRIGGERS = _terms(
    {
        "binary_push": ("deployment", "deploy", "release"),
        "config_push": ("config change", "configuration change", "configuration push"),
        "user_behavior_change": ("user behaviour change", "traffic change", "load spike"),
        "processing_pipeline": (),
        "service_provider_change": (),
        "performance_decay": (),
        "capacity_management": (),
        "hardware": ("hardware failure",),
        "manual_operation": ("manual change", "human action"),
        "data_migration": ("migration", "schema migration"),
        "feature_flag": (),
        "expiry": ("expired certificate", "expired credential", "certificate expiry"),
        "malicious_traffic": ("attack", "ddos"),
        "external_outage": ("vendor outage", "provider outage"),
        "unknown": (),
    }
)

ROOT_CAUSES = _terms(
    {
        "software_defect": ("bug", "defect", "software bug"),
        "design_limit": ("design", "design flaw"),
        "single_point_of_failure": ("spof",),
        "saturation": ("capacity", "resource exhaustion", "overload"),
        "configuration_error": ("misconfiguration", "configuration"),
        "missing_safeguard": ("missing guardrail",),
        "process": (),
        "external_dependency": ("dependency",),
        "network": (),
        "security": (),
        "indeterminate": ("unknown",),
    }
)

FACTOR_CATEGORIES = _terms(
    {"technical": (), "process": (), "human": ("people",), "external": ()},
    named="factor_categories",
)

RELATIONS = _terms(
    {
        "recurrence_of": ("recurrence",),
        "caused_by": (),
        "same_cause": (),
        "follows": (),
        "related": (),
    }
)

HORIZONS = _terms(
    {
        "immediate": ("now",),
        "short": ("short term",),
        "medium": ("medium term", "mid term"),
        "long": ("long term",),
    },
    named="horizons",
)

ACTION_STATUSES = _terms(
    {
        "open": ("todo", "to do", "not started", "pending", "planned", "new", "backlog"),
        "in_progress": ("in progress", "wip", "started", "ongoing", "doing", "under way"),
        "done": ("complete", "completed", "closed", "fixed", "finished", "resolved", "merged"),
        "not_doing": (
            "cancelled",
            "canceled",
            "dropped",
            "won't do",
            "wont do",
            "wontfix",
            "won't fix",
            "rejected",
            "declined",
            "not doing",
            "abandoned",
        ),
    },
    named="action_statuses",
)

ACTION_TYPES = _terms(
    {
        "prevent": ("prevention", "preventive", "preventative"),
        "mitigate": ("mitigation",),
        "detect": ("detection", "monitoring"),
        "repair": ("fix",),
        "process": (),
    },
    named="action_types",
)

SEVERITIES = _terms(
    {
        "SEV1": ("SEV-1", "P1", "S1", "Critical", "Severity 1", "Sev 1"),
        "SEV2": ("SEV-2", "P2", "S2", "High", "Severity 2", "Sev 2"),
        "SEV3": ("SEV-3", "P3", "S3", "Medium", "Moderate", "Severity 3", "Sev 3"),
        "SEV4": ("SEV-4", "P4", "S4", "Low", "Minor", "Severity 4", "Sev 4"),
    },
    {name: name for name in ("SEV1", "SEV2", "SEV3", "SEV4")},
    named="severities",
)
