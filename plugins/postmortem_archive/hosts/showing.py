"""What `postmortem show` does: one report, and its facts as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from postmortem_archive.archive.clocks import CLOCKS
from postmortem_archive.hosts.locating import inside, nearest_file
from postmortem_archive.hosts.printing.line import printable
from postmortem_archive.hosts.texts import load_source, read_source
from postmortem_archive.report.record import MILESTONES, Report
from postmortem_archive.report.rules.levels import Levels
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.site.facts import facts

Row = tuple[int | None, str, str]

# What a reader of any report would ask for; `show` says where there is no answer.
_EXPECTED = (
    "summary",
    "severity",
    "status",
    *MILESTONES,
    "detection",
    "services",
    "trigger",
    "root_cause",
    "authors",
    "timeline",
    "actions",
)


class UnreadableError(ValueError):
    """There is no report to read; the message says why."""


def read_one(file: Path) -> tuple[Report, tuple[str, ...]]:
    """Read one file, with the settings of the archive it is in; with notes for the person.

    Raises UnreadableError where there is no such file, or it cannot be read.
    """
    if file.is_dir():
        raise UnreadableError(f"“{file}” is a folder: name one report")
    if not file.exists():
        raise UnreadableError(f"there is no file “{file}”")
    if not file.is_file():
        raise UnreadableError(f"“{file}” is no regular file")
    path, settings, levels, notes = _settings(file)
    source = load_source(file.parent, file.name)
    if source.error is not None:
        raise UnreadableError(f"“{file}” cannot be read: {source.error}")
    return levels.applied(read_source(type(source)(path, source.data), settings)), notes


def _settings(file: Path) -> tuple[str, ReadingSettings, Levels, tuple[str, ...]]:
    """Return a file's path from its docs folder, and how it is to be read and judged."""
    nearest = nearest_file(file.parent)
    if nearest is None:
        return file.name, ReadingSettings(), Levels(), ()
    from mkdocs.exceptions import ConfigurationError

    from postmortem_archive.hosts.configuration import load

    try:
        archive = load(nearest)
    except ConfigurationError as error:
        return file.name, ReadingSettings(), Levels(), (f"{error}; read with default settings",)
    path = inside(file, archive.docs_dir) if archive else None
    if archive is None or path is None:
        return file.name, ReadingSettings(), Levels(), ()
    settings = archive.settings
    return path, settings.reading, settings.archive.levels, archive.warnings


def as_text(report: Report) -> str:
    """Return every fact of a report, each with its line in the file where it has one."""
    told = facts(report, texts=True)
    rows: list[Row] = []
    for key, value in told.items():
        if key == "sources" or value in (None, [], {}):
            continue
        place = report.sources.get(key)
        rows += _rows(key, value, place.line if place else None)
    missing = [key for key in _EXPECTED if key not in told]
    rows += [(None, "not told", ", ".join(missing))] if missing else []
    return "\n".join(_line(row) for row in rows)


def _line(row: Row) -> str:
    number, key, value = row
    text = printable(" ".join(value.split()))
    return f"{'' if number is None else number:>5}  {key:<22}  {text}".rstrip()


def _rows(key: str, value: object, line: int | None) -> Iterator[Row]:
    form = _FORMS.get(key)
    if form and isinstance(value, list):
        yield line, key, str(len(value))
        for item in value:
            yield _number(item), "", form(item)
    elif key == "clocks" and isinstance(value, dict):
        for clock in CLOCKS:
            if clock.name in value:
                pair = f"{clock.start} → {clock.end}"
                yield None, clock.abbreviation, f"{value[clock.name]} min ({pair})"
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _rows(f"{key}.{name}", part, line)
    elif isinstance(value, list):
        for item in value:
            yield _number(item) or line, key, _flat(item)
    else:
        yield line, key, _flat(value)


def _number(item: object) -> int | None:
    line = item.get("line") if isinstance(item, dict) else None
    return line if isinstance(line, int) else None


def _flat(value: object) -> str:
    """Return any plain value on one line."""
    if isinstance(value, dict):
        parts = ((key, part) for key, part in value.items() if part is not None and key != "line")
        return ", ".join(f"{key}: {_flat(part)}" for key, part in parts)
    if isinstance(value, list):
        return "; ".join(map(_flat, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _joined(parts: Iterable[object], mark: str = " · ") -> str:
    return mark.join(str(part) for part in parts if part not in (None, "", []))


def _entry(item: Mapping[str, object]) -> str:
    span = _joined((item["time"] or item["written"] or "?", item.get("end")), " – ")
    details = item.get("details")
    return _joined(
        (
            span,
            item.get("actor"),
            item["text"],
            _joined(details if isinstance(details, Sequence) else (), " / "),
        )
    )


def _action(item: Mapping[str, object]) -> str:
    told = ("owner", "priority", "horizon", "type", "opened", "due", "closed", "reason", "url")
    rest = [f"{key}: {item[key]}" for key in told if item.get(key)]
    return _joined((f"[{item['status']}]", item["text"], *rest))


def _item(item: Mapping[str, object]) -> str:
    tick = {True: "[x] ", False: "[ ] "}.get(bool(item["ticked"])) if "ticked" in item else ""
    return f"{tick}{_joined((item.get('section'), item['text']), ': ')}"


def _phase(item: Mapping[str, object]) -> str:
    return f"{item['title']}: {item['minutes']} min ({item['start']} → {item['end']})"


def _figure(item: Mapping[str, object]) -> str:
    pair = f"{item['start']} → {item['end']}" if item["start"] else "not compared"
    return f"{item['label']}: {item['written']} = {item['minutes']} min ({pair})"


def _why(item: Mapping[str, object]) -> str:
    return _joined((item["question"], item["answer"]), " — ")


def _section(item: Mapping[str, object]) -> str:
    name = f"{item['name']} " if item["name"] else ""
    return _joined((f"{name}“{item['heading']}”", item.get("text")), ": ")


def _problem(item: Mapping[str, object]) -> str:
    rest = [f"{key}: {item[key]}" for key in ("expected", "suggestion") if key in item]
    return _joined((f"{item['level']}: {item['message']} [{item['rule']}]", *rest))


_FORMS: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "timeline": _entry,
    "actions": _action,
    "improvements": _item,
    "went_well": _item,
    "went_poorly": _item,
    "lucky": _item,
    "phases": _phase,
    "figures": _figure,
    "whys": _why,
    "sections": _section,
    "problems": _problem,
}
