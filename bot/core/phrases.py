"""Where a phrasing's telling words stand together in a sentence, and whether the sentence denies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.model import Grammar
from bot.core.text import sentences
from bot.core.vocabulary import Token, Vocabulary

_JOINTS = frozenset({",", "and"})  # what may begin a new statement inside a sentence
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
        self._vocabulary = vocabulary
        self._grammar = grammar
        self._phrases: list[tuple[str, str, frozenset[str]]] = []
        self._by_idea: dict[str, list[int]] = defaultdict(list)
        for id_, texts in phrasings.items():
            for text in texts:
                self._add(id_, text)

    def find(self, text: str) -> tuple[Phrase, ...]:
        """Phrasings that stand in a text and are not denied there, in the order of the knowledge."""
        parts = [self._vocabulary.read(part) for part in sentences(text)]
        said = {idea for part in parts for idea, _ in self._ideas(part)}
        found = {number for part in parts for number in self._find_in(part)}
        phrases = (self._phrases[number] for number in sorted(found))
        return tuple(Phrase(id_, phrasing, len(ideas) / len(said)) for id_, phrasing, ideas in phrases)

    def _add(self, id_: str, text: str) -> None:
        parts = [self._vocabulary.read(part) for part in sentences(text)]
        ideas = frozenset(idea for part in parts for idea, _ in self._ideas(part))
        if not ideas:
            return
        for idea in ideas:
            self._by_idea[idea].append(len(self._phrases))
        self._phrases.append((id_, text, ideas))

    def _find_in(self, sentence: Sequence[Token]) -> Iterable[int]:
        places: dict[str, list[int]] = defaultdict(list)
        for idea, place in self._ideas(sentence):
            places[idea].append(place)
            if idea.startswith(NOT):
                places[idea.removeprefix(NOT)].append(place)
        denied_by = self._denials(sentence)
        hits: dict[int, int] = defaultdict(int)
        for idea in places:
            for number in self._by_idea.get(idea, ()):
                hits[number] += 1
        for number, count in hits.items():
            ideas = self._phrases[number][2]
            if count < len(ideas):
                continue
            stands = _narrowest({idea: places[idea] for idea in ideas})
            gap = max(stands.values()) - min(stands.values()) - len(stands)
            own = {denied_by[place] for idea, place in stands.items() if idea.startswith(NOT)}
            denied = any(denied_by[place] not in {None, *own} for place in stands.values())
            if gap <= LOOSEST and not denied:
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

    def _denials(self, sentence: Sequence[Token]) -> list[int | None]:
        """For each token the place of the negation that reaches it."""
        grammar = self._grammar
        denied_by: list[int | None] = []
        negation: int | None = None
        starts = True
        for place, token in enumerate(sentence):
            text = token.text
            if text in grammar.negations:
                negation = place
            elif text in grammar.denial_ends or (starts and text in grammar.denial_ends_at_a_start):
                negation = None
            elif text in _JOINTS and not self._goes_on(sentence[place + 1 :], listed=text == ","):
                negation = None
            starts = text in _JOINTS
            denied_by.append(negation)
        return denied_by

    def _goes_on(self, rest: Sequence[Token], *, listed: bool) -> bool:
        """Whether a denial goes on behind a comma or an 'and': a list of nouns, not a statement of its own."""
        texts = [token.text for token in rest]
        end = next((place for place, text in enumerate(texts) if text in _JOINTS), len(texts))
        if any(text in self._grammar.stating_verbs for text in texts[:end]):
            return False
        return not listed or "or" in texts or "nor" in texts


def _narrowest(places: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """One place an idea, as close together as they come."""
    best: dict[str, int] = {}
    for anchor in min(places.values(), key=len):
        near = {idea: min(options, key=lambda place: abs(place - anchor)) for idea, options in places.items()}
        if not best or _width(near) < _width(best):
            best = near
    return best


def _width(places: Mapping[str, int]) -> int:
    return max(places.values()) - min(places.values())
