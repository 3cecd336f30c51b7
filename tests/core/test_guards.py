"""Limits of the bot recognised in messages."""

from collections.abc import Callable

import pytest

from bot.core.guards import GuardCheck
from bot.core.model import Guard
from bot.core.vocabulary import Vocabulary
from tests.conftest import GRAMMAR, GUARDS

Find = Callable[[str], Guard | None]


@pytest.fixture
def find() -> Find:
    texts = [phrasing for guard in GUARDS for phrasing in guard.phrasings]
    vocabulary = Vocabulary({}, texts, GRAMMAR.small_words)
    check = GuardCheck(GUARDS, vocabulary, GRAMMAR)
    return lambda text: check.find(vocabulary.read(text))


@pytest.mark.parametrize(
    ("text", "guard_id"),
    [
        ("how many tablets should I take?", "dose"),
        ("i want to die", "self-harm"),
        ("I took the whole packet", "overdose"),
        ("hello", "greeting"),
        ("Hi!", "greeting"),
    ],
)
def test_a_limit_is_recognised(find: Find, text: str, guard_id: str) -> None:
    guard = find(text)

    assert guard is not None
    assert guard.id == guard_id


@pytest.mark.parametrize("text", ["ice or heat?", "hello, which stretch helps a stiff back?", "", "tablets"])
def test_an_ordinary_question_touches_none(find: Find, text: str) -> None:
    assert find(text) is None


def test_a_crisis_goes_before_every_other_limit(find: Find) -> None:
    guard = find("how many tablets to end my life")

    assert guard is not None
    assert guard.id == "self-harm"
