"""Spelling mended, lay words folded."""

import pytest

from bot.core.vocabulary import MOST_MENDED, Vocabulary, is_understood

VOCABULARY = Vocabulary(
    {"frozen peas": "ice", "pass water": "pee", "pass": "go", "leg": "leg", "legs": "legs"},
    texts=["ice or heat", "numb back", "stretching", "hear"],
    never_shortened=["legs"],
)


def read(text: str) -> list[str]:
    return [token.text for sentence in VOCABULARY.read(text) for token in sentence]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("heta", "heat"), ("bakc", "back"), ("nummb", "numb"), ("streching", "stretch"), ("bak", "back")],
)
def test_a_misspelling_becomes_the_nearest_known_word(typed: str, meant: str) -> None:
    assert read(typed) == [meant]


@pytest.mark.parametrize("word", ["hear", "heat", "or"])
def test_a_known_word_is_never_mended(word: str) -> None:
    assert read(word) == [word]


@pytest.mark.parametrize("word", ["zebra", "xylophone", "qu", "12345", "a" * 400])
def test_a_word_far_from_all_known_ones_stays(word: str) -> None:
    ((token,),) = VOCABULARY.read(word)

    assert token.certainty == 1.0


def test_the_longest_term_wins() -> None:
    assert read("cant pass water") == ["cant", "pee"]


def test_a_term_is_found_through_misspellings_and_endings() -> None:
    assert read("frozn pea") == ["ice"]


def test_a_mended_word_is_less_certain_than_one_typed_right() -> None:
    ((right, wrong),) = VOCABULARY.read("heat heta")

    assert wrong.certainty < right.certainty == 1.0


def test_two_legs_are_not_one_leg() -> None:
    assert read("leg legs") == ["leg", "legs"]


def test_only_so_many_words_of_a_hostile_text_are_looked_up() -> None:
    unknown = [f"q{number}bakc" for number in range(MOST_MENDED)]

    assert read(" ".join([*unknown, "bakc"]))[-1] == "bakc"
    assert read(". ".join([*unknown, "bakc"]))[-1] == "bakc"


def test_a_common_word_is_no_misspelling_and_no_word_is_one_of_it() -> None:
    vocabulary = Vocabulary({}, ["transplant"], common_words={"transport", "transit"})

    assert [token.text for token in vocabulary.read("transport")[0]] == ["transport"]
    assert [token.text for token in vocabulary.read("transit transpot")[0]] == ["transit", "transplant"]
    assert vocabulary.knows("transport")
    assert is_understood(vocabulary.read("transport transit"))
