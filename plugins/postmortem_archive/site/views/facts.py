"""What a report tells, as labelled lines: its head, impact, remedy and record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from postmortem_archive.archive.budgets.stated import stated_shares
from postmortem_archive.report import vocabulary as words
from postmortem_archive.report.body.lifting import STATED_BUDGET
from postmortem_archive.report.record import AffectedService, Amount, Report, StatedBudget, Text
from postmortem_archive.site import wording
from postmortem_archive.site.body import ready
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.budgets import computed_share
from postmortem_archive.site.views.marks import Line, Link
from postmortem_archive.site.views.rows import budget_as_written, row_of

_PUNCTUATION = re.compile(r"[,;:.(—–]")
_LONGEST_ANSWER = 3
_ANCHOR = Markup('<span class="pa-anchor" id="{}"></span>')


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the head: names that link to their pages, and a note in prose."""

    label: str
    links: tuple[Link, ...]
    note: str | Markup | None = None


def facts(report: Report, point: Viewpoint) -> tuple[Fact, ...]:
    """Return the facts under a report's summary, without those that it does not tell."""
    trigger, cause = report.trigger, report.root_cause
    told = [
        Fact("Services", tuple(point.service(name) for name in report.services)),
        Fact(
            "Root cause",
            (point.cause(cause.category),) if cause and cause.category else (),
            point.here.prose(cause.text)
            if cause and not _explained("root_cause", report)
            else None,
        ),
        Fact(
            "Trigger",
            (point.trigger(trigger.category),) if trigger and trigger.category else (),
            point.here.prose(trigger.text) if trigger else None,
        ),
        _detection(report),
    ]
    return tuple(fact for fact in told if fact.links or fact.note)


def _explained(key: str, report: Report) -> bool:
    """Whether the text of a fact stands in the body, and so not beside its name."""
    return key in report.body.explained


def _detection(report: Report) -> Fact:
    found = report.detection
    if found is None:
        return Fact("Detected by", ())
    source = (Link(words.DETECTIONS.title(found.source)),) if found.source else ()
    told = () if _explained("detection", report) else (found.by, found.note)
    note = ", ".join(text for text in told if text)
    return Fact("Detected by", source, note or None)


def remedy_lines(report: Report, point: Viewpoint) -> tuple[Line, ...]:
    """Return what ended the incident: mitigation, resolution, verification."""
    told = (
        ("Mitigation", shown("mitigation", report.mitigation, report, point)),
        ("Resolution", shown("resolution", report.resolution, report, point)),
        ("Verification", shown("verification", report.verification, report, point)),
    )
    return tuple(Line(label, text) for label, text in told if text)


def shown(key: str, text: Text | None, report: Report, point: Viewpoint) -> Markup | None:
    """Return a text of the top of a page: all that the body says, where it was taken from there."""
    return _lifted(key, report, point) or point.here.prose(text)


def _lifted(key: str, report: Report, point: Viewpoint) -> Markup | None:
    """Return what was taken from the body, with the anchors of the headings that went with it."""
    for lifted in report.body.lifted:
        if lifted.name == key:
            return _anchors(key, report) + point.here.html(ready(lifted.html))
    return None


def _anchors(key: str, report: Report) -> Markup:
    names = (name for lifted in report.body.lifted if lifted.name == key for name in lifted.anchors)
    return Markup().join(map(_ANCHOR.format, names))


def impact_lines(report: Report, point: Viewpoint) -> tuple[Line, ...]:
    """Return what the incident did, in figures; the body's other statements stand in the body."""
    return (*_figures(report, point), *_stated(report, point))


def _figures(report: Report, point: Viewpoint) -> Iterable[Line]:
    impact = report.impact
    told = (
        ("Users", "impact.users", _amount(impact.users)),
        ("Requests failed", "impact.requests_failed", _amount(impact.requests_failed)),
        ("Requests in all", "impact.requests_total", _amount(impact.requests_total)),
        ("Revenue", "impact.revenue", _amount(impact.revenue)),
        ("Complaints", "impact.complaints", _amount(impact.complaints)),
        ("Data loss", "impact.data_loss", _answer("impact.data_loss", impact.data_loss, report)),
        ("Regions", "impact.regions", ", ".join(impact.regions)),
        ("SLA breach", "impact.sla_breach",
         _answer("impact.sla_breach", impact.sla_breach, report)),
    )  # fmt: skip
    for label, key, ours in told:
        if text := _lifted(key, report, point) or ours:
            yield Line(label, text)


def _amount(amount: Amount | None) -> str | None:
    return wording.amount(amount) if amount else None


def _answer(key: str, text: str | None, report: Report) -> str | None:
    """Return an answer as a figure is shown: “Yes” alone, where the body tells the rest."""
    if text and _explained(key, report):
        text = _PUNCTUATION.split(text, maxsplit=1)[0].strip()
        return wording.capital(text) if len(text.split()) <= _LONGEST_ANSWER else None
    return wording.capital(text) if text else None


