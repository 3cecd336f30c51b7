"""What is learned from the phrasings where there is no sentence model."""

import pytest

from bot.core import letters, word_vectors
from bot.core.calibration import Calibration
from bot.core.classifiers import LETTER_REGRESSION_SHARE, LearnedPhrasings, build_classifiers, learn_phrasings
from bot.core.letters import LearnedLetters
from bot.core.vocabulary import Token, Vocabulary
from bot.core.word_vectors import LearnedVectors, WordVectors

WORDS = WordVectors(("cold", "hot"), bytes((100, 156)))
GROUPS = [["cold pack", "cold bath"], ["hot pack", "hot bath"]]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (letters, word_vectors):
        monkeypatch.setattr(module, "FEWEST_LEARNED", 2)


def test_letters_read_what_was_typed_and_vectors_what_it_was_read_as() -> None:
    learned = learn_phrasings(GROUPS, WORDS, Vocabulary({}, GROUPS[0]), frozenset())
    by_letters, by_vectors = build_classifiers(learned, WORDS, 2, Calibration(vectors=0.3))
    hot = Token("hot", 0, stems=("hot",))

    assert (by_letters.share, by_vectors.share) == (LETTER_REGRESSION_SHARE, 0.3)
    one, other = by_letters.weigh("cold", [hot])
    assert one > other
    one, other = by_vectors.weigh("cold", [hot])
    assert other > one


@pytest.mark.parametrize(
    ("learned", "count"),
    [
        (LearnedPhrasings(LearnedLetters({}), LearnedVectors({}, ())), 0),
        (LearnedPhrasings(LearnedLetters({"ice": (1.0, [0], [1])}), LearnedVectors({}, ())), 1),
        (LearnedPhrasings(LearnedLetters({}), LearnedVectors({}, [[1.0, 0.0]])), 1),
    ],
)
def test_what_learned_nothing_is_not_asked(learned: LearnedPhrasings, count: int) -> None:
    assert len(build_classifiers(learned, WORDS, 2, Calibration())) == count
