"""How well the phrasings of each entry fit."""

import pytest

from bot.core import alignment
from bot.core.alignment import Alignment, inverse_frequency
from bot.core.vocabulary import Token


def tokens(text: str, certainty: float = 1.0) -> list[Token]:
    return [Token(word, place, certainty) for place, word in enumerate(text.split())]


def aligned(*texts: tuple[int, str], small: str = "") -> Alignment:
    return Alignment([(entry, tokens(text)) for entry, text in texts], 1 + texts[-1][0], frozenset(small.split()))


def test_an_entry_that_shares_no_word_has_no_fit() -> None:
    assert aligned((0, "ice pack"), (1, "hot bath")).fits([tokens("ice")]).keys() == {0}


def test_a_phrasing_as_it_stands_fits_best() -> None:
    fits = aligned((0, "ice pack"), (0, "cold pack"), (1, "hot pack")).fits([tokens("cold pack")])

    assert fits[0].phrasing == 1
    assert fits[0].value > fits[1].value


def test_a_word_that_no_phrasing_uses_speaks_against_all() -> None:
    said = aligned((0, "ice pack"), (1, "hot bath"))

    assert said.fits([tokens("ice pack")])[0].value > said.fits([tokens("ice pack zebra")])[0].value


def test_a_misspelt_word_fits_less() -> None:
    said = aligned((0, "ice pack"), (1, "hot bath"))

    assert said.fits([tokens("ice", 0.75)])[0].value < said.fits([tokens("ice")])[0].value


def test_a_question_buried_in_a_story_is_found() -> None:
    said = aligned((0, "need scan"), (1, "monday cat"), (2, "home"))
    story = [tokens("it was monday when the cat came"), tokens("need scan")]

    assert said.fits(story)[0].value > said.fits([[*story[0], *story[1]]])[0].value


def test_small_words_say_little() -> None:
    assert aligned((0, "the ice"), (1, "bath"), small="the").weights["the"] < inverse_frequency(2, 1)


def test_equal_phrasings_keep_their_order() -> None:
    assert aligned((0, "ice pack"), (0, "pack ice")).fits([tokens("ice pack")])[0].phrasing == 0


def test_common_words_are_looked_up_beside_a_rarer_one_only(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"w{number}" for number in range(61)]  # a prime, so that steps of any width meet them all
    texts = [(number // 40, f"back {words[number % 61]} {words[7 * number % 61]}") for number in range(400)]
    question = tokens(f"back {texts[123][1].split()[1]}")
    everywhere = aligned(*texts).fits([question])
    monkeypatch.setattr(alignment, "COMMON", 100)
    narrowed = aligned(*texts).fits([question])

    best = max(everywhere, key=lambda entry: everywhere[entry].value)
    assert narrowed[best] == everywhere[best]
    assert len(narrowed) <= len(everywhere)
