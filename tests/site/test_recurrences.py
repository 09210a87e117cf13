"""What came back: on the pages of its reports, on a page of its own, in a list of all."""

import pytest

from postmortem_archive.site import wording

from .stand import Tree, filled, front, site

ACTIONS = """[
  {text: Raise the `pool` limit, opened: 2025-01-10, closed: 2025-04-01, status: done},
  {text: Split the pool, opened: 2025-01-10, status: not_doing, reason: too dear},
  {text: Write it down, opened: 2025-01-10, status: done}]"""


def texts():
    """Three reports: the first promised something, the second and third came back."""
    return {
        "2025/a.md": front(
            id="INC-1", title="Pool empty", date="2025-01-05", severity="SEV2", actions=ACTIONS
        ),
        "2025/b.md": front(
            id="INC-2",
            title="Pool empty again",
            date="2025-03-12",
            related="[{id: INC-1, relation: recurrence_of, note: same pool}]",
        ),
        "2025/c.md": front(
            id="INC-3",
            title="Pool empty once more",
            date="2025-06-01",
            kind="drill",
            related="[{id: INC-2, relation: recurrence_of}]",
        ),
    }


PROMISE = "INC-1’s action “Raise the pool limit” was open for 61 days; Done 1 Apr 2025"
DROPPED = "INC-1’s action “Split the pool”, on a day that is not told: too dear"


def test_each_members_page_shows_the_whole_line_and_where_the_reader_is():
    made = site(texts())
    for name, here in (("a", "Pool empty"), ("b", "Pool empty again")):
        tree = Tree(made.report_page(f"2025/{name}.md").html)
        assert tree.texts("pa-chain__when") == ["5 Jan 2025", "12 Mar 2025", "1 Jun 2025"]
        assert tree.texts("pa-chain__gap") == ["66 days later", "81 days later"]
        (current,) = tree.texts("pa-chain__member--here")
        assert current.startswith(("5 Jan 2025 " if name == "a" else "12 Mar 2025 ") + here)
        assert tree.attributes("li", "aria-current") == ["page"]
        assert "../recurrences/inc-1.md" in tree.attributes("a", "href")
        assert tree.texts("pa-related") == []


def test_the_page_that_came_back_names_the_promise_and_the_others_count_it():
    made = site(texts())
    tree = Tree(made.report_page("2025/b.md").html)
    assert tree.texts("pa-broken") == [
        f"Happened again while {PROMISE}",
        f"Promised and dropped {DROPPED}",
    ]
    assert tree.texts("pa-chain__note") == ["same pool"]
    tree = Tree(made.report_page("2025/a.md").html)
    assert tree.texts("pa-broken") == []
    assert tree.texts("pa-chain__brief") == ["1 promise was open"]
    # It was closed by then; what was dropped was dropped then too.
    tree = Tree(made.report_page("2025/c.md").html)
    assert tree.texts("pa-broken") == [f"Promised and dropped {DROPPED}"]


def test_the_line_stands_in_the_table_of_contents():
    titles = [heading.title for heading in site(texts()).report_page("2025/a.md").headings]
    assert "It came back" in titles
    assert "Related incidents" not in titles


def test_a_history_has_a_page_of_its_own_with_all_that_was_promised():
    made = site(texts())
    page = next(page for page in made.pages if page.path == "recurrences/inc-1.md")
    assert page.title == "Pool empty: 3 times"
    tree = Tree(filled(made, page.markdown, page.path))
    assert tree.texts("pa-chain__title") == [
        "Pool empty",
        "Pool empty again",
        "Pool empty once more",
    ]
    assert tree.texts("pa-kind") == ["Drill"]
    assert len(tree.texts("pa-broken")) == 3
    (note,) = tree.texts("pa-note")
    assert note == (
        "3 incidents, 5 Jan 2025 to 1 Jun 2025; 1 of the 2 times that it came back, a promise was"
        " open. Everything that came back"
    )
    assert "../recurrences.md" in tree.attributes("a", "href")


def test_all_histories_stand_on_one_line_of_time_the_last_to_come_back_first():
    told = texts() | {
        "2024/x.md": front(id="X-1", title="Disk full", date="2024-07-01"),
        "2025/y.md": front(
            id="X-2",
            title="Disk full again",
            date="2025-07-01",
            related="[{id: X-1, relation: recurrence_of}]",
        ),
    }
    made = site(told)
    tree = Tree(filled(made, "<!-- archive/recurrences -->"))
    assert tree.texts("pa-chains__title") == ["Disk full", "Pool empty"]
    assert tree.texts("pa-chains__facts")[0] == "2 times, 1 Jul 2024 to 1 Jul 2025"
    # The line is 579 days long, from 2024-07-01 to the archive's day, 2026-01-31.
    assert tree.attributes("line", "x1")[:2] == ["31.78%", "94.82%"]
    assert tree.attributes("circle", "cx")[-3:] == ["32.47%", "43.87%", "57.86%"]
    assert [text for text in tree.texts("pa-chains__tick") if text] == ["2025", "2026"]


