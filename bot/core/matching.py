"""Entries ranked by how well their phrasings fit a question: words aligned, weighted by how telling they are.

The score of an entry mixes its best phrasing (how much of the question's weight and of the phrasing's own weight they
share) with how much of the question the entry's phrasings cover together. A word's weight is its inverse document
frequency over entries, so that a word which only one entry uses outweighs a dozen that all use. Nothing here knows
about backs: it ranks whatever phrasings it is given. The choice and its figures: docs/decisions/0003-matching.md.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.vocabulary import Sentences, Token, Vocabulary

PHRASING_SHARE = 0.65  # of the score; the rest is the entry as a whole
QUESTION_SHARE = 0.6  # of a phrasing's score: covering the question; the rest is covering the phrasing
SMALL_WORD_WEIGHT = 0.35  # a small word counts this much of its weight
UNKNOWN_WORD_WEIGHT = 0.55  # a word that no phrasing uses, of the heaviest weight: it speaks against every entry
SENTENCE_WEIGHT = 0.95  # a sentence of a longer message, against the message as a whole
SHORT_SENTENCE_LOSS = 0.25  # power of a sentence's weight against the heaviest one: "This is a spasm?" says little
MOST_SENTENCES = 12  # looked at one by one


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, the phrasing of it that fits best, and how well."""

    entry_id: str
    phrasing: str
    score: float  # 0-100, 100 best
    decided_by: str  # "phrasing", or "vocabulary" where field words carry most of the fit


class Index:
    """Ranks entries for a question.

    Args:
        phrasings: entry id -> its phrasings; the order of ids breaks ties.
        small_words: words that say little wherever they stand.
    """

    def __init__(
        self, phrasings: Mapping[str, Sequence[str]], vocabulary: Vocabulary, small_words: Iterable[str] = ()
    ) -> None:
        self._small_words = frozenset(small_words)
        self._entry_ids = list(phrasings)
        self._texts: list[str] = []
        self._entry_of: list[int] = []
        token_sets: list[frozenset[str]] = []
        for number, texts in enumerate(phrasings.values()):
            for text in texts:
                self._texts.append(text)
                self._entry_of.append(number)
                read = (_without_commas(sentence) for sentence in vocabulary.read(text))
                token_sets.append(frozenset(token.text for sentence in read for token in sentence))
        self._weights = self._weigh(token_sets)
        self._unknown_weight = UNKNOWN_WORD_WEIGHT * math.log1p(len(self._entry_ids) / 0.5)
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
            Scores 0-100, falling; equal scores keep the order of the knowledge. Empty where nothing is shared.
        """
        parts = [_without_commas(sentence) for sentence in question]
        best = self._score(token for part in parts for token in part)
        if len(parts) > 1:
            weights = [self._weight_of(part) for part in parts[:MOST_SENTENCES]]
            for part, weight in zip(parts, weights, strict=False):
                share = SENTENCE_WEIGHT * (weight / max(weights)) ** SHORT_SENTENCE_LOSS
                for entry, match in self._score(part).items():
                    score = match.score * share
                    if entry not in best or score > best[entry].score:
                        best[entry] = replace(match, score=score)
        ranked = sorted(best.items(), key=lambda item: (-item[1].score, item[0]))
        return tuple(match for _, match in ranked[:limit])

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

    def _score(self, tokens: Iterable[Token]) -> dict[int, Match]:
        """The best match of each entry that shares a word with the tokens."""
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
            entry: Match(
                self._entry_ids[entry],
                self._texts[number],
                100 * (PHRASING_SHARE * score + (1 - PHRASING_SHARE) * covered[entry] / total),
                "vocabulary" if folded[number] > shared[number] / 2 else "phrasing",
            )
            for entry, (score, number) in self._best_phrasings(shared, total).items()
        }

    def _best_phrasings(self, shared: Mapping[int, float], total: float) -> dict[int, tuple[float, int]]:
        """For each entry the score (0-1) and number of its best phrasing."""
        best: dict[int, tuple[float, int]] = {}
        for number, worth in shared.items():
            score = QUESTION_SHARE * worth / total + (1 - QUESTION_SHARE) * worth / self._own_weight[number]
            entry = self._entry_of[number]
            if entry not in best or score > best[entry][0]:
                best[entry] = (score, number)
        return best


def _without_commas(sentence: Iterable[Token]) -> list[Token]:
    return [token for token in sentence if token.text != ","]
