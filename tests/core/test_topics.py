"""Several things asked in one message."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Grammar
from bot.core.topics import MOST_PARTS, Part, Splitter

GRAMMAR = Grammar(
    small_words=frozenset({"and", "is", "it", "the", "my"}),
    negations=frozenset({"no", "not", "doesnt"}),
    no_denials=frozenset({("not", "enough")}),
    joins=frozenset({"and", "or", "as well as"}),
    question_openers=frozenset({"can", "whats"}),
)
SPLITTER = Splitter(GRAMMAR)


def texts(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ice or heat, and can I work?", ("ice", "heat", "can I work")),
        ("Weight. Posture? Shoes", ("Weight", "Posture", "Shoes")),
        ("belt + pillow / chair", ("belt", "pillow", "chair")),
        ("a brace as well as pills", ("a brace", "pills")),
        ("is it the disc", ()),
        ("it is, and my back", ()),  # small words ask for nothing
        ("sand or land", ("sand", "land")),
        ("no numbness, not my leg, ice or heat", ("ice", "heat")),  # nor is anything asked of what is denied
        ("not enough water, chair", ("not enough water", "chair")),
        ("ice but no heat, chair", ("ice but no heat", "chair")),
        ("it doesnt help, chair", ("it doesnt help", "chair")),
        ("bandage", ()),
        ("", ()),
    ],
)
def test_a_message_is_split_where_something_else_is_asked(text: str, parts: tuple[str, ...]) -> None:
    assert texts(SPLITTER.split(text)) == parts


def test_without_joins_only_signs_split() -> None:
    assert texts(Splitter(Grammar()).split("ice and heat, rest")) == ("ice and heat", "rest")


@given(st.text(max_size=300))
def test_any_text_has_few_parts(text: str) -> None:
    assert len(SPLITTER.split(text)) in {0, *range(2, MOST_PARTS + 1)}


def test_of_a_long_story_the_last_parts_are_looked_at() -> None:
    text = ", ".join(f"part {number}" for number in range(MOST_PARTS + 3))

    assert texts(SPLITTER.split(text)) == tuple(f"part {number}" for number in range(3, MOST_PARTS + 3))


def test_of_a_part_it_is_known_whether_it_asks_and_how_much_of_the_message_it_is() -> None:
    assert SPLITTER.split("can I work, pillow, what's up") == (
        Part("can I work", asks=True, share=10 / 29),
        Part("pillow", share=6 / 29),
        Part("what's up", asks=True, share=9 / 29),
    )
