"""The made-up archives are what their key says."""

import datetime as dt
import json
import math
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles, variance

import pytest

from postmortem_archive.report import read
from scale.__main__ import key_of, write
from scale.scenario import Scenario
from scale.simulate import incidents
from scale.texts import path_of, text_of
from scale.words import service

SMALL = Scenario(count=300, recurring=0.3)


def by_path(scenario):
    return {path_of(told): text_of(told, scenario) for told in incidents(scenario)}


def test_the_same_scenario_gives_the_same_bytes(tmp_path):
    tests = Path(__file__).parents[1]
    for name, hashes in (("a", "1"), ("b", "2")):
        subprocess.run(
            [sys.executable, "-m", "scale", tmp_path / name, "--count", "60"],
            env={"PYTHONPATH": str(tests), "PYTHONHASHSEED": hashes},
            check=True,
            capture_output=True,
        )
    first, second = (
        {file.relative_to(tmp_path / name): file.read_bytes() for file in files}
        for name in ("a", "b")
        if (files := sorted(f for f in (tmp_path / name).rglob("*") if f.is_file()))
    )
    assert len(first) == 62
    assert first == second


def test_another_seed_gives_other_reports():
    assert by_path(Scenario(count=20)) != by_path(Scenario(count=20, seed=2))


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100, 100_000])
def test_any_number_of_reports(count):
    told = incidents(Scenario(count=count, years=10))
    assert len({incident.id for incident in told}) == count
    assert all(a.started <= b.started for a, b in pairwise(told))


def test_more_than_the_most_is_refused():
    with pytest.raises(ValueError, match="0 to 100000"):
        Scenario(count=100_001)


def test_a_folder_holds_reports_key_and_settings(tmp_path):
    size = write(SMALL, tmp_path)
    files = list((tmp_path / "docs").rglob("*.md"))
    assert len(files) == 300
    assert size == sum(file.stat().st_size for file in files)
    key = json.loads((tmp_path / "key.json").read_text("utf-8"))
    assert key["scenario"]["count"] == 300
    assert "as_of: 2026-10-01" in (tmp_path / "mkdocs.yml").read_text("utf-8")


def test_reports_are_read_as_they_were_meant():
    forms = set()
    for incident in incidents(SMALL):
        report = read(text_of(incident, SMALL), path_of(incident))
        assert [str(problem) for problem in report.problems if problem.level != "hint"] == []
        told = {name: moment.at for name, moment in report.milestones.items()}
        meant = {
            name: moment
            for name in ("started", "detected", "acknowledged", "mitigated", "resolved")
            if (moment := getattr(incident, name))
        }
        # What the front matter leaves out, a timeline may tell.
        assert told.items() >= meant.items()
        assert (report.id, report.kind) == (incident.id, incident.kind)
        assert report.severity == incident.severity
        assert report.services == tuple(service(rank) for rank in incident.services)
        assert bool(report.actions) == (incident.form != "thin")
        forms.add(incident.form)
    assert forms == {"000", "001", "002", "003", "004", "thin"}


def test_times_to_resolve_have_the_quantiles_of_the_scenario():
    scenario = Scenario(count=20_000, median=64, spread=1.1)
    minutes = [incident.minutes for incident in incidents(scenario)]
    # Three standard errors of a sample quantile of a lognormal, worked by hand:
    # sd(ln median) = 1.1 * 1.2533 / sqrt(20000) = 0.0097; p90: 1.1 * 1.709 / 141.4 = 0.0133.
    assert abs(math.log(median(minutes) / 64)) < 3 * 0.0097
    assert scenario.quantile(0.9) == pytest.approx(64 * math.exp(1.1 * 1.2815515655), rel=1e-6)
    assert abs(math.log(quantiles(minutes, n=10)[8] / scenario.quantile(0.9))) < 3 * 0.0133


def test_a_slowdown_moves_the_median():
    scenario = Scenario(count=10_000, slowdown=2.0)
    told = incidents(scenario)
    early, late = told[:1000], told[-1000:]
    ratio = median(i.minutes for i in late) / median(i.minutes for i in early)
    assert 1.6 < ratio < 2.1


def test_services_follow_a_power_law():
    scenario = Scenario(count=20_000, recurring=0, skew=1.0)
    counts = Counter(rank for told in incidents(scenario) for rank in told.services)
    # Draws without repetition within a report flatten the head a little.
    assert counts[0] / counts[9] == pytest.approx(10, rel=0.25)
    assert counts[3] / counts[15] == pytest.approx(4, rel=0.25)


def test_the_season_and_the_growth_are_there():
    flat = Scenario(count=40_000, years=4, season=0.5, recurring=0)
    day_of_year = [
        ((told.started - flat.begin).total_seconds() / 86400) % 365.25 for told in incidents(flat)
    ]
    first_half = sum(day < 365.25 / 2 for day in day_of_year) / 40_000
    # The integral of 1 + a sin over the first half is 1/2 + a/pi of the whole.
    assert first_half == pytest.approx(0.5 + 0.5 / math.pi, abs=0.01)
    growing = Scenario(count=40_000, season=0, growth=3, recurring=0)
    middle = growing.begin + dt.timedelta(days=growing.days / 2)
    late = sum(told.started >= middle for told in incidents(growing)) / 40_000
    # The integral of 3^x from 1/2 to 1 over that from 0 to 1: (3 - sqrt 3) / 2.
    assert late == pytest.approx((3 - math.sqrt(3)) / 2, abs=0.01)


def test_recurrences_make_counts_overdispersed():
    def dispersion(recurring):
        scenario = Scenario(count=6000, season=0, recurring=recurring, gap=2.0, years=10)
        weeks = Counter((i.started - scenario.begin).days // 7 for i in incidents(scenario))
        counts = [weeks[week] for week in range(int(scenario.days // 7))]
        return variance(counts) / (sum(counts) / len(counts))

    # For 521 weeks the index of dispersion of a Poisson process has a standard error of 0.062.
    assert dispersion(0.0) < 1 + 3 * 0.062
    assert dispersion(0.5) > 1.4


def test_the_key_names_the_members_of_each_family():
    told = incidents(SMALL)
    key = key_of(told, SMALL)
    texts = {incident.id: text_of(incident, SMALL) for incident in told}
    again = sum(len(family) - 1 for family in key["families"])
    assert again == 90
    for family in key["families"]:
        assert len(family) > 1
        shared = set.intersection(*(words(texts[name]) for name in family))
        others = set().union(*(words(text) for name, text in texts.items() if name not in family))
        # The component's name is in each of them, and in no other report.
        assert shared - others


def words(text):
    return set(text.replace('"', " ").replace("`", " ").split())


def test_only_some_recurrences_are_told():
    scenario = Scenario(count=2000, recurring=0.3, told=0.5)
    texts = [text_of(i, scenario) for i in incidents(scenario) if i.first]
    told = sum("recurrence_of" in text for text in texts)
    assert told / len(texts) == pytest.approx(0.5, abs=0.08)
    silent = Scenario(count=300, recurring=0.3, told=0)
    assert not any("recurrence_of" in text for text in by_path(silent).values())


@pytest.mark.parametrize("wanted", [450, 900])
def test_reports_have_about_as_many_words_as_asked_for(wanted):
    scenario = Scenario(count=400, words=wanted)
    counts = [len(text.split()) for text in by_path(scenario).values()]
    assert sum(counts) / len(counts) == pytest.approx(wanted, rel=0.15)
