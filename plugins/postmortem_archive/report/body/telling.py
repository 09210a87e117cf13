"""The words that tell what happened, and none of what was done about it or of who was there.

They are those of the title, the summary, the cause, the impact and the timeline, and the code among
them: identifiers, error messages, lines of logs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from markdown_it.token import Token

from postmortem_archive.report.body.labelled import split_label
from postmortem_archive.report.body.labels import key_of
from postmortem_archive.report.body.outline import Outline, Part
from postmortem_archive.report.grammar.placeholders import is_placeholder
from postmortem_archive.report.markup.markdown import plain, segments
from postmortem_archive.report.record import Report, Text
from postmortem_archive.report.terms import code_terms, sentences, terms

_TELLING = frozenset(
    {
        "summary", "timeline", "timeline_detection", "timeline_response", "impact",
        "customer_impact", "technical_impact", "root_cause", "primary_cause", "what_happened",
        "contributing_factors", "five_whys", "trigger", "detection", "evidence", "monitoring_logs",
        "technical_details",
    }
)  # fmt: skip

# Labels before what happened; all others stand before facts, which are compared as such.
_TELLING_LABELS = frozenset(
    {"summary", "root_cause.text", "CONTRIBUTING", "EVIDENCE", "WHAT_BROKE", "detection.note"}
)

_WORDS_OF_NAMES = range(2, 4)
# A log of a day would drown what people wrote.
_MOST_SENTENCES = 400


def telling(report: Report, outline: Outline, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the sentences that tell what happened, each as its terms with a blank between.

    The title comes first. A sentence that is said twice is there once.
    """
    people = _people(report)
    every = _sentences(report, outline, tokens)
    found = (" ".join(term for term in told if term not in people) for told in every)
    return tuple(islice(dict.fromkeys(filter(None, found)), _MOST_SENTENCES))


def _people(report: Report) -> frozenset[str]:
    """Return the names of who wrote and read the report: who was there is not what happened."""
    names = (*report.authors, *report.reviewers, *(approval.by for approval in report.approvals))
    return frozenset(
        word.casefold()
        for name in names
        if len(words := name.split()) in _WORDS_OF_NAMES and all(map(str.istitle, words))
        for word in words
    )


def _sentences(
    report: Report, outline: Outline, tokens: Sequence[Token]
) -> Iterator[Sequence[str]]:
    yield terms(report.title)
    for text in _texts(report):
        yield from map(terms, sentences(text.plain))
    for part in outline.parts:
        if _is_telling(part):
            for block in part.blocks:
                yield from _of_tokens(tokens[block.start : block.stop])


def _texts(report: Report) -> Iterator[Text]:
    """Yield what front matter may tell of it; what the body tells is said there again."""
    for text in (report.summary, *(c.text for c in (report.root_cause, report.trigger) if c)):
        if text:
            yield text
    yield from (factor.text for factor in report.contributing_factors)
    for entry in report.timeline:
        yield entry.text


def _is_telling(part: Part) -> bool:
    """Whether a section tells what happened: one of its own name does where no other is around."""
    names = [name for name in (*part.parents, part.name) if name]
    return names[-1] in _TELLING if names else True


def _of_tokens(tokens: Sequence[Token]) -> Iterator[Sequence[str]]:
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield from map(code_terms, token.content.splitlines())
        elif token.type == "inline":
            yield from _of_inline(token)


def _of_inline(token: Token) -> Iterator[Sequence[str]]:
    text = "\n".join(_prose(token))
    if is_placeholder(text):
        return
    yield from map(terms, sentences(text))
    for child in token.children or []:
        if child.type == "code_inline" and " " in child.content.strip():
            yield code_terms(child.content)


def _prose(token: Token) -> Iterator[str]:
    """Yield the texts of a paragraph, without labels that say nothing and fields that are facts."""
    together: list[str] = []
    for segment in segments(token, 0):
        label, value = split_label(segment, bold_only=False) or ("", ())
        key = key_of(label) if label else None
        if key is None and (not label or plain(value)):
            together.append(segment.plain)
            continue
        yield " ".join(together)
        together = [plain(value)] if key in _TELLING_LABELS else []
    yield " ".join(together)
