"""Words weighed for signs against ordinary questions."""

import pytest

from bot.core.second_look import SecondLook
from bot.core.vocabulary import Token, Vocabulary
from tests.conftest import GRAMMAR

MEANT = {
    "bladder": ["bladder leaks", "bladder will never empty", "bladder leaks when coughing"] * 4,
    "saddle": ["seat gone woolly", "seat asleep and woolly"] * 4,
    "none": [],
}
ORDINARY = ["which stretch when coughing", "is heat good", "stretch or heat", "sit on a good seat"] * 5
VOCABULARY = Vocabulary({}, [*ORDINARY, *(text for texts in MEANT.values() for text in texts)])


@pytest.fixture
def look() -> SecondLook:
    return SecondLook(MEANT, ORDINARY, VOCABULARY, GRAMMAR)


def read(text: str) -> tuple[Token, ...]:
    return VOCABULARY.read(text)[0]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("my bladder empty leaks", "bladder"),
        ("woolly asleep seat", "saddle"),
        ("stretch the seat", None),
        ("xyz", None),
    ],
)
def test_a_sign_is_suspected_by_the_words_people_use_for_it(look: SecondLook, text: str, sign: str | None) -> None:
    assert look.suspect(read(text)) == sign


def test_a_word_says_how_much_it_speaks_for_a_sign(look: SecondLook) -> None:
    assert look.weigh("leak") > 0 > look.weigh("heat")
    assert look.weigh("xyz") == 0.0


def test_no_single_word_raises_a_suspicion(look: SecondLook) -> None:
    assert look.suspect(read("woolly")) is None


def test_without_signs_nothing_is_suspected() -> None:
    assert SecondLook({}, ORDINARY, VOCABULARY, GRAMMAR).suspect(read("woolly asleep seat bladder leaks")) is None
