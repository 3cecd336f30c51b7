"""Which entry a question's words come from."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.likelihood import Features, Likelihood, letter_features, word_features
from bot.core.vocabulary import Token

WEIGHTS = {"ice": 2.0, "heat": 2.0, "often": 1.0, "how": 0.5}


def tokens(text: str) -> list[Token]:
    return [Token(word, position) for position, word in enumerate(text.split())]


def features(text: str) -> Features:
    return word_features(tokens(text), WEIGHTS)


def likelihood(*texts: tuple[int, str], entries: int = 2) -> Likelihood:
    return Likelihood([(entry, features(text)) for entry, text in texts], entries)


def first(logs: Sequence[float]) -> int:
    return max(range(len(logs)), key=logs.__getitem__)


def test_probabilities_add_up_to_one() -> None:
    logs = likelihood((0, "ice often"), (1, "heat")).weigh(features("ice heat how"))

    assert sum(map(math.exp, logs)) == pytest.approx(1)


def test_an_entry_that_says_a_word_often_is_likelier_than_one_that_says_it_once() -> None:
    said = likelihood(
        (0, "heat"), (0, "ice often"), (0, "ice how"), (1, "often ice"), (1, "ice often"), (1, "heat often")
    )

    assert first(said.weigh(features("often"))) == 1


def test_two_words_side_by_side_tell_more_than_apart() -> None:
    said = likelihood((0, "how often"), (0, "ice heat"), (1, "how ice"), (1, "heat often"))
    together, apart = said.weigh(features("how often")), said.weigh(features("often how"))

    assert first(together) == 0
    assert together[0] > apart[0]


def test_a_word_that_no_phrasing_uses_changes_nothing() -> None:
    said = likelihood((0, "ice often"), (1, "heat"))

    assert said.weigh(features("zebra")) == pytest.approx([math.log(0.5)] * 2, abs=1e-9)


def test_a_misspelt_word_tells_less() -> None:
    said = likelihood((0, "ice often"), (1, "heat how"))
    sure, unsure = (
        said.weigh(word_features([Token("ice", 0, certainty), Token("how", 2)], WEIGHTS)) for certainty in (1.0, 0.75)
    )

    assert sure[0] > unsure[0]


@given(st.text(alphabet="abc ", max_size=40))
def test_any_words_have_probabilities(text: str) -> None:
    logs = likelihood((0, "a b"), (1, "b c a"), entries=3).weigh(features(text))

    assert len(logs) == 3
    assert sum(map(math.exp, logs)) == pytest.approx(1)


def test_letters_know_a_word_by_its_parts() -> None:
    runs = dict.fromkeys(["<st", "str", "tre", "ret", "etc", "tch", "<st", "stre", "tret"], 1.0)
    said = Likelihood([(0, letter_features(tokens("heat"), runs)), (1, letter_features(tokens("stretch"), runs))], 2)

    assert first(said.weigh(letter_features(tokens("stretchy"), runs))) == 1


def test_the_features_of_a_text_have_length_one() -> None:
    assert sum(value**2 for value in features("how often ice").values()) == pytest.approx(1)


def test_no_word_has_no_features() -> None:
    assert (features(""), letter_features([], {})) == ({}, {})