def test_without_a_recurrence_there_is_a_list_that_says_so_and_no_line():
    made = site({"2025/a.md": front(title="A", date="2025-01-02")})
    tree = Tree(filled(made, "<!-- archive/recurrences -->"))
    assert tree.texts("pa-chains") == ["No report is told to be a recurrence of an earlier one."]
    assert "recurrences.md" in {page.path for page in made.pages}
    assert Tree(made.report_page("2025/a.md").html).texts("pa-history") == []


def test_of_two_earlier_incidents_both_are_named():
    told = {
        "2025/a.md": front(id="A-1", title="A", date="2025-01-02"),
        "2025/b.md": front(id="B-1", title="B", date="2025-01-03"),
        "2025/c.md": front(
            id="C-1",
            title="C",
            date="2025-01-03",
            related="[{id: A-1, relation: recurrence_of}, {id: B-1, relation: recurrence_of}]",
        ),
    }
    tree = Tree(site(told).report_page("2025/c.md").html)
    assert [text for text in tree.texts("pa-chain__facts") if "recurrence" in text] == [
        "C-1 You are here recurrence of A-1, B-1"
    ]
    assert tree.texts("pa-chain__gap") == ["1 day later", "on the same day"]


@pytest.mark.parametrize(
    ("options", "found"), [("{id: X}", "X"), ("{id: INC-9}", "INC-9"), ("", "archive/recurrence")]
)
def test_a_marker_for_what_did_not_come_back_is_an_error(options, found):
    told = texts() | {"2025/x.md": front(id="INC-9", title="Alone", date="2025-02-02")}
    written = f"<!-- archive/recurrence {options} -->"
    (problem,) = site(told).fill(written, "page.md", written).problems
    assert (problem.rule, problem.found) == ("marker", found)


def test_histories_of_reports_with_one_id_have_pages_of_their_own():
    """Two first reports share an id, which is an error, and neither history is lost."""
    told = {}
    for number, folder in enumerate(("one", "two"), start=1):
        told[f"{folder}/a.md"] = front(id="INC-1", title=folder, date=f"2025-01-0{number}")
        told[f"{folder}/b.md"] = front(
            id=f"INC-{number}0",
            title=folder,
            date="2025-02-02",
            related=f"[{{id: {folder}/a.md, relation: recurrence_of}}]",
        )
    made = site(told)
    pages = [page for page in made.pages if page.path.startswith("recurrences/")]
    assert [page.path for page in pages] == ["recurrences/inc-1.md", "recurrences/inc-1-2.md"]
    for page, folder in zip(pages, ("one", "two"), strict=True):
        tree = Tree(filled(made, page.markdown, page.path))
        assert tree.texts("pa-chain__title") == [folder, folder]


def test_nothing_of_a_report_can_break_out_of_its_history():
    script = "<script>boom()</script>"
    told = {
        "2025/a.md": front(
            id=f"'I{script}'",
            title=f"'T{script}'",
            date="2025-01-02",
            actions=f"[{{text: '{script}', opened: 2025-01-02, status: not_doing,"
            f" reason: '{script}'}}, {{text: '{script}', opened: 2025-01-02}}]",
        ),
        "2025/b.md": front(
            title="B",
            date="2025-02-02",
            related=f"[{{id: 2025/a.md, relation: recurrence_of, note: '{script}'}}]",
        ),
    }
    made = site(told)
    written = [made.report_page("2025/b.md").html]
    written += [
        filled(made, page.markdown, page.path)
        for page in made.pages
        if page.path.startswith("recurrences")
    ]
    for html in written:
        assert "boom" in html
        assert "<script" not in html


def test_a_history_leaves_out_what_is_not_published():
    told = texts()
    told["2025/a.md"] = told["2025/a.md"].replace("id: INC-1", "id: INC-1\nvisibility: RED")
    html = site(told).report_page("2025/c.md").html
    assert Tree(html).texts("pa-chain__title") == ["Pool empty again", "Pool empty once more"]
    assert "INC-1" not in html


@pytest.mark.parametrize(
    ("number", "told"),
    [(2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (113, "113th")],
)
def test_a_place_in_an_order_reads_as_english(number, told):
    assert wording.ordinal(number) == told
