"""What was promised, as a period's page tells it."""

from .stand import Tree, filled, report, site

MARKER = "<!-- archive/trend {period: 2025-q3, section: actions} -->"


def shown(*actions):
    written = f"[{', '.join(actions)}]"
    made = site({"2025/a.md": report("2025-01-10", title="A <b>report", actions=written)})
    html = filled(made, MARKER)
    return html, Tree(html)


LATE = "{text: Raise, opened: 2025-07-01, due: 2025-08-01, closed: 2025-08-03, status: done}"
SINCE = "{text: Split, opened: 2025-07-01, due: 2025-09-01, closed: 2025-10-05, status: done}"
DROPPED = "{text: Buy, opened: 2025-07-01, status: not_doing, reason: No <i>money}"
OPEN = "{text: '<script>x</script> Wait', opened: 2025-02-01, owner: Jo}"


def test_the_figures_of_a_quarter():
    html, tree = shown(LATE, SINCE, DROPPED, OPEN)
    labels = [text.partition(" on ")[0] for text in tree.texts("pa-numbers")]
    assert len(labels) == 1
    assert tree.texts("pa-numbers__value") == ["3", "1", "1", "2", "1"]
    assert tree.texts("pa-numbers__note") == [
        "1 after the due date",
        "1 with a reason",
        "1 more has no due date",
    ]
    assert "<script>" not in html
    assert "<i>" not in html


def test_the_oldest_is_named_with_its_report():
    _, tree = shown(LATE, OPEN)
    (oldest,) = tree.texts("pa-promise--oldest")
    assert oldest == "Open for longest <script>x</script> Wait A <b>report Jo open for 241 days"


def test_what_was_not_kept_is_listed_with_what_became_of_it():
    _, tree = shown(LATE, SINCE, DROPPED)
    assert tree.texts("pa-promise__facts") == [
        "A <b>report no owner open for 91 days",
        "A <b>report no owner due 1 Sep 2025, 29 days overdue since then done on 5 Oct 2025",
        "A <b>report no owner due 1 Aug 2025, closed 2 days later",
        "A <b>report no owner dropped on a day nobody told because: No <i>money",
    ]
    assert [text.partition(" A <b>")[0] for text in tree.texts("pa-named")] == [
        "1 overdue Split",
        "1 closed after the due date Raise",
        "1 dropped Buy",
    ]


def test_sentences_tell_what_the_figures_leave_open():
    _, tree = shown(LATE, DROPPED)
    (note,) = tree.texts("pa-note")
    assert note == (
        "Of 1 closed with a due date, 0 were closed in time: 0 % (0–95 %). 1 more action item has"
        " ended on a day that nobody told; whether it was open on 30 Sep 2025 is not known."
        " Intervals hold the true value at least 90% of the time."
    )


def test_what_became_of_the_opened():
    _, tree = shown(LATE, SINCE, DROPPED)
    (table,) = tree.texts("pa-kept__table")
    assert table.startswith("What became by 31 Jan 2026 of those opened in the period")
    assert "All 3 2 0 1 67 % (13–99 %)" in table


def test_the_balance_of_quarters_leads_to_their_pages():
    made = site({"2025/a.md": report("2025-01-10", actions=f"[{OPEN}]")})
    html = filled(made, MARKER)
    assert "Open at the end of Q1 2025: 1. At the end of Q3 2025: 1, of which 0 overdue." in html
    assert {"trends/2025-q1.md", "trends/2025-q2.md"} <= set(Tree(html).attributes("a", "href"))
