"""Reports that belong together are found among others with the same boilerplate.

The whole measure is `tests/benchmarks/relations_quality.py`.
"""

import json

import pytest

from postmortem_archive.archive.similarity.features import Features, features
from postmortem_archive.archive.similarity.index import index, matches
from postmortem_archive.report import ReadingSettings, read
from scale.__main__ import key_of
from scale.scenario import Scenario
from scale.simulate import incidents
from scale.texts import path_of, text_of

# Recurrences whose reports never say so, and which keep only some of the words of the first.
SCENARIO = Scenario(count=240, seed=4, told=0.0)


@pytest.fixture(scope="module")
def planted():
    """Return the features of made-up reports by path, and the families planted among them."""
    made = incidents(SCENARIO)
    paths = {incident.id: path_of(incident) for incident in made}
    told = {
        path_of(incident): features(
            read(text_of(incident, SCENARIO), path_of(incident)), ReadingSettings()
        )
        for incident in made
    }
    families = json.loads(json.dumps(key_of(made, SCENARIO)))["families"]
    return told, [{paths[name] for name in family} for family in families]


def precision(told, families, most=3):
    """Return the share of relatives among the first three, of as many as there are."""
    made = index(told)
    shares = []
    for family in families:
        for path in family:
            relatives = family - {path}
            found = {match.path for match in matches(path, made)[:most]}
            shares.append(len(relatives & found) / min(most, len(relatives)))
    return sum(shares) / len(shares)


def test_planted_families_are_found(planted):
    told, families = planted
    assert len(families) > 10
    assert precision(told, families) >= 0.9


def test_words_and_facts_find_more_than_facts_alone(planted):
    told, families = planted
    facts = {path: Features(one.facts, ()) for path, one in told.items()}
    assert precision(told, families) > precision(facts, families)
