"""The archive's words for the sections of a report, and the headings that stand for them.

A heading is compared without emoji, numbering, bold, case and what stands in parentheses. Every
heading of the five formats is here, so that each has a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# Name of the section -> the headings that stand for it, anywhere in a report.
_ANYWHERE: Mapping[str, tuple[str, ...]] = {
    "summary": (
        "executive summary",
        "incident summary",
        "summary",
        "overview",
        "abstract",
        "tldr",
        "tl;dr",
        "zusammenfassung",
        "résumé",
        "brief summary",
    ),
    "incident_details": (
        "incident details",
        "metadata",
        "incident information",
        "key facts",
        "incident metadata",
        "document information",
    ),
    "key_events": ("key events", "key times"),
    "timeline": (
        "timeline",
        "timeline of events",
        "incident timeline",
        "chronology",
        "sequence of events",
        "event timeline",
        "zeitleiste",
        "zeitlicher ablauf",
        "chronologie",
    ),
    "impact": (
        "impact",
        "impact assessment",
        "impact analysis",
        "auswirkungen",
        "auswirkung",
        "customer and business impact",
    ),
    "customer_impact": ("customer impact", "user impact"),
    "business_impact": ("business impact",),
    "technical_impact": ("technical impact",),
    "service_level_impact": ("service level impact",),
    "scope": ("geographic/component scope", "scope", "affected components"),
    "quantitative_impact": ("quantitative impact",),
    "slo_impact": ("slo impact calculation", "slo impact", "error budget impact"),
    "external_communication": ("external communication", "communication", "communications"),
    "root_cause": (
        "root cause analysis",
        "root cause",
        "root causes",
        "rca",
        "cause",
        "causes",
        "root cause analysis rca",
        "ursache",
        "ursachenanalyse",
        "cause racine",
    ),
    "primary_cause": ("primary cause", "primary root cause", "what went wrong technically"),
    "contributing_factors": (
        "contributing factors",
        "contributing factor",
        "contributing causes",
        "beitragende faktoren",
    ),
    "what_happened": ("what happened",),
    "five_whys": ("why it happened", "five whys", "5 whys", "why", "the five whys"),
    "trigger": ("trigger", "auslöser"),
    "detection": ("detection", "how we detected it", "how was it detected"),
    "detection_delay": ("why detection was delayed",),
    "recovery_delay": ("why recovery took so long",),
    "response": ("response",),
    "resolution": (
        "resolution",
        "resolution & recovery",
        "resolution and recovery",
        "recovery",
        "mitigation & resolution",
        "mitigation and resolution",
        "behebung",
        "fix",
    ),
    "mitigation": ("mitigation", "immediate mitigation", "temporary fix", "workaround"),
    "permanent_resolution": ("permanent resolution", "permanent fix"),
    "lessons": (
        "lessons learned",
        "lessons",
        "learnings",
        "takeaways",
        "key takeaways",
        "lessons learnt",
        "erkenntnisse",
        "gelernte lektionen",
    ),
    "technical_lessons": ("technical lessons",),
    "process_lessons": ("process lessons",),
    "organizational_lessons": ("organizational lessons", "organisational lessons"),
    "went_well": ("what went well", "went well", "what worked well", "was gut lief"),
    "good_responses": ("good responses",),
    "held_up": ("systems that held up",),
    "went_poorly": (
        "what went wrong",
        "what went poorly",
        "what went badly",
        "went poorly",
        "what didnt go so well",
        "what didnt go well",
        "what needs improvement",
        "what did not go well",
        "was schlecht lief",
    ),
    "response_issues": ("response issues",),
    "prevention_gaps": ("prevention gaps",),
    "to_improve": ("what could be improved", "what can be improved", "areas for improvement"),
    "lucky": ("where we got lucky", "lucky", "what was lucky", "where were we lucky"),
    "actions": (
        "action items",
        "actions",
        "action item",
        "corrective actions",
        "corrective action",
        "follow-up actions",
        "followup actions",
        "next steps",
        "remediation items",
        "remediation actions",
        "review actions",
        "maßnahmen",
        "actions correctives",
        "action points",
        "follow-up items",
        "todo",
        "to do",
    ),
    "immediate_actions": ("immediate actions", "immediate"),
    "short_term_actions": ("short-term actions", "short-term", "short term"),
    "medium_term_actions": ("medium-term actions", "medium-term", "mid-term", "medium term"),
    "long_term_actions": ("long-term actions", "long-term", "long term"),
    "preventive_measures": (
        "preventative measures",
        "preventive measures",
        "preventive actions",
        "preventative actions",
    ),
    "prevention": ("prevention", "prevention measures", "how we'll prevent this"),
    "prevent_this": ("how well prevent this specific issue",),
    "prevent_similar": ("how well prevent similar issues",),
    "process_improvements": ("process improvements",),
    "technical_improvements": ("technical improvements",),
    "monitoring_improvements": (
        "monitoring improvements",
        "detection & monitoring improvements",
        "detection and monitoring improvements",
    ),
    "new_alerts": ("new alerts to create", "new alerts"),
    "monitoring_gaps": ("monitoring gaps to fill", "monitoring gaps"),
    "dashboards": ("improved dashboards",),
    "code_review": ("code review",),
    "testing": ("testing",),
    "deployment": ("deployment",),
    "documentation": ("documentation",),
    "metrics": ("metrics and kpis", "metrics and measurements", "metrics", "stats", "statistics"),
    "response_metrics": ("response metrics", "response time metrics"),
    "quality_metrics": ("quality metrics",),
    "follow_up_metrics": ("follow-up metrics",),
    "follow_up": ("follow-up review", "followup review", "follow up review"),
    "supporting_information": ("supporting information",),
    "related": ("related incidents", "related incident", "similar incidents"),
    "links": ("relevant links", "links"),
    "code_changes": ("code changes",),
    "monitoring_logs": ("monitoring & logs", "monitoring and logs"),
    "references": ("references", "external references"),
    "evidence": ("data and evidence", "evidence", "supporting evidence"),
    "graphs": ("relevant graphs", "graphs"),
    "sign_off": ("sign-off and approval", "sign-off", "sign off and approval", "approval"),
    "approvals": ("review and approval",),
    "distribution": ("distribution list", "distribution"),
    "appendix": ("appendices", "appendix"),
    "technical_details": ("technical details", "detailed technical information"),
    "communication_logs": ("communication logs", "communication samples"),
    "supporting_documentation": ("supporting documentation",),
}

# Headings that mean something else below a certain section.
_WITHIN: Mapping[tuple[str, str], str] = {
    ("timeline", "detection"): "timeline_detection",
    ("timeline", "response"): "timeline_response",
    ("timeline", "resolution"): "timeline_resolution",
    ("timeline", "detection and response"): "timeline_detection",
    ("timeline", "investigation and escalation"): "timeline_response",
    ("timeline", "resolution and recovery"): "timeline_resolution",
    ("timeline", "impact"): "",
    ("root_cause", "what went wrong"): "primary_cause",
    ("root_cause", "what happened"): "what_happened",
    ("actions", "prevention"): "",
    ("actions", "documentation"): "",
    ("actions", "testing"): "",
}

# Bounded, because what is not closed would be looked for again from every opening.
_NOISE = re.compile(r"\([^()]{0,100}\)|\[[^\[\]]{0,100}\]")
_LONGEST_HEADING = 200
_NUMBERING = re.compile(
    r"^(?:(?:step|part|section)\s+)?(?:\d+(?:\.\d+)*[.):]?|[ivx]+[.)]|[a-z][.)])\s+", re.IGNORECASE
)
_LEADING = re.compile(r"^[\W_]+")
_LETTERS = re.compile(r"[^\w&/;\s-]+")


def fold_heading(title: str) -> str:
    """Return the form in which headings are compared."""
    text = _NOISE.sub(" ", title).replace("’", "").replace("'", "")
    text = _NUMBERING.sub("", _LEADING.sub("", text) + " ")
    text = _LETTERS.sub(" ", text).replace("_", " ")
    return " ".join(text.split()).casefold().strip(" -")


def _index() -> Mapping[str, str]:
    spellings: dict[str, str] = {}
    for name, titles in _ANYWHERE.items():
        for title in (name.replace("_", " "), *titles):
            spellings.setdefault(fold_heading(title), name)
    return MappingProxyType(spellings)


_BY_HEADING = _index()

SECTION_NAMES = tuple(_ANYWHERE)


@lru_cache(maxsize=4096)
def section_name(title: str, parents: tuple[str | None, ...] = ()) -> str | None:
    """Return the archive's word for a heading, None for a heading of the author's own.

    `parents` are the names of the sections around it, outermost first.
    """
    if len(title) > _LONGEST_HEADING:
        return None
    folded = fold_heading(title)
    for parent in reversed(parents):
        if parent and (name := _WITHIN.get((parent, folded))) is not None:
            return name or None
    if folded.startswith("timeline "):
        return "timeline"
    return _BY_HEADING.get(folded)
