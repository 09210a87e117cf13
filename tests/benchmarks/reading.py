"""How long it takes to read a report, by its size and its shape.

    python tests/benchmarks/reading.py             # 1, 2 and 4 MB of each shape
    python tests/benchmarks/reading.py 0.1 0.2 0.4 # other sizes, in MB
    python tests/benchmarks/reading.py --shape list --parse

Reading should grow with the size of a report: the last column is how much longer the largest took
than the smallest, for each time that it is larger, and should stay near 1. `--parse` times the
Markdown parser alone, so that its share is known.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import count

from postmortem_archive.report import read
from postmortem_archive.report.markup.markdown import parse

HEAD = "# Pool ran dry\n\n**Date:** 2025-03-04\n**Severity:** SEV2\n\n"
PROSE = "The pool was **too small** for the load, and `checkout` waited for [it](pool.md). "
TYPICAL = f"""# Post-Mortem Report: Pool ran dry

**Incident ID:** INC-1
**Date:** 2025-03-04
**Severity:** HIGH
**Status:** Approved
**Author(s):** Ana Lee, Bo Chen

## Executive Summary

{PROSE * 4}

## Timeline (All times in UTC)

| Time | Event |
|------|-------|
{"".join(f"| 14:{n:02} | Step {n}, with `code` and **bold** words |{chr(10)}" for n in range(15))}

## Impact
- **Users Affected:** about 8,000
- **Failed Requests:** 480,000
- **Revenue Impact:** $5,000

## Root Cause Analysis
{PROSE * 8}

### Contributing Factors
{"".join(f"- Factor {n}: {PROSE}{chr(10)}" for n in range(5))}

## Lessons Learned
### What Went Well
{"".join(f"- ✅ {PROSE}{chr(10)}" for n in range(5))}
### What Went Poorly
{"".join(f"- ❌ {PROSE}{chr(10)}" for n in range(5))}

## Action Items

