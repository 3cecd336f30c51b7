"""Messages in other languages."""

import pytest

from bot.core.languages import Foreign, LanguageCheck
from bot.core.model import Languages
from tests.conftest import LANGUAGES


@pytest.fixture
def check() -> LanguageCheck:
    return LanguageCheck(LANGUAGES)


@pytest.mark.parametrize("text", ["me duele la espalda", "EL año", "LA ESPALDA???"])
def test_a_language_is_known_by_its_words_and_letters(check: LanguageCheck, text: str) -> None:
    assert check.find(text) == Foreign(LANGUAGES.known["es"])


@pytest.mark.parametrize(
    "text", ["la", "ice or heat?", "how long does la espalda hurt if I lie in bed all day", "", "🧊"]
)
def test_too_few_of_its_words_are_no_language(check: LanguageCheck, text: str) -> None:
    assert check.find(text) is None


def test_the_language_with_most_words_is_meant(check: LanguageCheck) -> None:
    assert check.find("hat der duele") == Foreign(LANGUAGES.known["de"])


@pytest.mark.parametrize("text", ["no puedo orinar", "No puedo, desde ayer, hacer pis"])
def test_an_emergency_is_heard(check: LanguageCheck, text: str) -> None:
    assert check.find(text) == Foreign(LANGUAGES.known["es"], ("bladder",))


def test_an_open_line_stands_for_every_word_that_so_begins(check: LanguageCheck) -> None:
    assert check.find("piernas dormidas") == Foreign(LANGUAGES.known["es"], ("infection",))
    assert check.find("muy dormido piernas") == Foreign(LANGUAGES.known["es"], ("infection",))


def test_an_emergency_counts_in_a_message_that_is_english_otherwise(check: LanguageCheck) -> None:
    assert check.find("please help, my mother says no puedo orinar") == Foreign(LANGUAGES.known["es"], ("bladder",))


def test_what_is_denied_is_no_emergency(check: LanguageCheck) -> None:
    assert check.find("sin piernas dormidas") is None
    assert check.find("sin piernas dormidas. no puedo orinar") == Foreign(LANGUAGES.known["es"], ("bladder",))


def test_a_crisis_is_heard(check: LanguageCheck) -> None:
    assert check.find("quiero morir") == Foreign(LANGUAGES.known["es"], is_crisis=True)


def test_no_languages_hear_nothing() -> None:
    assert LanguageCheck(Languages()).find("no puedo orinar") is None
