"""Every problem of an archive: those of each report, and those that show beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from postmortem_archive.archive.audit import audit
from postmortem_archive.archive.budgets.stated import contradicted
from postmortem_archive.archive.catalogue import Catalogue
from postmortem_archive.archive.lateness import late
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.report.problem import Problem, close_words
from postmortem_archive.report.record import Decided, Report


class Judge:
    """Finds the problems of reports as a site wants them told.

    The same reports are judged several times, with and without those that are not published: what
    their own times and days tell is found once, and so are the ids that an unknown one resembles.
    """

    def __init__(self, reports: Sequence[Report], settings: ArchiveSettings) -> None:
        self._settings = settings
        self._alone: Mapping[str, list[Problem]] = defaultdict(list)
        for problem in (*late(reports, settings), *contradicted(reports, settings)):
            self._alone[problem.path].append(problem)
        ids = {report.id for report in reports}
        self._close = lru_cache(maxsize=None)(lambda target: close_words(target, ids))

    def problems(
        self, reports: Sequence[Report], files: Collection[str], unpublished: Catalogue
    ) -> tuple[Problem, ...]:
        """Return the problems of reports, in order; `files` and `unpublished` as for `audit`."""
        catalogue = Catalogue(reports, self._close)
        beside = [problem for report in reports for problem in self._alone.get(report.path, ())]
        beside += audit(reports, catalogue, files, unpublished)
        found = [problem for report in reports for problem in report.problems]
        for problem in beside:
            ignored = (rule.rule for rule in catalogue.by_path[problem.path].ignored)
            found += self._settings.levels.judged((problem,), ignored)
        return ordered(found)

    def with_left_out(
        self,
        of_site: Iterable[Problem],
        reports: Sequence[Report],
        files: Collection[str],
        drafts: Iterable[Report],
    ) -> tuple[Problem, ...]:
        """Return the problems of all reports, and those that published ones have on the site alone.

        The latter are links to files that there are, and that the site leaves out.
        """
        problems = self.problems(reports, files, Catalogue(drafts))
        known = {_sameness(problem) for problem in problems}
        on_site = [
            replace(
                problem,
                message=f"“{problem.found}” is not published: on the site, the link leads nowhere",
                suggestion=None,
            )
            for problem in of_site
            if _sameness(problem) not in known
        ]
        return ordered([*problems, *on_site])

    def of_pages(self, pages: Iterable[Decided]) -> list[Problem]:
        """Return the problems of the authors' pages about periods."""
        return self.judged(problem for page in pages for problem in page.problems)

    def judged(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems at the levels that the site sets."""
        return self._settings.levels.judged(problems)


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems by path, then in the order of the text."""
    return tuple(sorted(problems, key=lambda problem: (problem.path, problem.place, problem.rule)))


def _sameness(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.place, problem.rule, problem.found
