"""A report that is read without its page has the same problems, and all that they are told by."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hypothesis import example, given

from postmortem_archive.report import ReadingSettings, Report, read
from postmortem_archive.report.body import leftovers
from postmortem_archive.report.record import Body

from .golden import Case, cases
from .test_cases import every_case
from .texts import TEXTS

REPORTS = Path(__file__).parents[2] / "postmortems"
FACTS_ALONE = ReadingSettings(page=False)


def without_page(report: Report) -> Report:
    return replace(
        report,
        body=Body(links=report.body.links),
        figures=(), improvements=(), lucky=(), other_fields=(), sections=(), telling=(),
        went_poorly=(), went_well=(), whys=(),
        impact=replace(report.impact, told=()),
        timeline=report.timeline if report.sources.get("timeline") else (),
    )  # fmt: skip


@every_case
def test_every_case_is_the_same_without_its_page(case: Case):
    settings = replace(case.settings, page=False)
    assert read(case.data, case.path, settings) == without_page(case.read())


def test_every_example_is_the_same_without_its_page():
    files = sorted(REPORTS.glob("[0-9]*/*.md"))
    assert files
    for file in files:
        path = file.relative_to(REPORTS).as_posix()
        data = file.read_bytes()
        assert read(data, path, FACTS_ALONE) == without_page(read(data, path))


@given(TEXTS)
@example("# A\n\n[a](b.md) <b>" + "<i>" * 101)
def test_any_text_is_the_same_without_its_page(text):
    assert read(text, "2025/a.md", FACTS_ALONE) == without_page(read(text, "2025/a.md"))


def test_without_its_page_nothing_of_a_report_is_rendered():
    report = read("# A\n\nText with a [link](b.md).\n", "2025/a.md", FACTS_ALONE)
    assert (report.body.pieces, report.body.headings) == ((), ())
    assert [target for target, _ in report.body.links] == ["2025/b.md"]


@given(TEXTS)
@example("T**B**D")
@example("- a: T`b`BD\n- `Example:`\n- b: &#91;Name&#93;")
def test_one_look_at_a_paragraph_misses_nothing_that_was_left_over(text):
    told = read(text, "a.md", FACTS_ALONE).problems
    with patch.object(leftovers, "_may_hold_any", lambda _: True):
        assert read(text, "a.md", FACTS_ALONE).problems == told


def test_there_are_cases_of_all_that_is_found_while_a_page_is_rendered():
    rules = {problem.rule for case in cases() for problem in case.read().problems}
    assert {"open-html", "not-filled-in", "template-example"} <= rules
