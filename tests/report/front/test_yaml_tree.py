"""Front matter as a tree: every value knows its place, and is what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report import Place, read
from postmortem_archive.report.front.visibility import strictest
from postmortem_archive.report.front.yaml_tree import ListValue, MapValue, Scalar, read_mapping
from postmortem_archive.report.problem import Problems

WORDS = st.text("abcdefgh", min_size=1, max_size=6)
SCALARS = st.one_of(
    WORDS, st.sampled_from(["12:30", "24:00", "NO", "on", "0012", "1.10", "2026-02-28", "1e3"])
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(WORDS, TREES, min_size=1, max_size=4)


def written(value: object, indent: int = 0) -> list[str]:
    """Return a tree as lines of YAML."""
    pad = " " * indent
    if isinstance(value, dict):
        lines = []
        for key, item in value.items():
            below = written(item, indent + 2)
            if isinstance(item, str):
                lines.append(f"{pad}{key}: {item}")
            else:
                lines += [f"{pad}{key}:", *below] if item else [f"{pad}{key}: []"]
        return lines
    if isinstance(value, list):
        lines = []
        for item in value:
            below = written(item, indent + 2) if item else [f"{pad}  []"]
            lines += [f"{pad}- {below[0].lstrip()}", *below[1:]]
        return lines
    return [f"{pad}{value}"]


def bare(value: object) -> object:
    """Return a tree without places."""
    match value:
        case MapValue():
            return {key: bare(item) for key, item in value.items.items()}
        case ListValue():
            return [bare(item) for item in value.items]
        case Scalar():
            return value.text
    raise AssertionError(value)


def check_places(value: object, lines: list[str]) -> None:
    """Check that each place points at the text that it is the place of."""
    match value:
        case MapValue():
            for key, place in value.key_places.items():
                assert lines[place.line - 1][place.column - 1 :].startswith(f"{key}:")
            for item in value.items.values():
                check_places(item, lines)
        case ListValue():
            for item in value.items:
                check_places(item, lines)
        case Scalar():
            assert lines[value.place.line - 1][value.place.column - 1 :].startswith(value.text)


@given(MAPPINGS)
def test_a_tree_is_what_was_written_and_each_place_points_at_it(mapping):
    lines = written(mapping)
    problems = Problems("a.md")
    tree = read_mapping("\n".join(lines), 2, problems)
    assert problems.all() == ()
    assert bare(tree) == mapping
    check_places(tree, ["---", *lines])


@given(
    MAPPINGS, st.sampled_from(['slip: "open', "slip: [a", "slip: *x", "slip: {a: b", "slip: @a"])
)
def test_one_slip_costs_one_key(mapping, slip):
    lines = [*written(mapping), slip]
    problems = Problems("a.md")
    tree = read_mapping("\n".join(lines), 2, problems)
    assert bare(tree) == mapping
    (problem,) = problems.all()
    assert problem.place.line == len(lines) + 1


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "---"])
def test_front_matter_without_keys_is_empty(text):
    assert read_mapping(text, 2, Problems("a.md")).items == {}


@pytest.mark.parametrize(
    ("front", "label"),
    [
        ("visibility: GREEN", "GREEN"),
        ("visibility: tlp:green", "GREEN"),
        ("visibility: grene", "RED"),
        ("visibilty: RED", "RED"),
        ("Visibility: GREEN", "GREEN"),
        ("visibilty: anything", "RED"),
        ("tlp: RED", "RED"),
        ("classification: TLP:GREEN", "GREEN"),
        ("classification: internal", None),
        ("<<: {visibility: RED}", "RED"),
        ("title: a\nx: {visibility: nobody}", "RED"),
        ("visibility: [GREEN]", "GREEN"),
        ("visibility: GREEN\nvisibility: RED", "RED"),
        ("visibility: RED\nvisibility: GREEN", "RED"),
        ("Visibility: AMBER\ntitle: a", "AMBER"),
        ('visibility: "RED\ntitle: a', "RED"),
        ("title: [a\nvisibility: AMBER", "AMBER"),
        ("title: 'a\nvisiblity: AMBER", "RED"),
        ("x: &a RED\nvisibility: *a", "RED"),
        ("title: a", None),
    ],
)
def test_a_slip_never_makes_a_report_more_public(front, label):
    assert read(f"---\n{front}\n---\nText.\n", "a.md").visibility == label


def test_nothing_is_kept_back_where_nothing_is_said():
    assert strictest(None, None, broken=True) is None
    assert read("---\ntitle: a\n\n# Better visibility\n", "a.md").visibility is None


def test_a_place_is_ordered_by_line_and_column():
    assert Place(2, 9) < Place(10, 1) < Place(10, 2)


@pytest.mark.parametrize(
    "before", ["\n", " ", "<!-- x -->\n", "\u200b", "\ufeff\ufeff", "Text.\n\n"]
)
def test_front_matter_that_is_read_as_text_still_keeps_a_report_back(before):
    """A character that nobody sees before the fence must not publish a report."""
    text = f"{before}---\ntitle: a\nvisibility: RED\n---\n# Pool ran dry\n"
    assert read(text, "a.md").visibility == "RED"


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("# A\n\n**TLP:** RED\n", "RED"),
        ("# A\n\n| Field | Value |\n|---|---|\n| Visibility | TLP:GREEN |\n", "GREEN"),
        ("# A\n\n## Lessons\n\n- **Visibility:** no dashboard shows the pool\n", None),
    ],
)
def test_a_label_in_the_body_counts_where_it_is_one_of_tlps(body, label):
    assert read(body, "a.md").visibility == label


def test_the_narrower_of_two_labels_holds():
    text = "---\nvisibility: GREEN\n---\n# A\n\n**Visibility:** RED\n"
    assert read(text, "a.md").visibility == "RED"
