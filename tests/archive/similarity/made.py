"""Reports to compare, made of a few words."""

from dataclasses import replace
from datetime import date

from postmortem_archive.archive import ArchiveSettings, build
from postmortem_archive.archive.similarity.features import Features
from postmortem_archive.report.record import Cause, Report, Text

FILLER = [f"w{n}{'abcdefghij'[n % 10]}" for n in range(400)]


def told(*sentences, **facts):
    """Return features of sentences, and of facts by kind, each one name or several."""
    every = {
        (kind, name): name
        for kind, names in facts.items()
        for name in ([names] if isinstance(names, str) else names)
    }
    return Features(every, sentences)


def others(count, start=0):
    """Return reports that share nothing with any other."""
    return {
        f"x{n:03}.md": told(f"{FILLER[n]}one {FILLER[n]}two {FILLER[n]}three")
        for n in range(start, start + count)
    }


def report(id_, day=None, **facts):
    """Return a report at `2025/<id>.md`, of a day such as `2025-03-04`."""
    on = date.fromisoformat(day) if day else None
    return replace(Report(path=f"2025/{id_}.md", id=id_, title=f"Report {id_}", date=on), **facts)


def pool(id_, day, *more, cause="saturation", services=("orders-db",), **facts):
    """Return a report of a pool that ran dry."""
    return report(
        id_,
        day,
        telling=(f"stuck{id_}", "connection pool exhausted", "max_connections connection", *more),
        root_cause=Cause(cause, Text("x", "x")),
        services=services,
        **facts,
    )


def archive(*reports, filler=12, **settings):
    """Return an archive of reports among others that have nothing in common with them."""
    rest = [
        report(f"zz-{n:02}", f"2024-01-{n + 1:02}", telling=(f"{FILLER[n]}one {FILLER[n]}two",))
        for n in range(filler)
    ]
    return build([*reports, *rest], ArchiveSettings(as_of=date(2026, 1, 31), **settings))
