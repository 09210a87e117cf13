"""The files of a search, read back by a reader that knows nothing of how they were made."""

import gzip
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem_archive.site.search import files, postings, shards
from postmortem_archive.site.search.documents import HIDDEN, Block, Document, Field
from postmortem_archive.site.search.files import Found, Item, search_files
from postmortem_archive.site.search.words import words

from .reader import Numbers, Reader

Told = tuple[str, Document]

_TEXT = st.lists(
    st.sampled_from(["pool", "Pool-size", "a", "OutOfMemory", "é", "10.0.3.7", ",", "\n", "𐐀x"]),
    max_size=6,
).map(" ".join)
_BLOCKS = st.builds(
    Block,
    st.sampled_from(["prose", "title", "code", HIDDEN]),
    st.lists(st.tuples(st.sampled_from(Field), _TEXT), max_size=3).map(tuple),
)
DOCUMENTS = st.builds(Document, st.lists(_BLOCKS, max_size=4).map(tuple))
ARCHIVES = st.lists(
    st.tuples(st.text("abcdef", min_size=1, max_size=3), DOCUMENTS),
    max_size=8,
    unique_by=lambda told: told[0],
).map(lambda told: sorted(told, key=lambda one: one[0]))


def item(key: str, document: Document) -> Item:
    return Item(key, document, lambda: document, lambda text: {"title": key, "text": text})


