"""Reviews, as a period's page tells them."""

from .stand import Tree, filled, report, site

MARKER = "<!-- archive/trend {period: 2025-q3, section: reviews} -->"


def shown(*told):
    texts = {
        f"2025/r{n}.md": report("2025-07-05", **{"title": f"Trouble <b>{n}", **facts})
        for n, facts in enumerate(told)
    }
    html = filled(site(texts), MARKER)
    assert "<b>" not in html
    return Tree(html)


def test_reviews_with_what_became_of_them():
    tree = shown(
        {"follow_up": "{due: 2025-08-01, done: 2025-08-03}"},
        {"follow_up": "{due: 2025-08-02, done: 2025-08-02}"},
        {"follow_up": "{due: 2025-08-04, done: 2025-11-05}"},
        {"follow_up": "{due: 2025-08-05}", "next_review": "2025-09-01"},
    )
    (rows,) = tree.texts("pa-reviews__due")
    assert rows == (
        "1 Aug 2025 Trouble <b>0 follow-up review Held 3 Aug 2025, 2 days late"
        " 2 Aug 2025 Trouble <b>1 follow-up review Held 2 Aug 2025"
        " 4 Aug 2025 Trouble <b>2 follow-up review Missed held 5 Nov 2025"
        " 5 Aug 2025 Trouble <b>3 follow-up review Missed"
        " 1 Sep 2025 Trouble <b>3 next review Not told"
    )
    assert tree.texts("pa-numbers__value") == ["5", "2", "2"]
    (note,) = tree.texts("pa-note")
    assert note == (
        "The day has passed of 1 next review whose report does not tell whether it was held."
    )


def test_what_was_missed_is_among_the_first_ten():
    others = [{"follow_up": f"{{due: 2025-07-{n:02}, done: 2025-07-30}}"} for n in range(1, 13)]
    tree = shown(*others, {"follow_up": "{due: 2025-09-09}"})
    (rows,) = tree.texts("pa-reviews__due")
    assert rows.count("Held") == 9
    assert "Missed" in rows
    assert rows.endswith("and 3 more")


def test_reports_that_came_late_are_named_the_latest_first():
    tree = shown({"published": "2025-07-25"}, {"published": "2025-08-25"}, {"status": "draft"})
    assert tree.texts("pa-numbers__value") == ["2 of 2"]
    (note,) = tree.texts("pa-note")
    assert note == (
        "Late is more than 14 days after recovery; the share that was late is 100 % (22–100 %)."
        " Intervals hold the true value at least 90% of the time."
    )
    assert tree.texts("pa-named") == [
        "2 published late 51 days: Trouble <b>1 20 days: Trouble <b>0",
        "1 not published and late on 31 Jan 2026 210 days: Trouble <b>2",
    ]
