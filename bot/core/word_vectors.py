"""Which entry the words of a text mean: multinomial logistic regression over the mean of their vectors.

A vector says what a word means: "freeway" and "motorway" have nearly the same. So an entry is found by words that none
of its phrasings uses, without a sentence model. The weights are learned from the phrasings by stochastic gradient
descent: six thousand of them take three seconds.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from bot.core.alignment import SMALL_WORD_WEIGHT, inverse_frequency
from bot.core.regression import spread_out
from bot.core.text import stem
from bot.core.vocabulary import Token, Vocabulary

RATE = 4.0  # of learning at first, falling to 0 at the end; 2 does as well, 8 worse
STEPS = 6_000  # phrasings looked at in all; of fewer each up to MOST_PASSES times, of more each once
MOST_PASSES = 10
FEWEST_LEARNED = 20  # phrasings; from fewer nothing is learned
MOST_LEARNED = 10_000  # of more phrasings every second, third, ... is looked at
WRONG = 0.02  # probability too much or too little from which on the weights of an entry are moved
LONGEST_READ = 250  # words of a text, up to its end: people end with their question


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A vector for each common word of a language; the smaller the angle between two, the more alike the words are."""

    stems: Sequence[str] = ()  # the words without their endings
    numbers: bytes = b""  # their vectors one after another, a signed byte a number

    @property
    def dimensions(self) -> int:
        """Numbers of a vector."""
        return len(self.numbers) // len(self.stems) if self.stems else 0


@dataclass(frozen=True, slots=True)
class LearnedVectors:
    """How telling each stem is, and for each entry what a mean vector is multiplied by; the last is added."""

    telling: Mapping[str, float]
    weights: Sequence[Sequence[float]]


class Means:
    """Means of the vectors of words."""

    def __init__(self, vectors: WordVectors) -> None:
        self._dimensions = vectors.dimensions
        self._numbers = array("b", vectors.numbers)
        self._places = {stem: place * self._dimensions for place, stem in enumerate(vectors.stems)}

    def mean(self, weights: Mapping[str, float]) -> list[float] | None:
        """The mean of the vectors of some stems, of length 1; None where none of them has one."""
        mean = [0.0] * self._dimensions
        for word, weight in weights.items():
            place = self._places.get(word, self._places.get(stem(word)))
            if place is not None:
                vector = self._numbers[place : place + self._dimensions]
                mean = [sum_ + weight * number for sum_, number in zip(mean, vector, strict=True)]
        length = math.sqrt(sum(map(mul, mean, mean)))
        return [number / length for number in mean] if length else None


class VectorClassifier:
    """Log probabilities of entries.

    Args:
        learned: by `learn_vectors` with the same vectors.
    """

    def __init__(self, learned: LearnedVectors, vectors: WordVectors) -> None:
        self._telling = learned.telling
        self._unknown = inverse_frequency(len(learned.weights), 0)
        self._weights = learned.weights
        self._means = Means(vectors)

    def weigh(self, tokens: Sequence[Token]) -> list[float]:
        """The log probability of each entry, by number; nothing where no word has a vector."""
        mean = self._means.mean(_weigh_stems(tokens[-LONGEST_READ:], self._telling, self._unknown))
        if mean is None:
            return []
        sums = [sum(map(mul, weights, mean), weights[-1]) for weights in self._weights]
        highest = max(sums)
        total = highest + math.log(sum(math.exp(sum_ - highest) for sum_ in sums))
        return [sum_ - total for sum_ in sums]


def learn_vectors(
    groups: Sequence[Sequence[str]], vectors: WordVectors, vocabulary: Vocabulary, small_words: frozenset[str]
) -> LearnedVectors:
    """How much the vectors of words speak for each entry; nothing where there are few phrasings.

    Args:
        groups: the phrasings of each entry.
        small_words: words that say little wherever they stand.
    """
    texts = [(entry, text) for entry, group in enumerate(groups) for text in group]
    if len(texts) < FEWEST_LEARNED or not vectors.dimensions:
        return LearnedVectors({}, ())
    texts = texts[:: 1 + len(texts) // MOST_LEARNED]
    read = [(entry, [token for part in vocabulary.read(text, mends=False) for token in part]) for entry, text in texts]
    users: dict[str, set[int]] = defaultdict(set)
    for entry, tokens in read:
        for word in _stems(tokens):
            users[word].add(entry)
    telling = {
        word: inverse_frequency(len(groups), len(entries)) * (SMALL_WORD_WEIGHT if word in small_words else 1)
        for word, entries in users.items()
    }
    means = Means(vectors)
    found = [(entry, means.mean(_weigh_stems(tokens, telling, 0))) for entry, tokens in read]
    phrasings = [(entry, [*mean, 1.0]) for entry, mean in found if mean]
    weights = [[0.0] * (vectors.dimensions + 1) for _ in groups]
    passes = min(MOST_PASSES, max(1, STEPS // len(texts)))
    for step, at in enumerate(spread_out(len(phrasings), passes)):
        _learn_phrasing(*phrasings[at], weights, RATE * (1 - step / (passes * len(phrasings))))
    return LearnedVectors(telling, [[round(number, 3) for number in row] for row in weights])


def _learn_phrasing(entry: int, mean: Sequence[float], weights: list[list[float]], rate: float) -> None:
    """Move the weights so that the entry of a phrasing becomes more probable, and others less."""
    sums = [sum(map(mul, row, mean)) for row in weights]
    highest = max(sums)
    powers = [math.exp(sum_ - highest) for sum_ in sums]
    total = sum(powers)
    for other, power in enumerate(powers):
        wrong = power / total - (other == entry)
        if abs(wrong) >= WRONG:
            move = rate * wrong
            weights[other] = [weight - move * number for weight, number in zip(weights[other], mean, strict=True)]


def _weigh_stems(tokens: Iterable[Token], telling: Mapping[str, float], unknown: float) -> dict[str, float]:
    """How much each stem of a text counts; one read with doubt less.

    Args:
        unknown: what one counts that no phrasing uses.
    """
    return {word: telling.get(word, unknown) * certainty**2 for word, certainty in _stems(tokens).items()}


def _stems(tokens: Iterable[Token]) -> dict[str, float]:
    """The stems that some tokens were read from, and how certain each is."""
    return {word: token.certainty for token in tokens for word in token.stems if word != ","}
