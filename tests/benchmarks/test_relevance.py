"""The file of queries by which the search is measured holds together."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from postmortem_archive.archive import is_published
from postmortem_archive.report import Report, read

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "postmortems"


@pytest.fixture(scope="module")
def queries() -> list[dict]:
    return yaml.safe_load((HERE / "relevance.yaml").read_text("utf-8"))["queries"]


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    files = sorted(EXAMPLES.glob("[0-9]*/*.md"))
    return [read(file.read_bytes(), file.relative_to(EXAMPLES).as_posix()) for file in files]


def test_forty_queries_ask_for_reports_that_the_example_archive_shows(queries, reports):
    shown = {report.id for report in reports if is_published(report, "AMBER")}

    assert len(queries) == len({one["query"] for one in queries}) == 40
    for one in queries:
        assert set(one) == {"query", "kind", "half", "expected", "why"}
        assert one["expected"]
        assert len(set(one["expected"])) == len(one["expected"])
        assert shown.issuperset(one["expected"]), one["query"]
        assert one["why"].strip()


def test_every_kind_of_query_is_there_to_tune_by_and_to_check_with(queries):
    halves = Counter((one["kind"], one["half"]) for one in queries)
    kinds = {one["kind"] for one in queries}

    assert len(kinds) == 10
    assert halves == {(kind, half): 2 for kind in kinds for half in ("tune", "check")}


def test_no_query_is_a_title_or_a_part_of_one(queries, reports):
    titles = [report.title.casefold() for report in reports]
    typed = [one["query"].casefold().strip('"') for one in queries]

    assert [query for query in typed if any(query in title for title in titles)] == []
