"""The plugin's options: what they take, and what they say to what they do not."""

import ast
import inspect
from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from mkdocs.exceptions import ConfigurationError

from postmortem_archive.hosts import options as module
from postmortem_archive.hosts.options import ArchiveOptions, build_day, site_settings
from postmortem_archive.report.problem import Level
from postmortem_archive.report.vocabulary import Objective

TODAY = date(2026, 3, 1)


def validated(**told):
    """Return options with their errors and warnings, as texts by key."""
    options = ArchiveOptions()
    options.load_dict(told)
    errors, warnings = options.validate()
    return (
        options,
        {key: str(error) for key, error in errors},
        {key: str(warning) for key, warning in warnings},
    )


def settings_of(**told):
    options, errors, warnings = validated(**told)
    assert (errors, warnings) == ({}, {})
    return site_settings(options, "Our site", TODAY)


def error_of(key, value):
    _, errors, _ = validated(**{key: value})
    assert list(errors) == [key]
    return errors[key]


def test_every_option_has_a_docstring_under_it():
    tree = ast.parse(inspect.getsource(module))
    body = next(
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == "ArchiveOptions"
    )
    documented = {
        node.targets[0].id
        for node, after in pairwise(body)
        if isinstance(node, ast.Assign)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and len(str(after.value.value)) > 30
    }
    assert documented == {key for key, _ in ArchiveOptions._schema}


def test_without_options_there_are_defaults():
    settings = settings_of()
    assert settings.reports == ("[0-9][0-9][0-9][0-9]/**/*.md",)
    assert settings.at == ""
    assert settings.site_name == "Our site"
    assert settings.archive.as_of == TODAY
    assert (settings.reading.major, settings.archive.publish_up_to) == (2, "AMBER")
    assert (settings.archive.levels.told, settings.archive.publish_within) == ({}, 14)
    assert (settings.archive.year_starts, settings.archive.mitigate_within) == (1, 30)
    assert settings.archive.trend_kinds == ("year", "quarter")
    assert settings.archive.spans == ()
    assert not settings.archive.show_mean
    assert settings.reading.time_zone == "UTC"
    assert settings.reading.severities.names == ("SEV1", "SEV2", "SEV3", "SEV4")
    assert settings.reading.severities.find("Critical").name == "SEV1"
    assert settings.reading.services.names == ()


def test_every_option_reaches_the_settings():
    settings = settings_of(
        reports="reports/*.md",
        at="/incidents/archive/",
        as_of="2026-01-31",
        time_zone="Europe/Paris",
        publish_up_to="tlp:green",
        major=1,
        publish_within=30,
        year_starts="April",
        trends=["months", {"name": "Festival season", "from": "2026-06-01", "to": "2026-08-31"}],
        working_hours={
            "days": "mon-thu, sat",
            "from": 540,
            "to": "18:30",
            "time_zone": "Asia/Tokyo",
        },
        mitigate_within=45,
        show_mean=True,
        rules={"vague-action": False, "unknown-key": "error"},
        severities=["S0", {"name": "S1", "title": "Bad", "aliases": ["bad"]}],
        services=["web"],
        triggers=["solar_flare"],
        root_causes=[{"name": "cosmic", "title": "Cosmic rays"}],
    )
    assert settings.reports == ("reports/*.md",)
    assert settings.at == "incidents/archive"
    assert settings.archive.as_of == date(2026, 1, 31)
    assert settings.reading.time_zone == "Europe/Paris"
    assert settings.archive.publish_up_to == "GREEN"
    assert settings.reading.major == 1
    assert settings.archive.publish_within == 30
    assert settings.archive.year_starts == 4
    assert settings.archive.trend_kinds == ("month",)
    (span,) = settings.archive.spans
    assert (span.name, span.title, span.days) == ("festival-season", "Festival season", 92)
    assert (span.start, span.last) == (date(2026, 6, 1), date(2026, 8, 31))
    hours = settings.archive.working_hours
    assert (hours.days, hours.time_zone) == ({0, 1, 2, 3, 5}, "Asia/Tokyo")
    assert (hours.start, hours.end) == (time(9), time(18, 30))
    assert (settings.archive.mitigate_within, settings.archive.show_mean) == (45, True)
    assert settings.archive.levels.told == {"vague-action": None, "unknown-key": Level.ERROR}
    assert settings.reading.severities.names == ("S0", "S1")
    assert settings.reading.services.names == ("web",)
    assert settings.reading.triggers.find("solar flare").name == "solar_flare"
    assert settings.reading.triggers.find("deploy").name == "binary_push"
    assert settings.reading.root_causes.title("cosmic") == "Cosmic rays"


