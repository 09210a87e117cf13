"""A report's visibility, read so that a slip never publishes what was meant to be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from postmortem_archive.report.problem import nearest
from postmortem_archive.report.vocabulary import VISIBILITIES

NARROWEST = "RED"
# Written with a colon in YAML, with an equals sign in TOML.
_LINE = re.compile(
    r"^[ \t]*[\"']?visibility[\"']?[ \t]*[:=](?P<value>[^\n#]*)", re.IGNORECASE | re.MULTILINE
)
_OPENING_LINES = 80
_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060 \t"
_MENTION = re.compile(r"visib", re.IGNORECASE)


_KEY = re.compile(
    r"^[ \t]*[\"']?(?P<key>[A-Za-z][\w -]{0,40})[\"']?[ \t]*[:=](?P<value>[^\n#]*)", re.MULTILINE
)
_WITHIN = re.compile(r"[{,]\s*[\"']?visibility[\"']?\s*:\s*(?P<value>[^,}\n]*)", re.IGNORECASE)
# Other names for the same label; they count where their value is one of TLP's.
_OTHER_KEYS = frozenset({"tlp", "classification", "sharing", "distribution"})


def strictest(front: str | None, *read: str | None, broken: bool) -> str | None:
    """Return the label that holds for a report: the narrowest of all that it names.

    `front` is the raw front matter, or what may be meant as such; `read` are the labels read from
    front matter and body. Where the front matter is `broken`, or the key was written twice, with a
    wrong value or under a name like it, a label that can not be understood counts as RED.
    """
    labels = [label for label in read if label]
    if front is not None:
        written = [match["value"].strip("\"' \t") for match in _LINE.finditer(front)]
        slips = [*_misspelt(front), *(match["value"] for match in _WITHIN.finditer(front))]
        known = [t.name for v in (*written, *slips) if (t := VISIBILITIES.find(v))]
        unknown = len(known) < len(written) + len(slips)
        unread = not labels or broken or slips
        if unknown and unread:
            return NARROWEST
        if broken and not written and _MENTION.search(front):
            return NARROWEST
        labels += [*known, *_under_other_names(front)]
    return max(labels, key=VISIBILITIES.names.index) if labels else None


def _misspelt(front: str) -> Iterator[str]:
    """Yield the values of keys that were most likely meant to be `visibility`."""
    for match in _KEY.finditer(front):
        key = match["key"].strip().casefold()
        if _is_slip(key):
            yield match["value"].strip("\"' \t")


@lru_cache(maxsize=1024)
def _is_slip(key: str) -> bool:
    return key != "visibility" and nearest(key, ("visibility",)) is not None


def _under_other_names(front: str) -> Iterator[str]:
    for match in _KEY.finditer(front):
        if match["key"].strip().casefold() not in _OTHER_KEYS:
            continue
        if term := VISIBILITIES.find(match["value"]):
            yield term.name


def before_the_text(body: str) -> str | None:
    """Return the opening of a body without front matter, where misplaced front matter stands.

    A blank line, a comment or a character that nobody sees before the first `---` is enough for
    it to be read as text. None where no line there is a fence.
    """
    lines = body.split("\n", _OPENING_LINES)[:_OPENING_LINES]
    end = next((n for n, line in enumerate(lines) if line.startswith("# ")), len(lines))
    opening = [line.strip(_UNSEEN) for line in lines[:end]]
    return "\n".join(opening) if any(line.startswith("---") for line in opening) else None
