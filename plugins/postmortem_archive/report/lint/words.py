"""Words that blame a person, and words that are louder than the facts.

What stands in code, in a quotation or in an address is not the author's own voice, and is passed
over. Each word is told once in a report, where it first stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from postmortem_archive.report.context import Reading
from postmortem_archive.report.lint.english import is_english
from postmortem_archive.report.markup.markdown import Segment, segments
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Report

_NAME = r"(?-i:(?:[A-Z]\. ?)?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)"
_ROLE = (
    r"(?:the|an?|our|one) (?:[\w-]+ )?(?:engineer|developer|operator|administrator|admin|responder"
    r"|on-call|sre|technician|contractor|intern|dba|author|reviewer|colleague|manager|employee)s?"
)
_DEED = (
    r"(?:should(?: not|n['’]t)? have|ought to have|failed to|forgot to|neglected to|ignored"
    r"|(?:did not|didn['’]t) bother|screwed up|messed up|made (?:a|the) mistake)"
)
_BLAME = (
    r"\b(?:(?:human|operator) (?:errors?|mistakes?|failures?)|careless(?:ly|ness)?|negligen(?:t|ce)"
    r"|incompeten(?:t|ce)|slopp(?:y|iness)|reckless(?:ly|ness)?|stupid(?:ly|ity)?|idiot(?:s|ic)?"
    r"|clums(?:y|iness)|(?:is|was|are|were) (?:to blame|at fault)"
    r"|(?:his|her|whose) (?:fault|mistake)|lack of (?:care|diligence|discipline)\b"
    rf"|(?:he|she|{_ROLE}) {_DEED}|(?P<name>{_NAME}) {_DEED})\b"
)
_ANIMATED = (
    r"\b(?:catastroph(?:ic(?:ally)?|e)(?! backtracking)|disaster(?![- ](?:plan|recover|respon))"
    r"|disastrous(?:ly)?"
    r"|insane(?:ly)?|unbelievabl[ey]|incredibl[ey]|horribl[ey]|horrific|horrendous(?:ly)?"
    r"|terribl[ey]|awful(?:ly)?|ridiculous(?:ly)?|outrageous(?:ly)?|shocking(?:ly)?|appalling(?:ly)?"
    r"|nightmares?|craz(?:y|ily)|(?:total|complete|utter|absolute) (?:chaos|mess|failure)"
    r"|utterly)\b|(?<=[\w)”’])!+(?=[\s)”’]|$)"
)
_WORDS = re.compile(rf"(?P<blame>{_BLAME})|(?P<animated>{_ANIMATED})", re.IGNORECASE)
# One look for a part of any of them spares most texts, and most lines of the others, the rest.
_PERHAPS = (
    "man error", "tor error", "man mistake", "tor mistake", "man fail", "tor fail", "careless",
    "negligen", "incompeten", "slopp", "reckless", "stupid", "idiot", "clums", "to blame",
    "at fault", "is fault", "er fault", "se fault", "is mistake", "er mistake", "se mistake",
    "lack of ", "should have", "should not have", "n't have", "n’t have", "ought to have",
    "failed to", "forgot to", "neglected to", "ignored", "bother", "screwed up", "messed up",
    "a mistake", "the mistake", "catastroph", "disast", "insane", "believabl", "credibl", "horri",
    "horren", "terribl", "awful", "ridicul", "outrag", "shocking", "appalling", "nightmare", "craz",
    " chaos", "te mess", "al mess", "er mess", "te failure", "al failure", "er failure", "utterly",
    "! ", "!\n", "!)", "!”", "!’", "!*", "!_",
)  # fmt: skip
# “This is not about human error” puts the blame on nobody.
_NEAR = 80  # characters
_DENIED = re.compile(
    r"\b(?:not|no|nobody|no one|never|without|beyond|rather than|instead of|less|blameless\w*)\b"
    r"[^.;:]{0,40}$|\bblameless",
    re.IGNORECASE,
)
# Bounded, because what is not closed would be looked for again from every opening.
_QUOTED = re.compile(
    r"“[^”]{0,300}”|„[^“”]{0,300}[“”]|«[^»]{0,300}»|(?<!\w)\"[^\"]{0,300}\""
    r"|(?<!\w)'[^']{0,300}'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Hit:
    word: str
    blame: bool
    place: Place


def check_words(report: Report, tokens: Sequence[Token], reading: Reading) -> None:
    """Hint at blaming and at animated words, each at its first place in a report in English."""
    body = reading.source.body.casefold()
    parts = tuple(part for part in _PERHAPS if part in body)
    if not parts and not body.rstrip().endswith("!"):
        return
    people = _people(report)
    first: dict[str, _Hit] = {}
    times: dict[str, int] = {}
    for hit in _hits(tokens, parts, people, reading):
        first.setdefault(hit.word.casefold(), hit)
        times[hit.word.casefold()] = times.get(hit.word.casefold(), 0) + 1
    if not first or not is_english(reading.source.body):
        return
    for word, hit in first.items():
        more = times[word] - 1
        again = f" (and {more} more of it)" if more else ""
        if hit.blame:
            reading.hint(
                hit.place, "blaming-words", f"“{hit.word}” puts the blame on a person{again}",
                found=hit.word, expected="what made it seem right, and what let it do harm",
            )  # fmt: skip
        else:
            what = "an exclamation mark" if "!" in hit.word else f"“{hit.word}”"
            reading.hint(
                hit.place, "animated-words", f"{what} is louder than the facts{again}",
                found=hit.word, expected="the figure: how many, how long, how much",
            )  # fmt: skip


def _people(report: Report) -> frozenset[str]:
    """Return the names of people that the report itself tells."""
    names = [*report.authors, *report.reviewers, *(approval.by for approval in report.approvals)]
    names += [action.owner for action in report.actions if action.owner]
    names += [entry.actor for entry in report.timeline if entry.actor]
    return frozenset(names)


def _hits(
    tokens: Sequence[Token], parts: tuple[str, ...], people: frozenset[str], reading: Reading
) -> Iterator[_Hit]:
    quoted = 0
    for token in tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        if token.type != "inline" or quoted or not _may_hold(token.content, parts):
            continue
        for segment in segments(token, reading.source.body_line + (token.map or [0])[0]):
            yield from _in_segment(segment, people, reading)


def _may_hold(text: str, parts: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return folded.endswith("!") or any(part in folded for part in parts)


def _in_segment(segment: Segment, people: frozenset[str], reading: Reading) -> Iterator[_Hit]:
    text = _QUOTED.sub(lambda quote: "\0" * len(quote.group()), _own_words(segment))
    for match in _WORDS.finditer(text):
        blame = match["blame"] is not None
        if blame and _DENIED.search(text[max(0, match.start() - _NEAR) : match.start()]):
            continue
        if match["name"] and not _is_person(match["name"], people):
            continue
        word = match.group()
        column = reading.source.column_of(segment.line, word)
        yield _Hit(word, blame, Place(segment.line, column))


def _own_words(segment: Segment) -> str:
    """Return a line's text; what stands as code or as an address counts as blank."""
    parts: list[str] = []
    address = False
    for child in segment.children:
        if child.type in ("link_open", "link_close"):
            address = child.type == "link_open" and child.markup in ("linkify", "autolink")
        elif child.type in ("text", "text_special") and not address:
            parts.append(child.content)
        elif child.type in ("code_inline", "text", "html_inline"):
            parts.append("\0")
    return "".join(parts)


def _is_person(name: str, people: frozenset[str]) -> bool:
    """Tell whether a name is that of a person, by itself (“A. Moreau”) or in this report."""
    return bool(re.match(r"[A-Z]\. ?\w", name)) or any(
        name == person or name in person.split() for person in people
    )
