"""What a template leaves to be filled in, and what says “not applicable”.

Both count as missing; only the first is worth a hint.
"""

from __future__ import annotations

import re

# What every placeholder has some of: one look spares most texts the rest. None of these begins
# with a frequent letter, at each of which the search would stop; the words that do are below.
_PERHAPS = re.compile(r"\[|<|\?|…|X|__|TB[DACS]|TODO|FIXME|YY|HH:MM|DD|MM|Y |Z |N\.")
# A value that is nothing but a placeholder.
_WHOLE = re.compile(
    r"""(?:
      # [Name], [Start time] to [End time] ([X hours])
      \[[^\[\]]+\](?:\ ?(?:to|-|–|/|\(|,)\ ?\(?\[[^\[\]]+\]\)?)*(?:\ ?\([^()]*\))?
    | <[a-z][\w .-]*>                                   # <name>
    | (?:Y{2,4}|D{1,2}|M{1,2})[-/.](?:M{1,3}|D{1,2})[-/.](?:D{1,2}|Y{2,4})
      (?:[T ]HH:?MM\S{0,6}(?:\ [A-Z]{1,5})?)?           # YYYY-MM-DD, YYYY-MM-DD HH:MM UTC
    | ~?HH:MM(?::SS)?(?:\ ?(?:UTC|AM|PM|Z))?
    | X | X\ ?% | \$X(?:\ .{0,40})?
    | X\ hours?(?:,?\ (?:and\ )?Y\ minutes?)?(?:\ \(.*\))?
    | X\ minutes?(?:\ \(.*\))?
    | X\ users?/customers?
    | TB[DACS](?:\W.*)?
    | (?:TODO|FIXME)(?:\ ?[:(–—-].*)?
    | \?{2,} | \.{3} | … | _{3,} | XX+
    | to\ be\ (?:determined|defined|added|filled\ in|confirmed|assigned|decided)(?:\W.*)?
    | N\.\ ?N\.? | zu\ (?:klären|ergänzen|bestimmen) | (?:wird\ )?noch\ (?:zu\ klären|festzulegen)
    | à\ (?:définir|déterminer|préciser|compléter|confirmer)
    | @?\[?name\]?
    )$""",
    re.VERBOSE,
)
# Square brackets of an author: a reference, or words that are no one's to fill in.
_OWN_BRACKETS = re.compile(
    r"\[(?:[\dx ,]+|redacted|removed|sic|anonymi[sz]ed|…|\.\.\.)\]", re.IGNORECASE
)
# What a template's short value says around its placeholder: `p95 = Xms`, `00:24 to TBD (TBD)`.
_INSIDE = re.compile(
    r"(?<![\w$])(?:X(?:%|ms\b)|[XYZ]\ (?:hours?|minutes?|users?)\b|\$X\b)"
    r"|(?:\bto|\(|[=:])\ ?TBD\b|\bYYYY-MM-DD\b|\bYYYYMMDD\b"
)
_LONGEST_VALUE = 60
_LABEL = re.compile(r"[^\[\]:?]{1,60}[:?]\ +(?=\S)")
# The words that the templates put in brackets, inside a line.
_WORDS = re.compile(
    r"\[(?:(?:your|author|owner|team|incident|alert|start|end)\ )?"
    r"(?:names?|dates?|numbers?|links?|titles?|services?|time|problem|duration|impact|action"
    r"|brief\ description|symptom|(?:deeper\ )?reason|even\ deeper|systemic\ issue|root\ cause"
    r"|metric|threshold|system|component|system/metric|number\ or\ percentage|link\ to\ [\w ]+"
    r"|tbd|list\ [\w ]+|e\.g\.[^\[\]]{0,80}|yyyy-mm-dd|x(?:%|\ hours|\ minutes)[\w %]*)\]",
    re.IGNORECASE,
)
# One choice of those that a template offers: `SEV-1 / SEV-2 / SEV-3`, `[Critical | High | Low]`.
_CHOICE = re.compile(r"\w[\w -]{0,30}")
_CHOICES = range(3, 9)

NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "not applicable", "null", "nil"})
_LONGEST_NOTHING = max(map(len, NOTHING))
_CHECKBOX = re.compile(r"^\[[ xX]\]\s*")


