"""Which entry the letters of a text belong to: multinomial logistic regression over runs of characters.

Where the likelihoods count who uses a run, this learns which runs tell the entries apart, small words and the gaps
between words among them: "should I" against "how do I". It is learned from the phrasings by stochastic gradient
descent: ten passes over a few hundred take one second, one over six thousand takes three.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.regression import spread_out
from bot.core.text import words

RUN_LENGTHS = (3, 4, 5)  # characters, across words; from 2, or up to 6, does no better and takes longer
FEWEST_USERS = 2  # phrasings that use a run; what only one uses tells little
RATE = 4.0  # of learning at first, falling to 0 at the end; 2 and 6 do nearly as well
STEPS = 6_000  # phrasings looked at in all; of fewer each up to MOST_PASSES times, of more each once
MOST_PASSES = 10
FEWEST_LEARNED = 200  # phrasings; in fewer, letters tell entries apart by accident, and nothing is learned
MOST_LEARNED = 10_000  # of more phrasings every second, third, ... is looked at
WRONG = 0.05  # probability too much or too little from which on the weights of an entry are moved
LEAST_WEIGHT = 0.4  # smaller ones, four of five, are left out; the answers stay as good
LONGEST_READ = 1_000  # characters of a text, up to its end: people end with their question

Weights = dict[int, float]  # entry -> how much a run speaks for it


@dataclass(frozen=True, slots=True)
class LearnedLetters:
    """For each run how telling it is, the entries that it speaks for or against, and how much, in thousandths."""

    runs: Mapping[str, tuple[float, Sequence[int], Sequence[int]]]


class LetterClassifier:
    """Log probabilities of entries.

    Args:
        entries: how many there are.
    """

    def __init__(self, learned: LearnedLetters, entries: int) -> None:
        self._runs = learned.runs
        self._entries = entries

    def weigh(self, text: str) -> list[float]:
        """The log probability of each entry, by number; together the probabilities are 1."""
        counts = count_runs(text)
        known = {run: self._runs[run] for run in counts if run in self._runs}
        shares = _unit([(1 + math.log(counts[run])) * telling for run, (telling, _, _) in known.items()])
        sums = [0.0] * self._entries
        for share, (_, entries, weights) in zip(shares, known.values(), strict=True):
            of_one = share / 1000
            for entry, weight in zip(entries, weights, strict=True):
                sums[entry] += of_one * weight
        highest = max(sums)
        total = highest + math.log(sum(math.exp(sum_ - highest) for sum_ in sums))
        return [sum_ - total for sum_ in sums]


def learn_letters(groups: Sequence[Sequence[str]]) -> LearnedLetters:
    """How much each run of characters speaks for each entry; nothing where there are few phrasings.

    Args:
        groups: the phrasings of each entry.
    """
    texts = [(entry, text) for entry, group in enumerate(groups) for text in group]
    if len(texts) < FEWEST_LEARNED:
        return LearnedLetters({})
    texts = texts[:: 1 + len(texts) // MOST_LEARNED]
    counted = [count_runs(text) for _, text in texts]
    users = Counter(run for counts in counted for run in counts)
    telling = {run: _telling(len(texts), count) for run, count in users.items() if count >= FEWEST_USERS}
    weights: dict[str, Weights] = {run: {} for run in telling}
    phrasings = []
    for (entry, _), counts in zip(texts, counted, strict=True):
        runs = [run for run in counts if run in telling]
        shares = _unit([(1 + math.log(counts[run])) * telling[run] for run in runs])
        phrasings.append((entry, [(weights[run], share) for run, share in zip(runs, shares, strict=True)]))
    passes = min(MOST_PASSES, max(1, STEPS // len(texts)))
    for step, at in enumerate(spread_out(len(texts), passes)):
        _learn_phrasing(*phrasings[at], len(groups), RATE * (1 - step / (passes * len(texts))))
    return LearnedLetters({run: (telling[run], *_kept(weights[run])) for run in telling})


def count_runs(text: str) -> Counter[str]:
    """How often each run of characters stands in a text.

    >>> sorted(count_runs("Ice?"))
    [' ic', ' ice', ' ice ', 'ce ', 'ice', 'ice ']
    """
    plain = f" {' '.join(words(text))} "[-LONGEST_READ:]
    return Counter(plain[at : at + length] for length in RUN_LENGTHS for at in range(len(plain) - length + 1))


def _learn_phrasing(entry: int, runs: Sequence[tuple[Weights, float]], entries: int, rate: float) -> None:
    """Move the weights of a phrasing's runs so that its entry becomes more probable, and others less.

    Args:
        runs: the weights of each, and its share of the phrasing.
    """
    sums = [0.0] * entries
    for weights, share in runs:
        for other, weight in weights.items():
            sums[other] += share * weight
    highest = max(sums)
    powers = [math.exp(sum_ - highest) for sum_ in sums]
    total = sum(powers)
    wrongs = ((other, power / total - (other == entry)) for other, power in enumerate(powers))
    moves = [(other, rate * wrong) for other, wrong in wrongs if abs(wrong) >= WRONG]
    for weights, share in runs if moves else ():
        for other, move in moves:
            weights[other] = weights.get(other, 0.0) - share * move


def _telling(texts: int, users: int) -> float:
    """How telling a run is that so many of the texts use."""
    return math.log((1 + texts) / (1 + users)) + 1


def _unit(values: Sequence[float]) -> list[float]:
    """The values, their squares adding up to 1."""
    length = math.sqrt(sum(value * value for value in values))
    return [value / length for value in values]


def _kept(weights: Weights) -> tuple[list[int], list[int]]:
    """The entries whose weights are large enough to matter, and these."""
    kept = {entry: round(1000 * weight) for entry, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}
    return list(kept), list(kept.values())
