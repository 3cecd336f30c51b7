"""Limits of the bot recognised in messages."""

import pytest

from bot.core.guards import GuardCheck
from bot.core.vocabulary import Vocabulary
from tests.conftest import GRAMMAR, GUARDS


@pytest.fixture
def check() -> GuardCheck:
    texts = [phrasing for guard in GUARDS for phrasing in guard.phrasings]
    return GuardCheck(GUARDS, Vocabulary({}, texts, GRAMMAR.small_words), GRAMMAR)


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
def test_a_limit_is_recognised(check: GuardCheck, text: str, guard_id: str) -> None:
    guard = check.find(text)

    assert guard is not None
    assert guard.id == guard_id


@pytest.mark.parametrize("text", ["ice or heat?", "hello, which stretch helps a stiff back?", "", "tablets"])
def test_an_ordinary_question_touches_none(check: GuardCheck, text: str) -> None:
    assert check.find(text) is None


def test_a_crisis_goes_before_every_other_limit(check: GuardCheck) -> None:
    guard = check.find("how many tablets to end my life")

    assert guard is not None
    assert guard.id == "self-harm"