def may_hold_placeholder(text: str) -> bool:
    """Whether a text, or a part of it, may be a placeholder: where not, no part of it is."""
    return (
        "name" in text
        or "to be" in text
        or "..." in text
        or "zu " in text
        or "noch " in text
        or "à " in text
        or _PERHAPS.search(text) is not None
    )


def is_placeholder(text: str) -> bool:
    """Whether a text is a template's placeholder, or a template's line around one."""
    if not may_hold_placeholder(text):
        return False
    text = _CHECKBOX.sub("", text.strip().strip("*_`").strip())
    if _WHOLE.match(text):
        return not _OWN_BRACKETS.match(text)
    label = _LABEL.match(text)
    if label and _WHOLE.match(text, label.end()):
        return not _OWN_BRACKETS.match(text, label.end())
    if len(text) <= _LONGEST_VALUE:
        return bool(_INSIDE.search(text) or _WORDS.search(text))
    # One pair of brackets in a long line may be the author's.
    return len(_WORDS.findall(text)) > 1


def is_template_word(text: str) -> bool:
    """Whether a bracketed word is a template's (`[Name]`) and not a list of one."""
    return bool(_WORDS.fullmatch(text.strip()))


def is_choice(text: str) -> bool:
    """Whether a value is still the list of choices that a template offers."""
    if "|" not in text and "/" not in text:
        return False
    parts = re.split(r"[|/]", text.strip().removeprefix("[").removesuffix("]"))
    return len(parts) in _CHOICES and all(_CHOICE.fullmatch(part.strip()) for part in parts)


def is_nothing(text: str) -> bool:
    """Whether a value says that there is none (`N/A`, `-`), or says nothing."""
    bare = text.strip().strip("*_`.")
    return len(bare) <= _LONGEST_NOTHING and bare.casefold() in NOTHING


def is_missing(text: str) -> bool:
    """Whether a value tells no fact."""
    return is_nothing(text) or is_placeholder(text)


# What the templates say about how a section is to be filled in. Filled reports keep some of it.
_INSTRUCTIONS = frozenset(
    re.sub(r"\W+", "", sentence).casefold()
    for sentence in (
        "This is a brief overview of what happened, written in simple terms.",
        "Describes the business & technical impact of the incident.",
        "A detailed step-by-step breakdown of when things happened.",
        "Explains why the incident happened and technical details.",
        "Documents how the issue was fixed and how long it took.",
        "Lists actionable improvements to prevent the same issue.",
        "Highlights what worked well and what needs improvement.",
        "Brief description of what happened, customer impact, and resolution",
        "Use 5 Whys methodology",
        "2-3 sentences describing what happened, impact, and resolution.",
        "Detailed technical explanation of the failure chain.",
        "Use the “5 Whys” technique to get to the root cause.",
        "What was done to stop the bleeding?",
        "What was done to fully fix the issue?",
        "Include screenshots or links to Grafana dashboards showing the incident.",
        "Link to any previous incidents with similar root cause.",
        "Links to PRs, commits, or documentation related to the fix.",
        "In 2-3 sentences, what happened?",
    )
)
_LONGEST_INSTRUCTION = 100


def is_instruction(text: str) -> bool:
    """Whether a text is a template's own sentence on how to fill in a section."""
    if len(text) > _LONGEST_INSTRUCTION:
        return False
    return re.sub(r"\W+", "", text).casefold() in _INSTRUCTIONS


def may_hold_example(text: str) -> bool:
    """Whether a line of a text may be a template's example, or open one."""
    return _SAMPLE_ROW in text or "example" in text.casefold()


# The first row of a template's timeline, which is an example without saying so.
_SAMPLE_ROW = "Deployment of v2.5.0 begins"


def is_sample_row(text: str) -> bool:
    """Whether a row opens the timeline that a template gives as its example."""
    return text.strip() == _SAMPLE_ROW


_EXAMPLE = re.compile(r"^(?P<pin>📌)?[\s*]*Example(?: timeline)?\s*:?$", re.IGNORECASE)


def is_example_mark(text: str) -> bool:
    """Whether a line opens a template's own example (“Example:”)."""
    return bool(_EXAMPLE.match(text.strip()))


def is_guide_mark(text: str) -> bool:
    """Whether a line opens an example of the template that is a guide: it runs to the next heading.

    That template marks its examples with a pin, and goes on about them below.
    """
    match = _EXAMPLE.match(text.strip())
    return bool(match and match["pin"])
