"""Which limit of the bot a message touches: a dose, a diagnosis, a child, a pet, a greeting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.concepts import ConceptFinder, Places, stands
from bot.core.heard import Words
from bot.core.kinds import GUARDS
from bot.core.meaning import Gist
from bot.core.model import Concepts, Grammar, Guard, GuardOutcome
from bot.core.vocabulary import Sentences, Vocabulary

FILLER = "filler"  # the concept of words that add nothing to a guard that stands alone: "bot", "sir", "mate"

_ORDER = (
    GuardOutcome.CRISIS,
    GuardOutcome.ALARM,
    GuardOutcome.REFERRED,
    GuardOutcome.UNKNOWN,
    GuardOutcome.GREETED,
)

# The least weight that calls for a guard nothing listed calls for. Crisis and alarm go before everything; the rest is
# asked for only where no entry answers, and so needs less. Weights are those of the words and, where there is one, the
# sentence model.
CLEAR = {
    GuardOutcome.CRISIS: 1.3,  # one other message in 200 comes to it; docs/decisions/0009-second-look.md
    GuardOutcome.ALARM: 0.2,
    GuardOutcome.REFERRED: 0.9,
    GuardOutcome.UNKNOWN: 0.9,
    GuardOutcome.GREETED: -0.3,
}
BESIDE_AN_ANSWER = 1.7  # for a guard whose reply stands above the answer
INSTEAD_OF_AN_ANSWER = 3.0  # for one whose reply leaves room for none: the tablets of somebody who is expecting
# The weight below which a listed guard is none: a story with a cat in it is not about the cat, a coach's "suicides" are
# sprints. Of 110 crises and overdoses that are listed and meant none has less than -3.7; of those not meant half have.
DOUBTFUL = {GuardOutcome.CRISIS: -4.5, GuardOutcome.ALARM: -6.0, GuardOutcome.REFERRED: -7.0}
THANKED = 2.0  # for a greeting that would be read as a question on what was said before: "most kind of you"
# A crisis or an alarm that nothing listed calls for: so many words that are not small, deny nothing and ask nothing, or
# so much weight.
# "Who shouldn't take them" weighs 3; "this is no life" and five more of the 2,453 we know at least 6.
FEWEST_TELLING, HEAVY = 2, 6.0
FEWEST_TO_FOLLOW = 3  # where something was answered before: "every day?" asks about that
_FIRST = {GuardOutcome.CRISIS, GuardOutcome.ALARM}


@dataclass(frozen=True, slots=True)
class Called:
    """A guard, and how much a message speaks for it: by its words and, where there is one, the sentence model."""

    guard: Guard
    weight: float

    @property
    def is_thanks(self) -> bool:
        """Whether nothing is asked, though what was said before may be read into it."""
        return self.guard.outcome is GuardOutcome.GREETED and self.weight >= THANKED

    @property
    def is_doubtful(self) -> bool:
        """Whether so much speaks against it that what is listed for it does not call for it."""
        return self.weight < DOUBTFUL.get(self.guard.outcome, -math.inf)

    def is_clear(self, *, is_answered: bool = False) -> bool:
        """Whether it is called for. Where an entry answers it takes more, and no greeting is."""
        if not is_answered:
            return self.weight >= CLEAR[self.guard.outcome]
        if self.guard.answers:
            return self.weight >= BESIDE_AN_ANSWER
        return self.guard.outcome is GuardOutcome.REFERRED and self.weight >= INSTEAD_OF_AN_ANSWER


class GuardCheck:
    """Finds the guard that a message calls for.

    Args:
        guard_words: weighs a message at a second look; without it only what is listed is heard.
    """

    def __init__(
        self,
        guards: Sequence[Guard],
        concepts: Concepts,
        vocabulary: Vocabulary,
        grammar: Grammar,
        guard_words: Words | None = None,
    ) -> None:
        self._guards = sorted(guards, key=lambda guard: _ORDER.index(guard.outcome))
        self._by_kind = {GUARDS + guard.id: guard for guard in guards}
        self._concepts = ConceptFinder(concepts, vocabulary)
        self._small_words = grammar.small_words
        self._untelling = grammar.small_words | grammar.negations | grammar.question_openers
        self._guard_words = guard_words

    def hear(self, text: Sentences, gist: Gist | None = None, *, follows: bool = False) -> tuple[Called, ...]:
        """The guards, that a text speaks for most first; sentences that hold a saying apart.

        A single word beside small ones and the like ("all of them?") speaks for no crisis and no alarm, unless loudly.

        Args:
            gist: what a sentence model makes of the text.
            follows: something was answered before it.
        """
        plain = tuple(sentence for sentence in text if not self._concepts.has_saying(sentence))
        found = self._guard_words.weigh(plain, gist) if self._guard_words else []
        called = (Called(self._by_kind[one.kind], one.weight) for one in found)
        fewest = FEWEST_TO_FOLLOW if follows else FEWEST_TELLING
        if sum(token.text not in self._untelling for sentence in plain for token in sentence) < fewest:
            return tuple(one for one in called if one.guard.outcome not in _FIRST or one.weight >= HEAVY)
        return tuple(called)

    def find(self, text: Sentences, called: Sequence[Called] = (), *, is_calm: bool = False) -> Guard | None:
        """The guard a text calls for: crisis before alarm before referral before greeting, then the file's order.

        Args:
            called: at a second look, most first; a clear crisis or alarm goes before what is listed.
            is_calm: nothing speaks for a warning sign; then so much may speak against what is listed that it is
                none.
        """
        read = [self._concepts.find(sentence) for sentence in text]
        said = frozenset(concept for places in read for concept in places)
        doubted = {one.guard.id for one in called if is_calm and one.is_doubtful}
        guards = (guard for guard in self._guards if guard.id not in doubted and _is_possible(guard, said))
        listed = next((guard for guard in guards if self._fits(guard, text, read)), None)
        if listed is not None and listed.outcome in _FIRST:
            return listed
        first = called[0] if called else None
        return first.guard if first and first.guard.outcome in _FIRST and first.is_clear() else listed

    def _fits(self, guard: Guard, text: Sentences, read: Sequence[Places]) -> bool:
        own = [places for places in read if not any(stands(combination, places) for combination in guard.unless)]
        if any(stands(combination, places) for places in own for combination in guard.combines):
            return True
        return any(
            stands(combination, places) for places in own for combination in guard.alone
        ) and self._says_nothing_else(guard, text, read)

    def _says_nothing_else(self, guard: Guard, text: Sentences, read: Sequence[Places]) -> bool:
        """Whether a text holds no word beside what a guard goes by when it stands alone."""
        named = {FILLER, *(concept for combination in guard.alone for concept in combination.concepts)}
        for sentence, places in zip(text, read, strict=True):
            covered = {at for concept in named for span in places.get(concept, ()) for at in range(*span)}
            words = enumerate(self._concepts.words(sentence))
            if any(at not in covered and word not in self._small_words for at, word in words):
                return False
        return True


def _is_possible(guard: Guard, said: frozenset[str]) -> bool:
    """Whether a message holds all concepts of some combination that calls for a guard."""
    return any(said.issuperset(combination.concepts) for combination in (*guard.combines, *guard.alone))
