"""The rules of reading: where a file, its front matter or a word cannot be taken as it stands."""

from __future__ import annotations

from postmortem_archive.report.problem import Level
from postmortem_archive.report.rules.rule import Rule

_ERROR, _WARNING, _HINT = Level.ERROR, Level.WARNING, Level.HINT

FILE = (
    Rule("unreadable-file", "file", _ERROR, "A report's file cannot be read",
         "Nothing of the report is known, not even whom it is for. It is shown to nobody but those"
         " who may see every report.",
         "Look at the file's permissions, and at where a link leads."),
    Rule("reader-failed", "file", _ERROR, "The reader itself failed over a report",
         "This is a mistake in the program. The other reports are built without this one.",
         "Tell the program's authors, with a report as short as possible in which it happens."),
    Rule("encoding", "file", _ERROR, "A byte of the file is not UTF-8",
         "The characters around it are lost, and show as �.",
         "Save the file as UTF-8."),
    Rule("unclosed-front-matter", "file", _ERROR, "The front matter has no end",
         "None of its keys is read, and the report is kept back where it names an audience.",
         "Put a line `---` after the last key."),
    Rule("toml-front-matter", "file", _ERROR, "The front matter is written in TOML",
         "None of its keys is read.",
         "Write it as YAML between two lines `---`."),
    Rule("yaml-syntax", "file", _ERROR, "The front matter is not YAML",
         "The key in question is lost; the keys around it are read one by one.",
         "Mend the line. Most often a value holds `: ` or ` #`, or starts with a sign such as `[`,"
         " `*` or `@`, and needs quotes around it."),
    Rule("yaml-alias", "file", _ERROR, "The front matter uses a YAML alias",
         "A few aliases can stand for a text of any size, so none is followed.",
         "Write the value itself in place of `*name`."),
    Rule("duplicate-key", "file", _ERROR, "A key of the front matter is written twice",
         "One of the two values is wrong, and nobody can tell which. The first is taken.",
         "Keep one of the two."),
    Rule("missing-key", "file", _ERROR, "An entry lacks the key that it cannot do without",
         "The entry says nothing without it, and is left out.",
         "Add the key that the message names, or take the entry out."),
    Rule("wrong-type", "file", _ERROR, "A value has the wrong shape",
         "A list, a mapping or a single value stands where another is read; the value is left out.",
         "Write it as the message expects."),
    Rule("wrong-range", "file", _ERROR, "A number is outside its range",
         "A share over 1, or a least number above the greatest, cannot be meant; the value is left"
         " out.",
         "Correct the number."),
    Rule("unknown-key", "file", _WARNING, "A key of the front matter is none that is read",
         "What it tells reaches no page. Often the key is only misspelt.",
         "Correct the key. A key that another program needs can stay:"
         " set `unknown-key` to `off` for the archive."),
    Rule("unknown-rule", "file", _WARNING, "`ignore` names a rule that there is not",
         "Nothing is switched off by it.",
         "Correct the name; `postmortem explain` lists all rules."),
    Rule("missing-title", "file", _WARNING, "The report has no title",
         "Lists show the file's name in its place.",
         "Give it a `title`, or a heading of the first level."),
    Rule("missing-date", "file", _ERROR, "The report names no day",
         "Without one it has no place in the order of incidents, and counts in no period.",
         "Add `started`, or `date` where no time is known."),
)  # fmt: skip


def _unknown(key: str, about: str, lost: str = "The fact is left out.") -> Rule:
    return Rule(
        f"unknown-{key}", "words", _ERROR, about, lost,
        "Use one of the words that the message lists. Other spellings of a word can be given to it"
        " in the plugin's options where it belongs to the site."
        if key in {"severity", "service", "trigger", "root-cause"}
        else "Use one of the words that the message lists.",
    )  # fmt: skip


WORDS = (
    _unknown("severity", "The front matter names a severity that the archive does not have",
             "The report counts among those without a severity, and never as major."),
    _unknown("status", "The front matter names a document status that there is not"),
    _unknown("kind", "The front matter names a kind of report that there is not",
             "The report counts as an incident, in all figures."),
    _unknown("visibility", "The front matter names an audience that there is not",
             "Nobody knows whom the report is for, so it is kept back."),
    _unknown("service", "The front matter names a service that the archive does not have",
             "The incident is missing from the service's page and its figures."),
    _unknown("detection", "The front matter names a source of detection that there is not"),
    _unknown("trigger", "The front matter names a trigger that the archive does not have",
             "The incident is missing from the lists by trigger."),
    _unknown("root-cause", "The front matter names a root cause that the archive does not have",
             "The incident is missing from the lists by cause."),
    _unknown("factor-category", "A contributing factor has a category that there is not"),
    _unknown("relation-type", "A relation is of a sort that there is not",
             "The relation is left out."),
    _unknown("horizon", "An action item has a horizon that there is not"),
    _unknown("action-type", "An action item has a type that there is not"),
    _unknown("action-status", "An action item in the front matter has a status that there is not",
             "The action counts as open."),
    Rule("unknown-word", "words", _WARNING, "The text names a word that"
         " the archive does not have",
         "The text stays as it is; only the fact is not known to the archive.",
         "Use one of the archive's words, give the word as an alias in the plugin's options, or"
         " tell the fact in the front matter."),
    Rule("incident-status", "words", _WARNING, "`status` speaks of the incident",
         "`status` is that of the document; that an incident is resolved is told by `resolved`.",
         "Write `draft`, `in_review`, `reviewed`, `closed` or `archived`."),
    Rule("alias-used", "words", _HINT, "The front matter has another spelling of a word",
         "It is understood. Other programs that read the files, and searches in them, know one word"
         " only.",
         "`postmortem check --fix` writes the archive's own word in its place."),
)  # fmt: skip

