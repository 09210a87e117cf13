"""What other tools and teams call the keys of a report's front matter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.front.yaml_tree import Scalar, read_mapping
from postmortem_archive.report.problem import Level, Problem, Problems, nearest
from postmortem_archive.report.vocabulary import fold

# Only names that mean one thing wherever they are used: `created_at` may be a ticket's, `owner`
# an incident's, `state` anything's. Whatever is not here is kept, and can be given a home by hand.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("incident_id", "incident_number", "incident", "report_id", "postmortem_id"),
    "title": ("headline", "subject"),
    "summary": ("description", "abstract", "excerpt", "tldr", "synopsis"),
    "kind": ("incident_kind",),
    "severity": ("sev", "severity_level", "incident_severity", "priority"),
    "status": ("document_status", "report_status"),
    "visibility": ("tlp",),
    "date": ("incident_date", "date_of_incident", "occurred", "occurred_on", "day"),
    "started": (
        "start", "start_time", "started_at", "start_at", "started_on", "begin", "began",
        "begin_time", "incident_start", "outage_start", "impact_start", "occurred_at",
    ),
    "detected": (
        "detected_at", "detection_time", "time_detected", "discovered", "discovered_at",
        "time_of_detection", "reported_at",
    ),
    "acknowledged": ("acknowledged_at", "acked", "acked_at", "ack_time", "time_acknowledged"),
    "mitigated": ("mitigated_at", "time_mitigated", "mitigated_on"),
    "resolved": (
        "end", "end_time", "ended", "ended_at", "end_at", "finished", "finished_at", "resolved_at",
        "resolved_on", "time_resolved", "incident_end", "outage_end", "impact_end", "recovered_at",
    ),
    "published": (
        "publish_date", "published_at", "published_on", "pubdate", "pub_date", "date_published",
        "publication_date", "report_date",
    ),
    "updated": (
        "last_updated", "lastmod", "last_modified", "last_modified_at", "modified", "modified_at",
        "updated_at", "date_modified",
    ),
    "services": (
        "service", "affected_services", "services_affected", "affected_service", "affected",
        "component", "components", "system", "systems", "affected_systems", "impacted_services",
    ),
    "trigger": ("triggered_by",),
    "root_cause": ("cause", "root_causes"),
    "contributing_factors": ("contributing_factor", "factors"),
    "detection": ("detected_by", "detection_source", "detection_method", "how_detected"),
    "resolution": ("fix",),
    "authors": ("author", "written_by", "writer", "writers", "by"),
    "reviewers": ("reviewer", "reviewed_by"),
    "tags": ("tag", "categories", "category", "labels", "keywords"),
    "related": ("related_incidents", "related_reports"),
    "links": ("link", "url", "urls", "source_url", "canonical_url", "references"),
    "impact.users": ("users_affected", "affected_users", "customers_affected", "impacted_users"),
    "impact.regions": ("regions", "region", "affected_regions"),
    "actions": ("action_items",),
    "timeline": ("events",),
    "next_review": ("review_on", "review_date"),
}  # fmt: skip

TARGETS = frozenset({*KEYS, *(name for name in NAMES if "." in name)}) - {"imported"}
"""What a foreign key can be given as its home."""

_BUILT_IN: Mapping[str, str] = MappingProxyType(
    {fold(name): key for key, names in NAMES.items() for name in names}
)


class KeyMap:
    """Finds the archive's key for a foreign one: by the author's own mapping, then by its name.

    `own` maps foreign keys to the archive's, or to None for one that is to be kept as it is.
    """

    def __init__(self, own: Mapping[str, str | None] = MappingProxyType({})) -> None:
        self._own = {fold(name): home for name, home in own.items()}

    def home(self, name: str) -> str | None:
        """Return the archive's key for a key of any front matter, None where there is none."""
        folded = fold(name)
        if folded in self._own:
            return self._own[folded]
        return name if name in TARGETS else _FOLDED.get(folded) or _BUILT_IN.get(folded)


_FOLDED: Mapping[str, str] = MappingProxyType(
    {fold(name): name for name in KEYS if name in TARGETS}
)


def read_key_map(text: str, path: str) -> tuple[KeyMap, tuple[Problem, ...]]:
    """Read an author's own mapping, lines of `their_key: our_key`, with all that is wrong in it."""
    problems = Problems(path)
    own: dict[str, str | None] = {}
    for name, value in read_mapping(text, 1, problems).items.items():
        if not isinstance(value, Scalar):
            problems.add(
                value.place, Level.ERROR, "wrong-type", f"“{name}” is {value.kind}",
                expected="a key of the archive",
            )  # fmt: skip
        elif value.value is not None and value.text not in TARGETS:
            problems.add(
                value.place, Level.ERROR, "unknown-key", f"“{value.text}” is no key of a report",
                found=value.text, suggestion=nearest(value.text, TARGETS),
            )  # fmt: skip
        else:
            own[name] = None if value.value is None else value.text
    return KeyMap(own), problems.all()
