"""Whether a text was imported before: by what its import left in it, or by what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from postmortem_archive.report.front.yaml_tree import MapValue, Scalar
from postmortem_archive.report.importing.opening import Opened
from postmortem_archive.report.record import Report


def digest(data: bytes) -> str:
    """Return what a file is recognised by when it is imported again."""
    return hashlib.sha256(data).hexdigest()[:16]


def traces(opened: Opened, report: Report) -> frozenset[str]:
    """Return what a report is recognised by: the file it came from, or day, title and body at once.

    A body alone could be another report's: many hold nothing but what a template left.
    """
    origin = origin_of(opened.front.items)
    same = f"{digest(opened.body)} {report.date} {report.title}"
    return frozenset((same, origin) if origin else (same,))


def origin_of(front: Mapping[str, object]) -> str | None:
    """Return the digest of the file that a report was imported from, None for any other report."""
    kept = front.get("imported")
    told = kept.items.get("digest") if isinstance(kept, MapValue) else None
    return told.text if isinstance(told, Scalar) else None
