"""How good the data of a period is, as its page tells it."""

import pytest

from .stand import Tree, filled, report, site

FULL = {
    "severity": "SEV2",
    "started": "2025-07-01T10:00Z",
    "detected": "2025-07-01T10:01Z",
    "acknowledged": "2025-07-01T10:02Z",
    "mitigated": "2025-07-01T10:03Z",
    "resolved": "2025-07-01T10:04Z",
    "detection": "alert",
    "trigger": "config_push",
    "root_cause": "saturation",
    "services": "[checkout]",
    "actions": "[{text: Limit, owner: Jo, due: 2025-08-01}]",
}
MARKER = "<!-- archive/trend {period: 2025-q3, section: quality} -->"


def shown(**reports):
    texts = {f"2025/{name}.md": report("2025-07-01", **told) for name, told in reports.items()}
    html = filled(site(texts), MARKER)
    return html, Tree(html)


def test_one_report_that_tells_all():
    _, tree = shown(a=FULL)
    (lead,) = tree.texts("pa-note")
    assert lead == (
        "n = 1 incident, whose report tells started, detected, acknowledged, mitigated, resolved,"
        " severity, detection source, trigger, root cause, services and action items."
    )
    assert not tree.texts("pa-quality__facts")


def test_what_is_lacking_leads_to_the_reports():
    html, tree = shown(a=FULL, b={**FULL, "trigger": "unknown", "title": "<i>B</i>"}, c={})
    assert tree.texts("pa-note") == [
        "n = 3 incidents; of their reports, 1 tells all that the figures are made of.",
    ]
    assert "<i>B" not in html
    (table,) = tree.texts("pa-quality__facts")
    assert "Trigger 1 of 3 1 without it 1 Jul 2025: Trouble on 2025-07-01 1 as unknown" in table
    same = "resolved, severity, detection source, root cause, services and action items 2 of 3"
    assert f"{same} 1 without them" in table
    assert "2025/b.md" in tree.attributes("a", "href")


def test_facts_that_nobody_lacks_are_named_in_one_line():
    _, tree = shown(a=FULL, b={"severity": "SEV1", "services": "[search]"})
    assert tree.texts("pa-note")[1] == "Told by all: severity and services."


def test_a_day_without_a_time_is_told_apart():
    _, tree = shown(a={**FULL, "detected": "2025-07-01"})
    assert "Detected 0 of 1 1 by the day alone" in tree.texts("pa-quality__facts")[0]


def test_the_first_ten_reports_are_named():
    _, tree = shown(**{f"r{n}": {} for n in range(12)})
    lists = [text for text in tree.texts("pa-named") if text.startswith("12 without them")]
    assert lists
    assert all(text.endswith("and 2 more") for text in lists)
    assert all(text.count("Trouble") == 10 for text in lists)


def test_other_kinds_and_drafts():
    _, tree = shown(
        a=FULL, b={"kind": "drill"}, c={"kind": "near_miss"}, d={**FULL, "status": "draft"}
    )
    summaries = tree.texts("pa-named")
    assert [text.partition(" 1 Jul")[0] for text in summaries] == [
        "1 draft: what is told may still change",
        "1 near miss, left out of every clock and rate",
        "1 drill, left out of every clock and rate",
    ]


def test_a_period_of_drills_alone_counts_no_incident():
    texts = {"2025/a.md": report("2025-07-01", kind="drill"), "2025/b.md": report("2025-01-01")}
    assert Tree(filled(site(texts), MARKER)).texts("pa-note") == ["No incident is counted here."]


def test_a_report_from_the_future_is_told_and_not_counted():
    texts = {"2025/a.md": report("2025-07-01"), "2062/b.md": report("2062-01-01")}
    html = filled(site(texts), MARKER.replace("2025-q3", "all"))
    assert "1\xa0report with a day after 31\xa0Jan\xa02026, counted nowhere" in html
    assert "2062/b.md" in Tree(html).attributes("a", "href")


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({}, "There is no incident yet."),
        (
            {
                "2025/a.md": report("2025-07-01", kind="drill"),
                "2025/b.md": report("2025-07-02", kind="drill"),
                "2025/c.md": "---\ntitle: Some day\n---\n",
                "2062/d.md": report("2062-01-01"),
            },
            (
                "Left out: 2\xa0drills, 1\xa0incident without a day and 1\xa0incident after"
                " 31\xa0January\xa02026."
            ),
        ),
    ],
)
def test_an_archive_without_an_incident_to_count_says_what_it_has(texts, told):
    (page,) = (page for page in site(texts).pages if page.path == "trends.md")
    assert told in page.markdown
