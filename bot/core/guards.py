"""Which limit of the bot a message touches: a dose, a diagnosis, a child, a pet, a greeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.model import Grammar, Guard, GuardOutcome
from bot.core.phrases import PhraseFinder
from bot.core.vocabulary import Sentences, Vocabulary

NEARLY_WHOLE = 0.75  # share of a message's telling words that a `whole` guard must cover

_ORDER = (GuardOutcome.CRISIS, GuardOutcome.ALARM, GuardOutcome.REFERRED, GuardOutcome.GREETED)


class GuardCheck:
    """Finds the guard that a message calls for."""

    def __init__(self, guards: Sequence[Guard], vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._guards = {guard.id: guard for guard in guards}
        partly = {guard.id: guard.phrasings for guard in guards if not guard.whole}
        wholly = {guard.id: guard.phrasings for guard in guards if guard.whole}
        self._partly = PhraseFinder(partly, vocabulary, grammar)
        # In a message of three words each one tells: "are you a doctor" is not "doctor".
        self._wholly = PhraseFinder(wholly, vocabulary, replace(grammar, small_words=frozenset()))

    def find(self, text: Sentences) -> Guard | None:
        """The guard a text calls for: crisis before alarm before referral before greeting, then the file's order."""
        found = [
            *self._partly.find(text),
            *(phrase for phrase in self._wholly.find(text) if phrase.share >= NEARLY_WHOLE),
        ]
        fitting = [self._guards[phrase.id] for phrase in found]
        return min(fitting, key=lambda guard: _ORDER.index(guard.outcome), default=None)
