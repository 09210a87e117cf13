"""Who noticed the incidents of a period, as its page tells it."""

from .stand import Tree, filled, report, site

MARKER = "<!-- archive/trend {period: 2025-q3, section: detection} -->"


def noticed(source=None, day="2025-07-05", **told):
    return report(day, **({"detection": source} if source else {}), **told)


def shown(*texts):
    html = filled(site({f"2025/r{n:03}.md": text for n, text in enumerate(texts)}), MARKER)
    return html, Tree(html)


def test_shares_stand_with_their_counts_and_their_intervals():
    """5 of 8 has the exact interval from 28.92% to 88.89%, 1 of 1 from 5%, rounded outwards."""
    _, tree = shown(
        *(noticed("alert") for _ in range(5)),
        *(noticed("customer_report") for _ in range(3)),
        noticed("staff_observation", "2025-01-01"),
        noticed(started="2025-07-05T10:00Z", mitigated="2025-07-05T10:30Z"),
    )
    rows = tree.texts("pa-figures")[0]
    assert "Q3 2025 The 12 months to 30 September 2025" in rows
    assert "Noticed by ourselves (an alert or staff) 5 of 8: 62 % (28–89 %) 6 of 9: 67 %" in rows
    assert "Mitigated within 30 minutes of the first harm 1 of 1: 100 % (5–100 %)" in rows
    assert tree.texts("pa-chart__reading") == [
        (
            "Of 8 incidents whose report tells it, 5 were noticed by an alert or by staff, and 3 by"
            " customers and other people outside."
        )
    ]


def test_the_period_has_a_bar_over_that_of_its_four_quarters():
    _, tree = shown(noticed("alert"), noticed("third_party", "2025-01-01"))
    assert tree.texts("pa-name") == ["Q3 2025", "The 12 months to 30 September 2025"]
    assert tree.texts("pa-told") == ["n = 1", "n = 2"]
    assert tree.texts("pa-keys") == ["Alert Third party"]


def test_who_is_left_out_is_told_apart():
    _, tree = shown(noticed("alert"), noticed("unknown"), noticed())
    assert tree.texts("pa-note") == [
        (
            "Left out: 1 whose report says that nobody knows who noticed and 1 whose report does"
            " not say who noticed."
        )
    ]


def test_without_any_source_there_is_no_chart():
    html, tree = shown(noticed(started="2025-07-05T10:00Z", mitigated="2025-07-05T11:00Z"))
    assert "<figure" not in html
    assert "0 of 1: 0 % (0–95 %)" in tree.texts("pa-figures")[0]
    assert (
        "Noticed by ourselves (an alert or staff) no incident tells it"
        in tree.texts("pa-figures")[0]
    )