def _stated(report: Report, point: Viewpoint) -> Iterable[Line]:
    anchors = _anchors(STATED_BUDGET, report)
    for found in stated_shares(report, point.archive.settings):
        # Only incidents use budgets.
        computed = f"; computed: {computed_share(found)}" if report.kind == "incident" else ""
        share = _budget(found.told, report, point)
        yield Line("Error budget, as stated", anchors + share + computed)
        anchors = Markup()
    for name, value in report.stated_slis.items():
        yield _sli(name, value)
    parts: dict[str, list[str]] = {}
    for part in report.impact.services:
        parts.setdefault(point.service(part.service).text, []).append(_affected(part))
    for title, told in parts.items():
        yield Line(f"{title}, requests failed", "; ".join(told))


def _sli(name: str, value: float) -> Line:
    """Return an indicator under its name; the end of the name may tell the unit."""
    stem, _, unit = name.rpartition("_")
    if unit in {"ms", "s"} and stem:
        return Line(f"{_words(stem)}, as stated", f"{wording.number(value)}{wording.NBSP}{unit}")
    percent = f"{wording.NBSP}%" if name == "availability" else ""
    return Line(f"{_words(name)}, as stated", f"{wording.number(value)}{percent}")


def _words(name: str) -> str:
    return wording.capital(name.replace("_", " "))


def _affected(part: AffectedService) -> str:
    share = f"{wording.number(part.fraction * 100)}{wording.NBSP}%"
    if part.start and part.end:
        return f"{share} {wording.span(part.start, part.end)}"
    span = " to ".join(wording.moment(at) for at in (part.start, part.end) if at)
    return f"{share}, {span}" if span else share


def _budget(budget: StatedBudget, report: Report, point: Viewpoint) -> str | Markup:
    """Return a budget's share; in the words of the body where that alone tells it."""
    if written := budget_as_written(report):
        return point.here.html(written)
    text = f"{wording.number(budget.percent)}{wording.NBSP}%"
    if budget.service:
        text += f" of {point.service(budget.service).text}"
    return f"{text}, {budget.window}" if budget.window else text


def record_lines(report: Report, point: Viewpoint) -> tuple[Line, ...]:
    """Return what there is to say of the document itself, and what stands in front matter alone."""
    told: list[tuple[str, str | Markup | None]] = [
        ("Published", _day("published", report.published, report, point)),
        ("Updated", _day("updated", report.updated, report, point)),
        ("Version", report.version),
        ("Tags", ", ".join(report.tags)),
        ("Reviewers", ", ".join(report.reviewers)),
        ("Approved by", "; ".join(_approvals(report))),
        ("Visibility", words.VISIBILITIES.title(report.visibility) if report.visibility else None),
        ("Next review", _day("next_review", report.next_review, report, point)),
        ("Follow-up review", _follow_up(report)),
        ("Findings", report.follow_up.findings if report.follow_up else None),
        ("Contributing factors", _factors(report, point)),
        ("Told outside", _communication(report, point)),
    ]
    return tuple(Line(label, text) for label, text in told if text)


def _day(key: str, on: date | None, report: Report, point: Viewpoint) -> Markup | str | None:
    """Return a day, with what its row in the body says of it besides."""
    if on is None:
        return None
    row = row_of(key, on, report)
    if row is None:
        return wording.day(on)
    rest = row.text.html.removeprefix(on.isoformat())
    return point.here.html(rest if rest == row.text.html else wording.day(on) + rest)


def _approvals(report: Report) -> Iterable[str]:
    for approval in report.approvals:
        on = f", {wording.day(approval.date)}" if approval.date else ""
        yield f"{approval.by} ({approval.role}{on})"


def _follow_up(report: Report) -> str | None:
    review = report.follow_up
    if review is None:
        return None
    if review.done:
        return f"Done {wording.day(review.done)}"
    return f"Due {wording.day(review.due)}" if review.due else None


def _factors(report: Report, point: Viewpoint) -> Markup | None:
    """Return the contributing factors where the body has no section of them."""
    if "contributing_factors" not in report.sources or any(
        section.name == "contributing_factors" for section in report.sections
    ):
        return None
    factors = (point.here.html(factor.text.html) for factor in report.contributing_factors)
    return Markup("; ").join(factors)


def _communication(report: Report, point: Viewpoint) -> Markup | None:
    parts = []
    for said in report.communication:
        channel = wording.capital(said.channel.replace("_", " "))
        href = point.outward(said.url, report)
        name = Markup('<a href="{}">{}</a>').format(href, channel) if href else channel
        rest = ", ".join(
            text for text in (wording.moment(said.at) if said.at else None, said.text) if text
        )
        parts.append(Markup("{}{}{}").format(name, ", " if rest else "", rest))
    return Markup("; ").join(parts) if parts else None
