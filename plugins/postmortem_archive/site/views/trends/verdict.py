"""The verdict on a period: three sentences, made of its figures.

Nothing is called more or fewer, better or worse, without a test that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortem_archive.archive.budgets.budgets import Budget
from postmortem_archive.archive.periods import Period, PeriodKind
from postmortem_archive.archive.statistics.counts import Verdict
from postmortem_archive.archive.trends.changes import Against, Change, Changes, Untested
from postmortem_archive.archive.trends.tallies import Tally
from postmortem_archive.archive.trends.verdict import VerdictFacts
from postmortem_archive.site import wording
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.budgets import share, window_title
from postmortem_archive.site.views.trends.telling import p_value

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve")  # fmt: skip
_MOST_NAMED = 2
_NOT_BEFORE = "None of them is known to have happened before"
_NOT_BEFORE_ONE = "It is not known to have happened before"


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The three sentences: what happened, what was left, and what is spent or uncertain."""

    sentences: tuple[str, ...]


def verdict_view(facts: VerdictFacts, period: Period, point: Viewpoint) -> VerdictView:
    """Return the verdict on a period."""
    return VerdictView(
        (_what_happened(facts, period, point), *_what_was_left(facts), _what_is_sure(facts))
    )


def _number(count: int) -> str:
    """Return a number as prose has it: a word up to twelve."""
    return _WORDS[count] if count < len(_WORDS) else f"{count:,}"


def _what_happened(facts: VerdictFacts, period: Period, point: Viewpoint) -> str:
    now = facts.changes.now
    n, majors = now.incidents.count, now.majors.count
    when = f"In {period.title},"
    if period.kind is PeriodKind.ALL:
        when = f"From {wording.day(period.start)} to {wording.day(point.as_of)},"
    elif period.in_progress(point.as_of):
        when += f" which is in progress and counted to {wording.day(point.as_of)},"
    if n == 0:
        told = f"{when} no incident began"
    elif n == 1:
        graver = "and it was major" if majors else "and it was not major"
        told = f"{when} one incident began, {graver}"
    else:
        told = f"{when} {_number(n)} incidents began, {_number(majors)} of them major"
    return f"{told}{''.join(_comparisons(facts.changes))}."


def _comparisons(changes: Changes) -> Iterator[str]:
    """Give what the tests of all incidents say, and of major ones where they found a change."""
    tests = [test for test in changes.tests if not test.majors]
    changed = [test for test in tests if test.comparison.verdict in {Verdict.MORE, Verdict.FEWER}]
    for test in changed:
        yield f"; {_changed(test, changes)}"
    same = [test for test in tests if test.comparison.verdict is Verdict.NO_CHANGE]
    if same:
        names = wording.listed([_had(test, changes) for test in same], "or")
        opening = ", but" if changed else "; that is"
        yield f"{opening} no detectable change from {names}"
    for test in tests:
        if test.why is Untested.NO_SEASON:
            yield f"; {_had(test, changes)} is not compared, as no earlier year tells of the season"
    for test in changes.tests:
        if test.majors and test.comparison.verdict in {Verdict.MORE, Verdict.FEWER}:
            yield f"; of major ones, {_changed(test, changes)}"


def _changed(test: Change, changes: Changes) -> str:
    than = f"{test.comparison.verdict.value} than {_had(test, changes)}"
    if test.seasonal:
        than = f"{than}, beyond the usual change between the two"
    p = test.comparison.adjusted
    return than if p is None else f"{than} ({p_value(p)})"


def _had(test: Change, changes: Changes) -> str:
    """Return a period that was compared, with its count: `Q3 2025 (11)`."""
    tally = changes.before if test.against is Against.BEFORE else changes.year_before
    count = _count(tally, majors=test.majors)
    return f"{tally.period.title} ({count})" if tally else "another period"


def _count(tally: Tally | None, *, majors: bool) -> int:
    if tally is None:
        return 0
    return tally.majors.count if majors else tally.incidents.count


def _what_was_left(facts: VerdictFacts) -> Iterator[str]:
    if facts.n:
        yield f"{_came_back(facts)}; {_promised(facts)}."


def _came_back(facts: VerdictFacts) -> str:
    back = len(facts.came_back)
    unmended = sum(bool(one.open_actions) for one in facts.came_back)
    if not back:
        return _NOT_BEFORE_ONE if facts.n == 1 else _NOT_BEFORE
    subject = "It" if facts.n == 1 else wording.capital(_number(back))
    told = f"{subject} had happened before"
    if facts.n > 1:
        told = f"{subject} of them had happened before"
    if not unmended:
        return f"{told}, with no action item of the earlier {'one' if back == 1 else 'ones'} open"
    if back == 1:
        return f"{told}, and an action item of the earlier incident was still open"
    which = "each" if unmended == back else _number(unmended)
    return f"{told}, {which} while an action item of the earlier incident was open"


def _promised(facts: VerdictFacts) -> str:
    promised = facts.promised
    if not promised.total:
        return "no action item was promised"
    total = wording.count_of(promised.total, "action item")
    if promised.total == 1:
        done = "is open" if promised.open else "is not open any more"
        late = ", and overdue" if promised.overdue else ""
        return f"the one action item promised {done}{late}"
    if not promised.open:
        return f"of {total} promised none is open"
    open_ = f"{_number(promised.open)} {'is' if promised.open == 1 else 'are'} open"
    if not promised.overdue:
        return f"of {total} promised {open_}, none overdue"
    if promised.overdue == promised.open:
        return f"of {total} promised {open_}, and overdue"
    return f"of {total} promised {open_}, {_number(promised.overdue)} of them overdue"


def _what_is_sure(facts: VerdictFacts) -> str:
    told = [_spent(facts)] if facts.budgets else []
    if not facts.measured:
        told.append(_too_few(facts.n))
    elif not told:
        told.append("no service has an objective, so nothing is known of error budgets")
    return f"{wording.capital('; '.join(told))}."


def _too_few(n: int) -> str:
    if n == 0:
        return "a period without an incident may be chance"
    if n == 1:
        return "one incident says nothing of durations or trends"
    return f"{_number(n)} incidents are too few for a median, and say little of trends"


def _spent(facts: VerdictFacts) -> str:
    over = facts.overspent
    if over:
        named = wording.listed([_named(budget) for budget in over[:_MOST_NAMED]])
        most = f", the most of {named}" if len(over) > _MOST_NAMED else f": {named}"
        noun = "error budget was" if len(over) == 1 else "error budgets were"
        return f"{_number(len(over))} {noun} overspent{most}"
    if facts.most is None:
        return "no error budget was touched"
    return f"no error budget was overspent, and the most was used of {_named(facts.most)}"


def _named(budget: Budget) -> str:
    """Return a budget, its window and the part used: `Checkout, availability (Q4 2025, 51 %)`."""
    name = f"{budget.pledge.service.title}, {budget.pledge.objective.name}"
    return f"{name} ({window_title(budget)}, {share(budget)})"
