"""Which sentences of a report tell what happened."""

from itertools import product

from postmortem_archive.report import ReadingSettings, read

REPORT = """---
title: Pool ran dry
date: 2025-03-04
authors: [Ana Lee]
root_cause: {category: saturation, text: Pools were sized by hand}
---
# Pool ran dry

**Severity:** SEV2
**Author(s):** Ana Lee

## Summary

Checkout waited for a connection. Ana Lee
restarted it.

## Timeline

| Time | Event |
|------|-------|
| 14:32 | Alert `PoolWait` fired |

## Root Cause

The log said `FATAL: remaining connection slots are reserved`:

```log
2025-03-04T14:32:00Z ERROR orders-db-1 pool exhausted after 30 s
```

### What the vendor said

Their proxy leaks.

## Our own heading

Sharding was uneven.

## Action Items

- Raise the limit of gadgets

## Lessons Learned

- Widgets are hard
"""


def said(text, **settings):
    return read(text, "2025/INC-1.md", ReadingSettings(**settings)).telling


def test_the_title_is_the_first_sentence():
    assert said(REPORT)[0] == "pool ran dry"


def test_what_happened_is_told_in_all_sections_that_tell_it():
    told = said(REPORT)
    for sentence in (
        "pool sized hand",
        "checkout waited connection",
        "alert poolwait pool wait fired",
        "proxy leak",
        "sharding uneven",
    ):
        assert sentence in told


def test_what_was_done_about_it_is_not():
    assert not [s for s in said(REPORT) if "gadget" in s or "widget" in s or "limit" in s]


def test_facts_and_who_was_there_are_not():
    words = {word for sentence in said(REPORT) for word in sentence.split(" ")}
    assert words.isdisjoint({"ana", "lee", "severity", "sev2", "author"})
    assert "restarted" in words


def test_code_is_told_line_by_line():
    told = said(REPORT)
    assert any(s.startswith("remaining\u00a0connection\u00a0slots") for s in told)
    assert any(s.endswith("error orders-db order db pool exhausted") for s in told)


def test_a_template_that_nobody_filled_in_tells_its_title_alone():
    assert said("# Post-Mortem Report: Pool\n\n## Summary\n\n[What happened]\n") == ("pool",)


def test_a_sentence_that_is_said_twice_is_there_once():
    told = said(REPORT + "\n## Summary\n\nCheckout waited for a connection.\n")
    assert len(told) == len(set(told))


def test_a_long_log_does_not_drown_the_rest():
    names = ("".join(letters) for letters in product("abcdefghij", repeat=3))
    lines = "\n".join(f"worker {name} failed again" for name in names)
    assert len(said(f"# Pool\n\n```\n{lines}\n```\n")) == 400


def test_there_are_none_where_a_report_is_read_for_its_facts():
    assert said(REPORT, page=False) == ()
