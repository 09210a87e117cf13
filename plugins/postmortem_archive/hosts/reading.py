"""An archive's reports, read from disk, through the cache and with all cores."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from postmortem_archive.hosts.cache import Cache, fingerprint, keys_of
from postmortem_archive.hosts.records import loads
from postmortem_archive.hosts.texts import Source, load_source
from postmortem_archive.hosts.worker import Fresh, Tell, read_by, say_nothing
from postmortem_archive.report.record import Report
from postmortem_archive.report.settings import ReadingSettings

# Under so many new reports a process of one's own costs more time than it saves.
FEWEST_FOR_PROCESSES = 64


def read_reports(
    docs_dir: Path,
    paths: Sequence[str],
    settings: ReadingSettings,
    cache_dir: Path | None = None,
    tell: Tell = say_nothing,
) -> tuple[Report, ...]:
    """Read the reports at `paths` (from `docs_dir`), in this order.

    What was read before and has not changed comes from the cache in `cache_dir`, if there is one.
    A file that cannot be read gives a report with that problem.
    """
    sources = [load_source(docs_dir, path) for path in paths]
    return read_sources(sources, settings, cache_dir, tell)


def read_sources(
    sources: Sequence[Source],
    settings: ReadingSettings,
    cache_dir: Path | None = None,
    tell: Tell = say_nothing,
) -> tuple[Report, ...]:
    """Read reports whose texts are at hand, wherever they are from, in this order."""
    with no_garbage_collection():
        return _read_sources(sources, settings, cache_dir, tell)


def _read_sources(
    sources: Sequence[Source], settings: ReadingSettings, cache_dir: Path | None, tell: Tell
) -> tuple[Report, ...]:
    if cache_dir is None:
        return tuple(fresh.told() for fresh in _read(sources, settings, tell))
    # A report that was read with its page tells all that one without it does.
    prints = (fingerprint(settings), fingerprint(replace(settings, page=True)))
    both = [keys_of(source.path, source.data, prints) for source in sources]
    keys, with_page = [own for own, _ in both], [whole for _, whole in both]
    cache = Cache(cache_dir)
    every = dict.fromkeys([*keys, *with_page])
    valid = _valid(cache.get(every))
    known = {
        k: valid.get(k) or valid[whole]
        for k, whole in zip(keys, with_page, strict=True)
        if k in valid or whole in valid
    }
    new = [index for index, k in enumerate(keys) if k not in known]
    read = _read([sources[index] for index in new], settings, tell)
    fresh = dict(zip(new, read, strict=True))
    keep = {keys[index]: f.data for index, f in fresh.items() if sources[index].error is None}
    if keep:
        cache.put(keep, every)
    return tuple(
        fresh[index].told() if index in fresh else known[k] for index, k in enumerate(keys)
    )


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Make many records without a search for garbage among them, which took twice their time.

    Records hold no cycles, so none of them is ever found that way.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _valid(found: Mapping[bytes, bytes]) -> dict[bytes, Report]:
    """Return the reports of the cache, without those that are broken."""
    reports: dict[bytes, Report] = {}
    for k, data in found.items():
        try:
            reports[k] = loads(data)
        except pickle.UnpicklingError:
            continue
    return reports


def _read(sources: Sequence[Source], settings: ReadingSettings, tell: Tell) -> list[Fresh]:
    tell(0, len(sources))
    fresh = _read_by_all(sources, settings, tell)
    tell(len(sources), len(sources))
    return fresh


def _read_by_all(sources: Sequence[Source], settings: ReadingSettings, tell: Tell) -> list[Fresh]:
    """Read reports: by several processes where that is faster."""
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if len(sources) > FEWEST_FOR_PROCESSES and processes and processes > 1:
        try:
            return read_by(processes, sources, settings, tell)
        except (OSError, subprocess.SubprocessError):
            pass  # where no process can be started, this one does it all
    return read_by(1, sources, settings, tell)