def test_the_archive_is_put_together_with_the_words_it_was_read_with():
    settings = settings_of(services=["web"])
    assert settings.archive.reading is settings.reading


def test_a_service_may_tell_all_about_itself():
    settings = settings_of(
        services=[
            {
                "name": "orders-db",
                "title": "Orders database",
                "description": "Postgres.",
                "owner": "Storage",
                "since": date(2024, 1, 1),
                "retired": "2025-06-30",
                "aliases": ["orders"],
                "slos": [{"name": "availability", "target": 99.9, "window": "28d"}],
            }
        ]
    )
    service = settings.reading.services.find("ORDERS")
    assert (service.name, service.title, service.owner) == (
        "orders-db",
        "Orders database",
        "Storage",
    )
    assert service.description == "Postgres."
    assert (service.since, service.retired) == (date(2024, 1, 1), date(2025, 6, 30))
    assert service.slos == (Objective("availability", 99.9, "28d"),)


def test_a_usual_severity_keeps_its_aliases_unless_others_are_told():
    scale = settings_of(
        severities=[
            {"name": "SEV0", "aliases": ["P1"]},
            "SEV1",
            {"name": "SEV2", "aliases": []},
            {"name": "SEV3", "title": "Minor trouble"},
        ]
    ).reading.severities
    assert scale.find("P1").name == "SEV0"
    assert scale.find("Critical").name == "SEV1"
    assert scale.find("High") is None
    assert scale.find("Medium").name == "SEV3"


