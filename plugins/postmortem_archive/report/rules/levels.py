"""At which level a site tells what a rule finds, and what a report has switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from postmortem_archive.report.problem import Level, Problem
from postmortem_archive.report.record import Report

OFF = "off"


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels that a site sets, by rule; None switches the rule off.

    They change how a problem is told, and nothing else: what an error drops is dropped, and whom a
    report is for is decided, before they apply.
    """

    told: Mapping[str, Level | None] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, rule: str, default: Level) -> Level | None:
        """Return the level of a rule, None where it is off."""
        return self.told.get(rule, default)

    def judged(self, problems: Iterable[Problem], ignored: Iterable[str] = ()) -> list[Problem]:
        """Return problems at the site's levels, without those that are off or `ignored`."""
        silent = frozenset(ignored)
        found: list[Problem] = []
        for problem in problems:
            level = self.of(problem.rule, problem.level)
            if level is None or problem.rule in silent:
                continue
            found.append(problem if level is problem.level else replace(problem, level=level))
        return found

    def applied(self, report: Report) -> Report:
        """Return a report with its problems as the site and the report itself want them told."""
        if not report.problems or not (self.told or report.ignored):
            return report
        judged = self.judged(report.problems, (ignored.rule for ignored in report.ignored))
        return replace(report, problems=tuple(judged))
