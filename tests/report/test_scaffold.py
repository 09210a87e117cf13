"""A report is begun in any format with what is known, and nothing in it is wrong."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report import MILESTONES, Level, read
from postmortem_archive.report.body.headings import section_name
from postmortem_archive.report.formats.format import Format, built_in
from postmortem_archive.report.formats.scaffold import FormatError, Known, scaffold
from postmortem_archive.report.vocabulary import SEVERITIES

from . import told

NOW = datetime(2026, 3, 9, 15, 4, tzinfo=UTC)
NOTHING = Known("INC-2026-004", date(2026, 3, 4), NOW, severities=SEVERITIES.names)
ALL = replace(
    NOTHING,
    title="Checkout refuses cards after a pool setting change",
    kind="drill",
    severity="SEV2",
    services=("checkout", "orders-db"),
    started=datetime(2026, 3, 4, 14, 32, tzinfo=UTC),
    alert="PoolWaitHigh",
    authors=("A. Moreau", "T. Okafor"),
)
BUILT_IN = built_in()
PATH = "2026/INC-2026-004.md"
every_format = pytest.mark.parametrize("name", BUILT_IN)


def begun(name, known):
    return read(scaffold(name, BUILT_IN, known), PATH)


def test_there_are_five_formats_each_with_a_line_on_it():
    assert list(BUILT_IN) == ["short", "stages", "standard", "formal", "full"]
    for form in BUILT_IN.values():
        assert form.about.startswith("For ")
        assert len(form.about) < 120


@every_format
@pytest.mark.parametrize("known", [NOTHING, ALL], ids=["nothing known", "all known"])
def test_a_new_report_has_nothing_wrong_with_it_but_what_is_not_filled_in(name, known):
    problems = begun(name, known).problems
    assert {(p.level, p.rule) for p in problems} == {(Level.HINT, "not-filled-in")}


# What every report has, and what the formats fill in by themselves.
GIVEN = {"path", "id", "kind", "title", "date", "status", "body", "sources", "items",
         "other_fields", "impact", "sections", "telling"}  # fmt: skip
OWN = {
    "formal": {"updated": "2026-03-09", "next_review": "2026-09-02", "version": "1.0"},
    "full": {"updated": "2026-03-09"},
}


@every_format
def test_what_nobody_knows_is_no_fact(name):
    report = begun(name, NOTHING)
    facts = {k: v for k, v in told.told(report).items() if v not in ("null", [], {})}
    assert set(facts) - GIVEN - {"follow_up"} == set(OWN.get(name, {}))
    assert not list(told.differences(OWN.get(name, {}), facts))
    assert set(told.plain(report.impact).values()) == {"null"}
    assert (report.id, report.date, report.status) == ("INC-2026-004", date(2026, 3, 4), "draft")


@every_format
def test_what_is_known_is_told(name):
    report = begun(name, ALL)
    assert report.title == ALL.title
    assert (report.kind, report.severity, report.status) == ("drill", "SEV2", "draft")
    assert (report.services, report.authors) == (ALL.services, ALL.authors)
    assert report.milestones["started"].at == ALL.started
    assert (report.detection.source, report.detection.note) == ("alert", "PoolWaitHigh")
    assert set(report.milestones) == {"started"}
    assert not report.actions
    assert not report.timeline


@every_format
def test_what_is_known_stands_in_the_text_too(name):
    text = scaffold(name, BUILT_IN, ALL).partition("\n---\n")[2]
    assert f": {ALL.title}\n" in text
    places = {"severity": "SEV2", "started": "2026-03-04 14:32 UTC", "authors": "A. Moreau, T. O",
              "services": "checkout, orders-db"}  # fmt: skip
    # The shortest has no place for these, and one other none for services.
    left_out = {"short": set(places), "full": {"services"}}.get(name, set())
    for key in set(places) - left_out:
        assert places[key] in text, key


@every_format
def test_every_heading_and_label_of_a_format_is_read(name):
    report = begun(name, NOTHING)
    headings = [heading.title for heading in report.body.headings if heading.level > 1]
    assert len(headings) > 6
    for heading in headings:
        assert section_name(heading) or section_name(heading, ("timeline",)), heading


@every_format
def test_the_front_matter_names_what_is_still_to_tell(name):
    front = scaffold(name, BUILT_IN, NOTHING).partition("\n---\n")[0]
    assert "\n# detected:     # First alert or report\n" in front
    assert "\n# severity:     # SEV1, SEV2, SEV3, SEV4\n" in front
    assert "# title:" not in scaffold(name, BUILT_IN, ALL)
    # Without its first mark each is a key of a report that tells nothing yet.
    report = read(re.sub(r"^# ", "", front, flags=re.MULTILINE) + "\n---\n", PATH)
    assert {p.rule for p in report.problems} == {"missing-title"}


@every_format
def test_a_report_that_is_filled_in_has_its_clocks(name):
    """Whatever is written for a placeholder, the row says which milestone it tells."""
    front, rule, body = scaffold(name, BUILT_IN, replace(NOTHING, title="Dry")).partition("\n---\n")
    clocks = (f"14:{minute:02}" for minute in range(10, 60, 2))
    body = re.sub(r"\[YYYY-MM-DD HH:MM\]", lambda _: f"2026-03-04 {next(clocks)}", body)
    body = re.sub(r"\bHH:MM\b", lambda _: next(clocks), body)
    report = read(front + rule + re.sub(r"\[[^ x\]][^\]]*\]", "the pool", body), PATH)
    # Detection, response and resolution are all that one of them asks for.
    without = {"mitigated"} if name == "stages" else set()
    assert set(report.milestones) == set(MILESTONES) - without
    moments = [report.milestones[m].at for m in MILESTONES if m not in without]
    if name != "stages":  # its end stands above the rest
        assert moments == sorted(moments)


def test_dates_to_come_are_reckoned_and_not_all_today():
    text = scaffold("formal", BUILT_IN, NOTHING)
    assert "generated on: 2026-03-09 15:04 UTC" in text
    assert text.count("| 2026-03-16 |") == 2
    assert text.count("| 2026-04-08 |") == 2
    assert text.count("| 2026-06-07 |") == 1
    assert "Next Review Date**: 2026-09-02" in text
    assert begun("full", NOTHING).follow_up.due == date(2026, 4, 3)


def test_a_start_in_another_zone_is_told_in_it():
    zone = timezone(timedelta(hours=2))
    known = replace(ALL, started=datetime(2026, 3, 4, 0, 30, tzinfo=zone), zone="+02:00")
    for name in BUILT_IN:
        report = begun(name, known)
        assert report.milestones["started"].at == known.started
        assert {p.level for p in report.problems} == {Level.HINT}


# Mostly what Markdown, YAML, HTML and Jinja take for more than a character.
words = st.text(st.sampled_from("abé 1*_`[]()<>|#&;~\\!-:\"'{}%$@/.=+^"), max_size=30)


@given(title=words, author=words, alert=words, name=st.sampled_from(list(BUILT_IN)))
def test_no_name_breaks_a_report(title, author, alert, name):
    """Whatever Markdown, YAML or HTML is in a title, it is the title, and no other fact."""
    title = f"Pool {title} dry"
    known = replace(ALL, title=title, authors=(f"A. {author} M.",), alert=f"A {alert} B")
    report = begun(name, known)
    assert report.title == " ".join(title.split())
    assert report.severity == "SEV2"
    assert report.services == ALL.services
    # Whoever names an alert with an exclamation mark is told so.
    assert {p.rule for p in report.problems} <= {"not-filled-in", "animated-words"}
    text = scaffold(name, BUILT_IN, known).partition("\n---\n")[2]
    alone, plain = (
        read(text, PATH),
        read(scaffold(name, BUILT_IN, ALL).partition("\n---\n")[2], PATH),
    )
    assert alone.title == report.title
    assert [s.name for s in alone.sections] == [s.name for s in plain.sections]
    assert (alone.severity, alone.services) == (plain.severity, plain.services)


# Formats of a site's own


def made(**texts):
    return {**BUILT_IN, **{n: Format.of(n, t, f"formats/{n}.md") for n, t in texts.items()}}


def test_a_sites_own_format_takes_the_place_of_a_built_in_one():
    formats = made(short="{# For us. #}\n# {{ title or '[Title]' }}\n")
    assert formats["short"].about == "For us."
    assert scaffold("short", formats, ALL).endswith(f"---\n\n# {ALL.title}\n")


def test_the_first_line_may_be_a_comment_of_html():
    assert Format.of("x", "<!-- For us. -->\n# Hi\n", "x.md").about == "For us."
    assert Format.of("x", "# Hi\n", "x.md").about == ""


def test_a_format_may_build_on_another():
    formats = made(ours="{% include 'short' %}\n\n## Cost\n\n[Sum]\n")
    report = read(scaffold("ours", formats, ALL), PATH)
    assert report.body.headings[-1].title == "Cost"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# Hi\n{{ titel }}\n", "formats/ours.md:2: 'titel' is undefined"),
        ("# Hi\n\n{% if title %}\n", "formats/ours.md:3: Unexpected end of template"),
        ("# Hi\n{{ title.__class__.mro() }}\n", "formats/ours.md:2: "),
        ("# Hi\n{{ 1 / 0 }}\n", "formats/ours.md:2: division by zero"),
        ("# Hi\n\n{% include 'shrt' %}\n", "formats/ours.md:3: shrt"),
        ("---\ntitle: x\n---\n", "formats/ours.md:1: a format has no front matter of its own"),
    ],
)
def test_a_mistake_in_a_format_is_told_with_its_place(text, problem):
    with pytest.raises(FormatError) as told_so:
        scaffold("ours", made(ours=text), NOTHING)
    assert str(told_so.value).startswith(problem)
