"""A format of reports: a template with a name, and one line that says whom it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

SUFFIX = ".md.jinja"
# The formats that the package brings, the shortest first.
_BUILT_IN = ("short", "stages", "standard", "formal", "full")
_ABOUT = re.compile(r"\{#-?\s*(?P<jinja>.*?)\s*-?#\}|<!--\s*(?P<html>.*?)\s*-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, one line about it, its template, and the file it is from."""

    name: str
    about: str
    template: str
    file: str

    @classmethod
    def of(cls, name: str, template: str, file: str) -> Format:
        """Return a format of a template; what its first comment says is about it."""
        match = _ABOUT.match(template.lstrip())
        about = (match["jinja"] or match["html"] or "") if match else ""
        return cls(name, " ".join(about.split()), template, file)


@cache
def built_in() -> Mapping[str, Format]:
    """Return the formats that the package brings, by name."""
    return MappingProxyType(
        {
            name: Format.of(name, (resources.files(__package__) / file).read_text("utf-8"), file)
            for name in _BUILT_IN
            for file in (f"{name}{SUFFIX}",)
        }
    )
