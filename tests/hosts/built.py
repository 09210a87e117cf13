"""Small sites in real builds of MkDocs, and what to read from them."""

import re
from pathlib import Path

REPORT = """---
id: INC-1
title: Checkout refuses cards
summary: Cards were refused for an hour.
severity: SEV2
started: 2025-01-02T10:00Z
detected: 2025-01-02T10:10Z
resolved: 2025-01-02T11:00Z
services: [checkout]
trigger: config_push
root_cause: saturation
---
# Checkout refuses cards

## Summary

It failed. See the [second](b.md#lessons).

## Root cause

The pool.
"""
SECOND = """---
id: INC-2
title: Search finds nothing
date: 2025-02-03
---
## Lessons

Look.
"""
SITE = {"2025/a.md": REPORT, "2025/b.md": SECOND}
PLUGIN = "postmortem-archive"


def place(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page(site: Path, address: str) -> str:
    return read(site / address / "index.html")


def links(html: str) -> set[str]:
    return set(re.findall(r'<a [^>]*href="([^"]*)"', html))


def article(html: str) -> str:
    return html.partition("<article")[2].partition("</article>")[0]


def navigation(site: Path) -> list[str]:
    """Return the titles in the navigation, of a page that is itself not in it."""
    nav = read(site / "404.html").partition("md-nav--primary")[2].partition("</nav>")[0]
    return [text.strip() for text in re.findall(r'class="md-ellipsis">([^<]*)<', nav)]


def told(caplog, level: int) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno == level and "postmortem_archive" in record.name
    ]
