"""Which entry a question's words come from: naive Bayes over the words of the phrasings.

Where the index asks how well one phrasing fits, this asks which entry would use such words at all: "often" speaks for
the entry that says it in ten phrasings, not for the one that says it once. Counted at start, nothing is trained.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.core.vocabulary import Token

SMOOTHING = 0.1  # what an entry is given of each word it never uses; 0.05 to 0.4 do as well
PAIR_WEIGHT = 0.5  # of two words side by side, against the heavier one alone


class Likelihood:
    """Log probabilities of entries.

    Args:
        texts: entry number (from 0) and tokens of each phrasing.
        weights: how much each word says.
    """

    def __init__(
        self, texts: Iterable[tuple[int, Sequence[Token]]], weights: Mapping[str, float], entries: int
    ) -> None:
        self._weights = weights
        counts: list[dict[str, float]] = [defaultdict(float) for _ in range(entries)]
        for entry, tokens in texts:
            for feature, value in self._features(tokens).items():
                counts[entry][feature] += value
        features = {feature for count in counts for feature in count}
        totals = [sum(count.values()) + SMOOTHING * len(features) for count in counts]
        self._never = [math.log(SMOOTHING / total) if total else 0.0 for total in totals]
        self._gains: dict[str, list[tuple[int, float]]] = defaultdict(list)  # feature -> entries that use it, and more
        for entry, count in enumerate(counts):
            for feature, value in count.items():
                self._gains[feature].append((entry, math.log1p(value / SMOOTHING)))

    def weigh(self, tokens: Sequence[Token]) -> list[float]:
        """The log probability of each entry, by number; together the probabilities are 1."""
        known = {feature: value for feature, value in self._features(tokens).items() if feature in self._gains}
        mass = sum(known.values())
        logs = [mass * never for never in self._never]
        for feature, value in known.items():
            for entry, gain in self._gains[feature]:
                logs[entry] += value * gain
        highest = max(logs)
        total = highest + math.log(sum(math.exp(log - highest) for log in logs))
        return [log - total for log in logs]

    def _features(self, tokens: Sequence[Token]) -> dict[str, float]:
        """The words and the pairs of a text with their weights, their squares adding up to 1."""
        found: dict[str, float] = {}
        for token in tokens:
            worth = self._weights.get(token.text, 0.0) * token.certainty**2
            found[token.text] = max(worth, found.get(token.text, 0.0))
        for one, other in pairwise(tokens):
            heavier = max(self._weights.get(one.text, 0.0), self._weights.get(other.text, 0.0))
            found[f"{one.text} {other.text}"] = PAIR_WEIGHT * heavier
        length = math.sqrt(sum(value * value for value in found.values()))
        return {feature: value / length for feature, value in found.items()} if length else {}
