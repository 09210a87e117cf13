"""Reports as bytes and back, for the cache and between processes."""

from __future__ import annotations

import copyreg
import importlib
import io
import pickle
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from postmortem_archive.report import problem, record
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Report

_Way = Callable[[Any], tuple[Any, ...]]


def frozen(mapping: dict[object, object]) -> MappingProxyType[object, object]:
    """Return a mapping that cannot be changed (pickle cannot name the class itself)."""
    return MappingProxyType(mapping)


def _reduce_mapping(mapping: MappingProxyType[object, object]) -> tuple[Any, ...]:
    return frozen, (dict(mapping),)


def _reduce_zone(zone: ZoneInfo) -> tuple[Any, ...]:
    return ZoneInfo, (zone.key,)


def _reduce_word(word: Enum) -> tuple[Any, ...]:
    # The standard way differs between versions of Python, and one of them needs `getattr`.
    return type(word), (word.value,)


def _way_of(record: type) -> _Way:
    """Return the way to write a record as a call with its fields.

    The standard way for a frozen class with slots looks its fields up for each object: that took
    three quarters of the time to read an archive.
    """
    values = attrgetter(*(field.name for field in fields(record)), "__class__")
    return lambda told: (record, values(told)[:-1])


# What the standard way cannot write, or writes with more names or more slowly than need be.
_WAYS: dict[type, _Way] = {
    MappingProxyType: _reduce_mapping,
    ZoneInfo: _reduce_zone,
    **{
        found: _way_of(found)
        for module in (record, problem)
        for found in vars(module).values()
        if isinstance(found, type) and is_dataclass(found)
    },
    **dict.fromkeys((record.Precision, problem.Level), _reduce_word),
}

# What a record may be made of, besides its own classes. A place is by far the most frequent of
# these, and one that was made before takes a fifth of the time.
_PARTS: dict[tuple[str, str], object] = {
    (frozen.__module__, frozen.__qualname__): frozen,
    (Place.__module__, Place.__qualname__): lru_cache(maxsize=4096)(Place),
    ("zoneinfo", "ZoneInfo"): ZoneInfo,
    ("datetime", "date"): date,
    ("datetime", "datetime"): datetime,
    ("datetime", "timedelta"): timedelta,
    ("datetime", "timezone"): timezone,
}
_RECORDS = "postmortem_archive.report."


class _Unpickler(pickle.Unpickler):
    """Makes records and nothing else, so that a cache from elsewhere cannot run code."""

    def find_class(self, module: str, name: str) -> object:
        found = _PARTS.get((module, name))
        if found is None and module.startswith(_RECORDS) and name.isidentifier():
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module:
                _PARTS[module, name] = found
            else:
                found = None
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a record")
        return found


def dumps(report: Report) -> bytes:
    """Return a report as bytes."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = {**copyreg.dispatch_table, **_WAYS}
    pickler.dump(report)
    return zlib.compress(buffer.getvalue(), 1)


def loads(data: bytes) -> Report:
    """Return the report that `dumps` wrote.

    Raises pickle.UnpicklingError for anything else.
    """
    try:
        report = _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # broken bytes fail in as many ways as there are operations
        raise pickle.UnpicklingError(f"not a report: {error}") from error
    if not isinstance(report, Report):
        raise pickle.UnpicklingError("not a report")
    return report
