"""English, with every heading and label of the five formats."""

from __future__ import annotations

import calendar

from postmortem_archive.report.languages.language import Language

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}

_WEEKDAYS = {
    name.casefold(): number
    for names in (calendar.day_name, calendar.day_abbr)
    for number, name in enumerate(names)
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

# “Remediation items”, “follow-up tasks”: what is promised, by what it is for.
_PROMISES = tuple(
    f"{purpose} {promise}"
    for purpose in (
        "corrective", "follow up", "followup", "improvement", "remediation", "remedial",
        "resulting", "agreed", "post incident", "post mortem", "postmortem",
    )
    for promise in ("action", "actions", "action items", "items", "points", "tasks", "measures",
                    "to dos", "tickets")
)  # fmt: skip

_SECTIONS = {
    "summary": (
        "executive summary", "incident summary", "summary", "overview", "abstract", "tldr",
        "tl;dr", "brief summary", "issue summary", "summary of the incident", "incident overview",
        "synopsis", "short summary", "in short", "problem summary", "incident description",
        "description of the incident", "description",
    ),
    "incident_details": (
        "incident details", "metadata", "incident information", "key facts", "incident metadata",
        "document information", "incident info", "key information", "incident data",
        "general information", "basic information", "incident facts", "quick facts", "at a glance",
    ),
    "key_events": ("key events", "key times", "key dates", "important times"),
    "timeline": (
        "timeline", "timeline of events", "incident timeline", "chronology", "sequence of events",
        "event timeline", "event log", "log of events", "timeline of the incident",
        "detailed timeline", "key timeline", "chronology of events", "chronological timeline",
        "incident chronology", "event history", "incident log", "log of the incident",
    ),
    "impact": (
        "impact", "impact assessment", "impact analysis", "customer and business impact",
        "incident impact", "consequences", "impact summary", "summary of impact",
        "business and technical impact", "impact and scope", "blast radius", "who was affected",
        "impact on customers", "impact on users",
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
        "root cause analysis", "root cause", "root causes", "rca", "cause", "causes",
        "root cause analysis rca", "root cause and contributing factors", "underlying cause",
        "cause analysis", "cause of the incident",
        "what caused it", "what caused the incident",
    ),
    "primary_cause": ("primary cause", "primary root cause", "what went wrong technically"),
    "contributing_factors": (
        "contributing factors", "contributing factor", "contributing causes",
        "contributing conditions", "factors that contributed", "contributory factors",
        "aggravating factors",
    ),
    "what_happened": ("what happened",),
    "five_whys": (
        "why it happened", "five whys", "5 whys", "why", "the five whys", "why did it happen",
        "why did this happen", "5 whys analysis", "five whys analysis", "the 5 whys",
    ),
    "trigger": ("trigger", "what triggered it"),
    "detection": (
        "detection", "how we detected it", "how was it detected", "how we noticed",
        "how did we find out", "how was the incident detected", "how it was detected",
    ),
    "detection_delay": ("why detection was delayed",),
    "recovery_delay": ("why recovery took so long",),
    "response": ("response",),
    "resolution": (
        "resolution", "resolution & recovery", "resolution and recovery", "recovery",
        "mitigation & resolution", "mitigation and resolution", "fix"
    ),
    "mitigation": ("mitigation", "immediate mitigation", "temporary fix", "workaround"),
    "permanent_resolution": ("permanent resolution", "permanent fix"),
    "lessons": (
        "lessons learned", "lessons", "learnings", "takeaways", "key takeaways",
        "lessons learnt", "what we learned", "what have we learned", "learned lessons",
    ),
    "technical_lessons": ("technical lessons",),
    "process_lessons": ("process lessons",),
    "organizational_lessons": ("organizational lessons", "organisational lessons"),
    "went_well": (
        "what went well", "went well", "what worked well", "what went right", "the good",
        "what we did well", "what did we do well", "things that went well",
    ),
    "good_responses": ("good responses",),
    "held_up": ("systems that held up",),
    "went_poorly": (
        "what went wrong", "what went poorly", "what went badly", "went poorly",
        "what didnt go so well", "what didnt go well", "what needs improvement",
        "what did not go well", "the bad", "what went less well", "what didnt work",
        "what did not work", "what did not go so well", "things that went wrong",
        "things that went poorly", "things that didnt go well",
    ),
    "response_issues": ("response issues",),
    "prevention_gaps": ("prevention gaps",),
    "to_improve": (
        "what could be improved", "what can be improved", "areas for improvement",
        "what could have gone better", "what could go better", "what could be better",
        "what can we improve", "what we could improve", "what could we improve",
        "opportunities for improvement", "improvement opportunities", "areas to improve",
    ),
    "lucky": (
        "where we got lucky", "lucky", "what was lucky", "where were we lucky", "luck",
        "where did we get lucky", "where we were lucky", "how we got lucky", "got lucky",
        "we got lucky",
    ),
    "actions": (
        "action items", "actions", "action item", "action points", "action list", "action plan",
        "open actions", "open action items", "planned actions", "review actions",
        "action items and follow ups", "tasks", "todo", "todos", "to do", "to dos", "next steps",
        "corrective and preventative measures", "corrective and preventive measures",
        "corrective and preventive actions", "follow ups", "followups", *_PROMISES,
    ),
    "immediate_actions": (
        "immediate actions", "immediate", "immediate improvements", "immediate fixes",
    ),
    "short_term_actions": (
        "short-term actions", "short-term", "short term", "short-term improvements",
        "short-term fixes",
    ),
    "medium_term_actions": (
        "medium-term actions", "medium-term", "mid-term", "medium term",
        "medium-term improvements", "medium-term fixes",
    ),
    "long_term_actions": (
        "long-term actions", "long-term", "long term", "long-term improvements",
        "long-term fixes",
    ),
    "preventive_measures": (
        "preventative measures", "preventive measures", "preventive actions",
        "preventative actions"
    ),
    "prevention": ("prevention", "prevention measures", "how we'll prevent this"),
    "prevent_this": ("how well prevent this specific issue",),
    "prevent_similar": ("how well prevent similar issues",),
    "process_improvements": ("process improvements",),
    "technical_improvements": ("technical improvements",),
    "monitoring_improvements": (
        "monitoring improvements", "detection & monitoring improvements",
        "detection and monitoring improvements"
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
    "related": (
        "related incidents", "related incident", "similar incidents", "related reports",
        "related postmortems", "previous incidents",
    ),
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
}  # fmt: skip

# Headings that mean something else below a certain section.
_WITHIN = {
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

# A key with a dot is a part of a front-matter key; one in capitals is no front-matter key, but a
# named part of the text.
_LABELS = {
    "id": (
        "incident id", "incident number", "id", "incident no", "incident", "incident reference",
        "incident ref", "incident key", "postmortem id", "post-mortem id", "report id",
    ),
    "date": (
        "date", "date of incident", "incident date", "date of the incident", "day of the incident",
        "date of outage",
    ),
    "started": (
        "start time", "incident start", "started", "start", "impact start", "began",
        "incident started", "started at", "start of impact", "impact began", "fault occurs",
        "fault occurred", "began at", "incident began", "time started", "start date",
        "start of incident", "outage start", "outage began", "impact start time", "outage started",
        "problem started", "problem began", "issue started", "issue began", "incident start time",
        "first impact", "impact started", "disruption start", "downtime start",
    ),
    "detected": (
        "first detected", "detected", "detection time", "time detected", "detected at",
        "time of detection", "discovered", "discovered at", "first alert", "incident detected",
        "first reported", "noticed", "alerted", "alerted at", "alert fired", "alert fired at",
        "time of first alert", "first alert at", "first detection", "incident reported",
        "reported at",
    ),
    "acknowledged": (
        "acknowledged", "acknowledged at", "time acknowledged", "acknowledged by on-call at",
        "time of acknowledgement", "response started", "response began", "first response",
        "acknowledgement", "acknowledgement time", "on-call acknowledged",
    ),
    "mitigated": (
        "mitigated", "mitigated at", "repaired", "time mitigated", "mitigation time",
        "incident mitigated", "impact mitigated", "repaired at", "mitigation applied",
        "time of mitigation", "mitigation applied at",
    ),
    "resolved": (
        "end time", "incident end", "resolved", "ended", "end", "resolved at", "incident resolved",
        "resolution time", "time resolved", "incident end time", "ended at", "end of impact",
        "impact end", "impact ended", "incident ended", "end date", "outage end", "outage ended",
        "service restored", "time of resolution", "end of incident", "incident closed", "restored",
        "restored at", "time restored", "recovered", "recovered at", "fully recovered",
        "service restored at", "issue resolved", "problem resolved", "issue ended", "problem ended",
        "disruption end", "downtime end",
    ),
    "duration": (
        "duration", "incident duration", "duration of impact", "total duration",
        "outage duration", "length", "length of outage", "time period",
    ),
    "when": (
        "when", "time of incident", "incident window", "window", "period", "incident period",
        "outage window", "time window", "date and time", "date/time", "date & time",
        "incident time", "time of the incident", "time of outage", "time frame", "timeframe",
        "impact window", "impact period", "outage period", "incident timeframe",
    ),
    "severity": (
        "severity", "sev", "severity level", "incident severity", "severity rating",
        "incident level", "sev level", "incident sev",
    ),
    "status": ("status",),
    "visibility": ("visibility", "tlp", "tlp label", "classification"),
    "document_status": (
        "document status", "report status", "doc status", "postmortem status", "post-mortem status",
        "status of this document", "status of this report", "review status",
    ),
    "services": (
        "affected services", "services affected", "services", "service affected", "service",
        "services impacted", "affected service", "impacted services", "systems affected",
        "affected systems", "impacted systems", "affected system", "affected components",
        "components", "system", "systems", "service name", "affected service(s)",
        "service(s) affected", "component", "affected component", "impacted components",
        "affected products", "products affected", "affected product", "impacted products",
        "affected applications", "impacted applications", "applications affected",
        "services involved", "services/components affected",
    ),
    "authors": (
        "author", "authors", "report prepared by", "prepared by", "written by", "report author",
        "owner of this report", "report author(s)", "report by", "compiled by", "postmortem author",
        "post-mortem author", "postmortem owner", "author(s)", "document author",
        "document owner", "author/owner", "owner/author", "postmortem by", "post-mortem by",
    ),
    "reviewers": ("reviewers", "reviewer", "reviewed by", "peer reviewers"),
    "review.technical": ("technical review",),
    "review.management": ("management review",),
    "review.final": ("final approval",),
    "updated": (
        "last updated", "updated", "last update", "last modified", "updated on", "last edited",
    ),
    "published": (
        "published", "date published", "publication date", "published on", "report date",
        "date of report", "date of this report", "date written",
    ),
    "next_review": ("next review date", "next review"),
    "version": ("version",),
    "impact.users": (
        "users affected", "total users affected", "customers impacted", "customers affected",
        "affected users", "impacted users", "number of users affected",
        "number of customers affected", "users impacted", "impacted customers",
        "number of users impacted", "number of customers impacted",
    ),
    "impact.requests_failed": (
        "failed requests", "requests affected", "requests failed", "number of failed requests",
        "total failed requests", "requests lost",
    ),
    "impact.requests_total": ("total requests",),
    "impact.revenue": (
        "revenue impact", "estimated revenue loss", "revenue loss", "lost revenue", "revenue lost",
        "estimated revenue impact", "estimated revenue lost", "financial loss",
    ),
    "impact.complaints": ("customer complaints", "complaints"),
    "impact.data_loss": ("data loss", "data lost", "any data loss"),
    "impact.regions": (
        "regions", "geographic impact", "region", "affected regions", "affected region",
        "regions affected", "impacted regions",
    ),
    "impact.sla_breach": ("sla breaches", "sla breach"),
    "stated.budget": ("error budget impact", "error budget consumed", "slo budget consumed"),
    "detection.note": (
        "method", "how was the incident detected", "identified", "detection method",
        "detection source", "how detected", "how was it detected", "how it was detected",
        "detected via", "detection channel", "how did we detect it",
    ),
    "detection.by": ("detected by",),
    "root_cause.text": ("root cause", "primary cause", "cause"),
    "mitigation": ("temporary fix", "immediate mitigation", "mitigation", "workaround"),
    "resolution": ("resolution method", "permanent fix", "resolution", "permanent resolution"),
    "verification": ("verification",),
    "summary": ("what", "summary"),
    "follow_up.due": ("review date",),
    "time": ("time",),
    "zone": ("time zone", "timezone", "all times", "times"),
    "CONTRIBUTING": (
        "contributing factors", "contributing factor", "contributing causes",
        "contributory factors", "contributing", "contributing cause", "contributory factor",
    ),
    "ACTIONS_TAKEN": ("actions taken",),
    "ESCALATION": ("escalation",),
    "EVIDENCE": ("supporting evidence", "evidence"),
    "WHAT_WORKED": ("what worked",),
    "WHAT_BROKE": ("what could users not do",),
    "WENT_WELL": (
        "what worked well", "what went well", "what went well in the response", "went well",
        "what went right", "went right",
    ),
    "WENT_POORLY": (
        "what needs improvement", "what went poorly", "what went wrong", "what went badly",
        "went poorly", "went badly", "went wrong", "what didn't go well",
    ),
    "TO_IMPROVE": ("what could be improved",),
    "SOONER": ("could we have detected it sooner",),
    "FOLLOW_UP_QUESTIONS": ("review questions",),
    "LINK": (
        "incident slack channel", "alert dashboard", "dashboard", "log analysis", "logs",
        "code changes", "configuration changes", "problematic commit", "fix commit",
        "rollback commit", "metrics"
    ),
}  # fmt: skip

_COLUMNS = {
    "text": (
        "action", "action item", "item", "task", "description", "title", "what", "action items",
        "todo", "corrective action", "follow-up", "summary", "to do", "what to do",
        "preventive action", "improvement", "recommendation", "measure",
    ),
    "owner": (
        "owner", "assignee", "responsible", "who", "assigned to", "dri", "owners", "team",
        "owned by", "assignees", "responsible person",
    ),
    "due": (
        "due date", "due", "deadline", "eta", "target date", "by when", "target", "due by",
        "date due", "expected by", "planned for", "target completion", "when",
    ),
    "status": ("status", "state", "progress", "done", "finished"),
    "priority": ("priority", "prio", "p"),
    "verification": ("verification", "how to verify", "success criteria", "verified by"),
    "horizon": ("horizon", "term", "timeframe"),
    "type": ("type", "kind", "category"),
    "url": ("ticket", "issue", "link", "jira", "url", "pr", "tracking", "ticket link", "tracker"),
    "opened": ("opened", "created", "opened on"),
    "closed": ("closed", "completed", "done on", "completion date", "closed on"),
    "reason": ("reason", "note", "notes", "comment", "comments"),
}  # fmt: skip

# What may fail, and that it does.
_THING = (
    r"(?:web ?sites?|sites?|services?|apis?|apps?|applications?|platform|portal|system|systems"
    r"|functionality|connectivity|access|operations?|everything|traffic|availability|product)"
)
_IS = r"(?:is|are|was|were|has been|have been|being)"
_TROUBLE = r"(?:incidents?|outages?|issues?|problems?|disruptions?|degradation|downtime|fault)"

# The row that tells a milestone is the first that one of its patterns is found in; a pattern that
# comes later is asked only where none before it is found.
_ROWS = {
    "started": (
        (rf"\binitial trigger\b|\bfirst signs?\b|\b(?:{_TROUBLE}|impact|harm)"
        r" (?:first )?(?:starts?|started|began|begins?|occurs?|occurred)\b"),
        (r"\b(?:errors?|failures?|time-?outs?) (?:first )?(?:starts?|started|began|begins?)\b"
        r"(?! (?:to|again|dropping|falling|declining|decreasing)\b)"
        r"|^\W*(?:the )?first (?:[\w/-]+ ){0,3}(?:errors?|failures?|time-?outs?|occurr?ences?"
        r"|symptoms?)\b|^\W*(?:the )?first (?:[\w/-]+ ){1,2}(?:time out|timed out|fails?|failed"
        r"|(?:is|are|was|were) (?:refused|rejected|lost|dropped))\b"),
        (rf"^\W*(?:(?:the|our|all|whole|entire|main|public) )*(?:[\w.-]+ )?{_THING}"
        r" (?:is|are|was|were|goes|go|went|becomes?|became) (?:(?:hard|completely|fully|entirely"
        r"|partially|now) )?(?:down|unavailable|unreachable|offline|unresponsive)\b"),
    ),
    "acknowledged": (
        (r"\back(?:nowledge[sd]?|ed|s)?\b(?!\s+(?:that|the (?:problem|report)|reports?|their|our"
        r"|its))|\backnowledging the (?:page|alert|alarm)"),
    ),
    "detected": (
        (r"^(?:first )?(?:alerts?|alarms?|detection)\b(?!s? (?:(?:is|are|was|were) )?(?:silenced"
        r"|muted|cleared?s?|clears|resolved?s?|closed|added|created|rules?|thresholds?|stops?"
        r"|stopped|recover\w*))"),
        r"""\b(?:alerts?|alarms?|pages?|pagerduty|pingdom)\b(?! (?:that|to|for us)\b)[^;]*?
        \b(?:fire[sd]?|firing|sent|triggers?|triggered|raised|received|detects?|went off|goes off
        |opened|pages?|paged|noticed|reported)\b
        |\b(?:on-call|engineer|team)\b.{0,30}\b(?:is|was|were|gets?|got)?\s?(?:paged|alerted)\b
        |\bfirst (?:alerts?|external reports?|reports?|customer)\b|\bincoming reports?\b
        |^reports? (?:of|that|from|by)\b
        |\bsupport(?: desk)?\b(?:(?!\bto\b|\bthe\b)[^.;]){0,40}
        \breport(?:s|ed|ing)?(?! back)\b
        |\b(?:customers?|users?|clients?|depot|venue)\b
        (?:(?!\bto\b|\bthe\b)[^.;]){0,40}
        \b(?:report(?:s|ed|ing)?(?! back)|phones?|phoned|calls?|called|complain(?:s|ed)?)\b
        |\breport(?:ed|s)? (?:by|from) (?:an? )?(?:customers?|users?|support)\b
        |\brespond(?:s|ed|ing)? to (?:the |an? |our |several )?(?:alarms?|alerts?|pages?)\b
        |\b(?:users?|customers?|clients?) (?:\w+ )?(?:alert|inform|notif|contact)(?:s|ed|ied|ies)?
         (?:us|the team|support|on-call)\b
        |\b(?:incident|issue|problem|outage|errors?|failures?|disruption|fault|attack)\b
        [^.;]{0,30}\b(?:detected|noticed|spotted)\b|^(?:first )?detected\b
        |\b(?:detect|notic|spott)(?:s|ed|es)\b[^.;]{0,50}\b(?:errors?|outage|incident|issues?
        |problems?|failures?|failing|increase[sd]?|elevated|spikes?|stall|anomal\w+|latency
        |unavailab\w+|down)\b""",
    ),
    "mitigated": (
        r"""^(?:first )?mitigation\b|\bmitigat(?:ed|es)\b|\btemporary (?:fix|mitigation)\b
        |\bmitigation (?:is |was )?(?:applied|complete|in place|deployed|effective)
        |\bworkaround (?:is |was )?(?:applied|in place|deployed|rolled out)\b
        |\b(?:incident|service|issue) (?:is |was )?repaired\b""",
        r"""\b(?:rollback|roll-back|failover|revert) (?:is |was )?(?:complete[sd]?|finished|done)\b
        |\brolled back\b""",
        rf"""^(?!.*\b(?:investigation|meeting|work|call|deployments?|migration|incident)\b)
        [^.;]*\bresum(?:e|es|ed)\b|\b(?:partially|mostly|largely) (?:recover\w*|restored|back)\b
        |\b(?:begins?|began|starts?|started) (?:to )?recover(?:ing)?\b
        |\b{_THING} (?:\w+ )?recovering\b|\bseems? to (?:return|be back) to normal\b
        |\berror(?:s| rates?) (?:(?:is|are|was|were|starts?|started|begins?|began) )?(?:to )?
        (?:falls?
        |falling|fell|drops?|dropping|dropped|declines?|declining|decreases?|decreasing
        |improves?|improving)\b""",
    ),
    "resolved": (
        rf"""\ball metrics (?:are )?(?:back to )?normal|\bback to normal\b|\bback to baseline\b
        |\bfully (?:recovered|restored|operational|functional)\b|\bfull recovery\b
        |\breturn(?:s|ed)? to (?:normal|baseline)\b|\b(?:back|again) online\b|\bonline again\b
        |\b{_THING} (?:{_IS} )?(?:now )?(?:fully |completely )?(?:restored|recovered|operational
        again|available again|back up)\b
        |\b(?:issue|problem|errors?) (?:goes|went|{_IS} gone) away\b""",
        rf"""\b{_TROUBLE}\b.{{0,30}}\b(?:resolved|closed|fixed)\b|^resolved\b
        |\bmarked as resolved\b|\(resolved\)\W*$""",
    ),
    # Found after a row of recovery, it says that the incident was not over.
    "again": (
        r"""\bincident (?:was |is )?(?:re-?declared|declared)\b(?! (?:as )?(?:resolved|over|closed
        |fixed|mitigated))|\bre-?opened\b|\b(?:re-?occur(?:s|red)|recur(?:s|red))\b
        |\b(?:errors?|problems?|issues?|alerts?|outage) (?:return(?:s|ed)|(?:is|are) back|came back
        |comes? back|resurfaces?|resurfaced|start(?:s|ed)? again)\b""",
    ),
    # In the row after a remedy, it says that the remedy did not help.
    "persists": (
        r"""\bremain(?:s|ed)? (?:elevated|high|down|unavailable|degraded)\b|\bpersist(?:s|ed)?\b
        |\bstill (?:failing|fails?|down|elevated|high|unavailable|degraded)\b
        |\bno (?:effect|change|improvement)\b|\bdid(?:n['’]?t| not) help\b""",
    ),
    "declared": (r"\bincident (?:was |is )?(?:declared|opened|created|started)\b",),
}  # fmt: skip

ENGLISH = Language(
    sections=_SECTIONS,
    within=_WITHIN,
    labels=_LABELS,
    columns=_COLUMNS,
    times=(
        "time", "when", "timestamp", "date/time", "date / time", "datetime", "date and time",
        "clock", "at",
    ),
    days=("date", "day"),
    actors=(
        "actor", "who", "by", "person", "role", "source", "owner", "name", "responder", "engineer",
        "team",
    ),
    fields=(
        ("field", "value"), ("", ""), ("key", "value"), ("item", "details"), ("field", "details"),
        ("attribute", "value"), ("property", "value"), ("item", "value"), ("metric", "value"),
        ("item", "description"), ("detail", "value"), ("details", ""),
    ),
    months=_MONTHS,
    weekdays=_WEEKDAYS,
    rows=_ROWS,
    denied=(
        r"not|no|never|without|un|nothing|more|further|another|still|again|second|third|if|whether"
        r"|until|before|when|why|how|attempt(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|plan(?:s|ned)?"
        r"|decid(?:e|es|ed)|discuss\w*|propos\w+|suggest\w*|consider\w*|should|would|could|will|to"
        r"|awaiting|waiting|expect\w*|hop(?:e|es|ed|ing)|almost|nearly|half|investigat\w+"
        r"|looks? like|seems?|appears?|partially|mostly"
    ),
    failed=(
        r"no effect|not possible|did(?:n['’]?t| not) (?:help|work|fix)|fail(?:s|ed)?\b"
        r"|without (?:success|effect)|to no avail|unsuccessful"
    ),
    worse=(
        r"made (?:it|this|things|matters|the \w+) worse|contribut\w+|aggravat\w+|compound\w+"
        r"|made (?:it|this|recovery) (?:longer|harder|slower)"
    ),
    down=(
        r"(?:was|were) (?:(?:completely|fully|entirely|partially|largely|mostly) )?"
        r"(?:unavailable|unreachable|offline|down(?! (?:by|to|from|\d)))\b"
    ),
    began=(
        rf"\b(?:{_TROUBLE}|impact|errors?|failures?|timeouts?) (?:first )?(?:began|started|occurred"
        r"|starting|beginning) (?:at|around|about|from)"
    ),
    ended=(
        rf"\b(?:{_TROUBLE}|{_THING}|impact) (?:{_IS} )?(?:fully |completely )?(?:resolved|restored"
        r"|recovered|ended|over) (?:at|around)"
    ),
    harm=(
        r"outage|unavailab\w+|unreachable|unresponsive|interrupted|offline|down|stopped|timed? out"
        r"|timeouts?|errors?|failures?|failed|failing|crash\w+|degrad\w+|could not|unable|rejected"
        r"|disruption"
    ),
    remedied=(
        r"moved|rolled back|reverted|restored|restarted|disabled|re-?enabled|scaled|failed over"
        r"|switched|drained|blocked|removed|increased|raised|lowered|reset|cleared|patched|purged"
        r"|redeployed|deployed|applied|turned off|turned on|set"
    ),
    no_service=(
        "it this that these those which who they we users customers everything nothing all some"
        " most both none traffic revenue sales performance latency throughput availability quality"
        " capacity connectivity access production staging service services system systems site"
        " sites website websites app apps application applications platform server servers node"
        " nodes database databases cluster clusters network networks api apis and but or he she"
        " there what team teams people functionality pages page data stores shops morale usage"
    ),
    decisions=("decisions", "decision", "what we decided"),
    relations={
        "recurrence_of": (
            r"(?:recurrence|re-?occurrence|repeat|repetition|repeated occurrence)(?: of)?",
            r"(?:recurs|recurred|repeats|repeated) (?:from|after)",
        ),
        "caused_by": (
            r"(?:caused|triggered) by", r"(?:result|consequence|side[ -]effect) of", r"due to",
        ),
        "same_cause": (
            r"(?:same|shared|identical) (?:\w+ )?cause(?: as| with| in)?",
            r"shares (?:its|the|a) (?:\w+ )?cause with",
        ),
        "follows": (r"follows(?: on from| from| up on)?", r"follow[ -]?up (?:to|of|from)"),
    },
    unrelated=r"not|no|never|isn['’]t|wasn['’]t|nor|without|rather than|instead of",
    function_words=(
        "a about above after again against all almost already also although always am among"
        " an and any are around as at away be became because become been before began begin"
        " behind being below between both but by came can cannot could did do does done down"
        " during each either else even ever every few first for from gave get give given go"
        " goes got had has have he her here him his how however if in into is it its just kept"
        " last later least less like made make many may me might more most much must my near"
        " never next no none nor not nothing now of off often on once one only onto or other"
        " our out over own part per put rather really same saw see seen she should since so some"
        " soon still such take than that the their them then there these they thing this those"
        " though through thus till to together too took toward two under until up upon us very"
        " via was way we well went were what when where whether which while who whom whose why"
        " will with within without would yet you your seconds second minutes minute hours hour"
        " days day weeks week ms kb mb gb tb min sec utc am pm jan feb mar apr jun jul aug sep"
        " sept oct nov dec january february march april june july august september october"
        " november december monday tuesday wednesday thursday friday saturday sunday http"
        " https info warn warning debug log logs"
        " able affected afternoon afterwards ago ahead allow allowed allows alone along alright"
        " anew another anybody anyone anything anywhere apart ask asked asking asks begun belong"
        " belonged belongs beside besides best better big bring brings brought called come comes"
        " coming dozen eight eighteen eleven end ended ending ends enough evening everybody"
        " everyone everything everywhere except fallen fell fewer fifteen fifth fifty find finding"
        " finds five forty found four fourteen fourth further getting giving going gone good grew"
        " grow growing grown grows half happen happened happens hardly hear heard held helped"
        " herself himself hold holding holds hundred impact incident incidents inside intended"
        " itself keep keeping keeps knew know knowing known knows large leave leaves leaving let"
        " lets letting long look looked looking looks lot makes making matter mean meaning means"
        " meant meet met million mine moment month months morning mostly myself nearly need needed"
        " needs neither new nine nineteen nobody normal nowhere number numbers old older oldest"
        " ordinary otherwise ourselves outside people perhaps person please purpose quarter quick"
        " quickly reason reasons right rise rises rising rose said say saying says seem seemed"
        " seems seven seventeen several show showed showing shown shows side simply six sixteen"
        " sixty slightly small smaller somebody someone something somewhere sort stand standing"
        " stands stay stayed stays stood suddenly taken takes taking tell telling tells ten tenth"
        " themselves therefore think third thirteen thirty thought thousand three times today told"
        " tomorrow towards tried tries true truth try trying turn turned turns twelfth twelve"
        " twenty twice unless use used uses using usual usually want wanted wanting wants whatever"
        " whenever wherever whoever whole wide wrong year years yes yesterday yourself zero"
    ),
)  # fmt: skip
