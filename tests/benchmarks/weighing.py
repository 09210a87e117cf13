"""Weigh the pages of a built site, by kind, as they are and compressed.

    python -m scale archive --count 1000 --words 900
    mkdocs build --config-file archive/mkdocs.yml
    python tests/benchmarks/weighing.py archive/site

Of every kind: how many pages there are, the size of the one in the middle, and of the largest one,
in kB of 1,000 bytes. Compressed is gzip at level 6, as servers have it. The heaviest kind comes
first. Kinds are told by address, so that `at` has to be the root.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low

# The first that matches an address names its kind; `*` stands for a name.
KINDS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"", "overview"),
        (r"incidents/\d{4}/", "incidents of a year"),
        (r"incidents/\d{4}-\d\d/", "incidents of a month"),
        (r"trends/(?:fy)?\d{4}/", "trends of a year"),
        (r"trends/(?:fy)?\d{4}-q\d/", "trends of a quarter"),
        (r"trends/\d{4}-\d\d/", "trends of a month"),
        (r"\d{4}/.+/", "reports"),
        (r"([^/]+)/", r"\1/"),
        (r"([^/]+)/.+/", r"\1/*/"),
    )
)


@dataclass(frozen=True, slots=True, order=True)
class Page:
    """A page's sizes in bytes, and its address."""

    size: int
    compressed: int
    address: str


def pages(root: Path) -> Iterator[Page]:
    """Yield every page of a built site."""
    for file in root.rglob("index.html"):
        data = file.read_bytes()
        address = file.parent.relative_to(root).as_posix() + "/"
        told = "" if address == "./" else address
        yield Page(len(data), len(gzip.compress(data, 6)), told)


def kind(address: str) -> str:
    """Return the kind of a page: a place has its own, what stands below it has one together."""
    matches = ((pattern.fullmatch(address), name) for pattern, name in KINDS)
    return next(match.expand(name) for match, name in matches if match)


def main() -> None:
    parser = argparse.ArgumentParser(description="Weigh the pages of a built site.")
    parser.add_argument("site", type=Path)
    found: dict[str, list[Page]] = defaultdict(list)
    for page in pages(parser.parse_args().site):
        found[kind(page.address)].append(page)
    print("| Pages | How many | Median, kB | … compressed | Largest, kB | … compressed |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, weighed in sorted(found.items(), key=lambda pair: max(pair[1]), reverse=True):
        sizes = [page.size for page in weighed], [page.compressed for page in weighed]
        told = [median_low(sizes[0]), median_low(sizes[1]), max(sizes[0]), max(sizes[1])]
        cells = " | ".join(f"{size / 1000:,.0f}" for size in told)
        print(f"| {name} | {len(weighed):,} | {cells} |")


if __name__ == "__main__":
    main()
