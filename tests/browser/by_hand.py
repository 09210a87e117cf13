"""Searching by hand: made-up texts, and what a search should find in them by looking at each.

It knows forms of words from a table, and which word a reader meant from how the query was made; of
the engine it uses what a word is (words.py), which has tests of its own.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from postmortem_archive.site.search.documents import Document, Field, plain
from postmortem_archive.site.search.files import Item
from postmortem_archive.site.search.words import words

FORMS = (
    ("connect", "connects", "connected", "connecting", "connection", "connections"),
    ("retry", "retries", "retried", "retrying"),
    ("deploy", "deploys", "deployed", "deployment"),
    ("fail", "fails", "failed", "failing"),
    ("slow", "slows", "slowly"),
    ("cache", "caches", "cached", "caching"),
    ("queue", "queues", "queued"),
)
OTHERS = (
    "pool", "time", "timeout", "timer", "memory", "max", "maximum", "limit", "disk", "diskette",
    "504", "5041", "Grün", "checkout", "payments", "gateway", "certificate", "leaf", "leader",
)  # fmt: skip
# None of these is a form of a word above, or would be taken for one.
BEGINNINGS = (
    "connec", "depl", "mem", "tim", "dis", "cert", "pay", "gate", "lea", "check", "Grü", "maxi",
)  # fmt: skip
NAMES = (
    "max_connections", "max-conns", "java.lang.OutOfMemoryError", "10.0.3.7", "std::vector",
    "PoolTimeout", "time-out", "disk/limit",
)  # fmt: skip
SMALL = ("the", "of", "was", "in")
EVERY = [*(word for forms in FORMS for word in forms), *OTHERS, *NAMES, *SMALL]
FAMILY = {form: forms[0] for forms in FORMS for form in forms}

FEW = 5


@dataclass(frozen=True)
class Text:
    """A report with an id, a title and paragraphs."""

    id: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def blocks(self) -> tuple[str, ...]:
        return (self.id, self.title, *self.paragraphs)

    @cached_property
    def placed(self) -> list[set[tuple[str, int]]]:
        """The words of each block with their places."""
        return [set(words(block)) for block in self.blocks]

    @cached_property
    def terms(self) -> set[str]:
        return {term for block in self.placed for term, _ in block}

    @cached_property
    def named(self) -> set[str]:
        """The words of the title and the id."""
        return {term for block in self.placed[:2] for term, _ in block}

    def item(self, number: int) -> Item:
        """Return the report as the index takes it."""
        told = [
            plain("fact", self.id, Field.ID),
            plain("title", self.title, Field.TITLE),
            *(plain("prose", paragraph) for paragraph in self.paragraphs),
        ]
        return Item(
            f"{number:05}.md",
            self,
            lambda: Document(tuple(told)),
            lambda text: {"id": self.id, "title": self.title, "text": text},
        )


@dataclass(frozen=True)
class Word:
    """A word of a query, of which forms and longer words are found too."""

    written: str
    open: bool = False

    def __str__(self) -> str:
        return self.written

    @property
    def common(self) -> bool:
        return self.written in SMALL

    @cached_property
    def _own(self) -> str:
        return words(self.written)[0][0]

    def takes(self, term: str) -> bool:
        longer = len(self._own) >= 3 or self.open
        return self.is_form(term) or (longer and term.startswith(self._own))

    def is_form(self, term: str) -> bool:
        return FAMILY.get(term, term) == FAMILY.get(self._own, self._own)

    def found(self, text: Text) -> bool:
        return any(map(self.takes, text.terms))

    def in_title(self, text: Text) -> bool:
        return any(map(self.takes if self.open else self.is_form, text.named))

    def excluded(self, text: Text) -> bool:
        return any(map(self.is_form, text.terms))


@dataclass(frozen=True)
class Phrase:
    """Words in quotes."""

    written: str
    common = False

    def __str__(self) -> str:
        return f'"{self.written}"'

    @cached_property
    def _wanted(self) -> list[str]:
        # In a phrase each place has one word; the whole of joined ones has no place of its own.
        told = " ".join(self.written.translate(dict.fromkeys(map(ord, "_-./:@"), " ")).split())
        return [term for term, place in words(told) if (term, place) == _first_at(told, place)]

    def found(self, text: Text) -> bool:
        wanted = self._wanted
        return any(
            all((term, place + step) in block for step, term in enumerate(wanted))
            for block in text.placed
            for _, place in block
        )

    def in_title(self, text: Text) -> bool:
        return self.found(text) and set(self._wanted) <= text.named

    excluded = found


def _first_at(text: str, place: int) -> tuple[str, int]:
    return next(word for word in words(text) if word[1] == place)


@dataclass(frozen=True)
class Query:
    """What a reader asks for."""

    wanted: tuple[Word | Phrase, ...]
    without: tuple[Word | Phrase, ...] = ()

    def __str__(self) -> str:
        return " ".join([*map(str, self.wanted), *(f"-{one}" for one in self.without)])

    @property
    def heeded(self) -> list[Word | Phrase]:
        """The words that a report should have: function words only where there are no others."""
        told = [one for one in self.wanted if not one.common]
        return list(dict.fromkeys(told or self.wanted))

    def found(self, texts: Sequence[Text]) -> tuple[dict[int, tuple[int, int]], int]:
        """Return the reports that should be found, by number, and how many have every word.

        Of each, what it is ranked by before its score: 2 where the title has every word, 1 where
        the report has, 0 where it lacks some, and less how many it lacks.
        """
        heeded = self.heeded
        lacks: dict[int, int] = {}
        for number, text in enumerate(texts):
            if not any(one.excluded(text) for one in self.without):
                lacks[number] = sum(not one.found(text) for one in heeded)
        most = 0
        while sum(lack <= most for lack in lacks.values()) < FEW and most + 1 < len(heeded):
            most += 1
        ranks = {
            number: (
                1 + all(one.in_title(texts[number]) for one in heeded) if not lack else 0,
                -lack,
            )
            for number, lack in lacks.items()
            if lack <= most
        }
        return ranks, sum(not lack for lack in lacks.values())


def texts(chance: random.Random, count: int) -> Iterator[Text]:
    """Make up reports."""

    def several(least: int, most: int) -> str:
        some = chance.choices(EVERY, k=chance.randint(least, most))
        return " ".join(word.capitalize() if chance.random() < 0.1 else word for word in some)

    for number in range(count):
        paragraphs = tuple(several(3, 12) for _ in range(chance.randint(1, 3)))
        yield Text(f"INC-{2020 + number // 100}-{number % 100:03}", several(1, 3), paragraphs)


def queries(chance: random.Random, made: Sequence[Text], count: int) -> Iterator[Query]:
    """Make up queries: words of the texts, the beginnings of some, and phrases that occur."""
    plain_words = [word for word in EVERY if word.isalnum()]

    def part() -> Word | Phrase:
        kind = chance.random()
        if kind < 0.6:
            return Word(chance.choice(plain_words))
        if kind < 0.8:
            return Word(chance.choice(BEGINNINGS))
        block = chance.choice(chance.choice(made).blocks).split()
        start = chance.randrange(len(block))
        return Phrase(" ".join(block[start : start + chance.randint(1, 3)]))

    for _ in range(count):
        wanted = tuple(part() for _ in range(chance.choice((1, 1, 2, 2, 3, 4))))
        without = tuple(part() for _ in range(chance.choice((0, 0, 0, 1, 2))))
        without = tuple(one for one in without if not str(one)[0].isdigit())
        yield Query(wanted, without)


@dataclass(frozen=True)
class Facet:
    """What each report has of a facet: some of its values, by name."""

    values: tuple[str, ...]
    of: tuple[frozenset[str], ...]
    several: bool

    def plain(self) -> dict[str, object]:
        """Return the facet as the index has it."""
        places = [[self.values.index(name) for name in sorted(has)] for has in self.of]
        one = [has[0] if has else None for has in places]
        named = [{"name": name, "title": name.upper()} for name in self.values]
        return {"title": "Facet", "values": named, "of": places if self.several else one}


@dataclass(frozen=True)
class Filters:
    """What a reader has chosen."""

    facets: dict[str, dict[str, list[str]]]
    days: tuple[int | None, int | None]
    minutes: tuple[int | None, int | None]

    def passed(self, columns: "Columns", number: int, but: str = "") -> bool:
        """Tell whether a report passes all filters, that of the facet `but` apart."""
        for name, filter_ in self.facets.items():
            has = columns.facets[name].of[number]
            if name == but:
                continue
            if filter_.get("any") and not has & set(filter_["any"]):
                return False
            if has & set(filter_.get("not", ())):
                return False
        return _within(columns.day[number], *self.days) and _within(
            columns.ttr[number], *self.minutes
        )


def _within(value: float | None, least: int | None, most: int | None) -> bool:
    if least is None and most is None:
        return True
    return (
        value is not None and (least is None or value >= least) and (most is None or value <= most)
    )


@dataclass(frozen=True)
class Columns:
    """What is known of each report."""

    facets: dict[str, Facet]
    day: tuple[int | None, ...]
    ttr: tuple[int | None, ...]

    def plain(self) -> dict[str, object]:
        """Return the columns as the index has them."""
        facets = {name: facet.plain() for name, facet in self.facets.items()}
        return {"facets": facets, "day": self.day, "minutes": {"ttr": self.ttr}}

    def counts(self, asked: Iterable[int], filters: Filters) -> dict[str, list[int]]:
        """Count by looking at every report, for every value anew."""
        numbers = list(asked)
        return {
            name: [
                sum(
                    value in facet.of[number] and filters.passed(self, number, but=name)
                    for number in numbers
                )
                for value in facet.values
            ]
            for name, facet in self.facets.items()
        }


def columns(chance: random.Random, count: int) -> Columns:
    """Make up columns, with values that no report has and reports without any."""

    def facet(values: str, most: int) -> Facet:
        names = tuple(values.split())
        of = tuple(
            frozenset(chance.sample(names[:-1], chance.randint(0, most))) for _ in range(count)
        )
        return Facet(names, of, several=most > 1)

    return Columns(
        {
            "severity": facet("1 2 3 4 none", 1),
            "service": facet("checkout search payments mail none", 3),
            "cause": facet("disk config unknown", 1),
            "tag": facet("a b c d e f", 4),
        },
        tuple(chance.choice((None, *range(19000, 20500, 7))) for _ in range(count)),
        tuple(chance.choice((None, *range(0, 3000, 15))) for _ in range(count)),
    )


def filters(chance: random.Random, made: Columns) -> Filters:
    """Make up a choice of filters."""
    chosen: dict[str, dict[str, list[str]]] = {}
    for name, facet in made.facets.items():
        if chance.random() < 0.4:
            kinds = chance.choice((("any",), ("not",), ("any", "not")))
            chosen[name] = {
                kind: chance.sample(facet.values, chance.randint(0, 2)) for kind in kinds
            }

    def ends(least: int, most: int) -> tuple[int | None, int | None]:
        return tuple(
            chance.randint(least, most) if chance.random() < 0.25 else None for _ in range(2)
        )

    return Filters(chosen, ends(19000, 20500), ends(0, 3000))
