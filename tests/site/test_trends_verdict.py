"""Three sentences on a period, right in grammar and in what they claim."""

import re

import pytest

from postmortem_archive.report.vocabulary import Vocabulary

from .stand import filled, front, report, site

NO_SERVICES = {"services": Vocabulary(())}


def sentences(texts, period="2025-q1", **given):
    made = site(texts, **given)
    marker = f'<!-- archive/trend {{period: "{period}", section: verdict}} -->'
    html = filled(made, marker, f"trends/{period}.md" if period != "all" else "trends.md")
    found = re.findall(r"<span>(.*?)</span>", html)
    return [re.sub(r"\s+", " ", one.replace("\N{NO-BREAK SPACE}", " ")) for one in found]


def incidents(*days, **told):
    return {f"2025/{n}.md": report(day, **told) for n, day in enumerate(days)}


@pytest.mark.parametrize(
    ("severities", "told"),
    [
        ((), "In Q1 2025, no incident began."),
        (("SEV1",), "In Q1 2025, one incident began, and it was major."),
        (("SEV3",), "In Q1 2025, one incident began, and it was not major."),
        (("SEV3", "SEV3"), "In Q1 2025, two incidents began, none of them major."),
        (("SEV3", "SEV2"), "In Q1 2025, two incidents began, one of them major."),
        (("SEV2",) * 13, "In Q1 2025, 13 incidents began, 13 of them major."),
    ],
)
def test_what_happened_is_counted_in_words(severities, told):
    texts = {
        f"2025/{n}.md": report(f"2025-01-{n + 10:02}", severity=severity)
        for n, severity in enumerate(severities)
    }
    # An earlier quarter of another kind of incident, too short to be compared with.
    texts["2024/first.md"] = report("2024-12-31", severity="SEV4")
    assert sentences(texts)[0] == told


def test_a_change_is_only_told_where_a_test_finds_one():
    """2 after 3 is chance; 24 after 3, over as many days, is not (two-sided binomial, p < .001)."""
    before = {f"2024/{n}.md": report(f"2024-0{n}-02") for n in (1, 2, 3)}
    # The archive begins on the first incident's day, so that quarter is not whole.
    before["2023/first.md"] = report("2023-10-01")
    few = sentences({**before, **incidents("2025-01-03", "2025-02-03")})
    assert "no detectable change from" in few[0]
    assert "Q1 2024 (3)" in few[0]
    many = [f"2025-0{month}-{day:02}" for month in (1, 2, 3) for day in range(3, 19, 2)]
    told = sentences({**before, **incidents(*many)})[0]
    assert re.search(r"more than Q1 2024 \(3\) \(p (=|<) 0\.\d+\)", told)
    assert "but no detectable change from Q4 2024 (0)" in told


def test_a_period_in_progress_says_so():
    told = sentences(incidents("2026-01-05"), "2026-q1")[0]
    assert told.startswith(
        "In Q1 2026, which is in progress and counted to 31 Jan 2026, one incident began"
    )


def test_what_came_back_is_told_with_what_was_open():
    promise = "[{text: Mend it, opened: 2025-01-03, due: 2025-01-20}]"
    texts = {
        "2025/a.md": report("2025-01-02", id="A", actions=promise),
        "2025/b.md": report("2025-02-02", related="[{id: A, relation: recurrence_of}]"),
    }
    assert sentences(texts)[1] == (
        "One of them had happened before, and an action item of the earlier incident was still"
        " open; the one action item promised is open, and overdue."
    )


def test_of_one_incident_nothing_is_claimed():
    told = sentences(incidents("2025-01-02"), **NO_SERVICES)
    assert told[1] == "It is not known to have happened before; no action item was promised."
    assert told[2] == "One incident says nothing of durations or trends."


def test_an_overspent_budget_is_named_with_its_window():
    """2 h of an outage is 120 minutes of the 40.3 that 28 days at 99.9 % leave."""
    texts = {
        "2025/a.md": front(
            title="Down",
            started="2025-03-30T10:00Z",
            resolved="2025-03-30T12:00Z",
            services="[checkout]",
        )
    }
    told = sentences(texts)[2]
    assert told.startswith("One error budget was overspent: Checkout, availability (28 days to")
    assert "298 %" in told


def test_all_time_is_told_from_its_first_day():
    told = sentences(incidents("2025-01-02", "2025-02-02"), "all")[0]
    assert told.startswith("From 2 Jan 2025 to 31 Jan 2026, two incidents began")
