"""What other tools and teams call the keys of a report's front matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from postmortem_archive.report.problem import nearest
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

MEANT: Mapping[str, str] = MappingProxyType(
    {fold(name): key for key, names in NAMES.items() for name in names}
)
"""The archive's key for each of these names, as `fold` writes it."""

# The same of the keys within a key, whichever it is.
_PARTS = {
    "text": ("title", "description", "what", "event", "action", "task", "item", "name", "summary"),
    "owner": ("assignee", "assigned_to", "responsible", "who", "dri", "team"),
    "due": ("deadline", "due_date", "eta", "by_when", "target_date"),
    "done": ("held", "completed", "closed"),
    "status": ("state", "progress"),
    "opened": ("created", "created_at", "opened_at"),
    "closed": ("completed", "closed_at", "done_on", "finished"),
    "reason": ("why", "note", "comment"),
    "time": ("at", "when", "timestamp", "date"),
    "at": ("time", "when", "timestamp", "date"),
    "date": ("at", "on", "when", "day"),
    "actor": ("who", "by", "person", "owner"),
    "by": ("who", "name", "person"),
    "url": ("href", "link", "address", "ticket", "issue"),
    "kind": ("type", "category"),
    "type": ("kind", "category"),
    "id": ("report", "incident", "target", "path", "ref"),
    "relation": ("type", "kind"),
    "source": ("type", "category", "method"),
    "note": ("comment", "method", "text", "reason"),
    "category": ("type", "kind"),
    "users": ("customers", "accounts", "affected_users", "users_affected"),
    "requests_failed": ("failed_requests", "requests", "errors"),
    "requests_total": ("total_requests",),
    "revenue": ("cost", "loss", "money"),
    "service": ("name", "component", "system"),
    "from": ("start", "started", "begin", "since"),
    "to": ("end", "ended", "until", "resolved"),
    "fraction": ("share", "percent", "percentage", "ratio"),
    "percent": ("share", "fraction", "consumed"),
    "min": ("low", "from", "minimum"),
    "max": ("high", "to", "maximum"),
}  # fmt: skip
_WITHIN = {fold(key): {fold(name) for name in names} for key, names in _PARTS.items()}
_SHORTEST_OPENING = 3


def key_meant(name: str, keys: Iterable[str]) -> str | None:
    """Return the key of a report that an unknown one was most likely meant to be."""
    return MEANT.get(fold(name)) or _alike(name, list(keys))


def part_meant(name: str, keys: Iterable[str]) -> str | None:
    """Return the same for a key within a key, of which `keys` are those that there are."""
    keys = list(keys)
    meant = [key for key in keys if fold(name) in _WITHIN.get(fold(key), ())]
    return _alike(name, keys) or (meant[0] if meant else None)


def _alike(name: str, keys: list[str]) -> str | None:
    """Return the key of another spelling, one that is close, or the only one that begins so."""
    folded = fold(name)
    same = next((key for key in keys if fold(key) == folded), None)
    opened = [k for k in keys if len(folded) >= _SHORTEST_OPENING and fold(k).startswith(folded)]
    return same or nearest(name, keys) or (opened[0] if len(opened) == 1 else None)
