"""What the report of a major incident is expected to go into."""

from __future__ import annotations

from postmortem_archive.report.context import Reading
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Report

_DETECTION = frozenset(
    {"detection", "detected_by", "detection_method", "detection_delay", "timeline_detection"}
)
_FOLLOW_UP = frozenset({"follow_up", "follow_up_questions", "follow_up_metrics"})


def check_analysis(report: Report, reading: Reading) -> None:
    """Hint at what is missing in the report of a major incident; a draft is not finished."""
    major = report.kind == "incident" and reading.settings.is_major(report.severity)
    if not major or report.status == "draft":
        return
    place = report.sources.get("severity", Place(1))
    told = {section.name for section in report.sections}
    severity = f"the incident was {report.severity}"
    if not (report.detection or "detected" in report.milestones or told & _DETECTION):
        reading.hint(
            place, "major-without-detection", f"{severity}, and nothing tells how it was noticed",
            expected="“detection” or “detected”, or a section on detection",
        )  # fmt: skip
    if not report.whys:
        reading.hint(
            place, "major-without-whys", f"{severity}, and nobody asked why five times",
            expected="a section “Five whys”, a numbered list of questions with answers",
        )  # fmt: skip
    if not (report.follow_up or report.next_review or told & _FOLLOW_UP):
        reading.hint(
            place, "major-without-follow-up", f"{severity}, and no follow-up review is named",
            expected="“follow_up” or “next_review”",
        )  # fmt: skip
