"""The common words of a language."""

import pytest

from bot.curation.dictionary import common_words


@pytest.mark.parametrize("word", ["transport", "seaside", "prison", "careful", "concussion", "monday"])
def test_a_word_that_people_use_is_common(word: str) -> None:
    assert word in common_words("en")


@pytest.mark.parametrize("word", ["", "bakc", "thier", "leeks", "canter", "line's"])
def test_a_misspelling_a_rare_word_and_what_is_no_word_are_not(word: str) -> None:
    assert word not in common_words("en")


def test_a_language_without_a_dictionary_has_none() -> None:
    assert common_words("xx") == frozenset()
