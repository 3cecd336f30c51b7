"""Where a phrasing's telling words stand together in a sentence, and whether the sentence denies it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.denial import find_denials
from bot.core.model import Grammar
from bot.core.vocabulary import Sentences, Token, Vocabulary

NOT = "not "  # before an idea that its own phrasing denies: "no feeling"
LOOSEST = 6  # words that may stand between the telling words of a phrasing, all gaps together


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrasing that fits a text."""

    id: str  # of what the phrasing stands for
    phrasing: str


class PhraseFinder:
    """Finds phrasings in texts: all their telling words, near each other in one sentence, in any order.

    Args:
        phrasings: what they stand for -> its phrasings. One without a telling word fits nothing.
    """

    def __init__(self, phrasings: Mapping[str, Iterable[str]], vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._grammar = grammar
        self._phrases: list[Phrase] = []
        alike: dict[frozenset[str], list[int]] = defaultdict(list)  # many phrasings hold the same ideas
        for id_, texts in phrasings.items():
            for text in texts:
                if ideas := self.telling_words(vocabulary.read(text)):
                    alike[ideas].append(len(self._phrases))
                    self._phrases.append(Phrase(id_, text))
        users = Counter(idea for ideas in alike for idea in ideas)
        # Looked for by the idea that fewest use: where it is missing, nothing else need be there.
        self._by_rarest: dict[str, list[tuple[frozenset[str], list[int]]]] = defaultdict(list)
        for ideas, numbers in alike.items():
            self._by_rarest[min(ideas, key=lambda idea: (users[idea], idea))].append((ideas, numbers))

    def find(self, text: Iterable[Sequence[Token]]) -> tuple[Phrase, ...]:
        """Phrasings that stand in the sentences of a text and are not denied there, in the order of the knowledge."""
        found = {number for sentence in text for number in self._find_in(sentence)}
        return tuple(self._phrases[number] for number in sorted(found))

    def telling_words(self, read: Sentences) -> frozenset[str]:
        """The words by which a phrasing is found; one that is denied begins with `NOT`."""
        return frozenset(idea for sentence in read for idea, _ in self._ideas(sentence))

    def _find_in(self, sentence: Sequence[Token]) -> Iterable[int]:
        places: dict[str, list[int]] = defaultdict(list)
        for idea, place in self._ideas(sentence):
            places[idea].append(place)
            if idea.startswith(NOT):
                places[idea.removeprefix(NOT)].append(place)
        rarest = (group for idea in places for group in self._by_rarest.get(idea, ()))
        said = [(ideas, numbers) for ideas, numbers in rarest if ideas <= places.keys()]
        denied_by = find_denials([token.text for token in sentence], self._grammar) if said else []
        for ideas, numbers in said:
            if _is_stated({idea: places[idea] for idea in ideas}, denied_by):
                yield from numbers

    def _ideas(self, sentence: Sequence[Token]) -> Iterable[tuple[str, int]]:
        """The telling words of a sentence with their places; one right behind a negation is another idea: "not pee"."""
        grammar = self._grammar
        negated = False
        for place, token in enumerate(sentence):
            if token.text in grammar.negations:
                negated = True
            elif token.text == ",":
                negated = False
            elif token.text not in grammar.small_words or (negated and token.text in grammar.small_unless_denied):
                yield (NOT + token.text if negated else token.text), place
                negated = False


def _is_stated(places: Mapping[str, Sequence[int]], denied_by: Sequence[int | None]) -> bool:
    """Whether ideas stand close together somewhere and no negation reaches them there but their own."""
    for anchor in min(places.values(), key=len):
        stands = {idea: _nearest(options, anchor) for idea, options in places.items()}
        gap = max(stands.values()) - min(stands.values()) - len(stands)
        own = {denied_by[place] for idea, place in stands.items() if idea.startswith(NOT)}
        if gap <= LOOSEST and all(denied_by[place] in {None, *own} for place in stands.values()):
            return True
    return False


def _nearest(places: Sequence[int], anchor: int) -> int:
    """The one of some rising places that is nearest to another place."""
    after = bisect_left(places, anchor)
    if after in {0, len(places)}:
        return places[min(after, len(places) - 1)]
    before, behind = places[after - 1], places[after]
    return before if anchor - before <= behind - anchor else behind
