"""Places in two digits, and the rules that add them up."""

import re

import pytest

from postmortem_archive.site.ordering import MOST, ORDERS, digits, order_rules


@pytest.mark.parametrize(
    ("place", "written"),
    [(0, "00"), (9, "09"), (10, "0a"), (35, "0z"), (36, "10"), (107, "2z"), (1295, "zz"),
     (1296, "100"), (50_000, "12kw")],
)  # fmt: skip
def test_a_place_has_two_digits_or_more(place, written):
    assert digits(place) == written
    assert int(written, 36) == place


def test_the_rules_add_up_to_every_place():
    """A row is matched by how its attribute begins and ends; a nought needs no rule."""
    rules = order_rules()
    for order in ORDERS:
        row = rf'\.pa-row\[data-pa-{order}(.)="(.)"\] {{ --pa-{order}-(\w+): (\d+); }}'
        told = {(sign, digit): (part, int(value)) for sign, digit, part, value in
                re.findall(row, rules)}  # fmt: skip
        for place in range(MOST + 1):
            first, last = digits(place)
            high = told.get(("^", first), ("high", 0))
            low = told.get(("$", last), ("low", 0))
            assert (high[0], low[0]) == ("high", "low")
            assert high[1] + low[1] == place


def test_the_rules_are_for_browsers_without_scripts_alone():
    """With scripts, rows are moved, and the rules would only cost time."""
    rules = order_rules()
    assert rules.startswith("@media (scripting: none) {\n")
    assert rules.count("{") == rules.count("}")
    assert len(rules) < 30_000
