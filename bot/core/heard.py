"""What is learned from the messages of a knowledge: which sign or limit another one speaks for.

Weights add what a sentence model makes of a message, where there is one, to what its words weigh.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.kinds import ELSEWHERE, GUARDS, HARMLESS, IN_GENERAL, OWN, SELF_HARM, SIGNS, kind_of, kinds_of, own_kind
from bot.core.meaning import Gist
from bot.core.model import Knowledge, RedFlag, Urgency
from bot.core.second_look import LearnedWords, Reader, SecondLook
from bot.core.vocabulary import Sentences, Vocabulary

LONGEST_COUNTED = 250  # characters of a message that is not harmless; most words of a longer one are about other things
GIST_SHARE = 0.5  # of the log odds of a sentence model, beside the weight of the words
WORDS_LEAST = -1.0  # weight of the words of a sign: many harmless ones may stand around those that tell of it
SIGN_LEAST = -1.1  # what the model takes away from a sign at most, and what is taken where it is not: it silences none
IN_DOUBT = 0.5  # by which a message may speak less for an emergency than for what can wait, and is one all the same
GENERAL_LEAD = 3.0  # by which words speak more for a question about a word than for a sign: of 10,000 with one 17 do
LIMIT_LEAST = -2.0  # what it takes away from a limit at most: a cry for help heard in "imagine the sea and relax"
LIMIT_WITHOUT = -0.8  # what is taken away from one where there is no model


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much a message speaks for a kind."""

    kind: str
    weight: float  # of words and sentence model; without a model about -2 to 5, 0 is no evidence either way


class SignWords:
    """Which warning sign a message speaks for, by its words and a sentence model, whatever is listed."""

    def __init__(self, red_flags: Sequence[RedFlag], look: SecondLook) -> None:
        self._look = look
        self._signs: dict[str, list[RedFlag]] = defaultdict(list)  # by their kind
        for sign in red_flags:
            self._signs[kind_of(sign)].append(sign)

    def read(self, text: Sentences) -> Mapping[str, float]:
        """What the words of a message weigh; empty where nothing in it was ever said."""
        return self._look.weigh(text)

    def weigh(self, said: Mapping[str, float], gist: Gist | None, least: float = SIGN_LEAST) -> float:
        """How much a message speaks for any sign, by its words (at least `WORDS_LEAST`) and a sentence model.

        Args:
            said: from `read`.
            gist: what the model makes of the message; without one `SIGN_LEAST` stands in its place.
            least: what a sentence model takes away at most, below 0.
        """
        heard = gist.odds(SIGNS) + gist.sign_odds if gist else SIGN_LEAST
        return max(said[SIGNS], WORDS_LEAST) + max(heard, least)

    @staticmethod
    def are_about_a_word(said: Mapping[str, float]) -> bool:
        """Whether words ask about a sign in general: "wat dose drop foot mean", "our course says fever, why?"."""
        return IN_GENERAL in said and said[IN_GENERAL] - said[SIGNS] >= GENERAL_LEAD

    def nearest(self, said: Mapping[str, float], gist: Gist | None) -> tuple[RedFlag, float]:
        """The sign that words and model speak for most, and by how much they speak more for an emergency than for less.

        In doubt it is the emergency.
        """
        kinds = {kind: said[kind] + (gist.odds(kind) if gist else 0) for kind in self._signs if kind in said}
        emergencies = [kind for kind in kinds if kind.endswith(Urgency.EMERGENCY)]
        others = [kind for kind in kinds if kind not in emergencies]
        emergency = max(emergencies, key=kinds.__getitem__, default="")
        other = max(others, key=kinds.__getitem__, default="")
        lead = kinds.get(emergency, -math.inf) - kinds.get(other, -math.inf)
        signs = self._signs[emergency if lead >= -IN_DOUBT else other]
        sign = max(signs, key=lambda sign: said.get(own_kind(sign), -math.inf))
        return sign, lead


class Words:
    """Which of some kinds a message is, by its words and a sentence model.

    Args:
        kinds: what their names begin with.
    """

    def __init__(self, kinds: str, look: SecondLook) -> None:
        self._kinds = kinds
        self._look = look

    def weigh(self, text: Sentences, gist: Gist | None = None) -> list[Evidence]:
        """How much for each kind, most first; empty where no word of it was ever said.

        Args:
            gist: what the model makes of the text: half of its log odds are added, `LIMIT_LEAST` at least; without one
                `LIMIT_WITHOUT` is.
        """
        found = [
            Evidence(kind, weight + (max(GIST_SHARE * gist.odds(kind), LIMIT_LEAST) if gist else LIMIT_WITHOUT))
            for kind, weight in self._look.weigh(text).items()
            if kind.startswith(self._kinds)
        ]
        return sorted(found, key=lambda evidence: -evidence.weight)


class Heard:
    """What is heard in the messages of a knowledge.

    Args:
        vocabulary: reads messages as it reads questions.
        learned: from `learn_words` for the same knowledge, where it was kept.
    """

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary, learned: LearnedWords | None = None) -> None:
        self._red_flags = knowledge.red_flags
        self._has_messages = bool(knowledge.messages.signs)
        learned = learned or learn_words(knowledge, vocabulary)
        self._look = SecondLook(learned, Reader(vocabulary, knowledge.grammar))

    def sign_words(self) -> SignWords | None:
        """What tells signs from all other messages; None where nobody wrote down a message with one."""
        return SignWords(self._red_flags, self._look) if self._has_messages else None

    def guard_words(self) -> Words:
        """What tells the messages that touch each limit from all others."""
        return Words(GUARDS, self._look)

    def elsewhere_words(self) -> Words:
        """What tells messages about something else from those about backs."""
        return Words(ELSEWHERE, self._look)


def learn_words(knowledge: Knowledge, vocabulary: Vocabulary) -> LearnedWords:
    """What the words of messages speak for: any sign, each kind of sign, each sign, each limit, the rest."""
    kinds = {
        kind: [text for text in texts if len(text) <= LONGEST_COUNTED or kind.startswith(HARMLESS)]
        for kind, texts in kinds_of(knowledge, signs_apart=True).items()
    }
    return Reader(vocabulary, knowledge.grammar).learn(kinds, _groups_of, regressed={SIGNS, SELF_HARM, IN_GENERAL})


def _groups_of(kind: str) -> Sequence[str]:
    """The groups that a kind of messages belongs to."""
    if kind.startswith(SIGNS):
        return list(dict.fromkeys((SIGNS, kind.partition(OWN)[0], kind)))
    return [kind] if kind.startswith((GUARDS, ELSEWHERE, IN_GENERAL)) else []
