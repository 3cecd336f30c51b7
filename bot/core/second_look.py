"""Whether a part of a message uses such words as people use for an emergency, though no listed way to say it fits.

Naive Bayes: each word, and each pair of words side by side, speaks for the phrasings of the signs or for those of
ordinary entries, by how often either use it. Counted at start; it explains itself word by word. It only ever raises a
suspicion.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.core.model import Grammar
from bot.core.vocabulary import Token, Vocabulary

SUSPICIOUS = 3.5  # log odds; at 3.0 2.1% of ordinary questions are asked about, at 4.0 0.7%
_SMOOTHING = 0.5  # phrasings more that are taken to use each word
_MOST_FOR = 2.5  # of one word, so that no single one decides
_MOST_AGAINST = 1.5


class SecondLook:
    """Weighs words.

    Args:
        meant: sign id -> phrasings and examples of it.
        ordinary: phrasings of entries that are about no sign.
    """

    def __init__(
        self, meant: Mapping[str, Sequence[str]], ordinary: Iterable[str], vocabulary: Vocabulary, grammar: Grammar
    ) -> None:
        self._grammar = grammar
        self._by_sign = {id_: self._count(texts, vocabulary) for id_, texts in meant.items() if texts}
        self._signs = sum((counts for counts, _ in self._by_sign.values()), Counter())
        self._texts = sum(number for _, number in self._by_sign.values())
        self._ordinary, self._ordinary_texts = self._count(ordinary, vocabulary)

    def suspect(self, tokens: Sequence[Token]) -> str | None:
        """The sign whose words a part of a message uses most, where they are suspicious enough."""
        features = self._features(tokens)
        if sum(map(self.weigh, features)) < SUSPICIOUS or not self._by_sign:
            return None
        return max(self._by_sign, key=lambda id_: self._likelihood(id_, features))

    def weigh(self, feature: str) -> float:
        """How much a word, or a pair of them, speaks for a sign: log odds, 0 for one that nobody uses."""
        for_, against = self._signs[feature], self._ordinary[feature]
        if not for_ + against:
            return 0.0
        odds = _log_share(for_, self._texts) - _log_share(against, self._ordinary_texts)
        return max(-_MOST_AGAINST, min(_MOST_FOR, odds))

    def _likelihood(self, id_: str, features: Iterable[str]) -> float:
        counts, texts = self._by_sign[id_]
        return sum(_log_share(counts[feature], texts) for feature in features)

    def _count(self, texts: Iterable[str], vocabulary: Vocabulary) -> tuple[Counter[str], int]:
        """How many of some texts use each feature, and how many texts there are."""
        read = [vocabulary.read(text) for text in texts]
        return Counter(feature for text in read for tokens in text for feature in self._features(tokens)), len(read)

    def _features(self, tokens: Sequence[Token]) -> frozenset[str]:
        small = self._grammar.small_words - self._grammar.negations
        telling = [token.text for token in tokens if token.text != "," and token.text not in small]
        return frozenset((*telling, *(f"{one} {other}" for one, other in pairwise(telling))))


def _log_share(count: int, of: int) -> float:
    return math.log((count + _SMOOTHING) / (of + 2 * _SMOOTHING))
