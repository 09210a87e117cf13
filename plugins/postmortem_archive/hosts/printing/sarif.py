"""Problems as SARIF 2.1.0, which code scanning services take."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from urllib.parse import quote

from postmortem_archive.hosts.baseline import Entry, entry
from postmortem_archive.hosts.checking import Outcome
from postmortem_archive.hosts.commands.answers import dump
from postmortem_archive.report.problem import Level, Problem
from postmortem_archive.report.rules.registry import RULES

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}
_PACKAGE = "postmortem-archive"


def dumps(outcome: Outcome) -> str:
    """Return one run, with the rules that were broken in it."""
    names = sorted({problem.rule for problem in outcome.problems})
    driver = {
        "name": _PACKAGE,
        "semanticVersion": version(_PACKAGE),
        "rules": [_rule(name, outcome.rule_pages.get(name)) for name in names],
    }
    return dump(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "columnKind": "unicodeCodePoints",
                    "results": list(_results(outcome, names)),
                }
            ],
        }
    )


def _rule(name: str, page: str | None) -> dict[str, object]:
    rule = RULES[name]
    told: dict[str, object] = {
        "id": name,
        "shortDescription": {"text": _plain(rule.about)},
        "fullDescription": {"text": _plain(rule.why)},
        "help": {
            "text": _plain(f"{rule.why} {rule.mend}"),
            "markdown": f"{rule.why}\n\n{rule.mend}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": [rule.topic]},
    }
    return told | ({"helpUri": page} if page else {})


def _plain(markdown: str) -> str:
    """Return a rule's inline Markdown, which has no more than code in it, as plain text."""
    return markdown.replace("`", "")


def _results(outcome: Outcome, names: list[str]) -> Iterator[dict[str, object]]:
    seen: Counter[Entry] = Counter()
    for problem in outcome.problems:
        same = entry(problem)
        seen[same] += 1
        yield {
            "ruleId": problem.rule,
            "ruleIndex": names.index(problem.rule),
            "level": _LEVELS[problem.level],
            "message": {"text": problem.sentence},
            "locations": [_location(problem)],
            "partialFingerprints": {"problem/v1": _fingerprint(same, seen[same])},
        }


def _location(problem: Problem) -> dict[str, object]:
    return {
        "physicalLocation": {
            # Relative to where the command runs: the root of the sources, for a service. A name
            # need not be text: then its bytes stand in the address.
            "artifactLocation": {
                "uri": quote(os.fsencode(problem.path)),
                "uriBaseId": "%SRCROOT%",
            },
            "region": {"startLine": problem.place.line, "startColumn": problem.place.column},
        }
    }


def _fingerprint(same: Entry, number: int) -> str:
    """Return what tells a problem from all others when lines have moved."""
    told = "\0".join((*same, str(number)))
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()
