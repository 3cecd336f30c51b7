"""Warning signs found in messages."""

from collections.abc import Callable

import pytest

from bot.core.model import RedFlag, Urgency
from bot.core.red_flags import RedFlagCheck, most_urgent
from bot.core.vocabulary import Vocabulary
from tests.conftest import GRAMMAR, SIGNS, VOCABULARY

Find = Callable[[str], tuple[RedFlag, ...]]


@pytest.fixture
def find() -> Find:
    texts = [phrasing for sign in SIGNS for phrasing in sign.phrasings]
    vocabulary = Vocabulary(VOCABULARY, texts, GRAMMAR.small_words | GRAMMAR.negations, GRAMMAR.never_shortened)
    check = RedFlagCheck(SIGNS, vocabulary, GRAMMAR)
    return lambda text: check.find(vocabulary.read(text))


def test_the_most_urgent_sign_comes_first(find: Find) -> None:
    found = find("six weeks no better, and a fever, and I can't pee")

    assert [sign.urgency for sign in found] == [Urgency.EMERGENCY, Urgency.URGENT, Urgency.SOON]


def test_two_signs_of_one_flag_are_told_once(find: Find) -> None:
    found = find("I can't pee. My legs are numb.")

    assert [sign.flag for sign in found] == ["bladder"]


def test_a_sign_buried_in_a_story_is_found(find: Find) -> None:
    story = "We moved house on Sunday. " * 40 + "Since then I cant pee. " + "How long do I ice it? " * 40

    assert [sign.flag for sign in find(story)] == ["bladder"]


@pytest.mark.parametrize("text", ["", "ice or heat?", "no fever", "I can pee fine"])
def test_an_ordinary_message_holds_none(find: Find, text: str) -> None:
    assert find(text) == ()


def test_the_most_urgent_of_several_is_named() -> None:
    assert most_urgent(SIGNS) is Urgency.EMERGENCY
