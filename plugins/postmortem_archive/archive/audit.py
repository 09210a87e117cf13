"""What is wrong between reports: ids told twice, relations and links that lead nowhere."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from postmortem_archive.archive.catalogue import Catalogue, is_after
from postmortem_archive.report.problem import Level, Place, Problem
from postmortem_archive.report.record import Report


def audit(
    reports: Iterable[Report],
    catalogue: Catalogue,
    files: Collection[str],
    unpublished: Catalogue,
) -> Iterator[Problem]:
    """Find the problems that no report has by itself.

    Links are checked against `files` (paths from the docs root) where there are any. What leads to
    an `unpublished` report is no slip of its author's: a relation to one is passed over in silence,
    and a link to one is told as it reads on the site, where nothing is.
    """
    names = _by_name(files)
    for report in reports:
        yield from _double_id(report, catalogue)
        yield from _unknown_relations(report, catalogue, unpublished)
        yield from _contradicted_relations(report, catalogue)
        if files:
            yield from _missing_targets(report, files, names)


def _double_id(report: Report, catalogue: Catalogue) -> Iterator[Problem]:
    first = catalogue.by_id[report.id]
    if first is report:
        return
    if "id" in report.sources:
        yield Problem(
            report.path,
            report.sources["id"],
            Level.ERROR,
            "duplicate-id",
            f"the id “{report.id}” is that of {first.path}",
            found=report.id,
            expected="an id of its own",
        )
    else:
        # A file's name that occurs twice harms nothing until somebody refers to it.
        yield Problem(
            report.path,
            Place(1),
            Level.WARNING,
            "duplicate-name",
            f"the id “{report.id}”, from the file's name, is that of {first.path}",
            found=report.id,
            expected="an “id:” of its own",
        )


def _unknown_relations(
    report: Report, catalogue: Catalogue, unpublished: Catalogue
) -> Iterator[Problem]:
    denied = report.sources.get("not_related", Place(1))
    # A relation that the text tells by a link is judged as a link.
    links = {link.partition("#")[0] for link, _ in report.body.links}
    targets = [
        (relation.target, relation.place)
        for relation in report.related
        if relation.target.partition("#")[0] not in links
    ]
    for target, place in [*targets, *((target, denied) for target in report.not_related)]:
        found = catalogue.find(target, report.path)
        if found is report:
            yield Problem(
                report.path,
                place,
                Level.WARNING,
                "self-relation",
                "a report cannot be related to itself",
                found=target,
            )
        elif found is None and unpublished.find(target, report.path) is None:
            yield Problem(
                report.path,
                place,
                Level.ERROR,
                "unknown-relation",
                f"there is no report “{target}”",
                found=target,
                expected="the id or the path of a report",
                suggestion=catalogue.nearest(target),
            )


def _contradicted_relations(report: Report, catalogue: Catalogue) -> Iterator[Problem]:
    for relation in report.related:
        target = catalogue.find(relation.target, report.path)
        if target is None or target is report:
            continue
        denier = next((r for r in (report, target) if _denies(r, report, target, catalogue)), None)
        if denier:
            where = "this report" if denier is report else denier.path
            yield Problem(
                report.path,
                relation.place,
                Level.WARNING,
                "denied-relation",
                f"“not_related” in {where} says that the two are not related, and is believed",
                found=relation.target,
                expected="one or the other",
            )
        elif relation.relation == "recurrence_of" and is_after(target, report):
            yield Problem(
                report.path,
                relation.place,
                Level.WARNING,
                "recurrence-order",
                f"“{target.id}” began after this incident, which cannot be its recurrence",
                found=relation.target,
                expected="an earlier incident; the later report tells the relation",
            )


def _denies(denier: Report, report: Report, target: Report, catalogue: Catalogue) -> bool:
    other = target if denier is report else report
    return any(catalogue.find(name, denier.path) is other for name in denier.not_related)


def _missing_targets(
    report: Report, files: Collection[str], names: dict[str, str]
) -> Iterator[Problem]:
    for link, place in report.body.links:
        target = link.partition("#")[0]
        if target not in files:
            name = posixpath.basename(target)
            yield Problem(
                report.path,
                place,
                Level.WARNING,
                "missing-target",
                f"there is no file “{target}”",
                found=target,
                suggestion=names.get(name) or names.get(f"{name}.md"),
            )


def _by_name(files: Iterable[str]) -> dict[str, str]:
    """Return the path to each file name that occurs once: a wrong path often ends in a right one.

    Every folder may have an `index.md` or a `README.md`; those say nothing.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for path in files:
        places[posixpath.basename(path)].append(path)
    return {
        name: paths[0]
        for name, paths in places.items()
        if len(paths) == 1 and name not in {"index.md", "README.md"}
    }
