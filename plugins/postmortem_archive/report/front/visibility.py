"""A report's visibility, read so that a slip never publishes what was meant to be kept."""

from __future__ import annotations

import re

from postmortem_archive.report.vocabulary import VISIBILITIES

NARROWEST = "RED"
# Written with a colon in YAML, with an equals sign in TOML.
_LINE = re.compile(
    r"^[ \t]*[\"']?visibility[\"']?[ \t]*[:=](?P<value>[^\n#]*)", re.IGNORECASE | re.MULTILINE
)
_MENTION = re.compile(r"visib", re.IGNORECASE)


def strictest(front: str | None, read: str | None, *, broken: bool) -> str | None:
    """Return the label that holds for a report.

    `front` is the raw front matter and `read` the label read from it. Where the front matter is
    `broken`, or the key was written twice or with a wrong value, the narrowest label that it
    names holds; a label that can not be understood counts as RED.
    """
    if front is None:
        return None
    names = VISIBILITIES.names
    written = [match["value"].strip("\"' \t") for match in _LINE.finditer(front)]
    known = [term.name for value in written if (term := VISIBILITIES.find(value))]
    if len(known) < len(written) and (read is None or broken):
        return NARROWEST
    if broken and not written and _MENTION.search(front):
        return NARROWEST
    labels = [*known, *([read] if read else [])]
    return max(labels, key=names.index) if labels else None
