"""From the keys of a foreign front matter to the archive's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from postmortem_archive.report.front.foreign import MEANT, NAMES
from postmortem_archive.report.front.keys import KEYS
from postmortem_archive.report.front.yaml_tree import Scalar, read_mapping
from postmortem_archive.report.problem import Level, Problem, Problems, nearest
from postmortem_archive.report.vocabulary import fold

TARGETS = frozenset({*KEYS, *(name for name in NAMES if "." in name)}) - {"imported"}
"""What a foreign key can be given as its home."""


class KeyMap:
    """Finds the archive's key for a foreign one: by the author's own mapping, then by its name.

    `own` maps foreign keys to the archive's, or to None for one that is to be kept as it is.
    """

    def __init__(self, own: Mapping[str, str | None] = MappingProxyType({})) -> None:
        self._own = {fold(name): home for name, home in own.items()}

    def home(self, name: str) -> str | None:
        """Return the archive's key for a key of any front matter, None where there is none."""
        folded = fold(name)
        if folded in self._own:
            return self._own[folded]
        return name if name in TARGETS else _FOLDED.get(folded) or MEANT.get(folded)


_FOLDED: Mapping[str, str] = MappingProxyType(
    {fold(name): name for name in KEYS if name in TARGETS}
)


def read_key_map(text: str, path: str) -> tuple[KeyMap, tuple[Problem, ...]]:
    """Read an author's own mapping, lines of `their_key: our_key`, with all that is wrong in it."""
    problems = Problems(path)
    own: dict[str, str | None] = {}
    for name, value in read_mapping(text, 1, problems).items.items():
        if not isinstance(value, Scalar):
            problems.add(
                value.place, Level.ERROR, "wrong-type", f"“{name}” is {value.kind}",
                expected="a key of the archive",
            )  # fmt: skip
        elif value.value is not None and value.text not in TARGETS:
            problems.add(
                value.place, Level.ERROR, "unknown-key", f"“{value.text}” is no key of a report",
                found=value.text, suggestion=nearest(value.text, TARGETS),
            )  # fmt: skip
        else:
            own[name] = None if value.value is None else value.text
    return KeyMap(own), problems.all()
