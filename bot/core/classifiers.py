"""What is learned from the phrasings where there is no sentence model: which entry letters and words speak for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.calibration import Calibration
from bot.core.letters import LearnedLetters, LetterClassifier, learn_letters
from bot.core.vocabulary import Token, Vocabulary
from bot.core.word_vectors import LearnedVectors, VectorClassifier, WordVectors, learn_vectors

LETTER_REGRESSION_SHARE = 0.1  # of the log probabilities by runs of letters, against an entry's fit


@dataclass(frozen=True, slots=True)
class Classifier:
    """Tells which entry a text belongs to."""

    # From a text, as typed and as the vocabulary read it without commas, to the log probability of each entry, by
    # number; to nothing where it has nothing to say.
    weigh: Callable[[str, Sequence[Token]], Sequence[float]]
    share: float  # of these, against an entry's fit


@dataclass(frozen=True, slots=True)
class LearnedPhrasings:
    """What each classifier learned from the phrasings."""

    letters: LearnedLetters
    vectors: LearnedVectors


def learn_phrasings(
    groups: Sequence[Sequence[str]], vectors: WordVectors, vocabulary: Vocabulary, small_words: frozenset[str]
) -> LearnedPhrasings:
    """What can be learned from phrasings; seconds for thousands.

    Args:
        groups: the phrasings of each entry, then of each subject that is not answered.
        small_words: words that say little wherever they stand.
    """
    return LearnedPhrasings(learn_letters(groups), learn_vectors(groups, vectors, vocabulary, small_words))


def build_classifiers(
    learned: LearnedPhrasings, vectors: WordVectors, entries: int, calibration: Calibration
) -> tuple[Classifier, ...]:
    """Those that learned anything.

    Args:
        vectors: the same that were learned with.
        entries: how many there are, those that are elsewhere among them.
        calibration: how much the vectors count.
    """
    classifiers: list[Classifier] = []
    if learned.letters.runs:
        by_letters = LetterClassifier(learned.letters, entries)
        classifiers.append(Classifier(lambda text, _: by_letters.weigh(text), LETTER_REGRESSION_SHARE))
    if learned.vectors.weights:
        by_vectors = VectorClassifier(learned.vectors, vectors)
        classifiers.append(Classifier(lambda _, tokens: by_vectors.weigh(tokens), calibration.vectors))
    return tuple(classifiers)
