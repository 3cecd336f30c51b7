"""Which words a negation reaches."""

from dataclasses import replace

import pytest

from bot.core.denial import find_denials
from bot.core.text import sentences
from tests.conftest import GRAMMAR


def denied(text: str) -> list[str]:
    (sentence,) = sentences(text)
    grammar = replace(GRAMMAR, no_denials=frozenset({("not", "only")}))
    denials = find_denials(sentence, grammar)
    return [
        word for word, by in zip(sentence, denials, strict=True) if by is not None and word not in {"no", "not", ","}
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no fever", ["fever"]),
        ("no fever, tingling or pain", ["fever", "tingling", "or", "pain"]),
        ("no fever, my legs are numb", ["fever"]),
        ("no fever but pain", ["fever"]),
        ("not numb and was cold", ["numb"]),
        ("not only numb", []),
        ("fever", []),
    ],
)
def test_a_negation_reaches_as_far_as_its_list(text: str, words: list[str]) -> None:
    assert denied(text) == words
