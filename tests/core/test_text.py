"""The normal form of what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import LONGEST_QUESTION, MOST_SENTENCES, normalise, sentences, stem, words


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("ICE Or Heat", "ice or heat"),
        ("I can’t pee", "i cant pee"),
        ("ｃａｎ'ｔ ｐｅｅ", "cant pee"),
        ("c\u200ban't p\u00adee", "cant pee"),
        ("\u202ecant pee\u202c", "cant pee"),
        ("саn't реe", "cant pee"),  # Cyrillic look-alikes
        ("café", "cafe"),
        ("z\u0351\u0300a\u0300lgo", "zalgo"),
        ("ﬁsh", "fish"),
        ("\x00pee\x07", "pee"),
    ],
)
def test_the_same_words_have_the_same_normal_form(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


def test_a_letter_that_unfolds_into_eighteen_stays_within_the_cap() -> None:
    assert len(normalise("\ufdfa" * LONGEST_QUESTION)) <= LONGEST_QUESTION


@given(st.text(max_size=300))
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once


@given(st.text(st.characters(max_codepoint=127), max_size=300))
def test_the_short_way_for_plain_text_leads_to_the_same_form(text: str) -> None:
    assert normalise(text) == normalise(text + "\u200b")


@given(st.text(max_size=300))
def test_words_hold_letters_and_digits_only(text: str) -> None:
    assert all(word.isalnum() for word in words(text))


def test_the_same_words_whether_split_into_sentences_or_not() -> None:
    text = "Hurts a lot! Since Monday; 3.5 days... no fever, no chills\nCan I run?"

    assert [word for part in sentences(text) for word in part if word != ","] == list(words(text))


def test_what_is_over_the_most_sentences_stands_in_the_last() -> None:
    parts = sentences("ice\n" * 2 * MOST_SENTENCES)

    assert len(parts) == MOST_SENTENCES
    assert parts[-1] == ("ice",) * (MOST_SENTENCES + 1)


def test_commas_stay_in_sentences() -> None:
    assert sentences("no fever, numb legs") == (("no", "fever", ",", "numb", "legs"),)


@pytest.mark.parametrize("text", ["", "   ", "?!…", "👍", "\u200b\u2060"])
def test_a_text_without_a_word_has_no_sentence(text: str) -> None:
    assert sentences(text) == ()


@pytest.mark.parametrize("word", ["ice", "is", "this", "pee", "disc", "gas", "bus", "nausea", "back"])
def test_a_word_without_an_ending_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    "forms",
    [
        ("spasm", "spasms", "spasmed"),
        ("lift", "lifts", "lifting", "lifted"),
        ("stretch", "stretches", "stretching"),
        ("injury", "injuries"),
    ],
    ids=lambda forms: forms[0],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1
