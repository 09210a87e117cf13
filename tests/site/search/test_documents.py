"""What a search finds in a report is what its page says, each text once."""

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path

import pytest

from postmortem_archive.report.record import Report
from postmortem_archive.site.search.documents import HIDDEN, Document, Field, report_document
from postmortem_archive.site.search.words import words
from postmortem_archive.site.site import Site
from postmortem_archive.site.wording import long_day

from ..stand import front, site  # noqa: TID252 -- Python has a module called site too
from .reader import Reader

ROOT = Path(__file__).parents[3]
REPORTS = (
    *sorted((ROOT / "postmortems").glob("[0-9]*/*.md"))[::4],
    *sorted((ROOT / "tests/report/cases/formats").glob("*.md")),
)

# What a page says of other reports, of its own reading, and in the words of every page.
_NOT_THE_REPORTS = {
    "pa-actions__count",
    "pa-actions__horizon",
    "pa-group",
    "pa-head__by",
    "pa-head__unconfirmed",
    "pa-history",
    "pa-life",
    "pa-milestone",
    "pa-neighbours",
    "pa-notice",
    "pa-outlinks",
    "pa-related",
    "pa-sources",
    "pa-state",
    "pa-timeline__day",
    "pa-timeline__gap",
    "pa-timeline__zone",
}
_DATES_OF_THE_DOCUMENT = {
    "Published", "Updated", "Version", "Visibility", "Next review", "Follow-up review",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "input", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
}  # fmt: skip
_VOID = {"br", "hr", "img", "input"}
_OURS = re.compile(r"^(?:Reason|Verified by): ")
_MONTHS = frozenset(
    word for month in range(1, 13) for word in long_day(date(2025, month, 1)).lower().split()
) | {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "utc"}


class Said(HTMLParser):
    """What a report's page says of its report, without the labels of the archive's own."""

    def __init__(self, html: str, report: Report) -> None:
        super().__init__()
        self.text = ""
        self._headings = {heading.anchor for heading in report.body.headings}
        self._open: list[tuple[str, set[str], bool]] = []
        self._label = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        classes = set((told.get("class") or "").split())
        if tag not in _INLINE or any(name.startswith("pa-") for name in classes):
            self.text += " "
        if tag == "img":
            self.text += f" {told.get('alt') or ''} "
        if tag in _VOID:
            return
        label = tag == "dt" and not self._is_in("pa-fields")
        date = tag == "dd" and self._label in _DATES_OF_THE_DOCUMENT
        own = tag == "script" or (tag == "h2" and told.get("id") not in self._headings)
        fact = self._is_in("pa-action__facts") and tag != "b"
        skips = bool(classes & _NOT_THE_REPORTS) or label or date or own or fact
        self._open.append((tag, classes, skips))
        if tag == "dt":
            self._label = ""

    def _is_in(self, name: str) -> bool:
        return any(name in classes for _, classes, _ in self._open)

    def handle_endtag(self, tag):
        while self._open:
            opened, classes, _ = self._open.pop()
            if opened not in _INLINE or any(name.startswith("pa-") for name in classes):
                self.text += " "
            if opened == tag:
                break

    def handle_data(self, data):
        if self._open and self._open[-1][0] == "dt":
            self._label += data
        fact = self._is_in("pa-action__facts") and self._open[-1][0] == "b"
        if fact or not any(skips for _, _, skips in self._open):
            self.text += _OURS.sub("", data) + (" " if fact else "")


def counted(text: str) -> Counter[str]:
    told = (word for word, _ in words(text) if word.isalpha())
    return Counter(word for word in told if word not in _MONTHS)


def elsewhere(report: Report) -> str:
    """Return what the page has among what is not compared: notes, links, parts of a timeline."""
    groups = [group for group, _ in groupby(entry.group for entry in report.timeline) if group]
    notes = [relation.note for relation in report.related if relation.note]
    return " , ".join([*groups, *notes, *(link.title or link.url for link in report.links)])


def document_of(made: Site) -> Document:
    (report,) = made.archive.reports
    return report_document(report, made._point(made.addresses.index))


def texts(document: Document, *kinds: str) -> list[str]:
    return [block.text for block in document.blocks if block.kind in kinds]


