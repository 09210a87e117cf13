"""Facts to front matter: YAML in the one order and style that the archive has.

What is written here reads back as the same values. Dates and times are ISO 8601 and plain; a text
that another YAML reader would take for something else (`12:30`, `NO`, `0012`) is quoted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from sys import maxsize

import yaml

from postmortem_archive.report.front.keys import KEYS

# As much as stands on one line beside its key, and is still taken in at a glance.
_LONGEST_LINE = 80
_LONGEST_NAME = 3
# Line ends to YAML that a block of text would turn into others, or that no editor shows.
_ESCAPED = frozenset("\r\x85\u2028\u2029\ufeff")
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_TEXT = "tag:yaml.org,2002:str"


def front_matter(facts: Mapping[str, object]) -> str:
    """Return facts as YAML between two lines `---`, in the archive's order of keys.

    The values are plain: text, number, flag, date, datetime, list or mapping. Keys that are none of
    the archive's come last, as they are given; None is left out.
    """
    known = [key for key in KEYS if key in facts]
    others = [key for key in facts if key not in KEYS]
    told = _FrontMatter((k, facts[k]) for k in (*known, *others) if facts[k] is not None)
    if not told:
        return "---\n---\n"
    text = yaml.dump(
        told, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=maxsize, indent=2
    )
    return f"---\n{text}---\n"


class _FrontMatter(dict[str, object]):
    """The outermost mapping, which has a line for each key however short it is."""


class _Dumper(yaml.SafeDumper):
    """Writes short lists and mappings on one line, and everything else on lines of their own."""

    # PyYAML keeps them on the class, and this one must not share its parent's. A date is plain
    # here, whether it comes as a text or as a date: the archive's reader takes both alike.
    yaml_implicit_resolvers = {  # noqa: RUF012 -- PyYAML looks for it on the class
        first: [pair for pair in pairs if pair[0] != _TIMESTAMP]
        for first, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 -- the base class calls it so
        """Indent lists below their key, as people write them."""
        del indentless
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        """Write a value that occurs twice twice: the archive reads no aliases."""
        del data
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = None
    # A line end at the end of a block would be lost with that of the front matter's last line.
    if _ESCAPED & set(value) or value.endswith("\n"):
        style = '"'
    elif "\n" in value:
        style = "|"
    return dumper.represent_scalar(_TEXT, value, style=style)


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    if value.is_integer():
        return dumper.represent_int(int(value))
    # Never as `1e-07`: the archive's reader takes that for a word.
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(Decimal(repr(value)), "f"))


def _day(dumper: yaml.SafeDumper, value: dt.date) -> yaml.Node:
    return dumper.represent_scalar(_TEXT, value.isoformat())


def _moment(dumper: yaml.SafeDumper, value: dt.datetime) -> yaml.Node:
    """Write a time to the minute, or to the second where it has one, with the zone it has."""
    text = value.isoformat(timespec="seconds" if value.second else "minutes")
    text = text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
    return dumper.represent_scalar(_TEXT, text)


def _list(dumper: yaml.SafeDumper, value: Sequence[object]) -> yaml.Node:
    flow = _is_short(value) and all(map(_is_name, value))
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


def _mapping(dumper: yaml.SafeDumper, value: dict[str, object]) -> yaml.Node:
    flow = _is_short(value)
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=flow)


def _front_matter(dumper: yaml.SafeDumper, value: _FrontMatter) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=False)


def _is_name(item: object) -> bool:
    """Whether an item of a list is a word or a name, and no sentence."""
    return not isinstance(item, str) or len(item.split()) <= _LONGEST_NAME


def _is_short(value: object) -> bool:
    return _width(value) <= _LONGEST_LINE


def _width(value: object) -> int:
    """Return about how long a value is on one line; far too long where it does not fit on one."""
    match value:
        case str():
            return len(value) if "\n" not in value else _LONGEST_LINE + 1
        case dict():
            return sum(len(str(key)) + _width(item) + 4 for key, item in value.items())
        case list() | tuple():
            return sum(_width(item) + 2 for item in value)
    return len(str(value))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(dt.date, _day)
_Dumper.add_representer(dt.datetime, _moment)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(tuple, _list)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(_FrontMatter, _front_matter)