def test_an_alias_told_for_a_later_severity_is_not_an_earlier_ones():
    told = settings_of(severities=["SEV1", {"name": "SEV2", "aliases": ["Critical"]}])
    assert told.reading.severities.find("critical").name == "SEV2"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("reports", [], "at least one pattern"),
        ("reports", [3], "a text"),
        ("reports", ["!"], "syntax of a .gitignore"),
        ("at", "../up", "letters, digits"),
        ("at", 3, "a folder of the site"),
        ("as_of", "2026-02-30", "a day such as"),
        ("as_of", 20260230, "a day such as"),
        ("as_of", datetime(2026, 1, 1, tzinfo=UTC), "a day such as"),
        ("time_zone", "Europe/Pariss", "did you mean “Europe/Paris”?"),
        ("time_zone", "../etc/passwd", "an IANA time zone"),
        ("time_zone", "", "an IANA time zone"),
        ("publish_up_to", "gren", "did you mean “GREEN”?"),
        ("publish_up_to", True, "one of CLEAR, GREEN, AMBER, AMBER+STRICT, RED"),
        ("major", -1, "a whole number from 0"),
        ("major", True, "a whole number from 0"),
        ("major", "2", "a whole number from 0"),
        ("severities", [], "at least one severity"),
        ("severities", "SEV1", "a list of severities"),
        ("severities", ["A", {"name": "B", "aliases": ["a"]}], "both “A” and “B”"),
        ("services", [{"title": "x"}], "“name”"),
        ("services", [{"name": "x", "ownr": "y"}], "did you mean “owner”?"),
        ("services", [["x"]], "a text, or a mapping"),
        (
            "services",
            [{"name": "x", "since": "2025-01-01", "retired": "2024-01-01"}],
            "a day after",
        ),
        (
            "services",
            [{"name": "x", "slos": [{"name": "a", "target": 0, "window": "28d"}]}],
            "over 0",
        ),
        (
            "services",
            [{"name": "x", "slos": [{"name": "a", "target": 99, "window": "mont"}]}],
            "did you mean “month”?",
        ),
        ("services", [{"name": "x", "slos": [{"name": "a", "target": 99}]}], "“window”"),
        ("triggers", [{"name": 5}], "a text"),
        ("root_causes", {"name": "x"}, "a list of terms"),
        ("rules", ["vague-action"], "a mapping of rules to levels"),
        ("rules", {"vage-action": "off"}, "did you mean “vague-action”?"),
        ("rules", {"vague-action": "wraning"}, "did you mean “warning”?"),
        ("rules", {"vague-action": True}, "one of off, hint, warning, error"),
        ("publish_within", -1, "a whole number from 0"),
        ("year_starts", 13, "a month, from 1 to 12 or by name"),
        ("year_starts", "Apirl", "did you mean “april”?"),
        ("year_starts", "ju", "a month, from 1 to 12 or by name"),
        ("year_starts", True, "a month, from 1 to 12 or by name"),
        ("trends", "years", "a list of years, quarters, months"),
        ("trends", ["quaters"], "did you mean “quarters”?"),
        ("trends", [["years"]], "years, quarters, months, or name, from and to"),
        ("trends", [{"name": "x", "until": 1}], "name, from or to"),
        ("trends", [{"name": "x", "from": "2026-01-02", "to": "2026-01-01"}], "not before it"),
        ("trends", [{"name": "x", "from": "2026-01-02"}], "not before it"),
        ("trends", [{"name": "2025 Q3", "from": "2026-01-01", "to": "2026-01-02"}], "in words"),
        ("trends", [{"name": "All", "from": "2026-01-01", "to": "2026-01-02"}], "in words"),
        ("trends", [{"name": "x", "from": "2026-01-01", "to": "2026-01-02"}] * 2, "no other"),
        ("working_hours", "9 to 5", "a mapping of days, from, to and time_zone"),
        ("working_hours", {"form": "09:00"}, "did you mean “from”?"),
        ("working_hours", {"from": "25:00"}, "a time of day"),
        ("working_hours", {"from": "18:00"}, "hours that end after they start"),
        ("working_hours", {"days": "mon-fry, xyz"}, "weekdays such as mon-fri"),
        ("working_hours", {"time_zone": "Mars"}, "time zone"),
        ("mitigate_within", "soon", "a whole number from 0"),
        ("show_mean", "yes", "true or false"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_right(key, value, expected):
    assert expected in error_of(key, value)


def test_all_wrong_values_are_told_at_once():
    _, errors, _ = validated(major="x", time_zone="x", at=4)
    assert set(errors) == {"major", "time_zone", "at"}


def test_an_unknown_option_is_a_warning_with_the_nearest_right_one():
    _, errors, warnings = validated(time_zne="UTC", zzz=1)
    assert errors == {}
    assert "did you mean “time_zone”?" in warnings["time_zne"]
    assert "did you mean" not in warnings["zzz"]


def test_validated_options_can_be_validated_again():
    options, _, _ = validated(services=[{"name": "web", "slos": []}], severities=["SEV2"])
    before = dict(options)
    assert options.validate() == ([], [])
    assert dict(options) == before


def test_the_day_of_the_build_is_that_of_source_date_epoch():
    assert build_day({"SOURCE_DATE_EPOCH": "86399"}) == date(1970, 1, 1)
    assert build_day({"SOURCE_DATE_EPOCH": "86400"}) == date(1970, 1, 2)


def test_the_day_of_the_build_is_else_today():
    before = datetime.now(UTC).date()
    assert before <= build_day({}) <= datetime.now(UTC).date()


@pytest.mark.parametrize("epoch", ["soon", "1e99", "9" * 30])
def test_an_epoch_that_is_no_number_of_seconds_is_an_error(epoch):
    with pytest.raises(ConfigurationError, match="number of seconds"):
        build_day({"SOURCE_DATE_EPOCH": epoch})
