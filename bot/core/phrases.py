"""Where a phrasing's telling words stand together in a sentence, and whether the sentence denies it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
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
    share: float  # 0-1: how much of the text's telling words the phrasing covers


class PhraseFinder:
    """Finds phrasings in texts: all their telling words, near each other in one sentence, in any order.

    Args:
        phrasings: what they stand for -> its phrasings. One without a telling word fits nothing.
    """

    def __init__(self, phrasings: Mapping[str, Iterable[str]], vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._grammar = grammar
        self._phrases: list[tuple[str, str, frozenset[str]]] = []
        self._by_idea: dict[str, list[int]] = defaultdict(list)
        for id_, texts in phrasings.items():
            for text in texts:
                self._add(id_, text, vocabulary.read(text))

    def find(self, text: Sentences) -> tuple[Phrase, ...]:
        """Phrasings that stand in a text and are not denied there, in the order of the knowledge."""
        said = {idea for sentence in text for idea, _ in self._ideas(sentence)}
        found = {number for sentence in text for number in self._find_in(sentence)}
        phrases = (self._phrases[number] for number in sorted(found))
        return tuple(Phrase(id_, phrasing, len(ideas) / len(said)) for id_, phrasing, ideas in phrases)

    def telling_words(self, read: Sentences) -> frozenset[str]:
        """The words by which a phrasing is found; one that is denied begins with `NOT`."""
        return frozenset(idea for sentence in read for idea, _ in self._ideas(sentence))

    def _add(self, id_: str, phrasing: str, read: Sentences) -> None:
        ideas = self.telling_words(read)
        if not ideas:
            return
        for idea in ideas:
            self._by_idea[idea].append(len(self._phrases))
        self._phrases.append((id_, phrasing, ideas))

    def _find_in(self, sentence: Sequence[Token]) -> Iterable[int]:
        places: dict[str, list[int]] = defaultdict(list)
        for idea, place in self._ideas(sentence):
            places[idea].append(place)
            if idea.startswith(NOT):
                places[idea.removeprefix(NOT)].append(place)
        denied_by = find_denials([token.text for token in sentence], self._grammar)
        hits: dict[int, int] = defaultdict(int)
        for idea in places:
            for number in self._by_idea.get(idea, ()):
                hits[number] += 1
        stated: dict[frozenset[str], bool] = {}  # many phrasings hold the same ideas
        for number, count in hits.items():
            ideas = self._phrases[number][2]
            if count == len(ideas):
                if ideas not in stated:
                    stated[ideas] = _is_stated({idea: places[idea] for idea in ideas}, denied_by)
                if stated[ideas]:
                    yield number

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
    return min(places[max(after - 1, 0) : after + 1], key=lambda place: abs(place - anchor))
