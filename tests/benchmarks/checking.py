"""How long `postmortem check` takes over an archive: the first time, and again.

    python tests/benchmarks/checking.py [REPORTS]

The archive is made of the example reports, copied under new names with ids of their own. The first
run reads every file; the second finds them all in the cache. Times are of whole processes, so they
hold the start of Python too; compare the ratios, as machines differ. The seconds of processor time
are those of all cores together.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("postmortem")


def make_archive(folder: Path, count: int) -> int:
    """Fill `folder` with `count` reports and return their size in bytes."""
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    originals = sorted((ROOT / "postmortems").glob("[0-9][0-9][0-9][0-9]/*.md"))
    size = 0
    for number in range(count):
        original = originals[number % len(originals)]
        copy = folder / "postmortems" / original.parent.name / f"R-{number:05}.md"
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = original.read_text(encoding="utf-8").replace(original.stem, copy.stem)
        copy.write_text(text, encoding="utf-8")
        size += len(text.encode())
    return size


def run(folder: Path) -> tuple[float, float]:
    """Return the seconds that one check takes, and those of processor time in it."""
    start, before = time.perf_counter(), processor_time()
    done = subprocess.run(
        [COMMAND, "check", "--fail-on", "never"], cwd=folder, capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr.decode())
    return time.perf_counter() - start, processor_time() - before


def processor_time() -> float:
    """Return the seconds that the processes started so far have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = make_archive(folder, count)
        print(f"{count} reports, {size / count / 1000:.1f} kB each")
        first = run(folder)
        again = min(run(folder) for _ in range(3))
        for label, (seconds, processor) in (("first run", first), ("again", again)):
            each = seconds / count * 1000
            print(f"{label:9} {seconds:6.2f} s   {each:5.2f} ms a report   {processor:6.2f} s CPU")
        print(f"ratio     {first[0] / again[0]:6.1f}")


if __name__ == "__main__":
    main()
