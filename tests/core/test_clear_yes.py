"""Answers to the checking question."""

from dataclasses import replace

import pytest

from bot.core.clear_yes import is_clear_yes
from bot.core.model import Grammar
from tests.conftest import GRAMMAR


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "YES!!",
        "Yes, all normal",
        "yes I can",
        "I can",
        "all fine",
        "yes, no problem there",
        "yes I can pee and feel",
        "can pee can feel fine",
        "yes 👍",
    ],
)
def test_a_clear_yes_is_one(text: str) -> None:
    assert is_clear_yes(text, GRAMMAR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "no",
        "No or not sure",
        "yes but it tingles",
        "yeah a bit numb",
        "dunno",
        "ice or heat?",
        "fine",
        "there",
        "yes?",
        "is it normal?",
        "yes no",
        "yes I can pee",
        "yes I can feel",
        "yes yes yes numb",
        "not normal",
        "yes mostly",
        "no problem",
    ],
)
def test_whatever_is_not_clear_is_none(text: str) -> None:
    assert not is_clear_yes(text, GRAMMAR)


def test_without_a_word_for_yes_nothing_is_clear() -> None:
    assert not is_clear_yes("yes", Grammar())


def test_the_longest_piece_counts() -> None:
    grammar = replace(GRAMMAR, yes=frozenset({("all", "fine"), ("all",)}), beside_yes=frozenset())

    assert is_clear_yes("all fine", grammar)
    assert not is_clear_yes("fine all", grammar)