def fields(document: Document, field: Field) -> list[str]:
    return [text for block in document.blocks for own, text in block.parts if own is field]


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_document_says_what_its_page_says(file: Path):
    source = re.sub(r"(?im)^(visibility:|\*\*Visibility:\*\*).*$", "", file.read_text("utf-8"))
    made = site({f"2025/{file.name}": source})
    (report,) = made.archive.reports
    page = Said(made.report_page(f"2025/{file.name}").html, report).text
    shown = (block.text for block in document_of(made).blocks if block.kind != HIDDEN)
    told, found = counted(f"{page} , {elsewhere(report)}"), counted(" , ".join(shown))
    assert (told - found, found - told) == ({}, {})


RICH = """---
id: INC-2025-014
title: Checkout refuses cards after pool_size changed
severity: SEV2
kind: drill
status: reviewed
started: 2025-09-30T14:32Z
services: [basket]
trigger: config_push
root_cause: {category: saturation, text: The pool ran dry}
detection: {source: alert, by: on-call, note: PoolWait page}
tags: [payments]
related: [{id: INC-2024-031, relation: recurrence_of, note: the very same pool}]
links: [{kind: fix, url: "https://git.example/pulls/77"}]
mitigation: Rolled back
---
## What happened

A query held `max_connections` and <b>wo</b>rds.

```log
ERROR pool: timeout
  at Pool.take
```

| Host | State |
|------|-------|
| db1  | down  |

![A graph that climbs](graph.png)

## Timeline

- 14:32 UTC: Errors rise
"""


@pytest.fixture
def rich() -> Document:
    return document_of(site({"2025/a.md": RICH}))


def test_each_text_is_in_its_field(rich):
    assert fields(rich, Field.ID) == ["INC-2025-014"]
    assert fields(rich, Field.TITLE) == ["Checkout refuses cards after pool_size changed"]
    assert fields(rich, Field.CODE) == ["max_connections", "ERROR pool: timeout\n  at Pool.take"]
    assert {"SEV2", "Drill", "Reviewed", "Checkout", "Saturation", "payments"} <= set(
        fields(rich, Field.NAMES)
    )


def test_a_report_is_found_by_the_other_names_of_what_it_names(rich):
    hidden = texts(rich, HIDDEN)
    assert {"checkout", "Basket", "config change", "config_push", "resource exhaustion"} <= set(
        hidden
    )
    assert "2025-09-30" in hidden


def test_no_name_is_told_twice_to_readers(rich):
    told = texts(rich, "fact")
    assert told.count("Checkout") == 1
    assert len(told) == len(set(told))


def test_blocks_are_of_their_kind(rich):
    assert texts(rich, "title") == ["Checkout refuses cards after pool_size changed"]
    assert texts(rich, "code") == ["ERROR pool: timeout\n  at Pool.take"]
    assert texts(rich, "heading") == ["What happened", "Timeline"]
    assert texts(rich, "timeline") == ["14:32 Errors rise"]
    prose = texts(rich, "prose")
    assert prose == [
        "A query held max_connections and words.", "Host", "State", "db1", "down",
        "A graph that climbs",
    ]  # fmt: skip


def test_what_the_author_notes_beside_the_text_is_found(rich):
    told = texts(rich, "fact")
    assert {"the very same pool", "https://git.example/pulls/77", "Rolled back"} <= set(told)


def test_hostile_markup_is_text_or_nothing():
    source = front(title="<script>alert(1)</script>", date="2025-01-02") + (
        '<a title="x > y" href="https://a.example/">seen</a><script>gone()</script>\n'
    )
    document = document_of(site({"2025/a.md": source}))
    assert fields(document, Field.TITLE) == ["<script>alert(1)</script>"]
    assert texts(document, "prose") == ["seen"]


def test_nothing_of_a_withheld_report_is_in_any_file():
    secret = front(title="Zanzibar", date="2025-01-02", visibility="RED", tags="[quagga]")
    made = site({"2025/a.md": RICH, "2025/b.md": secret + "Zanzibar and quagga.\n"})
    reader = Reader(made.search().files)
    assert reader.index["reports"]["count"] == 1
    assert not {"zanzibar", "quagga"} & reader.postings().keys()
    told = b"".join(reader.content(name) for name in reader.named()).lower()
    assert b"zanzibar" not in told
    assert b"quagga" not in told
