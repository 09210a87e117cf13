"""How many incidents a period has, as its page tells it."""

import re
from datetime import date, timedelta

from postmortem_archive.report.vocabulary import Vocabulary

from .stand import Tree, filled, report, site


def marker(period):
    return f"<!-- archive/trend {{period: {period}, section: counts}} -->"


def spread(count, start, days=80, **facts):
    """Return texts of incidents spread evenly over the days from one on, by path."""
    begin = date.fromisoformat(start)
    days_of = [begin + timedelta(days=days * n // count) for n in range(count)]
    return {
        f"{on.year}/{start}-{n}.md": report(str(on), **{"severity": "SEV3", **facts})
        for n, on in enumerate(days_of)
    }


def shown(texts, period="2025-q3", **given):
    html = filled(site(texts, **given), marker(period))
    return html, Tree(html)


def steady(*starts, count=10, **facts):
    return {path: text for start in starts for path, text in spread(count, start, **facts).items()}


YEAR = ("2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01", "2025-04-01")


def test_counts_stand_beside_those_of_the_period_before_and_of_the_year_before():
    html, tree = shown({**steady(*YEAR), **spread(12, "2025-07-01"), **spread(2, "2025-07-03",
                        severity="SEV1")})  # fmt: skip
    head = Tree(html[html.index("<thead") : html.index("</thead")])
    assert tree.texts("pa-counts__count")[:6] == ["14", "10", "10", "2", "0", "0"]
    assert head.attributes("a", "href") == [
        "trends/2025-q2.md",
        "trends/2024-q3.md",
    ]


def test_rates_are_per_service_day_with_their_interval():
    """14 over checkout and search × 92 days: 76 per thousand; Garwood's limits of 14 are 8.46 and
    21.9."""
    _, tree = shown({**steady(*YEAR), **spread(14, "2025-07-01")})
    assert tree.texts("pa-counts__rate")[0] == "76 (46–119)"
    notes = " ".join(tree.texts("pa-counts__notes"))
    assert "2 services in use make 184 service-days; rates are per 1,000 of them." in notes


def test_without_services_each_day_counts_once_and_the_page_says_so():
    _, tree = shown({**steady(*YEAR), **spread(14, "2025-07-01")}, services=Vocabulary(()))
    assert tree.texts("pa-counts__rate")[0] == "15 (9.2–24)"
    notes = " ".join(tree.texts("pa-counts__notes"))
    assert "The settings name no services, so each of the 92 days counts once" in notes


def test_where_nothing_changed_the_page_says_no_detectable_change():
    html, tree = shown({**steady(*YEAR), **spread(12, "2025-07-01")})
    assert tree.texts("pa-verdict__of")[0] == "All incidents against Q2 2025"
    assert set(tree.texts("pa-verdict__words")) == {
        "no detectable change",
        "not tested: too little was counted for a difference",
    }
    assert not re.search("[↑↓▲▼]", html)


def test_a_change_is_told_in_words_with_its_counts():
    _, tree = shown({**steady(*YEAR), **spread(45, "2025-07-01")})
    words = dict(zip(tree.texts("pa-verdict__of"), tree.texts("pa-verdict__words"), strict=True))
    assert words["All incidents against Q2 2025"] == "more than the seasons explain"
    assert words["All incidents against Q3 2024"] == "more"
    assert "10 then, 45 now; p < 0.001" in tree.texts("pa-verdict__note")


def test_the_period_in_which_the_archive_begins_is_compared_with_nothing():
    _, tree = shown(spread(10, "2025-07-04"))
    notes = " ".join(tree.texts("pa-counts__notes"))
    assert "the archive begins with its first incident on 4 Jul 2025" in notes
    assert not tree.texts("pa-verdict")


def test_a_period_in_progress_says_so():
    _, tree = shown(
        {**steady(*YEAR), **steady("2025-07-01", "2025-10-01"), **spread(3, "2026-01-02", 20)},
        "2026-q1",
    )
    notes = " ".join(tree.texts("pa-counts__notes"))
    assert "Q1 2026 is in progress: counts and days are those to 31 Jan 2026." in notes
    assert "62 service-days" in notes


def test_recurrences_that_count_once_are_told():
    texts = {**steady(*YEAR), **spread(10, "2025-07-01")}
    texts["2025/again.md"] = report(
        "2025-07-03", severity="SEV3", related="[{id: 2025-07-01-0, relation: recurrence_of}]"
    )
    _, tree = shown(texts)
    assert "1 incident is a recurrence of one cause within 7 days" in " ".join(
        tree.texts("pa-counts__notes")
    )
    assert tree.texts("pa-counts__count")[0] == "11"
    assert any(note.startswith("10 then, 10 now") for note in tree.texts("pa-verdict__note"))


def test_the_gaps_between_majors_are_charted_with_the_open_one_hollow():
    texts = {**steady(*YEAR), **spread(14, "2024-05-01", 420, severity="SEV2")}
    html, tree = shown(texts)
    assert "Days between major incidents" in html
    assert "pa-hollow" in html
    (reading,) = [text for text in tree.texts("pa-chart__reading") if "gaps" in text]
    assert reading == (
        "13 gaps, none longer or shorter than chance makes them."
        " The gap that is open is already longer than chance makes them."
    )
    assert tree.texts("pa-numbers__value") == ["127"]


def test_a_few_gaps_are_charted_without_limits():
    html, tree = shown({**steady(*YEAR), **spread(3, "2025-07-01", severity="SEV1", title="<i>")})
    assert "2 gaps, too few to tell what chance makes of them." in tree.texts("pa-chart__reading")
    assert "<i>" not in html


def test_other_kinds_are_counted_apart():
    texts = {**steady(*YEAR), **spread(3, "2025-07-01", kind="near_miss")}
    html, tree = shown(texts)
    assert tree.texts("pa-counts__count")[0] == "0"
    assert "Near misses" in tree.texts("pa-counts__apart")[0]
    assert tree.texts("pa-counts__apart")[0].split()[-3:] == ["3", "0", "0"]
    assert html.count("pa-counts__apart") == 1


def test_a_span_has_counts_and_no_comparison():
    _, tree = shown(steady(*YEAR), "all")
    assert tree.texts("pa-counts__count")[0] == "50"
    assert not tree.texts("pa-verdict")


def test_the_first_incident_of_the_archive_is_told_to_be_in_no_rate():
    note = "The archive's first incident is not counted in rates: their days begin with it."
    texts = {**spread(1, "2025-07-01"), **spread(1, "2025-10-01")}
    assert note in shown(texts)[1].texts("pa-counts__notes")[0]
    assert note not in shown(texts, "2025-q4")[1].texts("pa-counts__notes")[0]