| Action | Owner | Due Date | Status |
|--------|-------|----------|--------|
{"".join(f"| Do thing {n} | Ana Lee | 2025-04-{n + 1:02} | ⏳ Open |{chr(10)}" for n in range(8))}
"""


def repeated(piece: Callable[[int], str]) -> Callable[[int], str]:
    """Return a maker of a text of about so many characters, of a piece over and over."""

    def make(size: int) -> str:
        return HEAD + "".join(_until(size, piece))

    return make


def _until(size: int, piece: Callable[[int], str]) -> Iterator[str]:
    for number in count():
        text = piece(number)
        size -= len(text)
        if size < 0:
            return
        yield text


def paragraph(piece: str) -> Callable[[int], str]:
    """Return a maker of one paragraph of a piece over and over."""
    return lambda size: HEAD + piece * (size // len(piece)) + "\n"


def below(heading: str, piece: Callable[[int], str]) -> Callable[[int], str]:
    """Return a maker of one section of a piece over and over."""
    make = repeated(piece)
    return lambda size: HEAD + heading + make(size).removeprefix(HEAD)


TABLE = "| Time | Event |\n|---|---|\n"
ACTIONS = "## Action Items\n| Action | Owner | Due | Status |\n|---|---|---|---|\n"
SHAPES: dict[str, Callable[[int], str]] = {
    "prose": repeated(lambda _: PROSE * 6 + "\n\n"),
    "lines": repeated(lambda _: PROSE + "\n"),
    "timeline": below("## Timeline\n" + TABLE, lambda n: f"| {n % 24:02}:15 | {PROSE}|\n"),
    "timeline list": below("## Timeline\n", lambda n: f"- {n % 24:02}:15 {PROSE}\n  - and {n}\n"),
    "untimed items": below("## Timeline\n- 14:02 a\n- 14:03 b\n", lambda _: f"  - {PROSE}\n"),
    "timed headings": below("## Timeline\n", lambda n: f"### {n % 24:02}:15\n{PROSE}\n\n"),
    "actions": below(ACTIONS, lambda n: f"| Do {n} | Ana | 2025-04-01 | Done |\n"),
    "checklist": below("## Action Items\n", lambda n: f"- [x] Do {n} (Ana, by 2025-04-01)\n"),
    "fields": repeated(lambda n: f"- **Duration:** {n} minutes\n- **Label {n}:** text\n"),
    "one field": repeated(lambda _: "- **Severity:** purple\n"),
    "headings": repeated(lambda n: f"## Heading {n}\nText.\n\n"),
    "equal headings": repeated(lambda _: "## Impact\nText.\n\n"),
    "factors": below("## Contributing Factors\n", lambda n: f"- **Human**: {PROSE}{n}\n"),
    "placeholders": repeated(lambda n: f"- [Something {n}] and [metric] of [system]\n"),
    "links": repeated(lambda n: f"[a](b{n}.md) "),
    "raw links": repeated(lambda n: f'<a href="b{n}.md">a</a>\n\n'),
    "related": below("## Related Incidents\n", lambda n: f"- INC-{n:06}\n"),
    "footnotes": repeated(lambda n: f"Text[^{n}].\n\n[^{n}]: Note {n}.\n\n"),
    "references": repeated(lambda n: f"[r{n}]\n\n[r{n}]: https://a.example/{n}\n\n"),
    "dates": repeated(lambda _: "On 03/04/2025 or 04/03/2025, "),
    "nested quotes": repeated(lambda n: "> " * (n % 40) + PROSE + "\n"),
    "nested lists": repeated(lambda n: "  " * (n % 30) + f"- {PROSE}\n"),
    "deep quotes": paragraph("> "),
    "deep lists": paragraph("- "),
    "stars": paragraph("*a **b "),
    "underscores": paragraph("_a __b "),
    "tildes": paragraph("~a ~~b "),
    "brackets": paragraph("[a "),
    "nested brackets": paragraph("["),
    "images": paragraph("![a]( "),
    "angles": paragraph("<a "),
    "comments": paragraph("a <!-- "),
    "instructions": paragraph("a <? "),
    "declarations": paragraph("a <!A "),
    "data sections": paragraph("a <![CDATA[ "),
    "entities": paragraph("&amp &#x "),
    "backticks": paragraph("`a ``b "),
    "parentheses": paragraph("(a "),
    "colons": paragraph("a: "),
    "dashes": paragraph("- - a "),
    "slashes": paragraph("a / b "),
    "alerts": below("## Timeline\n- 14:02 ", lambda _: "alert alert engineer "),
    "digits": paragraph("1"),
    "thousands": paragraph("1,000,"),
    "blanks": lambda size: HEAD + "a" + " " * size + "b\n",
    "blank lines": lambda size: HEAD + "\n" * size + "a\n",
    "blank front matter": lambda size: "---\ntitle: a\n" + "\n" * size + "---\na\n",
    "wide table": lambda size: HEAD + "|a" * (size // 5) + "|\n" + "|-" * (size // 5) + "|\n",
    "open tags": repeated(lambda n: f"<b title={n}>\n\n"),
    "keys": lambda size: "---\n" + "".join(_until(size, lambda n: f"key{n}: a\n")) + "---\na\n",
    "equal keys": lambda size: "---\n" + "a: b\n" * (size // 5) + "---\na\n",
    "broken keys": lambda size: "---\n" + "a: [b\n" * (size // 6) + "---\na\n",
    "open blocks": repeated(lambda n: f"<b title={n}>\n\n<p>\n\n"),
    "deep blocks": repeated(lambda _: "<div>\n\n"),
    "addresses": paragraph("http:https://a.example/b a@b.example www.a.example "),
    "names": lambda size: "---\nauthors: [" + "Ana Lee, " * (size // 9) + "]\n---\na\n",
    "one word": lambda size: "---\nseverity: " + "a" * size + "\n---\na\n",
}


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action keeps the processor busy."""
    start = time.process_time()
    action()
    return time.process_time() - start


def time_typical() -> None:
    """Print what a report of the usual size costs."""
    read(TYPICAL, "2025/a.md")
    rounds = 100
    whole = seconds(lambda: [read(TYPICAL, "2025/a.md") for _ in range(rounds)]) / rounds
    parsing = seconds(lambda: [parse(TYPICAL, "2025/a.md") for _ in range(rounds)]) / rounds
    print(f"a report of {len(TYPICAL.encode()) / 1000:.1f} kB: {whole * 1000:.2f} ms,")
    print(f"of which the Markdown parser takes {parsing * 1000:.2f} ms\n")


def time_shape(name: str, sizes: list[float], *, parse_only: bool) -> None:
    """Print how the time to read a shape grows with its size."""
    times = []
    for size in sizes:
        text = SHAPES[name](int(size * 1e6))
        act = (lambda t=text: parse(t, "a.md")) if parse_only else lambda t=text: read(t, "a.md")
        times.append(seconds(act))
    growth = (times[-1] / times[0]) / (sizes[-1] / sizes[0])
    print(f"{name:20}" + "".join(f"{t:9.2f} s" for t in times) + f"{growth:9.2f}", flush=True)


def main() -> None:
    """Time every shape, or those asked for."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("sizes", nargs="*", type=float, default=[1, 2, 4], help="in MB")
    options.add_argument("--shape", action="append", choices=SHAPES, help="only this one")
    options.add_argument("--parse", action="store_true", help="the Markdown parser alone")
    asked = options.parse_args()
    time_typical()
    print(f"{'shape':20}" + "".join(f"{size:7g} MB " for size in asked.sizes) + "   growth")
    for name in asked.shape or SHAPES:
        time_shape(name, asked.sizes, parse_only=asked.parse)


if __name__ == "__main__":
    main()
