"""Charts as markup: well formed, safe, the same every time, and told in words too."""

import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from postmortem_archive.site.charts import (
    Band,
    Bar,
    Caption,
    Cell,
    Column,
    Dot,
    DotRow,
    Gap,
    Interval,
    Limits,
    Link,
    Part,
    Series,
    Tone,
    dot_strip,
    interval_columns,
    matrix,
    meters,
    stacked_bars,
    stacked_columns,
    t_chart,
)
from postmortem_archive.site.charts.svg import number
from postmortem_archive.site.fragments import Fragments
from postmortem_archive.site.views.marks import SeverityMark

HOSTILE = "</title></svg><script>alert(1)</script>\" onclick='x' & “so”"
XLINK = "{http://www.w3.org/1999/xlink}href"
CAPTION = Caption("it", HOSTILE, f"Reading: {HOSTILE}")
SERIES = (Series(HOSTILE, Tone.SEV_1), Series("SEV2", Tone.SEV_2))


def strip(*values, bands=()):
    dots = tuple(Dot(value, HOSTILE, "a/b.md?x=1&y='2'", Tone.SEV_2) for value in values)
    return dot_strip(CAPTION, [DotRow(HOSTILE, "n = 1", dots, bands)], SERIES)


def columns(*counts):
    made = [Column(Link(HOSTILE, "x.html"), (count, 1), "2025") for count in counts]
    return stacked_columns(CAPTION, made, SERIES)


def bars(*values, draw=stacked_bars):
    parts = tuple(Part(value, HOSTILE, Tone.PHASE_1, "x.html") for value in values)
    made = [Bar(Link(HOSTILE, "x.html"), parts, "2 h")]
    return draw(CAPTION, made, SERIES) if draw is stacked_bars else draw(CAPTION, made)


def gauge(*values):
    return bars(*values, draw=meters)


def intervals(*values):
    made = [Interval(Link(HOSTILE, "x"), value, value / 2, value * 2, HOSTILE) for value in values]
    return interval_columns(CAPTION, made, HOSTILE, mark=1)


def gaps(*values):
    start = date(2025, 1, 1)
    made = [
        Gap(start + timedelta(days=30 * number), value, Link(HOSTILE, "x"))
        for number, value in enumerate(values)
    ]
    return t_chart(CAPTION, made, Limits(30, 0.0, 200))


def cells(*values):
    row = [Cell(int(value), HOSTILE, "x") if value else None for value in values]
    names = [Link(HOSTILE, "x") for _ in values]
    return matrix(CAPTION, HOSTILE, names, [(Link(HOSTILE), row)])


EVERY = [strip, columns, bars, gauge, intervals, gaps, cells]


def printed(chart) -> str:
    template = Fragments()._templates.from_string(
        '{% import "archive/charts.html" as charts %}{{ charts.figure(chart) }}'
    )
    return template.render(chart=chart)


def tree(chart) -> ET.Element:
    return ET.fromstring(printed(chart))  # noqa: S314 -- made here


@pytest.mark.parametrize("values", [(), (0,), (7,), (5, 5, 5), (1, 10**7)])
@pytest.mark.parametrize("draw", EVERY)
def test_a_chart_is_well_formed_whatever_it_shows(draw, values):
    figure = tree(draw(*values))
    assert figure.tag == "figure"
    assert not any("script" in element.tag for element in figure.iter())
    told = re.findall(
        r' (?:cx|cy|r|x|y|x1|x2|y1|y2|width|height)="([^"]*)"', printed(draw(*values))
    )
    assert all(re.fullmatch(r"-?\d+(\.\d+)?(e?m?|%)?", value) for value in told), told


@pytest.mark.parametrize("values", [(), (7,), (1, 2, 10**7)])
@pytest.mark.parametrize("draw", EVERY)
def test_a_chart_has_no_part_of_negative_size(draw, values):
    sizes = re.findall(r' (?:width|height|r)="(-[^"]*)"', printed(draw(*values)))
    assert sizes == []


@pytest.mark.parametrize("draw", EVERY)
def test_the_same_data_gives_the_same_bytes(draw):
    assert draw(1, 2, 3) == draw(1, 2, 3)


