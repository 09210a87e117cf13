"""From an incident to the text of its report, in one of the formats that people write."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scale.scenario import Scenario
from scale.simulate import Incident
from scale.words import Cast, aside, cast, paragraph, person, service

_HERE = Path(__file__).parent


@functools.cache
def modes() -> list[dict[str, str]]:
    """Return the ways in which things fail."""
    return list(yaml.safe_load((_HERE / "modes.yaml").read_text("utf-8")))


@functools.cache
def _formats() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "formats"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 -- this writes Markdown
    )
    environment.filters["iso"] = lambda moment: f"{moment:%Y-%m-%dT%H:%MZ}"
    environment.filters["minute"] = lambda moment: f"{moment:%Y-%m-%d %H:%M}"
    return environment


@dataclass(frozen=True, slots=True)
class _Row:
    time: str
    text: str
    actor: str


@dataclass(frozen=True, slots=True)
class _Promise:
    text: str
    owner: str
    due: dt.date
    done: bool


def path_of(incident: Incident) -> str:
    """Return the path of an incident's report from the docs folder."""
    return f"{incident.started.year}/{incident.id}.md"


def text_of(incident: Incident, scenario: Scenario) -> str:
    """Return the report of an incident."""
    rng = Random(f"{scenario.seed} {incident.id}")
    names = _names(incident, scenario, rng)
    mode = modes()[incident.mode]
    # Tables and headings have about 330 words; some reports are four times as long as others.
    length = max(20, scenario.words - 330) * rng.choice((0.3, 0.6, 0.9, 1.1, 1.4, 1.9))

    def some(share: float) -> str:
        return paragraph(rng, names, max(1, round(share * length)))

    told: dict[str, Any] = {
        "incident": incident,
        "names": names,
        "mode": mode,
        "title": names.fill(mode["title"]),
        "summary": f"{names.fill(mode['title'])}. {mode['symptom']}",
        "mechanism": f"{names.fill(mode['mechanism'])} The log said `{names.error}`.",
        "mitigation": names.fill(mode["mitigation"]),
        "resolution": names.fill(mode["resolution"]),
        "services": [service(rank) for rank in incident.services],
        "authors": [person(rng) for _ in range(rng.choice((1, 1, 2)))],
        "published": incident.resolved.date() + dt.timedelta(days=rng.randrange(2, 15)),
        "first": incident.first if rng.random() < scenario.told else None,
        "timeline": list(_timeline(incident, names, rng)),
        "actions": list(_actions(incident, names, mode["action"], rng)),
        "factors": [aside(rng, names) for _ in range(rng.randrange(1, 4))],
        "aside": lambda: aside(rng, names),
        "paragraph": some,
    }
    return _formats().get_template(f"{incident.form}.md.jinja").render(told)


def _names(incident: Incident, scenario: Scenario, rng: Random) -> Cast:
    """Return an incident's own names, or those of its family with some of them left out."""
    own = cast(rng)
    if incident.family is None:
        return own
    shared = cast(Random(f"{scenario.seed} family {incident.family}"))
    kept = {name: getattr(shared, name) for name in ("setting", "error", "metric")}
    kept = {name: value for name, value in kept.items() if rng.random() < 0.8}
    return replace(own, component=shared.component, **kept)


def _timeline(incident: Incident, names: Cast, rng: Random) -> Iterator[_Row]:
    told = {
        incident.started: ("First failed requests", "System"),
        incident.detected: (f"Alert on `{names.metric}`, on-call is told", "System"),
        incident.acknowledged: ("On-call answers", "On-call"),
        incident.mitigated: ("Errors fall after a first measure", "Engineer"),
        incident.resolved: ("All back to normal", "On-call"),
    }
    span = (incident.resolved - incident.started) // dt.timedelta(minutes=1)
    for _ in range(rng.randrange(2, 7)):
        moment = incident.started + dt.timedelta(minutes=rng.randrange(span))
        told.setdefault(moment, (aside(rng, names), "Engineer"))
    days = incident.started.date() != incident.resolved.date()
    for moment in sorted(moment for moment in told if moment):
        text, actor = told[moment]
        yield _Row(f"{moment:%Y-%m-%d %H:%M}" if days else f"{moment:%H:%M}", text, actor)


def _actions(incident: Incident, names: Cast, first: str, rng: Random) -> Iterator[_Promise]:
    extra = [mode["action"] for mode in rng.sample(modes(), rng.randrange(3))]
    for text in dict.fromkeys((first, *extra)):
        due = incident.resolved.date() + dt.timedelta(days=rng.randrange(7, 120))
        yield _Promise(names.fill(text), person(rng), due, rng.random() < 0.65)
