"""The figures of the example archive, as its built site hands them on."""

import csv
import json

import jsonschema


def test_every_file_of_figures_keeps_to_its_schema(built_site):
    schema = json.loads((built_site / "data/trends.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    files = sorted((built_site / "data/trends").glob("*.json"))
    assert "2025-q3.json" in {file.name for file in files}
    for file in files:
        told = json.loads(file.read_text("utf-8"))
        assert list(validator.iter_errors(told)) == []
        assert told["period"]["name"] == file.stem
        with file.with_suffix(".csv").open(encoding="utf-8", newline="") as table:
            names = [row["name"] for row in csv.DictReader(table)]
        assert names == [figure["name"] for figure in told["figures"]]


def test_a_period_has_no_two_figures_of_one_name_part_and_unit(built_site):
    for file in sorted((built_site / "data/trends").glob("*.json")):
        figures = json.loads(file.read_text("utf-8"))["figures"]
        keys = [(one["name"], one.get("of"), one.get("unit")) for one in figures]
        assert len(keys) == len(set(keys)), file.name
