import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.site.search.words import LONGEST, words

CASES = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
TEXTS = st.text() | st.text("aZ9é\u0301_-./:@ ΣςİßﬁA", max_size=40)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"][:30]))
def test_a_text_has_the_words_that_both_sides_agree_on(case: dict):
    assert [list(word) for word in words(case["text"])] == case["words"]


@given(TEXTS)
def test_any_text_has_words_of_letters_digits_and_joints(text: str):
    for word, place in words(text):
        assert place >= 0
        assert 0 < len(word) <= LONGEST
        kinds = {
            unicodedata.category(character)[0] for character in word if character not in "_-./:@"
        }
        assert kinds <= {"L", "N"}


@given(TEXTS)
def test_how_a_text_is_composed_says_nothing(text: str):
    told = {
        form: words(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")
    }
    assert all(found == words(text) for found in told.values())


@given(TEXTS)
def test_a_word_is_found_by_itself(text: str):
    for word, _ in words(text):
        again = [found for found, _ in words(word)]
        assert word in again


@given(TEXTS, TEXTS)
def test_places_go_on_in_the_next_text(one: str, other: str):
    first, second = words(one), words(other)
    width = max((place for _, place in first), default=-1) + 1
    assert words(f"{one} {other}") == [*first, *((word, place + width) for word, place in second)]
