"""Entries ranked by how well their phrasings fit a question: words aligned, weighted by how telling they are.

The fit of an entry mixes its best phrasing (how much of the question's weight and of the phrasing's own weight they
share) with how much of the question the entry's phrasings cover together. A word's weight is its inverse document
frequency over entries, so that a word which only one entry uses outweighs a dozen that all use. To the fit comes how
likely the entry is by all its words together; the sum is its value, and a calibration turns that into a score. Nothing
here knows about backs: it ranks whatever phrasings it is given. The figures: docs/decisions/0003-matching.md.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.likelihood import Likelihood
from bot.core.vocabulary import Sentences, Token, Vocabulary

PHRASING_SHARE = 0.65  # of the score; the rest is the entry as a whole
QUESTION_SHARE = 0.6  # of a phrasing's score: covering the question; the rest is covering the phrasing
SMALL_WORD_WEIGHT = 0.35  # a small word counts this much of its weight
UNKNOWN_WORD_WEIGHT = 0.55  # a word that no phrasing uses, of the heaviest weight: it speaks against every entry
SENTENCE_WEIGHT = 0.95  # a sentence of a longer message, against the message as a whole
SHORT_SENTENCE_LOSS = 0.25  # power of a sentence's weight against the heaviest one: "This is a spasm?" says little
LIKELIHOOD_SHARE = 0.1  # of the logarithm of an entry's likelihood, added to its fit
VERBATIM_VALUE = 2.0  # of a question that is a phrasing as it stands: nothing outdoes it
NO_VALUE = 0.0  # of an entry that shares no word
MOST_SENTENCES = 12  # looked at one by one


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, the phrasing of it that fits best, and how well."""

    entry_id: str
    phrasing: str
    score: float  # 0-100, 100 best: of a hundred best matches with this score, about so many are right
    decided_by: str  # "phrasing", or "vocabulary" where field words carry most of the fit
    fit: float = 100.0  # 0-100: how much of the question the entry explains, whatever the others do


@dataclass(frozen=True, slots=True)
class Calibration:
    """What an entry's value, and its lead over the next best, tell about whether it is right: a logistic curve."""

    value: float = 5.4
    lead: float = 3.6
    offset: float = -0.93

    def score(self, value: float, lead: float) -> float:
        """0-100; a lead below 0 is how far an entry lies behind the best."""
        return 100 / (1 + math.exp(-(self.value * value + self.lead * lead + self.offset)))


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well an entry's best phrasing, and the entry as a whole, fit some words."""

    phrasing: int  # its number
    value: float  # 0-1
    folded: bool  # whether field words carry most of it


