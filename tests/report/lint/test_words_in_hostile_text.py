"""The rules on words take text that is made to be slow."""

import pytest

from postmortem_archive.report import read


@pytest.mark.parametrize(
    "text",
    ["crazy! " * 20_000, "A. " * 50_000 + "should", "“" * 50_000 + "crazy", "\"'" * 30_000 + "!",
     "the " * 30_000 + "engineer", "no " * 20_000 + "human error " * 5_000],
)  # fmt: skip
def test_a_long_line_is_read_to_its_end(text):
    assert read(f"---\ntitle: x\ndate: 2025-01-01\n---\n{text}", "2025/a.md").title == "x"
