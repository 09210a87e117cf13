"""The figures of a service, a cause or a trigger on its page."""

import pytest

from .stand import Tree, filled, report, site

REPORTS = {
    "2025/a.md": report(
        "2025-02-01",
        services="[checkout]",
        trigger="config_push",
        root_cause="saturation",
        started="2025-02-01T10:00Z",
        mitigated="2025-02-01T10:20Z",
    ),
    "2025/b.md": report(
        "2025-06-01",
        services="[checkout]",
        related="[{id: a, relation: recurrence_of}]",
        actions="[]",
    ),
}


def page_of(made, path):
    return next(page for page in made.pages if page.path == path)


@pytest.mark.parametrize("path", ["services/checkout.md", "causes/saturation.md"])
def test_a_group_with_incidents_has_its_history(path):
    made = site(REPORTS)
    page = page_of(made, path)
    assert "## Over the years" in page.markdown
    assert Tree(filled(made, page.markdown, path)).texts("pa-figures")


def test_a_group_without_incidents_has_none():
    assert "archive/figures" not in page_of(site(REPORTS), "services/search.md").markdown


def test_the_history_tells_rate_and_time_between():
    made = site(REPORTS)
    tree = Tree(filled(made, "<!-- archive/figures {service: checkout} -->"))
    assert tree.texts("pa-numbers__value") == ["1", "365 days"]
    # 2T/χ²(.95; 4) to 2T/χ²(.05; 2), with T = 365 days from 1 February 2025 to 31 January 2026. The
    # incident of that 1 February is what the watch began with.
    assert tree.texts("pa-numbers__note")[1] == "76 to 7,116 days, n = 1"
    assert "that the watch began with is not counted in the rate" in tree.texts("pa-figures")[0]


def test_the_history_tells_what_came_back():
    made = site(REPORTS)
    tree = Tree(filled(made, "<!-- archive/figures {service: checkout} -->"))
    (told,) = tree.texts("pa-figures__returns")
    assert told == "1 Jun 2025 Trouble on 2025-06-01, 120 days later than Trouble on 2025-02-01"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("", "takes one option"),
        ("{service: checkout, cause: saturation}", "takes one option"),
        ("{service: chekout}", "has no service"),
    ],
)
def test_a_wrong_marker_is_told(options, message):
    marker = f"<!-- archive/figures {options} -->"
    (problem,) = site(REPORTS).fill(marker, "page.md", marker).problems
    assert message in problem.message


def test_of_very_many_incidents_the_latest_are_dots():
    many = {
        f"2025/{n:03}.md": report(
            f"2025-{1 + n // 28:02}-{1 + n % 28:02}",
            services="[checkout]",
            started=f"2025-{1 + n // 28:02}-{1 + n % 28:02}T10:00Z",
            resolved=f"2025-{1 + n // 28:02}-{1 + n % 28:02}T11:00Z",
        )
        for n in range(201)
    }
    made = site(many)
    html = filled(made, "<!-- archive/figures {service: checkout} -->")
    assert html.count('class="pa-dot ') == 100
    assert "n = 201 of 201, the latest 100 shown" in html
