"""Reads reports in a process of its own: a batch in at standard input, reports out at output."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from postmortem_archive.hosts.records import dumps
from postmortem_archive.hosts.texts import Source, read_source
from postmortem_archive.report.settings import ReadingSettings


def read_in_parallel(
    sources: Sequence[Source], settings: ReadingSettings, processes: int
) -> list[bytes]:
    """Return each source's report as bytes, read by several processes.

    These are plain children, and no pool of `multiprocessing`: that would start the program that
    uses this package once more in each of them. Raises OSError or subprocess.SubprocessError
    where a child cannot be started or fails.
    """
    batches = [sources[start::processes] for start in range(processes)]
    with ThreadPoolExecutor(processes) as pool:
        parts = list(pool.map(lambda batch: _in_child(batch, settings), batches))
    found: list[bytes] = [b""] * len(sources)
    for start, part in enumerate(parts):
        found[start::processes] = part
    return found


def _in_child(batch: Sequence[Source], settings: ReadingSettings) -> list[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(  # noqa: S603 -- this interpreter, this module
        [sys.executable, "-m", __name__],
        input=pickle.dumps((settings, list(batch))),
        stdout=subprocess.PIPE,
        env=environment,
        check=True,
    )
    answer: list[bytes] = pickle.loads(done.stdout)  # noqa: S301 -- what main() wrote
    return answer


def main() -> None:
    """Read the batch at standard input."""
    settings, batch = pickle.load(sys.stdin.buffer)  # noqa: S301 -- what _in_child() wrote
    answer = [dumps(read_source(source, settings)) for source in batch]
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
