"""What is learned from the messages of a knowledge: which sign or limit the words of another one speak for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.core.kinds import ELSEWHERE, GUARDS, HARMLESS, SIGNS, kind_of, kinds_of
from bot.core.meaning import Gist
from bot.core.model import Knowledge, RedFlag, Urgency
from bot.core.second_look import Evidence, Reader, Said, SecondLook, Usage, together, weigh
from bot.core.vocabulary import Sentences, Vocabulary

LONGEST_COUNTED = 250  # characters of a message that is not harmless; most words of a longer one are about other things
GIST_SHARE = 0.5  # of the log odds of a sentence model, beside the weight of the words
SIGN_SHARE = 0.7  # of those of a warning sign, by the network and by n-grams together
GIST_LEAST = -0.8  # what the model takes away at most, and what is taken where there is none: so it silences nothing


class SignWords:
    """Which warning sign a message speaks for by its words alone.

    Args:
        usages: what messages with a sign use, by their kind.
    """

    def __init__(
        self, red_flags: Sequence[RedFlag], usages: Mapping[str, Usage], look: SecondLook, reader: Reader
    ) -> None:
        self._look = look
        self._any = {SIGNS: look.learn(together(usages.values()))}
        self._groups = {kind: look.learn(usage) for kind, usage in usages.items()}
        self._signs: dict[str, dict[str, RedFlag]] = defaultdict(dict)  # kind -> sign id -> sign
        for sign in red_flags:
            self._signs[kind_of(sign)][sign.id] = sign
        self._own = {sign.id: look.learn(reader.count(sign.phrasings)) for sign in red_flags if sign.phrasings}

    def read(self, text: Sentences) -> Said | None:
        """What a message says; None where nothing in it was ever said."""
        return self._look.read(text)

    def weigh(self, said: Said, gist: Gist | None) -> float:
        """How much a message speaks for any sign: about -2 to 5 by its words, 0 is no evidence either way."""
        heard = gist.odds(SIGNS) + gist.sign_odds if gist else 0
        added = max(SIGN_SHARE * heard, GIST_LEAST) if gist else GIST_LEAST
        return weigh(said, self._any)[0].weight + added

    def nearest(self, said: Said, gist: Gist | None) -> tuple[RedFlag, float]:
        """The sign that a message speaks for most, and by how much it speaks more for an emergency than for less."""
        groups = weigh(said, self._groups)
        if gist:
            groups = [Evidence(one.group, one.weight + gist.odds(one.group)) for one in groups]
            groups.sort(key=lambda evidence: -evidence.weight)
        most = {found.group.endswith(Urgency.EMERGENCY): found.weight for found in reversed(groups)}
        signs = self._signs[groups[0].group]
        nearest = weigh(said, {id_: self._own[id_] for id_ in signs if id_ in self._own})
        sign = signs[nearest[0].group] if nearest else next(iter(signs.values()))
        return sign, most.get(True, -math.inf) - most.get(False, -math.inf)


class Words:
    """Which of some kinds a message is by its words."""

    def __init__(self, kinds: Mapping[str, Usage], look: SecondLook) -> None:
        self._groups = {kind: look.learn(usage) for kind, usage in kinds.items()}
        self._look = look

    def weigh(self, text: Sentences, gist: Gist | None = None) -> list[Evidence]:
        """How much for each kind, most first; empty where nothing in it was ever said."""
        said = self._look.read(text)
        return _with_gist(weigh(said, self._groups), gist) if said else []


def _with_gist(found: list[Evidence], gist: Gist | None) -> list[Evidence]:
    """The same with what a sentence model adds, most first."""
    added = [
        Evidence(one.group, one.weight + (max(GIST_SHARE * gist.odds(one.group), GIST_LEAST) if gist else GIST_LEAST))
        for one in found
    ]
    return sorted(added, key=lambda evidence: -evidence.weight)


class Heard:
    """The messages of a knowledge, counted once.

    Args:
        vocabulary: reads them as it reads questions.
    """

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary) -> None:
        self._red_flags = knowledge.red_flags
        self._has_messages = bool(knowledge.messages.signs)
        self._reader = reader = Reader(vocabulary, knowledge.grammar)
        self._usages = {
            kind: reader.count(text for text in texts if len(text) <= LONGEST_COUNTED or kind.startswith(HARMLESS))
            for kind, texts in kinds_of(knowledge).items()
        }
        self._look = SecondLook(together(self._usages.values()), reader)

    def sign_words(self) -> SignWords | None:
        """What tells signs from all other messages; None where nobody wrote down a message with one."""
        if not self._has_messages:
            return None
        return SignWords(self._red_flags, self._of(SIGNS), self._look, self._reader)

    def guard_words(self) -> Words:
        """What tells the messages that touch each limit from all others."""
        return Words(self._of(GUARDS), self._look)

    def elsewhere_words(self) -> Words:
        """What tells messages about something else from those about backs."""
        return Words(self._of(ELSEWHERE), self._look)

    def _of(self, kinds: str) -> dict[str, Usage]:
        return {kind: usage for kind, usage in self._usages.items() if kind.startswith(kinds)}
