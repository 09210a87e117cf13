"""States, amounts, placeholders and the nearest right word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report.grammar.amounts import parse_amount
from postmortem_archive.report.grammar.placeholders import is_choice, is_missing, is_placeholder
from postmortem_archive.report.grammar.states import read_state
from postmortem_archive.report.problem import nearest
from postmortem_archive.report.vocabulary import ACTION_STATUSES, SEVERITIES, Vocabulary


@pytest.mark.parametrize(
    ("text", "status"),
    [("Done", "done"), ("✅", "done"), ("✅ Done", "done"), ("⏳", "open"), ("⏳ Open", "open"),
     ("⏳ In progress", "in_progress"), ("🔄", "in_progress"), ("❌ Cancelled", "not_doing"),
     ("Won't do", "not_doing"), ("Won’t fix", "not_doing"), ("WIP", "in_progress"),
     ("Not started", "open"), ("TODO", "open"), ("completed on 2025-03-04", "done"),
     ("Done (PR 12)", "done"), ("In Progress - 50%", "in_progress")],
)  # fmt: skip
def test_a_state_is_read_from_ticks_emoji_and_words(text, status):
    state = read_state(text)
    assert state
    assert state.status == status


@pytest.mark.parametrize("text", ["someday", "", "see ticket", "the work is done by Ana", "🍀"])
def test_other_words_tell_no_state(text):
    assert read_state(text) is None


def test_a_state_has_a_day_a_reason_and_a_remark():
    done = read_state("✅ Done 2025-03-04")
    dropped = read_state("Dropped – too dear")
    noted = read_state("Done (PR 12)")
    assert done
    assert (str(done.done_on), done.reason, done.remark) == ("2025-03-04", None, None)
    assert dropped
    assert (dropped.reason, dropped.remark) == ("too dear", None)
    assert noted
    assert (noted.reason, noted.remark) == (None, "PR 12")


@given(st.text())
def test_any_cell_has_a_state_or_none(text):
    state = read_state(text)
    assert state is None or state.status in ACTION_STATUSES.names


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "estimated"),
    [("12", 12, 12, "count", False), ("12,000", 12000, 12000, "count", False),
     ("12 000", 12000, 12000, "count", False), ("12_000", 12000, 12000, "count", False),
     ("about 12k users", 12000, 12000, "count", True), ("10,000+", 10000, 10000, "count", True),
     ("8–12k", 8000, 12000, "count", False), ("8,000 to 12,000", 8000, 12000, "count", False),
     ("15%", 15, 15, "percent", False), ("10-15%", 10, 15, "percent", False),
     ("$1.5M", 1.5e6, 1.5e6, "USD", False), ("5000 EUR", 5000, 5000, "EUR", False),
     ("EUR 5,000", 5000, 5000, "EUR", False), ("€5k–€7k", 5000, 7000, "EUR", False),
     ("~£300", 300, 300, "GBP", True), ("2.1M", 2.1e6, 2.1e6, "count", False)],
)  # fmt: skip
def test_amounts(text, low, high, unit, estimated):
    amount = parse_amount(text)
    assert amount
    assert (amount.minimum, amount.maximum, amount.unit, amount.estimated) == (
        low, high, unit, estimated,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "none", "many", "two", "the 3 of us", "A4", "12 to 3", "v1.2"]
)
def test_what_begins_with_no_amount_is_none(text):
    assert parse_amount(text) is None


@given(st.integers(0, 10**12))
def test_a_count_reads_back(number):
    for text in (str(number), f"{number:,}", f"{number:_}", f"about {number:,} users"):
        amount = parse_amount(text)
        assert amount
        assert amount.minimum == amount.maximum == number


@given(st.text())
def test_any_text_is_an_amount_or_none(text):
    amount = parse_amount(text)
    assert amount is None or amount.minimum <= amount.maximum


@pytest.mark.parametrize(
    "text",
    ["[Name]", "[Names]", "[Start time] to [End time] ([X hours/minutes])", "@[name]", "<name>",
     "YYYY-MM-DD", "[YYYY-MM-DD]", "YYYY-MM-DD HH:MM UTC", "HH:MM", "X hours Y minutes",
     "X% uptime",
     "X minutes (from alert to human response)", "$X (if applicable)", "X users/customers", "TBD",
     "TBC - after the review", "TODO", "TODO: write this", "???", "...", "…", "to be determined",
     "p95 = Xms, p99 = Xms (SLO: <500ms)", "Max staleness = X minutes (SLO: <2 hours)",
     "2025-09-30 00:24 to TBD (TBD)", "X% of monthly budget consumed", "**[Name]**", "[ ] [Action]",
     "Alert on [metric] exceeds [threshold]", "Create dashboard for [system]", "[Fix]",
     "**Technical**: [Code bugs, issues]", "Culture: [Team dynamics]",
     "Prevented: X", "[$X or N/A]",
     "On [date], [service] experienced [problem] for [duration], resulting in [impact]."],
)  # fmt: skip
def test_what_a_template_leaves_is_a_placeholder(text):
    assert is_placeholder(text)
    assert is_missing(text)


@pytest.mark.parametrize(
    "text",
    ["Ana", "12", "None", "[1]", "[x]", "[redacted]", "[2, 3]", "TODO lists get an owner", "XML",
     "X-rays were late", "A [sic] b", "Show “TBD” as missing",
     "Names [Ana] are shown to all of the readers of the page, in more than sixty letters",
     "The [date] column of the table of orders was read as text, for two days",
     "14:02", "X11 froze", "Example: a", "and so on …",
     "Fixed in [#12]", "Why? Because [pool] was empty"],
)  # fmt: skip
def test_what_an_author_wrote_is_none(text):
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["SEV-1 / SEV-2 / SEV-3", "[Critical | High | Medium | Low]", "Draft / Reviewed / Complete",
     "DRAFT/UNDER REVIEW/APPROVED/ARCHIVED"],
)  # fmt: skip
def test_choices(text):
    assert is_choice(text)


@pytest.mark.parametrize(
    "text", ["SEV-1", "Draft / final", "a/b/c: d", "https://a/b/c", "", "/ / /"]
)
def test_no_choices(text):
    assert not is_choice(text)


@given(st.text("ab /|[]-", max_size=200))
def test_a_long_row_of_choices_is_read_at_once(text):
    is_choice(text)


@pytest.mark.parametrize(
    ("word", "right"),
    [("severty", "severity"), ("servces", "services"), ("STATUS", "status"), ("ower", "owner")],
)
def test_a_slip_has_a_nearest_word(word, right):
    assert nearest(word, ["severity", "services", "status", "owner", "due"]) == right


@pytest.mark.parametrize("word", ["colour", "x", "", "SEV9", "severity " * 20])
def test_what_is_near_to_nothing_or_to_two_has_none(word):
    assert nearest(word, ["SEV1", "SEV2", "owner", "severity"]) is None


def test_a_name_is_never_taken_by_another_terms_alias():
    extended = SEVERITIES.extended([SEVERITIES.terms[3], *SEVERITIES.terms[:1]])
    assert [t.name for t in extended.terms] == list(SEVERITIES.names)
    assert Vocabulary(()).find("x") is None
