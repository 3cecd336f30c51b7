"""Which warning signs a text holds, and how urgent they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.model import Grammar, RedFlag, Urgency
from bot.core.phrases import PhraseFinder
from bot.core.scope import is_general, is_long_past
from bot.core.vocabulary import Sentences, Vocabulary


@dataclass(frozen=True, slots=True)
class Signs:
    """The red flags in a text, most urgent first, one a flag: the most urgent of its signs."""

    stated: tuple[RedFlag, ...] = ()
    suspected: tuple[RedFlag, ...] = ()  # by unclear words; never a flag that is stated too


class RedFlagCheck:
    """Looks for red flags in the whole text of a message, whatever else it asks."""

    def __init__(self, red_flags: Sequence[RedFlag], vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._grammar = grammar
        self._red_flags = {red_flag.id: red_flag for red_flag in red_flags}
        self._stated = PhraseFinder({sign.id: sign.phrasings for sign in red_flags}, vocabulary, grammar)
        self._unclear = PhraseFinder({sign.id: sign.unclear for sign in red_flags}, vocabulary, grammar)

    def find(self, text: Sentences, typed: Sequence[Sequence[str]]) -> Signs:
        """The signs that a text states, and those that it may mean.

        Sentences that ask about a sign in general hold none; those about something long past hold only signs that
        count for ever. Equal urgencies keep the order of the knowledge file.

        Args:
            text: as the vocabulary read it.
            typed: the words of the same sentences.
        """
        own = [(read, said) for read, said in zip(text, typed, strict=True) if not is_general(said, self._grammar)]
        present = tuple(read for read, said in own if not is_long_past(said, self._grammar))
        past = tuple(read for read, said in own if is_long_past(said, self._grammar))
        stated = self._find(self._stated, present, past)
        suspected = self._find(self._unclear, present, past)
        return Signs(tuple(stated.values()), tuple(suspected[flag] for flag in suspected if flag not in stated))

    def _find(self, finder: PhraseFinder, present: Sentences, past: Sentences) -> dict[str, RedFlag]:
        """The most urgent sign of each flag, by flag."""
        signs = {phrase.id: self._red_flags[phrase.id] for phrase in finder.find(present)}
        for phrase in finder.find(past):
            if self._red_flags[phrase.id].ever:
                signs[phrase.id] = self._red_flags[phrase.id]
        found: dict[str, RedFlag] = {}
        for sign in sorted(signs.values(), key=lambda sign: sign.urgency.rank):
            found.setdefault(sign.flag, sign)
        return found


def most_urgent(red_flags: Sequence[RedFlag]) -> Urgency:
    """The most pressing urgency of at least one red flag."""
    return min((red_flag.urgency for red_flag in red_flags), key=lambda urgency: urgency.rank)
