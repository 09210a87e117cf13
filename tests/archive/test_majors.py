"""What is worth reading again of a period."""

from postmortem_archive.archive import build
from postmortem_archive.archive.periods import period_named
from postmortem_archive.archive.trends.majors import DEFINITIONS, figures, majors
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Item

from .examples import SETTINGS, report, text

Q1 = period_named("2025-q1")


def items(*lines):
    return tuple(Item(text(line), Place(9)) for line in lines)


def test_only_what_belongs_to_the_period_is_told_and_only_incidents_are_major():
    made = build(
        [
            report("before", "2024-12-31T23:59", severity="SEV1"),
            report("first", "2025-01-01T00:00", severity="SEV2"),
            report("minor", "2025-02-01T00:00", severity="SEV3"),
            report("drill", "2025-02-02T00:00", severity="SEV1", kind="drill"),
            report("near", "2025-03-01T00:00", kind="near_miss"),
            report("after", "2025-04-01T00:00", severity="SEV1"),
        ],
        SETTINGS,
    )
    facts = majors(made, Q1)
    assert [found.id for found in facts.majors] == ["first"]
    assert [found.id for found in facts.near_misses] == ["near"]
    assert (facts.lucky, facts.went_well) == ((), ())


def test_remarks_begin_with_the_first_of_each_report_the_gravest_ahead():
    made = build(
        [
            report("low", "2025-01-01T00:00", severity="SEV3", lucky=items("a", "b")),
            report("high", "2025-01-02T00:00", severity="SEV1", lucky=items("c", "d")),
            report("none", "2025-01-03T00:00", lucky=items("e")),
            report("late", "2025-01-04T00:00", severity="SEV3", lucky=items("f")),
        ],
        SETTINGS,
    )
    told = [remark.item.text.plain for remark in majors(made, Q1).lucky]
    assert told == ["c", "f", "a", "e", "d", "b"]


def test_a_period_with_nothing_worth_it_has_no_section():
    made = build([report("minor", "2025-02-01T00:00", severity="SEV3")], SETTINGS)
    assert majors(made, Q1) is None


def test_what_is_printed_is_counted():
    made = build(
        [
            report("a", "2025-01-01T00:00", severity="SEV1", went_well=items("x", "y")),
            report("b", "2025-01-02T00:00", kind="near_miss", lucky=items("z")),
        ],
        SETTINGS,
    )
    found = {figure.name: figure.value for figure in figures(majors(made, Q1))}
    assert found == {"major_incidents": 1, "near_misses": 1, "lucky": 1, "went_well": 2}
    assert set(found) == set(DEFINITIONS)
