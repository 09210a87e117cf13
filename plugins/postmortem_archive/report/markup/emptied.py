"""What is left without content where a part of a body is taken out of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from markdown_it.token import Token

Range = tuple[int, int]

_BELOW_ALL = 7


def indexes(ranges: Collection[Range]) -> set[int]:
    """Return the indexes of the tokens in some ranges."""
    return {index for start, stop in ranges for index in range(start, stop)}


def left_empty(
    tokens: Sequence[Token],
    gone: Collection[int],
    starts: Sequence[int],
    headings: Collection[int],
    bold: Collection[int] = (),
) -> list[list[Range]]:
    """Return what holds nothing more once the tokens `gone` are, around each of the `starts`.

    That are the lists and quotes around it, then those of the `headings` that stand above it, with
    the rules that set their sections apart. A heading over two of them goes with the last. The
    paragraphs `bold` are headings too, below all others.
    """
    left = set(gone)
    found: list[list[Range]] = []
    for start in starts:
        own: list[Range] = []
        for ranges in (*_around(tokens, start, left), *_above(tokens, start, left, headings, bold)):
            own += ranges
        found.append(own)
    return found


def _around(tokens: Sequence[Token], start: int, left: set[int]) -> Iterator[list[Range]]:
    """Yield the ends of the elements around a token that are empty, the innermost first."""
    opened, end = start, start
    while (opened := _opening(tokens, opened)) >= 0:
        end = _closing(tokens, opened)
        if not left.issuperset(range(opened + 1, end)):
            return
        left |= {opened, end}
        yield [(opened, opened + 1), (end, end + 1)]


def _opening(tokens: Sequence[Token], index: int) -> int:
    level = tokens[index].level
    return next((i for i in range(index - 1, -1, -1) if tokens[i].level < level), -1)


def _closing(tokens: Sequence[Token], opened: int) -> int:
    level = tokens[opened].level
    return next(
        i for i in range(opened + 1, len(tokens))
        if tokens[i].level == level and tokens[i].nesting == -1
    )  # fmt: skip


def _above(
    tokens: Sequence[Token],
    start: int,
    left: set[int],
    headings: Collection[int],
    bold: Collection[int],
) -> Iterator[list[Range]]:
    """Yield the headings above a token whose sections are empty, the nearest first."""
    lowest = _BELOW_ALL
    for index in range(start - 1, -1, -1):
        level = _level(tokens, index, bold)
        if level is None or level >= lowest:
            continue
        lowest = level
        if index in left:
            continue
        rest = [i for i in range(index + 3, _end(tokens, index, lowest, bold)) if i not in left]
        if index not in headings or any(tokens[i].type != "hr" for i in rest):
            return
        left |= {index, index + 1, index + 2, *rest}
        yield [(index, index + 3), *((i, i + 1) for i in rest)]


def _level(tokens: Sequence[Token], index: int, bold: Collection[int]) -> int | None:
    """Return the level of the heading that begins with a token, None where none does."""
    token = tokens[index]
    if token.type == "heading_open" and not token.level:
        return int(token.tag[1])
    return _BELOW_ALL - 1 if index in bold else None


def _end(tokens: Sequence[Token], heading: int, lowest: int, bold: Collection[int]) -> int:
    """Return where the section of a heading ends."""
    for index in range(heading + 3, len(tokens)):
        if tokens[index].type == "footnote_block_open":
            return index
        level = _level(tokens, index, bold)
        if level is not None and level <= lowest:
            return index
    return len(tokens)
