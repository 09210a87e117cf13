"""The keys of a report's front matter: what each means, and how its value is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.front import shapes
from postmortem_archive.report.front.foreign import key_meant
from postmortem_archive.report.front.values import (
    Reader,
    list_reader,
    mapping_reader,
    read_amount,
    read_day,
    read_flag_or_text,
    read_moment,
    read_names,
    read_number,
    read_string,
    read_text,
    reads,
    word_reader,
    wrong_type,
)
from postmortem_archive.report.front.yaml_tree import ListValue, MapValue, Scalar, Value
from postmortem_archive.report.grammar.moments import minutes_between
from postmortem_archive.report.problem import Place, nearest
from postmortem_archive.report.record import (
    Action,
    AffectedService,
    Approval,
    Cause,
    Communication,
    Detection,
    Entry,
    Factor,
    FollowUp,
    Ignored,
    Link,
    Moment,
    Relation,
    StatedBudget,
)
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.report.settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class Key:
    """A front-matter key: its name, one sentence on what it tells, and its reader."""

    name: str
    meaning: str
    read: Reader


@reads(lambda settings: shapes.names(settings.services))
def _read_services(value: Value, key: str, reading: Reading) -> tuple[str, ...] | None:
    names = read_names(value, key, reading)
    if names is None or not reading.settings.services.terms:
        return names
    items = value.items if isinstance(value, ListValue) else ()
    places = {item.text.strip(): item.place for item in items if isinstance(item, Scalar)}
    found = (
        reading.term(name, reading.settings.services, "service", places.get(name, value.place))
        for name in names
    )
    return tuple(dict.fromkeys(term.name for term in found if term))


@reads(shapes.fixed(shapes.word(words.STATUSES)))
def _read_status(value: Value, key: str, reading: Reading) -> str | None:
    if isinstance(value, Scalar) and value.text.strip().casefold() in words.INCIDENT_STATES:
        reading.warn(
            value.place, "incident-status", f"“{value.text}” speaks of the incident",
            found=value.text,
            expected="the status of the document: " + ", ".join(words.STATUSES.names),
        )  # fmt: skip
        return None
    read: Any = word_reader(lambda _: words.STATUSES)(value, key, reading)
    return str(read) if read else None


@reads(shapes.fixed({"type": "object", "additionalProperties": shapes.NUMBER}))
def _read_percentages(value: Value, key: str, reading: Reading) -> Mapping[str, float] | None:
    if not isinstance(value, MapValue):
        wrong_type(value, key, reading, "a mapping of names to numbers")
        return None
    found = {
        name: read_number(item, f"{key}.{name}", reading) for name, item in value.items.items()
    }
    return MappingProxyType({name: number for name, number in found.items() if number is not None})


@reads(shapes.fixed(shapes.FRACTION))
def _read_fraction(value: Value, key: str, reading: Reading) -> float | None:
    """Read a share from 0 to 1, or in percent."""
    number = read_number(value, key, reading)
    if number is None or not isinstance(value, Scalar):
        return None
    share = number / 100 if value.text.rstrip().endswith("%") else number
    if 0 <= share <= 1:
        return share
    reading.error(
        value.place, "wrong-range", f"“{key}” is {value.text}", found=value.text,
        expected="a number from 0 to 1, or a percentage such as 40%",
    )  # fmt: skip
    return None


def _affected(parts: dict[str, Any], place: Place, reading: Reading) -> AffectedService | None:
    begin, end = parts.get("from"), parts.get("to")
    if begin and end and minutes_between(begin, end) < 0:
        reading.error(
            place, "wrong-range", "the harm ends before it begins",
            found=f"{begin.isoformat()} to {end.isoformat()}", expected="“to” after “from”",
        )  # fmt: skip
        return None
    return AffectedService(parts["service"], begin, end, parts.get("fraction", 1.0))


@reads(
    lambda settings: shapes.word(settings.services) if settings.services.terms else shapes.SINGLE
)
def _service_name(value: Value, key: str, reading: Reading) -> str | None:
    name = read_string(value, key, reading)
    if not name or not reading.settings.services.terms:
        return name
    term = reading.term(name, reading.settings.services, "service", value.place)
    return term.name if term else None


@reads(lambda _: shapes.names(words.Vocabulary(tuple(words.Term(key, key) for key in KEYS))))
def _read_unconfirmed(value: Value, key: str, reading: Reading) -> tuple[str, ...] | None:
    names = read_names(value, key, reading)
    for name in names or ():
        if name not in KEYS:
            reading.warn(
                value.place, "unknown-key", f"“{name}” is no key of a report", found=name,
                suggestion=key_meant(name, KEYS),
            )  # fmt: skip
    return tuple(name for name in names or () if name in KEYS) or None


@reads(shapes.fixed({"type": ["object", "null"]}))
def _keep(value: Value, key: str, reading: Reading) -> None:
    """Look at no value: what a report brought along is kept for its author, and tells no fact."""
    if not isinstance(value, MapValue) and not (isinstance(value, Scalar) and value.value is None):
        wrong_type(value, key, reading, "a mapping of whatever the report had elsewhere")


def _entry(parts: dict[str, Any], place: Place, reading: Reading) -> Entry:
    del reading
    moment: Moment | None = parts.get("time")
    return Entry(
        moment, moment.isoformat() if moment else "", parts["text"], place, actor=parts.get("actor")
    )


def _action(parts: dict[str, Any], place: Place, reading: Reading) -> Action:
    del reading
    return Action(place=place, **parts)


_IMPACT: Mapping[str, Reader] = {
    "users": read_amount,
    "requests_failed": read_amount,
    "requests_total": read_amount,
    "revenue": read_amount,
    "complaints": read_amount,
    "data_loss": read_flag_or_text,
    "regions": read_names,
    "sla_breach": read_flag_or_text,
    "services": list_reader(
        mapping_reader(
            {
                "service": _service_name,
                "from": read_moment,
                "to": read_moment,
                "fraction": _read_fraction,
            },
            _affected,
            required=("service",),
        )
    ),
}

_ACTION: Mapping[str, Reader] = {
    "text": read_text,
    "owner": read_string,
    "priority": read_string,
    "horizon": word_reader(lambda _: words.HORIZONS),
    "type": word_reader(lambda _: words.ACTION_TYPES),
    "status": word_reader(lambda _: words.ACTION_STATUSES),
    "opened": read_day,
    "due": read_day,
    "closed": read_day,
    "reason": read_string,
    "verification": read_text,
    "url": read_string,
}


def _cause(vocabulary_name: str) -> Reader:
    def find(settings: ReadingSettings) -> words.Vocabulary:
        return settings.triggers if vocabulary_name == "trigger" else settings.root_causes

    return mapping_reader(
        {"category": word_reader(find), "text": read_text},
        lambda parts, _place, _reading: Cause(parts.get("category"), parts.get("text")),
        short="category",
    )


@reads(shapes.fixed({"enum": [*RULES]}))
def _read_rule(value: Value, key: str, reading: Reading) -> str | None:
    """Read the name of a rule; whether there is one is told where it is ignored."""
    return read_string(value, key, reading)


def _ignored(parts: dict[str, Any], place: Place, reading: Reading) -> Ignored | None:
    rule: str = parts["rule"]
    if rule not in RULES:
        reading.warn(
            place, "unknown-rule", f"there is no rule “{rule}”", found=rule,
            suggestion=nearest(rule, RULES),
        )  # fmt: skip
        return None
    return Ignored(rule, place, parts.get("reason"))


_FACTOR = mapping_reader(
    {"category": word_reader(lambda _: words.FACTOR_CATEGORIES), "text": read_text},
    lambda parts, place, _: Factor(parts["text"], place, parts.get("category")),
    short="text",
    required=("text",),
)


_KEYS = (
    Key("id",
        "The report's own name, which others refer to. It has to be unique. The file's name "
        "without its ending where there is none.", read_string),
    Key("title", "What happened, in one line.", read_string),
    Key("summary", "One line more. Without it, the first sentences of the text's summary.",
        read_text),
    Key("kind",
        "`incident` (the usual one), `near_miss`, `drill` or `maintenance`. Only incidents "
        "count in figures.",
        word_reader(lambda _: words.KINDS)),
    Key("severity",
        "A severity of the site, `SEV1` to `SEV4` unless the site has its own. Common "
        "spellings (`P1`, `Critical`) are understood.",
        word_reader(lambda settings: settings.severities)),
    Key("status", "Of the document: `draft`, `in_review`, `reviewed`, `closed` or `archived`.",
        _read_status),
    Key("visibility", "Who may read it: `CLEAR`, `GREEN`, `AMBER`, `AMBER+STRICT` or `RED`.",
        word_reader(lambda _: words.VISIBILITIES)),
    Key("date", "The incident's day. Enough where no time is known.", read_day),
    Key("started", "First harm to users, not the change that led to it.", read_moment),
    Key("detected", "First alert or report.", read_moment),
    Key("acknowledged", "First responder at work.", read_moment),
    Key("mitigated", "Harm first reduced.", read_moment),
    Key("resolved", "Full recovery, not the all-clear after it.", read_moment),
    Key("published", "The day the report was published.", read_day),
    Key("updated", "The day it last changed.", read_day),
    Key("detection",
        "How it was noticed: `alert`, `customer_report`, `staff_observation`, "
        "`security_report`, `third_party` or `unknown`; or `{source: alert, by: on-call, "
        "note: PoolWait page}`.", mapping_reader(
        {"source": word_reader(lambda _: words.DETECTIONS), "by": read_string, "note": read_string},
        lambda parts, _place, _reading: Detection(
            parts.get("source"), parts.get("by"), parts.get("note")),
        short="source")),
    Key("services", "The services that were harmed, as a list.", _read_services),
    Key("trigger", "What happened: a word, or `{category: config_push, text: one line}`.",
        _cause("trigger")),
    Key("root_cause", "Why it could happen: a word, or `{category: saturation, text: one line}`.",
        _cause("root_cause")),
    Key("contributing_factors",
        "A list of sentences, or of `{category: technical, text: …}`. The categories are "
        "`technical`, `process`, `human` and `external`.",
        list_reader(_FACTOR)),
    Key("mitigation", "What reduced the harm, in one line.", read_text),
    Key("resolution", "What ended it for good.", read_text),
    Key("verification", "How recovery was verified.", read_text),
    Key("impact", "Users, requests, revenue, complaints, data loss, regions, SLA, services.",
        mapping_reader(_IMPACT, lambda parts, _place, _reading: parts)),
    Key("stated", "What the report itself states: an error budget and service levels.",
        mapping_reader(
            {"budget": list_reader(mapping_reader(
                {"service": _service_name, "percent": read_number, "window": read_string},
                lambda parts, _place, _reading: StatedBudget(
                    parts["percent"], parts.get("service"), parts.get("window")),
                required=("percent",))),
             "slis": _read_percentages},
            lambda parts, _place, _reading: parts)),
    Key("authors", "Who wrote the report.", read_names),
    Key("reviewers", "Who reviewed it.", read_names),
    Key("approvals", "A list of `{role: management, by: L. Brandt, date: 2025-10-09}`.",
        list_reader(mapping_reader(
        {"role": read_string, "by": read_string, "date": read_day},
        lambda parts, _place, _reading: Approval(parts["role"], parts["by"], parts.get("date")),
        required=("role", "by")))),
    Key("tags", "Free words.", read_names),
    Key("related",
        "A list of ids or paths, or of `{id: INC-2024-031, relation: recurrence_of, note: "
        "same pool}`. The relations are `recurrence_of`, `caused_by`, `same_cause`, `follows` "
        "and `related`.", list_reader(mapping_reader(
        {"id": read_string, "relation": word_reader(lambda _: words.RELATIONS),
         "note": read_string},
        lambda parts, place, _reading: Relation(
            parts["id"], parts.get("relation", "related"), place, parts.get("note")),
        short="id", required=("id",)))),
    Key("not_related", "Ids or paths of reports that look related and are not.", read_names),
    Key("links", 'A list of addresses, or of `{kind: fix, url: "https://…", title: …}`.',
        list_reader(mapping_reader(
        {"url": read_string, "kind": read_string, "title": read_string},
        lambda parts, _place, _reading: Link(
            parts["url"], parts.get("kind", "link"), parts.get("title")),
        short="url", required=("url",)))),
    Key("communication",
        'What was told outside: a list of `{channel: status_page, at: 2025-09-30T14:50Z, url: '
        '"https://…", text: …}`.',
        list_reader(mapping_reader(
            {"channel": read_string, "at": read_moment, "url": read_string, "text": read_string},
            lambda parts, _place, _reading: Communication(
                parts["channel"], parts.get("at"), parts.get("url"), parts.get("text")),
            short="channel", required=("channel",)))),
    Key("follow_up", "The later review: `{due: 2025-10-30, done: 2025-11-02, findings: …}`.",
        mapping_reader(
        {"due": read_day, "done": read_day, "findings": read_string},
        lambda parts, _place, _reading: FollowUp(
            parts.get("due"), parts.get("done"), parts.get("findings")),
        short="due")),
    Key("next_review", "The day it is to be read again.", read_day),
    Key("version", "The document's version.", read_string),
    Key("ignore",
        "[Rules](rules.md) that are not to be held against this report: a list of names, or of "
        "`{rule: nothing-preventive, reason: not worth its price}`.",
        list_reader(mapping_reader(
            {"rule": _read_rule, "reason": read_string}, _ignored,
            short="rule", required=("rule",)))),
    Key("unconfirmed",
        "Keys that were guessed, such as `[started, severity]`, until somebody confirms them: "
        "see [Import](importing.md).", _read_unconfirmed),
    Key("timeline", "A list of {time, text, actor}; only where the body has none.",
        list_reader(mapping_reader(
            {"time": read_moment, "text": read_text, "actor": read_string}, _entry,
            required=("text",)))),
    Key("actions", "A list of action items; only where the body has none.",
        list_reader(mapping_reader(_ACTION, _action, short="text", required=("text",)))),
    Key("imported",
        "What the report's front matter held elsewhere: a mapping of anything. It tells no fact "
        "and is never published.", _keep),
)  # fmt: skip

KEYS: Mapping[str, Key] = MappingProxyType({key.name: key for key in _KEYS})


def read_front_matter(tree: MapValue, reading: Reading) -> dict[str, Fact]:
    """Return the facts that the front matter tells, by key."""
    facts: dict[str, Fact] = {}
    for name, value in tree.items.items():
        key = KEYS.get(name)
        if key is None:
            meant = key_meant(name, KEYS)
            reading.warn(
                tree.key_places[name], "unknown-key", f"“{name}” is no key of a report", found=name,
                expected=None if meant else "a key from the guide's page on front matter",
                suggestion=meant,
            )  # fmt: skip
            continue
        result = key.read(value, name, reading)
        if result is not None:
            facts[name] = Fact(result, value.place)
    _ask_for_confirmation(facts, tree, reading)
    return facts


def _ask_for_confirmation(facts: Mapping[str, Fact], tree: MapValue, reading: Reading) -> None:
    if "unconfirmed" not in facts:
        return
    listed = facts["unconfirmed"]
    for name in listed.value:
        place = tree.items[name].place if name in tree.items else listed.place
        reading.hint(
            place, "unconfirmed", f"“{name}” was guessed, and nobody has confirmed it yet",
            found=name, expected="the right value, and the key taken off “unconfirmed”",
        )  # fmt: skip
