"""Problems that an archive is known to have, so that only new ones count."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from postmortem_archive.report.problem import Problem

_VERSION = 1

# What makes a problem the same one after its report was edited: neither its line nor a number in
# its message, such as a line or a count.
Entry = tuple[str, str, str]


class BaselineError(ValueError):
    """The text of a baseline is not one."""


def entry(problem: Problem) -> Entry:
    """Return what a problem is recognised by: its file, its rule, and what was found."""
    told = re.sub(r"\d+", "#", problem.message) if problem.found is None else problem.found
    return problem.path, problem.rule, told


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each problem is known to occur."""

    known: Mapping[Entry, int]

    def sift(self, problems: Iterable[Problem]) -> tuple[list[Problem], int]:
        """Return the problems that are new, and how many were known.

        An entry stands for as many problems as were recorded: one more of the same kind is new.
        """
        left = Counter(dict(self.known))
        new: list[Problem] = []
        known = 0
        for problem in problems:
            if left[entry(problem)] > 0:
                left[entry(problem)] -= 1
                known += 1
            else:
                new.append(problem)
        return new, known

    def renewed(self, problems: Iterable[Problem], paths: Iterable[str]) -> Baseline:
        """Return a baseline of these problems, and of what is known about files not in `paths`."""
        checked = set(paths)
        kept = {known: count for known, count in self.known.items() if known[0] not in checked}
        return Baseline(kept | Counter(map(entry, problems)))

    def dumps(self) -> str:
        """Return the baseline as JSON, one problem to a line, sorted."""
        rows = [
            {"path": path, "rule": rule, "found": found, "count": count}
            for (path, rule, found), count in sorted(self.known.items())
        ]
        lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
        return f'{{\n  "version": {_VERSION},\n  "problems": [\n{lines}\n  ]\n}}\n'


EMPTY = Baseline({})


def loads(text: str) -> Baseline:
    """Read what `dumps` wrote. Raises BaselineError for anything else."""
    try:
        told = json.loads(text)
        rows: Sequence[Mapping[str, object]] = told["problems"]
        if told["version"] != _VERSION:
            raise BaselineError(f"version {told['version']} is not known")
        known: Counter[Entry] = Counter()
        for row in rows:
            known[str(row["path"]), str(row["rule"]), str(row["found"])] += int(str(row["count"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BaselineError(f"it is not a baseline of problems: {error}") from error
    return Baseline(known)
