"""The records that reading a report yields.

Everything here is frozen: what is derived from a report is computed elsewhere, by pure functions.
A fact that the text does not tell is None or an empty tuple, never zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from postmortem_archive.report.problem import Level, Place, Problem

MILESTONES = ("started", "detected", "acknowledged", "mitigated", "resolved")


class Precision(StrEnum):
    """How exactly a moment was told."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a report tells it.

    `at` always carries a zone: the one written, or the site's where none was
    (`zone_assumed`). With day precision it is that day's midnight and stands for the whole day.
    """

    at: dt.datetime
    precision: Precision = Precision.MINUTE
    zone_assumed: bool = False
    approximate: bool = False

    @property
    def exact(self) -> bool:
        """Whether a clock time was told, so that durations can be measured from it."""
        return self.precision is not Precision.DAY

    @property
    def day(self) -> dt.date:
        """The calendar day, in the zone written."""
        return self.at.date()

    def isoformat(self) -> str:
        """Return ISO 8601 at the precision told, with an offset only where the text named one."""
        if not self.exact:
            return self.day.isoformat()
        at = self.at.replace(tzinfo=None) if self.zone_assumed else self.at
        text = at.isoformat(timespec="minutes" if self.precision is Precision.MINUTE else "seconds")
        return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


@dataclass(frozen=True, slots=True)
class Text:
    """A line or paragraph of prose from a report.

    `plain` is without markup. `html` is safe inline HTML; a link or image that points into the
    sources reads `src:<path from the docs root>` until a page gives it an address.
    """

    plain: str
    html: str

    def __str__(self) -> str:
        """Return the text without markup."""
        return self.plain


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its text, and its tick if it has a checkbox."""

    text: Text
    place: Place
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline, in the order written.

    `time` is None where none could be read (`written` still holds the cell's text). `end` closes
    a range. `group` is the heading of the table or list that the entry came from. `details` are
    further lines under the entry.
    """

    time: Moment | None
    written: str
    text: Text
    place: Place
    end: Moment | None = None
    actor: str | None = None
    group: str | None = None
    details: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """An action item: something promised, with or without an owner and a due date.

    `status` is one of open, in_progress, done, not_doing; `horizon` one of immediate, short,
    medium, long; `type` one of prevent, mitigate, detect, repair, process. `details` are further
    lines and columns that no other attribute has taken.
    """

    text: Text
    place: Place
    status: str = "open"
    owner: str | None = None
    priority: str | None = None
    horizon: str | None = None
    type: str | None = None
    opened: dt.date | None = None
    due: dt.date | None = None
    closed: dt.date | None = None
    reason: str | None = None
    verification: Text | None = None
    url: str | None = None
    details: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Improvement:
    """A good intention outside the action items: a promise without an owner."""

    text: Text
    section: str
    place: Place
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, a percentage or a range of either.

    `unit` is "count", "percent" or a currency's ISO 4217 code. `written` is the text it came from.
    """

    minimum: float
    maximum: float
    unit: str
    estimated: bool
    written: str


@dataclass(frozen=True, slots=True)
class AffectedService:
    """A stretch of time in which a fraction (0 to 1) of a service's requests failed."""

    service: str
    start: Moment | None
    end: Moment | None
    fraction: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A labelled statement of the text, as written: `**Revenue Impact:** none`."""

    label: str
    text: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Impact:
    """What the incident did to users and business.

    `told` holds the body's labelled statements that no other attribute has taken.
    """

    users: Amount | None = None
    requests_failed: Amount | None = None
    requests_total: Amount | None = None
    revenue: Amount | None = None
    complaints: Amount | None = None
    data_loss: str | None = None
    regions: tuple[str, ...] = ()
    sla_breach: str | None = None
    services: tuple[AffectedService, ...] = ()
    told: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """How an incident was noticed: its source, who by, and a note."""

    source: str | None
    by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A trigger or root cause: its category, and one line of text."""

    category: str | None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A contributing factor; `category` is technical, process, human, external or None."""

    text: Text
    place: Place
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """One step of the five whys."""

    question: Text
    answer: Text | None
    place: Place


@dataclass(frozen=True, slots=True)
class Figure:
    """A duration that the text states under a label of its own.

    `start` and `end` name the milestones that the label stands for in this report's format; both
    are None for an unknown label, which is shown and not compared.
    """

    label: str
    written: str
    minutes: float | None
    place: Place
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class StatedBudget:
    """The share of an error budget that the report says its incident used, in percent."""

    percent: float
    service: str | None = None
    window: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a report, in which role, and when."""

    role: str
    by: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another report, as its author wrote it (`target` is an id or a path)."""

    target: str
    relation: str
    place: Place
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that belongs to the incident: to its fix, a dashboard, a channel."""

    url: str
    kind: str = "link"
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Communication:
    """Something that was told to people outside the response."""

    channel: str
    at: Moment | None = None
    url: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The review some weeks after an incident."""

    due: dt.date | None = None
    done: dt.date | None = None
    findings: str | None = None
    questions: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """A rule that a report switches off for itself, with its author's reason."""

    rule: str
    place: Place
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body under a heading, or under a bold label that serves as one.

    `name` is the archive's word for it, None where the heading is the author's own. `level` is
    the heading's, 0 for a label. `text` is the source between this heading and the next.
    """

    name: str | None
    heading: str
    level: int
    place: Place
    text: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Html:
    """A stretch of the body as safe HTML (links as in `Text.html`)."""

    html: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the body where the archive renders what it read there.

    `name` is "fields", "timeline" or "actions". Each name occurs once: what several tables told
    is rendered together at the place of the first.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the rendered body, for a page's table of contents."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Lifted:
    """A text of the body that a page shows at its top, and so no longer where it was written.

    `name` is the key that it tells, such as summary or impact.users; for the line of a stated
    figure, see `report.body.lifting.name_of`. `html` is all of it, as safe HTML (links as in
    `Text.html`). `anchors` are those of the headings that went with it, because it was all that
    stood under them.
    """

    name: str
    html: str
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The body, ready for a page: stretches of HTML with slots between."""

    pieces: tuple[Html | Slot, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[tuple[str, Place], ...] = ()
    """Every `src:` target of the body (without `src:`), with its place."""
    lifted: tuple[Lifted, ...] = ()
    explained: tuple[str, ...] = ()
    """The keys whose text is one that stands in the body, where it is explained."""
    named: tuple[tuple[str, Place], ...] = ()
    """Every word of the report's texts that reads like a report's id, with its first place."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read.

    `path` is relative to the docs root, with forward slashes. `sources` gives the place of each
    fact by its front-matter key. `date` is the incident's day, in the zone written.
    """

    path: str
    id: str
    title: str
    kind: str = "incident"
    date: dt.date | None = None
    summary: Text | None = None
    severity: str | None = None
    status: str | None = None
    visibility: str | None = None
    milestones: Mapping[str, Moment] = field(default_factory=lambda: MappingProxyType({}))
    published: dt.date | None = None
    updated: dt.date | None = None
    detection: Detection | None = None
    services: tuple[str, ...] = ()
    trigger: Cause | None = None
    root_cause: Cause | None = None
    contributing_factors: tuple[Factor, ...] = ()
    whys: tuple[Why, ...] = ()
    mitigation: Text | None = None
    resolution: Text | None = None
    verification: Text | None = None
    impact: Impact = Impact()
    figures: tuple[Figure, ...] = ()
    stated_budgets: tuple[StatedBudget, ...] = ()
    stated_slis: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Relation, ...] = ()
    not_related: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    communication: tuple[Communication, ...] = ()
    follow_up: FollowUp | None = None
    next_review: dt.date | None = None
    version: str | None = None
    ignored: tuple[Ignored, ...] = ()
    timeline: tuple[Entry, ...] = ()
    actions: tuple[Action, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    went_well: tuple[Item, ...] = ()
    went_poorly: tuple[Item, ...] = ()
    lucky: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()
    other_fields: tuple[Statement, ...] = ()
    """Labels of the field block that are no key of the archive, kept as written."""
    unconfirmed: tuple[str, ...] = ()
    """The keys whose values were guessed when the report was imported."""
    body: Body = Body()
    telling: tuple[str, ...] = ()
    """The sentences that tell what happened, each as its terms (`report/terms.py`) with a blank
    between; the first is the title's. Only a report that is read with its page has them."""
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def has_errors(self) -> bool:
        """Whether a fact was dropped, or the front matter could not be read."""
        return any(problem.level is Level.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Decided:
    """What an author's page about a period decides, and whom the page is for.

    A decision is told in the form of an action item: what, who, by when, and how it stands.
    """

    path: str
    decisions: tuple[Action, ...] = ()
    visibility: str | None = None
    problems: tuple[Problem, ...] = ()
