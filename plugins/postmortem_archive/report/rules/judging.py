"""The rules of judging: what is wrong between reports, and what makes one of little use."""

from __future__ import annotations

from postmortem_archive.report.problem import Level
from postmortem_archive.report.rules.rule import Rule

_ERROR, _WARNING, _HINT = Level.ERROR, Level.WARNING, Level.HINT

ARCHIVE = (
    Rule("duplicate-id", "archive", _ERROR, "Two reports have the same id",
         "What refers to the id leads to the first of them only.",
         "Give one of them another `id`."),
    Rule("duplicate-name", "archive", _WARNING, "Two reports without an id have files of one name",
         "A report without an `id` has its file's name for one, so neither can be referred to by"
         " it.",
         "Give each an `id`, or their files different names."),
    Rule("unknown-relation", "archive", _ERROR, "A relation leads to no report",
         "The pages of both reports lack it.",
         "Correct the id or the path. A report that was deleted needs no relation."),
    Rule("self-relation", "archive", _WARNING, "A report is related to itself",
         "Most often the id of another was meant.",
         "Correct the id, or take it out."),
    Rule("denied-relation", "archive", _WARNING, "A relation is told and denied",
         "What either report denies in `not_related` is shown on no page, and what the other one"
         " tells is lost.",
         "Take out whichever is wrong."),
    Rule("recurrence-order", "archive", _WARNING, "A recurrence happened before its first time",
         "An incident comes back after it happened. Nothing is counted, and no promise is said to"
         " have been open.",
         "Tell the relation in the later report, or correct the times of one of them."),
    Rule("missing-target", "archive", _WARNING, "A link leads to no file",
         "On the site the link would end nowhere.",
         "Correct the path, which starts from the report's own folder."),
    Rule("published-late", "archive", _HINT, "The report was published long after the incident",
         "What is written late is written from memory, and what it asks for is done late. How many"
         " days are late is the plugin's option `publish_within`.",
         "Nothing can be done for this report. Where it keeps happening, publish what is known"
         " within days, and let a review add to it."),
    Rule("never-published", "archive", _HINT, "The report is still unpublished long after the"
         " incident",
         "A draft that nobody finishes teaches nobody. How many days are late is the plugin's"
         " option `publish_within`. A report that has places to fill in still is told of those"
         " alone.",
         "Publish what is known, and let `status` follow: `reviewed`, or `closed`."),
    Rule("stated-budget", "archive", _WARNING, "A stated share of an error budget is not what the"
         " impact comes to",
         "A reader finds two figures for one thing. They differ by more than 5 percentage points"
         " and by more than a fifth.",
         "Correct the share in `stated`, which is what this incident alone used, or the times and"
         " fractions in `impact.services`."),
    Rule("marker", "archive", _ERROR, "A marker in a page of the site cannot be filled",
         "The page is built without the block.",
         "Correct the name or the option, see the guide on markers."),
)  # fmt: skip

PAGES = (
    Rule("unknown-period", "archive", _WARNING, "A page among the trends names no period",
         "It is shown as any other page: nothing completes it, its decisions are not followed, and"
         " its `visibility` is not looked at.",
         "Name the file after its period, such as `2026-q2.md`, `2026.md` or `2026-04.md`."),
)  # fmt: skip

ACTIONS = (
    Rule("action-without-owner", "actions", _HINT, "An open action item has no owner",
         "What everybody should do is done by nobody.",
         "Name one person; of a team, the person who answers for it."),
    Rule("unread-decisions", "actions", _WARNING, "No decision can be read under “Decisions”",
         "What a page about a period decides is shown again in the next period, with its state."
         " From this list or table nothing is.",
         "Write a list, a checklist, or a table with a column “Owner” or “Due”."),
    Rule("action-without-due", "actions", _HINT, "An open action item has no due date",
         "Without a day it is never late, and so never comes first.",
         "Agree on a day with its owner."),
    Rule("action-without-verification", "actions", _HINT, "An open action item does not say how to"
         " see that it worked",
         "“Done” then means that somebody stopped working on it. Asked for where other actions of"
         " the report say it, and in reports of major incidents.",
         "Add a column or key `verification`: a test, a drill, a figure to be reached."),
    Rule("action-with-two-owners", "actions", _HINT, "An action item has two owners",
         "Each waits for the other.",
         "Name one; the other helps, or has an action of their own."),
    Rule("vague-action", "actions", _HINT, "An action item says nothing that can be finished",
         "“Improve”, “look into” or “be careful” have no end, so the item stays open or is closed"
         " without a change.",
         "Say what will be different, in words that somebody else could check: what is added,"
         " removed or limited, where, and to which figure."),
    Rule("same-priority", "actions", _HINT, "All action items have the same priority",
         "Then the priority says nothing, and the easiest is done first.",
         "Decide which one matters most if only one gets done."),
    Rule("nothing-preventive", "actions", _HINT, "No action item keeps the incident from coming"
         " back",
         "To notice sooner and to repair faster is good, but leaves the cause in place.",
         "Add one that removes the cause, or limits what it can do. Where that is not worth its"
         " price, say so in the report, and `ignore` this rule with that reason."),
)  # fmt: skip

ANALYSIS = (
    Rule("major-without-detection", "analysis", _HINT, "A major incident does not tell how it was"
         " noticed",
         "Whether an alert or a customer came first is what the next alert is built on.",
         "Add `detection` or `detected`, or a section on detection."),
    Rule("major-without-whys", "analysis", _HINT, "A major incident has no five whys",
         "The first cause is seldom the one worth removing. Each why leads a step further back, to"
         " what let it happen.",
         "Add a section “Five whys”, with two steps at least. Where your format has no place for"
         " them, switch the rule off."),
    Rule("major-without-follow-up", "analysis", _HINT, "A major incident has no follow-up review",
         "Weeks later it can be seen whether the actions worked; without a day, nobody looks.",
         "Add `follow_up: {due: …}`, or `next_review`."),
)  # fmt: skip

LANGUAGE = (
    Rule("blaming-words", "language", _HINT, "Words that put the blame on a person",
         "People act on what they know and see at the time. “Human error” or “should have” ends the"
         " search where it gets useful, and the next author tells less. Looked for in English"
         " reports only.",
         "Ask what made the act seem right, and what let it do harm: a command that looks the same"
         " in both places, a missing check, an alert that nobody could read."),
    Rule("animated-words", "language", _HINT, "Words that are louder than the facts",
         "“Catastrophic” or an exclamation mark tells how somebody felt; a reader needs how much"
         " broke. Looked for in English reports only.",
         "Give the figure: how many users, for how long, what it cost."),
)  # fmt: skip
