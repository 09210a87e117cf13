"""A relation to another report, or its denial, written into front matter.

Every byte that is there stays. What cannot be added to without judgement is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from postmortem_archive.report.front.edits import facts_of
from postmortem_archive.report.reader import read
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.report.writing.front_matter import front_matter

_FENCE = re.compile(r"\ufeff?---[ \t]*(\r\n|\n|\r)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]#.*")
_ITEM = re.compile(r"^([ \t]*)-[ \t]")


class RefusedError(ValueError):
    """A relation that cannot be written in; the message says why."""


def with_relation(
    data: bytes, path: str, settings: ReadingSettings, target: str, relation: str
) -> bytes:
    """Return a report's file with a relation to the report of the id `target`.

    Raises RefusedError where it cannot be written in.
    """
    return _with(data, path, settings, "related", {"id": target, "relation": relation})


def without_relation(data: bytes, path: str, settings: ReadingSettings, target: str) -> bytes:
    """Return a report's file with the word that it is not related to the report `target`.

    Raises RefusedError where it cannot be written in.
    """
    return _with(data, path, settings, "not_related", target)


def _with(
    data: bytes, path: str, settings: ReadingSettings, key: str, item: Mapping[str, str] | str
) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError("the file is not UTF-8") from error
    new = _added(text, key, item).encode()
    before, after = (dict(facts_of(read(told, path, settings))) for told in (data, new))
    was, now = _items(before.pop(key)), _items(after.pop(key))
    # Lines move, and nothing else does.
    if before != after or len(now) != len(was) + 1:
        raise RefusedError(f"“{key}” is written in a way that cannot be added to")
    return new


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _added(text: str, key: str, item: Mapping[str, str] | str) -> str:
    """Return a text with one more item in a list of its front matter."""
    told = _only_item(front_matter({key: [item]}))
    written = f"{key}: [{told}]\n" if isinstance(item, str) else f"{key}:\n  - {told}\n"
    fence = _FENCE.match(text)
    if fence is None:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        end = "\r\n" if "\r\n" in text else "\n"
        return f"{mark}---{end}{written.replace(chr(10), end)}---{end}{text.removeprefix(mark)}"
    end = fence[1]
    close = _END.search(text, fence.end())
    if close is None:
        raise RefusedError("the front matter has no end")
    front = text[fence.end() : close.start()]
    value = _value(front, key)
    if value is None:
        place = close.start()
        return text[:place] + written.replace("\n", end) + text[place:]
    place, addition = _place(front, value, told, end)
    place += fence.end()
    return text[:place] + addition + text[place:]


def _value(front: str, key: str) -> yaml.Node | None:
    """Return the value of a key of the front matter, with its place."""
    try:
        tree = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise RefusedError("the front matter is not YAML") from error
    pairs = tree.value if isinstance(tree, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _only_item(written: str) -> str:
    """Return the item of front matter that is one list of one, as it stands in its line."""
    line = written.removesuffix("---\n").rstrip("\n").rpartition("\n")[2]
    return line.partition("- ")[2] if _ITEM.match(line) else line.partition("[")[2][:-1]


def _place(front: str, value: yaml.Node, item: str, end: str) -> tuple[int, str]:
    """Return where an item goes in the front matter, and what is written there."""
    start, stop = value.start_mark.index, value.end_mark.index
    if isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:null":
        line_end = front.find(end, stop)
        return line_end + len(end), f"  - {item}{end}"
    if not isinstance(value, yaml.SequenceNode):
        raise RefusedError("what is told there is no list: make it one first")
    if value.flow_style:
        tail = front[_end_of(value.value[-1]) : stop - 1] if value.value else ","
        # A comma may follow the last item already; one in a comment is none.
        comma = "" if "," in _COMMENT.sub("", tail) else ", "
        return stop - 1, f"{comma}{item}"
    line_end = front.find(end, _end_of(value))
    indent = front[front.rfind("\n", 0, start) + 1 : start]
    return line_end + len(end), f"{indent}- {item}{end}"


def _end_of(value: yaml.Node) -> int:
    """Return where the last word of a value ends; a block ends only where the next one begins."""
    if not isinstance(value, yaml.CollectionNode) or value.flow_style or not value.value:
        return int(value.end_mark.index)
    last = value.value[-1]
    return _end_of(last[1] if isinstance(last, tuple) else last)
