"""Limits of the bot recognised in messages."""

from collections.abc import Callable

import pytest

from bot.core.guards import GuardCheck
from bot.core.vocabulary import Vocabulary
from tests.conftest import CONCEPTS, GRAMMAR, GUARDS, VOCABULARY

Find = Callable[[str], str | None]


@pytest.fixture
def find() -> Find:
    vocabulary = Vocabulary(VOCABULARY, CONCEPTS.texts, GRAMMAR.small_words)
    check = GuardCheck(GUARDS, CONCEPTS, vocabulary, GRAMMAR)

    def id_of(text: str) -> str | None:
        guard = check.find(vocabulary.read(text))
        return guard.id if guard else None

    return id_of


@pytest.mark.parametrize(
    ("text", "guard_id"),
    [
        ("how many tablets should I take?", "dose"),
        ("ibuprofen, what is the max", "dose"),
        ("i want to die", "self-harm"),
        ("I took the whole packet", "overdose"),
        ("my son has a sore back", "child"),
        ("hello", "greeting"),
        ("Hi!", "greeting"),
    ],
)
def test_a_limit_is_recognised(find: Find, text: str, guard_id: str) -> None:
    assert find(text) == guard_id


@pytest.mark.parametrize("text", ["ice or heat?", "hello, which stretch helps?", "", "tablets", "how much water"])
def test_an_ordinary_question_touches_none(find: Find, text: str) -> None:
    assert find(text) is None


def test_a_crisis_goes_before_every_other_limit(find: Find) -> None:
    assert find("how many tablets to end my life") == "self-harm"
    assert find("I took the whole packet. I hope I die") == "self-harm"


def test_what_stands_alone_must_be_all_that_is_said(find: Find) -> None:
    assert find("how much") == "dose"
    assert find("hello bot, how are you?") == "greeting"
    assert find("hello. heat") is None


def test_an_ordinary_scene_is_no_limit(find: Find) -> None:
    assert find("I lifted my son and hurt my back") is None
    assert find("I lifted my son. my son has back pain") == "child"
