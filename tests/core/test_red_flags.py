"""Warning signs found in messages."""

import pytest

from bot.core.model import Urgency
from bot.core.red_flags import RedFlagCheck, most_urgent
from bot.core.vocabulary import Vocabulary
from tests.conftest import GRAMMAR, SIGNS, VOCABULARY


@pytest.fixture
def check() -> RedFlagCheck:
    texts = [phrasing for sign in SIGNS for phrasing in sign.phrasings]
    vocabulary = Vocabulary(VOCABULARY, texts, GRAMMAR.small_words | GRAMMAR.negations, GRAMMAR.never_shortened)
    return RedFlagCheck(SIGNS, vocabulary, GRAMMAR)


def test_the_most_urgent_sign_comes_first(check: RedFlagCheck) -> None:
    found = check.find("six weeks no better, and a fever, and I can't pee")

    assert [sign.urgency for sign in found] == [Urgency.EMERGENCY, Urgency.URGENT, Urgency.SOON]


def test_two_signs_of_one_flag_are_told_once(check: RedFlagCheck) -> None:
    found = check.find("I can't pee. My legs are numb.")

    assert [sign.flag for sign in found] == ["bladder"]


def test_a_sign_buried_in_a_story_is_found(check: RedFlagCheck) -> None:
    story = "We moved house on Sunday. " * 40 + "Since then I cant pee. " + "How long do I ice it? " * 40

    assert [sign.flag for sign in check.find(story)] == ["bladder"]


@pytest.mark.parametrize("text", ["", "ice or heat?", "no fever", "I can pee fine"])
def test_an_ordinary_message_holds_none(check: RedFlagCheck, text: str) -> None:
    assert check.find(text) == ()


def test_the_most_urgent_of_several_is_named() -> None:
    assert most_urgent(SIGNS) is Urgency.EMERGENCY
