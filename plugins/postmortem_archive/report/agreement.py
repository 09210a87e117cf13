"""Front matter wins; where the body says otherwise, that is a problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from postmortem_archive.report.body.people import names_in
from postmortem_archive.report.context import Fact, Reading
from postmortem_archive.report.record import MILESTONES, Amount, FollowUp, Moment
from postmortem_archive.report.vocabulary import fold

_WORDS = ("id", "severity", "status", "version")
_DATES = ("date", "published", "updated", "next_review", "follow_up.due")
_NAMES = ("services", "authors", "reviewers")
_AMOUNTS = tuple(
    f"impact.{name}"
    for name in ("users", "requests_failed", "requests_total", "revenue", "complaints")
)


def disagreements(
    front: Mapping[str, Fact], body: Mapping[str, Fact]
) -> Iterator[tuple[str, Fact, Fact]]:
    """Yield each fact that both tell differently: its key, the front matter's, the body's."""
    # A “Document Status” in the body wins over a “Status”, so it is what must agree.
    written = {**body, "status": body["document_status"]} if "document_status" in body else body
    told = {**_parts(front), **front}
    for key in (*_WORDS, *_DATES, *_NAMES, *_AMOUNTS, *MILESTONES):
        if key not in told or key not in written:
            continue
        if not _agree(key, told[key].value, written[key].value):
            yield key, told[key], written[key]


def check_agreement(front: Mapping[str, Fact], body: Mapping[str, Fact], reading: Reading) -> None:
    """Warn of each fact that front matter and body tell differently."""
    for key, ours, theirs in disagreements(front, body):
        reading.warn(
            theirs.place, "disagreement",
            f"the front matter says “{key}: {_show(ours.value)}” (line {ours.place.line}),"
            f" the body “{_show(theirs.value)}”",
            found=_show(theirs.value), expected=f"“{_show(ours.value)}”",
        )  # fmt: skip


def _parts(front: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts that stand inside others, under the keys that the body's have."""
    found: dict[str, Fact] = {}
    if "started" in front:
        found["date"] = Fact(front["started"].value.day, front["started"].place)
    if "impact" in front:
        parts: Mapping[str, Any] = front["impact"].value
        found |= {f"impact.{k}": Fact(v, front["impact"].place) for k, v in parts.items()}
    if "follow_up" in front:
        review: FollowUp = front["follow_up"].value
        found |= {"follow_up.due": Fact(review.due, front["follow_up"].place)} if review.due else {}
    return found


def _agree(key: str, front: Any, body: Any) -> bool:
    if isinstance(front, Moment) and isinstance(body, Moment):
        return _same_moment(front, body)
    if key in _NAMES:
        # A body may name fewer: the first author, the services of one section. Services have the
        # archive's own names by now, whatever they were called. A body has no way to say that
        # “Payments and Billing” is one name.
        known = {fold(part) for name in front for part in (name, *names_in(name))}
        return {fold(name) for name in body} <= known
    if isinstance(front, Amount) and isinstance(body, Amount):
        return _may_be_same(front, body)
    if isinstance(front, date):
        return bool(front == body)
    return fold(str(front)) == fold(str(body))


def _may_be_same(front: Amount, body: Amount) -> bool:
    """Whether two amounts overlap; what is estimated, or counted otherwise, is not held to it."""
    if front.unit != body.unit or front.estimated or body.estimated:
        return True
    return front.minimum <= body.maximum and body.minimum <= front.maximum


def _same_moment(front: Moment, body: Moment) -> bool:
    if not (front.exact and body.exact):
        return front.day == body.day
    if body.approximate:
        return True
    # Compared to the minute, and by the clock on the wall where one of them names no zone.
    if front.zone_assumed != body.zone_assumed:
        one, other = front.at.replace(tzinfo=None), body.at.replace(tzinfo=None)
    else:
        one, other = front.at, body.at
    return one.replace(second=0) == other.replace(second=0)


def _show(value: Any) -> str:
    match value:
        case Moment():
            return value.isoformat()
        case Amount():
            return value.written
        case tuple():
            return ", ".join(value)
    return str(value)
