"""The five formats: their headings and their labels."""

import pytest

from postmortem_archive.archive import clocks, phases
from postmortem_archive.archive.durations import minutes
from postmortem_archive.report import read
from postmortem_archive.report.body.headings import section_name
from postmortem_archive.report.body.labels import key_of

from .golden import CASES

# Every heading below the title, by format; those of one's own stand apart.
HEADINGS = {
    "000": """Executive Summary | Incident Details | Timeline | Detection | Response | Resolution
        | Root Cause Analysis | Primary Cause | Contributing Factors | Why It Happened
        | Impact Assessment | Customer Impact | Business Impact | Technical Impact
        | Lessons Learned | What Went Well | What Went Wrong | What Could Be Improved
        | Action Items | Immediate Actions (Next 24 hours) | Short-term Actions (Next week)
        | Long-term Actions (Next month) | Prevention Measures | Process Improvements
        | Technical Improvements | Monitoring Improvements | Metrics and KPIs | Response Metrics
        | Quality Metrics | Appendices | A. Technical Details | B. Communication Logs
        | C. Supporting Documentation""",
    "001": """**✅ 1. Incident Summary** | **✅ 2. Impact Analysis** | **✅ 3. Timeline of Events**
        | **✅ 4. Root Cause Analysis (RCA)** | **✅ 5. Resolution & Recovery**
        | **✅ 6. Preventative Measures** | **✅ 7. Lessons Learned** | 1. Summary | 2. Impact
        | 3. Timeline | 4. Root Cause Analysis | 5. Resolution & Recovery
        | 6. Preventative Measures | 7. Lessons Learned""",
    "002": """📋 Executive Summary | 🎯 Impact Assessment | Service Level Impact | Business Impact
        | Geographic/Component Scope | ⏰ Timeline | Detection and Response
        | Investigation and Escalation | Resolution and Recovery | 🔍 Root Cause Analysis
        | Primary Root Cause | Contributing Factors | What Went Well | What Could Be Improved
        | 🛠️ Corrective Actions | Immediate Actions (Complete within 1 week)
        | Medium-term Actions (Complete within 1 month)
        | Long-term Actions (Complete within 1 quarter) | 📚 Lessons Learned | Technical Lessons
        | Process Lessons | Organizational Lessons | 📊 Metrics and Measurements
        | Response Time Metrics | SLO Impact Calculation
        | Follow-up Metrics (30 days post-incident) | 🔗 Supporting Information | Relevant Links
        | Data and Evidence | External Communication | ✅ Sign-off and Approval
        | Review and Approval | Distribution List""",
    "003": """Metadata | Executive Summary | Impact | Timeline (All times in UTC)
        | Root Cause Analysis | What happened | Why it happened | Contributing factors | Detection
        | Response | Mitigation & Resolution | Immediate mitigation | Permanent resolution
        | Lessons Learned | What went well | What went poorly | Where we got lucky | Action Items
        | Appendix | Relevant Graphs | Related Incidents | References""",
    "004": """Executive Summary | Timeline (All times in UTC) | Impact Assessment | User Impact
        | Quantitative Impact | External Communication | Root Cause | What Went Wrong
        | Why Detection Was Delayed | Why Recovery Took So Long | What Went Well | Good Responses
        | Systems That Held Up | What Went Poorly | Response Issues | Prevention Gaps
        | Action Items | Immediate (This Week) | Short-term (This Month)
        | Long-term (This Quarter) | Prevention | How We'll Prevent This Specific Issue
        | How We’ll Prevent Similar Issues | Detection & Monitoring Improvements
        | New Alerts to Create | Monitoring Gaps to Fill | Improved Dashboards
        | Process Improvements | Code Review | Testing | Deployment | Documentation
        | Lessons Learned | Technical Lessons | Process Lessons | Supporting Information
        | Related Incidents | Code Changes | Monitoring & Logs | External References
        | Follow-up Review | Appendix | Detailed Technical Information
        | Communication Samples""",
}
EVERY_HEADING = [
    heading.strip() for text in HEADINGS.values() for heading in text.replace("\n", " ").split("|")
]

