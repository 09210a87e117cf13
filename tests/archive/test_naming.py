"""New reports are named as those that an archive has."""

from datetime import date

import pytest

from postmortem_archive.archive.naming import Naming
from postmortem_archive.report.record import Report

DAY = date(2026, 3, 9)


def naming(*named, taken=()):
    """Learn from reports, each given as its path and id (else its file's stem) and its day."""
    reports = []
    for path, id_, day in named:
        stem = path.rpartition("/")[2].removesuffix(".md")
        reports.append(
            Report(path, id_ or stem, "A", date=date.fromisoformat(day) if day else None)
        )
    return Naming.of(reports, taken)


def year(number, of=2026, form="{of}/INC-{of}-{number:03}.md"):
    return form.format(of=of, number=number), None, f"{of}-02-03"


@pytest.mark.parametrize(
    ("named", "id_", "path"),
    [
        ([], "INC-2026-001", "2026/INC-2026-001.md"),
        ([year(1), year(15), year(7)], "INC-2026-016", "2026/INC-2026-016.md"),
        # Another year's numbers are its own, and the padding is the archive's.
        ([year(48, of=2025)], "INC-2026-001", "2026/INC-2026-001.md"),
        ([year(999), year(1)], "INC-2026-1000", "2026/INC-2026-1000.md"),
        ([("2025/PM2025-0007.md", None, "2025-01-01")], "PM2026-0001", "2026/PM2026-0001.md"),
        # Without a year the numbers run on.
        ([("INC-1.md", None, "2025-01-01"), ("INC-12.md", None, "2025-03-01")], "INC-13",
         "INC-13.md"),
        ([("all/7.md", None, "2025-01-01")], "8", "all/8.md"),
        # Folders: of the year and the month, however deep.
        ([("log/2025/03/INC-2025-01.md", None, "2025-03-01")], "INC-2026-01",
         "log/2026/03/INC-2026-01.md"),
        ([("2025-04/INC-2025-01.md", None, "2025-04-01")], "INC-2026-01", "2026-03/INC-2026-01.md"),
        ([("a{b}/2025/X-3.md", None, "2025-04-01")], "X-4", "a{b}/2026/X-4.md"),
        # Most of them say how, and what is odd says nothing.
        ([year(1), year(2), ("2025/on a pool.md", None, "2025-01-01"), ("x/INC-9.md", None, None)],
         "INC-2026-003", "2026/INC-2026-003.md"),
        # Where as many say one as the other, the newer ones do.
        ([("2024/OLD-1.md", None, "2024-01-01"), ("2025/NEW-4.md", None, "2025-01-01")], "NEW-5",
         "2026/NEW-5.md"),
    ],
)  # fmt: skip
def test_ids_and_paths_go_on_as_they_are(named, id_, path):
    found = naming(*named)
    assert found.next_id(DAY) == id_
    assert found.path_of(id_, DAY) == path


def test_a_day_and_a_title_can_be_the_id():
    found = naming(("2025/2025-03-04-cards-refused.md", None, "2025-03-04"))
    assert found.next_id(DAY, "Search: nothing found!") == "2026-03-09-search-nothing-found"
    assert found.next_id(DAY) == "2026-03-09"
    assert found.path_of("2026-03-09-a", DAY) == "2026/2026-03-09-a.md"
    again = found.with_report("2026-03-09", "2026/2026-03-09.md")
    assert again.next_id(DAY) == "2026-03-09-2"


def test_an_alerts_own_number_is_no_number_of_a_report():
    found = naming(("2025/a.md", "INCIDENT-20250304-1432-disk-95", "2025-03-04"))
    assert not found.learnt
    assert found.next_id(DAY) == "INC-2026-001"


def test_a_file_can_be_called_after_day_and_title_beside_an_id():
    found = naming(("2025/2025-03-04-cards-refused.md", "INC-2025-004", "2025-03-04"))
    assert found.next_id(DAY) == "INC-2026-001"
    assert found.path_of("INC-2026-001", DAY, "No cards") == "2026/2026-03-09-no-cards.md"
    assert found.path_of("INC-2026-001", DAY) == "2026/2026-03-09-INC-2026-001.md"


def test_a_name_is_taken_in_any_case_and_by_any_file():
    found = naming(year(1), ("2026/inc-2026-004.md", "X", "2026-01-01"), taken=["2026/x.md"])
    assert found.next_id(DAY) == "INC-2026-005"
    assert not found.is_free("x")
    assert found.path_of("X", DAY) == "2026/X-2.md"
    found = found.with_report("INC-2026-005", "2026/INC-2026-005.md")
    assert found.next_id(DAY) == "INC-2026-006"


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("a/b", "a-b"),
        (".hidden", "hidden"),
        ("index", "index-report"),
        ("README", "README-report"),
        ("…", "report"),
        ("x" * 300, "x" * 80),
        ("Störung 7", "störung-7"),
        ("a.b", "a.b"),
    ],
)
def test_an_id_never_leads_out_of_its_folder(id_, name):
    assert naming().path_of(id_, DAY) == f"2026/{name}.md"
