"""How long it takes to relate the reports of an archive, and how that grows with their number.

    python tests/benchmarks/relating.py                  # 1,000 and 10,000 reports
    python tests/benchmarks/relating.py 500 2000 8000    # other sizes

Reports are those of the generator in tests/scale, read beforehand. The exponent is that of the
growth from each size to the next: 1 for a time that grows with the number of reports, 2 for one
that grows with that of their pairs. The last columns are for one report more in an archive whose
relations are known.
"""

from __future__ import annotations

import argparse
import gc
import math
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from postmortem_archive.archive.similarity.features import Features, features
from postmortem_archive.archive.similarity.index import index, matches
from postmortem_archive.archive.similarity.reasons import reasons
from postmortem_archive.archive.similarity.scoring import strength
from postmortem_archive.archive.similarity.similar import MOST
from postmortem_archive.report import read
from postmortem_archive.report.settings import ReadingSettings
from scale.scenario import Scenario
from scale.simulate import incidents
from scale.texts import path_of, text_of

T = TypeVar("T")


def told(count: int) -> Mapping[str, Features]:
    """Return what so many reports are compared by."""
    scenario = Scenario(count=count)
    settings = ReadingSettings()
    made = ((path_of(incident), text_of(incident, scenario)) for incident in incidents(scenario))
    return {path: features(read(text, path, settings), settings) for path, text in made}


def seconds(action: Callable[[], T]) -> tuple[float, T]:
    """Return how long an action keeps the processor busy, and what it returns."""
    gc.collect()
    start = time.process_time()
    result = action()
    return time.process_time() - start, result


def relate(reports: Mapping[str, Features]) -> int:
    """Find for every report those that resemble it, with reasons; return how many there are."""
    made = index(reports)
    found = 0
    for path in reports:
        for match in matches(path, made)[:MOST]:
            if strength(match.score):
                found += bool(reasons(path, match.path, made))
    return found


def main() -> None:
    """Time archives of each size."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    sizes = options.parse_args().sizes
    print("reports   related   all      exponent   memory     one more   touched")
    last: tuple[int, float] | None = None
    for size in sizes:
        reports = told(size)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        whole, found = seconds(lambda every=reports: relate(every))
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        path = list(reports)[-1]
        known = index({other: told for other, told in reports.items() if other != path})
        for other in known.features:
            matches(other, known)
        more, grown = seconds(lambda every=reports, known=known: index(every, known))
        touched = sum(grown.vectors[p] is not known.vectors.get(p) for p in reports)
        again, _ = seconds(lambda every=reports, made=grown: [matches(p, made) for p in every])
        exponent = math.log(whole / last[1], size / last[0]) if last else math.nan
        last = size, whole
        print(
            f"{size:7,} {found:9,} {whole:6.2f} s {exponent:9.2f} {memory:7.0f} MB"
            f" {more + again:9.2f} s {touched:8,}",
            flush=True,
        )


if __name__ == "__main__":
    main()
