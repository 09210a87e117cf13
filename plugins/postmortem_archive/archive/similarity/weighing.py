"""How much it says that two reports share a term or a fact: the rarer it is, the more.

What a term tells is the logarithm of how few reports have it (Spärck Jones 1972), in bits. The
numbers of reports are rounded to powers of two, so that one more report moves hardly any weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from math import fsum, log, sqrt

from postmortem_archive.archive.similarity.features import Key

# A sentence that stands in more reports than this share of them is a template's, and so is one in
# more reports than any chain of recurrences has.
_COMMON = 1 / 64
_LONGEST_CHAIN = 8
FEWEST_BITS = 2
"""A term that tells less than this, because a third of the archive has it, weighs nothing."""

# The terms of a report that tell most; those behind them change its place in no list.
MOST_TERMS = 96


def rounded(count: int) -> int:
    """Return a count rounded to the nearest power of two, in the sense of their logarithms."""
    if count < 1:
        return 0
    power = 1 << (count.bit_length() - 1)
    return power if count * count < 2 * power * power else 2 * power


def bits(count: int, of: int) -> int:
    """Return what it tells to be one of `count` among so many reports, in bits."""
    return max(0, rounded(of).bit_length() - rounded(max(count, 1)).bit_length())


def is_boilerplate(count: int, of: int) -> bool:
    """Whether a sentence in `count` of so many reports is said by habit."""
    return rounded(count) > max(_LONGEST_CHAIN, rounded(of) * _COMMON)


def count_terms(sentences: Iterable[str], habits: Container[str]) -> Counter[str]:
    """Return how often each term is told; those of the title, which comes first, count twice.

    What is said by habit does not count.
    """
    counts: Counter[str] = Counter()
    for number, sentence in enumerate(sentences):
        if sentence not in habits:
            terms = sentence.split(" ")
            counts.update(terms if number else terms * 2)
    return counts


def vector(counts: Mapping[str, int], worth: Mapping[Key, int], most: int) -> dict[str, float]:
    """Return the weights of a report's terms that others have, at most the heaviest `MOST_TERMS`.

    A term weighs its bits, times one and the logarithm of how often it is told; all terms together
    make a length of 1. `worth` has the bits of every term, of which no report but this one has
    those that are worth the `most`.
    """
    weights = {
        term: told if count == 1 else (1 + log(count)) * told
        for term, count in counts.items()
        if (told := worth[term]) >= FEWEST_BITS
    }
    length = sqrt(fsum(weight * weight for weight in weights.values()))
    shared = ((term, weight) for term, weight in weights.items() if worth[term] < most)
    heaviest = sorted(shared, key=lambda item: (-item[1], item[0]))[:MOST_TERMS]
    return {term: weight / length for term, weight in heaviest}
