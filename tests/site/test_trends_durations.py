"""How long incidents took, as a period's page tells it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from postmortem_archive.archive.periods import PeriodKind
from postmortem_archive.site import wording

from .stand import Tree, filled, report, site

MARKER = "<!-- archive/trend {period: 2025-q3, section: durations} -->"


def lasted(minutes, day="2025-07-05", **told):
    end = datetime.fromisoformat(f"{day}T10:00") + timedelta(minutes=minutes)
    times = {"started": f"{day}T10:00Z", "resolved": f"{end:%Y-%m-%dT%H:%M}Z"}
    return report(day, **{**times, **told})


def made(*texts):
    return site({f"2025/r{n:03}.md": text for n, text in enumerate(texts)})


def shown(*texts):
    html = filled(made(*texts), MARKER)
    return html, Tree(html)


def test_a_median_stands_with_its_interval_and_its_n():
    """The 1st and the 5th of five values enclose the median with 1 - 2 / 32 = 93.75%."""
    _, tree = shown(*(lasted(minutes) for minutes in (10, 20, 30, 40, 700)))
    assert tree.texts("pa-figures") == [
        (
            "Clock n Median (interval of at least 90 %) 90th percentile (interval)"
            " TTR 5 30 min (10 min to 11 h 40 min) none: 5 of the 29 incidents that it takes"
        )
    ]
    assert tree.texts("pa-chart__reading")[0] == (
        "The 12 months to 30 September 2025: half of the incidents were resolved within 30 min of"
        " the first harm (interval of at least 90 %: 10 min to 11 h 40 min; n = 5)."
    )


def test_too_few_incidents_have_dots_and_are_said_to_be_too_few():
    html, tree = shown(lasted(10), lasted(20), report("2025-07-06", started="2025-07-06T10:00Z"))
    assert html.count("<circle") == 2
    assert tree.texts("pa-told")[0] == "n = 2, 1 without"
    assert tree.texts("pa-chart__reading")[0] == (
        "There are fewer than five incidents for every clock, too few for a median."
    )
    assert "pa-band" not in html


def test_every_dot_leads_to_its_report_and_nothing_of_a_title_is_markup():
    html, tree = shown(lasted(10, title="'<script>x</script>'", severity="SEV1"), lasted(20))
    assert "<script" not in html
    assert {"2025/r000.md", "2025/r001.md"} <= set(tree.attributes("a", "href"))
    dots = [told["class"] for tag, told in tree.elements if tag == "circle"]
    assert dots == ["pa-dot pa-tone--sev-1", "pa-dot pa-tone--faint"]
    assert tree.texts("pa-keys")[0].startswith("SEV1 no severity told")


def test_the_phases_of_the_longest_incidents_are_bars():
    _, tree = shown(*(lasted(10 + n, title=f"Number {n}") for n in range(14)))
    bars = [text for text in tree.texts("pa-name") if text.startswith("Number")]
    assert bars == [f"Number {n}" for n in range(13, 1, -1)]
    assert "And 2 shorter incidents." in tree.texts("pa-note")


def test_one_source_of_detection_is_no_comparison():
    one = [lasted(9, detected="2025-07-05T10:01Z", detection="alert") for _ in range(2)]
    other = lasted(9, detected="2025-07-05T10:04Z", detection="customer_report")
    assert len(shown(*one)[1].texts("pa-chart")) == 2
    _, tree = shown(*one, other)
    assert len(tree.texts("pa-chart")) == 3
    assert {"Alert", "Customer report"} <= set(tree.texts("pa-name"))


def test_of_very_many_incidents_the_latest_are_dots():
    html, tree = shown(*(lasted(10 + n % 50) for n in range(203)))
    assert html.count("<circle") == 100
    assert tree.texts("pa-told")[0] == "n = 203, the latest 100 shown"
    assert tree.texts("pa-figures")[0].startswith(
        "Clock n Median (interval of at least 90 %) 90th percentile (interval) TTR 203 "
    )


def test_a_mean_stands_with_a_warning_and_only_where_it_is_asked_for():
    archive = made(lasted(10), lasted(20), lasted(600))
    assert "Mean" not in filled(archive, MARKER)
    settings = replace(archive.archive.settings, show_mean=True)
    asked = replace(archive.archive, settings=settings)
    html = filled(type(archive)(asked, archive.settings, lambda target, _: target), MARKER)
    assert "<td>3\xa0h\xa030\xa0min</td>" in html
    assert "A few long incidents move a mean more than all others together." in html


def test_the_charts_of_two_periods_on_one_page_have_ids_of_their_own():
    archive = made(lasted(10), lasted(10, "2025-10-05"))
    both = filled(archive, MARKER + "\n\n" + MARKER.replace("q3", "q4"))
    ids = Tree(both).attributes("figure", "id")
    assert len(ids) == len(set(ids)) == 4


def test_all_time_is_its_own_window():
    archive = made(*(lasted(10 + n) for n in range(5)))
    html = filled(archive, "<!-- archive/trend {period: all, section: durations} -->")
    assert "Each dot is an incident. Medians" in html
    assert archive.archive.settings.trend_kinds == (PeriodKind.YEAR, PeriodKind.QUARTER)
    year = filled(archive, "<!-- archive/trend {period: '2025', section: durations} -->")
    assert "an incident of 2025. Medians and 90th percentiles are of the same incidents" in year


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (60, 60, "1 h to 1 h"),
        (5, 12.5, "5 min to 13 min"),
        (0, 1.5, "0 min to 1 min 30 s"),
        (1.01, 1439.5, "1 min to 1 d"),
        (60, 1441, "1 h to 1 d 1 h"),
        (1499.9, 1500, "1 d to 1 d 1 h"),
    ],
)
def test_the_upper_end_of_an_interval_is_rounded_up(low, high, expected):
    told = wording.duration_range(timedelta(minutes=low), timedelta(minutes=high))
    assert told.replace("\xa0", " ") == expected
