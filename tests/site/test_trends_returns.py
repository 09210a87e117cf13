"""The section of a period's trends on what came back."""

from .stand import Tree, filled, front, site
from .test_recurrences import DROPPED, PROMISE, texts
from .test_similar import TEXTS, report


def section(told, period):
    made = site(told)
    marker = f"<!-- archive/trend {{period: {period}, section: returns}} -->"
    return Tree(filled(made, marker))


def test_a_recurrence_stands_with_the_promise_that_it_broke():
    tree = section(texts(), "2025-q1")
    assert tree.texts("pa-numbers__value") == ["1 of 2", "1 of 1", "1 of 1"]
    # Clopper and Pearson's interval for 1 of 2: the roots of .05 at 1 - (1 - p)² and at p².
    assert tree.texts("pa-numbers__note")[0] == "50 % (2–98 %)"
    (what,) = tree.texts("pa-returns__what")
    assert what == "Pool empty again 12 Mar 2025 INC-2 2nd time 66 days after Pool empty: same pool"
    assert tree.texts("pa-broken") == [
        f"Happened again while {PROMISE}",
        f"Promised and dropped {DROPPED}",
    ]
    hrefs = tree.attributes("a", "href")
    assert {"recurrences/inc-1.md", "recurrences.md", "2025/a.md", "2025/b.md"} <= set(hrefs)


def test_where_nothing_came_back_that_is_told_with_its_interval():
    told = texts() | {"2025/x.md": front(title="X", date="2025-08-01")}
    tree = section(told, "2025-q3")
    # 1 - (1 - p) = .95 gives the upper end for 0 of 1.
    (note,) = tree.texts("pa-note")
    assert note.startswith("The one incident is not told to have happened before: 0 % (0–95 %).")
    assert tree.texts("pa-numbers") == []


def test_a_period_without_incidents_has_no_such_section():
    """The drill of June is the only report of its quarter."""
    made = site(texts())
    page = next(page for page in made.pages if page.path == "trends/2025-q2.md")
    assert "returns" not in page.markdown
    page = next(page for page in made.pages if page.path == "trends/2025-q1.md")
    assert "returns" in page.markdown


def test_a_long_list_shows_the_newest_and_counts_the_rest():
    told = {
        f"2025/{n:02}.md": front(
            id=f"R-{n:02}",
            title=f"Time {n}",
            date=f"2025-01-{n + 1:02}",
            **({"related": f"[{{id: R-{n - 1:02}, relation: recurrence_of}}]"} if n else {}),
        )
        for n in range(13)
    }
    tree = section(told, "2025")
    assert tree.texts("pa-chain__title") == [f"Time {n}" for n in range(12, 2, -1)]
    assert tree.texts("pa-note")[-1] == "and 2 more"


def test_incidents_that_are_alike_stand_below_as_clusters():
    alike = {
        **TEXTS,
        "2025/c.md": report("2025-03-01", "Basket gone"),
        "2025/d.md": report("2025-05-01", "Basket back"),
    }
    tree = section(alike, "2025-q2")
    (told,) = tree.texts("pa-named")
    assert "1 incident, after 3 before" in told
    assert [href for href in tree.attributes("a", "href") if href.endswith("2025/d.md")]
    assert "The map of what belongs together" in tree.texts("pa-note")[-1]


def test_a_cluster_of_one_history_is_told_as_that_alone():
    alike = {
        **TEXTS,
        "2025/b.md": report("2025-02-01", "Slow", related="[{id: a, relation: recurrence_of}]"),
        "2025/c.md": report("2025-05-01", "Gone", related="[{id: b, relation: recurrence_of}]"),
    }
    assert not section(alike, "2025-q2").texts("pa-named")
