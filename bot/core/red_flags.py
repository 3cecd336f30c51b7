"""Which warning signs a text holds, and how urgent they are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import Grammar, RedFlag, Urgency
from bot.core.phrases import PhraseFinder
from bot.core.scope import is_general, is_long_past
from bot.core.vocabulary import Sentences, Vocabulary


class RedFlagCheck:
    """Looks for red flags in the whole text of a message, whatever else it asks."""

    def __init__(self, red_flags: Sequence[RedFlag], vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._grammar = grammar
        self._red_flags = {red_flag.id: red_flag for red_flag in red_flags}
        self._finder = PhraseFinder({sign.id: sign.phrasings for sign in red_flags}, vocabulary, grammar)

    def find(self, text: Sentences, typed: Sequence[Sequence[str]]) -> tuple[RedFlag, ...]:
        """The red flags in a text, most urgent first; one a flag, the most urgent of its signs.

        Sentences that ask about a sign in general hold none; those about something long past hold only signs that
        count for ever. Equal urgencies keep the order of the knowledge file.

        Args:
            text: as the vocabulary read it.
            typed: the words of the same sentences.
        """
        own = [(read, said) for read, said in zip(text, typed, strict=True) if not is_general(said, self._grammar)]
        present = tuple(read for read, said in own if not is_long_past(said, self._grammar))
        past = tuple(read for read, said in own if is_long_past(said, self._grammar))
        signs = {phrase.id: self._red_flags[phrase.id] for phrase in self._finder.find(present)}
        for phrase in self._finder.find(past):
            if self._red_flags[phrase.id].ever:
                signs[phrase.id] = self._red_flags[phrase.id]
        found: dict[str, RedFlag] = {}
        for sign in sorted(signs.values(), key=lambda sign: sign.urgency.rank):
            found.setdefault(sign.flag, sign)
        return tuple(found.values())


def most_urgent(red_flags: Sequence[RedFlag]) -> Urgency:
    """The most pressing urgency of at least one red flag."""
    return min((red_flag.urgency for red_flag in red_flags), key=lambda urgency: urgency.rank)
