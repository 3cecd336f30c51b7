"""Where a phrasing's telling words stand together in a sentence, and whether the sentence denies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.model import Grammar
from bot.core.text import sentences
from bot.core.vocabulary import Token, Vocabulary

_JOINTS = frozenset({",", "and"})  # what may begin a new statement inside a sentence
LOOSEST = 3  # words that may stand between the telling words of a phrasing, all gaps together


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrasing that fits a text."""

    id: str  # of what the phrasing stands for
    phrasing: str
    share: float  # 0-1: how much of the text's telling words the phrasing covers


class PhraseFinder:
    """Finds phrasings in texts: all their telling words, near each other in one sentence, in any order.

    Args:
        phrasings: what they stand for -> its phrasings.
    """

    def __init__(self, phrasings: Mapping[str, Iterable[str]], vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._vocabulary = vocabulary
        self._grammar = grammar
        self._phrases: list[tuple[str, str, frozenset[str]]] = []
        self._by_token: dict[str, list[int]] = defaultdict(list)
        self._by_message: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
        for id_, texts in phrasings.items():
            for text in texts:
                self._add(id_, text)

    def find(self, text: str) -> tuple[Phrase, ...]:
        """Phrasings that stand in a text and are not denied there, in the order of the knowledge.

        A phrasing of small words only ("who are you") fits the message of just these words, and no other.
        """
        parts = [self._vocabulary.read(part) for part in sentences(text)]
        telling = {token.text for part in parts for token in part if self._is_telling(token)}
        found = {number for part in parts for number in self._find_in(part)}
        phrases = (self._phrases[number] for number in sorted(found))
        return (
            *(Phrase(id_, phrasing, len(words) / len(telling)) for id_, phrasing, words in phrases),
            *self._by_message.get(_texts(parts), ()),
        )

    def _add(self, id_: str, text: str) -> None:
        parts = [self._vocabulary.read(part) for part in sentences(text)]
        telling = frozenset(token.text for part in parts for token in part if self._is_telling(token))
        if not telling:
            self._by_message[_texts(parts)].append(Phrase(id_, text, share=1.0))
            return
        for token in telling:
            self._by_token[token].append(len(self._phrases))
        self._phrases.append((id_, text, telling))

    def _find_in(self, sentence: Sequence[Token]) -> Iterable[int]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(sentence):
            if self._is_telling(token):
                places[token.text].append(place)
        denied_by = self._denials(sentence)
        hits: dict[int, int] = defaultdict(int)
        for text in places:
            for number in self._by_token.get(text, ()):
                hits[number] += 1
        for number, count in hits.items():
            words = self._phrases[number][2]
            if count < len(words):
                continue
            span = _narrowest({word: places[word] for word in words})
            if span[-1] - span[0] - len(span) < LOOSEST + 1 and not self._is_denied(span, denied_by):
                yield number

    def _is_telling(self, token: Token) -> bool:
        return token.text != "," and token.text not in self._grammar.small_words

    @staticmethod
    def _is_denied(span: Sequence[int], denied_by: Sequence[int | None]) -> bool:
        """Whether a negation outside the phrasing reaches one of its words."""
        return any(denied_by[place] is not None and denied_by[place] not in span for place in span)

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


def _texts(parts: Iterable[Iterable[Token]]) -> tuple[str, ...]:
    return tuple(token.text for part in parts for token in part if token.text != ",")


def _narrowest(places: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """One place a word, in order, as close together as they come."""
    best: tuple[int, ...] = ()
    for anchor in min(places.values(), key=len):
        near = tuple(sorted(min(options, key=lambda place: abs(place - anchor)) for options in places.values()))
        if not best or near[-1] - near[0] < best[-1] - best[0]:
            best = near
    return best
