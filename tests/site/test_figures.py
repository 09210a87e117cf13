"""The files of figures: whole, defined, valid, and safe to open in a spreadsheet."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.archive.periods import PeriodKind, period_of
from postmortem_archive.archive.trends.figure import Figure
from postmortem_archive.site import schemas
from postmortem_archive.site.figures import as_csv, as_json
from postmortem_archive.site.sections import DEFINITIONS, SECTIONS, Told, figures_of

from .stand import Tree, filled, report, site

SCHEMA = json.loads(Path(schemas.__file__).with_name("trends.schema.json").read_text("utf-8"))
AS_OF = date(2026, 1, 31)
Q1 = period_of(PeriodKind.QUARTER, AS_OF)

# Sections that print no figure: the head on paper, the way to other periods, and the files.
WITHOUT_FIGURES = {"paper", "way", "files"}


def one(value=1, **told):
    return Told(
        "load", Figure("longest_week", **{"of": "", "unit": "minutes", **told}, value=value)
    )


def valid(text):
    written = json.loads(text)
    jsonschema.validate(written, SCHEMA, format_checker=jsonschema.FormatChecker())
    return written


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_sections_with_numbers_export_them():
    """A new section either has figures, or its name is put above with the reason."""
    without = {name for name, section in SECTIONS.items() if section.figures is None}
    assert without <= WITHOUT_FIGURES


def test_the_name_of_a_figure_is_of_one_section_alone():
    names = [name for section in SECTIONS.values() for name in section.definitions]
    assert len(names) == len(set(names)) == len(DEFINITIONS)
    told = {name for name, section in SECTIONS.items() if section.figures}
    assert told == {name for name, section in SECTIONS.items() if section.definitions}


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_a_definition_is_a_sentence(name):
    assert DEFINITIONS[name][0].isupper() or DEFINITIONS[name][0].isdigit()
    assert DEFINITIONS[name].endswith(".")


TEXTS = {
    f"2025/r{n}.md": report(
        f"2025-{month:02}-05",
        started=f"2025-{month:02}-05T10:00Z",
        detected=f"2025-{month:02}-05T10:0{n}Z",
        mitigated=f"2025-{month:02}-05T10:30Z",
        resolved=f"2025-{month:02}-05T11:00Z",
        severity="SEV1",
        title='"=1+1", a <title>',
        services="[checkout]",
        detection="alert",
        actions="[{text: Wait, priority: '=cmd()', opened: 2025-08-01}]",
        follow_up="{due: 2025-08-20}",
    )
    for n, month in enumerate((7, 8, 8, 9, 9, 9))
}


def test_every_period_has_both_files_and_they_are_valid():
    made = site(TEXTS, at="archive")
    files = made.data_files()
    assert set(files) == set(made.data_paths)
    for name in ("all", "2025", "2025-q3", "2026-q1"):
        path = f"archive/data/trends/{name}.json"
        written = valid(files[path])
        assert written["period"]["name"] == name
        assert written["$schema"] == "../trends.schema.json"
        assert {figure["name"] for figure in written["figures"]} == written["definitions"].keys()
        table = rows(files[path.replace(".json", ".csv")])
        assert [row["name"] for row in table] == [one["name"] for one in written["figures"]]
    assert json.loads(files["archive/data/trends.schema.json"]) == SCHEMA


def test_a_file_holds_what_the_sections_found():
    made = site(TEXTS)
    period = made.trends.by_name["2025-q3"]
    told = tuple(figures_of(made.trends, period))
    written = valid(made.data_files()["data/trends/2025-q3.json"])
    assert len(written["figures"]) == len(told) > 50
    outside = next(f for f in written["figures"] if f["name"] == "begun_outside_working_hours")
    # 5 July is a Saturday; on the other days 10:00 UTC is at work.
    assert (outside["section"], outside["n"], outside["unit"]) == ("load", 6, "share")
    assert outside["value"] == 0.166666667


def test_a_figure_tells_the_period_and_how_far_it_has_come():
    (row,) = rows(as_csv([one()], Q1, AS_OF))
    assert row == {
        "period": "2026-q1",
        "from": "2026-01-01",
        "to": "2026-03-31",
        "as_of": "2026-01-31",
        "in_progress": "true",
        "section": "load",
        "name": "longest_week",
        "of": "",
        "value": "1",
        "unit": "minutes",
        "n": "",
        "low": "",
        "high": "",
        "note": "",
        "definition": DEFINITIONS["longest_week"],
    }
    period = valid(as_json([one()], Q1, AS_OF, "s"))["period"]
    assert (period["to"], period["as_of"], period["in_progress"]) == (
        "2026-03-31",
        "2026-01-31",
        True,
    )


def test_what_a_figure_does_not_tell_is_left_out():
    (figure,) = valid(as_json([one(None, note="too few")], Q1, AS_OF, "s"))["figures"]
    assert figure == {
        "section": "load",
        "name": "longest_week",
        "unit": "minutes",
        "note": "too few",
    }
    (zero,) = valid(as_json([one(0, n=0, low=0.0)], Q1, AS_OF, "s"))["figures"]
    assert (zero["value"], zero["n"], zero["low"]) == (0, 0, 0)


def test_no_figure_is_no_line():
    assert valid(as_json([], Q1, AS_OF, "s"))["figures"] == []
    assert rows(as_csv([], Q1, AS_OF)) == []


@pytest.mark.parametrize(
    ("value", "written"),
    [(1 / 3, 0.333333333), (2.0, 2), (1e-7, 1e-7), (float("inf"), None), (float("nan"), None)],
)
def test_numbers_are_written_alike_on_every_machine(value, written):
    (figure,) = valid(as_json([one(value, low=value)], Q1, AS_OF, "s"))["figures"]
    assert figure.get("value") == figure.get("low") == written


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_a_formula(start):
    told = one(f"{start}1", of=f"{start}cmd|' /C calc'!A0", note=f"{start}x")
    (row,) = rows(as_csv([told], Q1, AS_OF))
    assert row["of"] == f"'{start}cmd|' /C calc'!A0"
    assert row["note"] == f"'{start}x"
    assert row["value"] == f"'{start}1"


def test_a_negative_number_stays_one():
    (row,) = rows(as_csv([one(-3, low=-4.5)], Q1, AS_OF))
    assert (row["value"], row["low"]) == ("-3", "-4.5")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text):
    told = one(of=text, note="x" + text)
    written = as_csv([told], Q1, AS_OF)
    (row,) = rows(written)
    assert row["of"].removeprefix("'") == text.removeprefix("'")
    assert row["note"] == "x" + text
    assert written.startswith("period,from,to,as_of,in_progress,section,name,of,value,")
    assert written.endswith("\r\n")
    (figure,) = valid(as_json([told], Q1, AS_OF, "s"))["figures"]
    assert figure.get("of", "") == text


def test_a_page_leads_to_its_files_and_says_what_the_figures_are():
    made = site(TEXTS)
    html = filled(made, "<!-- archive/trend {period: 2025-q3, section: files} -->")
    tree = Tree(html)
    assert tree.attributes("a", "href") == [
        "data/trends/2025-q3.json",
        "data/trends/2025-q3.csv",
        "data/trends.schema.json",
    ]
    (listed,) = tree.texts("pa-named")
    assert f"longest_week {DEFINITIONS['longest_week']}" in listed
