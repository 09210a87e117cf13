"""Past incidents that were found, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from postmortem_archive.hosts.printing.line import printable
from postmortem_archive.hosts.relating import Found


def told_of(found: Iterable[Found]) -> Iterator[str]:
    """Yield lines on each incident: what it was, why it is told, what ended it, and where it is."""
    for item in found:
        head = (item.strength, item.id, item.date, item.severity, item.title)
        yield printable("  ".join(part for part in head if part))
        if item.reasons:
            yield printable(f"    why    {'; '.join(item.reasons)}")
        if item.mitigation:
            yield printable(f"    ended  {item.mitigation}")
        yield printable(f"    page   {item.page}")
        yield printable(f"    file   {item.file}")


def as_facts(found: Iterable[Found]) -> list[dict[str, object]]:
    """Return incidents as plain values, for JSON."""
    return [asdict(item) for item in found]
