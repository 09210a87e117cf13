"""What became of each file that was to be imported, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import unified_diff

from postmortem_archive.hosts.printing.line import printable
from postmortem_archive.hosts.writing import Change
from postmortem_archive.report.importing.draft import Guess
from postmortem_archive.report.importing.values import Kept
from postmortem_archive.report.problem import Problem
from postmortem_archive.site.facts import problems_as_facts
from postmortem_archive.site.plain import Facts

IMPORTED, KNOWN, LEFT, REFUSED = "imported", "known", "left", "refused"


@dataclass(slots=True)
class Account:
    """What became of one file: where it went, what was understood, guessed, kept and doubted.

    `status` is imported, known, left or refused, and `reason` says why a file is not imported.
    Paths are from the current folder.
    """

    file: str
    status: str
    reason: str | None = None
    id: str | None = None
    path: str | None = None
    understood: tuple[str, ...] = ()
    guesses: list[Guess] = field(default_factory=list)
    kept: tuple[Kept, ...] = ()
    contradictions: tuple[Problem, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    before: bytes = b""
    after: bytes | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import is going to do: an account of every file, and every file to write."""

    accounts: tuple[Account, ...]
    changes: tuple[Change, ...]
    others: int

    def count(self, status: str) -> int:
        """Return how many files have a status."""
        return sum(account.status == status for account in self.accounts)


def differences(account: Account) -> Iterator[str]:
    """Yield the lines of a unified diff from a file to the report made of it."""
    if account.after is None:
        return
    old, new = (
        data.decode(errors="replace").removeprefix("\ufeff").splitlines()
        for data in (account.before, account.after)
    )
    for line in unified_diff(old, new, account.file, account.path or "", lineterm=""):
        yield printable(line)


def table(outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    """Yield the lines that say what became of each file, and of all."""
    for account in outcome.accounts:
        if account.status == IMPORTED:
            yield printable(f"{account.file} → {account.path}")
        else:
            why = f", {account.reason}" if account.reason else ""
            yield printable(f"{account.file}: {account.status}{why}")
        yield from _lines(account)
    yield _totals(outcome, dry_run=dry_run)


def _lines(account: Account) -> Iterator[str]:
    if account.status == IMPORTED:
        yield _line("understood", ", ".join(account.understood))
        yield from _each("guessed", (f"{g.key}: {g.reason}" for g in account.guesses))
        yield from _each("contradictory", map(str, account.contradictions))
        yield from _each("kept", (f"{k.key}: {k.reason}" for k in account.kept))
        yield from _each("copied", account.copied)
    yield from _each("problem", map(str, account.problems))


def _each(label: str, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield _line("" if number else label, text)


def _line(label: str, text: str) -> str:
    return f"  {label:<14}{printable(text)}".rstrip()


def _totals(outcome: Outcome, *, dry_run: bool) -> str:
    done = [account for account in outcome.accounts if account.status == IMPORTED]
    files = [
        f"{outcome.count(IMPORTED)} {'would be imported' if dry_run else 'imported'}",
        f"{outcome.count(KNOWN)} known",
        f"{outcome.count(LEFT)} left",
        f"{outcome.count(REFUSED)} refused",
    ]
    facts = [
        f"{sum(len(account.understood) for account in done)} understood",
        f"{sum(len(account.guesses) for account in done)} guessed",
        f"{sum(len(account.contradictions) for account in done)} contradictory",
        f"{sum(len(account.kept) for account in done)} kept",
    ]
    plural = "" if outcome.others == 1 else "s"
    others = f"; {outcome.others} other file{plural}" if outcome.others else ""
    return f"files: {', '.join(files)}{others}\nfacts: {', '.join(facts)}"


def as_facts(outcome: Outcome, *, dry_run: bool) -> Facts:
    """Return the account as plain values, for JSON."""
    return {
        "files": [
            {
                "file": account.file,
                "status": account.status,
                "reason": account.reason,
                "id": account.id,
                "path": account.path if account.status in (IMPORTED, KNOWN) else None,
                "understood": list(account.understood),
                "guessed": [{"key": g.key, "reason": g.reason} for g in account.guesses],
                "contradictory": problems_as_facts(account.contradictions),
                "kept": [{"key": k.key, "reason": k.reason} for k in account.kept],
                "copied": account.copied,
                "problems": problems_as_facts(account.problems),
            }
            for account in outcome.accounts
        ],
        "summary": {
            **{status: outcome.count(status) for status in (IMPORTED, KNOWN, LEFT, REFUSED)},
            "others": outcome.others,
            "dry_run": dry_run,
        },
    }