TIMES = (
    Rule("wrong-time", "times", _ERROR, "A value of the front matter is no date",
         "The fact is left out, and no clock is measured from it.",
         "Write `2025-09-30T14:32Z`, or `2025-09-30` where no time is known. A date that can be"
         " read in one way only is mended by `postmortem check --fix`."),
    Rule("no-such-time", "times", _ERROR, "A date or time does not exist",
         "There is no 30 February and no 25 o'clock; the fact is left out.",
         "Correct the date, the time or the zone."),
    Rule("impossible-order", "times", _ERROR, "The incident ended before it started",
         "One of the two times is wrong; the later milestone is left out, so that no figure is.",
         "Correct the time. A missing day after midnight is the usual reason."),
    Rule("milestone-order", "times", _WARNING, "The milestones are out of order",
         "The phases of the incident cannot be told from them.",
         "Correct the time, or the milestone that it was taken for."),
    Rule("caught-before-harm", "times", _HINT, "The incident was noticed before it did harm",
         "That happens, and is good; as often `started` names the wrong moment.",
         "See that `started` is the first harm to users, and not a later stage of it."),
    Rule("unreadable-time", "times", _WARNING, "A time in the timeline cannot be read",
         "The entry stays in its place, without a time.",
         "Write a clock time such as `14:32`, with the date where the day changes."),
    Rule("unreadable-date", "times", _WARNING, "The due date of an action item cannot be read",
         "The action is never overdue.",
         "Write a date such as `2025-09-30`."),
    Rule("ambiguous-date", "times", _WARNING, "A date can be read as two days",
         "`03/04/2025` is March or April. A wrong day is worse than none, so none is taken.",
         "Write `2025-04-03`."),
    Rule("ambiguous-zone", "times", _WARNING, "The letters of a time zone stand for several",
         "`IST` is India, Ireland or Israel; the site's zone is assumed.",
         "Write the offset, such as `+01:00`."),
    Rule("date-from-file", "times", _HINT, "The incident's day was taken from the file's name",
         "That may be the day of publication.",
         "Add `date` or `started` to the front matter."),
    Rule("stated-figure", "times", _WARNING, "A stated duration is not what the times come to",
         "A reader finds two figures for one thing. Either a time is wrong, or the sum.",
         "Correct the one that is wrong. Every label is held to its own definition, which the"
         " message names."),
    Rule("disagreement", "times", _WARNING, "Front matter and text tell a fact differently",
         "The front matter's is taken; a reader of the text sees the other.",
         "Correct one of them, or tell the fact once."),
)  # fmt: skip

TEXT = (
    Rule("told-twice", "text", _WARNING, "Timeline or action items stand in front matter and text",
         "The front matter's are the report's, so what changes in the text is not seen.",
         "Keep one of the two; the text can be read on a forge too."),
    Rule("not-filled-in", "text", _HINT, "A placeholder of the template still stands here",
         "Nobody can tell whether there was nothing to say, or nobody said it.",
         "Fill it in, or write `N/A`."),
    Rule("unconfirmed", "text", _HINT, "A fact was guessed and nobody has confirmed it",
         "A page shows it like any other, beside a note that it is a guess.",
         "Put the value right, and take its key off the list `unconfirmed`."),
    Rule("template-example", "text", _HINT, "The template's own example still stands here",
         "A hurried reader takes it for part of the incident.",
         "Delete it."),
    Rule("shifted-row", "text", _WARNING, "A row of a table lacks a cell, or has one too many",
         "Nobody can tell which cell is missing, so what stands in the wrong column is not taken.",
         "Write every cell, with nothing between its bars where there is nothing to say."),
    Rule("several-incidents", "text", _WARNING, "One file tells of several incidents",
         "The times of one would be measured against those of another, so none is taken.",
         "Give each incident a report of its own, and relate them."),
    Rule("open-html", "text", _WARNING, "Raw HTML is opened and not closed",
         "Shown as HTML it would swallow the rest of the page, so all of it is shown as text.",
         "Close each element, or put what is no HTML between backticks."),
)  # fmt: skip
