"""Whose trouble a sentence tells of, and when: somebody's own now, a subject in general, something over, another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.model import Grammar

_LONGEST_TIME = 5  # words of a part that only says when: "as a kid, I fell"; who does what stands there too
_OWN = ("is", "it")  # so begins what somebody wants to do: "is it ok to run with a fever"
_OPENING = 3  # words at the beginning of a part in which its subject or its "gone" stands


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence, up to a comma or a joining word."""

    start: int
    end: int  # the place behind its last word
    past: bool = False  # told as over: only signs that count for ever are in it
    well: bool = False  # says that something is as it should be
    hearsay: bool = False  # another person's, whose back is not spoken of: signs that count for ever are not in it
    void: bool = False  # holds no sign at all: in general, another person's


class Scope:
    """Reads whose trouble sentences tell of, by the small words of a language. Words are in normal form, as typed."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._about_a_subject = _Phrases(grammar.about_a_subject)
        self._long_ago = _Phrases(grammar.long_ago)
        self._own_back = _Phrases(grammar.own_back)
        self._resolved = _Phrases(phrase for phrase in grammar.resolved if len(phrase) > 1)
        self._all_clear = _Phrases(grammar.all_clear)

    def is_general(self, sentence: Sequence[str]) -> bool:
        """Whether a sentence asks about something in general: "why is weakness on one side a warning sign?".

        It begins as a question and holds no word that makes it somebody's own: no person, no time near now, no "if",
        no denial. "Why can't I pee?" and "what if both legs go numb?" are somebody's own; so is whatever is unclear.
        One that speaks of doctors, lists or meanings is general though it says "if".
        """
        if self._about_a_subject.are_in(sentence) and self._grammar.own_now.isdisjoint(sentence):
            return True
        opens = bool(sentence) and sentence[0] in self._grammar.question_openers and tuple(sentence[:2]) != _OWN
        return opens and self._grammar.own_trouble.isdisjoint(sentence)

    def is_long_past(self, sentence: Sequence[str]) -> bool:
        """Whether a sentence tells of something long over: "chest pains in my twenties, none since then".

        It names a time long ago and nothing that is there now: "years ago, and now again" is not past.
        """
        said = [word for word in sentence if word != ","]
        return self._grammar.still_there.isdisjoint(said) and self._long_ago.are_in(said)

    def read_parts(self, sentences: Sequence[Sequence[str]]) -> tuple[tuple[Part, ...], ...]:
        """The parts of each sentence of a message, and which of them hold no sign."""
        own_back = any(self._own_back.are_in(sentence) or self._complains(sentence) for sentence in sentences)
        speaks = not all(self._grammar.own_words.isdisjoint(sentence) for sentence in sentences)
        others_back = not speaks or any(map(self._names_anothers_back, sentences))
        return tuple(
            tuple(self._read_sentence(sentence, own_back=own_back, others_back=others_back)) for sentence in sentences
        )

    def _read_sentence(self, sentence: Sequence[str], *, own_back: bool, others_back: bool) -> Iterator[Part]:
        if self.is_general(sentence):
            yield Part(0, len(sentence), void=True)
            return
        spans = list(self._spans(sentence))
        words = [[word for word in sentence[start:end] if word not in self._grammar.joints] for start, end in spans]
        statements = list(self._statements(words))
        over = self._over(words, statements)
        for statement in statements:
            said = [word for at in statement for word in words[at]]
            past = self.is_long_past(said)
            anothers = self._is_anothers(said)
            hearsay = anothers and not others_back
            for at in statement:
                well = self._is_well(words[at])
                yield Part(*spans[at], past or at in over, well, hearsay=hearsay, void=anothers and own_back)

    def _spans(self, sentence: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where parts begin and end; a person speaking anew begins one too: "my back is bad i cant pee"."""
        grammar = self._grammar
        start = 0
        for place, word in enumerate(sentence):
            speaks = word in grammar.speakers and place - start >= _OPENING
            if place > start and (word in grammar.joints or (speaks and sentence[place - 1] not in grammar.binders)):
                yield start, place
                start = place
        if start < len(sentence):
            yield start, len(sentence)

    def _statements(self, parts: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        """The parts that make one statement together: one without a subject of its own goes on with the one before."""
        together: list[int] = []
        only_when = False
        for at, words in enumerate(parts):
            goes_on = self._grammar.subjects.isdisjoint(words[:_OPENING])
            when = len(words) <= _LONGEST_TIME and self._long_ago.are_in(words)
            if together and not (goes_on or only_when or when):
                yield together
                together = []
            only_when = when and not together
            together.append(at)
        if together:
            yield together

    def _over(self, parts: Sequence[Sequence[str]], statements: Sequence[Sequence[int]]) -> set[int]:
        """The parts whose trouble is over; they say so, or a part behind them does: "numb toes, long gone"."""
        grammar = self._grammar
        found: set[int] = set()
        for at, words in enumerate(parts):
            if self._all_clear.are_in(words):
                found.update(range(at + 1))
            elif grammar.negations.isdisjoint(words) and self._is_over(words):
                found.add(at)
                if at and self._is_over(words[: _OPENING + 1]):
                    found.update(before for before in _whole(at - 1, statements) if before < at)
        return {at for at in found if grammar.near_now.isdisjoint(parts[at]) or self._is_over(parts[at])}

    def _is_over(self, words: Sequence[str]) -> bool:
        """Whether words say that something is over; a single one does only where it is all that is said."""
        return tuple(words) in self._grammar.resolved or self._resolved.are_in(words)

    def _is_well(self, words: Sequence[str]) -> bool:
        against = self._grammar.negations | self._grammar.before_now
        return not self._grammar.well.isdisjoint(words) and against.isdisjoint(words)

    def _complains(self, said: Sequence[str]) -> bool:
        """Whether somebody speaks of their own back: "i made the bed, back twinged", but not "i rub dads back"."""
        spoken = False
        for place, word in enumerate(said):
            spoken = spoken or word in self._grammar.own_words
            before = said[place - 1] if place else ""
            if spoken and word in self._grammar.complaint and not self._is_person(before):
                return True
        return False

    def _names_anothers_back(self, sentence: Sequence[str]) -> bool:
        return any(
            self._is_person(one) and word.removesuffix("s") in self._grammar.complaint
            for one, word in pairwise(sentence)
        )

    def _is_person(self, word: str) -> bool:
        return word in self._grammar.persons or word.removesuffix("s") in self._grammar.persons

    def _is_anothers(self, said: Sequence[str]) -> bool:
        """Whether a statement is about another person, and not about what is new there."""
        if not self._grammar.near_now.isdisjoint(said):
            return False
        for place, word in enumerate(said[:_LONGEST_TIME]):
            if word in self._grammar.own_words and place < _OPENING:
                return False
            if self._is_person(word):
                return True
        return False


def _whole(part: int, statements: Sequence[Sequence[int]]) -> Sequence[int]:
    """The parts of the statement that a part belongs to."""
    return next(statement for statement in statements if part in statement)


class _Phrases:
    """Runs of words, found by their first."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[list[str]]] = defaultdict(list)
        for phrase in phrases:
            self._by_first[phrase[0]].append(list(phrase))

    def are_in(self, words: Sequence[str]) -> bool:
        """Whether one of them stands in some words."""
        return any(
            list(words[at : at + len(phrase)]) == phrase
            for at, word in enumerate(words)
            if word in self._by_first
            for phrase in self._by_first[word]
        )
