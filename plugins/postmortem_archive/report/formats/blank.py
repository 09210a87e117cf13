"""What the built-in formats say by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from postmortem_archive.report.formats.format import built_in
from postmortem_archive.report.formats.scaffold import Known, scaffold
from postmortem_archive.report.reader import read


@cache
def blank_sentences() -> frozenset[str]:
    """Return the telling sentences that stand in a report before anybody has written one."""
    known = Known("INC-2000-001", date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC))
    texts = (scaffold(name, built_in(), known) for name in built_in())
    return frozenset(said for text in texts for said in read(text, "2000/INC-2000-001.md").telling)
