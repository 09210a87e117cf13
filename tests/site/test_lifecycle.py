"""Phases, clocks and stated figures on a report's page."""

import pytest

from postmortem_archive.archive.standing import Standing
from postmortem_archive.site.views.lifecycle import phase_views, standing_text, stated_views

from .stand import Tree, front, site

MILESTONES = {
    "started": "2025-01-02T23:50Z",
    "detected": "2025-01-02T23:51Z",
    "acknowledged": "2025-01-02T23:52Z",
    "resolved": "2025-01-03T00:00Z",
}


def made(body="", **told):
    text = front(title="T", **{**MILESTONES, "severity": "SEV2", **told}) + body
    return site({"2025/a.md": text})


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(0, 0, 0), "no earlier SEV2 incident to compare with"),
        (Standing(3, 3, 0), "earlier SEV2 incidents: n = 3, too few to compare"),
        (Standing(9, 0, 9), "earlier SEV2 incidents: n = 9, too few to compare"),
        (Standing(23, 19, 0), "longer than 8 of 10 earlier SEV2 incidents, n = 23"),
        (Standing(10, 10, 0), "longer than 10 of 10 earlier SEV2 incidents, n = 10"),
        (Standing(100, 99, 0), "longer than 9 of 10 earlier SEV2 incidents, n = 100"),
        (Standing(30, 1, 0), "longer than fewer than 1 of 10 earlier SEV2 incidents, n = 30"),
        (Standing(10, 2, 2), "longer than 3 of 10 earlier SEV2 incidents, n = 10"),
    ],
)
def test_a_standing_is_never_told_as_more_than_it_is(standing, expected):
    """Shares are rounded down, ties count half, and few incidents are not compared."""
    assert standing_text(standing, "SEV2") == expected


def clocks_after(n, **told):
    """Return the clocks of an incident of 2025, after `n` of the year before."""
    before = {**MILESTONES, "started": "2024-06-02T10:00Z", "detected": "2024-06-02T10:10Z",
              "acknowledged": "2024-06-02T10:20Z", "resolved": "2024-06-02T11:00Z"}  # fmt: skip
    texts = {f"2024/{i}.md": front(title="T", severity="SEV2", **before) for i in range(n)}
    made = site({**texts, "2025/a.md": front(title="T", **{**MILESTONES, **told})})
    html = made.report_page("2025/a.md").html
    tree = Tree(html)
    return tree.texts("pa-clock__standing"), tree.texts("pa-clocks__note")


def test_what_a_clock_is_compared_with_is_said_once():
    """Ten earlier incidents are compared with clock by clock; fewer, or none, in one line."""
    standings, notes = clocks_after(10, severity="SEV2")
    assert standings == ["longer than fewer than 1 of 10 earlier SEV2 incidents, n = 10"] * 3
    within = "that started in the 24 months before this one"
    assert notes == [f"Compared with incidents of the same severity {within}."]
    assert clocks_after(3, severity="SEV2") == (
        [], [f"Too few to compare with: SEV2 incidents {within}, n = 3."]
    )  # fmt: skip
    assert clocks_after(3, severity="SEV1") == (
        [], [f"Nothing to compare with: no SEV1 incident {within} has these clocks."]
    )  # fmt: skip
    assert clocks_after(3) == ([], [])


def test_phases_add_up_and_say_their_times():
    """The bar's parts are shares of the whole; neighbours of a missing milestone are one."""
    found = phase_views(made().archive.reports[0])
    assert [(phase.name, phase.duration) for phase in found] == [
        ("Undetected", "1\xa0min"),
        ("Unacknowledged", "1\xa0min"),
        ("Mitigating and restoring", "8\xa0min"),
    ]
    places = [(float(phase.left), float(phase.width)) for phase in found]
    assert places == [(0, 10), (10, 10), (20, 80)]
    assert found[2].span == "23:52 → 3\xa0Jan\xa02025, 00:00\xa0UTC"
    assert found[0].hover == "Undetected: 1\xa0min, 23:50 → 23:51"


def test_a_phase_of_no_time_has_a_part_of_the_bar_that_can_be_seen():
    """Three of four phases take 1.5 parts of 100 each, beside all 100 of the fourth."""
    at_once = "2025-01-02T23:50Z"
    told = {"started": at_once, "detected": at_once, "acknowledged": at_once}
    told |= {"mitigated": at_once, "resolved": "2025-01-03T00:50Z"}
    found = phase_views(site({"2025/a.md": front(title="T", **told)}).archive.reports[0])
    # 1.5 / 104.5 and 100 / 104.5.
    assert [phase.width for phase in found] == ["1.44", "1.44", "1.44", "95.69"]
    assert [phase.left for phase in found] == ["0.00", "1.44", "2.87", "4.31"]


def test_an_incident_of_no_time_at_all_has_phases_of_equal_parts():
    at_once = "2025-01-02T23:50Z"
    told = dict.fromkeys(("started", "mitigated", "resolved"), at_once)
    found = phase_views(site({"2025/a.md": front(title="T", **told)}).archive.reports[0])
    assert {phase.width for phase in found} == {"50.00"}


def test_each_clock_says_what_it_is():
    """A clock's value stands with its name and its two milestones."""
    tree = Tree(made().report_page("2025/a.md").html)
    clocks = tree.texts("pa-clock")
    assert clocks[0].startswith("TTD time to detect 1 min started → detected")
    assert clocks[2].startswith("TTR time to resolve 10 min started → resolved")
    assert len(clocks) == 3


def test_without_milestones_there_is_no_lifecycle():
    """Missing stays missing, never zero."""
    html = site({"2025/a.md": front(title="T", date="2025-01-02")}).report_page("2025/a.md").html
    assert "pa-life" not in html
    assert "0\xa0min" not in html


def test_a_stated_figure_that_differs_stands_beside_the_measured_one():
    """A contradiction shows both; agreement shows nothing twice."""
    body = "**Duration:** {}\n\n## Summary\n\nText.\n"
    differs = stated_views(made(body.format("25 minutes")).archive.reports[0])
    assert [(figure.label, figure.written, figure.note) for figure in differs] == [
        ("Duration", "25 minutes", "but started → resolved took 10\xa0min")
    ]
    assert stated_views(made(body.format("10 minutes")).archive.reports[0]) == ()
