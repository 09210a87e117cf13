"""The labels that reports give their fields (`**Start Time:** …`), and the key each stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# Key -> labels. A key with a dot is a part of a front-matter key; one in capitals is no
# front-matter key, but a named part of the text.
_LABELS: Mapping[str, tuple[str, ...]] = {
    "id": ("incident id", "incident number", "id", "incident no", "vorfall-id"),
    "date": ("date", "date of incident", "incident date", "date of the incident", "datum"),
    "started": ("start time", "incident start", "started", "start", "impact start", "began",
                "incident started", "beginn"),
    "detected": ("first detected", "detected", "detection time", "time detected", "detected at"),
    "acknowledged": ("acknowledged", "acknowledged at"),
    "mitigated": ("mitigated", "mitigated at", "repaired"),
    "resolved": ("end time", "incident end", "resolved", "ended", "end", "resolved at",
                 "incident resolved", "ende"),
    "duration": ("duration", "incident duration", "duration of impact", "total duration",
                 "outage duration", "dauer"),
    "when": ("when", "time of incident"),
    "severity": ("severity", "sev", "severity level", "incident severity", "schweregrad"),
    "status": ("status",),
    "visibility": ("visibility", "tlp", "tlp label", "classification"),
    "document_status": ("document status", "report status"),
    "services": ("affected services", "services affected", "services", "service affected",
                 "service", "services impacted", "affected service", "impacted services",
                 "betroffene dienste"),
    "authors": ("author", "authors", "report prepared by", "prepared by", "written by",
                "report author", "autor"),
    "reviewers": ("reviewers", "reviewer", "reviewed by"),
    "review.technical": ("technical review",),
    "review.management": ("management review",),
    "review.final": ("final approval",),
    "updated": ("last updated", "updated"),
    "published": ("published", "date published", "publication date", "published on"),
    "next_review": ("next review date", "next review"),
    "version": ("version",),
    "impact.users": ("users affected", "total users affected", "customers impacted",
                     "customers affected", "affected users", "impacted users"),
    "impact.requests_failed": ("failed requests", "requests affected", "requests failed"),
    "impact.requests_total": ("total requests",),
    "impact.revenue": ("revenue impact", "estimated revenue loss"),
    "impact.complaints": ("customer complaints", "complaints"),
    "impact.data_loss": ("data loss",),
    "impact.regions": ("regions", "geographic impact"),
    "impact.sla_breach": ("sla breaches", "sla breach"),
    "stated.budget": ("error budget impact", "error budget consumed", "slo budget consumed"),
    "detection.note": ("method", "how was the incident detected", "identified",
                       "detection method", "detection source", "how detected"),
    "detection.by": ("detected by",),
    "root_cause.text": ("root cause", "primary cause", "cause"),
    "mitigation": ("temporary fix", "immediate mitigation", "mitigation", "workaround"),
    "resolution": ("resolution method", "permanent fix", "resolution", "permanent resolution"),
    "verification": ("verification",),
    "summary": ("what", "summary"),
    "follow_up.due": ("review date",),
    "time": ("time", "zeit"),
    "CONTRIBUTING": ("contributing factors", "contributing factor"),
    "ACTIONS_TAKEN": ("actions taken",),
    "ESCALATION": ("escalation",),
    "EVIDENCE": ("supporting evidence", "evidence"),
    "WHAT_WORKED": ("what worked",),
    "WHAT_BROKE": ("what could users not do",),
    "WENT_WELL": ("what worked well", "what went well", "what went well in the response"),
    "WENT_POORLY": ("what needs improvement", "what went poorly", "what went wrong"),
    "TO_IMPROVE": ("what could be improved",),
    "SOONER": ("could we have detected it sooner",),
    "FOLLOW_UP_QUESTIONS": ("review questions",),
    "LINK": ("incident slack channel", "alert dashboard", "dashboard", "log analysis", "logs",
             "code changes", "configuration changes", "problematic commit", "fix commit",
             "rollback commit", "metrics"),
}  # fmt: skip

_NOISE = re.compile(r"\([^()]{0,100}\)")


@lru_cache(maxsize=4096)
def fold_label(label: str) -> str:
    """Return the form in which labels are compared."""
    text = _NOISE.sub("", label).casefold()
    return " ".join(re.sub(r"[^\w\s/&.-]+", " ", text).split()).strip(" .-")


_BY_LABEL = MappingProxyType(
    {fold_label(label): key for key, labels in _LABELS.items() for label in labels}
)


def key_of(label: str) -> str | None:
    """Return the key that a label stands for, None for an unknown one."""
    return _BY_LABEL.get(fold_label(label))
