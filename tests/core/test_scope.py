"""Whose a sentence is."""

import pytest

from bot.core.model import Grammar
from bot.core.scope import is_general, is_long_past
from bot.core.text import sentences, words

GRAMMAR = Grammar(
    question_openers=frozenset({"why", "what", "is"}),
    own_trouble=frozenset({"my", "cant", "if", "now"}),
    long_ago=frozenset({("years", "ago"), ("in", "my", "teens")}),
    still_there=frozenset({"since", "again"}),
)


@pytest.mark.parametrize(
    "text", ["Why is drop foot a sign?", "what is saddle numbness", "Is fever with back pain bad?"]
)
def test_a_question_about_a_subject_is_general(text: str) -> None:
    assert is_general(words(text), GRAMMAR)


@pytest.mark.parametrize(
    "text", ["", "drop foot", "my foot drops, is it bad", "why cant pee", "what if fever comes", "is fever bad now"]
)
def test_whatever_may_be_somebodys_own_is_not_general(text: str) -> None:
    assert not is_general(words(text), GRAMMAR)


@pytest.mark.parametrize("text", ["chest pain years ago", "In my teens, I had chest pain"])
def test_what_was_long_ago_is_long_past(text: str) -> None:
    (sentence,) = sentences(text)

    assert is_long_past(sentence, GRAMMAR)


@pytest.mark.parametrize("text", ["chest pain", "chest pain years ago and again", "since my teens, years of it"])
def test_what_may_be_there_still_is_not_long_past(text: str) -> None:
    (sentence,) = sentences(text)

    assert not is_long_past(sentence, GRAMMAR)