def made(archive: Sequence[Told], before: Found | None = None, **more) -> Found:
    return search_files([item(*told) for told in archive], [], {}, {}, before=before, **more)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Have several segments, shards and packs in archives of few words."""
    monkeypatch.setattr(files, "_ONE_IN", 2)
    monkeypatch.setattr(files, "CARDS_AT_ONCE", 3)
    monkeypatch.setattr(shards, "_ENOUGH", 20)
    monkeypatch.setattr(shards, "_MOST", 300)
    monkeypatch.setattr(shards, "_ONE_IN", 2)


def occurrences(document: Document) -> dict[str, list[tuple[int, Field]]]:
    """Give the place and the field of each occurrence of each word, as the design has it."""
    found = defaultdict(list)
    start = 0
    for block in document.blocks:
        for field, text in block.parts:
            told = words(text)
            for word, place in told:
                found[word].append((start + place, field))
            start += max((place for _, place in told), default=-1) + 1
        start += 10
    return found


@given(ARCHIVES)
@settings(max_examples=40)
def test_every_word_is_found_in_its_documents_at_its_places(archive: list[Told]):
    expected = defaultdict(list)
    for number, (_, document) in enumerate(archive):
        for word, told in occurrences(document).items():
            expected[word].append((number, [place for place, _ in told]))
    found = Reader(made(archive).files).postings()
    assert {word: [(p.doc, p.places) for p in told] for word, told in found.items()} == expected


@given(ARCHIVES)
@settings(max_examples=40)
def test_a_weight_is_that_of_its_formula(archive: list[Told]):
    lengths = [
        [sum(len(text) for b in d.blocks for f, text in b.parts if f is field) for field in Field]
        for _, d in archive
    ]
    mean = {}
    for field in Field:
        told = [length[field] for length in lengths if length[field]]
        mean[field] = 2 ** round(math.log2(max(1, sum(told) // len(told)))) if told else 1
    found = Reader(made(archive).files).postings()
    for number, (_, document) in enumerate(archive):
        for word, told in occurrences(document).items():
            amount = 0.0
            for _, field in told:
                b = 0 if field in (Field.ID, Field.TITLE) else 0.4
                norm = 1 - b + b * lengths[number][field] / mean[field]
                amount += [12, 8, 4, 3, 2, 1][field] / norm
            (posting,) = (p for p in found[word] if p.doc == number)
            if word == own_id(document):
                assert posting.weight == 255
                continue
            titled = any(field in (Field.ID, Field.TITLE) for _, field in told)
            assert posting.weight >= 128 if titled else posting.weight < 127
            weight = min(126, 127 * amount / (1.2 + amount))
            assert posting.weight & 127 == pytest.approx(weight, abs=0.501)


def own_id(document: Document) -> str | None:
    told = [text for block in document.blocks for field, text in block.parts if field is Field.ID]
    first = told[0].strip(" ,\n") if told else ""
    return words(first)[0][0] if first and " " not in first and "," not in first else None


@given(ARCHIVES)
@settings(max_examples=20)
def test_words_stand_in_the_order_of_javascript(archive: list[Told]):
    found = list(Reader(made(archive).files).postings())
    assert found == sorted(found, key=lambda word: word.encode("utf-16-be"))


@given(ARCHIVES)
@settings(max_examples=40)
def test_texts_and_cards_are_those_of_the_documents(archive: list[Told]):
    reader = Reader(made(archive).files)
    assert [card["title"] for card in reader.cards()] == [key for key, _ in archive]
    assert reader.index["reports"]["count"] == len(archive)
    for blocks, (_, document) in zip(reader.texts(), archive, strict=True):
        assert blocks == [
            [block.kind, "".join(text for _, text in block.parts)]
            for block in document.blocks
            if block.kind != HIDDEN
        ]


@given(ARCHIVES)
@settings(max_examples=40)
def test_each_file_is_named_by_what_it_holds_and_named_by_another(archive: list[Told]):
    found = made(archive).files
    reader = Reader(found)
    assert {f"{name}.bin" for name in reader.named()} == found.keys() - {"index.json"}
    for name, content in found.items():
        if name != "index.json":
            assert content[:10] == b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
            digest = hashlib.sha256(gzip.decompress(content)).hexdigest()
            assert name == f"{digest[:12]}.bin"


@given(ARCHIVES, ARCHIVES)
@settings(max_examples=40)
def test_files_made_from_earlier_ones_are_those_from_scratch(first: list[Told], then: list[Told]):
    before = made(first)
    found = made(then, before)
    assert dict(found.files) == dict(made(then).files)
    again = made(first, found)
    assert dict(again.files) == dict(before.files)


@given(ARCHIVES.filter(len), st.data())
@settings(max_examples=40)
def test_one_report_more_or_less_or_edited_gives_the_files_from_scratch(archive, data):
    place = data.draw(st.integers(0, len(archive) - 1))
    without = archive[:place] + archive[place + 1 :]
    edited = [*archive]
    edited[place] = (archive[place][0], data.draw(DOCUMENTS))
    whole = made(archive)
    for other in (without, edited):
        assert dict(made(other, whole).files) == dict(made(other).files)
        assert dict(made(archive, made(other)).files) == dict(whole.files)


def prose(text: str) -> Document:
    return Document((Block("prose", ((Field.BODY, text),)),))


def archive_of(count: int) -> list[Told]:
    return [
        (f"2025/{n:04}.md", prose(f"report number{n} speaks of word{n % 7}")) for n in range(count)
    ]


def test_what_has_not_changed_is_not_made_again(monkeypatch):
    archive = archive_of(40)
    before = made(archive)
    edited = [*archive]
    edited[20] = (edited[20][0], prose("report number20 speaks of something else"))
    segments, packs, documents = [], [], []
    segment, packed = files.segment, files.packed

    def counting_segment(told, *rest):
        found = list(told)
        segments.append(found)
        return segment(found, *rest)

    def counting_packed(content):
        packs.append(content)
        return packed(content)

    def counting_item(key, document):
        def make():
            documents.append(key)
            return document

        return Item(key, document, make, lambda text: {"title": key, "text": text})

    monkeypatch.setattr(files, "segment", counting_segment)
    monkeypatch.setattr(files, "packed", counting_packed)
    items = [counting_item(*told) for told in edited]
    found = search_files(items, [], {}, {}, before=before)
    assert len(segments) == 1
    assert set(documents) <= {key for key, document in edited if document in segments[0]}
    assert len(packs) == len(found.files.keys() - before.files.keys() - {"index.json"})
    assert dict(found.files) == dict(made(edited).files)


def test_a_report_at_the_end_leaves_the_words_of_others_alone():
    archive = archive_of(40)
    before = Reader(made(archive).files)
    after = Reader(made([*archive, ("2026/1.md", prose("zebra crossing"))]).files)
    names = {name for _, name in before.index["reports"]["terms"]}
    still = {name for _, name in after.index["reports"]["terms"]} & names
    assert len(still) >= len(names) - 2
    assert before.index["reports"]["cards"][:-1] == after.index["reports"]["cards"][:13]


def test_other_settings_make_all_anew():
    archive = archive_of(4)
    before = made(archive, settings="one")
    changed = [Item(key, doc, lambda: prose("changed"), lambda _: {}) for key, doc in archive]
    kept = search_files(changed, [], {}, {}, settings="one", before=before)
    anew = search_files(changed, [], {}, {}, settings="other", before=before)
    assert set(Reader(kept.files).postings()) == set(Reader(before.files).postings())
    assert set(Reader(anew.files).postings()) == {"changed"}


def test_pages_are_a_collection_of_their_own():
    pages = [item("guide/", prose("severity is a scale"))]
    found = search_files([item(*told) for told in archive_of(3)], pages, {}, {})
    reader = Reader(found.files)
    assert set(reader.postings("pages")) == {"severity", "is", "a", "scale"}
    assert "severity" not in reader.postings()
    assert reader.cards("pages")[0]["title"] == "guide/"


def test_columns_and_orders_are_files():
    found = search_files([], [], {"day": [1]}, {"title": [0]})
    reader = Reader(found.files)
    told = reader.index["reports"]
    assert (reader.json(told["columns"]), reader.json(told["orders"])) == (
        {"day": [1]},
        {"title": [0]},
    )
    assert json.loads(found.files["index.json"])["version"] == 1


def test_half_a_surrogate_pair_stops_nothing():
    found = made([("a", prose("bad \ud800 text"))])
    assert Reader(found.files).texts() == [[["prose", "bad ? text"]]]


@pytest.mark.parametrize("number", [0, 1, 127, 128, 16_383, 16_384, 300_000])
def test_numbers_are_leb128(number: int):
    told = postings.leb128(number)
    assert Numbers(told).next() == number
    assert len(told) == max(1, -(-number.bit_length() // 7))
