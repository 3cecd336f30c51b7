"""Concepts: words that come to the same, and combinations of them that stand together in a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from bot.core.model import Combination, Concepts
from bot.core.vocabulary import Token, Vocabulary

WIDEST_GAP = 5  # other words between two concepts of a combination
WIDEST_GAP_IN_ORDER = 3  # where the order tells more than nearness

LEAST_CERTAIN = 0.8  # of a mended word: "marriage" is 0.73 of "miscarriage"
NUMBER = "number"  # the concept of figures; its lines add words for them

_NUMBER_AND_UNIT = re.compile(r"^(\d+)([a-z]+)$")  # "400mg" is read as "400 mg"


class Span(NamedTuple):
    """A run of words of a sentence."""

    start: int  # of its first word, counted from 0; commas do not count
    end: int  # behind its last word


Places = Mapping[str, Sequence[Span]]  # concept -> where it stands in a sentence


class ConceptFinder:
    """Finds concepts in the sentences of a text.

    The lines of a concept are read as people's words are: endings cut, spelling mended. One in capitals is a field word
    of the vocabulary, and stands for all its terms.
    """

    def __init__(self, concepts: Concepts, vocabulary: Vocabulary) -> None:
        self._spellings: dict[tuple[str, ...], tuple[str, ...]] = {}
        for spelling, variants in concepts.spellings.items():
            for variant in variants:
                self._spellings[_stems(vocabulary.read(variant))] = _stems(vocabulary.read(spelling))
        self._longest_spelling = max(map(len, self._spellings), default=0)
        self._sayings = self._index({"": concepts.sayings}, vocabulary)
        plain = {concept: [line for line in lines if not line.isupper()] for concept, lines in concepts.words.items()}
        self._lines = self._index(plain, vocabulary)
        self._field_words: dict[str, list[str]] = defaultdict(list)
        for concept, lines in concepts.words.items():
            for ((token,),) in map(vocabulary.read, (line for line in lines if line.isupper())):
                self._field_words[token.text].append(concept)

    def find(self, sentence: Sequence[Token]) -> Places:
        """Where each concept stands in a sentence, in order; sayings are passed over."""
        words = list(self._read(sentence))
        said = {at for _, span in _runs(words, self._sayings) for at in range(*span)}
        places: dict[str, set[Span]] = defaultdict(set)
        for concept, span in (*_runs(words, self._lines), *self._folded(sentence), *_numbers(words)):
            if said.isdisjoint(range(*span)):
                places[concept].add(span)
        return {concept: sorted(spans) for concept, spans in places.items()}

    def _index(
        self, lines: Mapping[str, Iterable[str]], vocabulary: Vocabulary
    ) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
        """The lines of all concepts by their first word."""
        index: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for concept, texts in lines.items():
            for text in texts:
                read = tuple(token for sentence in vocabulary.read(text) for token in sentence)
                if stems := tuple(stem for stem, _ in self._read(read)):
                    index[stems[0]].append((stems, concept))
        return index

    def _read(self, sentence: Sequence[Token]) -> Iterator[tuple[str, Span]]:
        """Each word of a sentence in its one spelling, with its place: "I dont" is "I do not"."""
        stems = _stems((sentence,))
        at = 0
        while at < len(stems):
            for run in range(min(self._longest_spelling, len(stems) - at), 0, -1):
                if (spelling := self._spellings.get(stems[at : at + run])) is not None:
                    yield from ((stem, Span(at, at + run)) for stem in spelling)
                    at += run
                    break
            else:
                parts = _NUMBER_AND_UNIT.sub(r"\1 \2", stems[at]).split() or [""]
                yield from ((part, Span(at, at + 1)) for part in parts)
                at += 1

    def _folded(self, sentence: Sequence[Token]) -> Iterator[tuple[str, Span]]:
        """The concepts of the field words in a sentence."""
        at = 0
        for token in sentence:
            span = Span(at, at + len(_stems(((token,),))))
            at = span.end
            if token.folded and token.certainty >= LEAST_CERTAIN:
                yield from ((concept, span) for concept in self._field_words.get(token.text, ()))


def _numbers(words: Iterable[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    return ((NUMBER, span) for stem, span in words if stem.isdecimal())


def stands(combination: Combination, places: Places) -> bool:
    """Whether the concepts of a combination stand near each other, no two of them in the same words."""
    if any(concept not in places for concept in combination.concepts):
        return False
    gap = WIDEST_GAP_IN_ORDER if combination.in_order else WIDEST_GAP
    orders = (combination.concepts,) if combination.in_order else permutations(combination.concepts)
    return any(_follows(places[first], rest, gap, places) for first, *rest in orders)


def _follows(spans: Iterable[Span], rest: Sequence[str], gap: int, places: Places) -> bool:
    if not rest:
        return any(True for _ in spans)
    concept, *others = rest
    return any(
        _follows([near for near in places[concept] if span.end <= near.start <= span.end + gap], others, gap, places)
        for span in spans
    )


def _runs(
    words: Sequence[tuple[str, Span]], lines: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
) -> Iterator[tuple[str, Span]]:
    """Every concept of which a line stands in some words, and where."""
    stems = [stem for stem, _ in words]
    for at, (stem, span) in enumerate(words):
        for line, concept in lines.get(stem, ()):
            if tuple(stems[at : at + len(line)]) == line:
                yield concept, Span(span.start, words[at + len(line) - 1][1].end)


def _stems(text: Iterable[Iterable[Token]]) -> tuple[str, ...]:
    """The words of a text without its commas; blank where the spelling was mended on little evidence."""
    return tuple(
        stem if token.certainty >= LEAST_CERTAIN else ""
        for sentence in text
        for token in sentence
        for stem in token.stems
        if stem != ","
    )
