"""Phrasings found in sentences, and denials respected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from bot.core.model import Grammar
from bot.core.phrases import Phrase, PhraseFinder
from bot.core.vocabulary import Vocabulary
from tests.conftest import GRAMMAR, VOCABULARY

PHRASINGS = {"pee": ["cannot pee"], "numb": ["numb legs"], "fever": ["fever"], "hi": ["hi you"]}


@dataclass
class Finder:
    """Finds phrasings in texts as typed."""

    phrasings: Mapping[str, Sequence[str]]
    vocabulary: Vocabulary
    grammar: Grammar

    def find(self, text: str) -> tuple[Phrase, ...]:
        return PhraseFinder(self.phrasings, self.vocabulary, self.grammar).find(self.vocabulary.read(text))


@pytest.fixture
def finder() -> Finder:
    texts = [text for group in PHRASINGS.values() for text in group]
    vocabulary = Vocabulary(VOCABULARY, texts, GRAMMAR.small_words | GRAMMAR.negations, GRAMMAR.never_shortened)
    return Finder(PHRASINGS, vocabulary, GRAMMAR)


def found(finder: Finder, text: str) -> list[str]:
    return [phrase.id for phrase in finder.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "cannot pee",
        "I CAN'T PEE",
        "cant seem to pee",
        "since my back went i am unable to pass water",
        "my back hurts. cant wee!!",
        "no fever but I cant pee",
        "no fever, I cant pee",
        "cnnot pee",
    ],
)
def test_telling_words_close_together_are_found(finder: Finder, text: str) -> None:
    assert "pee" in found(finder, text)


@pytest.mark.parametrize(
    "text",
    [
        "I can pee",
        "cannot sleep, and when I get up I always need to go for a wee",
        "cannot bend. Pee is normal.",
        "",
        "👍",
    ],
)
def test_words_missing_or_far_apart_are_not(finder: Finder, text: str) -> None:
    assert "pee" not in found(finder, text)


@pytest.mark.parametrize(
    "text",
    [
        "no numb legs",
        "without numb legs",
        "my legs are not numb",
        "no fever or numb legs",
        "no fever, pain or numb legs",
    ],
)
def test_what_is_denied_is_not_there(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "no pain but numb legs",
        "no pain, my legs are numb",
        "I have no pain. Numb legs.",
        "not better and my legs are numb",
    ],
)
def test_a_denial_ends_where_something_is_stated(finder: Finder, text: str) -> None:
    assert "numb" in found(finder, text)


def test_a_sign_denied_first_and_stated_later_is_there(finder: Finder) -> None:
    assert found(finder, "I thought no numb legs, but today my legs are really very numb") == ["numb"]


def test_a_denied_sign_does_not_hide_a_stated_one(finder: Finder) -> None:
    assert found(finder, "no fever but my legs are numb") == ["numb"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("I don't feel the pee", True),
        ("pee without feeling it", True),
        ("I feel when I pee", False),
        ("no fever, I can pee and feel fine", False),
    ],
)
def test_a_denial_that_belongs_to_the_phrasing_must_stand_before_the_same_word(text: str, fits: bool) -> None:  # noqa: FBT001  a column of the table
    grammar = replace(
        GRAMMAR, small_words=GRAMMAR.small_words | {"feel", "when"}, small_unless_denied=frozenset({"feel"})
    )
    vocabulary = Vocabulary({}, ["dont feel the pee without"], grammar.small_words | grammar.negations)
    finder = Finder({"numb": ["pee without feeling"]}, vocabulary, grammar)

    assert bool(finder.find(text)) is fits


def test_a_phrasing_without_a_telling_word_fits_nothing() -> None:
    finder = Finder({"what": ["what is it"]}, Vocabulary({}, plain_words=GRAMMAR.small_words), GRAMMAR)

    assert found(finder, "what is it") == []
