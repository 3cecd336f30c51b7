"""What is learned from the messages of a knowledge: which sign or limit the words of another one speak for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from bot.core.model import Knowledge, RedFlag, Urgency
from bot.core.second_look import Reader, SecondLook, Usage, together
from bot.core.vocabulary import Sentences, Vocabulary

ELSEWHERE = "other-topics"  # the harmless messages that are about no back at all
_ANY = "any"


class SignWords:
    """Which warning sign a message speaks for by its words alone.

    Args:
        usages: what messages with a sign use, by flag and urgency.
        everything: what all messages use.
    """

    def __init__(
        self, red_flags: Sequence[RedFlag], usages: dict[tuple[str, Urgency], Usage], everything: Usage, reader: Reader
    ) -> None:
        self._red_flags = red_flags
        keys = {f"{flag}/{urgency}": usage for (flag, urgency), usage in usages.items()}
        signs = together(usages.values())
        self._any = SecondLook({_ANY: signs}, everything, reader)
        self._which = SecondLook(keys, signs, reader)
        own = {sign.id: reader.count(sign.phrasings) for sign in red_flags}
        self._of_group = SecondLook(own, together(own.values()), reader)

    def weigh(self, text: Sentences) -> float:
        """How much the words speak for any sign: about -2 to 5, 0 is no evidence either way."""
        found = self._any.weigh(text)
        return found[0].weight if found else 0.0

    def nearest(self, text: Sentences) -> tuple[RedFlag | None, float]:
        """The sign that the words speak for most, and by how much they speak more for an emergency than for less."""
        groups = self._which.weigh(text)
        if not groups:
            return None, 0.0
        signs = {sign.id: sign for sign in self._red_flags if _key(sign) == groups[0].group}
        of_group = (signs[found.group] for found in self._of_group.weigh(text) if found.group in signs)
        sign = next(of_group, next(iter(signs.values()), None))
        most = dict.fromkeys((True, False), -math.inf)
        for found in groups:
            is_emergency = found.group.endswith(f"/{Urgency.EMERGENCY}")
            most[is_emergency] = max(most[is_emergency], found.weight)
        return sign, most[True] - most[False]


def _key(sign: RedFlag) -> str:
    return f"{sign.flag}/{sign.urgency}"


class Heard:
    """The messages of a knowledge, counted once.

    Args:
        vocabulary: reads them as it reads questions.
    """

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary) -> None:
        self._red_flags = knowledge.red_flags
        self._has_messages = bool(knowledge.messages.signs)
        self._reader = reader = Reader(vocabulary, knowledge.grammar)
        signs: dict[tuple[str, Urgency], list[str]] = defaultdict(list)
        for sign in knowledge.red_flags:
            signs[sign.flag, sign.urgency] += sign.phrasings
        for key, texts in knowledge.messages.signs.items():
            signs[key] += texts
        self._signs = {key: reader.count(texts) for key, texts in signs.items()}
        self._guards = {id_: reader.count(texts) for id_, texts in knowledge.messages.guards.items()}
        flags = {sign.flag for sign in knowledge.red_flags}
        entries = [entry for entry in knowledge.entries.values() if entry.id not in flags]
        harmless = knowledge.messages.harmless
        kinds = [texts for kind, texts in harmless.items() if kind != ELSEWHERE]
        own = [(entry.title, *entry.phrasings) for entry in entries]
        ordinary = reader.count(text for texts in (*own, *kinds) for text in texts)
        elsewhere = [*knowledge.elsewhere.values(), harmless.get(ELSEWHERE, ())]
        self._elsewhere = reader.count(text for texts in elsewhere for text in texts)
        self._everything = together((ordinary, self._elsewhere, *self._signs.values(), *self._guards.values()))

    def sign_words(self) -> SignWords | None:
        """What tells signs from all other messages; None where nobody wrote down a message with one."""
        if not self._has_messages:
            return None
        return SignWords(self._red_flags, self._signs, self._everything, self._reader)

    def guard_words(self) -> SecondLook:
        """What tells the messages that touch each limit from all others."""
        return SecondLook(self._guards, self._everything, self._reader)

    def elsewhere_words(self) -> SecondLook:
        """What tells messages about something else from those about backs."""
        return SecondLook({ELSEWHERE: self._elsewhere}, self._everything, self._reader)
