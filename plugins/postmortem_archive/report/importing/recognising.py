"""Whether a text was imported before: by what its import left in it, or by its body."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from postmortem_archive.report.front.yaml_tree import MapValue, Scalar
from postmortem_archive.report.importing.opening import open_text


def digest(data: bytes) -> str:
    """Return what a file is recognised by when it is imported again."""
    return hashlib.sha256(data).hexdigest()[:16]


def traces(data: bytes) -> frozenset[str]:
    """Return what a report of the archive is recognised by: its origin's digest and its body's.

    A body without a word in it could be anybody's.
    """
    opened, _ = open_text(data, "")
    if opened is None:
        return frozenset()
    origin = origin_of(opened.front.items)
    bodies = (digest(opened.body),) if opened.body.strip() else ()
    return frozenset((*((origin,) if origin else ()), *bodies))


def origin_of(front: Mapping[str, object]) -> str | None:
    """Return the digest of the file that a report was imported from, None for any other report."""
    kept = front.get("imported")
    told = kept.items.get("digest") if isinstance(kept, MapValue) else None
    return told.text if isinstance(told, Scalar) else None
