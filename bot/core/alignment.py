"""How well the phrasings of each entry fit a question: words aligned, weighted by how telling they are.

The fit of an entry mixes its best phrasing (how much of the question's weight and of the phrasing's own weight they
share) with how much of the question the entry's phrasings cover together. A word's weight is its inverse document
frequency over entries, so that a word which only one entry uses outweighs a dozen that all use.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.vocabulary import Token

PHRASING_SHARE = 0.65  # of the fit; the rest is the entry as a whole
QUESTION_SHARE = 0.6  # of a phrasing's fit: covering the question; the rest is covering the phrasing
SMALL_WORD_WEIGHT = 0.35  # a small word counts this much of its weight
UNKNOWN_WORD_WEIGHT = 0.8  # a word that no phrasing uses, of the heaviest weight: it speaks against every entry
PART_WEIGHT = 0.95  # a part of a longer message, against the message as a whole
SHORT_PART_LOSS = 0.25  # power of a part's weight against the heaviest one: "This is a spasm?" says little
MOST_PARTS = 12  # looked at one by one
COMMON = 800  # phrasings that use a word; beyond, it is weighed only where a rarer word of the question stands too


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an entry's best phrasing, and the entry as a whole, fit some words."""

    phrasing: int  # its number
    value: float  # 0-1
    folded: bool  # whether field words carry most of it


class Alignment:
    """Fits of entries, found through postings: nothing is compared with everything.

    Args:
        texts: entry number (from 0, rising) and tokens of each phrasing.
        entries: how many there are.
        small_words: words that say little wherever they stand.
    """

    def __init__(self, texts: Sequence[tuple[int, Sequence[Token]]], entries: int, small_words: frozenset[str]) -> None:
        self._entry_of = [entry for entry, _ in texts]
        self._token_sets = [frozenset(token.text for token in tokens) for _, tokens in texts]
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        self._in_phrasings: dict[str, list[int]] = defaultdict(list)
        for number, tokens in enumerate(self._token_sets):
            for token in tokens:
                self._in_phrasings[token].append(number)
                counts[token][self._entry_of[number]] += 1
        self.weights = {
            token: inverse_frequency(entries, len(users)) * (SMALL_WORD_WEIGHT if token in small_words else 1)
            for token, users in counts.items()
        }
        self._unknown_weight = UNKNOWN_WORD_WEIGHT * inverse_frequency(entries, 0)
        self._own_weight = [sum(self.weights[token] for token in tokens) for tokens in self._token_sets]
        self._in_entries = {
            token: [(entry, count / (count + 1)) for entry, count in users.items()] for token, users in counts.items()
        }

    def fits(self, parts: Sequence[Sequence[Token]]) -> dict[int, Fit]:
        """The best fit of each entry that shares a word with a message, by number: as a whole, or with a part of it."""
        best = self._fit([token for part in parts for token in part])
        if len(parts) > 1:
            different = list(dict.fromkeys(map(tuple, parts[:MOST_PARTS])))
            weights = [self._weight_of(part) for part in different]
            for part, weight in zip(different, weights, strict=True):
                share = PART_WEIGHT * (weight / max(weights)) ** SHORT_PART_LOSS
                for entry, fit in self._fit(part).items():
                    value = fit.value * share
                    if entry not in best or value > best[entry].value:
                        best[entry] = replace(fit, value=value)
        return best

    def _weight_of(self, tokens: Iterable[Token]) -> float:
        """How much words say, all together; one that no phrasing uses speaks too, against every entry."""
        return sum(self.weights.get(token.text, self._unknown_weight) for token in tokens)

    def _fit(self, tokens: Iterable[Token]) -> dict[int, Fit]:
        """The fit of each entry that shares a word with the tokens."""
        asked: dict[str, Token] = {}
        for token in tokens:
            if token.text not in asked or asked[token.text].certainty < token.certainty:
                asked[token.text] = token
        total = self._weight_of(asked.values())
        covered: dict[int, float] = defaultdict(float)  # by entry
        for text, token in asked.items():
            for entry, share in self._in_entries.get(text, ()):
                covered[entry] += self.weights[text] * token.certainty**2 * share
        shared, folded = self._share(asked)
        return {
            entry: Fit(
                number,
                PHRASING_SHARE * fit + (1 - PHRASING_SHARE) * covered[entry] / total,
                folded.get(number, 0.0) > shared[number] / 2,
            )
            for entry, (fit, number) in self._best_phrasings(shared, total).items()
        }

    def _share(self, asked: Mapping[str, Token]) -> tuple[Mapping[int, float], Mapping[int, float]]:
        """How much weight each phrasing shares with the question, by number; and the part that field words give."""
        shared: dict[int, float] = defaultdict(float)
        folded: dict[int, float] = defaultdict(float)
        for text in sorted(asked, key=lambda text: len(self._in_phrasings.get(text, ()))):
            numbers = self._in_phrasings.get(text, [])
            if shared and len(numbers) > COMMON:
                if len(numbers) < len(shared):
                    numbers = [number for number in numbers if number in shared]
                else:
                    numbers = [number for number in shared if text in self._token_sets[number]]
            worth = self.weights.get(text, 0.0) * asked[text].certainty ** 2
            for number in numbers:
                shared[number] += worth
            for number in numbers if asked[text].folded else ():
                folded[number] += worth
        return shared, folded

    def _best_phrasings(self, shared: Mapping[int, float], total: float) -> dict[int, tuple[float, int]]:
        """For each entry the fit (0-1) and number of its best phrasing; the earliest of equals."""
        best: dict[int, tuple[float, int]] = {}
        entry_of, own_weight = self._entry_of, self._own_weight  # thousands of phrasings share a common word
        for number, worth in shared.items():
            fit = QUESTION_SHARE * worth / total + (1 - QUESTION_SHARE) * worth / own_weight[number]
            before = best.get(entry_of[number])
            if before is None or fit > before[0] or (fit == before[0] and number < before[1]):
                best[entry_of[number]] = (fit, number)
        return best


def inverse_frequency(entries: int, users: int) -> float:
    """How telling a word is that so many of the entries use; a word that none uses most of all."""
    return math.log1p(entries / (users + 0.5))
