"""Comment markers in an author's page."""

import re
from dataclasses import replace
from html import unescape

import pytest

from postmortem_archive.report.formats.format import Format
from postmortem_archive.report.problem import Level, Place
from postmortem_archive.site import markers
from postmortem_archive.site.markers import MarkerError, Option, options_of

from .stand import filled, report, site

OPTIONS = {"limit": Option(int, "how many"), "service": Option(str, "which")}
TEXTS = {"2025/a.md": report("2025-01-02", services="[checkout]")}


def fill(html, source=None):
    return markers.fill(
        html, "page.md", source or html, lambda name, options: f"[{name}|{options}]"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!-- archive/latest -->", "[latest|]"),
        ("<!--archive/latest-->", "[latest|]"),
        ("a <!-- archive/latest {limit: 5} --> b", "a [latest|{limit: 5}] b"),
        ("<!-- archive/latest\n  {limit: 5} -->", "[latest|{limit: 5}]"),
        ("<!-- archives/latest -->", "<!-- archives/latest -->"),
        ("<!-- a comment -->", "<!-- a comment -->"),
        ("<code><!-- archive/latest --></code>", "<code><!-- archive/latest --></code>"),
        ("<PRE>\n<!-- archive/x -->\n</PRE>", "<PRE>\n<!-- archive/x -->\n</PRE>"),
        ("&lt;!-- archive/latest --&gt;", "&lt;!-- archive/latest --&gt;"),
    ],
)
def test_a_marker_is_replaced_and_nothing_else(html, expected):
    """Comments of others and examples in code stay."""
    assert fill(html).html == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", {}),
        ("{limit: 5}", {"limit": 5}),
        ("{service: checkout, limit: 1}", {"service": "checkout", "limit": 1}),
        ('{"service": "a\\u002db"}', {"service": "a-b"}),
        ("{service: 12}", {"service": "12"}),
    ],
)
def test_options_are_a_yaml_mapping(written, expected):
    """Options read as YAML has them, each with its own type."""
    assert options_of(written, OPTIONS) == expected


@pytest.mark.parametrize(
    "written",
    [
        "{limit: five}",
        "{limit: 0}",
        "{limit: true}",
        "{limt: 5}",
        "{limit",
        "limit: 5}",
        "[1]",
        "x",
    ],
)
def test_wrong_options_are_refused(written):
    """A slip in an option is told and never guessed."""
    with pytest.raises(MarkerError):
        options_of(written, OPTIONS)


@pytest.mark.parametrize(
    ("marker", "rule", "suggestion"),
    [
        ("<!-- archive/lates -->", "there is no marker “archive/lates”", "archive/latest"),
        ("<!-- archive/latest {limt: 5} -->", "unknown option “limt” of a marker", "limit"),
        ("<!-- archive/latest {severity: SEV11} -->", "“severity” of a marker is “SEV11”", "SEV1"),
        ("<!-- archive/incidents {service: chekout} -->", "has no service “chekout”", "checkout"),
        ("<!-- archive/service -->", "needs the option “name”", None),
        ("<!-- archive/latest {month: 2} -->", "needs the option “year”", None),
        ("<!-- archive/period {year: 1999} -->", "no report of 1999", None),
    ],
)
def test_a_wrong_marker_is_an_error_with_its_place_and_the_nearest_word(marker, rule, suggestion):
    """The author is told the line, what is wrong and what was probably meant."""
    source = f"---\ntitle: x\n---\n\n```\n{marker}\n```\n\n> {marker}\n"
    result = site(TEXTS).fill(f"<p>{marker}</p>", "guide/page.md", source)
    (problem,) = result.problems
    assert (problem.path, problem.level, problem.rule) == ("guide/page.md", Level.ERROR, "marker")
    assert rule in problem.message
    assert problem.suggestion == suggestion
    assert problem.place == Place(9, 3)
    assert result.html == f"<p>{marker}</p>"


def test_a_wrong_marker_leaves_the_others_working():
    """One slip does not empty the page."""
    result = site(TEXTS).fill("<!-- archive/x --><!-- archive/latest -->", "p.md", "")
    assert len(result.problems) == 1
    assert "Trouble on 2025-01-02" in result.html


def test_a_new_report_is_shown_as_code():
    html = filled(site({}), "<!-- archive/format {name: short} -->")
    text = unescape(re.sub(r"<[^>]+>", "", html))
    assert "\n# Post-Mortem Report: [Incident title]\n" in text
    assert "id: INC-2026-001\n" in text
    assert "status: draft\n" in text


def test_the_formats_are_listed_with_what_they_are_for():
    html = filled(site({}), "<!-- archive/formats -->")
    assert html.count("<dt>") == 5
    assert "For most incidents." in html


def test_a_format_that_there_is_not_is_a_problem():
    made = site({})
    (problem,) = made.fill("<!-- archive/format {name: shrot} -->", "a.md", "").problems
    assert problem.suggestion == "short"


def test_a_format_with_a_mistake_is_a_problem_and_never_a_traceback():
    formats = {"bad": Format.of("bad", "# Hi\n{{ nobody }}\n", "formats/bad.md")}
    made = site({})
    made = replace(made, settings=replace(made.settings, formats=formats))
    (problem,) = made.fill("<!-- archive/format {name: bad} -->", "a.md", "").problems
    assert "formats/bad.md:2: 'nobody' is undefined" in str(problem)