class Index:
    """Ranks entries for a question.

    Args:
        phrasings: entry id -> its phrasings; the order of ids breaks ties.
        small_words: words that say little wherever they stand.
        calibration: turns values into scores.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        vocabulary: Vocabulary,
        small_words: Iterable[str] = (),
        calibration: Calibration | None = None,
    ) -> None:
        self._small_words = frozenset(small_words)
        self._calibration = calibration or Calibration()
        self._entry_ids = list(phrasings)
        self._texts: list[str] = []
        self._entry_of: list[int] = []
        tokens_of: list[list[Token]] = []
        for number, texts in enumerate(phrasings.values()):
            for text in texts:
                self._texts.append(text)
                self._entry_of.append(number)
                tokens_of.append([token for part in vocabulary.read(text) for token in _without_commas(part)])
        token_sets = [frozenset(token.text for token in tokens) for tokens in tokens_of]
        self._verbatim: dict[tuple[str, ...], int] = {}
        for number, read in enumerate(tokens_of):
            self._verbatim.setdefault(tuple(token.text for token in read), number)
        self._weights = self._weigh(token_sets)
        self._unknown_weight = UNKNOWN_WORD_WEIGHT * math.log1p(len(self._entry_ids) / 0.5)
        self._likelihood = Likelihood(zip(self._entry_of, tokens_of, strict=True), self._weights, len(phrasings))
        self._own_weight = [sum(self._weights[token] for token in tokens) for tokens in token_sets]
        self._in_phrasings: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for number, tokens in enumerate(token_sets):
            for token in tokens:
                self._in_phrasings[token].append(number)
                counts[token][self._entry_of[number]] += 1
        self._in_entries = {
            token: [(entry, count / (count + 1)) for entry, count in entries.items()]
            for token, entries in counts.items()
        }

    def rank(self, question: Sentences, *, limit: int = 5) -> tuple[Match, ...]:
        """Entries that share a word with a question, best first, one match an entry.

        Args:
            question: as the vocabulary read it. Several sentences are looked at together and one by one.
            limit: most entries to return, 1 or more.

        Returns:
            Scores 0-100, falling; equal scores keep the order of the knowledge. Empty where nothing is shared, or only
            small words are asked.
        """
        parts = [_without_commas(sentence) for sentence in question]
        tokens = [token for part in parts for token in part]
        if all(token.text in self._small_words for token in tokens):
            return ()
        fits = self._best_fits(tokens, parts)
        verbatim = self._verbatim.get(tuple(token.text for token in tokens))
        if verbatim is not None:
            fits[self._entry_of[verbatim]] = _Fit(verbatim, VERBATIM_VALUE, folded=False)
        likely = self._likelihood.weigh(tokens) if fits else []
        values = {entry: fit.value + LIKELIHOOD_SHARE * likely[entry] for entry, fit in fits.items()}
        order = sorted(values, key=lambda entry: (-values[entry], entry))
        first, second = ([*(values[entry] for entry in order[:2]), NO_VALUE, NO_VALUE])[:2]
        return tuple(
            Match(
                self._entry_ids[entry],
                self._texts[fits[entry].phrasing],
                self._calibration.score(values[entry], values[entry] - (first if at else second)),
                "vocabulary" if fits[entry].folded else "phrasing",
                min(100 * fits[entry].value, 100.0),
            )
            for at, entry in enumerate(order[:limit])
        )

    def _best_fits(self, tokens: Sequence[Token], parts: Sequence[Sequence[Token]]) -> dict[int, _Fit]:
        """The best fit of each entry that shares a word with a message, as a whole or with one of its sentences."""
        best = self._fit(tokens)
        if len(parts) > 1:
            weights = [self._weight_of(part) for part in parts[:MOST_SENTENCES]]
            for part, weight in zip(parts, weights, strict=False):
                share = SENTENCE_WEIGHT * (weight / max(weights)) ** SHORT_SENTENCE_LOSS
                for entry, fit in self._fit(part).items():
                    value = fit.value * share
                    if entry not in best or value > best[entry].value:
                        best[entry] = replace(fit, value=value)
        return best

    def _weigh(self, token_sets: Sequence[frozenset[str]]) -> dict[str, float]:
        entries_with: dict[str, set[int]] = defaultdict(set)
        for number, tokens in enumerate(token_sets):
            for token in tokens:
                entries_with[token].add(self._entry_of[number])
        count = len(self._entry_ids)
        return {
            token: math.log1p(count / (len(entries) + 0.5)) * (SMALL_WORD_WEIGHT if token in self._small_words else 1)
            for token, entries in entries_with.items()
        }

    def _weight_of(self, tokens: Iterable[Token]) -> float:
        """How much words say, all together; one that no phrasing uses speaks too, against every entry."""
        return sum(self._weights.get(token.text, self._unknown_weight) for token in tokens)

    def _fit(self, tokens: Iterable[Token]) -> dict[int, _Fit]:
        """The fit of each entry that shares a word with the tokens."""
        asked: dict[str, Token] = {}
        for token in tokens:
            if token.text not in asked or asked[token.text].certainty < token.certainty:
                asked[token.text] = token
        total = self._weight_of(asked.values())
        shared: dict[int, float] = defaultdict(float)  # by phrasing
        folded: dict[int, float] = defaultdict(float)  # the part of it that the vocabulary gave
        covered: dict[int, float] = defaultdict(float)  # by entry
        for text, token in asked.items():
            worth = self._weights.get(text, 0.0) * token.certainty**2
            for number in self._in_phrasings.get(text, ()):
                shared[number] += worth
                if token.folded:
                    folded[number] += worth
            for entry, share in self._in_entries.get(text, ()):
                covered[entry] += worth * share
        return {
            entry: _Fit(
                number,
                PHRASING_SHARE * fit + (1 - PHRASING_SHARE) * covered[entry] / total,
                folded[number] > shared[number] / 2,
            )
            for entry, (fit, number) in self._best_phrasings(shared, total).items()
        }

    def _best_phrasings(self, shared: Mapping[int, float], total: float) -> dict[int, tuple[float, int]]:
        """For each entry the fit (0-1) and number of its best phrasing."""
        best: dict[int, tuple[float, int]] = {}
        for number, worth in shared.items():
            fit = QUESTION_SHARE * worth / total + (1 - QUESTION_SHARE) * worth / self._own_weight[number]
            entry = self._entry_of[number]
            if entry not in best or fit > best[entry][0]:
                best[entry] = (fit, number)
        return best


def _without_commas(sentence: Iterable[Token]) -> list[Token]:
    return [token for token in sentence if token.text != ","]
