"""When incidents began, as a period's page tells it."""

from .stand import Tree, filled, report, site

MARKER = "<!-- archive/trend {period: 2025-q3, section: load} -->"


def shown(*told):
    texts = {f"2025/r{n}.md": report("2025-07-05", **facts) for n, facts in enumerate(told)}
    html = filled(site(texts), MARKER)
    return html, Tree(html)


def test_shares_stand_beside_what_an_even_spread_would_give():
    """1 of 2 has the exact interval from 2.53% to 97.47%, rounded outwards."""
    _, tree = shown(
        {
            "started": "2025-07-05T10:00Z",
            "resolved": "2025-07-05T12:30Z",
            "title": "On <b>Saturday",
        },
        {"started": "2025-07-08T10:00Z"},
    )
    assert tree.texts("pa-numbers__value") == ["1 of 2", "1 of 2", "2 h 30 min"]
    assert tree.texts("pa-numbers__note") == [
        "50 % (2–98 %); of all hours, 76 % are",
        "50 % (2–98 %); of all days, 29 % are",
        "30 Jun 2025 to 6 Jul 2025, week 27, 1 incident",
    ]
    assert tree.texts("pa-note")[0].startswith("Working hours: Mon–Fri, 09:00–17:00 UTC.")


def test_the_list_tells_when_each_began():
    html, tree = shown({"started": "2025-07-05T10:00Z", "title": "On <b>Saturday"})
    assert tree.texts("pa-named") == [
        "1 outside working hours Sat 5 Jul 2025, 10:00: On <b>Saturday"
    ]
    assert "<b>Sat" not in html


def test_a_cell_with_one_incident_leads_to_it_and_one_with_more_tells_their_titles():
    html, _ = shown(
        {"started": "2025-07-05T10:00Z"},
        {"started": "2025-07-08T10:00Z", "title": "One"},
        {"started": "2025-07-08T11:59Z", "title": "Two"},
    )
    table = html[html.index("<tbody") : html.index("</tbody")]
    assert Tree(table).attributes("a", "href") == ["2025/r0.md"]
    assert "Tue 09–12: One; Two" in html
    assert table.count("<td") == 56


def test_without_a_time_of_day_nothing_is_judged():
    _, tree = shown({}, {})
    assert not tree.texts("pa-numbers__value")
    assert not tree.texts("pa-matrix")
    (left_out,) = tree.texts("pa-named")
    assert left_out.startswith("2 incidents left out")
