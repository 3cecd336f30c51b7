"""Concepts: words that come to the same, and combinations of them that stand together in a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, permutations
from typing import NamedTuple

from bot.core.model import Combination, Concepts
from bot.core.vocabulary import LEAST_CERTAIN, Token, Vocabulary, lengths_by_first

WIDEST_GAP = 5  # other words between two concepts of a combination
WIDEST_GAP_IN_ORDER = 4  # where the order tells more than nearness

NUMBER = "number"  # the concept of figures; its lines add words for them

_NUMBER_AND_UNIT = re.compile(r"^(\d+)([a-z]+)$")  # "400mg" is read as "400 mg"


class Span(NamedTuple):
    """A run of words of a sentence."""

    start: int  # of its first word, counted from 0; commas do not count
    end: int  # behind its last word


Places = Mapping[str, Sequence[Span]]  # concept -> where it stands in a sentence
_Lines = Mapping[str, Mapping[int, Mapping[tuple[str, ...], Sequence[str]]]]  # first word -> length -> line -> concepts


class ConceptFinder:
    """Finds concepts in the sentences of a text.

    The lines of a concept are read as people's words are: endings cut, spelling mended. One in capitals is a field word
    of the vocabulary, and stands for all its terms.
    """

    def __init__(self, concepts: Concepts, vocabulary: Vocabulary) -> None:
        self._spellings = {
            _read_line(variant, vocabulary): _read_line(spelling, vocabulary)
            for spelling, variants in concepts.spellings.items()
            for variant in variants
        }
        self._lengths = lengths_by_first(self._spellings)
        self._sayings = self._index({"": concepts.sayings}, vocabulary)
        plain = {concept: [line for line in lines if not line.isupper()] for concept, lines in concepts.words.items()}
        self._lines = self._index(plain, vocabulary)
        self._field_words: dict[str, list[str]] = defaultdict(list)
        for concept, lines in concepts.words.items():
            for ((token,),) in map(vocabulary.read, (line for line in lines if line.isupper())):
                self._field_words[token.text].append(concept)

    def words(self, sentence: Sequence[Token]) -> tuple[str, ...]:
        """The words of a sentence, each in its one spelling: "dont" is "do not", "400mg" is "400 mg"."""
        return tuple(word for word, _ in self._read(sentence))

    def has_saying(self, sentence: Sequence[Token]) -> bool:
        """Whether a sentence holds a saying: "dying to know"."""
        return any(True for _ in _runs(self.words(sentence), self._sayings))

    def find(self, sentence: Sequence[Token]) -> Places:
        """Where each concept stands among the words of a sentence, in order; sayings are passed over."""
        read = list(self._read(sentence))
        words = [word for word, _ in read]
        said = {at for _, span in _runs(words, self._sayings) for at in range(*span)}
        places: dict[str, set[Span]] = defaultdict(set)
        for concept, span in (*_runs(words, self._lines), *self._folded(read), *_numbers(words)):
            if said.isdisjoint(range(*span)):
                places[concept].add(span)
        return {concept: sorted(spans) for concept, spans in places.items()}

    def _index(self, concepts: Mapping[str, Iterable[str]], vocabulary: Vocabulary) -> _Lines:
        """The lines of some concepts by their first word."""
        index: dict[str, dict[int, dict[tuple[str, ...], list[str]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        for concept, lines in concepts.items():
            for line in lines:
                tokens = tuple(token for sentence in vocabulary.read(line) for token in sentence)
                if words := self.words(tokens):
                    index[words[0]][len(words)][words].append(concept)
        return index

    def _read(self, sentence: Sequence[Token]) -> Iterator[tuple[str, Token]]:
        """The words of a sentence and the token of each."""
        stems = [(stem, token) for token in sentence for stem in _stems(token)]
        at = 0
        while at < len(stems):
            for run in self._lengths.get(stems[at][0], ()):
                spelling = self._spellings.get(tuple(stem for stem, _ in stems[at : at + run]))
                if spelling is not None:
                    yield from ((word, stems[at][1]) for word in spelling)
                    at += run
                    break
            else:
                stem, token = stems[at]
                if stem[:1].isdecimal():
                    yield from ((word, token) for word in _NUMBER_AND_UNIT.sub(r"\1 \2", stem).split(" "))
                else:
                    yield stem, token
                at += 1

    def _folded(self, read: Iterable[tuple[str, Token]]) -> Iterator[tuple[str, Span]]:
        """The concepts of the field words in a sentence."""
        for _, group in groupby(enumerate(read), key=lambda word: id(word[1][1])):
            (start, (_, token)), *rest = group
            span = Span(start, start + 1 + len(rest))
            if token.folded and token.certainty >= LEAST_CERTAIN:
                yield from ((concept, span) for concept in self._field_words.get(token.text, ()))


def stands(combination: Combination, places: Places) -> bool:
    """Whether the concepts of a combination stand near each other, no two of them in the same words."""
    for concept in combination.concepts:  # a loop, since most combinations end here
        if concept not in places:
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


def _read_line(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(stem for sentence in vocabulary.read(text) for token in sentence for stem in _stems(token))


def _runs(words: Sequence[str], lines: _Lines) -> Iterator[tuple[str, Span]]:
    """Every concept of which a line stands in some words, and where."""
    for at, word in enumerate(words):
        for length, by_line in lines.get(word, {}).items():
            for concept in by_line.get(tuple(words[at : at + length]), ()):
                yield concept, Span(at, at + length)


def _numbers(words: Iterable[str]) -> Iterator[tuple[str, Span]]:
    return ((NUMBER, Span(at, at + 1)) for at, word in enumerate(words) if word.isdecimal())


def _stems(token: Token) -> tuple[str, ...]:
    """The words of a token; blank where the spelling was mended on little evidence."""
    if token.text == ",":
        return ()
    return token.stems if token.certainty >= LEAST_CERTAIN else ("",) * len(token.stems)
