"""The form of a language's table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# A word of the archive -> what a report may write for it.
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Language:
    """What reports in one language call the things that the archive reads.

    `sections` holds headings, `labels` those of lines, `within` what a heading means below a
    certain section. `columns` are the heads of action tables, `times`, `days` and `actors` those
    of timelines, `fields` those of tables of two columns that hold labels and values. `aliases`
    has, for each vocabulary, further spellings of its terms. `months` are names and abbreviations,
    and so are `weekdays`, Monday being 0.

    `rows` are patterns (without case) of what a timeline's row says when it tells a milestone, the
    surest first; `denied` of what takes a row's word back, ahead of it in its clause, `failed`
    after it. `worse` announces a list of contributing factors, `down` follows the name of a service
    that failed. `began` and `ended` stand right before the moment when harm did so, `harm` is in a
    sentence that opens with the moment when it began; `remedied` are the deeds that end harm.
    `no_service` are words that stand where a service's name would, and are none. `decisions` are
    the headings of decisions in an author's page about a period.

    `relations` are patterns of what stands before the name of an earlier incident, by relation;
    `unrelated` of what, ahead of them, takes them back. `function_words` are those that say nothing
    of what a sentence is about, units and names of months among them.
    """

    sections: Words
    labels: Words
    columns: Words
    times: tuple[str, ...]
    days: tuple[str, ...]
    actors: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    rows: Words
    denied: str
    failed: str
    worse: str
    down: str
    began: str
    ended: str
    harm: str
    remedied: str
    no_service: str
    decisions: tuple[str, ...]
    relations: Words
    unrelated: str
    function_words: str
    aliases: Mapping[str, Words] = field(default_factory=dict)
    within: Mapping[tuple[str, str], str] = field(default_factory=dict)
