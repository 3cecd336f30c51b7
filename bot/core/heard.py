"""What is learned from the messages of a knowledge: which sign or limit the words of another one speak for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.core.model import Knowledge, RedFlag, Urgency
from bot.core.second_look import Evidence, Reader, Said, SecondLook, Usage, together, weigh
from bot.core.vocabulary import Sentences, Vocabulary

ELSEWHERE = "other-topics"  # the harmless messages that are about no back at all
_ANY = "any"


class SignWords:
    """Which warning sign a message speaks for by its words alone.

    Args:
        usages: what messages with a sign use, by flag and urgency.
    """

    def __init__(
        self,
        red_flags: Sequence[RedFlag],
        usages: Mapping[tuple[str, Urgency], Usage],
        look: SecondLook,
        reader: Reader,
    ) -> None:
        self._look = look
        self._any = {_ANY: look.learn(together(usages.values()))}
        self._groups = {f"{flag}/{urgency}": look.learn(usage) for (flag, urgency), usage in usages.items()}
        self._signs: dict[str, dict[str, RedFlag]] = defaultdict(dict)  # flag and urgency -> sign id -> sign
        for sign in red_flags:
            self._signs[f"{sign.flag}/{sign.urgency}"][sign.id] = sign
        self._own = {sign.id: look.learn(reader.count(sign.phrasings)) for sign in red_flags if sign.phrasings}

    def read(self, text: Sentences) -> Said | None:
        """What a message says; None where nothing in it was ever said."""
        return self._look.read(text)

    def weigh(self, said: Said) -> float:
        """How much the words speak for any sign: about -2 to 5, 0 is no evidence either way."""
        return weigh(said, self._any)[0].weight

    def nearest(self, said: Said) -> tuple[RedFlag, float]:
        """The sign that the words speak for most, and by how much they speak more for an emergency than for less."""
        groups = weigh(said, self._groups)
        most = {found.group.endswith(Urgency.EMERGENCY): found.weight for found in reversed(groups)}
        signs = self._signs[groups[0].group]
        nearest = weigh(said, {id_: self._own[id_] for id_ in signs if id_ in self._own})
        sign = signs[nearest[0].group] if nearest else next(iter(signs.values()))
        return sign, most.get(True, -math.inf) - most.get(False, -math.inf)


class Words:
    """Which of some groups a message speaks for by its words."""

    def __init__(self, groups: Mapping[str, Usage], look: SecondLook) -> None:
        self._groups = {id_: look.learn(usage) for id_, usage in groups.items()}
        self._look = look

    def weigh(self, text: Sentences) -> list[Evidence]:
        """How much for each group, most first; empty where nothing in it was ever said."""
        said = self._look.read(text)
        return weigh(said, self._groups) if said else []


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
        everything = together((ordinary, self._elsewhere, *self._signs.values(), *self._guards.values()))
        self._look = SecondLook(everything, reader)

    def sign_words(self) -> SignWords | None:
        """What tells signs from all other messages; None where nobody wrote down a message with one."""
        if not self._has_messages:
            return None
        return SignWords(self._red_flags, self._signs, self._look, self._reader)

    def guard_words(self) -> Words:
        """What tells the messages that touch each limit from all others."""
        return Words(self._guards, self._look)

    def elsewhere_words(self) -> Words:
        """What tells messages about something else from those about backs."""
        return Words({ELSEWHERE: self._elsewhere}, self._look)
