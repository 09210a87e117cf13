"""Measure how long the search's files take, from nothing and after an edit of one report.

    python tests/benchmarks/indexing.py 1000 10000

Reports are those of the generator, with about so many words each as `--words` says. Times are
seconds of the processor, of one core; memory is the most that the process had, with the reports
themselves and without them. An edit changes the words of a report in the middle, as one does that
`mkdocs serve` sees: all reports are read anew, and compared with those before.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.hosts.reading import no_garbage_collection, read_sources
from postmortem_archive.hosts.records import dumps, loads
from postmortem_archive.hosts.texts import Source
from postmortem_archive.report.record import Report
from postmortem_archive.report.settings import ReadingSettings
from postmortem_archive.site.search.files import Found
from postmortem_archive.site.settings import SiteSettings
from postmortem_archive.site.site import Site
from scale.scenario import Scenario
from scale.simulate import incidents
from scale.texts import path_of, text_of

T = TypeVar("T")


def told(count: int, words: int) -> tuple[Report, ...]:
    """Return so many reports, read."""
    scenario = Scenario(count=count, words=words)
    made = ((path_of(incident), text_of(incident, scenario)) for incident in incidents(scenario))
    return read_sources([Source(path, text.encode()) for path, text in made], ReadingSettings())


def site_of(reports: Sequence[Report]) -> Site:
    """Return a site of reports, with what its other pages need of the archive made already."""
    reading = ReadingSettings()
    settings = ArchiveSettings(as_of=date(2026, 10, 1), reading=reading)
    site = Site(
        build(reports, settings),
        SiteSettings(reading, settings),
        lambda target, _: f"../{target.removesuffix('.md')}/",
    )
    archive = site.archive
    made = (archive.chains, archive.services, archive.triggers, archive.causes, archive.years)
    assert all(made)
    assert site.addresses
    assert archive.clocks(archive.reports[0]) is not None
    return site


def seconds(action: Callable[[], T]) -> tuple[float, T]:
    """Return how long an action keeps the processor busy, and what it returns."""
    gc.collect()
    with no_garbage_collection():
        start = time.process_time()
        result = action()
        return time.process_time() - start, result


def megabytes() -> float:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size_of(found: Found, names: set[str] | None = None) -> float:
    """Return the size of files in MB, of all or of some."""
    files = found.files.items()
    return sum(len(data) for name, data in files if names is None or name in names) / 1e6


def main() -> None:
    """Measure archives of each size."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    options.add_argument("--words", type=int, default=1100)
    asked = options.parse_args()
    for size in asked.sizes:
        reports = told(size, asked.words)
        before = megabytes()
        site = site_of(reports)
        words = sum(len(section.text.split()) for r in reports for section in r.sections) / size
        whole, found = seconds(site.search)
        peak = megabytes()
        print(f"{size:,} reports of {words:.0f} words below their headings")
        print(f"  from nothing   {whole:6.2f} s")
        print(f"  memory at peak {peak:6.0f} MB, of which the reports {before:.0f} MB")
        print(f"  files          {len(found.files):6,}, {size_of(found):.1f} MB")
        print(f"  index.json     {len(found.files['index.json']) / 1e3:6.1f} kB")
        again = [loads(dumps(report)) for report in reports]
        middle = size // 2
        again[middle] = replace(again[middle], title="Another title than it had")
        after = site_of(again)
        edit, new = seconds(lambda site=after, found=found: site.search(before=found))
        names = new.files.keys() - found.files.keys()
        print(
            f"  after an edit  {edit:6.2f} s, {len(names)} new files, {size_of(new, names):.1f} MB"
        )


if __name__ == "__main__":
    main()
