"""A body's field block shows on a page what stands nowhere else on it."""

import pytest

from postmortem_archive.report.vocabulary import Objective, Service, Vocabulary

from .stand import Tree, front, site

MILESTONES = {
    "started": "2025-03-04T10:00Z",
    "detected": "2025-03-04T10:04Z",
    "acknowledged": "2025-03-04T10:06Z",
    "mitigated": "2025-03-04T10:30Z",
    "resolved": "2025-03-04T10:57Z",
}
SERVICES = Vocabulary((Service("seat-map", "Seat map", slos=(Objective("up", 99.9, "month"),)),))


def page(body: str, **told: object) -> Tree:
    texts = {"2025/a.md": front(title="T", **{**MILESTONES, **told}) + body}
    return Tree(site(texts, services=SERVICES).report_page("2025/a.md").html)


def rows(tree: Tree) -> list[str]:
    return tree.texts("pa-fields")


def table(**told: str) -> str:
    lines = [f"| **{label.replace('_', ' ')}** | {value} |" for label, value in told.items()]
    return "\n".join(["| Field | Value |", "|---|---|", *lines, "", "## Causes", "", "Many.", ""])


def test_a_duration_that_a_clock_measures_is_no_row():
    tree = page(table(Duration="57 minutes", Weather="Rain"))
    assert rows(tree) == ["Weather Rain"]
    assert any(text.startswith("TTR time to resolve 57 min") for text in tree.texts("pa-clock"))


@pytest.mark.parametrize(
    "written", ["10:00 to 10:57 UTC (57 minutes)", "4 March 10:00 to 4 March 10:57 (57 minutes)"]
)
def test_a_duration_with_the_times_that_the_bar_shows_is_no_row(written):
    tree = page(table(Duration=written))
    assert rows(tree) == []
    assert any("10:00 →" in text for text in tree.texts("pa-phases"))


@pytest.mark.parametrize(
    "written",
    [
        "10:00 to 10:57 CET (57 minutes)",
        "10:00 to 10:57 UTC (57 minutes, at lunch)",
        "about 57 minutes",
        "57 minutes, two of them at lunch",
        "1 hour",
    ],
)
def test_a_duration_that_says_more_or_less_than_the_clock_is_a_row(written):
    assert rows(page(table(Duration=written))) == [f"Duration {written}"]


def test_a_duration_that_no_clock_measures_is_a_row():
    assert rows(page(table(Duration="57 minutes"), resolved="2025-03-04")) == [
        "Duration 57 minutes"
    ]


def test_a_duration_that_the_times_contradict_stands_beside_them_alone():
    tree = page(table(Duration="25 minutes"))
    assert rows(tree) == []
    assert tree.texts("pa-stated--differs") == [
        "Duration: 25 minutes but started → resolved took 57 min"
    ]


RESPONSE = "## Response\n\n- **Time to respond (TTR):** 2 minutes\n{}\n- **Place:** a train\n"


def test_a_line_that_the_times_contradict_goes_to_the_top():
    tree = page(RESPONSE.format("- **Time to mitigate (TTM):** 9 minutes"))
    assert tree.texts("pa-stated--differs") == [
        "Time to mitigate (TTM): 9 minutes but acknowledged → mitigated took 24 min"
    ]
    (body,) = tree.texts("pa-body")
    assert body == "Response Time to respond (TTR): 2 minutes Place: a train"


def test_a_line_that_explains_its_figure_stays_and_the_top_names_it():
    line = "**Time to mitigate (TTM):** 9 minutes, counted from when the second engineer joined us"
    tree = page(RESPONSE.format(f"- {line}"))
    assert tree.texts("pa-stated--differs") == [
        "Time to mitigate (TTM) is stated below, but acknowledged → mitigated took 24 min"
    ]
    assert "9 minutes, counted from when" in tree.texts("pa-body")[0]


def test_a_figure_that_cannot_be_compared_stands_where_it_was_written():
    line = "- **Time to first reply:** 40 minutes"
    tree = page(RESPONSE.format(line))
    assert tree.texts("pa-stated--differs") == []
    assert "Time to first reply: 40 minutes" in tree.texts("pa-body")[0]


BUDGET = "{budget: {service: seat-map, percent: 33, window: month}}"


def figures(tree: Tree) -> list[str]:
    return [text for text in tree.texts("pa-glance") if "Error budget" in text]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("33% of monthly budget consumed", []),
        ("33% of the seat map's budget for the month", ["for"]),
        ("34% of monthly budget consumed", ["34%"]),
        ("33% of quarterly budget consumed", ["quarterly"]),
        ("33% of monthly budget consumed, by hand", ["by hand"]),
    ],
)
def test_a_row_on_an_error_budget_goes_where_it_says_what_the_top_says(written, shown):
    tree = page(table(Error_Budget_Impact=written), stated=BUDGET)
    assert any("33 % of Seat map, month" in text for text in figures(tree))
    assert [any(word in row for row in rows(tree)) for word in shown] == [True] * len(shown)
    assert bool(rows(tree)) is bool(shown)


def test_an_error_budget_that_the_body_alone_tells_is_at_the_top_in_its_words():
    written = "33% of the monthly budget, as far as we know"
    tree = page(table(Error_Budget_Impact=written))
    assert rows(tree) == []
    assert any(written in text for text in figures(tree))


def test_a_line_on_an_error_budget_goes_where_it_says_what_the_top_says():
    impact = "## Impact\n\n- **Error budget consumed:** {}\n- **Weather:** rain\n"
    tree = page(impact.format("33% of the monthly budget"), stated=BUDGET)
    assert tree.texts("pa-body") == ["Impact Weather: rain"]
    longer = "33% of the monthly budget of seat-map, counted up to half past ten"
    tree = page(impact.format(longer), stated=BUDGET)
    assert tree.texts("pa-body") == [f"Impact Error budget consumed: {longer} Weather: rain"]
    tree = page(impact.format("33% of the monthly budget"))
    assert tree.texts("pa-body") == ["Impact Weather: rain"]
    assert any("33% of the monthly budget" in text for text in figures(tree))


def test_a_state_of_the_incident_that_its_milestones_tell_is_no_row():
    assert rows(page(table(Status="RESOLVED"))) == []
    assert rows(page(table(Status="Monitoring"))) == ["Status Monitoring"]
    assert rows(page(table(Status="RESOLVED"), resolved="null")) == ["Status RESOLVED"]


@pytest.mark.parametrize("told", [{}, {"updated": "2025-06-02"}])
def test_a_day_at_the_foot_has_what_its_row_says_besides(told):
    tree = page(table(Last_Updated="2025-06-02 by Ana Lee"), **told)
    assert rows(tree) == []
    assert any("Updated 2 Jun 2025 by Ana Lee" in text for text in tree.texts("pa-foot"))


def test_a_day_that_the_front_matter_tells_otherwise_is_a_row():
    tree = page(table(Last_Updated="2025-06-02 by Ana Lee"), updated="2025-06-03")
    assert rows(tree) == ["Last Updated 2025-06-02 by Ana Lee"]