LABELS = (
    "Incident ID", "Date", "Severity", "Start Time", "End Time", "Duration", "Affected Services",
    "Time", "Method", "Detected By", "Actions Taken", "Escalation", "Resolution Method",
    "Verification", "Users Affected", "Geographic Impact", "Revenue Impact", "Data Loss",
    "Report Prepared By", "Root Cause", "Supporting Evidence", "Temporary Fix", "Permanent Fix",
    "What Worked Well", "What Needs Improvement", "Status", "When", "What", "Resolution",
    "SLA Breaches", "Regions", "Services", "Author", "Technical Review", "Management Review",
    "Final Approval", "Document Status", "Next Review Date", "Version", "Last Updated",
    "Incident Slack Channel", "Alert Dashboard", "Log Analysis", "Code Changes",
    "Configuration Changes", "Services Affected", "Error Budget Impact", "Duration of impact",
    "Requests affected", "Error budget consumed", "How was the incident detected?",
    "Could we have detected it sooner?", "What went well in the response?",
    "What could be improved?", "Date of Incident", "Author(s)", "Reviewers",
    "Customer Complaints", "What could users not do?", "What worked?", "Total Users Affected",
    "Failed Requests", "Primary Cause", "Contributing Factors", "Problematic Commit",
    "Fix Commit", "Rollback Commit", "Dashboard", "Logs", "Metrics", "Review Date",
    "Review Questions",
)  # fmt: skip

# Labels of the templates that stay statements: they say nothing that another report compares.
STATEMENTS = (
    "Impact", "Service Impact", "Reputation Impact", "Compliance Impact", "System Downtime",
    "Performance Degradation", "Customer Satisfaction", "System Availability", "Error Rate",
    "User Impact", "Business Impact", "Availability", "Latency", "Data Freshness",
    "Feature Availability", "Data Sources", "User-facing impact",
    "Successful Requests During Incident", "Status Page Updated", "Customer Emails Sent",
    "Social Media Posts", "Support Tickets Created", "Screenshots", "Log Excerpts",
    "Metrics Graphs", "Code Snippets", "Customer Updates", "Stakeholder Reports",
    "Public Communication", "Status Page Update", "Customer Email",
)  # fmt: skip


@pytest.mark.parametrize("heading", EVERY_HEADING)
def test_every_heading_of_the_formats_is_a_named_section(heading):
    assert section_name(heading) or section_name(heading, ("timeline",))


def test_headings_below_a_timeline_are_its_blocks():
    assert section_name("Detection", ("timeline",)) == "timeline_detection"
    assert section_name("Detection", (None, "lessons")) == "detection"


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_the_formats_is_known(label):
    assert key_of(label)


@pytest.mark.parametrize("label", STATEMENTS)
def test_other_labels_of_the_formats_stay_statements(label):
    assert key_of(label) is None


@pytest.mark.parametrize("label", STATEMENTS)
def test_a_statement_of_the_impact_is_told_as_written(label):
    text = f"# Pool ran dry\n**Date:** 2025-03-04\n## Impact\n- **{label}:** As it was\n"
    (statement,) = read(text, "a.md").impact.told
    assert (statement.label, statement.text.plain) == (label, "As it was")


def test_the_drill_of_the_first_format_has_the_clocks_that_it_states():
    report = read((CASES / "formats" / "INC-001.md").read_bytes(), "2025/INC-001.md")
    measured = {name: minutes(time) for name, time in clocks(report).items()}
    assert measured == {"ttd": 1, "tta": 1, "ttr": 10}
    assert [minutes(phase.duration) for phase in phases(report)] == [1, 1, 8]
    assert [action.status for action in report.actions].count("done") == 1
