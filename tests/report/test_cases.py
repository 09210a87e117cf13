"""Every golden case, read and compared."""

import pytest

from . import told
from .golden import Case, cases

KEYS = {
    "about", "advice", "path", "report", "report_file", "saved_as", "settings", "facts", "problems",
    "slots", "shows", "hides",
}  # fmt: skip

every_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)


@every_case
def test_a_case_is_read_as_its_author_would_read_it(case: Case):
    report = case.read()
    assert set(case.told) <= KEYS
    assert told.problems(report) == case.told.get("problems", [])
    if "advice" in case.told:
        assert told.advice(report) == case.told["advice"]
    wrong = list(told.differences(case.told.get("facts", {}), told.told(report)))
    assert wrong == []
    if "slots" in case.told:
        assert told.slots(report) == case.told["slots"]
    page = told.html(report)
    assert [text for text in case.told.get("shows", []) if text not in page] == []
    assert [text for text in case.told.get("hides", []) if text in page] == []