@pytest.mark.parametrize("draw", EVERY)
def test_ids_are_unique_and_what_names_a_chart_is_there(draw):
    figure = tree(draw(1, 2))
    ids = [element.get("id") for element in figure.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(name == "pa-it" or name.startswith("pa-it-") for name in ids)
    named = [
        name
        for element in figure.iter()
        for key in ("aria-labelledby", "aria-describedby")
        for name in (element.get(key) or "").split()
    ]
    assert named
    assert set(named) <= set(ids)


@pytest.mark.parametrize("draw", [strip, columns, intervals, gaps])
def test_each_link_of_a_chart_is_a_link_of_its_table(draw):
    figure = tree(draw(1, 2))
    picture, table = figure.find("svg"), figure.find("details/table")
    links = {link.get(XLINK) for link in picture.iter("a")}
    assert links
    assert links <= {link.get("href") for link in table.iter("a")}
    # The theme writes to the `href` of all links, and breaks on one of SVG.
    assert {link.get("href") for link in picture.iter("a")} == {None}
    assert {link.get("tabindex") for link in picture.iter("a")} == {"-1"}
    assert {link.get("tabindex") for link in table.iter("a")} == {None}


def test_a_picture_with_links_is_a_group_and_one_without_an_image():
    assert tree(strip(5)).find("svg").get("role") == "group"
    bare = dot_strip(CAPTION, [DotRow("TTR", "n = 1", (Dot(5, "x"),))])
    assert tree(bare).find("svg").get("role") == "img"


def test_a_picture_takes_any_width_and_never_shrinks():
    picture = tree(strip(5)).find("svg")
    assert (picture.get("width"), picture.get("viewBox")) == ("100%", None)
    assert picture.get("height").endswith("em")


def dots_of(chart):
    return [
        (float(dot.get("cx")[:-1]), float(dot.get("cy")[:-2])) for dot in tree(chart).iter("circle")
    ]


def test_equal_durations_stand_in_different_lanes():
    dots = dots_of(strip(5, 5, 5))
    assert len({x for x, _ in dots}) == 1
    assert len({y for _, y in dots}) == 3


def test_more_equal_durations_than_lanes_are_all_drawn():
    assert len(dots_of(strip(*[5] * 100))) == 100


def test_durations_far_apart_stand_in_one_line():
    assert len({y for _, y in dots_of(strip(1, 60, 1440))}) == 1


def test_a_severity_gives_a_dot_its_tone():
    assert Tone.of_severity(SeverityMark("SEV3", 3)) is Tone.SEV_3
    assert Tone.of_severity(None) is Tone.FAINT


def test_quantiles_are_drawn_behind_the_dots_and_told_in_the_table():
    chart = strip(5, 9, bands=(Band("median", 7, 5, 9), Band("p90", 80, 60, 130)))
    html = printed(chart)
    assert html.index("pa-band ") < html.index("<circle")
    rows = {row[0]: row[2:] for row in chart.table.rows if isinstance(row[0], str)}
    assert rows["Median"] == ("7\xa0min", "5\xa0min to 9\xa0min")
    assert rows["P90"] == ("1\xa0h\xa020\xa0min", "1\xa0h to 2\xa0h\xa010\xa0min")
    assert [key.text for key in chart.keys][2:] == ["median", "90 % took at most this (p90)"]


def test_columns_stack_from_the_ground_to_their_total():
    chart = stacked_columns(CAPTION, [Column(Link("Q1", "x"), (2, 3), "2025")], SERIES)
    parts = [
        (float(part.get("y")[:-2]), float(part.get("height")[:-2]))
        for part in tree(chart).iter("rect")
        if "pa-part" in part.get("class")
    ]
    (first, tall), (second, taller) = parts
    assert second + taller == pytest.approx(first, abs=0.02)
    assert taller == pytest.approx(1.5 * tall, abs=0.02)
    assert chart.table.rows == ((Link("Q1 2025", "x"), "2", "3", "5"),)


def test_a_period_in_progress_is_drawn_lighter():
    column = Column(Link("Q1"), (2, 3), open=True)
    assert "pa-unfinished" in stacked_columns(CAPTION, [column], SERIES).svg
    done = replace(column, open=False)
    assert "pa-unfinished" not in stacked_columns(CAPTION, [done], SERIES).svg


def test_a_year_of_few_columns_gives_way_to_the_next_on_a_phone():
    """At a twelfth of a phone's width, its number would touch that of the year beside it."""
    years = ["2023", *["2024"] * 4, *["2025"] * 4, *["2026"] * 3]
    made = [Column(Link(f"Q{n}"), (1, 1), year) for n, year in enumerate(years)]
    dress = {
        part.text: part.get("class").split()
        for part in tree(stacked_columns(CAPTION, made, SERIES)).iter("text")
        if part.text in years
    }
    assert [year for year, classes in dress.items() if "pa-wide" in classes] == ["2023"]


def test_on_a_phone_only_some_of_many_columns_are_named():
    made = [Column(Link(f"Q{number}"), (1, 1)) for number in range(20)]
    html = stacked_columns(CAPTION, made, SERIES).svg
    assert html.count('class="pa-tick"') == 7
    assert html.count('class="pa-tick pa-wide"') == 13


def test_an_interval_without_an_upper_end_reaches_to_the_top():
    point = Interval(Link("Q1"), None, 2, None, "no incident in 90 days")
    chart = interval_columns(CAPTION, [point], "days")
    assert chart.table.rows == ((Link("Q1"), "–", "2 or more", "no incident in 90 days"),)
    assert not list(tree(chart).iter("circle"))


def test_bars_part_the_whole_width_by_shares():
    widths = [
        float(part.get("width")[:-1])
        for part in tree(bars(1, 3)).find("svg").iter("rect")
        if "pa-part" in part.get("class")
    ]
    assert widths == [25, 75]


def test_a_long_name_is_cut_on_a_phone_and_whole_in_the_table():
    name = "Checkout refuses cards after a pool setting change on a Friday"
    chart = stacked_bars(CAPTION, [Bar(Link(name, "x"), (), "2 h")], ())
    shown = {text.get("class"): text.text for text in tree(chart).find("svg").iter("text")}
    assert shown["pa-name pa-wide"] == name
    assert shown["pa-name pa-narrow"] == "Checkout refuses cards after a pool…"
    assert chart.table.rows[0][0] == Link(name, "x")


def over(chart):
    return [
        (part.get("x"), part.get("width"))
        for part in tree(chart).iter("rect")
        if part.get("class") == "pa-over"
    ]


def test_a_meter_shows_what_is_over_its_mark():
    assert over(gauge(40, 60)) == []
    assert over(gauge(100, 60)) == [("62.5%", "37.5%")]


def test_a_meter_far_over_its_mark_ends_at_the_edge():
    assert over(gauge(10**7)) == [("25%", "75%")]


def test_the_last_gap_is_hollow_while_it_is_open():
    made = [
        Gap(date(2025, 1, 1), 9, Link("One", "x")),
        Gap(date(2025, 3, 1), 59, Link("Not yet"), open=True),
    ]
    chart = t_chart(CAPTION, made)
    assert ["pa-hollow" in dot.get("class") for dot in tree(chart).iter("circle")] == [False, True]
    assert [key.text for key in chart.keys] == ["not over yet"]


def test_a_matrix_is_darker_the_more_it_counts():
    chart = cells(0, 1, 5, 10)
    assert [cell.get("class") for cell in tree(chart).iter("td")] == [
        None, "pa-shade--1", "pa-shade--3", "pa-shade--5",
    ]  # fmt: skip
    assert chart.table.rows == ()


def test_an_empty_corner_is_no_heading():
    chart = matrix(CAPTION, "", [Link("Mon")], [(Link("00–03"), [Cell(1, "x")])])
    assert [cell.text for cell in tree(chart).iter("th")] == [None, None]
    assert [span.text for span in tree(chart).iter("span") if span.text] == ["Mon", "00–03", "1"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (-0.001, "0"), (100, "100"), (12.5, "12.5"), (1 / 3, "0.33"), (10**7, "10000000")],
)
def test_numbers_are_written_in_few_bytes(value, expected):
    assert number(value) == expected
