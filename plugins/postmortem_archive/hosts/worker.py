"""Reads reports in processes of their own: batches in at standard input, reports out at output."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO, cast

from postmortem_archive.hosts.records import dumps, loads
from postmortem_archive.hosts.texts import Source, read_source
from postmortem_archive.report.record import Report
from postmortem_archive.report.settings import ReadingSettings

# Small enough for all processes to end at about the same time, and large enough to cost no more.
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Fresh:
    """A report just read, as bytes; and as it is, where this process read it."""

    data: bytes
    report: Report | None = None

    @classmethod
    def of(cls, report: Report) -> Fresh:
        """Return a report that this process has read."""
        return cls(dumps(report), report)

    def told(self) -> Report:
        """Return the report itself."""
        return self.report or loads(self.data)


# Told how many reports have been read, and how many are to be.
Tell = Callable[[int, int], None]


def say_nothing(done: int, new: int) -> None:
    """Take no note of how many reports are read."""
    del done, new


class Batches:
    """The batches that nobody has taken yet, each with where it starts."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._starts: Iterator[int] = iter(range(0, len(sources), _BATCH))
        self._lock = Lock()
        self._read = 0

    def __iter__(self) -> Iterator[tuple[int, list[Source]]]:
        while (start := self._next()) is not None:
            yield start, list(self._sources[start : start + _BATCH])

    def _next(self) -> int | None:
        with self._lock:
            return next(self._starts, None)

    def stop(self) -> None:
        """Leave the rest to nobody."""
        with self._lock:
            self._starts = iter(())

    def finish(self, batch: Sequence[Source]) -> int:
        """Take note that a batch was read; return how many reports were, by all processes."""
        with self._lock:
            self._read += len(batch)
            return self._read


def read_by(
    processes: int, sources: Sequence[Source], settings: ReadingSettings, tell: Tell
) -> list[Fresh]:
    """Return each source's report, read by so many processes, this one among them.

    The others are plain children, and no pool of `multiprocessing`: that would start the program
    that uses this package once more in each of them. Each takes a batch whenever it has done one.
    `tell` is told how far it is, but not that all are read. Raises OSError or
    subprocess.SubprocessError where a child cannot be started or fails.
    """
    batches = Batches(sources)
    found: dict[int, list[Fresh]] = {}
    with ThreadPoolExecutor(processes) as pool:
        children = [pool.submit(read_in_child, batches, settings) for _ in range(processes - 1)]
        try:
            for start, batch in batches:
                found[start] = read_here(batch, settings)
                if (done := batches.finish(batch)) < len(sources):
                    tell(done, len(sources))
        except BaseException:  # a person who ends the program does not wait for the rest
            batches.stop()
            raise
        for child in children:
            for start, told in child.result().items():
                found[start] = list(map(Fresh, told))
    return [report for start in sorted(found) for report in found[start]]


def read_here(batch: Sequence[Source], settings: ReadingSettings) -> list[Fresh]:
    """Return each source's report, read by this process."""
    return [Fresh.of(read_source(source, settings)) for source in batch]


def read_in_child(batches: Batches, settings: ReadingSettings) -> dict[int, list[bytes]]:
    """Let a child read batches until there are none; return what it read by where it starts."""
    command = [sys.executable, "-m", __name__]
    found: dict[int, list[bytes]] = {}
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    child = subprocess.Popen(  # noqa: S603 -- this interpreter, this module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
        # Ctrl-C at a terminal is for this process; a child ends when its input does.
        start_new_session=True,
    )  # fmt: skip
    try:
        for start, batch in batches:
            found[start] = _answer(child, settings, batch)
            batches.finish(batch)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        child.kill()
        raise subprocess.SubprocessError("a reading process ended early") from error
    finally:
        child.communicate()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return found


def _answer(
    child: subprocess.Popen[bytes], settings: ReadingSettings, batch: list[Source]
) -> list[bytes]:
    pipes = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    pickle.dump((settings, batch), pipes[0])
    pipes[0].flush()
    answer: list[bytes] = pickle.load(pipes[1])  # noqa: S301 -- what main() wrote
    return answer


def main() -> None:
    """Read the batches at standard input, until it ends."""
    # Records hold no cycles, and a search for garbage among them would find none.
    gc.disable()
    # Either end may be closed, by a process that has what it wants or is no more.
    with suppress(EOFError, BrokenPipeError), open(1, "wb", closefd=False) as answers:
        while True:
            settings, batch = pickle.load(sys.stdin.buffer)  # noqa: S301 -- what _answer() wrote
            pickle.dump([fresh.data for fresh in read_here(batch, settings)], answers)
            answers.flush()


if __name__ == "__main__":
    main()
