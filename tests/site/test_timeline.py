"""A timeline as people read one."""

from postmortem_archive.report import read
from postmortem_archive.site.linking import Here
from postmortem_archive.site.views.timeline import timeline_view

from .stand import site


def no_links(target: str, page: str) -> str:
    raise AssertionError((target, page))


def view(rows: str, **told: str):
    head = "\n".join(f"{key}: {value}" for key, value in told.items())
    text = f"---\ntitle: T\n{head}\n---\n## Timeline\n\n| Time | Event |\n|---|---|\n{rows}\n"
    return timeline_view(read(text, "2025/a.md"), Here("2025/a.md", no_links))


def told(found):
    return [(entry.time, str(entry.text)) for entry in found.entries]


def test_entries_stand_in_order_of_time():
    """An entry that was written late stands where it happened."""
    found = view("| 10:00 | one |\n| 10:20 | three |\n| 10:10 | two |", date="2025-01-02")
    assert told(found) == [("10:00", "one"), ("10:10", "two"), ("10:20", "three")]


def test_an_entry_without_a_readable_time_keeps_its_place():
    """What nobody can date stays behind the entry it was written after."""
    found = view("| 10:20 | b |\n| soon after | c |\n| 10:00 | a |", date="2025-01-02")
    assert told(found) == [("10:00", "a"), ("10:20", "b"), ("soon after", "c")]
    assert [entry.iso for entry in found.entries][2] is None


def test_an_entry_that_tells_its_day_alone_keeps_its_place_within_the_day():
    """What stands where its clock would be is shown, as nothing that was written gets lost."""
    rows = ["2025-01-02 10:00 | a", "2025-01-02 10:?? | b", "2025-01-02 10:20 | c"]
    rows += ["2025-01-03 | d", "2025-01-03 09:00 | e"]
    found = view("\n".join(f"| {row} |" for row in rows), date="2025-01-02")
    assert told(found) == [
        ("10:00", "a"), ("10:??", "b"), ("10:20", "c"), ("", "d"), ("09:00", "e"),
    ]  # fmt: skip


def test_a_silence_is_said_and_a_short_one_is_not():
    """Gaps from a quarter of an hour show."""
    found = view("| 10:00 | a |\n| 10:14 | b |\n| 10:36 | c |", date="2025-01-02")
    assert [entry.gap for entry in found.entries] == [None, None, "22\xa0min pass"]


def test_a_silence_over_midnight_stands_before_the_new_day():
    """The night passes, then the day begins with what happened on it."""
    rows = "| Time | Event |\n|---|---|\n| 23:50 | Night |\n| 07:00 | Morning |\n"
    text = f"---\ntitle: T\ndate: 2025-01-02\n---\n## Timeline\n\n{rows}"
    html = site({"2025/a.md": text}).report_page("2025/a.md").html.partition("<ol>")[2]
    order = ["2\xa0January", "Night", "7\xa0h\xa010\xa0min pass", "3\xa0January", "Morning"]
    places = [html.index(part) for part in order]
    assert places == sorted(places)


def test_a_section_of_times_keeps_its_heading_in_a_language_nobody_reads():
    """It is the timeline by its list alone; its name stays above, and in the table of contents."""
    rows = "- 01:00 empieza\n- 01:20 aviso\n- 01:45 fin\n"
    text = f"---\ntitle: T\ndate: 2025-01-02\n---\n## Cronología\n\n{rows}\n## Después\n\nFin.\n"
    page = site({"2025/a.md": text}).report_page("2025/a.md")
    assert page.html.count("Cronología") == 1
    order = ['<h2 id="cronología">Cronología</h2>', "pa-timeline", "empieza", "Después"]
    places = [page.html.index(part) for part in order]
    assert places == sorted(places)
    assert [heading.title for heading in page.headings] == ["T", "Cronología", "Después"]


def test_milestones_are_marked_once_with_their_names():
    """The first entry at a milestone's moment carries its name."""
    found = view(
        "| 10:00 | a |\n| 10:05 | b |\n| 10:05 | c |",
        started="2025-01-02T10:00Z",
        detected="2025-01-02T10:05Z",
        acknowledged="2025-01-02T10:05Z",
    )
    assert [entry.milestones for entry in found.entries] == [
        ("Started",),
        ("Detected", "Acknowledged"),
        (),
    ]


def test_the_day_is_told_where_it_changes_and_only_there():
    """A timeline within a day has no days; one over midnight has both."""
    one = view("| 10:00 | a |\n| 11:00 | b |", date="2025-01-02")
    assert [entry.day for entry in one.entries] == [None, None]
    two = view("| 23:50 | a |\n| 23:55 | b |\n| 00:10 | c |", date="2025-01-02")
    assert [entry.day for entry in two.entries] == [
        "2\xa0January\xa02025",
        None,
        "3\xa0January\xa02025",
    ]


def test_the_zone_is_said_once():
    """A zone that the report tells, and the archive's where it tells none."""
    assert view("| 10:00 UTC | a |", date="2025-01-02").zone == "Times in UTC"
    assumed = view("| 10:00 | a |", date="2025-01-02").zone
    assert assumed == "Times in UTC, the archive’s zone: the report names none"
