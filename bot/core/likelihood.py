"""Which entry a question's words come from: naive Bayes over features of the phrasings.

Where the alignment asks how well one phrasing fits, this asks which entry would use such words at all: "often" speaks
for the entry that says it in ten phrasings, not for the one that says it once. Counted at start, nothing is trained.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.core.vocabulary import Token

SMOOTHING = 0.1  # what an entry is given of each feature it never uses; 0.05 to 0.4 do as well
PAIR_WEIGHT = 0.5  # of two words side by side, against the heavier one alone
RUN_LENGTHS = (3, 4, 5)  # letters of a run: enough for a stem, few enough to survive a typing error
MOST_USERS = 300  # entries; a feature that more of them use says too little for its time
MOST_SPELT = 80  # words of a text whose letters are looked at; a hostile one has hundreds

Features = Mapping[str, float]  # feature -> weight, 0 or more


class Likelihood:
    """Log probabilities of entries.

    Args:
        texts: entry number (from 0) and features of each phrasing.
    """

    def __init__(self, texts: Iterable[tuple[int, Features]], entries: int) -> None:
        counts: dict[str, dict[int, float]] = defaultdict(dict)
        totals = [0.0] * entries
        for entry, features in texts:
            for feature, value in features.items():
                users = counts[feature]
                users[entry] = users.get(entry, 0.0) + value
            totals[entry] += sum(features.values())
        self._never = [math.log(SMOOTHING / (total + SMOOTHING * len(counts))) if counts else 0.0 for total in totals]
        # Feature -> the entries that use it, and how much that says for each. Arrays, since there are 400,000 pairs.
        self._gains = {
            feature: (array("I", users), array("f", [math.log1p(value / SMOOTHING) for value in users.values()]))
            for feature, users in counts.items()
            if len(users) <= MOST_USERS
        }

    def weigh(self, features: Features) -> list[float]:
        """The log probability of each entry, by number; together the probabilities are 1."""
        known = {feature: value for feature, value in features.items() if feature in self._gains}
        mass = sum(known.values())
        logs = [mass * never for never in self._never]
        for feature, value in known.items():
            for entry, gain in zip(*self._gains[feature], strict=True):
                logs[entry] += value * gain
        highest = max(logs)
        total = highest + math.log(sum(math.exp(log - highest) for log in logs))
        return [log - total for log in logs]


def word_features(tokens: Sequence[Token], weights: Mapping[str, float]) -> Features:
    """The words and the pairs of a text with their weights, their squares adding up to 1."""
    found: dict[str, float] = {}
    for token in tokens:
        worth = weights.get(token.text, 0.0) * token.certainty**2
        found[token.text] = max(worth, found.get(token.text, 0.0))
    for one, other in pairwise(tokens):
        heavier = max(weights.get(one.text, 0.0), weights.get(other.text, 0.0))
        found[f"{one.text} {other.text}"] = PAIR_WEIGHT * heavier
    return _unit(found)


def letter_features(tokens: Sequence[Token], weights: Mapping[str, float]) -> Features:
    """The runs of letters in the words of a text with their weights, their squares adding up to 1."""
    counts: dict[str, int] = defaultdict(int)
    for token in tokens[:MOST_SPELT]:
        for run in letter_runs(token.text):
            counts[run] += 1
    return _unit({run: (1 + math.log(count)) * weights.get(run, 0.0) for run, count in counts.items()})


def letter_runs(word: str) -> list[str]:
    """The runs of letters in a word, its ends marked.

    >>> letter_runs("ice")
    ['<ic', 'ice', 'ce>', '<ice', 'ice>', '<ice>']
    """
    marked = f"<{word}>"
    return [marked[at : at + length] for length in RUN_LENGTHS for at in range(len(marked) - length + 1)]


def _unit(features: Mapping[str, float]) -> Features:
    length = math.sqrt(sum(value * value for value in features.values()))
    return {feature: value / length for feature, value in features.items() if value} if length else {}
