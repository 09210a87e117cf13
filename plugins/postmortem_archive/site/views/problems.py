"""What is wrong in the reports, report by report."""

from __future__ import annotations

from dataclasses import dataclass

from postmortem_archive.report.problem import Level, Problem
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.report import counted, problem_anchor


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem: where it is, what is wrong, and what would be right."""

    level: str
    place: str
    rule: str
    rule_href: str | None
    message: str
    found: str | None
    expected: str | None
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class Flawed:
    """A report, or an author's page about a period, with its problems."""

    title: str
    href: str
    path: str
    anchor: str
    counts: str
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """All problems of the archive; those with errors come first."""

    summary: str
    reports: tuple[Flawed, ...]


def problems_view(point: Viewpoint) -> ProblemsView:
    """Return the problems by report."""
    found = flawed(point)
    every = point.archive.problems
    total = wording.count_of(len(point.archive.reports), "report")
    summary = (
        f"{counted(every)} in {len(found)} of {total}." if every else f"No problem in {total}."
    )
    return ProblemsView(summary, found)


def flawed(point: Viewpoint, rule: str | None = None) -> tuple[Flawed, ...]:
    """Return the reports with a problem, or with one of a `rule`; those with errors come first.

    An author's page about a period stands among them under the period's title.
    """
    titles = {report.path: report.title for report in point.archive.reports}
    titles |= {page.path: period.title for period, page in point.archive.decided.items()}
    found = [
        (path, problems)
        for path in titles
        if (
            problems := tuple(
                problem
                for problem in point.archive.problems_at(path)
                if rule in (None, problem.rule)
            )
        )
    ]
    found.sort(key=lambda pair: (_rank(pair[1]), pair[0]))
    return tuple(
        Flawed(
            title=titles[path],
            href=point.here.href(path),
            path=path,
            anchor=problem_anchor(path),
            counts=counted(problems),
            problems=tuple(
                _problem(problem, None if rule else _explanation(problem, point))
                for problem in problems
            ),
        )
        for path, problems in found
    )


def _rank(problems: tuple[Problem, ...]) -> int:
    return min(list(Level).index(problem.level) for problem in problems)


def _explanation(problem: Problem, point: Viewpoint) -> str:
    return point.here.href(point.addresses.rule(problem.rule))


def _problem(problem: Problem, rule_href: str | None) -> ProblemView:
    return ProblemView(
        level=problem.level.value,
        place=f"{problem.place.line}:{problem.place.column}",
        rule=problem.rule,
        rule_href=rule_href,
        message=problem.message,
        found=problem.found,
        expected=problem.expected,
        suggestion=problem.suggestion,
    )
